//! What the tests of the ledger share: good content, a book kept by hand, the days as the house shows them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_app::App;
use pbgdpl_app::activity::{Facts, Outcome};
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::activity::{Content, Kind};
use pbgdpl_model::id::{ActivityId, TenantId};
use pbgdpl_model::ledger::Measure;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_scope::{ProvinceCtx, RequestId, Tenant};
use pbgdpl_testkit::house::House;

/// What must come out: kept by hand, row by row, without the ledger's own arithmetic.
pub(crate) type Book = BTreeMap<(TenantId, NaiveDate, Measure), i64>;

pub(crate) fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

pub(crate) fn jobs(app: &App, house: &House) -> Jobs {
    let url = format!("file:{}", mailbox(house).display());
    let sender = Sender::open(&url, "pbgdpl@thu.example").unwrap();
    Jobs::new(app.clone(), sender, "http://quantri.thu.example/")
}

pub(crate) fn mailbox(house: &House) -> std::path::PathBuf {
    house.folder.path().join("mail")
}

pub(crate) fn content(attendees: i64, materials: i64) -> Content {
    Content {
        title: format!("Hội nghị {attendees} người"),
        form: "truc-tiep".into(),
        place: "Xã Văn Lem".into(),
        sessions: 1,
        attendees,
        materials,
        no_evidence_reason: "Thử nghiệm không có biên bản".into(),
        ..Content::default()
    }
}

pub(crate) fn facts(day: NaiveDate, attendees: i64, materials: i64, partners: &[TenantId]) -> Facts {
    Facts {
        kind: Kind::HoiNghi,
        day,
        content: content(attendees, materials),
        partners: partners.to_vec(),
    }
}

pub(crate) fn count(book: &mut Book, tenant: &Tenant, facts: &Facts, sign: i64) {
    let figures = [
        (Measure::DirectSessions, 1),
        (Measure::DirectAttendees, facts.content.attendees),
        (Measure::MaterialsIssued, facts.content.materials),
    ];
    for (measure, quantity) in figures {
        *book.entry((tenant.id(), facts.day, measure)).or_insert(0) += sign * quantity;
    }
}

/// The days of both agencies, as their own doors give them.
pub(crate) async fn days(house: &House) -> Book {
    let mut all = Book::new();
    for tenant in [&house.a, &house.b] {
        let reader = house.store.read().tenant(tenant).await.unwrap();
        for ((day, measure), quantity) in reader.day_totals().await.unwrap() {
            all.insert((tenant.id(), day, measure), quantity);
        }
    }
    all
}

/// A year of the province, as its copies of days give it.
pub(crate) async fn province_year(house: &House) -> BTreeMap<(TenantId, Measure), i64> {
    let ctx = ProvinceCtx::of_system(
        house.store.registry().now(),
        "test",
        house.province.now(),
        RequestId::new("t".into()),
    );
    let store = house
        .store
        .province(&ctx.warrant::<OversightRead>().unwrap())
        .await
        .unwrap();
    let mut sums = BTreeMap::new();
    for slice in store
        .months(2020, NaiveDate::from_ymd_opt(2020, 12, 31).unwrap())
        .await
        .unwrap()
    {
        *sums.entry((slice.tenant, slice.measure)).or_insert(0) += slice.quantity;
    }
    sums
}

pub(crate) fn without_zeros<K: Ord>(book: BTreeMap<K, i64>) -> BTreeMap<K, i64> {
    book.into_iter().filter(|(_, quantity)| *quantity != 0).collect()
}

pub(crate) async fn share_of(
    house: &House,
    tenant: &Tenant,
    id: ActivityId,
) -> Option<pbgdpl_model::activity::Share> {
    house
        .store
        .read()
        .tenant(tenant)
        .await
        .unwrap()
        .share(id)
        .await
        .unwrap()
}

pub(crate) fn today(house: &House, attendees: i64) -> Facts {
    facts(house.clock_day(), attendees, 0, &[])
}
