//! Items on the desk, as a browser meets them, on both databases: PUB-01, 02, 08, 10; N-19; nothing typed is lost.

use http::StatusCode;
use http_body_util::BodyExt;
use pbgdpl_model::article::{Stage, Step, next};
use pbgdpl_province::Province;
use pbgdpl_testkit::house::{BOTH, House, Someone};
use pbgdpl_testkit::owner::Owner;
use pbgdpl_testkit::web::{Answer, Ask, Web, settings};
use pbgdpl_web::AppState;
use pbgdpl_web::dispatch::Dispatch;

const DESK: &str = "quantri.thu.example";

struct Browser<'a> {
    web: &'a Web,
    base: String,
    session: String,
}

impl<'a> Browser<'a> {
    async fn of(house: &House, web: &'a Web, who: &Someone) -> Self {
        Self {
            web,
            base: format!("/quan-tri/{}", house.a.slug()),
            session: house.session(who).await.unwrap(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        let ask = Ask::get(DESK, &format!("{}{path}", self.base)).signed_in(&self.session);
        self.web.ask(&ask).await.unwrap()
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let ask = Ask::post(DESK, &format!("{}{path}", self.base), form).signed_in(&self.session);
        self.web.ask(&ask).await.unwrap()
    }

    /// Posts, and expects to be sent to a page that says the word.
    async fn done(&self, path: &str, form: &[(&str, &str)], word: &str) -> String {
        let answer = self.post(path, form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text());
        let to = answer.header("location").to_owned();
        assert!(to.ends_with(&format!("?xong={word}")), "{path} leads to {to}");
        let inside = to.strip_prefix(&self.base).unwrap().to_owned();
        let page = self.get(&inside).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert!(
            page.text().contains("class=\"notice ok\""),
            "{path}: the page says that it is done"
        );
        inside.split('?').next().unwrap().to_owned()
    }
}

fn text<'a>(title: &'a str, body: &'a str, based_on: &'a str, act: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("kind", "tin"),
        ("based_on", based_on),
        ("title", title),
        ("summary", "Một câu nói bài này giúp ai."),
        ("body", body),
        ("base_number", "52/2014/QH13"),
        ("base_title", "Luật Hôn nhân và gia đình"),
        ("base_articles", "Điều 8"),
        ("base_number", ""),
        ("base_title", ""),
        ("base_articles", ""),
        ("act", act),
    ]
}

