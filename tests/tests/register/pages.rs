//! The register through its pages: typed, refused with everything kept, decided, listed as of a day, saved as a file.

use pbgdpl_app::register::propose::{Propose, propose};
use pbgdpl_model::register::Level;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::BOTH;
use pbgdpl_testkit::web::{Answer, Ask, Web};

use super::{day, details, done, house, register, who};

const DESK: &str = "quantri.thu.example";
const HERE: &str = "/quan-tri/so-a/bao-cao-vien";

async fn get(web: &Web, session: &str, path: &str) -> Answer {
    web.ask(&Ask::get(DESK, path).signed_in(session)).await.unwrap()
}

async fn post(web: &Web, session: &str, path: &str, form: &[(&str, &str)]) -> Answer {
    web.ask(&Ask::post(DESK, path, form).signed_in(session))
        .await
        .unwrap()
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
        let refused = post(&web, &reporter, HERE, &typed).await;
        let text = refused.text();
        assert_eq!(refused.status, 422);
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
        let refused = post(&web, &approver, &at, &form).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("value=\"158/QĐ-UBND\""));
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
            let request = Propose {
                details: details(name, "Chuyên viên"),
                level: Level::TtvXa,
                received: day(received),
            };
            done(propose(&house.app, &reporter, request).await.unwrap());
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
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        furnish::entered(&house, &approver, "=HYPERLINK(1)", day("05/11/2025"))
            .await
            .unwrap();
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
        house.end().await.unwrap();
    }
}
