//! G13 and T1b: each wall alone. Row security without the store's filter, table by table; the store without row security.

use pbgdpl_app::article::{Outcome, create, save};
use pbgdpl_migrations::tables::{Kind as TableKind, Read, all};
use pbgdpl_model::article::{Content, Kind};
use pbgdpl_store::{Database, Engine, Files, Hints, Store};
use pbgdpl_testkit::house::{Ground, House, settings};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};

async fn in_scope_of(url: &str, tenant: uuid::Uuid) -> PgConnection {
    let mut db = PgConnection::connect(url).await.unwrap();
    db.execute("begin").await.unwrap();
    sqlx::query("select set_config('app.tenant', $1, true)")
        .bind(tenant.to_string())
        .execute(&mut db)
        .await
        .unwrap();
    db
}

/// A house in which A has a row in every table that an act fills so far.
async fn lived_in() -> House {
    let house = House::on(Engine::Postgres).await.unwrap();
    let ctx = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    let content = Content {
        title: "CANARY".into(),
        ..Content::default()
    };
    assert!(matches!(
        create::create(&house.app, &ctx, Kind::Tin, content)
            .await
            .unwrap(),
        Outcome::Done(_)
    ));
    house
}

#[tokio::test]
async fn g13_row_security_alone_lets_nothing_through() {
    let house = lived_in().await;
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    let (a, b) = (house.a.id().0, house.b.id().0);
    for (name, table) in all().unwrap() {
        if table.kind != TableKind::Tenant {
            continue;
        }
        // No agency named: nothing is seen, and nothing fails (fails closed).
        let mut nobody = PgConnection::connect(&databases.app_url).await.unwrap();
        let seen: i64 = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {name}")))
            .fetch_one(&mut nobody)
            .await
            .unwrap();
        if table.read == Read::Own {
            assert_eq!(seen, 0, "{name}: seen without an agency");
        }
        // B named, the filter forgotten.
        let mut db = in_scope_of(&databases.app_url, b).await;
        let foreign: i64 = sqlx::query_scalar(AssertSqlSafe(format!(
            "select count(*) from {name} where tenant_id = $1"
        )))
        .bind(a)
        .fetch_one(&mut db)
        .await
        .unwrap();
        if table.read == Read::Own {
            assert_eq!(foreign, 0, "{name}: B sees rows of A");
        }
        if table.append {
            continue;
        }
        let mut db = in_scope_of(&databases.app_url, b).await;
        let changed = sqlx::query(AssertSqlSafe(format!(
            "update {name} set tenant_id = $1 where tenant_id = $2"
        )))
        .bind(b)
        .bind(a)
        .execute(&mut db)
        .await
        .unwrap();
        assert_eq!(changed.rows_affected(), 0, "{name}: B changes rows of A");
        let mut db = in_scope_of(&databases.app_url, b).await;
        let gone = sqlx::query(AssertSqlSafe(format!("delete from {name} where tenant_id = $1")))
            .bind(a)
            .execute(&mut db)
            .await
            .unwrap();
        assert_eq!(gone.rows_affected(), 0, "{name}: B removes rows of A");
    }
    // A row for A, written while B is named.
    let mut db = in_scope_of(&databases.app_url, b).await;
    let refused = sqlx::query(
        "insert into chain_head (tenant_id, audit_seq, audit_hash, ledger_seq) values ($1, 0, ''::bytea, 0)",
    )
    .bind(a)
    .execute(&mut db)
    .await;
    assert!(refused.unwrap_err().to_string().contains("row-level security"));
    // The province's role reads no row of any agency's own.
    for (name, table) in all().unwrap() {
        if table.kind == TableKind::Tenant && table.read == Read::Own {
            let mut province = PgConnection::connect(&databases.province_url).await.unwrap();
            let read = sqlx::query(AssertSqlSafe(format!("select 1 from {name}")))
                .fetch_optional(&mut province)
                .await;
            assert!(read.is_err(), "{name}: the province's role may read it");
        }
    }
}

#[tokio::test]
async fn aud_09_no_role_of_the_program_can_trim_the_log_or_the_ledger() {
    let house = lived_in().await;
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    for (name, table) in all().unwrap() {
        if !table.append {
            continue;
        }
        for url in [&databases.app_url, &databases.province_url, &databases.owner_url] {
            for statement in [format!("delete from {name}"), format!("truncate {name}")] {
                let mut db = in_scope_of(url, house.a.id().0).await;
                assert!(
                    db.execute(sqlx::raw_sql(AssertSqlSafe(statement.clone())))
                        .await
                        .is_err(),
                    "{statement}"
                );
            }
        }
    }
}

#[tokio::test]
async fn t1b_the_store_alone_lets_nothing_through_where_row_security_is_off() {
    let house = lived_in().await;
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    let mut admin = PgConnection::connect(&databases.superuser_url).await.unwrap();
    for (name, table) in all().unwrap() {
        if table.kind == TableKind::Tenant {
            let off = format!(
                "alter table {name} no force row level security; alter table {name} disable row level security"
            );
            admin.execute(sqlx::raw_sql(AssertSqlSafe(off))).await.unwrap();
        }
    }
    let files = Files::folder(&house.folder.path().join("files")).unwrap();
    let store = Store::new(
        Database::open_unchecked(&settings(&house.ground)).await.unwrap(),
        files,
        Hints::local(),
    )
    .await
    .unwrap();
    let in_a = store.read().tenant(&house.a).await.unwrap();
    let (items, total) = in_a
        .articles(pbgdpl_store::tenant::ArticleFilter::default(), 1, 10)
        .await
        .unwrap();
    assert_eq!(total, 1);
    let article = items[0].id;
    let in_b = store.read().tenant(&house.b).await.unwrap();
    assert_eq!(
        in_b.articles(pbgdpl_store::tenant::ArticleFilter::default(), 1, 10)
            .await
            .unwrap()
            .1,
        0
    );
    assert!(in_b.article(article).await.unwrap().is_none());
    assert!(in_b.article_version(article, 1).await.unwrap().is_none());
    assert!(in_b.timeline(article.0).await.unwrap().is_empty());
    assert_eq!(in_b.audit_page(1, 10).await.unwrap().1, 0);
    let ctx = house.ctx(&house.b, &house.in_b.editor).await.unwrap();
    let app = house.second_node(Hints::local()).await.unwrap();
    let order = save::Save {
        article,
        based_on: 1,
        content: Content {
            title: "x".into(),
            ..Content::default()
        },
        note: String::new(),
    };
    assert!(matches!(
        save::save(&app, &ctx, order).await,
        Err(pbgdpl_app::Error::NotFound)
    ));
    let title: String = sqlx::query("select title from article")
        .fetch_one(&mut admin)
        .await
        .unwrap()
        .get(0);
    assert_eq!(title, "CANARY");
}
