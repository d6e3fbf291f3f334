//! REP-18: a form is filled without a connection and taken in again; what was tampered with or overtaken is refused row by row.

use std::collections::BTreeMap;

use pbgdpl_model::report::{LineKind, may_declare};
use pbgdpl_testkit::web::Answer;

use super::offline_hand::{Put, put, upload};
use super::pages::DESK;
use super::*;

/// The sheet that is filled, the official one, the hidden one.
pub(crate) const FILLED: usize = 1;
pub(crate) const OFFICIAL: usize = 2;
pub(crate) const HIDDEN: usize = 3;

/// A house with a draft of A and one of B for the same period, and who fills them.
pub(crate) struct Offline {
    pub(crate) house: House,
    pub(crate) web: Web,
    pub(crate) in_a: String,
    pub(crate) in_b: String,
    pub(crate) a: ReportId,
    pub(crate) b: ReportId,
}

/// The address of a report of 2020 on the desk.
pub(crate) fn address(agency: &str, form: &str, period: &str) -> String {
    format!("/quan-tri/{agency}/bieu/{form}/{period}/2020")
}

impl Offline {
    pub(crate) async fn on(engine: pbgdpl_store::Engine, kind: PeriodKind) -> Self {
        let house = house(engine).await;
        count(&house, &house.a, &house.in_a, 410).await;
        count(&house, &house.b, &house.in_b, 230).await;
        let draft = async |tenant: &Tenant, people: &People, form: &str| {
            let reporter = house.ctx(tenant, &people.reporter).await.unwrap();
            let order = Open {
                period: kind,
                ..order(form, None)
            };
            done(open(&house.app, &reporter, order).await.unwrap())
        };
        let a = draft(&house.a, &house.in_a, "09d").await;
        let b = draft(&house.b, &house.in_b, "09b").await;
        Self {
            web: Web::of(&house, true).unwrap(),
            in_a: house.session(&house.in_a.reporter).await.unwrap(),
            in_b: house.session(&house.in_b.reporter).await.unwrap(),
            house,
            a,
            b,
        }
    }

    pub(crate) async fn download(&self, session: &str, here: &str) -> Vec<u8> {
        let path = format!("{here}/mau-excel");
        let answer = self
            .web
            .ask(&Ask::get(DESK, &path).signed_in(session))
            .await
            .unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.header("content-disposition").ends_with("-lam-viec.xlsx\""));
        answer.body.to_vec()
    }

    pub(crate) async fn upload(&self, session: &str, here: &str, file: &[u8]) -> Answer {
        upload(&self.web, session, &format!("{here}/nhap-excel"), file).await
    }

    /// Says yes to what a preview showed.
    pub(crate) async fn confirm(&self, session: &str, here: &str, preview: &Answer) -> Answer {
        let page = preview.text();
        let hidden = |name: &str| {
            let document = scraper::Html::parse_document(&page);
            let field = scraper::Selector::parse(&format!("input[name='{name}']")).unwrap();
            let value = document
                .select(&field)
                .next()
                .and_then(|field| field.value().attr("value"));
            value.unwrap_or_else(|| panic!("no {name}: {page}")).to_owned()
        };
        let (figures, cells) = (hidden("ma"), hidden("so-lieu"));
        let form = [("ma", figures.as_str()), ("so-lieu", cells.as_str())];
        let path = format!("{here}/nhap-excel/ghi");
        self.web
            .ask(&Ask::post(DESK, &path, &form).signed_in(session))
            .await
            .unwrap()
    }

    pub(crate) async fn seen_a(&self) -> pbgdpl_app::report::View {
        seen(&self.house, &self.house.a, self.a).await
    }
}

/// The cells that stand open in a form, as the rows of its sheet: (row, key of the line, column, actual, estimate).
pub(crate) fn open_cells(seen: &pbgdpl_app::report::View) -> Vec<(u32, String, u8, bool, bool)> {
    let mut open = Vec::new();
    for line in seen
        .lines
        .iter()
        .filter(|line| matches!(line.kind, LineKind::Unit | LineKind::Commune))
    {
        for column in &seen.form.columns {
            let (actual, estimate) = may_declare(&seen.form, line, column, &seen.span);
            if line.cells.contains_key(&column.number) && (actual || estimate) {
                let row = 6 + u32::try_from(open.len()).unwrap();
                open.push((row, line.key.clone(), column.number, actual, estimate));
            }
        }
    }
    open
}

/// The first page of the sheet, as another program reads it.
fn figures_by_row(file: &[u8]) -> BTreeMap<u32, (Option<f64>, Option<f64>, String)> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let rows = sheet.end().unwrap().0;
    let at = |row: u32, column: u32| sheet.get_value((row, column)).cloned().unwrap_or_default();
    (5..=rows)
        .map(|row| {
            let figure = |column| at(row, column).as_f64();
            (row + 1, (figure(4), figure(5), at(row, 7).to_string()))
        })
        .collect()
}

