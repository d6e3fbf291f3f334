//! What cannot count is refused, and nothing is half written.

use pbgdpl_app::activity::{Outcome, draft, record::record, reverse::reverse};
use pbgdpl_model::activity::Stage;
use pbgdpl_model::id::TenantId;
use pbgdpl_store::Engine;
use pbgdpl_testkit::house::House;
use uuid::Uuid;

use crate::by_hand::{done, facts};

#[tokio::test]
async fn what_cannot_count_is_refused_and_nothing_is_half_written() {
    let house = House::on(Engine::Sqlite).await.unwrap();
    let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let tomorrow = house.clock_day().succ_opt().unwrap();
    let id = done(
        draft::create(&house.app, &ctx, facts(tomorrow, 58, 0, &[]))
            .await
            .unwrap(),
    );
    let Outcome::Unmet(problems) = record(&house.app, &ctx, id, 1).await.unwrap() else {
        panic!("counted")
    };
    assert_eq!(problems.iter().map(|p| p.field).collect::<Vec<_>>(), ["day"]);
    // Its own agency, an unknown one: refused at the field.
    for partner in [house.a.id(), TenantId(Uuid::nil())] {
        let refused = draft::create(&house.app, &ctx, facts(house.clock_day(), 1, 0, &[partner]))
            .await
            .unwrap();
        assert!(matches!(refused, Outcome::Unmet(p) if p[0].field == "partners"));
    }
    // An older page does not overwrite a newer version.
    let today = facts(house.clock_day(), 58, 0, &[]);
    assert_eq!(
        done(draft::save(&house.app, &ctx, id, 1, today.clone()).await.unwrap()),
        2
    );
    assert!(matches!(
        draft::save(&house.app, &ctx, id, 1, today).await.unwrap(),
        Outcome::Stale(_)
    ));
    done(record(&house.app, &ctx, id, 2).await.unwrap());
    assert!(matches!(
        record(&house.app, &ctx, id, 2).await.unwrap(),
        Outcome::Stands(Stage::Recorded)
    ));
    // Another agency's id answers like a random one; an editor may not.
    let foreign = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    assert!(matches!(
        record(&house.app, &foreign, id, 2).await,
        Err(pbgdpl_app::Error::NotFound)
    ));
    let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    assert!(matches!(
        reverse(&house.app, &editor, id, "không được").await,
        Err(pbgdpl_app::Error::Denied(_))
    ));
    house.end().await.unwrap();
}
