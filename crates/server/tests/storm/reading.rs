//! What is read on a streaming replica, and what is not (ADR 0021): with a real standby that is paused, and then stopped.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use http::StatusCode;
use pbgdpl_app::activity::{Facts, Outcome, draft, record::record};
use pbgdpl_app::report::export::ledger;
use pbgdpl_model::activity::{Content, Kind};
use pbgdpl_model::clock::{Clock, SetClock};
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::policy::Action;
use pbgdpl_model::structure::View;
use pbgdpl_province::Province;
use pbgdpl_province::oversight::audit_log;
use pbgdpl_province::oversight::dashboard::{Dashboard, dashboard};
use pbgdpl_province::oversight::drill::{Asked, rows};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_store::province::AuditFilter;
use pbgdpl_store::{Database, DatabaseSettings, Engine, Files, Hints, ReplicaSettings, Store, StoreError};
use pbgdpl_testkit::furnish::{event, roll_up};
use pbgdpl_testkit::house::{House, settings};
use pbgdpl_testkit::web::{Ask, Web};
use sqlx::{Connection, PgConnection};

use crate::place::Place;

const DESK: &str = "quantri.thu.example";
const YEAR: i32 = 2020;

/// One activity of the first agency, copied to the province.
async fn recorded(house: &House, attendees: i64) {
    let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let facts = Facts {
        kind: Kind::HoiNghi,
        day: NaiveDate::from_ymd_opt(YEAR, 5, 2).unwrap(),
        content: Content {
            title: format!("Hội nghị {attendees} người"),
            form: "truc-tiep".into(),
            place: "Xã Văn Lem".into(),
            sessions: 1,
            attendees,
            no_evidence_reason: "Thử nghiệm không có biên bản".into(),
            ..Content::default()
        },
        partners: vec![],
    };
    let Outcome::Done(id) = draft::create(&house.app, &ctx, facts).await.unwrap() else {
        panic!("no draft")
    };
    record(&house.app, &ctx, id, 1).await.unwrap();
    roll_up(house).await.unwrap();
}

/// An auditor and nothing else: may be shown what is older.
async fn looks(house: &House) -> ProvinceCtx {
    house.province_ctx(&house.auditor).await.unwrap().who_only_looks()
}

async fn year(province: &Province, ctx: &ProvinceCtx) -> Dashboard {
    dashboard(province, ctx, Some(YEAR), View::AsWas).await.unwrap()
}

fn attendees(year: &Dashboard) -> i64 {
    let of = |measure| year.totals.iter().find(|total| total.measure == measure);
    of(Measure::DirectAttendees).unwrap().this
}

