//! Files that are refused as a whole: tampered with, of something else, overtaken, or no file of ours.

use super::offline::*;
use super::offline_hand::{self as hand, Put, put};
use super::pages::DESK;
use super::*;

fn cells(list: &[(&str, Put)]) -> Vec<(String, Put)> {
    list.iter()
        .map(|(at, put)| ((*at).to_owned(), put.clone()))
        .collect()
}

/// A sheet, what is put into it, and what the page then says.
type Touching<'a> = (usize, Vec<(String, Put)>, Vec<&'a str>);

/// Another wording of a form in the province's catalogue.
async fn put_form(house: &House, form: &FormFile) {
    let ctx = of_the_system(house);
    let warrant = ctx.warrant::<ManifestApply>().unwrap();
    let mut store = house.store.province(&warrant).await.unwrap();
    let body = serde_json::to_string(form).unwrap();
    store
        .put_catalogue("form", &form.id, &body, ctx.now())
        .await
        .unwrap();
    store.save().await.unwrap();
}

#[tokio::test]
async fn rep_18_a_tampered_file_is_refused_with_the_cells_that_were_touched() {
    for engine in BOTH {
        let it = Offline::on(engine, PeriodKind::Year).await;
        let here = address("so-a", "09d", "nam");
        let before = it.seen_a().await;
        let file = it.download(&it.in_a, &here).await;
        let last = 5 + open_cells(&before).len();
        let below = format!("A{}", last + 2);
        // Row 8 is the estimate of column 3: its actual figure is the ledger's, and locked.
        let touched: Vec<Touching<'_>> = vec![
            (
                FILLED,
                cells(&[("E8", Put::Number(99.0))]),
                vec!["E8", "ô khóa đã bị sửa", ">99<"],
            ),
            (
                FILLED,
                cells(&[("A6", Put::text("Tổng số khác"))]),
                vec!["A6", "Tổng số khác"],
            ),
            (
                FILLED,
                cells(&[("B6", Put::text("(2)"))]),
                vec!["B6", "ô khóa đã bị sửa"],
            ),
            (
                FILLED,
                cells(&[("G6", Put::Number(7.0))]),
                vec!["G6", "SUM(E6:F6)"],
            ),
            (FILLED, cells(&[("A1", Put::Nothing)]), vec!["A1", "(trống)"]),
            (
                FILLED,
                cells(&[(&below, Put::text("Xã lạ"))]),
                vec![&below, "dòng không có trong mẫu", "Xã lạ"],
            ),
            (
                FILLED,
                cells(&[("J6", Put::Formula("1+1", "2"))]),
                vec!["J6", "=1+1"],
            ),
            (
                OFFICIAL,
                cells(&[("A1", Put::text("Biểu số: 09e"))]),
                vec!["A1", "trang “Biểu 09d”", "Biểu số: 09e"],
            ),
            (
                HIDDEN,
                cells(&[("B2", Put::text("9"))]),
                vec!["B2", "trang “Nhận dạng”"],
            ),
        ];
        for (sheet, puts, words) in touched {
            // What was filled besides is shown, so that it can be copied into a new form.
            let mut puts = puts;
            if sheet != FILLED {
                assert_eq!(it.upload(&it.in_a, &here, &file).await.status, 200);
            } else {
                puts.push(("H7".into(), Put::text("Báo cáo số 31")));
                puts.push(("E7".into(), Put::Number(4.0)));
            }
            let answer = it.upload(&it.in_a, &here, &put(&file, sheet, &puts)).await;
            let page = answer.text();
            assert_eq!(answer.status, 422, "{puts:?}: {page}");
            assert!(
                page.contains("Tệp đã bị sửa ở chỗ không được sửa"),
                "{puts:?}: {page}"
            );
            for word in words {
                assert!(page.contains(word), "{word}: {page}");
            }
            assert!(sheet != FILLED || page.contains("Báo cáo số 31"), "{page}");
            assert!(!page.contains("name=\"so-lieu\""));
        }
        // A sheet too many, one too few, one renamed.
        let renamed = hand::parts(&file, |name, text| {
            if name == "xl/workbook.xml" {
                text.replace("name=\"Biểu 09d\"", "name=\"Biểu khác\"")
            } else {
                text
            }
        });
        let page = it.upload(&it.in_a, &here, &renamed).await.text();
        assert!(
            page.contains("trang không có trong mẫu") && page.contains("thiếu trang này"),
            "{page}"
        );

        // Any change of what the file says of itself: the signature does not hold.
        let texts = hand::parts(&file, |name, text| {
            if name == "xl/sharedStrings.xml" {
                let at = text.find("7b22").unwrap();
                format!("{}7b23{}", &text[..at], &text[at + 4..])
            } else {
                text
            }
        });
        let signature = hand::parts(&file, |name, text| {
            if name == "xl/sharedStrings.xml" {
                let at = text.find("Chữ ký").unwrap();
                let digits = at + text[at..].find("<t>").unwrap() + 3;
                format!("{}{}{}", &text[..digits], "00".repeat(32), &text[digits + 64..])
            } else {
                text
            }
        });
        for forged in [texts, signature] {
            let answer = it.upload(&it.in_a, &here, &forged).await;
            assert_eq!(answer.status, 422);
            let page = answer.text();
            assert!(page.contains("Trang nhận dạng của tệp đã bị sửa"), "{page}");
            assert!(page.contains("Tải mẫu mới"), "it says what to do");
        }
        let after = it.seen_a().await;
        assert_eq!(
            (after.figures, after.walk.len()),
            (before.figures, before.walk.len())
        );
        it.house.end().await.unwrap();
    }
}

