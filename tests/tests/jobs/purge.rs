//! What was carried out a month ago is gone, headers and messages; what waits, what died and what is young stays.

use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_testkit::house::{BOTH, Ground, House};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::{DESK, jobs, letters, submitted};

const DAY: i64 = 24 * 3600;

/// Past row security: what is really there.
pub(crate) async fn all_seeing(house: &House) -> DatabaseConnection {
    let url = match &house.ground {
        Ground::Sqlite(file) => file.url(),
        Ground::Postgres(databases) => databases.superuser_url.clone(),
    };
    sea_orm::Database::connect(url).await.unwrap()
}

async fn count(database: &DatabaseConnection, table: &str) -> i64 {
    let sql = format!("select count(*) from {table}");
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let row = database.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

#[tokio::test]
async fn what_was_carried_out_a_month_ago_is_gone() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        // Done: one message and two letters. Dead: the letters of another.
        submitted(&house, "Bài cũ").await;
        letters(&house, (0, 0, 0)).await;
        submitted(&house, "Bài không gửi được").await;
        let nowhere = Sender::open("smtp://127.0.0.1:1", "pbgdpl@thu.example").unwrap();
        let away = Jobs::new(house.app.clone(), nowhere, DESK);
        away.run_once_until_idle().await.unwrap();
        house.clock.advance_seconds(3600);
        let machinery = house.store.machinery();
        for letter in machinery.lease(house.app.now(), 180, 8).await.unwrap() {
            let given_up = machinery.failed(&letter, house.app.now(), false, "550");
            assert!(given_up.await.unwrap(), "{engine:?}");
        }
        house.clock.advance_seconds(31 * DAY);
        // Young: one message and two letters.
        submitted(&house, "Bài mới").await;
        letters(&house, (0, 2, 0)).await;

        let seen = all_seeing(&house).await;
        assert_eq!(count(&seen, "outbox").await, 9, "{engine:?}");
        assert_eq!(count(&seen, "outbox_message").await, 3, "{engine:?}");
        // Two nodes at once, and once more.
        let (one, other) = (jobs(&house), jobs(&house));
        let (one, other) = tokio::join!(one.purge(), other.purge());
        // The first message with its letters, and the second without its dead ones.
        assert_eq!(one.unwrap() + other.unwrap(), 4, "{engine:?}");
        assert_eq!(jobs(&house).purge().await.unwrap(), 0, "{engine:?}");
        assert_eq!(
            count(&seen, "outbox").await,
            5,
            "{engine:?}: two dead, three young"
        );
        assert_eq!(count(&seen, "outbox_message").await, 1, "{engine:?}");

        // The dead can still be sent.
        let now = house.app.now();
        assert_eq!(machinery.requeue_dead(now).await.unwrap(), 2);
        assert_eq!(letters(&house, (0, 0, 0)).await.len(), 6, "{engine:?}");
        seen.close().await.unwrap();
        house.end().await.unwrap();
    }
}
