//! The register through its pages: typed, refused with everything kept, decided, listed as of a day, saved as a file.

use pbgdpl_app::register::propose::propose;
use pbgdpl_model::register::Level;
use pbgdpl_testkit::house::BOTH;
use pbgdpl_testkit::web::{Answer, Ask, Web};

use super::{done, entered, house, register, request, who};

const DESK: &str = "quantri.thu.example";
const HERE: &str = "/quan-tri/so-a/bao-cao-vien";

pub(crate) async fn get(web: &Web, session: &str, path: &str) -> Answer {
    web.ask(&Ask::get(DESK, path).signed_in(session)).await.unwrap()
}

pub(crate) async fn post(web: &Web, session: &str, path: &str, form: &[(&str, &str)]) -> Answer {
    web.ask(&Ask::post(DESK, path, form).signed_in(session))
        .await
        .unwrap()
}

/// The page that says what is wrong with a form.
async fn refused(web: &Web, session: &str, path: &str, form: &[(&str, &str)]) -> String {
    let answer = post(web, session, path, form).await;
    assert_eq!(answer.status, 422);
    answer.text()
}

#[tokio::test]
async fn from_the_request_to_the_decision() {
    for engine in BOTH {
        let house = house(engine).await;
        let web = Web::of(&house, true).unwrap();
        let reporter = house.session(&house.in_a.reporter).await.unwrap();
        let approver = house.session(&house.in_a.approver).await.unwrap();
        let empty = get(&web, &reporter, HERE).await.text();
        assert!(empty.contains("Chưa có ai trong danh sách") && empty.contains(&format!("{HERE}/moi")));
        let form = get(&web, &reporter, &format!("{HERE}/moi")).await.text();
        assert!(form.contains("Hôn nhân và gia đình") && !form.contains("Đã có quyết định"));

        let mut typed = vec![
            ("name", "Y Hlan"),
            ("post", ""),
            ("workplace", "Sở Tư pháp"),
            ("education", "Đại học Luật"),
            ("fields", "dat-dai"),
            ("level", "bcv_tinh"),
            ("received", "31/02/2025"),
        ];
        let text = refused(&web, &reporter, HERE, &typed).await;
        assert!(
            text.contains("value=\"Y Hlan\"") && text.contains("value=\"31/02/2025\""),
            "{text}"
        );
        assert!(
            text.contains("#post") && text.contains("#received"),
            "both are named at once"
        );
        typed[1] = ("post", "Chuyên viên");
        typed[6] = ("received", "03/11/2025");
        let kept = post(&web, &reporter, HERE, &typed).await;
        assert_eq!(kept.status, 303, "{}", kept.text());
        let entry = register(&house).await[0].id;
        let one = format!("{HERE}/{entry}");
        let page = get(&web, &reporter, &one).await.text();
        // Five working days after Monday 3 November end on the 10th; the two for what is missing are over and said no more.
        assert!(
            page.contains("Hạn 10/11/2025") && !page.contains("Yêu cầu bổ sung"),
            "{page}"
        );
        assert!(!page.contains("quyet-dinh"), "the reporter decides nothing");
        let closed = get(&web, &reporter, &format!("{one}/quyet-dinh/cong-nhan")).await;
        assert_eq!(closed.status, 403);

        let form = [
            ("based_on", "2"),
            ("decision_number", "158/QĐ-UBND"),
            ("decision_day", "06/11/2025"),
            ("decision_issuer", ""),
            ("from", "07/11/2025"),
        ];
        let at = format!("{one}/quyet-dinh/cong-nhan");
        let text = refused(&web, &approver, &at, &form).await;
        assert!(text.contains("value=\"158/QĐ-UBND\""));
        let mut whole = form;
        whole[3] = ("decision_issuer", "Chủ tịch Ủy ban nhân dân tỉnh");
        let decided = post(&web, &approver, &at, &whole).await;
        assert_eq!(decided.status, 303, "{}", decided.text());
        let again = post(&web, &approver, &at, &whole).await;
        assert_eq!(again.status, 409, "somebody wrote since");
        let gone = get(&web, &approver, &at).await;
        assert_eq!(gone.status, 409, "there is nothing to recognise any more");

        let listed = async |day: &str| get(&web, &reporter, &format!("{HERE}?ngay={day}")).await.text();
        assert!(listed("02/11/2025").await.contains("Không có ai như đã chọn"));
        assert!(listed("06/11/2025").await.contains("Đề nghị công nhận</span>"));
        assert!(listed("07/11/2025").await.contains("Đang hoạt động</span>"));
        let odd = get(
            &web,
            &reporter,
            &format!("{HERE}?ngay=hom-qua&cap=x&tinh-trang=moi&linh-vuc=y"),
        )
        .await;
        assert_eq!(odd.status, 200);
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn requests_that_wait_too_long_are_named() {
    for engine in BOTH {
        let house = house(engine).await;
        let (reporter, _) = who(&house).await;
        for (name, received) in [("A Thiu", "31/10/2025"), ("Y Bông", "03/11/2025")] {
            let asked = request(name, Level::TtvXa, received);
            done(propose(&house.app, &reporter, asked).await.unwrap());
        }
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.reporter).await.unwrap();
        let page = get(&web, &session, HERE).await.text();
        // Friday 31 October and five working days: 7 November is over on the 9th; 10 November is not.
        assert!(
            page.contains("1 đề nghị đã quá hạn") && page.contains("A Thiu. Ghi"),
            "{page}"
        );
        assert!(page.contains("hạn 07/11/2025") && page.contains("hạn 10/11/2025"));
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn the_file_for_a_spreadsheet_runs_nothing() {
    for engine in BOTH {
        let house = house(engine).await;
        entered(&house, "=HYPERLINK(1)", "05/11/2025").await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.admin).await.unwrap();
        let file = get(&web, &session, &format!("{HERE}/danh-sach.csv")).await;
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(
            file.header("content-disposition"),
            "attachment; filename=\"bao-cao-vien-so-a-2025-11-09.csv\""
        );
        assert!(
            file.text().contains("\r\n'=HYPERLINK(1),Chuyên viên,"),
            "{}",
            file.text()
        );
        let before = get(&web, &session, &format!("{HERE}/danh-sach.csv?ngay=04/11/2025")).await;
        assert_eq!(before.text().lines().count(), 1, "only the head");
        let odd = get(&web, &session, &format!("{HERE}/danh-sach.csv?ngay=31/02/2021")).await;
        assert_eq!(
            odd.status, 400,
            "no file of another day than the one that was asked for"
        );
        assert!(
            odd.text().contains("Ngày “31/02/2021” không đọc được"),
            "{}",
            odd.text()
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_second_click_enters_nobody_twice() {
    for engine in BOTH {
        let house = house(engine).await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.reporter).await.unwrap();
        let typed = [
            ("name", "Y Hlan"),
            ("post", "Chuyên viên"),
            ("workplace", "Sở Tư pháp"),
            ("education", "Đại học Luật"),
            ("fields", "dat-dai"),
            ("level", "bcv_tinh"),
            ("received", "03/11/2025"),
        ];
        let twice = futures::future::join(
            post(&web, &session, HERE, &typed),
            post(&web, &session, HERE, &typed),
        );
        let (first, second) = twice.await;
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{engine:?}");
        let all = register(&house).await;
        assert_eq!(all.len(), 1, "{engine:?}");
        let mut same = typed;
        same[0] = ("name", " y  HLAN ");
        let refused = post(&web, &session, HERE, &same).await;
        assert_eq!(refused.status, 409, "{engine:?}");
        let text = refused.text();
        assert!(
            text.contains("đã có trong danh sách") && text.contains(&format!("{HERE}/{}", all[0].id)),
            "{text}"
        );
        let mut other = typed;
        other[2] = ("workplace", "Sở Nội vụ");
        assert_eq!(post(&web, &session, HERE, &other).await.status, 303);
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn the_form_says_who_changes_what_is_public() {
    for engine in BOTH {
        let house = house(engine).await;
        let entry = entered(&house, "Y Hlan", "05/11/2025").await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.reporter).await.unwrap();
        let at = format!("{HERE}/{entry}/viec/dinh-chinh");
        let form = get(&web, &session, &at).await.text();
        assert!(form.contains("chỉ người duyệt của cơ quan đổi được"), "{form}");
        let typed = [
            ("based_on", "2"),
            ("reason", "ghi nhầm chức vụ"),
            ("name", "Y Hlan"),
            ("post", "Giám đốc"),
            ("workplace", "Phòng Tư pháp"),
            ("education", "Đại học Luật"),
            ("fields", "dat-dai"),
        ];
        let text = refused(&web, &session, &at, &typed).await;
        assert!(
            text.contains("#post")
                && text.contains("Người duyệt của cơ quan mới đổi được")
                && text.contains("Giám đốc"),
            "{text}"
        );
        house.end().await.unwrap();
    }
}

/// What cannot be is said at a field that the form has.
#[tokio::test]
async fn no_refusal_is_silent() {
    for engine in BOTH {
        let house = house(engine).await;
        let entry = entered(&house, "Y Hlan", "05/11/2025").await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.reporter).await.unwrap();
        let at = format!("{HERE}/{entry}/viec/de-nghi-mien-nhiem");
        let typed = [
            ("based_on", "2"),
            ("received", "04/11/2025"),
            ("case", "bcv-a"),
            ("reason", "Xin thôi việc"),
        ];
        let text = refused(&web, &session, &at, &typed).await;
        assert!(
            text.contains("href=\"#received\"") && text.contains("không đúng thứ tự"),
            "{engine:?}: {text}"
        );
        house.end().await.unwrap();
    }
}
