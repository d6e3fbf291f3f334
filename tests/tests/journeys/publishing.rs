//! An editor writes and sends, another person returns and then publishes, a citizen reads it; two who save at once lose nothing.

use pbgdpl_testkit::browser::Window;

use crate::demo::{agency, built, demo};
use crate::walk::Walk;

const TITLE: &str = "Bảy việc của hòa giải viên ở cơ sở";
const BODY: &str = "Hòa giải viên giúp các bên tự nguyện thỏa thuận với nhau.\n\n## Khi nào\n\nKhi có mâu thuẫn nhỏ ở thôn, làng.";
const ALT: &str = "Cán bộ phát tờ gấp cho bà con ở chợ";
const SAVE: &str = ".dock button[value=luu]";
const SEND: &str = ".dock button[value=gui]";

#[tokio::test]
async fn what_one_writes_another_publishes() {
    for window in Window::BOTH {
        let (demo, slug) = (demo(), agency(window));
        let desk = format!("{}/quan-tri/{slug}", demo.desk());
        let editor = Walk::begin("publishing", window).await;
        editor.go(demo.way_in("editor", Some(slug))).await;
        editor.look("home").await;
        let item = write(&editor, &desk).await;
        attach(&editor, &item).await;
        two_at_once(&editor, &item).await;

        editor.go(&format!("{item}/sua")).await;
        editor.press(SEND).await;
        editor.arrive("xong=gui").await;
        assert_eq!(
            editor.count("#quyet-dinh").await,
            0,
            "who wrote it must not publish it"
        );
        editor.look("sent").await;

        let approver = Walk::begin("publishing", window).await;
        approver.go(demo.way_in("approver", Some(slug))).await;
        approver.go(&item).await;
        approver.look("to-decide").await;
        approver.fill("#remark", "Nêu rõ căn cứ của việc thứ ba.").await;
        approver.press("button[formaction$='/tra-lai']").await;
        approver.arrive("xong=tra-lai").await;

        editor.go(&format!("{item}/sua")).await;
        editor.look("returned").await;
        editor
            .fill(
                "#body",
                &format!("{BODY}\n\nCăn cứ: Điều 3 Luật Hòa giải ở cơ sở."),
            )
            .await;
        editor.press(SEND).await;
        editor.arrive("xong=gui").await;

        approver.go(&item).await;
        approver
            .press(".dock button[form=quyet-dinh]:not([formaction])")
            .await;
        approver.arrive("xong=cong-bo").await;
        approver.look("published").await;
        let section = format!("{}/{slug}/", demo.public());
        approver.until(&section, TITLE).await;
        let id = item.rsplit('/').next().unwrap();
        approver.press(&format!("main a[href*='/bai/{id}']")).await;
        approver.arrive("/bai/").await;
        assert_eq!(approver.text("h1").await, TITLE);
        approver.see(&format!("main img[alt='{ALT}']")).await;
        approver.look("public").await;
        let public = approver.at().await;

        approver.go(&item).await;
        approver.press("details.more summary").await;
        approver.fill("#notice", "Đăng nhầm bản chưa sửa.").await;
        approver.press("details.more button").await;
        approver.arrive("xong=").await;
        approver.look("withdrawn").await;
        approver.until(&public, "Đăng nhầm bản chưa sửa.").await;
        assert_eq!(approver.count(&format!("main img[alt='{ALT}']")).await, 0);
        approver.look("notice").await;
        approver.end().await;
        editor.end().await;
    }
}

/// Writes, previews, saves; returns the address of the item.
async fn write(editor: &Walk, desk: &str) -> String {
    editor.go(&format!("{desk}/bai/moi?loai=tin")).await;
    editor.fill("#title", TITLE).await;
    editor
        .fill("#summary", "Hòa giải viên làm gì khi xóm giềng có chuyện.")
        .await;
    editor.fill("#body", BODY).await;
    editor.press(".dock button[value=xem-truoc]").await;
    editor.see("#xem-truoc").await;
    assert_eq!(
        editor.value("#title").await,
        TITLE,
        "a preview keeps what was typed"
    );
    editor.look("preview").await;
    editor.press(SAVE).await;
    editor.arrive("xong=").await;
    let at = editor.at().await;
    let item = at.split('?').next().unwrap();
    item.trim_end_matches("/sua").to_owned()
}

/// Attaches a picture; without words for those who cannot see it, it is refused and nothing else is lost.
async fn attach(editor: &Walk, item: &str) {
    let file = built().join("../journeys").join("cho.png");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    image::DynamicImage::new_rgb8(64, 32).save(&file).unwrap();
    editor.go(&format!("{item}/sua")).await;
    editor.choose("#file", &file).await;
    editor.press(".picture-box button").await;
    editor.see(".sum").await;
    assert_eq!(editor.value("#title").await, TITLE);
    editor.look_at("picture-refused", "422").await;
    editor.fill("#alt", ALT).await;
    editor.choose("#file", &file).await;
    editor.press(".picture-box button").await;
    editor.see(&format!(".picture-box img[alt='{ALT}']")).await;
    editor.press(SAVE).await;
    editor.arrive("xong=").await;
}

/// Saves from two tabs: the later one gets both texts on the page and then saves over it knowingly.
async fn two_at_once(editor: &Walk, item: &str) {
    editor.go(&format!("{item}/sua")).await;
    let first = editor.browser.window().await.unwrap();
    let second = editor.browser.new_window(true).await.unwrap().handle;
    editor.browser.switch_to_window(second).await.unwrap();
    editor.go(&format!("{item}/sua")).await;
    editor.fill("#summary", "Câu của người kia.").await;
    editor.press(SAVE).await;
    editor.arrive("xong=").await;
    editor.browser.close_window().await.unwrap();
    editor.browser.switch_to_window(first).await.unwrap();
    editor.fill("#summary", "Câu của tôi.").await;
    editor.press(SAVE).await;
    editor.see("#ban-moi").await;
    assert_eq!(editor.value("#summary").await, "Câu của tôi.");
    assert!(editor.text(".beside").await.contains("Câu của người kia."));
    editor.look_at("both-texts", "409").await;
    editor.press(SAVE).await;
    editor.arrive("xong=").await;
}
