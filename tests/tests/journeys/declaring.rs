//! The year's form on its whole way: declared, checked, sent, returned, corrected, accepted, added up; refused where it must be.

use pbgdpl_testkit::browser::Window;
use serde_json::json;

use crate::demo::{agency, demo};
use crate::signing_in::sign_in;
use crate::walk::Walk;

const REASON: &str = "Quyết định số 12/QĐ-UBND ngày 03/02 công nhận báo cáo viên pháp luật.";
const ESTIMATED: &str = "Kế hoạch hai tháng cuối năm đã được phê duyệt.";
const CHECKED: &str = "Đã đối chiếu với sổ và quyết định.";
const EXPLAINED: &str = "Số cuộc ước tính theo kế hoạch quý IV.";
const RETURNED: &str = "Cột 1: bổ sung hai báo cáo viên công nhận trong tháng mười.";
const SAVE: &str = "form.cells button";

/// From the opened form to the province's sum. `path`: the form's, on the desk.
pub async fn whole_way(reporter: &Walk, officer: &Walk, window: Window, path: &str) {
    let (demo, slug) = (demo(), agency(window));
    let form = format!("{}{path}", demo.desk());
    let approver = Walk::begin("reporting", window).await;
    sign_in(&approver, &demo.account("approver", slug)).await;

    no_figure_without_a_reason(reporter, &form).await;
    a_broken_demand_stops_the_form(reporter, &approver, &form).await;
    estimate(reporter).await;
    check_and_send(reporter, &approver, &form).await;

    let term = path.rsplitn(4, '/').take(3).collect::<Vec<_>>();
    let of_form = |form: &str| format!("{}/tinh/bao-cao/{form}/{}/{}", demo.desk(), term[1], term[0]);
    let (following, one) = (of_form("09c"), format!("{}/{slug}", of_form(term[2])));
    return_it(officer, &following, slug).await;
    correct(reporter, &form).await;
    check_and_send(reporter, &approver, &form).await;
    approver.end().await;
    accept_it(officer, &one).await;
    add_up(officer, &following, slug).await;
}

/// What was typed stays, the field says what it lacks.
async fn no_figure_without_a_reason(reporter: &Walk, form: &str) {
    reporter.go(form).await;
    reporter.fill("#c1", "24").await;
    reporter.fill("#c2", "30").await;
    reporter.press(SAVE).await;
    reporter.see("#ly-do[aria-invalid=true]").await;
    reporter.see("#ly-do-loi").await;
    assert_eq!(reporter.value("#c1").await, "24");
    assert_eq!(reporter.value("#c2").await, "30");
    reporter.look_at("reason-missing", "422").await;
    reporter.press(".sum a[href='#ly-do']").await;
    let focused = "return document.activeElement.id";
    let focused = reporter.browser.execute(focused, vec![]).await.unwrap();
    assert_eq!(focused, json!("ly-do"), "the summary leads to the field");
    reporter.fill("#ly-do", REASON).await;
    reporter.press(SAVE).await;
    reporter.arrive("xong=khai").await;
}

/// More of the people than there are people: nobody can check it, and the checker's words are not lost.
async fn a_broken_demand_stops_the_form(reporter: &Walk, approver: &Walk, form: &str) {
    assert!(
        reporter
            .text("section[aria-labelledby=kt]")
            .await
            .contains("Phải sửa")
    );
    reporter.look("demand-broken").await;
    reporter
        .picture("bao-cao-kiem-tra", "section[aria-labelledby=kt]")
        .await;
    assert_eq!(
        reporter.count("form[action$='/gui']").await,
        0,
        "nobody checked it"
    );
    approver.go(form).await;
    approver.fill("#nhan-xet", CHECKED).await;
    approver.press("form[action$='/kiem-tra'] button").await;
    approver.see(".sum a[href='#dong-ten']").await;
    approver.see("table.sheet td.k-bad").await;
    approver.look_at("check-refused", "422").await;
    assert_eq!(
        approver.value("#nhan-xet").await,
        CHECKED,
        "what was typed is kept"
    );

    reporter.fill("#c2", "18").await;
    reporter.fill("#ly-do", REASON).await;
    reporter.press(SAVE).await;
    reporter.arrive("xong=khai").await;
    reporter.until(form, "Mọi quan hệ giữa các cột đều đúng.").await;
}

