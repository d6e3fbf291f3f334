//! G11: every change of the schema goes up, down and up again, and the schema is the same as a fresh one.

use pbgdpl_store::{Engine, migrate};
use pbgdpl_testkit::house::{Ground, ground};
use pbgdpl_testkit::servers::fresh_sqlite;
use sqlx::{Connection, PgConnection, Row, SqliteConnection};

async fn sqlite_schema(url: &str) -> Vec<String> {
    let mut db = SqliteConnection::connect(url).await.unwrap();
    let rows = sqlx::query(
        "select sql from sqlite_master where sql is not null and name not like 'seaql%' order by type, name",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    rows.iter().map(|r| r.get(0)).collect()
}

async fn postgres_schema(url: &str) -> Vec<String> {
    let mut db = PgConnection::connect(url).await.unwrap();
    sqlx::query_scalar(
        "select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable from information_schema.columns
         where table_schema = 'public' union all
         select tablename || ' ' || policyname || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '') from pg_policies order by 1",
    )
    .fetch_all(&mut db)
    .await
    .unwrap()
}

#[tokio::test]
async fn g11_up_down_up_gives_the_fresh_schema() {
    let file = fresh_sqlite().unwrap();
    let changes = u32::try_from(migrate::up(&file.url()).await.unwrap()).unwrap();
    let fresh = sqlite_schema(&file.url()).await;
    migrate::down(&file.url(), changes).await.unwrap();
    assert!(
        sqlite_schema(&file.url()).await.is_empty(),
        "down leaves something behind"
    );
    migrate::up(&file.url()).await.unwrap();
    assert_eq!(sqlite_schema(&file.url()).await, fresh);

    let ground = ground(Engine::Postgres).await.unwrap();
    let Ground::Postgres(databases) = &ground else {
        unreachable!("asked for PostgreSQL")
    };
    let fresh = postgres_schema(&databases.owner_url).await;
    migrate::down(&databases.owner_url, changes).await.unwrap();
    let left = postgres_schema(&databases.owner_url).await;
    assert!(
        left.iter().all(|line| line.starts_with("seaql")),
        "down leaves something behind: {left:?}"
    );
    migrate::up(&databases.owner_url).await.unwrap();
    assert_eq!(postgres_schema(&databases.owner_url).await, fresh);
    let status = migrate::status(&databases.owner_url).await.unwrap();
    assert!(status.iter().all(|change| change.applied));
}
