//! What an agency sent under a plan is kept whole: who sent it, when, and what it counts too, not only its words; none is taken away.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::run;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const KEPT: &str =
    "tenant_id, plan, year, version, contribution_id, body, hash, ledger_seq, sent_at, sent_name";

const DROP_SQLITE: &str = "drop trigger province_contribution_kept";
const DROP_POSTGRES: &str = "drop trigger province_contribution_kept on province_contribution";
const DROP_DELETE: [&str; 2] = [
    "drop trigger province_contribution_stays on province_contribution",
    "drop function refuse_lost_contribution()",
];

/// Names of the columns, each with the row before or after a change: `old.plan, old.year …`.
fn of(row: &str) -> String {
    let columns = KEPT.split(", ").map(|column| format!("{row}.{column}"));
    columns.collect::<Vec<_>>().join(", ")
}

fn sqlite() -> Vec<String> {
    vec![
        DROP_SQLITE.to_owned(),
        format!(
            "create trigger province_contribution_kept before update on province_contribution \
             when ({}) is not ({}) begin select raise(abort, 'what was sent does not change'); end",
            of("new"),
            of("old")
        ),
        "create trigger province_contribution_stays before delete on province_contribution \
         begin select raise(abort, 'what was sent stays'); end"
            .to_owned(),
    ]
}

fn postgres() -> Vec<String> {
    vec![
        DROP_POSTGRES.to_owned(),
        format!(
            "create trigger province_contribution_kept before update on province_contribution for each row \
             when (({}) is distinct from ({})) execute function refuse_rewritten_contribution()",
            of("new"),
            of("old")
        ),
        "create function refuse_lost_contribution() returns trigger language plpgsql as \
         $$ begin raise exception 'what was sent stays'; end $$"
            .to_owned(),
        "create trigger province_contribution_stays before delete on province_contribution for each row \
         execute function refuse_lost_contribution()"
            .to_owned(),
    ]
}

async fn run_all(manager: &SchemaManager<'_>, statements: &[String]) -> Result<(), DbErr> {
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    run(manager, &statements).await
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Sqlite => run_all(manager, &sqlite()).await,
            _ => run_all(manager, &postgres()).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let changed = "new.body is distinct from old.body or new.hash is distinct from old.hash";
        if manager.get_database_backend() == DbBackend::Sqlite {
            let back = format!(
                "create trigger province_contribution_kept before update on province_contribution when {changed} \
                 begin select raise(abort, 'what was sent does not change'); end"
            );
            let stays = "drop trigger province_contribution_stays";
            return run(manager, &[stays, DROP_SQLITE, &back]).await;
        }
        run(manager, &DROP_DELETE).await?;
        let back = format!(
            "create trigger province_contribution_kept before update on province_contribution for each row \
             when ({changed}) execute function refuse_rewritten_contribution()"
        );
        run(manager, &[DROP_POSTGRES, &back]).await
    }
}
