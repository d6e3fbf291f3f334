//! The way through the pages, as a browser meets them.

use super::*;

/// The whole way as people walk it: pages and forms, from the list to the printed sum.
#[tokio::test]
async fn the_way_through_the_pages() {
    for engine in BOTH {
        let house = house(engine).await;
        count(&house, &house.a, &house.in_a, 410).await;
        let web = Web::of(&house, true).unwrap();
        let reporter = house.session(&house.in_a.reporter).await.unwrap();
        let approver = house.session(&house.in_a.approver).await.unwrap();
        let officer = house.session(&house.consolidator).await.unwrap();
        let here = "/quan-tri/so-a/bieu/09d/nam-chinh-thuc/2020";
        let desk = Desk { web: &web };

        let list = desk.get(&reporter, "/quan-tri/so-a/bieu").await;
        assert!(list.contains(&format!("{here}/mo")), "{list}");
        desk.does(&reporter, &format!("{here}/mo"), &[]).await;
        let sheet = desk.get(&reporter, here).await;
        assert!(
            sheet.contains("09d/BTP/PBGDPL")
                && sheet.contains(">410</a>")
                && sheet.contains("Cần giải thích")
        );
        let rows = desk.get(&reporter, &format!("{here}/cot/4")).await;
        assert!(rows.contains("1 dòng sổ cộng lại là 410."), "{rows}");
        let beyond = desk.get(&reporter, &format!("{here}/cot/4?trang=2")).await;
        assert!(beyond.contains("1 dòng sổ cộng lại là 410.") && !beyond.contains("dòng 2<"));

        // What was typed comes back with what is wrong: no number, no reason.
        let wrong = desk
            .refused(
                &reporter,
                &format!("{here}/khai"),
                &[("dong", "tong_so"), ("c1", "5,5")],
            )
            .await;
        assert!(wrong.contains("value=\"5,5\"") && wrong.contains("aria-invalid"));
        let bare = desk
            .refused(
                &reporter,
                &format!("{here}/khai"),
                &[("dong", "tong_so"), ("c1", "5")],
            )
            .await;
        assert!(bare.contains("phải có căn cứ") && bare.contains("value=\"5\""));
        let seen = figures_on(&desk.get(&approver, here).await);
        let unmet = desk
            .refused(&approver, &format!("{here}/kiem-tra"), &[("ma", &seen)])
            .await;
        assert!(unmet.contains("còn 2 chỗ phải sửa hoặc giải thích"));
        let good = [
            ("dong", "tong_so"),
            ("c1", "1.205"),
            ("c2", "4"),
            ("ly-do", "QĐ 12"),
        ];
        desk.does(&reporter, &format!("{here}/khai"), &good).await;
        assert!(desk.get(&reporter, here).await.contains("1.205"));
        let seen = figures_on(&desk.get(&approver, here).await);
        desk.does(
            &approver,
            &format!("{here}/kiem-tra"),
            &[("ma", &seen), ("nhan-xet", "khớp sổ")],
        )
        .await;
        desk.does(
            &reporter,
            &format!("{here}/gui"),
            &[("ma", &seen), ("thuyet-minh", "")],
        )
        .await;
        let sent = desk.get(&reporter, &format!("{here}?xong=gui")).await;
        assert!(sent.contains("Mã kiểm tra SHA-256") && !sent.contains("name=\"c1\""));
        let json: serde_json::Value =
            serde_json::from_str(&desk.get(&reporter, &format!("{here}/xuat.json")).await).unwrap();
        assert_eq!(
            (&json["stage"], &json["rows"][0]["cells"]["4"]["total"]),
            (&json!("submitted"), &json!(410))
        );

        let book = web
            .ask(&Ask::get(DESK, &format!("{here}/xuat.xlsx")).signed_in(&reporter))
            .await
            .unwrap();
        assert!(
            book.header("content-disposition").ends_with("-so-a-ban-1.xlsx\""),
            "{book:?}"
        );
        assert!(
            figures_in(&book.body).contains(&410.0),
            "the attendees of the ledger"
        );

        // The province: the worst first, one report, returned without a word refused, accepted, summed, frozen, printed.
        let follows = desk.get(&officer, "/tinh/bao-cao/09c/nam-chinh-thuc/2020").await;
        assert!(follows.contains("Chờ tiếp nhận") && follows.contains("Chưa gửi"));
        let one = "/tinh/bao-cao/09d/nam-chinh-thuc/2020/so-a";
        assert!(desk.get(&officer, one).await.contains("QĐ 12"));
        let mute = desk
            .refused(
                &officer,
                &format!("{one}/tra-lai"),
                &[("ban", "1"), ("y-kien", "")],
            )
            .await;
        assert!(mute.contains("Chưa trả lại được"));
        desk.does(&officer, &format!("{one}/tiep-nhan"), &[("ban", "1")])
            .await;
        let sum = "/tinh/tong-hop/09c/nam-chinh-thuc/2020";
        assert!(
            desk.get(&officer, sum)
                .await
                .contains("1 trên 2 báo cáo đã được tiếp nhận.")
        );
        desk.does(&officer, sum, &[]).await;
        let made = desk.get(&officer, sum).await;
        let hash = made
            .split("name=\"ma\" value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        desk.does(&officer, &format!("{sum}/chot"), &[("ma", &hash)])
            .await;
        assert!(desk.get(&officer, sum).await.contains("Đã chốt, bản 1"));
        let printed = desk.get(&officer, &format!("{sum}/in")).await;
        assert!(printed.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && printed.contains(&hash));
        let json: serde_json::Value =
            serde_json::from_str(&desk.get(&officer, &format!("{sum}/xuat.json")).await).unwrap();
        assert_eq!(
            (&json["hash"], json["sources"].as_array().unwrap().len()),
            (&json!(hash), 1)
        );
        let book = Ask::get(DESK, &format!("{sum}/xuat.xlsx")).signed_in(&officer);
        let (book, again) = (web.ask(&book).await.unwrap(), web.ask(&book).await.unwrap());
        assert_eq!(
            book.body, again.body,
            "frozen figures give the same file (REP-13)"
        );
        assert!(figures_in(&book.body).contains(&410.0));
        assert!(
            desk.get(&officer, &format!("{sum}/xuat.csv"))
                .await
                .contains("(4) ")
        );
        for nothing in [
            "/tinh/bao-cao/09c/quy/2020",
            "/tinh/tong-hop/09x/nam/2020",
            "/tinh/bao-cao/09d/nam/2020/khong-co",
        ] {
            let answer = web
                .ask(&Ask::get(DESK, nothing).signed_in(&officer))
                .await
                .unwrap();
            assert_eq!(answer.status, 404, "{nothing}");
        }
        house.end().await.unwrap();
    }
}

/// The figures that a page's form says were read.
pub(crate) fn figures_on(page: &str) -> String {
    let mut parts = page.split("name=\"ma\" value=\"");
    let value = parts
        .nth(1)
        .unwrap_or_else(|| panic!("no figures on the page: {page}"));
    value.split('"').next().unwrap().to_owned()
}

pub(crate) const DESK: &str = "quantri.thu.example";

pub(crate) struct Desk<'a> {
    pub(crate) web: &'a Web,
}

impl Desk<'_> {
    pub(crate) async fn get(&self, session: &str, path: &str) -> String {
        let answer = self
            .web
            .ask(&Ask::get(DESK, path).signed_in(session))
            .await
            .unwrap();
        assert_eq!(answer.status, 200, "GET {path}: {}", answer.text());
        answer.text()
    }

    pub(crate) async fn does(&self, session: &str, path: &str, form: &[(&str, &str)]) {
        let answer = self
            .web
            .ask(&Ask::post(DESK, path, form).signed_in(session))
            .await
            .unwrap();
        assert_eq!(answer.status, 303, "POST {path}: {}", answer.text());
    }

    pub(crate) async fn refused(&self, session: &str, path: &str, form: &[(&str, &str)]) -> String {
        self.refused_with(422, session, path, form).await
    }

    pub(crate) async fn refused_with(
        &self,
        status: u16,
        session: &str,
        path: &str,
        form: &[(&str, &str)],
    ) -> String {
        let answer = self
            .web
            .ask(&Ask::post(DESK, path, form).signed_in(session))
            .await
            .unwrap();
        assert_eq!(answer.status, status, "POST {path}: {}", answer.text());
        answer.text()
    }
}