#[tokio::test]
async fn an_item_goes_from_the_editor_to_the_public_and_back() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, false).unwrap();
        let editor = Browser::of(&house, &web, &house.in_a.editor).await;
        let approver = Browser::of(&house, &web, &house.in_a.approver).await;

        assert!(
            editor
                .get("/bai/moi?loai=van-ban-moi")
                .await
                .text()
                .contains("name=\"document_number\"")
        );
        // A preview shows the text as it will be, keeps everything typed and saves nothing.
        let preview = editor
            .post(
                "/bai",
                &text(
                    "Lấy vợ sớm",
                    "## Luật nói gì\n\nTừ đủ **20 tuổi**.",
                    "0",
                    "xem-truoc",
                ),
            )
            .await;
        assert_eq!(preview.status, StatusCode::OK);
        assert!(
            preview.text().contains("<strong>20 tuổi</strong>")
                && preview.text().contains("value=\"Lấy vợ sớm\"")
        );
        assert!(editor.get("/bai").await.text().contains("Chưa có bài nào"));

        // Without a title: what is wrong, and everything typed.
        let refused = editor
            .post("/bai", &text("", "Chữ không được mất.", "0", "luu"))
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Chữ không được mất.") && refused.text().contains("href=\"#title\""));

        let item = editor
            .done("/bai", &text("Lấy vợ sớm", "Từ đủ 20 tuổi.", "0", "luu"), "luu")
            .await;
        editor
            .done(
                &format!("{item}/sua"),
                &text("Lấy vợ sớm", "Nam từ đủ 20 tuổi.", "1", "gui"),
                "gui",
            )
            .await;

        assert!(editor.get("").await.text().contains("chờ người khác duyệt"));
        // Who wrote it is not asked to approve it, who may is; nobody edits meanwhile.
        assert!(!editor.get(&item).await.text().contains("/cong-bo"));
        assert!(approver.get("").await.text().contains("Lấy vợ sớm"));
        assert_eq!(
            editor.get(&format!("{item}/sua")).await.status,
            StatusCode::SEE_OTHER
        );
        let empty = approver
            .post(&format!("{item}/tra-lai"), &[("remark", " ")])
            .await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        approver
            .done(
                &format!("{item}/tra-lai"),
                &[("remark", "Ghi rõ cả tuổi nữ.")],
                "tra-lai",
            )
            .await;
        let form = editor.get(&format!("{item}/sua")).await;
        assert!(form.text().contains("Ghi rõ cả tuổi nữ.") && form.text().contains("value=\"52/2014/QH13\""));

        let both = "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi.";
        editor
            .done(
                &format!("{item}/sua"),
                &text("Lấy vợ sớm", both, "2", "gui"),
                "gui",
            )
            .await;
        approver
            .done(
                &format!("{item}/cong-bo"),
                &[("ban", "3"), ("public_note", "")],
                "cong-bo",
            )
            .await;
        let id = item.rsplit('/').next().unwrap();
        let public = house
            .store
            .read()
            .public()
            .item(house.a.id(), id.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        assert!(public.html.contains("nữ từ đủ 18 tuổi"));

        // A newer draft shows what differs from the public version; versions are read, compared, restored.
        editor
            .done(
                &format!("{item}/sua"),
                &text("Lấy vợ sớm", "Nam từ đủ 20 tuổi.", "3", "luu"),
                "luu",
            )
            .await;
        assert!(editor.get(&item).await.text().contains("<del>"));
        assert!(
            editor
                .get(&format!("{item}/so-sanh?cu=3&moi=4"))
                .await
                .text()
                .contains("<del>")
        );
        assert!(editor.get(&format!("{item}/ban")).await.text().contains("Bản 4"));
        assert!(
            editor
                .get(&format!("{item}/ban/3"))
                .await
                .text()
                .contains("Khôi phục bản 3")
        );
        editor
            .done(&format!("{item}/ban/3/khoi-phuc"), &[], "khoi-phuc")
            .await;

        assert_eq!(
            approver
                .post(&format!("{item}/go"), &[("notice", "")])
                .await
                .status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        approver
            .done(&format!("{item}/go"), &[("notice", "Luật đã thay.")], "go")
            .await;
    }
}

/// Where an item can stand: its stage, whether the public sees a version, how many versions it has.
const PLACES: [(Stage, bool, &str); 8] = [
    (Stage::Draft, false, "1"),
    (Stage::Draft, true, "2"),
    (Stage::Submitted, false, "1"),
    (Stage::Submitted, true, "2"),
    (Stage::Returned, false, "1"),
    (Stage::Returned, true, "2"),
    (Stage::Published, true, "1"),
    (Stage::Withdrawn, false, "1"),
];

/// The two people who bring an item anywhere.
struct Two<'a> {
    editor: Browser<'a>,
    approver: Browser<'a>,
}

