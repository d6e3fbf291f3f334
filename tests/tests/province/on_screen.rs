//! The same through the web: every page answers, a wrong form comes back with what was typed.

use http::StatusCode;
use pbgdpl_testkit::house::BOTH;
use pbgdpl_testkit::web::{Ask, HOSTS, Web};

use super::*;

const DESK: &str = HOSTS[1].1;

async fn status(web: &Web, session: &str, path: &str) -> StatusCode {
    web.ask(&Ask::get(DESK, path).signed_in(session))
        .await
        .unwrap()
        .status
}

#[tokio::test]
async fn an_administrator_makes_suspends_and_staffs_an_agency() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.officer).await.unwrap();
        for path in [
            "/tinh",
            "/tinh/co-quan",
            "/tinh/co-quan/moi",
            "/tinh/co-quan/so-a",
        ] {
            assert_eq!(
                status(&web, &session, path).await,
                StatusCode::OK,
                "{engine:?} {path}"
            );
        }
        assert_eq!(
            status(&web, &session, "/tinh/co-quan/khong-co").await,
            StatusCode::NOT_FOUND
        );
        let form = [
            ("ten-day-du", "Sở Mới tỉnh Thử"),
            ("ten-gon", "Sở Mới"),
            ("dia-chi", "tim-kiem"),
            ("loai", "so"),
            ("quan-he", "subordinate"),
            ("dong-bao-cao", "so_nganh"),
            ("mau", "cham"),
        ];
        let post = |path: &str, form: &[(&str, &str)]| Ask::post(DESK, path, form).signed_in(&session);
        let refused = web.ask(&post("/tinh/co-quan/moi", &form)).await.unwrap();
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Sở Mới tỉnh Thử") && refused.text().contains("dành riêng"));
        let mut form = form.to_vec();
        form[2].1 = "";
        let made = web.ask(&post("/tinh/co-quan/moi", &form)).await.unwrap();
        assert_eq!(
            made.header("location"),
            "/tinh/co-quan/so-moi?xong=lap",
            "{}",
            made.text()
        );
        let section = web.ask(&Ask::get(HOSTS[0].1, "/so-moi/")).await.unwrap();
        assert_eq!(section.status, StatusCode::OK, "readable at once");

        let rest = [("cach-dung", "hidden"), ("ly-do", "")];
        let refused = web
            .ask(&post("/tinh/co-quan/so-moi/tam-dung", &rest))
            .await
            .unwrap();
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let rest = [("cach-dung", "hidden"), ("ly-do", "Sắp xếp lại")];
        let done = web
            .ask(&post("/tinh/co-quan/so-moi/tam-dung", &rest))
            .await
            .unwrap();
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let hidden = web.ask(&Ask::get(HOSTS[0].1, "/so-moi/")).await.unwrap();
        assert!(!hidden.status.is_success(), "{}", hidden.status);
        let done = web.ask(&post("/tinh/co-quan/so-moi/mo-lai", &[])).await.unwrap();
        assert_eq!(done.status, StatusCode::SEE_OTHER);

        let mut role = [("act", "giao"), ("thu-dien-tu", "ai@do"), ("vai-tro", "editor")];
        let refused = web
            .ask(&post("/tinh/co-quan/so-moi/vai-tro", &role))
            .await
            .unwrap();
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("value=\"ai@do\""));
        role[1].1 = "ai@do.vn";
        let invited = web
            .ask(&post("/tinh/co-quan/so-moi/vai-tro", &role))
            .await
            .unwrap();
        assert_eq!(invited.header("location"), "/tinh/co-quan/so-moi?xong=moi");
        let account = house.officer.account.to_string();
        let last = [
            ("act", "thoi"),
            ("tai-khoan", account.as_str()),
            ("vai-tro", "province-admin"),
        ];
        let refused = web.ask(&post("/tinh/vai-tro", &last)).await.unwrap();
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("cuối cùng"));
    }
}

#[tokio::test]
async fn an_auditor_comes_down_to_the_rows() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        fill_ledger(&house, &reporter).await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.auditor).await.unwrap();
        for path in [
            "/giam-sat",
            "/giam-sat?nam=2020",
            "/giam-sat/so-lieu/direct_sessions/2020",
            "/giam-sat/so-lieu/direct_sessions/2020/so-a",
            "/giam-sat/so-lieu/direct_sessions/2020/so-a?thang=6&trang=2",
            "/giam-sat/so-lieu/contests/2020/huyen-b",
            "/giam-sat/nhat-ky",
            "/giam-sat/nhat-ky?co-quan=so-a&ai=x&viec=&doi-tuong=",
            "/giam-sat/kiem-chung",
            "/giam-sat/kiem-chung/dau-moc.json",
        ] {
            assert_eq!(
                status(&web, &session, path).await,
                StatusCode::OK,
                "{engine:?} {path}"
            );
        }
        for path in [
            "/giam-sat?nam=3000",
            "/giam-sat/so-lieu/unknown/2020",
            "/giam-sat/so-lieu/direct_sessions/2020/khong-co",
            "/giam-sat/so-lieu/direct_sessions/2020/so-a?thang=13",
            "/giam-sat/minh-chung/so-a/00000000000000000000000000",
        ] {
            assert_eq!(
                status(&web, &session, path).await,
                StatusCode::NOT_FOUND,
                "{engine:?} {path}"
            );
        }
        assert_eq!(status(&web, &session, "/tinh").await, StatusCode::FORBIDDEN);
        let strangers = house.session(&house.in_a.admin).await.unwrap();
        assert_eq!(status(&web, &strangers, "/giam-sat").await, StatusCode::NOT_FOUND);
        let ask = Ask::get(DESK, "/giam-sat/so-lieu/direct_sessions/2020/so-a").signed_in(&session);
        let text = web.ask(&ask).await.unwrap().text();
        assert!(text.contains("Bằng tổng 2 dòng sổ"), "{engine:?}");
    }
}
