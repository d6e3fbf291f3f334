//! What everybody may read: the list and the decisions, at once, and no more; nothing of who is dismissed or hidden.

use pbgdpl_app::register::enter::{Enter, enter};
use pbgdpl_app::register::{Seen, dismiss::dismiss, suspend::suspend};
use pbgdpl_model::register::Level;
use pbgdpl_province::agency::suspend::{Rest, suspend as hide};
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::BOTH;
use pbgdpl_testkit::web::{Ask, Web};

use super::pages::get;
use super::{day, decision, details, done, entered, house, noon};

const PUBLIC: &str = "thu.example";
const EMBED: &str = "nhung.thu.example";
const LIST: &str = "/so-a/bao-cao-vien";

#[tokio::test]
async fn the_list_follows_the_decisions() {
    for engine in BOTH {
        let house = house(engine).await;
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let site = furnish::site(&house, &house.a, &house.in_a, "x").await.unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let page = async |host: &str, path: &str| web.ask(&Ask::get(host, path)).await.unwrap();
        // Read before, so that a kept page would show itself.
        let empty = page(PUBLIC, LIST).await;
        assert!(empty.status == 200 && empty.text().contains("chưa công bố báo cáo viên nào"));
        assert!(
            !page(PUBLIC, "/so-a/gioi-thieu")
                .await
                .text()
                .contains("bao-cao-vien")
        );
        assert!(
            !page(PUBLIC, "/so-a/sitemap.xml")
                .await
                .text()
                .contains("bao-cao-vien")
        );

        let entry = entered(&house, "Y Hlan <Niê>", "05/11/2025").await;
        let shown = page(PUBLIC, LIST).await.text();
        for told in [
            "Y Hlan",
            "&#60;Niê",
            "Đất đai",
            "12/QĐ-UBND ngày 05/11/2025",
            "Chuyên viên, Phòng Tư pháp",
        ] {
            assert!(shown.contains(told), "{engine:?} {told}: {shown}");
        }
        for kept in ["Đại học Luật", "Đang hoạt động"] {
            assert!(
                !shown.contains(kept),
                "{engine:?}: more than the law makes public: {kept}"
            );
        }
        let framed = page(EMBED, &format!("/k/{}/bao-cao-vien", site.key)).await;
        assert!(framed.status == 200 && framed.text().contains("Y Hlan"));
        assert!(page(PUBLIC, "/so-a/gioi-thieu").await.text().contains(LIST));
        assert!(page(PUBLIC, "/so-a/sitemap.xml").await.text().contains(LIST));
        assert!(
            !page(PUBLIC, "/huyen-b/bao-cao-vien")
                .await
                .text()
                .contains("Y Hlan")
        );

        let seen = |based_on| Seen { entry, based_on };
        let why = "Bị khởi tố";
        done(
            suspend(&house.app, &approver, seen(2), day("06/11/2025"), why)
                .await
                .unwrap(),
        );
        let still = page(PUBLIC, LIST).await.text();
        assert!(
            still.contains("Y Hlan") && !still.contains("Tạm không cử"),
            "nobody learns why"
        );
        let (signed, from) = (decision("07/11/2025"), day("07/11/2025"));
        done(
            dismiss(&house.app, &approver, seen(3), signed, from, "bcv-a")
                .await
                .unwrap(),
        );
        assert!(!page(PUBLIC, LIST).await.text().contains("Y Hlan"));
        house.end().await.unwrap();
    }
}

/// Báo cáo viên cấp huyện end with the districts: on the day after nobody has to write anything for it.
#[tokio::test]
async fn nobody_is_listed_at_a_level_that_has_ended() {
    for engine in BOTH {
        let house = house(engine).await;
        house.clock.set(noon("30/06/2025"));
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let order = Enter {
            details: details("Y Hlan", "Chuyên viên"),
            level: Level::BcvHuyen,
            decision: decision("02/03/2020"),
            from: day("02/03/2020"),
        };
        let entry = done(enter(&house.app, &approver, order).await.unwrap());
        let web = Web::of(&house, true).unwrap();
        let page = async |path: &str| web.ask(&Ask::get(PUBLIC, path)).await.unwrap().text();
        assert!(page(LIST).await.contains("Y Hlan"));
        assert!(page("/so-a/gioi-thieu").await.contains("(1 người)"));

        house.clock.set(noon("01/07/2025"));
        assert!(!page(LIST).await.contains("Y Hlan"), "{engine:?}");
        assert!(!page("/so-a/gioi-thieu").await.contains(LIST), "{engine:?}");
        assert!(!page("/so-a/sitemap.xml").await.contains(LIST), "{engine:?}");
        let session = house.session(&house.in_a.reporter).await.unwrap();
        let desk = async |query: &str| {
            let path = format!("/quan-tri/so-a/bao-cao-vien{query}");
            get(&web, &session, &path).await.text()
        };
        let words = "Hết cấp huyện từ 01/07/2025";
        assert!(desk("").await.contains(words));
        assert!(desk("/danh-sach.csv").await.contains(words));
        assert!(desk(&format!("/{entry}")).await.contains(words));
        assert!(!desk("?ngay=30/06/2025").await.contains(words));
        for narrowed in ["?tinh-trang=duoc-cong-nhan", "?tinh-trang=hoat-dong"] {
            assert!(!desk(narrowed).await.contains("Y Hlan"), "{engine:?} {narrowed}");
        }
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_hidden_section_lists_nobody() {
    for engine in BOTH {
        let house = house(engine).await;
        entered(&house, "Y Hlan", "05/11/2025").await;
        let officer = house.province_ctx(&house.officer).await.unwrap();
        hide(
            &house.province,
            &officer,
            house.a.id(),
            Rest::Hidden,
            "Sáp nhập cơ quan",
        )
        .await
        .unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let answer = web.ask(&Ask::get(PUBLIC, LIST)).await.unwrap();
        assert!(!answer.text().contains("Y Hlan"), "{engine:?}: {}", answer.status);
        assert!(
            house
                .store
                .read()
                .public()
                .register(house.a.id(), day("09/11/2025"))
                .await
                .unwrap()
                .is_empty()
        );
        house.end().await.unwrap();
    }
}
