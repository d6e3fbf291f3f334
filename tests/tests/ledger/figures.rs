//! The agency's own dashboard: its figures are those of its ledger, and of nobody else's (DSH-01).

use chrono::NaiveDate;
use pbgdpl_app::activity::{add_evidence::add_evidence, draft, record::record};
use pbgdpl_app::media::upload::{Purpose, Upload, upload};
use pbgdpl_model::activity::Content;
use pbgdpl_model::ledger::Measure;
use pbgdpl_pages::oversight::measure_label;
use pbgdpl_scope::Ctx;
use pbgdpl_testkit::furnish::forms_of_kon_tum;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use pbgdpl_vietnamese::number::grouped;
use scraper::{Html, Selector};

use crate::by_hand::{content, done, facts};

const DESK: &str = "quantri.thu.example";

fn day(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 5).unwrap()
}

async fn recorded(house: &House, ctx: &Ctx, day: NaiveDate, people: i64, proved: bool) {
    let mut facts = facts(day, people, 7, &[]);
    if proved {
        facts.content = Content {
            no_evidence_reason: String::new(),
            ..content(people, 7)
        };
    }
    let id = done(draft::create(&house.app, ctx, facts).await.unwrap());
    if proved {
        let order = Upload {
            purpose: Purpose::Evidence,
            file_name: "bien-ban.pdf".into(),
            bytes: bytes::Bytes::from(format!(
                "%PDF-1.4\n1 0 obj\n<</People {people}>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
            )),
            alt: String::new(),
        };
        let file = upload(&house.app, ctx, order).await.unwrap();
        done(
            add_evidence(&house.app, ctx, id, file.id, "Biên bản")
                .await
                .unwrap(),
        );
    }
    done(record(&house.app, ctx, id, 1).await.unwrap());
}

/// The row of a measure in the page's table, head and all.
fn row(page: &str, measure: Measure) -> Vec<String> {
    row_headed(page, &format!("{} ({})", measure_label(measure), measure.unit()))
}

fn row_headed(page: &str, head: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let (rows, cells) = (
        Selector::parse("tbody tr").unwrap(),
        Selector::parse("th, td").unwrap(),
    );
    let found = page.select(&rows).map(|row| {
        row.select(&cells)
            .map(|cell| cell.text().collect::<String>().trim().to_owned())
            .collect::<Vec<_>>()
    });
    found
        .into_iter()
        .find(|row| row.first().is_some_and(|first| first == head))
        .unwrap_or_else(|| panic!("no row {head}"))
}

