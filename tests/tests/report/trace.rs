//! N-06, REP-14: any cell of a frozen form opens exactly the records that sum to it; what changes later names its cause.

use pbgdpl_province::trace::{self, Asked};
use pbgdpl_store::province::Consolidation;
use pbgdpl_testkit::owner::Owner;

use super::pages::Desk;
use super::*;

const NONE: Asked<'_> = Asked {
    version: None,
    row: None,
    column: 4,
    page: 1,
    per_page: 100,
};

const MOVED: &str = "update province_report set body = replace(body, '410', '411') where form = '09d'";
const MOVED_BACK: &str = "update province_report set body = replace(body, '411', '410') where form = '09d'";

/// Both agencies send, the province accepts, adds up and freezes.
pub(super) async fn frozen(house: &House) -> Consolidation {
    both_sent(house).await;
    furnish::roll_up(house).await.unwrap();
    let officer = house.province_ctx(&house.consolidator).await.unwrap();
    for (tenant, form) in [(&house.a, "09d"), (&house.b, "09b")] {
        accept::accept(&house.province, &officer, tenant.id(), (form, YEAR), 1)
            .await
            .unwrap();
    }
    let made = consolidate::consolidate(&house.province, &officer, "09c", YEAR)
        .await
        .unwrap();
    freeze::freeze(&house.province, &officer, "09c", YEAR, &made.hash)
        .await
        .unwrap()
}

/// Changes the store behind the program's back.
async fn as_owner(house: &House, statement: &str) {
    let mut owner = Owner::of(&house.ground).await.unwrap();
    owner.run(&[statement], &[statement]).await.unwrap();
}

/// Takes the meeting of the year back in A's ledger, as a correction does.
async fn take_back(house: &House) {
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let mut agency = house.app.open(&reporter).await.unwrap();
    let rows = agency
        .ledger_between(at(2020, 11, 9).day(), at(2020, 11, 9).day(), None)
        .await
        .unwrap();
    let standing = pbgdpl_model::ledger::standing(&rows);
    let back = reversal(&standing, "biên bản ghi ngày khác");
    agency.append_ledger(&reporter, &back).await.unwrap();
    agency.save().await.unwrap();
}

