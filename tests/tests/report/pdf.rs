//! Reports as PDF files through the real routes: by the stand-in worker, which gives the document back, in every test run; by the
//! real one, read back with pdftotext, in `cargo xtask campaign paper` (`pdf_read`).

use std::path::Path;

use pbgdpl_press::{Bounds, Press};
use pbgdpl_testkit::owner::Owner;
use pbgdpl_testkit::web::{Answer, settings};
use pbgdpl_web::routes::all;
use serde_json::Value;

use super::pages::{DESK, Desk};
use super::plan::{a_year, frozen};
use super::*;

pub(crate) const FORM: &str = "/quan-tri/so-a/bieu/09d/nam-chinh-thuc/2020";
pub(crate) const SUM: &str = "/tinh/tong-hop/09c/nam-chinh-thuc/2020";
pub(crate) const PLAN: &str = "/tinh/ke-hoach/de-an-471/2020";
const OVERSEEN: &str = "/giam-sat/ke-hoach/de-an-471/2020";

/// A node whose PDF files are made by this press, or that makes none.
pub(crate) fn node(house: &House, press: Option<Press>) -> Web {
    let settings = pbgdpl_web::WebSettings {
        press,
        ..settings(true).unwrap()
    };
    Web::with(house.app.clone(), &house.clock, settings, &all())
}

pub(crate) async fn get(web: &Web, session: &str, path: &str) -> Answer {
    let answer = web.ask(&Ask::get(DESK, path).signed_in(session)).await.unwrap();
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer
}

/// The document that the stand-in gave back.
fn document(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/pdf");
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    let inside = text
        .strip_prefix("%PDF-1.7\n")
        .unwrap()
        .strip_suffix("\n%%EOF\n")
        .unwrap();
    serde_json::from_str(inside).unwrap()
}

/// The rows of its tables, cell by cell.
fn rows(document: &Value) -> Vec<Vec<String>> {
    let blocks = document["blocks"].as_array().unwrap().iter();
    let tables = blocks.filter(|block| block["kind"] == "table");
    let rows = tables.flat_map(|table| table["rows"].as_array().unwrap());
    let text = |cell: &Value| cell["text"].as_str().unwrap().to_owned();
    rows.map(|row| row.as_array().unwrap().iter().map(text).collect())
        .collect()
}

/// Takings of the province's reports that stand in its log.
async fn takings(house: &House) -> usize {
    let mut owner = Owner::of(&house.ground).await.unwrap();
    let rows = owner.rows(&["province_audit"]).await.unwrap();
    rows.iter().filter(|row| row.contains("report-export")).count()
}

#[tokio::test]
async fn rep_13_forms_are_taken_out_as_pdf_open_and_frozen() {
    for engine in BOTH {
        let house = house(engine).await;
        both_sent(&house).await;
        let web = Web::of(&house, true).unwrap();
        let desk = Desk { web: &web };
        let reporter = house.session(&house.in_a.reporter).await.unwrap();
        let officer = house.session(&house.consolidator).await.unwrap();

        assert!(
            desk.get(&reporter, FORM)
                .await
                .contains(&format!("{FORM}/xuat.pdf?ban=1"))
        );
        let file = get(&web, &reporter, &format!("{FORM}/xuat.pdf?ban=1")).await;
        assert!(file.header("content-disposition").ends_with("-so-a-ban-1.pdf\""));
        let drawn = document(&file);
        let sheet = get(&web, &reporter, &format!("{FORM}/xuat.xlsx?ban=1")).await;
        let on_paper: Vec<f64> = rows(&drawn)
            .iter()
            .flat_map(|row| row.iter().skip(1))
            .filter_map(|cell| cell.replace('.', "").parse().ok())
            .collect();
        assert_eq!(
            on_paper.len(),
            rows(&drawn)
                .iter()
                .flatten()
                .filter(|cell| !cell.is_empty() && **cell != "–")
                .count()
                - rows(&drawn).len()
        );
        assert!(
            on_paper.contains(&410.0)
                && on_paper
                    .iter()
                    .all(|figure| figures_in(&sheet.body).contains(figure))
        );
        let hash = &seen_hash(&house).await;
        assert!(
            drawn["page"]["foot"].as_str().unwrap().ends_with(hash.as_str()),
            "{drawn}"
        );

        // The province: not frozen, then frozen. Each taking is in the log, as that of a workbook is.
        let ctx = house.province_ctx(&house.consolidator).await.unwrap();
        for (slug, form) in [(&house.a, "09d"), (&house.b, "09b")] {
            accept::accept(&house.province, &ctx, slug.id(), (form, YEAR), 1)
                .await
                .unwrap();
        }
        let sum = consolidate::consolidate(&house.province, &ctx, "09c", YEAR)
            .await
            .unwrap();
        let open = document(&get(&web, &officer, &format!("{SUM}/xuat.pdf")).await);
        assert!(open.to_string().contains("Bản này chưa chốt."));
        freeze::freeze(&house.province, &ctx, "09c", YEAR, &sum.hash)
            .await
            .unwrap();
        assert!(
            desk.get(&officer, SUM)
                .await
                .contains(&format!("{SUM}/xuat.pdf?ban=1"))
        );
        let before = takings(&house).await;
        let file = get(&web, &officer, &format!("{SUM}/xuat.pdf?ban=1")).await;
        let again = get(&web, &officer, &format!("{SUM}/xuat.pdf?ban=1")).await;
        assert_eq!(
            file.body, again.body,
            "frozen figures give the same document (REP-13)"
        );
        assert_eq!(takings(&house).await, before + 2);
        let drawn = document(&file);
        assert!(
            drawn["page"]["foot"]
                .as_str()
                .unwrap()
                .ends_with(sum.hash.as_str())
        );
        assert!(rows(&drawn).iter().flatten().any(|cell| cell == "640"), "{drawn}");
        house.end().await.unwrap();
    }
}

