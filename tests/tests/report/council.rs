//! The council's members report half-yearly and yearly: dated seats, the days of the half-year and no others, one machinery.

use pbgdpl_app::plan::send::send;
use pbgdpl_app::plan::write::{Write, write};
use pbgdpl_app::plan::{Outcome as Written, View, view as seen_by};
use pbgdpl_model::manifest::{CouncilFile, PlanFile, Seat};
use pbgdpl_model::plan::Document;
use pbgdpl_pages::paper::{Sealed, plan_report};
use pbgdpl_province::plan::accept::accept;
use pbgdpl_province::plan::due::due;
use pbgdpl_province::plan::freeze::freeze;
use pbgdpl_province::plan::list::list;
use pbgdpl_province::plan::read::read;
use pbgdpl_province::plan::write as writing;
use pbgdpl_testkit::web::Web;

use super::pages::Desk;
use super::plan_word::paragraphs;
use super::*;

const HALF: &str = "hoi-dong-6-thang";
const WHOLE: &str = "hoi-dong-nam";

fn seat(agency: &str, from: &str, to: Option<&str>) -> Seat {
    Seat {
        agency: agency.into(),
        seat: "Ủy viên".into(),
        valid_from: from.parse().unwrap(),
        valid_to: to.map(|day| day.parse().unwrap()),
        verify: true,
    }
}

/// Kon Tum's two plans; A sits on the council from the beginning, B from 1 July 2020 on.
async fn council(house: &House) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tenants/kon-tum");
    let ctx = of_the_system(house);
    let mut store = house
        .store
        .province(&ctx.warrant::<ManifestApply>().unwrap())
        .await
        .unwrap();
    for id in [HALF, WHOLE] {
        let text = std::fs::read_to_string(format!("{folder}/plans/{id}.toml")).unwrap();
        let plan: PlanFile = toml::from_str(&text).unwrap();
        let body = serde_json::to_string(&plan).unwrap();
        store.put_catalogue("plan", id, &body, ctx.now()).await.unwrap();
    }
    let council = CouncilFile {
        id: "hoi-dong-phoi-hop".into(),
        name: "Hội đồng phối hợp".into(),
        basis: vec![],
        members: vec![
            seat("so-a", "2019-01-01", None),
            seat("huyen-b", "2020-07-01", None),
        ],
    };
    let body = serde_json::to_string(&council).unwrap();
    store
        .put_catalogue("council", &council.id, &body, ctx.now())
        .await
        .unwrap();
    store.save().await.unwrap();
}

/// Counts a meeting with these attendees on a day.
async fn met(house: &House, tenant: &Tenant, people: &People, day: Moment, attendees: i64) {
    let ctx = house.ctx(tenant, &people.reporter).await.unwrap();
    let mut store = house.app.open(&ctx).await.unwrap();
    let meeting = Content {
        sessions: 1,
        attendees,
        ..Content::default()
    };
    let id = ActivityId::fresh(ctx.now());
    let rows = meeting.rows(id, Kind::HoiNghi, 1, day.day(), &[]);
    store.append_ledger(&ctx, &rows).await.unwrap();
    store.save().await.unwrap();
}

async fn seen(house: &House, tenant: &Tenant, plan: &str) -> Result<View, pbgdpl_app::Error> {
    let reader = house.store.read().tenant(tenant).await.unwrap();
    seen_by(&reader, tenant.agency(), (plan, 2020), house.clock_day()).await
}

fn attendees(view: &View) -> i64 {
    let figures = view.body.tasks.iter().flat_map(|task| &task.figures);
    let mut of = figures.filter(|figure| figure.label == "Số lượt người tham dự");
    of.next().unwrap().value
}

async fn sends(house: &House, plan: &str) {
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let order = Write {
        plan: plan.into(),
        year: 2020,
        read: std::collections::BTreeMap::new(),
        texts: [("2".to_owned(), "Đã tổ chức hai hội nghị.".to_owned())].into(),
    };
    let written = write(&house.app, &reporter, order).await.unwrap();
    assert!(matches!(written, Written::Done(_)), "{written:?}");
    let hash = seen(house, &house.a, plan).await.unwrap().hash;
    let sent = send(&house.app, &reporter, (plan, 2020), &hash).await.unwrap();
    assert!(matches!(sent, Written::Done(_)), "{sent:?}");
}