#[tokio::test]
async fn rep_18_a_file_of_something_else_is_refused() {
    for engine in BOTH {
        let it = Offline::on(engine, PeriodKind::OfficialYear).await;
        let reporter = it.house.ctx(&it.house.a, &it.house.in_a.reporter).await.unwrap();
        let of_year = Open {
            period: PeriodKind::Year,
            ..order("09d", None)
        };
        done(open(&it.house.app, &reporter, of_year).await.unwrap());
        let here = address("so-a", "09d", "nam-chinh-thuc");
        let of_b = it
            .download(&it.in_b, &address("huyen-b", "09b", "nam-chinh-thuc"))
            .await;
        let of_other_period = it.download(&it.in_a, &address("so-a", "09d", "nam")).await;
        for (file, words) in [
            (of_b, vec!["Cơ quan", "Huyện B tỉnh Thử", "09b/BTP/PBGDPL"]),
            (
                of_other_period,
                vec!["Kỳ báo cáo", "Năm 2020", "Năm 2020 (chính thức)"],
            ),
        ] {
            let answer = it.upload(&it.in_a, &here, &file).await;
            let page = answer.text();
            assert_eq!(answer.status, 422, "{page}");
            assert!(page.contains("Tệp thuộc biểu khác"), "{page}");
            for word in words {
                assert!(page.contains(word), "{word}: {page}");
            }
        }
        // The form has another wording by now.
        let file = it.download(&it.in_a, &here).await;
        let mut wording: FormFile = it.seen_a().await.form;
        wording.columns[0].label = "Tổng số người".into();
        put_form(&it.house, &wording).await;
        let answer = it.upload(&it.in_a, &here, &file).await;
        assert_eq!(answer.status, 422);
        assert!(
            answer.text().contains("Mẫu của tệp không còn dùng"),
            "{}",
            answer.text()
        );

        // Files that never were ours: what was sent is not lost from view, and nothing breaks.
        let official = it
            .web
            .ask(&Ask::get(DESK, &format!("{here}/xuat.xlsx")).signed_in(&it.in_a))
            .await
            .unwrap();
        for (file, words) in [
            (official.body.to_vec(), "Tệp không phải mẫu tải về từ hệ thống"),
            (b"PK\x03\x04 khong phai".to_vec(), "Không mở được tệp"),
            (b"=1+1,2,3".to_vec(), "Không mở được tệp"),
            (vec![b'0'; 3 * 1024 * 1024], "Tệp lớn hơn 2 MB"),
            (Vec::new(), "Chưa chọn tệp"),
        ] {
            let answer = it.upload(&it.in_a, &here, &file).await;
            assert_eq!(answer.status, 422, "{words}");
            assert!(answer.text().contains(words), "{words}: {}", answer.text());
        }
        it.house.end().await.unwrap();
    }
}

