//! The pages of reports on plans, as a browser meets them: nothing typed is lost, an auditor only reads.

use pbgdpl_model::plan::Document;
use pbgdpl_pages::word;
use pbgdpl_testkit::web::{Ask, Web};

use super::pages::{DESK, Desk};
use super::plan::{OF, a_year, did, frozen, put, seen, told};
use super::{BOTH, count, house};

const HERE: &str = "/quan-tri/so-a/bao-cao-ke-hoach/de-an-471/2020";
const TINH: &str = "/tinh/ke-hoach/de-an-471/2020";
const GIAM_SAT: &str = "/giam-sat/ke-hoach/de-an-471/2020";

const NUMBERS: [&str; 9] = [
    "II.1", "II.2", "II.3a", "II.3b", "II.3c", "II.4", "II.5", "II.6", "II.7",
];

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let at = format!("name=\"{name}\" value=\"");
    let rest = page
        .split(&at)
        .nth(1)
        .unwrap_or_else(|| panic!("no {name}: {page}"));
    rest.split('"').next().unwrap().to_owned()
}

/// The form as a browser sends it: every field of the page, some with other words.
fn filled(page: &str, words: &[(&str, &str)], act: &str) -> Vec<(String, String)> {
    let mut form = vec![
        ("so-lieu".to_owned(), hidden(page, "so-lieu")),
        ("act".to_owned(), act.to_owned()),
    ];
    for number in NUMBERS {
        let name = format!("thuyet-minh-{number}");
        let stands = page.split(&format!("name=\"{name}\"")).nth(1).unwrap();
        let stands = stands
            .split_once('>')
            .unwrap()
            .1
            .split("</textarea>")
            .next()
            .unwrap();
        let typed = words.iter().find(|(at, _)| *at == number);
        let typed = typed.map_or_else(|| stands.trim_start_matches('\n'), |(_, words)| words);
        form.push((
            format!("da-doc-{number}"),
            hidden(page, &format!("da-doc-{number}")),
        ));
        form.push((name, typed.to_owned()));
    }
    form
}