/// How many readings of the agency's ledger are on record.
async fn readings(house: &House) -> u64 {
    let ctx = house.province_ctx(&house.auditor).await.unwrap();
    let filter = AuditFilter {
        action: Action::EvidenceRead.word().to_owned(),
        ..AuditFilter::default()
    };
    audit_log::of_province(&house.province, &ctx, &filter, 1)
        .await
        .unwrap()
        .count
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_look_read_the_replica_and_everything_is_written_on_the_primary() {
    let mut place = Place::on(Engine::Postgres, Duration::from_secs(3600)).await;
    let house = &place.house;
    let servers = place.servers.as_ref().unwrap();
    event(house, &house.a, &house.in_a, Some(&house.b), "A")
        .await
        .unwrap();
    recorded(house, 60).await;
    servers.arrived().await.unwrap();
    let web = Web::of(house, true).unwrap();
    let session = house.session(&house.auditor).await.unwrap();
    let page = async |path: &str| {
        let asked = Ask::get(DESK, path).signed_in(&session);
        web.ask(&asked).await.unwrap()
    };

    // The same figures on both.
    let without = DatabaseSettings {
        replica: None,
        ..place.settings.clone()
    };
    let alone = beside(house, &without).await;
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let both = (
        year(&house.province, &looks(house).await).await,
        year(&alone, &officer).await,
    );
    assert_eq!(both.0, both.1, "the replica and the primary");
    assert_eq!(attendees(&both.0), 100);

    // It stands still: whoever only looks is shown what it has, and as of when; nobody else is.
    servers.pause().await.unwrap();
    recorded(house, 7).await;
    let older = year(&house.province, &looks(house).await).await;
    assert_eq!(attendees(&older), 100, "this was read on the replica");
    let until = older.fresh.replica_until.expect("as of when");
    assert!(until < crate::place::now() && older.fresh.newest == both.0.fresh.newest);
    let newest = year(&house.province, &officer).await;
    assert_eq!(attendees(&newest), 107, "who acts reads what is");
    assert_eq!(newest.fresh.replica_until, None);
    let shown = page("/giam-sat?nam=2020").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(
        shown.text().contains("(đọc ở bản sao, có đến "),
        "{}",
        shown.text()
    );
    // What leaves the house lacks nothing.
    let exported = page("/giam-sat/xuat.csv?nam=2020&bang=chi-tieu").await.text();
    assert!(exported.contains("107"), "{exported}");
    let system = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let (from, to) = (
        NaiveDate::from_ymd_opt(YEAR, 1, 1).unwrap(),
        NaiveDate::from_ymd_opt(YEAR, 12, 31).unwrap(),
    );
    let lines = ledger(&house.app, &system, from, to).await.unwrap();
    assert!(lines.iter().any(|line| line.quantity == 7));

    // The way down is evidence: it is read on the primary, and on record there.
    let before = readings(house).await;
    let asked = Asked {
        measure: Measure::DirectAttendees,
        year: YEAR,
        month: None,
        known: None,
        page: 1,
        per_page: 50,
    };
    let found = rows(&house.province, &looks(house).await, house.a.id(), asked)
        .await
        .unwrap();
    assert_eq!(found.sum, 107, "nothing older than what is");
    assert_eq!(readings(house).await, before + 1, "seen at once");

    // It goes on, and everything is there.
    servers.resume().await.unwrap();
    servers.arrived().await.unwrap();
    let now = year(&house.province, &looks(house).await).await;
    assert_eq!((attendees(&now), now.fresh.replica_until), (107, None));

    // Older than is allowed: the primary answers.
    let mut strict = place.settings.clone();
    strict.replica.as_mut().unwrap().max_lag = Duration::ZERO;
    let strict = beside(house, &strict).await;
    servers.pause().await.unwrap();
    recorded(house, 3).await;
    let ctx = looks(house).await;
    assert_eq!(attendees(&year(&house.province, &ctx).await), 107);
    assert_eq!(attendees(&year(&strict, &ctx).await), 110);
    servers.resume().await.unwrap();

    walls_hold(house, &place.settings).await;

    // It is gone: the page is there all the same.
    place.servers.as_mut().unwrap().stop_standby();
    let house = &place.house;
    for path in [
        "/giam-sat?nam=2020",
        "/giam-sat/so-lieu/direct_attendees/2020/so-a",
    ] {
        let shown = page(path).await;
        assert_eq!(shown.status, StatusCode::OK, "{path}");
        assert!(!shown.text().contains("bản sao"), "{path}");
    }
    assert_eq!(attendees(&year(&house.province, &looks(house).await).await), 110);
    place.house.end().await.unwrap();
}

/// Row security holds on the standby as on the primary, and nothing can be written there.
async fn walls_hold(house: &House, settings: &DatabaseSettings) {
    let replica = settings.replica.as_ref().unwrap();
    let mut app = PgConnection::connect(&replica.url).await.unwrap();
    let count = "select count(*) from ledger";
    let open: i64 = sqlx::query_scalar(count).fetch_one(&mut app).await.unwrap();
    assert_eq!(open, 0, "without an agency nothing is seen");
    for (agency, sees) in [(&house.a, true), (&house.b, false)] {
        let mut tx = app.begin().await.unwrap();
        sqlx::query("select set_config('app.tenant', $1, true)")
            .bind(agency.id().0.to_string())
            .execute(&mut *tx)
            .await
            .unwrap();
        let own: i64 = sqlx::query_scalar(count).fetch_one(&mut *tx).await.unwrap();
        assert_eq!(own > 0, sees, "{}", agency.slug());
        let foreign: i64 = sqlx::query_scalar("select count(*) from ledger where tenant_id <> $1")
            .bind(agency.id().0)
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(foreign, 0, "{}", agency.slug());
    }
    let written = sqlx::query("update service_key set created_at = 0")
        .execute(&mut app)
        .await;
    assert!(written.is_err(), "a standby takes no writing");
    let mut province = PgConnection::connect(&replica.province_url).await.unwrap();
    let refused = sqlx::query(count).execute(&mut province).await;
    assert!(refused.is_err(), "the province's role reads no tenant row");
    // Through the door of one agency: its own rows only.
    let ctx = looks(house).await;
    let warrant = ctx.audit_warrant(&house.b).unwrap();
    let read = async |reader: pbgdpl_store::tenant::TenantReader| {
        assert!(reader.is_of_replica());
        reader.ledger_position().await
    };
    let position: Result<i64, StoreError> = house.store.look_into(&warrant, ctx.recency(), read).await;
    assert_eq!(position.unwrap(), 0);
}

/// A second node over the same database.
async fn beside(house: &House, settings: &DatabaseSettings) -> Province {
    let database = Database::open(settings).await.unwrap();
    let files = Files::folder(&house.folder.path().join("files")).unwrap();
    let store = Store::new(database, files, Hints::local()).await.unwrap();
    let clock: Arc<dyn Clock> = Arc::<SetClock>::clone(&house.clock);
    Province::new(store, clock)
}

/// A replica that is no standby, or of another cluster, is never read: its figures would be anybody's.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_no_standby_of_this_primary_is_never_read() {
    let house = House::on(Engine::Postgres).await.unwrap();
    let other = House::on(Engine::Postgres).await.unwrap();
    event(&house, &house.a, &house.in_a, None, "A").await.unwrap();
    let ctx = looks(&house).await;
    let there = settings(&other.ground);
    let wrong = DatabaseSettings {
        replica: Some(ReplicaSettings {
            url: there.url,
            province_url: there.province_url.unwrap(),
            max_lag: Duration::from_secs(3600),
        }),
        ..settings(&house.ground)
    };
    let node = beside(&house, &wrong).await;
    assert_eq!(attendees(&year(&node, &ctx).await), 40);
    let refused = Database::open(&DatabaseSettings {
        url: "sqlite::memory:".into(),
        ..wrong
    })
    .await;
    assert!(
        matches!(refused, Err(StoreError::Unfit(_))),
        "SQLite has no replica"
    );
    house.end().await.unwrap();
    other.end().await.unwrap();
}