#[tokio::test]
async fn rep_18_an_overtaken_file_is_refused_with_the_cells_that_moved() {
    for engine in BOTH {
        let it = Offline::on(engine, PeriodKind::OfficialYear).await;
        let here = address("so-a", "09d", "nam-chinh-thuc");
        let reporter = it.house.ctx(&it.house.a, &it.house.in_a.reporter).await.unwrap();
        let fill = |file: &[u8]| {
            let filled = cells(&[("E6", Put::Number(9.0)), ("H6", Put::text("Quyết định số 9"))]);
            put(file, FILLED, &filled)
        };
        let first = fill(&it.download(&it.in_a, &here).await);
        let preview = it.upload(&it.in_a, &here, &first).await;
        assert_eq!(preview.status, 200);

        // The ledger moves between preview and confirmation, and after it.
        count(&it.house, &it.house.a, &it.house.in_a, 60).await;
        let late = it.confirm(&it.in_a, &here, &preview).await;
        assert_eq!(late.status, 409);
        assert!(late.text().contains("Tệp đã cũ") && late.text().contains("Quyết định số 9"));
        let stale = it.upload(&it.in_a, &here, &first).await;
        assert_eq!(stale.status, 409);
        let page = stale.text();
        for words in [
            "Tệp đã cũ",
            "Số lượt người tham dự",
            ">410<",
            ">470<",
            "Tải mẫu mới",
            "Quyết định số 9",
            ">9<",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(it.seen_a().await.declared.is_empty(), "nothing was written");

        // A colleague declares the same cell meanwhile.
        let second = fill(&it.download(&it.in_a, &here).await);
        says(&it.house, &reporter, it.a, "tong_so", &[(1, 5), (2, 4)]).await;
        let page = it.upload(&it.in_a, &here, &second).await.text();
        assert!(
            page.contains("Tệp đã cũ") && page.contains(">trống<") && page.contains(">5<"),
            "{page}"
        );
        assert_eq!(it.seen_a().await.lines[0].cells[&1].actual, Some(5));

        // Sent: frozen. Returned and begun anew: another version, even with the same figures.
        let third = it.download(&it.in_a, &here).await;
        go_out(&it.house, &it.house.a, &it.house.in_a, it.a).await;
        let frozen = it.upload(&it.in_a, &here, &fill(&third)).await;
        assert_eq!(frozen.status, 409);
        assert!(frozen.text().contains("Lập bản mới") || frozen.text().contains("lập bản mới"));
        assert!(frozen.text().contains("Quyết định số 9"), "what it held is shown");
        let none = Ask::get(DESK, &format!("{here}/mau-excel")).signed_in(&it.in_a);
        assert_eq!(
            it.web.ask(&none).await.unwrap().status,
            303,
            "to the page that says why"
        );
        let officer = it.house.province_ctx(&it.house.consolidator).await.unwrap();
        send_back::send_back(
            &it.house.province,
            &officer,
            it.house.a.id(),
            ("09d", YEAR),
            1,
            "Sửa cột 1",
        )
        .await
        .unwrap();
        decision_arrives(&it.house, &it.house.a, "09d", 1).await;
        done(open(&it.house.app, &reporter, order("09d", None)).await.unwrap());
        let page = it.upload(&it.in_a, &here, &fill(&third)).await.text();
        assert!(page.contains("Tệp đã cũ") && page.contains("bản 1"), "{page}");
        it.house.end().await.unwrap();
    }
}

/// What a page sends on is no more believed than what is typed: cells of the ledger, other lines, figures without reason.
#[tokio::test]
async fn rep_18_confirming_writes_what_typing_could_and_all_of_it_or_nothing() {
    for engine in BOTH {
        let it = Offline::on(engine, PeriodKind::OfficialYear).await;
        let here = address("so-a", "09d", "nam-chinh-thuc");
        let before = it.seen_a().await;
        let send = async |session: &str, figures: &str, cells: serde_json::Value| {
            let cells = cells.to_string();
            let form = [("ma", figures), ("so-lieu", cells.as_str())];
            let path = format!("{here}/nhap-excel/ghi");
            it.web
                .ask(&Ask::post(DESK, &path, &form).signed_in(session))
                .await
                .unwrap()
        };
        let cell = |row: &str, column: u8, actual: i64, reason: &str| json!({ "row": row, "column": column, "actual": actual, "estimate": null, "reason": reason });
        let good = cell("tong_so", 1, 5, "QĐ 12");
        for (bad, words) in [
            (cell("tong_so", 4, 9, "x"), "không phải ô tự khai"),
            (cell("tong_so", 2, -1, "x"), "số phải từ 0 trở lên"),
            (cell("tong_so", 2, 4, " "), "phải có căn cứ"),
        ] {
            let answer = send(&it.in_a, &before.figures, json!([good, bad])).await;
            assert_eq!(answer.status, 422);
            assert!(
                answer.text().contains(words) && answer.text().contains("QĐ 12"),
                "{}",
                answer.text()
            );
        }
        let answer = send(&it.in_a, &before.figures, json!([cell("xa-1", 3, 9, "x")])).await;
        assert_eq!(answer.status, 404, "a line of another agency");
        let answer = send(&it.in_a, &"0".repeat(64), json!([good])).await;
        assert_eq!(answer.status, 409);
        let answer = send(&it.in_a, &before.figures, json!("x")).await;
        assert_eq!(answer.status, 422);
        assert!(
            it.seen_a().await.declared.is_empty(),
            "nothing of a refused sending was written"
        );

        // Who does not fill forms takes none and brings none.
        let approver = it.house.session(&it.house.in_a.approver).await.unwrap();
        let file = it.download(&it.in_a, &here).await;
        assert_eq!(it.upload(&approver, &here, &file).await.status, 403);
        assert_eq!(send(&approver, &before.figures, json!([good])).await.status, 403);
        let take = Ask::get(DESK, &format!("{here}/mau-excel")).signed_in(&approver);
        assert_eq!(it.web.ask(&take).await.unwrap().status, 403);

        assert_eq!(send(&it.in_a, &before.figures, json!([good])).await.status, 303);
        assert_eq!(it.seen_a().await.lines[0].cells[&1].actual, Some(5));
        // After the last day of the period nothing is taken in.
        it.house.clock.set(at(2022, 1, 4));
        let session = it.house.session(&it.house.in_a.reporter).await.unwrap();
        let answer = it.upload(&session, &here, &file).await;
        assert_eq!(answer.status, 409);
        assert!(
            answer.text().contains("khóa sau ngày 31/12/2021"),
            "{}",
            answer.text()
        );
        it.house.end().await.unwrap();
    }
}
