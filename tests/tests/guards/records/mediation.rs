//! Acts on the register of tổ hòa giải: from the founding to the end, and what was written down wrongly.

use chrono::NaiveDate;
use pbgdpl_app::mediation::correct::{Right, correct};
use pbgdpl_app::mediation::import::{Imported, import};
use pbgdpl_app::mediation::{NewGroup, Seen, change, dissolve::dissolve, enter::enter, take_back::take_back};
use pbgdpl_model::mediation::{Body, Details, Figures};
use pbgdpl_model::register::Decision;
use pbgdpl_testkit::house::House;

use super::walk::{Done, Walk};

fn new(name: &str, from: NaiveDate) -> NewGroup {
    NewGroup {
        details: Details {
            name: name.into(),
            village: "Thôn 1".into(),
            commune: String::new(),
            decision: Decision {
                number: "7/QĐ-UBND".into(),
                day: from,
                issuer: "Chủ tịch Ủy ban nhân dân xã".into(),
            },
        },
        founded: from,
        figures: Figures {
            men: 4,
            women: 3,
            ..Figures::default()
        },
        from,
    }
}

/// Every act on a group; the number of facts grows with each.
pub(super) async fn of_groups(house: &House, walk: &mut Walk) {
    let app = &house.app;
    let reporter = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    let day = |day| NaiveDate::from_ymd_opt(2020, 3, day).unwrap();
    let first = new("Tổ hòa giải thôn 1", day(2));
    let id = walk
        .act("mediation.enter", async || {
            enter(app, &reporter, first.clone()).await
        })
        .await
        .done();
    let seen = |based_on| Seen { group: id, based_on };
    let figures = Figures {
        women: 4,
        ..first.figures
    };
    walk.act("mediation.change.figures", async || {
        change::figures(app, &reporter, seen(2), figures, day(5)).await
    })
    .await
    .done();
    let details = Details {
        name: "Tổ hòa giải số 1".into(),
        ..first.details.clone()
    };
    walk.act("mediation.change.details", async || {
        change::details(app, &reporter, seen(3), details.clone(), day(6)).await
    })
    .await
    .done();
    let right = Right {
        of: 3,
        body: Body::Figures(figures),
        from: day(4),
    };
    walk.act("mediation.correct", async || {
        correct(app, &reporter, seen(4), right.clone(), "ghi nhầm ngày").await
    })
    .await
    .done();
    walk.act("mediation.dissolve", async || {
        dissolve(app, &reporter, seen(5), day(9), "Nhập hai thôn").await
    })
    .await
    .done();
    walk.act("mediation.take_back", async || {
        take_back(app, &reporter, seen(6), 6, "ghi cho nhầm tổ").await
    })
    .await
    .done();
    let rows = [
        new("Tổ hòa giải thôn 2", day(2)),
        new("Tổ hòa giải thôn 3", day(2)),
    ];
    let imported = walk
        .act("mediation.import", async || import(app, &reporter, &rows).await)
        .await;
    assert!(matches!(imported, Imported::Done(ids) if ids.len() == 2));
}