#[tokio::test]
async fn n_06_a_frozen_cell_opens_exactly_its_records_and_names_what_came_later() {
    for engine in BOTH {
        let house = house(engine).await;
        let made = frozen(&house).await;
        let province = &house.province;
        let auditor = house.province_ctx(&house.auditor).await.unwrap();

        // Every cell of every line of the province's form equals the parts it names.
        let figures = Consolidated::read(&made.body).unwrap();
        for line in &figures.rows {
            for (column, cell) in &line.cells {
                let found =
                    trace::cell(province, &auditor, ("09c", YEAR), Some(1), (&line.key, *column)).await;
                let found = found.unwrap();
                assert_eq!(
                    found.sum(),
                    cell.total(),
                    "{engine:?}: {} column {column}",
                    line.key
                );
                assert!(found.parts.iter().all(|part| part.intact));
            }
        }

        // Every automatic cell of an agency's form equals the rows it opens, and no row is of another year or measure.
        let report = trace::report(province, &auditor, house.a.id(), ("09d", YEAR), None)
            .await
            .unwrap();
        assert!(report.since.is_empty());
        let unit = report
            .body
            .rows
            .iter()
            .find(|line| line.kind == LineKind::Unit)
            .unwrap();
        for column in report
            .form
            .columns
            .iter()
            .filter(|column| column.source == ColumnSource::Ledger)
        {
            let asked = Asked {
                column: column.number,
                ..NONE
            };
            let found = trace::records(province, &auditor, house.a.id(), ("09d", YEAR), asked)
                .await
                .unwrap();
            assert_eq!(unit.cells[&column.number].actual, Some(found.sum));
            let rows: i64 = found.counted.iter().map(|line| line.row.row.quantity).sum();
            assert_eq!(rows, found.sum, "{engine:?}: column {}", column.number);
            assert!(found.counted.iter().all(|line| {
                column.measures.contains(&line.row.row.measure)
                    && (report.span.from..=report.span.actual_to).contains(&line.row.row.day)
            }));
            assert_eq!((found.later_count, found.declared), (0, None));
        }

        // A figure moved in the store itself is seen: hashes are made anew, not compared as they stand.
        as_owner(&house, MOVED).await;
        let cell = trace::cell(province, &auditor, ("09c", YEAR), Some(1), ("tong_so", 4))
            .await
            .unwrap();
        let intact: Vec<bool> = cell.parts.iter().map(|part| part.intact).collect();
        assert_eq!(intact.iter().filter(|intact| !**intact).count(), 1, "{intact:?}");
        as_owner(&house, MOVED_BACK).await;

        // One record changes after the freezing: the frozen cell keeps its rows, and the change is named as the cause.
        take_back(&house).await;
        furnish::roll_up(&house).await.unwrap();
        let found = trace::records(province, &auditor, house.a.id(), ("09d", YEAR), NONE)
            .await
            .unwrap();
        assert_eq!(
            (found.cell.actual, found.sum, found.later_sum),
            (Some(410), 410, -410)
        );
        let cause = &found.later[0].row.row;
        assert_eq!(
            (found.later_count, cause.reason.as_str()),
            (1, "biên bản ghi ngày khác")
        );
        assert_eq!(cause.reverses, Some(found.counted[0].row.seq));
        let report = trace::report(province, &auditor, house.a.id(), ("09d", YEAR), None)
            .await
            .unwrap();
        let moved: Vec<_> = report
            .since
            .iter()
            .map(|moved| (moved.column, moved.frozen, moved.today))
            .collect();
        assert!(
            moved.contains(&(4, 410, Some(0))) && moved.contains(&(3, 2, Some(0))),
            "{moved:?}"
        );

        // A declared cell opens who signed for it; a foreign or a missing one opens nothing.
        let asked = Asked { column: 1, ..NONE };
        let found = trace::records(province, &auditor, house.a.id(), ("09d", YEAR), asked)
            .await
            .unwrap();
        assert_eq!(found.count, 0);
        assert_eq!(found.declared.unwrap().note, "QĐ số 12/QĐ-STP");
        let asked = Asked {
            row: Some("xa-1"),
            ..NONE
        };
        let none = trace::records(province, &auditor, house.a.id(), ("09d", YEAR), asked).await;
        assert!(matches!(none, Err(pbgdpl_province::Error::NotFound)));
        let officer = house.province_ctx(&house.officer).await.unwrap();
        let denied = trace::records(province, &officer, house.a.id(), ("09d", YEAR), NONE).await;
        assert!(denied.is_err(), "administrators read no records");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn n_06_from_the_province_to_the_record_by_links_alone() {
    for engine in BOTH {
        let house = house(engine).await;
        frozen(&house).await;
        take_back(&house).await;
        furnish::roll_up(&house).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let auditor = house.session(&house.auditor).await.unwrap();
        let desk = Desk { web: &web };

        let list = desk.get(&auditor, "/giam-sat/bieu").await;
        let sum = link(&list, "/giam-sat/bieu/09c/nam-chinh-thuc/2020?ban=1");
        let sheet = desk.get(&auditor, &sum).await;
        assert!(
            sheet.contains("Đã chốt, bản 1") && sheet.contains(">640</a>"),
            "{sheet}"
        );
        let cell = link(
            &sheet,
            "/giam-sat/bieu/09c/nam-chinh-thuc/2020/cot/4?ban=1&dong=tong_so",
        );
        let parts = desk.get(&auditor, &cell).await;
        assert!(parts.contains("Bằng tổng 2 báo cáo") && parts.contains("410") && parts.contains("230"));
        let records = link(&parts, "/giam-sat/bieu/09d/nam-chinh-thuc/2020/so-a/cot/4?ban=1");
        let rows = desk.get(&auditor, &records).await;
        assert!(
            rows.contains("Bằng tổng 1 dòng sổ") && rows.contains("Số đã chốt là 410"),
            "{rows}"
        );
        assert!(rows.contains("1 dòng sổ ghi sau khi chốt") && rows.contains("biên bản ghi ngày khác"));
        let report = desk
            .get(&auditor, "/giam-sat/bieu/09d/nam-chinh-thuc/2020/so-a?ban=1")
            .await;
        assert!(report.contains("Sổ hoạt động nói gì từ khi chốt?"), "{report}");
        let formula = desk
            .get(
                &auditor,
                "/giam-sat/bieu/09d/nam-chinh-thuc/2020/so-a/cot/9?ban=1",
            )
            .await;
        assert!(formula.contains("Cộng từ các cột nào?"), "{formula}");
        // The agency itself sees the same on its desk.
        let reporter = house.session(&house.in_a.reporter).await.unwrap();
        let own = "/quan-tri/so-a/bieu/09d/nam-chinh-thuc/2020";
        assert!(
            desk.get(&reporter, own)
                .await
                .contains("Sổ hoạt động nói gì từ khi chốt?")
        );
        let rows = desk.get(&reporter, &format!("{own}/cot/4")).await;
        assert!(
            rows.contains("1 dòng sổ cộng lại là 410.") && rows.contains("cộng lại là -410"),
            "{rows}"
        );
        // The reading of records was written down; the reading of sums was not.
        let log = desk.get(&auditor, "/giam-sat/nhat-ky").await;
        assert!(log.contains("Đọc sổ và minh chứng"));
        house.end().await.unwrap();
    }
}

/// The address on the page, as its links write it.
fn link(page: &str, address: &str) -> String {
    let written = format!("href=\"{}", address.replace('&', "&#38;"));
    assert!(page.contains(&written), "no link to {address}: {page}");
    address.to_owned()
}
