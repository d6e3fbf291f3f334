//! Acts on a joint activity, through the doors of both agencies.

use chrono::NaiveDate;
use pbgdpl_app::activity::correct::{Correct, correct};
use pbgdpl_app::activity::receive_share::{Received, receive_share};
use pbgdpl_app::activity::{
    Facts, add_evidence::add_evidence, answer_share::answer_share, draft, receive_answer::receive_answer,
    record::record, reverse::reverse,
};
use pbgdpl_app::media::upload::{Purpose, Upload, upload};
use pbgdpl_model::activity::{Activity, Answer, Content, Kind, Partner};
use pbgdpl_model::id::{ActivityId, MediaId, TenantId};
use pbgdpl_scope::{Ctx, RequestId, Tenant};
use pbgdpl_testkit::furnish::png;
use pbgdpl_testkit::house::House;

use super::walk::{Done, Walk};

pub(super) fn facts(attendees: i64, partners: &[TenantId]) -> Facts {
    Facts {
        kind: Kind::HoiNghi,
        day: NaiveDate::from_ymd_opt(2020, 5, 9).unwrap(),
        content: Content {
            title: "Hội nghị".into(),
            form: "truc-tiep".into(),
            place: "Nhà rông".into(),
            sessions: 1,
            attendees,
            language: "tieng-viet".into(),
            mode: "truc-tiep".into(),
            no_evidence_reason: "Biên bản ở xã".into(),
            ..Content::default()
        },
        partners: partners.to_vec(),
    }
}

/// Who carries out what the outbox asks for.
pub(super) fn machine(house: &House, tenant: &Tenant) -> Ctx {
    let request = RequestId::new("walk".into());
    Ctx::of_system(tenant.clone(), "outbox", house.app.now(), request)
}

async fn as_it_stands(house: &House, id: ActivityId) -> Activity {
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    reader.activity(id).await.unwrap().unwrap()
}

/// From the draft to the reversal; the file that proved it.
pub(super) async fn joint(house: &House, walk: &mut Walk) -> MediaId {
    let app = &house.app;
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let partner = house.b.id();
    let id = walk
        .act("activity.draft.create", async || {
            draft::create(app, &reporter, facts(40, &[partner])).await
        })
        .await
        .done();
    walk.act("activity.draft.save", async || {
        draft::save(app, &reporter, id, 1, facts(41, &[partner])).await
    })
    .await
    .done();
    let paper = Upload {
        purpose: Purpose::Evidence,
        file_name: "a.png".into(),
        bytes: png().unwrap().into(),
        alt: String::new(),
    };
    let evidence = upload(app, &reporter, paper).await.unwrap().id;
    walk.act("activity.add_evidence", async || {
        add_evidence(app, &reporter, id, evidence, "Biên bản").await
    })
    .await
    .done();
    walk.act("activity.record", async || record(app, &reporter, id, 2).await)
        .await
        .done();
    share(house, walk, id).await;
    let order = Correct {
        activity: id,
        based_on: 2,
        facts: facts(58, &[partner]),
        reason: "Gõ nhầm, biên bản ghi 58".into(),
    };
    walk.act("activity.correct", async || {
        correct(app, &reporter, order.clone()).await
    })
    .await
    .done();
    walk.act("activity.reverse", async || {
        reverse(app, &reporter, id, "Ghi hai lần").await
    })
    .await
    .done();
    evidence
}

/// The invitation and the answer, as the outbox carries them.
async fn share(house: &House, walk: &mut Walk, id: ActivityId) {
    let app = &house.app;
    let counted = as_it_stands(house, id).await;
    let there = machine(house, &house.b);
    let received = walk
        .act("activity.receive_share", async || {
            receive_share(app, &there, &house.a, &counted).await
        })
        .await;
    assert_eq!(received, Received::New);
    let invited = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    walk.act("activity.answer_share", async || {
        answer_share(app, &invited, id, true, "").await
    })
    .await
    .done();
    let (here, named) = (machine(house, &house.a), counted.partners.first().unwrap());
    let answered = Partner {
        answer: Answer::Confirmed,
        ..named.clone()
    };
    walk.act("activity.receive_answer", async || {
        receive_answer(app, &here, id, &answered, "").await
    })
    .await;
}
