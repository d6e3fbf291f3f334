//! An auditor's ten questions, answered from the screen alone (AUD-10, N-06): each ends with a picture of the answer.

use pbgdpl_testkit::browser::Window;

use crate::demo::demo;
use crate::signing_in::sign_in;
use crate::walk::Walk;

/// The agency that was late with leave, the one that amended, one whose columns the register counts.
const LATE: &str = "huyen-tu-mo-rong";
const AMENDED: &str = "so-xay-dung";
const COUNTED: &str = "so-noi-vu";
const SUM: &str = "/giam-sat/bieu/09c/nam-chinh-thuc/2020";

#[tokio::test]
async fn ten_questions_are_answered_from_the_screen() {
    let demo = demo();
    let walk = Walk::begin("auditing", Window::Desk).await;
    // The way in is another journey's: it opens once.
    sign_in(&walk, &demo.account_at("auditor", None)).await;
    let desk = demo.desk();
    walk.go(&format!("{desk}/giam-sat")).await;
    walk.picture("giam-sat-can-xu-ly", "main").await;
    walk.picture("giam-sat-dia-ban", ".pair").await;
    let of = |form: &str, agency: &str| format!("{desk}/giam-sat/bieu/{form}/nam-chinh-thuc/2020/{agency}");

    // 1. Who has not sent, and who was late?
    walk.press("nav a[href='/giam-sat/bieu']").await;
    walk.arrive("/giam-sat/bieu").await;
    walk.press(&format!("main a[href^='{SUM}']")).await;
    walk.arrive(SUM).await;
    says(&walk, &["Chưa có số liệu của", "Sở Ngoại vụ", "gửi sau hạn"]).await;
    walk.look("1-who-is-missing").await;

    // 2. Which events stand behind this number?
    walk.press("main table a[href*='/cot/4'][href*='dong=tong_so']")
        .await;
    walk.arrive("/cot/4").await;
    says(&walk, &["Bằng tổng", "Mã kiểm tra của mọi báo cáo đều khớp"]).await;
    walk.look("2-which-reports").await;
    walk.press(&format!("main table a[href*='/{LATE}/cot/4']")).await;
    walk.arrive(LATE).await;
    walk.press("main table a[href*='dong=cap_huyen']").await;
    walk.arrive("dong=cap_huyen").await;
    says(&walk, &["dòng sổ cộng thành con số này", "Bằng tổng"]).await;
    walk.look("2-which-events").await;
    walk.picture("giam-sat-truy-nguyen", "main").await;

    // 3. Why was it late, and who allowed it? 4. Who signed, who accepted?
    walk.go(&of("09b", LATE)).await;
    says(
        &walk,
        &[
            "Gửi sau hạn",
            "Được gia hạn đến 05/02/2021",
            "mưa lũ",
            "đồng ý ngày 01/02/2021",
        ],
    )
    .await;
    says(&walk, &["Người ký tên", "Ai gửi, ai tiếp nhận?", "Đã tiếp nhận"]).await;
    walk.look("3-why-late-and-who-allowed-it").await;

    // 5. What changed since the last version, and why?
    walk.go(&of("09d", AMENDED)).await;
    says(
        &walk,
        &["Chỉnh lý so với bản 1", "bản trước sót một người", "tiếp nhận"],
    )
    .await;
    walk.look("5-what-changed").await;

    // 6. Which figures are only declared, and by whom?
    says(&walk, &["Số tự khai và căn cứ", "Mức độ đầy đủ"]).await;
    walk.press("main table a[href*='/cot/1']").await;
    walk.arrive("/cot/1").await;
    says(&walk, &["ký số liệu này ngày", "Căn cứ:"]).await;
    walk.look("6-who-declared-it").await;

    // 7. Who are the people that a figure counts?
    walk.go(&format!("{}/cot/1", of("09d", COUNTED))).await;
    says(
        &walk,
        &[
            "tự đếm từ danh sách báo cáo viên",
            "người trong danh sách được đếm",
        ],
    )
    .await;
    walk.look("7-who-is-counted").await;

    // 8. What is it by the structure of another day?
    walk.go(&format!(
        "{desk}/giam-sat/so-lieu/direct_sessions/2020?co-cau=hien-tai&ngay=2025-07-01"
    ))
    .await;
    says(&walk, &["gồm"]).await;
    walk.look("8-by-another-structure").await;

    // 9. Who has read records of an agency?
    walk.go(&format!("{desk}/giam-sat/nhat-ky")).await;
    says(&walk, &["Đọc sổ và minh chứng"]).await;
    walk.look("9-who-read").await;

    // 10. Is the log whole?
    walk.go(&format!("{desk}/giam-sat/kiem-chung")).await;
    says(&walk, &["liền mạch", "Đã kiểm lại toàn bộ"]).await;
    walk.look("10-is-the-log-whole").await;
    walk.picture("giam-sat-kiem-chung", "main").await;
    walk.end().await;
}

/// What the page must say.
async fn says(walk: &Walk, words: &[&str]) {
    let page = walk.text("main").await;
    for word in words {
        assert!(
            page.contains(word),
            "`{word}` is not said at {}: {page}",
            walk.at().await
        );
    }
}