impl Two<'_> {
    /// A new item that stands there.
    async fn item_at(&self, stage: Stage, live: bool) -> String {
        let item = self
            .editor
            .done("/bai", &text("Sổ đỏ", "Ba bước.", "0", "luu"), "luu")
            .await;
        if live || stage == Stage::Withdrawn {
            self.take(&item, Step::Submit, "1").await;
            self.take(&item, Step::Publish, "1").await;
        }
        let newer = live && stage != Stage::Published;
        if newer {
            self.take(&item, Step::Save, "1").await;
        }
        let steps: &[Step] = match stage {
            Stage::Draft | Stage::Published => &[],
            Stage::Submitted => &[Step::Submit],
            Stage::Returned => &[Step::Submit, Step::Return],
            Stage::Withdrawn => &[Step::Withdraw],
        };
        for step in steps {
            self.take(&item, *step, if newer { "2" } else { "1" }).await;
        }
        item
    }

    async fn take(&self, item: &str, step: Step, version: &str) {
        let answer = self.attempt(item, step, version).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{step:?}: {}",
            answer.text()
        );
    }

    async fn attempt(&self, item: &str, step: Step, version: &str) -> Answer {
        match step {
            Step::Save => {
                let newer = text("Sổ đỏ", "Bốn bước.", version, "luu");
                self.editor.post(&format!("{item}/sua"), &newer).await
            }
            Step::Submit => self.editor.post(&format!("{item}/gui-duyet"), &[]).await,
            Step::Return => {
                let remark = [("remark", "Ghi rõ hơn.")];
                self.approver.post(&format!("{item}/tra-lai"), &remark).await
            }
            Step::Publish => {
                let read = [("ban", version), ("public_note", "Thêm một bước.")];
                self.approver.post(&format!("{item}/cong-bo"), &read).await
            }
            Step::Withdraw => {
                let notice = [("notice", "Luật đã thay.")];
                self.approver.post(&format!("{item}/go"), &notice).await
            }
        }
    }
}

/// The table itself stands in `pbgdpl_model::article`; here each of its refusals is met by a browser.
#[tokio::test]
async fn pub_01_every_illegal_step_answers_409_and_changes_no_row() {
    let tables = pbgdpl_migrations::tables::all().unwrap();
    // Reading a page keeps a session alive; nothing else may move.
    let tables: Vec<&str> = tables
        .keys()
        .map(String::as_str)
        .filter(|t| *t != "account_session")
        .collect();
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let two = Two {
            editor: Browser::of(&house, &web, &house.in_a.editor).await,
            approver: Browser::of(&house, &web, &house.in_a.approver).await,
        };
        let mut owner = Owner::of(&house.ground).await.unwrap();
        let mut refused = 0;
        for (stage, live, version) in PLACES {
            let item = two.item_at(stage, live).await;
            let before = owner.rows(&tables).await.unwrap();
            for step in Step::ALL {
                if next(stage, step, live).is_ok() {
                    continue;
                }
                let answer = two.attempt(&item, step, version).await;
                let cell = format!("{engine:?}: {step:?} from {stage:?}, live: {live}");
                assert_eq!(answer.status, StatusCode::CONFLICT, "{cell}: {}", answer.text());
                let after = owner.rows(&tables).await.unwrap();
                let changed: Vec<_> = after.symmetric_difference(&before).collect();
                assert!(
                    changed.is_empty() && after.len() == before.len(),
                    "{cell}: {changed:#?}"
                );
                refused += 1;
            }
        }
        assert_eq!(refused, 22);
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_save_over_a_newer_version_shows_both_texts_and_loses_none() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, false).unwrap();
        let first = Browser::of(&house, &web, &house.in_a.editor).await;
        let second = Browser::of(&house, &web, &house.in_both).await;
        let item = first
            .done("/bai", &text("Hòa giải", "Bản gốc.", "0", "luu"), "luu")
            .await;
        second
            .done(
                &format!("{item}/sua"),
                &text("Hòa giải", "Chữ của người thứ hai.", "1", "luu"),
                "luu",
            )
            .await;

        let conflict = first
            .post(
                &format!("{item}/sua"),
                &text("Hòa giải", "Chữ của người thứ nhất.", "1", "luu"),
            )
            .await;
        assert_eq!(conflict.status, StatusCode::CONFLICT);
        let page = conflict.text();
        assert!(
            page.contains("Chữ của người thứ nhất.") && page.contains("người thứ hai"),
            "{page}"
        );
        assert!(
            page.contains("name=\"based_on\" value=\"2\""),
            "saving again is based on the newest"
        );
        first
            .done(
                &format!("{item}/sua"),
                &text("Hòa giải", "Chữ của cả hai.", "2", "luu"),
                "luu",
            )
            .await;

        // Sent to be approved in between: nothing is saved, nothing typed is lost.
        second.done(&format!("{item}/gui-duyet"), &[], "gui").await;
        let late = first
            .post(
                &format!("{item}/sua"),
                &text("Hòa giải", "Chữ đến muộn.", "3", "luu"),
            )
            .await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("Chữ đến muộn."));
        // An item that is not here is not here, whoever asks.
        let stranger = Browser::of(&house, &web, &house.in_b.editor).await;
        assert_eq!(stranger.get(&item).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn an_unfinished_item_is_kept_but_not_sent() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, false).unwrap();
    let editor = Browser::of(&house, &web, &house.in_a.editor).await;
    let unfinished = [
        ("kind", "van-ban-moi"),
        ("title", "Luật Hộ tịch"),
        ("document_issued", "31/02/2020"),
        ("act", "gui"),
    ];
    let refused = editor.post("/bai", &unfinished).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("31/02/2020") && refused.text().contains("href=\"#document_issued\""));
    let unfinished = [("kind", "van-ban-moi"), ("title", "Luật Hộ tịch"), ("act", "gui")];
    let kept = editor.post("/bai", &unfinished).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(kept.text().contains("Đã lưu nháp") && kept.text().contains("href=\"#document_number\""));
    assert!(
        editor
            .get("/bai?trang-thai=dang-soan&loai=van-ban-moi")
            .await
            .text()
            .contains("Luật Hộ tịch")
    );
}

