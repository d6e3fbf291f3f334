//! A share that two reach for at once: the co-organiser's answer and the owner's correction are both kept.

use std::time::Duration;

use chrono::NaiveDate;
use pbgdpl_app::activity::answer_share::answer_share;
use pbgdpl_app::activity::correct::{Correct, correct};
use pbgdpl_app::activity::receive_share::{Received, receive_share};
use pbgdpl_app::activity::{draft, record::record};
use pbgdpl_model::activity::{Activity, Answer, Share};
use pbgdpl_model::id::ActivityId;
use pbgdpl_scope::action::ActivityConfirmShare;
use pbgdpl_scope::{Ctx, Nothing, RequestId};
use pbgdpl_testkit::house::{BOTH, House};

use crate::by_hand::{done, facts, share_of};

/// An activity of A to which B is invited, as it was when it was recorded.
async fn invited(house: &House) -> Activity {
    let owner = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let day = NaiveDate::from_ymd_opt(2020, 5, 2).unwrap();
    let draft = draft::create(&house.app, &owner, facts(day, 58, 0, &[house.b.id()]));
    let id = done(draft.await.unwrap());
    done(record(&house.app, &owner, id, 1).await.unwrap());
    let first = present(house, id).await;
    receive_share(&house.app, &machine(house), &house.a, &first)
        .await
        .unwrap();
    first
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