#[tokio::test]
async fn rep_18_taken_away_and_brought_back_unchanged_it_changes_nothing() {
    for engine in BOTH {
        for kind in [PeriodKind::OfficialYear, PeriodKind::Year] {
            let it = Offline::on(engine, kind).await;
            let period = pbgdpl_model::report::period_word(kind);
            let reporter = it.house.ctx(&it.house.a, &it.house.in_a.reporter).await.unwrap();
            // Reasons that look like formulas were typed on the desk: they are texts in the file, and come back as they were.
            let reason = "=HYPERLINK(\"http://la.example\";\"Xem\")\n- Biên bản số 5 <b> & \"năm\"";
            let order = declaration(it.a, "tong_so", &[(1, 5), (2, 4)], reason);
            done(declare(&it.house.app, &reporter, order).await.unwrap());
            for (session, agency, form, tenant, report) in [
                (&it.in_a, "so-a", "09d", &it.house.a, it.a),
                (&it.in_b, "huyen-b", "09b", &it.house.b, it.b),
            ] {
                let here = address(agency, form, period);
                let before = seen(&it.house, tenant, report).await;
                let file = it.download(session, &here).await;
                let answer = it.upload(session, &here, &file).await;
                assert_eq!(answer.status, 200, "{}", answer.text());
                assert!(
                    answer.text().contains("Tệp không thay đổi gì"),
                    "{}",
                    answer.text()
                );
                assert!(
                    !answer.text().contains("name=\"so-lieu\""),
                    "nothing is to be confirmed"
                );
                let after = seen(&it.house, tenant, report).await;
                assert_eq!(
                    (before.figures, before.walk.len(), before.report.row_version),
                    (after.figures, after.walk.len(), after.report.row_version)
                );
            }
            it.house.end().await.unwrap();
        }
    }
}

/// Every cell that may be typed is, and the report then holds what another reader of the file finds in it.
#[tokio::test]
async fn rep_18_every_declared_cell_is_taken_as_it_stands_in_the_file() {
    for engine in BOTH {
        for kind in [PeriodKind::OfficialYear, PeriodKind::Year] {
            let it = Offline::on(engine, kind).await;
            let here = address("huyen-b", "09b", pbgdpl_model::report::period_word(kind));
            let before = seen(&it.house, &it.house.b, it.b).await;
            let open = open_cells(&before);
            assert!(open.len() >= 20, "two communes and the district: {}", open.len());
            let mut file = it.download(&it.in_b, &here).await;
            let mut puts = Vec::new();
            for (row, _, column, actual, estimate) in &open {
                let figure = f64::from(*row) * 1_000.0 + f64::from(*column);
                if *actual {
                    puts.push((format!("E{row}"), Put::Number(figure)));
                }
                if *estimate {
                    puts.push((format!("F{row}"), Put::Number(f64::from(*column))));
                }
                let reason = format!("Báo cáo số {row}/BC-UBND, “cột {column}” <&>");
                puts.push((format!("H{row}"), Put::Text(reason)));
            }
            file = put(&file, FILLED, &puts);
            let preview = it.upload(&it.in_b, &here, &file).await;
            assert_eq!(preview.status, 200, "{}", preview.text());
            assert!(preview.text().contains(&format!("{} ô sẽ thay đổi", open.len())));
            let still = seen(&it.house, &it.house.b, it.b).await;
            assert_eq!(still.figures, before.figures, "looking changes nothing");
            let answer = it.confirm(&it.in_b, &here, &preview).await;
            assert_eq!(answer.status, 303, "{}", answer.text());
            assert!(answer.header("location").ends_with("?xong=nhap-excel"));

            let after = seen(&it.house, &it.house.b, it.b).await;
            let read = figures_by_row(&file);
            for (row, key, column, actual, estimate) in &open {
                let line = after.lines.iter().find(|line| line.key == *key).unwrap();
                let cell = &line.cells[column];
                let number =
                    |figure: Option<i64>| figure.map(|figure| figure.to_string().parse::<f64>().unwrap());
                let (there, expected, reason) = &read[row];
                if *actual {
                    assert_eq!(number(cell.actual), *there, "{key} {column}");
                }
                if *estimate {
                    assert_eq!(number(cell.estimate), *expected, "{key} {column}");
                }
                let said = after
                    .declared
                    .iter()
                    .find(|said| said.row == *key && said.column == *column);
                assert_eq!(&said.unwrap().note, reason);
                assert_eq!(said.unwrap().by, it.house.in_b.reporter.account);
            }
            // What nobody types is what it was: the ledger's figures, the other agency.
            let unit = |seen: &pbgdpl_app::report::View| {
                let line = seen
                    .lines
                    .iter()
                    .find(|line| line.kind == LineKind::Unit)
                    .unwrap();
                (line.cells[&3].actual, line.cells[&4].actual)
            };
            assert_eq!(unit(&before), unit(&after));
            let last = after.walk.last().unwrap();
            assert_eq!(last.step, "Nhập số liệu từ Excel");
            // The same file again: what it was drawn from has moved, by itself.
            let again = it.upload(&it.in_b, &here, &file).await;
            assert_eq!(again.status, 409);
            assert!(again.text().contains("Tệp đã cũ"));
            it.house.end().await.unwrap();
        }
    }
}
