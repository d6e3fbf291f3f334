//! Acts on the register of báo cáo viên: from a request to the end, and what was written down wrongly.

use chrono::NaiveDate;
use pbgdpl_app::register::enter::{Enter, enter};
use pbgdpl_app::register::propose::{Propose, propose};
use pbgdpl_app::register::{
    Seen, ask_dismissal::ask_dismissal, change::change, correct, dismiss::dismiss, recognise::recognise,
    refuse::refuse, resume::resume, suspend::suspend, take_back::take_back, transfer::transfer,
};
use pbgdpl_model::id::EntryId;
use pbgdpl_model::register::{Decision, Details, Level};
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::House;

use super::walk::{Done, Walk};

fn details(post: &str) -> Details {
    Details {
        name: "Y Hlan".into(),
        post: post.into(),
        workplace: "Phòng Tư pháp".into(),
        education: "Đại học Luật".into(),
        fields: vec!["dat-dai".into()],
        ..Details::default()
    }
}

/// Every act on an entry; the number of facts grows with each.
pub(super) async fn of_people(house: &House, walk: &mut Walk) {
    furnish::vocabulary(house).await.unwrap();
    let app = &house.app;
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
    let day = |day| NaiveDate::from_ymd_opt(2020, 3, day).unwrap();
    let decision = |at| Decision {
        number: "12/QĐ-UBND".into(),
        day: day(at),
        issuer: "Chủ tịch Ủy ban nhân dân tỉnh".into(),
    };
    let request = Propose {
        details: details("Chuyên viên"),
        level: Level::BcvHuyen,
        received: day(2),
    };
    let id = walk
        .act("register.propose", async || {
            propose(app, &reporter, request.clone()).await
        })
        .await
        .done();
    let seen = |based_on| Seen { entry: id, based_on };
    walk.act("register.recognise", async || {
        recognise(app, &approver, seen(2), decision(4), day(4)).await
    })
    .await
    .done();
    walk.act("register.correct.standing", async || {
        correct::standing(
            app,
            &approver,
            seen(3),
            Some(decision(5)),
            day(5),
            "ghi nhầm ngày",
        )
        .await
    })
    .await
    .done();
    walk.act("register.suspend", async || {
        suspend(app, &approver, seen(4), day(6), "Bị khởi tố").await
    })
    .await
    .done();
    walk.act("register.resume", async || {
        resume(app, &approver, seen(5), day(9), "Đình chỉ điều tra").await
    })
    .await
    .done();
    walk.act("register.transfer", async || {
        transfer(app, &approver, seen(6), Level::BcvTinh, decision(10), day(10)).await
    })
    .await
    .done();
    walk.act("register.change", async || {
        change(app, &reporter, seen(7), details("Trưởng phòng"), day(11)).await
    })
    .await
    .done();
    walk.act("register.correct.details", async || {
        correct::details(app, &reporter, seen(8), details("Phó phòng"), "ghi nhầm chức vụ").await
    })
    .await
    .done();
    walk.act("register.ask_dismissal", async || {
        ask_dismissal(app, &reporter, seen(9), day(12), "bcv-a", "Xin thôi").await
    })
    .await
    .done();
    walk.act("register.dismiss", async || {
        dismiss(app, &approver, seen(10), decision(16), day(16), "bcv-a").await
    })
    .await
    .done();
    walk.act("register.take_back", async || {
        take_back(app, &approver, seen(11), "ghi cho nhầm người").await
    })
    .await
    .done();
    begun(house, walk).await;
}

/// Somebody who was recognised already, and a request that was not followed.
async fn begun(house: &House, walk: &mut Walk) {
    let app = &house.app;
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
    let from = NaiveDate::from_ymd_opt(2021, 1, 4).unwrap();
    let known = Enter {
        details: details("Chuyên viên"),
        level: Level::TtvXa,
        decision: Decision {
            number: "3/QĐ-UBND".into(),
            day: from,
            issuer: "Chủ tịch Ủy ban nhân dân xã".into(),
        },
        from,
    };
    walk.act("register.enter", async || {
        enter(app, &approver, known.clone()).await
    })
    .await
    .done();
    let request = Propose {
        details: details("Chuyên viên"),
        level: Level::TtvXa,
        received: from,
    };
    let entry: EntryId = propose(app, &reporter, request).await.unwrap().done();
    let seen = Seen { entry, based_on: 2 };
    walk.act("register.refuse", async || {
        refuse(app, &approver, seen, from, "Không đủ tiêu chuẩn").await
    })
    .await
    .done();
}