fn pairs(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// Sends the form; the answer is a page that says why it was not done.
async fn conflict(web: &Web, session: &str, form: &[(String, String)]) -> String {
    let ask = Ask::post(DESK, HERE, &pairs(form)).signed_in(session);
    let answer = web.ask(&ask).await.unwrap();
    assert_eq!(answer.status, 409, "{}", answer.text());
    answer.text()
}

#[tokio::test]
async fn rep_17_an_agency_writes_beside_its_figures_and_sends() {
    for engine in BOTH {
        let house = house(engine).await;
        count(&house, &house.a, &house.in_a, 410).await;
        let web = Web::of(&house, true).unwrap();
        let desk = Desk { web: &web };
        let reporter = house.session(&house.in_a.reporter).await.unwrap();
        let officer = house.session(&house.consolidator).await.unwrap();

        let list = desk.get(&reporter, "/quan-tri/so-a/bieu").await;
        assert!(list.contains(HERE) && list.contains("Chưa viết"), "{list}");
        let page = desk.get(&reporter, HERE).await;
        for number in NUMBERS {
            assert!(
                page.contains(&format!("Nhiệm vụ {number}<")),
                "{engine:?}: {number}"
            );
        }
        assert!(
            page.contains("410 lượt người") && page.contains("120 bản"),
            "{page}"
        );
        let nothing = hidden(&page, "da-doc-II.4");
        let saved = [
            ("da-doc-II.4", nothing.as_str()),
            ("thuyet-minh-II.4", "Ba tờ gấp."),
        ];
        desk.does(&reporter, HERE, &saved).await;

        // Two people at once: the second reads both texts, and theirs is kept.
        let stale = web
            .ask(
                &Ask::post(
                    DESK,
                    HERE,
                    &[
                        ("da-doc-II.4", &nothing),
                        ("thuyet-minh-II.4", "Bốn tờ gấp “mới”."),
                    ],
                )
                .signed_in(&reporter),
            )
            .await
            .unwrap();
        assert_eq!(stale.status, 409, "{engine:?}");
        let both = stale.text();
        assert!(
            both.contains("<p>Ba tờ gấp.</p>") && both.contains("Bốn tờ gấp “mới”."),
            "{both}"
        );
        let on = hidden(&both, "da-doc-II.4");
        let mine = [
            ("da-doc-II.4", on.as_str()),
            ("thuyet-minh-II.4", "Bốn tờ gấp “mới”."),
        ];
        desk.does(&reporter, HERE, &mine).await;

        // Figures that moved since the page was opened are not sent unread; the text was saved.
        let page = desk.get(&reporter, HERE).await;
        count(&house, &house.a, &house.in_a, 20).await;
        let moved = conflict(&web, &reporter, &filled(&page, &[("II.4", "Năm tờ gấp.")], "gui")).await;
        assert!(
            moved.contains("430 lượt người") && moved.contains("Năm tờ gấp."),
            "{moved}"
        );
        // Nor is what a colleague saved in another task; neither text is lost, and none is put back.
        did(put(&house, (&house.a, &house.in_a), &[("II.1", "Của đồng nghiệp.")]).await);
        let other = conflict(
            &web,
            &reporter,
            &filled(&moved, &[("II.4", "Sáu tờ gấp.")], "gui"),
        )
        .await;
        assert!(
            other.contains("nhiệm vụ II.1 vừa có người khác lưu")
                && other.contains("Của đồng nghiệp.</textarea>")
                && other.contains("Sáu tờ gấp.</textarea>"),
            "{other}"
        );
        let form = filled(&other, &[("II.4", "Năm tờ gấp."), ("II.1", "")], "gui");
        desk.does(&reporter, HERE, &pairs(&form)).await;
        let page = desk.get(&reporter, HERE).await;
        assert!(
            page.contains("Đã gửi, chờ tiếp nhận") && !page.contains("<textarea"),
            "{page}"
        );
        let late = conflict(
            &web,
            &reporter,
            &filled(&other, &[("II.1", "Viết sau khi gửi.")], "luu"),
        )
        .await;
        assert!(late.contains("Viết sau khi gửi."), "{late}");

        // The province reads, returns with a remark; the agency sees it.
        let one = desk.get(&officer, &format!("{TINH}/co-quan/so-a")).await;
        assert!(one.contains("Năm tờ gấp.") && one.contains("Nhiệm vụ này chưa có thuyết minh."));
        let bare = desk
            .refused(&officer, &format!("{TINH}/co-quan/so-a/tra-lai"), &[("ban", "1")])
            .await;
        assert!(bare.contains("ghi rõ nhiệm vụ nào"), "{bare}");
        let back = [("ban", "1"), ("y-kien", "Thiếu nhiệm vụ II.1.")];
        desk.does(&officer, &format!("{TINH}/co-quan/so-a/tra-lai"), &back)
            .await;
        let page = desk.get(&reporter, HERE).await;
        assert!(
            page.contains("Thiếu nhiệm vụ II.1.") && page.contains("<textarea"),
            "{page}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn n_23_the_province_writes_each_part_and_an_auditor_reads_what_is_frozen() {
    for engine in BOTH {
        let house = house(engine).await;
        a_year(&house).await;
        let web = Web::of(&house, true).unwrap();
        let desk = Desk { web: &web };
        let officer = house.session(&house.consolidator).await.unwrap();
        let auditor = house.session(&house.auditor).await.unwrap();

        let list = desk.get(&officer, "/tinh/ke-hoach").await;
        assert!(list.contains(TINH), "{list}");
        let whole = desk.get(&officer, TINH).await;
        assert!(
            whole.contains("Còn thiếu thuyết minh") && whole.contains("Chưa gửi"),
            "{whole}"
        );
        let task = desk.get(&officer, &format!("{TINH}/phan/II.4")).await;
        for text in [
            "Đã biên soạn ba tờ gấp.",
            "Huyện B tỉnh Thử (chưa gửi báo cáo)",
            "Toàn tỉnh đã phát hành",
        ] {
            assert!(task.contains(text), "{engine:?}: {text}: {task}");
        }
        // Two drafters on one part.
        let part = format!("{TINH}/phan/phuong-huong");
        let read = hidden(&desk.get(&officer, &part).await, "da-doc");
        told(&house, "phuong-huong", "Tiếp tục.").await;
        let form = [("da-doc", read.as_str()), ("noi-dung", "Đẩy mạnh.")];
        let stale = web
            .ask(&Ask::post(DESK, &part, &form).signed_in(&officer))
            .await
            .unwrap();
        assert_eq!(stale.status, 409);
        let both = stale.text();
        assert!(
            both.contains("<p>Tiếp tục.</p>") && both.contains("Đẩy mạnh.</textarea>"),
            "{both}"
        );

        // Before anything is frozen, an auditor sees no draft.
        let none = web
            .ask(&Ask::get(DESK, GIAM_SAT).signed_in(&auditor))
            .await
            .unwrap();
        assert_eq!(none.status, 404);
        let empty = desk.get(&auditor, "/giam-sat/ke-hoach").await;
        assert!(empty.contains("Chưa có bản nào được chốt."));
        let draft = web.ask(&Ask::get(DESK, TINH).signed_in(&auditor)).await.unwrap();
        assert_eq!(draft.status, 403);

        let report = frozen(&house).await;
        let document = Document::read(&report.body).unwrap();
        let paper = desk.get(&officer, &format!("{TINH}/in?ban=1")).await;
        let shown = desk.get(&auditor, &format!("{GIAM_SAT}?ban=1")).await;
        for page in [&paper, &shown] {
            for task in &document.tasks {
                assert!(page.contains(&format!("Nhiệm vụ {}</h3>", task.number)));
            }
            assert!(
                page.contains("./.") && page.contains(&report.hash) && page.contains("THUYẾT MINH CÒN THIẾU")
            );
        }
        assert!(shown.contains("(khớp với nội dung)") && shown.contains("Phát 120 bản."));
        assert!(
            !shown.contains("<form method=\"post\" action=\"/giam-sat"),
            "an auditor changes nothing"
        );
        let get = async |session: &str, path: String| {
            let answer = web.ask(&Ask::get(DESK, &path).signed_in(session)).await.unwrap();
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.header("content-type"), word::MEDIA_TYPE);
            answer.body
        };
        let file = get(&officer, format!("{TINH}/xuat.docx?ban=1")).await;
        let same = get(&auditor, format!("{GIAM_SAT}/xuat.docx?ban=1")).await;
        assert!(file == same, "{engine:?}: both take out the same bytes");
        let closed = desk.get(&officer, &format!("{TINH}/phan/II.4")).await;
        assert!(
            !closed.contains("<textarea"),
            "{engine:?}: what is frozen is only read"
        );
        assert_eq!(seen(&house, &house.b).await.year, OF.1);
        house.end().await.unwrap();
    }
}
