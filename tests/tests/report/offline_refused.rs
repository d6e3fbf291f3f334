//! Cells that cannot be taken: each is named with its address, its field, what stands there and what to do.

use super::offline::*;
use super::offline_hand::{Put, put};
use super::*;

/// The row of a column of A's only line.
fn row(seen: &pbgdpl_app::report::View, column: u8) -> u32 {
    let open = open_cells(seen);
    open.iter().find(|cell| cell.2 == column).unwrap().0
}

#[tokio::test]
async fn rep_18_what_was_typed_wrongly_is_refused_cell_by_cell() {
    for engine in BOTH {
        let it = Offline::on(engine, PeriodKind::OfficialYear).await;
        let here = address("so-a", "09d", "nam-chinh-thuc");
        let reporter = it.house.ctx(&it.house.a, &it.house.in_a.reporter).await.unwrap();
        says(&it.house, &reporter, it.a, "tong_so", &[(1, 5), (2, 4)]).await;
        let before = it.seen_a().await;
        let file = it.download(&it.in_a, &here).await;
        let (figure, reason) = (format!("E{}", row(&before, 1)), format!("H{}", row(&before, 1)));
        let wrong: Vec<(&str, Put, &str)> = vec![
            ("E", Put::text("năm người"), "không phải là số"),
            ("E", Put::text("5,5"), "không phải là số"),
            ("E", Put::Number(-3.0), "số phải từ 0 trở lên"),
            ("E", Put::text("-3"), "số phải từ 0 trở lên"),
            ("E", Put::Number(2.5), "phải là số nguyên"),
            ("E", Put::Number(2e15), "số quá lớn"),
            ("E", Put::Truth, "không phải là số"),
            ("E", Put::Formula("1+1", "2"), "có công thức; nhập thẳng con số"),
            (
                "E",
                Put::Formula("Nhập!A1", "7"),
                "có công thức; nhập thẳng con số",
            ),
            ("E", Put::text("=1+1"), "chữ bắt đầu như một công thức"),
            ("E", Put::text("@SUM(A1)"), "chữ bắt đầu như một công thức"),
            ("E", Put::text("＝1"), "chữ bắt đầu như một công thức"),
            ("H", Put::Nothing, "phải có căn cứ"),
            ("H", Put::text("   "), "phải có căn cứ"),
            (
                "H",
                Put::Formula("CONCAT(A1,B1)", "x"),
                "có công thức; ghi căn cứ bằng chữ",
            ),
            ("H", Put::Truth, "ghi bằng chữ"),
            ("H", Put::Text("x".repeat(2_001)), "dài quá 2.000 chữ cái"),
            ("H", Put::text("=cmd|' /C calc'!A0"), "bắt đầu như một công thức"),
            ("H", Put::text("+84 60"), "bắt đầu như một công thức"),
            ("H", Put::text("-2"), "bắt đầu như một công thức"),
            ("H", Put::text("@SUM(1)"), "bắt đầu như một công thức"),
            ("H", Put::text("\t=1"), "bắt đầu như một công thức"),
            ("H", Put::text("  =1"), "bắt đầu như một công thức"),
            ("H", Put::text("=<i>x</i>"), "bắt đầu như một công thức"),
            ("H", Put::text("＋1"), "bắt đầu như một công thức"),
        ];
        for (part, put_in, words) in wrong {
            let address = if part == "E" { &figure } else { &reason };
            // Another cell is right: a file is taken whole or not at all, and what it holds is shown.
            let cells = [
                (address.clone(), put_in.clone()),
                (format!("E{}", row(&before, 2)), Put::Number(3.0)),
                (format!("H{}", row(&before, 2)), Put::text("Quyết định số 15")),
            ];
            let answer = it.upload(&it.in_a, &here, &put(&file, FILLED, &cells)).await;
            let page = answer.text();
            assert_eq!(answer.status, 422, "{put_in:?}: {page}");
            assert!(page.contains("Còn 1 ô phải sửa trong tệp"), "{put_in:?}: {page}");
            assert!(
                page.contains(&format!(">{address}<")) && page.contains(words),
                "{put_in:?}: {page}"
            );
            assert!(
                page.contains("Quyết định số 15"),
                "what the file held is shown: {page}"
            );
            assert!(
                !page.contains("name=\"so-lieu\""),
                "{put_in:?}: nothing to confirm"
            );
            assert!(
                !page.contains("<i>x</i>"),
                "what stood in the file is never markup"
            );
        }
        assert_eq!(it.seen_a().await.figures, before.figures);
        it.house.end().await.unwrap();
    }
}

/// What a spreadsheet makes of right figures: numbers as texts with points, spaces around, an emptied cell.
#[tokio::test]
async fn rep_18_figures_are_read_as_people_write_them() {
    for engine in BOTH {
        let it = Offline::on(engine, PeriodKind::OfficialYear).await;
        let here = address("so-a", "09d", "nam-chinh-thuc");
        let before = it.seen_a().await;
        let (one, two) = (row(&before, 1), row(&before, 2));
        let file = it.download(&it.in_a, &here).await;
        let cells = [
            (format!("E{one}"), Put::text(" 1.205 ")),
            (format!("H{one}"), Put::text(" Quyết định số 12 ")),
            (format!("E{two}"), Put::Number(0.0)),
            (format!("H{two}"), Put::Number(15.0)),
        ];
        let preview = it.upload(&it.in_a, &here, &put(&file, FILLED, &cells)).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        assert!(preview.text().contains("1.205") && preview.text().contains("trống"));
        assert_eq!(it.confirm(&it.in_a, &here, &preview).await.status, 303);
        let now = it.seen_a().await;
        let said = |column: u8| {
            let cell = now.declared.iter().find(|said| said.column == column).unwrap();
            (cell.actual, cell.note.clone())
        };
        assert_eq!(said(1), (Some(1205), "Quyết định số 12".into()));
        assert_eq!(said(2), (Some(0), "15".into()), "zero is said, and is not empty");

        // The figure moves, the reason stays: said on the page. An emptied cell says nothing any more.
        let file = it.download(&it.in_a, &here).await;
        let cells = [
            (format!("E{one}"), Put::Number(1206.0)),
            (format!("E{two}"), Put::Nothing),
        ];
        let preview = it.upload(&it.in_a, &here, &put(&file, FILLED, &cells)).await;
        assert!(preview.text().contains("(giữ căn cứ cũ)"), "{}", preview.text());
        assert_eq!(it.confirm(&it.in_a, &here, &preview).await.status, 303);
        let now = it.seen_a().await;
        let cells = &now.lines[0].cells;
        assert_eq!((cells[&1].actual, cells[&2].actual), (Some(1206), None));
        it.house.end().await.unwrap();
    }
}