#[tokio::test]
async fn the_half_year_counts_its_own_days_and_asks_who_sat_on_the_last_of_them() {
    for engine in BOTH {
        let house = house(engine).await;
        council(&house).await;
        // 30 June ends at 17:00 UTC: the day is what people in Kon Tum call it.
        met(&house, &house.a, &house.in_a, at(2020, 6, 30), 40).await;
        met(&house, &house.a, &house.in_a, at(2020, 7, 1), 60).await;
        met(&house, &house.b, &house.in_b, at(2020, 12, 31), 7).await;
        furnish::roll_up(&house).await.unwrap();

        let half = seen(&house, &house.a, HALF).await.unwrap();
        assert_eq!(attendees(&half), 40, "{engine:?}");
        assert_eq!(
            (half.days.0, half.days.1),
            (at(2020, 1, 1).day(), at(2020, 6, 30).day())
        );
        let whole = seen(&house, &house.a, WHOLE).await.unwrap();
        assert_eq!(attendees(&whole), 100, "{engine:?}");
        // B came to the council after the half-year.
        let before = seen(&house, &house.b, HALF).await;
        assert!(matches!(before, Err(pbgdpl_app::Error::NotFound)), "{engine:?}");
        assert_eq!(attendees(&seen(&house, &house.b, WHOLE).await.unwrap()), 7);

        sends(&house, HALF).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let of = (HALF, 2020);
        accept(&house.province, &officer, house.a.id(), of, 1)
            .await
            .unwrap();
        let text = writing::Write {
            part: "danh-gia",
            read: &hash_of(""),
            text: "Các thành viên thực hiện nghiêm túc.",
        };
        let written = writing::write(&house.province, &officer, of, text).await.unwrap();
        assert_eq!(written, writing::Written::Done);
        let drawn = read(&house.province, &officer, of).await.unwrap();
        let asked: Vec<_> = drawn.contributors.iter().map(|one| one.slug.as_str()).collect();
        assert_eq!(asked, ["so-a"], "{engine:?}");
        let report = freeze(&house.province, &officer, of, &drawn.hash).await.unwrap();
        let document = Document::read(&report.body).unwrap();
        assert_eq!(document.term_words(), "6 tháng đầu năm 2020");
        assert_eq!(document.task("2").unwrap().figures[1].value, 40, "{engine:?}");

        // On paper, in the words of the half-year.
        let sealed = Sealed {
            place: "Kon Tum",
            frozen_on: None,
            hash: &report.hash,
            illustrative: false,
        };
        let file = pbgdpl_pages::word::write(&plan_report(&document, &sealed)).unwrap();
        let lines = paragraphs(&file, "word/document.xml");
        let holds = |words: &str| lines.iter().any(|line| line.contains(words));
        assert!(
            holds("kết quả 6 tháng đầu năm 2020 (số liệu từ ngày 01/01/2020 đến hết ngày 30/06/2020)"),
            "{lines:?}"
        );
        assert!(holds("Quyết định số 42/2017/QĐ-TTg"), "{lines:?}");

        let years = list(&house.province, &officer).await.unwrap();
        let asked_of = |plan: &str| {
            let mut of = years
                .iter()
                .filter(|year| year.plan.id == plan && year.year == 2020);
            let year = of.next().unwrap();
            (year.asked, year.accepted)
        };
        assert_eq!((asked_of(HALF), asked_of(WHOLE)), ((1, 1), (2, 0)), "{engine:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn who_sits_is_asked_in_time_and_sees_the_day_on_the_page() {
    for engine in BOTH {
        let house = house(engine).await;
        council(&house).await;
        house.clock.set(at(2020, 6, 14));
        let ctx = of_the_system(&house);
        let lacking = due(&house.province, &ctx).await.unwrap();
        let names: Vec<_> = lacking.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Sở A tỉnh Thử"], "{engine:?}");
        assert_eq!(
            lacking[0].reminder.to_string(),
            "hoi-dong-6-thang/2020/week/2020-06-20"
        );
        let web = Web::of(&house, true).unwrap();
        let desk = Desk { web: &web };
        let reporter = house.session(&house.in_a.reporter).await.unwrap();
        let officer = house.session(&house.consolidator).await.unwrap();
        let page = desk.get(&reporter, "/quan-tri/so-a/bieu").await;
        assert!(
            page.contains("6 tháng đầu năm\u{a0}2020") && page.contains("20/06/2020"),
            "{page}"
        );
        let page = desk
            .get(&reporter, &format!("/quan-tri/so-a/bao-cao-ke-hoach/{HALF}/2020"))
            .await;
        assert!(
            page.contains("Báo cáo kết quả 6 tháng đầu năm 2020") && page.contains("hạn gửi 20/06/2020"),
            "{page}"
        );
        let page = desk.get(&officer, &format!("/tinh/ke-hoach/{HALF}/2020")).await;
        assert!(
            page.contains("2 thành viên cần đối chiếu với văn bản gốc"),
            "{page}"
        );
        house.end().await.unwrap();
    }
}