/// The last two months of the year are not over when the form is due.
async fn estimate(reporter: &Walk) {
    reporter.fill("#u3", "2").await;
    reporter.fill("#u4", "1.140").await;
    reporter.fill("#ly-do", ESTIMATED).await;
    reporter.press(SAVE).await;
    reporter.arrive("xong=khai").await;
    assert!(reporter.text("table.sheet tr.est").await.contains("1.140"));
    reporter.look("declared").await;
    reporter.picture("bao-cao-bieu", "main").await;
}

async fn check_and_send(reporter: &Walk, approver: &Walk, form: &str) {
    approver.go(form).await;
    assert_eq!(approver.count("form.cells").await, 0, "who checks does not fill");
    approver.look("to-check").await;
    approver.fill("#nhan-xet", CHECKED).await;
    approver.press("form[action$='/kiem-tra'] button").await;
    approver.arrive("xong=kiem-tra").await;
    approver.look("checked").await;

    reporter.go(form).await;
    reporter.fill("#thuyet-minh", EXPLAINED).await;
    reporter.look("to-send").await;
    reporter.press("form[action$='/gui'] button").await;
    reporter.arrive("xong=gui").await;
    assert_eq!(reporter.count("form.cells").await, 0, "what is sent is frozen");
    reporter.look("sent").await;
}

/// The officer finds the agency in the list, reads, and says what is to be done; silence is refused.
async fn return_it(officer: &Walk, following: &str, slug: &str) {
    officer.go(following).await;
    officer.look("following").await;
    officer.picture("tong-hop-ai-chua-gui", "main").await;
    officer.press(&format!("main a[href$='/{slug}']")).await;
    officer.arrive(&format!("/{slug}")).await;
    let read = officer.text("main").await;
    assert!(read.contains(REASON) && read.contains(EXPLAINED), "{read}");
    officer.look("received").await;
    officer
        .picture("tong-hop-tra-lai", "form[action$='/tra-lai']")
        .await;
    officer.fill("#y-kien", "   ").await;
    officer.press("form[action$='/tra-lai'] button").await;
    officer.see("#y-kien[aria-invalid=true]").await;
    officer.look_at("remark-missing", "422").await;
    officer.fill("#y-kien", RETURNED).await;
    officer.press("form[action$='/tra-lai'] button").await;
    officer.arrive("xong=tra-lai").await;
    officer.look("sent-back").await;
}

/// A new version keeps what was declared; the one figure is put right.
async fn correct(reporter: &Walk, form: &str) {
    reporter.until(form, RETURNED).await;
    reporter.look("returned").await;
    reporter.picture("bao-cao-tra-lai", "main").await;
    reporter.press("form[action$='/mo'] button").await;
    reporter.arrive("xong=lap").await;
    assert_eq!(reporter.value("#c1").await, "24");
    assert_eq!(reporter.value("#u4").await, "1.140");
    reporter.fill("#c1", "26").await;
    reporter.fill("#ly-do", REASON).await;
    reporter.press(SAVE).await;
    reporter.arrive("xong=khai").await;
}

async fn accept_it(officer: &Walk, report: &str) {
    officer.go(report).await;
    let differs = officer.text("section[aria-labelledby=khac]").await;
    assert!(differs.contains("24") && differs.contains("26"), "{differs}");
    officer.look("second-version").await;
    officer.press("form[action$='/tiep-nhan'] button").await;
    officer.arrive("xong=tiep-nhan").await;
    officer.look("accepted").await;
}

/// Who came and who is still expected stand together in the agency's line of the province's form.
async fn add_up(officer: &Walk, following: &str, slug: &str) {
    officer.go(following).await;
    officer.press("main a[href*='/tinh/tong-hop/']").await;
    officer.arrive("/tinh/tong-hop/").await;
    officer.look("before-the-sum").await;
    officer
        .press("form[method=post][action*='/tinh/tong-hop/']:not([action$='/chot']) button")
        .await;
    officer.arrive("xong=tong-hop").await;
    officer.look("sum").await;
    officer.picture("tong-hop-bang", "main").await;
    // The line of Sở Tư pháp, a group of its own, leads to the sources instead of a report.
    let name = if slug == "so-tu-phap" {
        "tại Sở Tư pháp"
    } else {
        "huyện Đăk Glei"
    };
    let lines = officer.text("table.sheet tbody").await;
    let line = lines.split(name).nth(1).unwrap();
    assert!(
        line.contains("3 1.198 0"),
        "1 + 2 sessions, 58 counted and 1.140 expected: {lines}"
    );
}