#[tokio::test]
async fn dsh_01_the_agencys_figures_equal_its_ledger() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        forms_of_kon_tum(&house, &["09b", "09c", "09d"]).await.unwrap();
        let in_a = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let in_b = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.reporter).await.unwrap();
        let get = async |path: &str| web.ask(&Ask::get(DESK, path).signed_in(&session)).await.unwrap();
        let here = "/quan-tri/so-a/so-lieu";
        let empty = get(here).await;
        assert_eq!(empty.status, 200, "{engine:?}");
        assert!(empty.text().contains("Chưa có số liệu của hai năm này"));

        recorded(&house, &in_a, day(2019, 3), 30, false).await;
        recorded(&house, &in_a, day(2020, 2), 1_204, true).await;
        recorded(&house, &in_a, day(2020, 2), 16, false).await;
        recorded(&house, &in_a, day(2020, 5), 58, true).await;
        recorded(&house, &in_b, day(2020, 5), 9_999, false).await;

        // Nothing was copied yet: the figures are those of the rows, and what waits is said.
        let page = get(here).await.text();
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        for measure in Measure::ALL {
            let mut sums = Vec::new();
            for year in [2020, 2019] {
                let ends = [(1, 1), (12, 31)].map(|(month, day)| NaiveDate::from_ymd_opt(year, month, day));
                let [Some(from), Some(to)] = ends else {
                    panic!("every year has a first and a last day")
                };
                let totals = reader.ledger_totals(from, to).await.unwrap();
                sums.push(grouped(totals.get(measure).copied().unwrap_or(0)));
            }
            let row = row(&page, *measure);
            assert_eq!(row.len(), 15, "{engine:?}: head, twelve months, both years");
            assert_eq!(
                row.last_chunk::<2>().unwrap().as_slice(),
                sums,
                "{engine:?} {measure}"
            );
        }
        let attendees = row(&page, Measure::DirectAttendees);
        let months: Vec<&str> = attendees.iter().skip(1).take(6).map(String::as_str).collect();
        assert_eq!(months, ["0", "1.220", "0", "0", "58", "0"], "{engine:?}");
        for words in [
            "2 trên 3 hoạt động đã ghi sổ có minh chứng (66,7 %).",
            "còn 3 ngày chờ cộng vào số liệu của tỉnh",
            "1.278 lượt người (cùng kỳ 2019: 30)",
            "Chưa lập",
        ] {
            assert!(page.contains(words), "{engine:?}: {words}\n{page}");
        }
        assert!(!page.contains("9.999"), "{engine:?}: another agency's figures");
        let before = get(&format!("{here}?nam=2019")).await.text();
        assert!(before.contains("0 trên 1 hoạt động"), "{engine:?}");
        assert_eq!(get(&format!("{here}?nam=3000")).await.status, 404);
        drop(reader);
        house.end().await.unwrap();
    }
}

/// In January the deadlines of the new year are seen at once, beside the figures of the last year with an activity; the table
/// behind the plots holds the dashed lines too, and while a year runs the year before ends on the same day.
#[tokio::test]
async fn dsh_01_the_turn_of_the_year_and_the_same_days() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        // 12 January 2021.
        forms_of_kon_tum(&house, &["09b", "09c", "09d"]).await.unwrap();
        let in_a = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.reporter).await.unwrap();
        let get = async |path: &str| web.ask(&Ask::get(DESK, path).signed_in(&session)).await.unwrap();
        let here = "/quan-tri/so-a/so-lieu";
        recorded(&house, &in_a, day(2019, 3), 30, false).await;
        for (day, people) in [(12, 40), (13, 500), (31, 700)] {
            let day = NaiveDate::from_ymd_opt(2020, 1, day).unwrap();
            recorded(&house, &in_a, day, people, false).await;
        }

        let page = get(here).await.text();
        for words in [
            "Số liệu năm 2020",
            "Báo cáo phải gửi năm 2021",
            "6 tháng năm 2021",
            "Năm 2020 (chính thức)",
        ] {
            assert!(page.contains(words), "{engine:?}: {words}: {page}");
        }
        // Both lines of the plot stand in the table.
        let attendees = measure_label(Measure::DirectAttendees);
        let before = row_headed(&page, &format!("{attendees}, năm 2019"));
        assert_eq!(
            before.iter().skip(1).take(4).collect::<Vec<_>>(),
            ["0", "0", "30", "0"],
            "{engine:?}"
        );
        assert_eq!(before.last().map(String::as_str), Some("30"), "{engine:?}");
        let past = get(&format!("{here}?nam=2020")).await.text();
        assert!(
            past.contains("Báo cáo phải gửi năm 2020") && !past.contains("6 tháng năm 2021"),
            "{engine:?}: a year that is asked for shows its own"
        );

        let page = get(&format!("{here}?nam=2021")).await.text();
        assert!(
            page.contains("Năm 2021 so với cùng kỳ năm 2020, đến ngày 12/01")
                && page.contains("0 lượt người (cùng kỳ năm 2020, đến ngày 12/01: 40)"),
            "{engine:?}: {page}"
        );
        assert_eq!(
            row(&page, Measure::DirectAttendees).last().map(String::as_str),
            Some("40"),
            "{engine:?}"
        );
        house.end().await.unwrap();
    }
}
