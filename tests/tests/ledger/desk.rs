//! A reporter's way over the web.

use pbgdpl_store::Engine;
use pbgdpl_testkit::house::House;
use pbgdpl_testkit::web::{Ask, Web};

use crate::by_hand::{jobs, province_year};

const DESK: &str = "quantri.thu.example";

/// What a browser sends for the form, with these fields in place of the good ones.
fn typed<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let good = [
        ("kind", "hoi-nghi"),
        ("form", "truc-tiep"),
        ("title", "Phổ biến Luật Đất đai"),
        ("day", "02/05/2020"),
        ("place", "Xã Văn Lem"),
        ("sessions", "1"),
        ("attendees", "58"),
        ("no_evidence_reason", "Biên bản bị thất lạc khi chuyển trụ sở"),
    ];
    let kept = good
        .into_iter()
        .filter(|(name, _)| !other.iter().any(|(known, _)| known == name));
    kept.chain(other.iter().copied()).collect()
}

/// A reporter's way over the web, page by page.
#[tokio::test]
async fn a_reporter_records_corrects_and_takes_back_over_the_web() {
    let house = House::on(Engine::Sqlite).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let reporter = house.session(&house.in_a.reporter).await.unwrap();
    let post = async |path: &str, form: &[(&str, &str)]| {
        web.ask(&Ask::post(DESK, path, form).signed_in(&reporter))
            .await
            .unwrap()
    };
    let get = async |path: &str| web.ask(&Ask::get(DESK, path).signed_in(&reporter)).await.unwrap();
    let here = "/quan-tri/so-a/hoat-dong";

    assert!(get(here).await.text().contains("Chưa có hoạt động nào"));
    assert_eq!(get(&format!("{here}/moi")).await.status, 200);

    // Refused: every fault at its field, everything typed kept, nothing written.
    let partner = house.b.id().to_string();
    let wrong = typed(&[
        ("day", "31/02/2020"),
        ("women", "64"),
        ("topic", "Điều 5 \"kê khai\""),
    ]);
    let answer = post(here, &wrong).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
    for words in [
        "Chưa ghi được: còn 2 chỗ",
        "31/02/2020",
        "lớn hơn tổng lượt người (58).",
        "Điều 5 &#34;kê khai&#34;",
    ] {
        assert!(answer.text().contains(words), "{words}\n{}", answer.text());
    }
    assert!(get(here).await.text().contains("Chưa có hoạt động nào"));

    // Saved and counted in one step; the co-organiser is invited.
    let answer = post(here, &typed(&[("partners", &partner), ("act", "ghi")])).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let one = answer.header("location").split('?').next().unwrap().to_owned();
    jobs(&house.app, &house).run_once_until_idle().await.unwrap();
    let page = get(&one).await.text();
    for words in [
        "Đã ghi sổ",
        "58 lượt người",
        "Huyện B",
        "Chờ xác nhận",
        "Hoạt động chung",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }

    // The invited agency answers on its own desk.
    let other = house.session(&house.in_b.reporter).await.unwrap();
    let invited = web
        .ask(&Ask::get(DESK, "/quan-tri/huyen-b/phoi-hop").signed_in(&other))
        .await
        .unwrap();
    assert!(
        invited.text().contains("Phổ biến Luật Đất đai"),
        "{}",
        invited.text()
    );
    let id = one.rsplit('/').next().unwrap();
    let answering = Ask::post(
        DESK,
        &format!("/quan-tri/huyen-b/phoi-hop/{id}/tra-loi"),
        &[("act", "xac-nhan")],
    );
    assert_eq!(web.ask(&answering.signed_in(&other)).await.unwrap().status, 303);
    jobs(&house.app, &house).run_once_until_idle().await.unwrap();
    assert!(get(&one).await.text().contains("Đã xác nhận phối hợp"));
    let foreign = web
        .ask(&Ask::get(DESK, &format!("/quan-tri/huyen-b/hoat-dong/{id}")).signed_in(&other))
        .await
        .unwrap();
    assert_eq!(foreign.status, 404, "the owner's page is not the co-organiser's");

    // A correction needs its reason; an old page is answered with both texts.
    let correct = format!("{one}/dinh-chinh");
    let right = typed(&[("attendees", "85"), ("partners", &partner), ("based_on", "1")]);
    let answer = post(&correct, &right).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Lý do đính chính"));
    let with_reason: Vec<_> = right.iter().copied().chain([("reason", "gõ nhầm 58")]).collect();
    assert_eq!(post(&correct, &with_reason).await.status, 303);
    let answer = post(&correct, &with_reason).await;
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("vừa lưu bản 2"), "{}", answer.text());
    let page = get(&one).await.text();
    assert!(
        page.contains("<del>Lượt người tham dự</del>") && page.contains("gõ nhầm 58"),
        "{page}"
    );

    // Taken back whole, with a reason.
    assert_eq!(post(&format!("{one}/huy"), &[("reason", "")]).await.status, 422);
    assert_eq!(
        post(&format!("{one}/huy"), &[("reason", "ghi trùng với cuộc khác")])
            .await
            .status,
        303
    );
    assert_eq!(
        post(&format!("{one}/huy"), &[("reason", "ghi trùng với cuộc khác")])
            .await
            .status,
        409
    );
    jobs(&house.app, &house).run_once_until_idle().await.unwrap();
    let left: i64 = province_year(&house).await.values().map(|q| q.abs()).sum();
    assert_eq!(left, 0);
    house.end().await.unwrap();
}
