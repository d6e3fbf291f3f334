//! Policies in the database: rows as they were written, and the compiled table of every distinct set of rows.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::DomainId;
use pbgdpl_model::policy::PolicyRow;
use pbgdpl_scope::{PolicyTable, hash_of};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::convert::word;
use crate::entity::{policy_row, policy_table, policy_version};
use crate::error::StoreError;

/// The rows of a domain: the province's base rows, or an agency's own.
pub(crate) async fn rows(db: &impl ConnectionTrait, domain: DomainId) -> Result<Vec<PolicyRow>, StoreError> {
    let rows = policy_row::Entity::find()
        .filter(policy_row::Column::Domain.eq(domain.0))
        .order_by_asc(policy_row::Column::Role)
        .order_by_asc(policy_row::Column::Action)
        .all(db)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(PolicyRow {
                role: word(&row.role)?,
                action: word(&row.action)?,
                condition: word(&row.condition)?,
            })
        })
        .collect()
}

/// Writes the rows of a domain in place of the old ones, with the table they compile to. `effective`: the rows that
/// decide there (the province's base rows and the agency's own), from which `table` was compiled.
pub(crate) async fn put(
    db: &impl ConnectionTrait,
    domain: DomainId,
    own: &[PolicyRow],
    effective: &[PolicyRow],
    table: &PolicyTable,
    now: Moment,
) -> Result<(), StoreError> {
    policy_row::Entity::delete_many()
        .filter(policy_row::Column::Domain.eq(domain.0))
        .exec(db)
        .await?;
    if !own.is_empty() {
        let rows = own.iter().map(|row| policy_row::ActiveModel {
            domain: Set(domain.0),
            role: Set(row.role.word().to_owned()),
            action: Set(row.action.word().to_owned()),
            condition: Set(row.condition.word().to_owned()),
        });
        policy_row::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    let hash = hash_of(effective);
    let compiled = policy_table::ActiveModel {
        hash: Set(hash.clone()),
        bits: Set(table.to_text()),
        compiled_at: Set(now.millis()),
    };
    policy_table::Entity::insert(compiled)
        .on_conflict(
            OnConflict::column(policy_table::Column::Hash)
                .update_columns([policy_table::Column::Bits])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    let version = policy_version::ActiveModel {
        domain: Set(domain.0),
        version: Set(1),
        hash: Set(hash.clone()),
    };
    policy_version::Entity::insert(version)
        .on_conflict(
            OnConflict::column(policy_version::Column::Domain)
                .value(
                    policy_version::Column::Version,
                    Expr::cust("policy_version.version + 1"),
                )
                .value(policy_version::Column::Hash, hash)
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}