const EDGE: &str = "ranh-gioi-cua-bieu-mau";

/// What a browser sends where a button says `formenctype="multipart/form-data"`.
fn multipart(fields: &[(&str, &str)], file_name: &str, file: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    let head = format!(
        "--{EDGE}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\n\r\n"
    );
    body.extend(head.into_bytes());
    body.extend(file);
    body.extend(format!("\r\n--{EDGE}--\r\n").into_bytes());
    body
}

#[tokio::test]
async fn a_picture_comes_with_its_words_and_leaves_the_text_alone() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, false).unwrap();
    let editor = Browser::of(&house, &web, &house.in_a.editor).await;
    let item = editor
        .done("/bai", &text("Chợ Đăk Tô", "Bản gốc.", "0", "luu"), "luu")
        .await;
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(64, 32)
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let png = png.into_inner();
    let fields = |alt: &'static str| {
        let mut fields = text("Chợ Đăk Tô", "Chữ chưa lưu.", "1", "luu");
        fields.push(("alt", alt));
        fields
    };
    let province = Province::new(house.store.clone(), house.clock.clone());
    let dispatch = Dispatch::new(AppState::new(
        house.app.clone(),
        province,
        settings(false).unwrap(),
    ));
    let send = async |body: Vec<u8>| {
        let path = format!("{}{item}/anh", editor.base);
        let request = http::Request::post(&path)
            .header("host", DESK)
            .header("cookie", format!("sid={}", editor.session))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", format!("multipart/form-data; boundary={EDGE}"))
            .body(axum::body::Body::from(body))
            .unwrap();
        let response = dispatch.handle(request, None).await;
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes(),
        }
    };
    let nameless = send(multipart(&fields("cho.png"), "cho.png", &png)).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nameless.text().contains("Chữ chưa lưu.") && nameless.text().contains("href=\"#alt\""));
    let taken = send(multipart(
        &fields("Cán bộ phát tờ gấp ở chợ Đăk Tô"),
        "cho.png",
        &png,
    ))
    .await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text());
    let page = taken.text();
    assert!(page.contains("Chữ chưa lưu.") && page.contains("width=\"64\""));
    let media = page
        .split("name=\"picture\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let mut save = fields("Cán bộ phát tờ gấp ở chợ Đăk Tô");
    save.push(("picture", media));
    editor.done(&format!("{item}/sua"), &save, "luu").await;
    assert!(editor.get(&item).await.text().contains("Ảnh có lời mô tả"));
    // Another agency's file is no file here.
    save.retain(|(name, _)| *name != "based_on" && *name != "picture");
    save.extend([("based_on", "2"), ("picture", "01h00000000000000000000000")]);
    let strange = editor.post(&format!("{item}/sua"), &save).await;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY);
}
