//! A node that dies gives its messages back; a job continues the trace of its act.

use pbgdpl_app::activity::{draft, record::record};
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_scope::{Ctx, RequestId};
use pbgdpl_testkit::house::{BOTH, House};
use uuid::Uuid;

use crate::by_hand::{done, facts, mailbox, share_of};

static FOLLOWED: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());

#[tokio::test]
async fn a_node_that_dies_gives_its_messages_back_and_the_trace_goes_on() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let trace = format!("00-{}-00f067aa0ba902b7-01", Uuid::new_v4().simple());
        let before = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let request = RequestId::new("r".into()).with_trace(Some(trace.clone()));
        let ctx = Ctx::of_person(
            before.tenant().clone(),
            before.actor().clone(),
            before.now(),
            request,
        );
        let partners = [house.b.id()];
        let new = facts(house.clock_day(), 58, 0, &partners);
        let id = done(draft::create(&house.app, &ctx, new).await.unwrap());
        done(record(&house.app, &ctx, id, 1).await.unwrap());
        // A node takes the lease and is killed.
        let taken = house.store.machinery().lease(ctx.now(), 180, 8).await.unwrap();
        assert_eq!(taken.len(), 1, "{engine:?}");
        let url = format!("file:{}", mailbox(&house).display());
        let sender = Sender::open(&url, "pbgdpl@thu.example").unwrap();
        let other = Jobs::following(
            house.app.clone(),
            sender,
            "http://quantri.thu.example",
            |_, trace| {
                FOLLOWED.lock().unwrap().push(trace.to_owned());
            },
        );
        other.run_once_until_idle().await.unwrap();
        assert!(
            share_of(&house, &house.b, id).await.is_none(),
            "{engine:?}: leased elsewhere"
        );
        house.clock.advance_seconds(181);
        other.run_once_until_idle().await.unwrap();
        assert!(share_of(&house, &house.b, id).await.is_some(), "{engine:?}");
        assert!(FOLLOWED.lock().unwrap().contains(&trace), "{engine:?}");
        assert_eq!(
            house.store.read().backlog().await.unwrap(),
            (0, 0, 0),
            "{engine:?}"
        );
        house.end().await.unwrap();
    }
}
