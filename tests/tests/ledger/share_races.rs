//! A share that two reach for at once: the co-organiser's answer and the owner's correction are both kept.

use std::time::Duration;

use chrono::NaiveDate;
use pbgdpl_app::activity::answer_share::answer_share;
use pbgdpl_app::activity::correct::{Correct, correct};
use pbgdpl_app::activity::receive_share::{Received, receive_share};
use pbgdpl_app::activity::{draft, record::record, reverse::reverse};
use pbgdpl_model::activity::{Activity, Answer, Share};
use pbgdpl_model::id::ActivityId;
use pbgdpl_scope::action::ActivityConfirmShare;
use pbgdpl_scope::{Ctx, Nothing, RequestId};
use pbgdpl_store::Engine;
use pbgdpl_testkit::house::{BOTH, Ground, House};
use sqlx::{Connection, PgConnection};

use crate::by_hand::{done, facts, jobs, share_of};

/// An activity of A to which B is invited, as it was when it was recorded.
async fn invited(house: &House) -> Activity {
    let first = recorded(house).await;
    receive_share(&house.app, &machine(house), &house.a, &first)
        .await
        .unwrap();
    first
}

/// The same, while the invitation still waits in the outbox.
async fn recorded(house: &House) -> Activity {
    let owner = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let day = NaiveDate::from_ymd_opt(2020, 5, 2).unwrap();
    let draft = draft::create(&house.app, &owner, facts(day, 58, 0, &[house.b.id()]));
    let id = done(draft.await.unwrap());
    done(record(&house.app, &owner, id, 1).await.unwrap());
    present(house, id).await
}

async fn present(house: &House, id: ActivityId) -> Activity {
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    reader.activity(id).await.unwrap().unwrap()
}

async fn corrected(house: &House, id: ActivityId, based_on: i32, attendees: i64) -> Activity {
    let owner = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let day = NaiveDate::from_ymd_opt(2020, 5, 2).unwrap();
    let right = Correct {
        activity: id,
        based_on,
        facts: facts(day, attendees, 0, &[house.b.id()]),
        reason: "gõ nhầm".into(),
    };
    done(correct(&house.app, &owner, right).await.unwrap());
    present(house, id).await
}

fn machine(house: &House) -> Ctx {
    Ctx::of_system(
        house.b.clone(),
        "test",
        house.app.now(),
        RequestId::new("job".into()),
    )
}

/// Another act that holds B's share, writes it and saves after a while.
async fn meanwhile(house: &House, share: Share, by: bool) {
    let ctx = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    let permit = ctx.permit::<ActivityConfirmShare>(&Nothing).unwrap();
    let mut store = house.app.open(&ctx).await.unwrap();
    store.hold_ledger().await.unwrap();
    let who = by.then(|| (ctx.actor().account(), ctx.actor().name()));
    store.put_share(&permit, &share, who, ctx.now()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(400)).await;
    store.save().await.unwrap();
}

const LATER: Duration = Duration::from_millis(150);

#[tokio::test]
async fn an_answer_is_not_lost_to_a_correction_that_arrives_at_once() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let first = invited(&house).await;
        let second = corrected(&house, first.id, 1, 85).await;
        let share = share_of(&house, &house.b, first.id).await.unwrap();
        let answered = Share {
            answer: Answer::Confirmed,
            ..share
        };
        let job = machine(&house);
        let (received, ()) = tokio::join!(
            async {
                tokio::time::sleep(LATER).await;
                receive_share(&house.app, &job, &house.a, &second).await.unwrap()
            },
            meanwhile(&house, answered, true)
        );
        assert_eq!(received, Received::Followed, "{engine:?}");
        let kept = share_of(&house, &house.b, first.id).await.unwrap();
        assert_eq!(
            (kept.answer, kept.title.as_str()),
            (Answer::Confirmed, "Hội nghị 85 người"),
            "{engine:?}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_correction_is_not_lost_to_an_answer_that_is_given_at_once() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let first = invited(&house).await;
        let share = share_of(&house, &house.b, first.id).await.unwrap();
        let corrected = Share {
            title: "Hội nghị 85 người".into(),
            owner_row: share.owner_row + 1,
            ..share
        };
        let person = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
        let (answered, ()) = tokio::join!(
            async {
                tokio::time::sleep(LATER).await;
                answer_share(&house.app, &person, first.id, true, "")
                    .await
                    .unwrap()
            },
            meanwhile(&house, corrected, false)
        );
        done(answered);
        let kept = share_of(&house, &house.b, first.id).await.unwrap();
        assert_eq!(
            (kept.answer, kept.title.as_str()),
            (Answer::Confirmed, "Hội nghị 85 người"),
            "{engine:?}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_message_that_comes_late_puts_nothing_old_back() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let first = invited(&house).await;
        let second = corrected(&house, first.id, 1, 85).await;
        let third = corrected(&house, first.id, 2, 58).await;
        let job = machine(&house);
        let receive = async |of: &Activity| receive_share(&house.app, &job, &house.a, of).await.unwrap();
        // The third says what the first said: nothing to see, and yet the second is outrun.
        assert_eq!(receive(&third).await, Received::Same, "{engine:?}");
        assert_eq!(receive(&second).await, Received::Same, "{engine:?}");
        let kept = share_of(&house, &house.b, first.id).await.unwrap();
        assert_eq!(kept.title, "Hội nghị 58 người", "{engine:?}");

        let fourth = corrected(&house, first.id, 3, 91).await;
        assert_eq!(receive(&fourth).await, Received::Followed, "{engine:?}");
        assert_eq!(receive(&first).await, Received::Same, "{engine:?}");
        let kept = share_of(&house, &house.b, first.id).await.unwrap();
        assert_eq!(kept.title, "Hội nghị 91 người", "{engine:?}");
        house.end().await.unwrap();
    }
}

/// On PostgreSQL only: on SQLite nobody takes anything back while another writes.
#[tokio::test]
async fn what_is_taken_back_between_reading_and_writing_is_not_put_back() {
    let house = House::on(Engine::Postgres).await.unwrap();
    let first = recorded(&house).await;
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    let mut admin = PgConnection::connect(&databases.superuser_url).await.unwrap();

    // The invitation was read and waits for B's books, which somebody holds.
    let person = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    let mut held = house.app.open(&person).await.unwrap();
    held.hold_ledger().await.unwrap();
    let jobs = jobs(&house.app, &house);
    let meanwhile = async {
        let waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        while sqlx::query_scalar::<_, i64>(waiting)
            .fetch_one(&mut admin)
            .await
            .unwrap()
            == 0
        {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let owner = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        done(reverse(&house.app, &owner, first.id, "ghi trùng").await.unwrap());
        // On another node the message of this act found nothing to withdraw, and is over.
        let over = sqlx::query(
            "delete from outbox where kind = 'share-invited' and state = 'waiting' and attempts = 0",
        )
        .execute(&mut admin)
        .await
        .unwrap();
        assert_eq!(over.rows_affected(), 1);
        drop(held);
    };
    let (ran, ()) = tokio::join!(jobs.run_once_until_idle(), meanwhile);
    ran.unwrap();
    let kept = share_of(&house, &house.b, first.id).await.unwrap();
    assert_eq!(kept.answer, Answer::Withdrawn);
    house.end().await.unwrap();
}