async fn seen_hash(house: &House) -> String {
    let officer = house.province_ctx(&house.consolidator).await.unwrap();
    let of = ("09d", YEAR);
    read::read(&house.province, &officer, house.a.id(), of, None)
        .await
        .unwrap()
        .sent
        .hash
}

#[tokio::test]
async fn rep_13_a_plan_report_is_taken_out_as_pdf_by_province_and_auditor() {
    for engine in BOTH {
        let house = house(engine).await;
        a_year(&house).await;
        let web = Web::of(&house, true).unwrap();
        let desk = Desk { web: &web };
        let officer = house.session(&house.consolidator).await.unwrap();
        let auditor = house.session(&house.auditor).await.unwrap();
        let open = document(&get(&web, &officer, &format!("{PLAN}/xuat.pdf")).await);
        assert!(open["made_at"].is_null() && open.to_string().contains("Bản này chưa chốt."));
        let report = frozen(&house).await;
        for (session, page) in [(&officer, PLAN), (&auditor, OVERSEEN)] {
            assert!(
                desk.get(session, page)
                    .await
                    .contains(&format!("{page}/xuat.pdf?ban=1"))
            );
        }
        let file = get(&web, &officer, &format!("{PLAN}/xuat.pdf?ban=1")).await;
        let same = get(&web, &auditor, &format!("{OVERSEEN}/xuat.pdf?ban=1")).await;
        assert!(
            file.body == same.body,
            "{engine:?}: both take out the same document"
        );
        assert!(file.header("content-disposition").ends_with("-ban-1.pdf\""));
        let drawn = document(&file);
        assert!(drawn["page"]["foot"].as_str().unwrap().ends_with(&report.hash));
        let words = drawn.to_string();
        // The Word file of the same version, paragraph by paragraph.
        let (_, word) = super::plan::word(&house, Some(1)).await;
        for line in super::plan_word::paragraphs(&word, "word/document.xml") {
            let inside = serde_json::to_string(&line).unwrap();
            let known =
                line.starts_with("____") || line.starts_with("Tỉnh Thử, ") || line.starts_with("Kon Tum, ");
            assert!(
                known || words.contains(inside.trim_matches('"')),
                "{engine:?}: {line}"
            );
        }
        house.end().await.unwrap();
    }
}

/// Whatever the worker does, the page says what to take instead.
#[tokio::test]
async fn rep_13_a_worker_that_fails_costs_a_page_that_leads_on() {
    let house = house(pbgdpl_store::Engine::Sqlite).await;
    both_sent(&house).await;
    let reporter = house.session(&house.in_a.reporter).await.unwrap();
    let asked = format!("{FORM}/xuat.pdf?ban=1");
    let ask = async |press: Option<Press>| {
        let web = node(&house, press);
        web.ask(&Ask::get(DESK, &asked).signed_in(&reporter))
            .await
            .unwrap()
    };
    for broken in ["/bin/false", "/bin/true", "/nonexistent/pbgdpl-paper"] {
        let answer = ask(Some(Press::new(Path::new(broken), Bounds::default()))).await;
        assert_eq!(answer.status, 500, "{broken}");
        let page = answer.text();
        for words in [
            "Chưa lập được tệp PDF",
            "Mở biểu để in",
            &format!("{FORM}/xuat.xlsx?ban=1"),
        ] {
            assert!(page.contains(words), "{broken}: {words}: {page}");
        }
    }
    let little = Bounds {
        document: 16,
        ..Bounds::default()
    };
    let long = ask(Some(Press::new(Path::new("/bin/true"), little))).await;
    assert_eq!(long.status, 422);
    assert!(long.text().contains("quá dài để lập một tệp PDF") && long.text().contains("xuat.xlsx?ban=1"));
    let nobody = Bounds {
        workers: 0,
        turn: std::time::Duration::from_millis(1),
        ..Bounds::default()
    };
    let busy = ask(Some(Press::new(Path::new("/bin/true"), nobody))).await;
    assert_eq!((busy.status.as_u16(), busy.header("retry-after")), (503, "5"));
    assert!(busy.text().contains("Đang lập nhiều tệp PDF") && busy.text().contains("Mở biểu để in"));

    // Without a worker there is no such file, and no page speaks of it.
    assert_eq!(ask(None).await.status, 404);
    let page = get(&node(&house, None), &reporter, FORM).await;
    assert!(page.text().contains("xuat.xlsx") && !page.text().contains("xuat.pdf"));
    house.end().await.unwrap();
}
