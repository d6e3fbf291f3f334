//! What a test may rely on when it asks for a database.

use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

static MIGRATED: AtomicU32 = AtomicU32::new(0);

async fn template() -> PostgresTemplate {
    let cluster = PrivatePostgres::from_env_or_start().unwrap();
    let name = format!("testkit-own-{}", std::process::id());
    let made = cluster.template(&name, |owner_url| async move {
        MIGRATED.fetch_add(1, Ordering::SeqCst);
        let mut owner = PgConnection::connect(&owner_url).await?;
        owner
            .execute("create table note (text text); grant select, insert on note to pbgdpl_app")
            .await?;
        // Left open on purpose: a careless migration must not spoil the template.
        std::mem::forget(owner);
        Ok(())
    });
    made.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_migrated_once_and_copies_are_apart() {
    let asked: Vec<_> = (0..6).map(|_| tokio::spawn(template())).collect();
    let mut databases = Vec::new();
    for template in asked {
        databases.push(template.await.unwrap().fresh_database().await.unwrap());
    }
    assert_eq!(MIGRATED.load(Ordering::SeqCst), 1);

    let mut first = PgConnection::connect(&databases[0].app_url).await.unwrap();
    first.execute("insert into note values ('mine')").await.unwrap();
    let mut second = PgConnection::connect(&databases[1].app_url).await.unwrap();
    let notes: i64 = sqlx::query_scalar("select count(*) from note")
        .fetch_one(&mut second)
        .await
        .unwrap();
    assert_eq!(notes, 0);
}

#[tokio::test]
async fn roles_are_those_of_production() {
    let database = template().await.fresh_database().await.unwrap();
    for (url, owns) in [
        (&database.owner_url, true),
        (&database.app_url, false),
        (&database.province_url, false),
    ] {
        let mut role = PgConnection::connect(url).await.unwrap();
        let strong: bool = sqlx::query_scalar(
            "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user",
        )
        .fetch_one(&mut role)
        .await
        .unwrap();
        assert!(!strong, "{url}");
        let made = role.execute("create table of_my_own (id int)").await;
        assert_eq!(made.is_ok(), owns, "{url}");
    }
    let mut app = PgConnection::connect(&database.app_url).await.unwrap();
    let limit: String = sqlx::query_scalar("show idle_in_transaction_session_timeout")
        .fetch_one(&mut app)
        .await
        .unwrap();
    assert_eq!(limit, "10s");
}

#[tokio::test]
async fn a_dropped_database_goes_with_the_next_one() {
    let template = template().await;
    let database = template.fresh_database().await.unwrap();
    let name = database.name.clone();
    let _still_open = PgConnection::connect(&database.app_url).await.unwrap();
    drop(database);
    let mut admin = template.cluster.administrator().await.unwrap();
    for _ in 0..50 {
        // A test beside this one may have taken the list of the finished and be at work on it.
        drop(template.fresh_database().await.unwrap());
        if !exists(&mut admin, &name).await.unwrap() {
            return;
        }
    }
    panic!("{name} is still there");
}
