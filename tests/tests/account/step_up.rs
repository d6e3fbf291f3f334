//! Step-up (SECURITY 5.3): a second factor counts for ten minutes; then the act asks for it again and keeps what was typed.

use pbgdpl_app::account::{create, second_factor, session, sign_in_link};
use pbgdpl_app::article::{Outcome, create as write, submit};
use pbgdpl_model::article::{Content, Kind};
use pbgdpl_model::clock::Clock;
use pbgdpl_model::policy::Role;
use pbgdpl_testkit::house::{BOTH, House, PROVINCE, Someone};
use pbgdpl_testkit::web::{Answer, Ask, Web, settings};
use pbgdpl_web::routes::all;

use super::{DESK, code, somebody, ticket, visit};

const PROFILE: &str = "/quan-tri/so-a/thiet-lap";
const FACTS: [(&str, &str); 3] = [
    ("responsible", "Nguyễn Văn A, Phó Giám đốc"),
    ("phone", "0260 3862 345"),
    // No field of this form: it must be kept as well as any.
    ("ghi-chu", "\"một\" & <hai>\r\nba"),
];

/// Somebody with a second factor, signed in with it: the secret and the session.
async fn staff(house: &House, role: Role) -> (String, String) {
    let secret = create::totp_secret().unwrap();
    let account = somebody(&house.app, Some(secret.clone())).await;
    let place = if role.of_province() {
        PROVINCE.into()
    } else {
        house.a.id().into()
    };
    let mut identity = house.store.identity().await.unwrap();
    identity
        .grant(account, place, role, account, house.clock.now())
        .await
        .unwrap();
    identity.save().await.unwrap();
    let code = code(&secret, house.clock.now());
    let signed_in = second_factor::confirm(&house.app, &ticket(&house.app).await, &code, &visit())
        .await
        .unwrap();
    match signed_in {
        second_factor::Outcome::SignedIn(cookie) => (secret, cookie.value().to_owned()),
        other => panic!("not signed in: {other:?}"),
    }
}

/// Works on until the second factor is stale.
async fn work_on(house: &House, web: &Web, session: &str) {
    for _ in 0..3 {
        house.clock.advance_seconds(200);
        let alive = Ask::get(DESK, "/tai-khoan").signed_in(session);
        assert_eq!(web.ask(&alive).await.unwrap().status, 200);
    }
}

fn new_session(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-sid=") && cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    cookie.split(['=', ';']).nth(1).unwrap().to_owned()
}

/// Where the page's form goes, and what it sends along.
fn form_of(page: &Answer) -> (String, Vec<(String, String)>) {
    let html = scraper::Html::parse_document(&page.text());
    let select = |css: &str| scraper::Selector::parse(css).unwrap();
    let form = html.select(&select("form.code")).next().unwrap();
    let hidden = form
        .select(&select("input[type=hidden]"))
        .map(|input| {
            let of = |name| input.attr(name).unwrap_or_default().to_owned();
            (
                of("name"),
                of("value").replace("\r\n", "\n").replace('\n', "\r\n"),
            )
        })
        .collect();
    (form.attr("action").unwrap().to_owned(), hidden)
}

fn with_code<'a>(fields: &'a [(String, String)], code: &'a str) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    kept.chain([("ma-xac-nhan-lai", code)]).collect()
}

#[tokio::test]
async fn a_stale_factor_is_asked_again_and_what_was_typed_is_sent_on() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let (secret, session) = staff(&house, Role::AgencyAdmin).await;
        let ask = async |ask: Ask| web.ask(&ask).await.unwrap();
        let fresh = ask(Ask::post(DESK, PROFILE, &FACTS[..2]).signed_in(&session)).await;
        assert_eq!(fresh.status, 303, "{}", fresh.text());
        work_on(&house, &web, &session).await;
        let mut facts = FACTS;
        facts[0].1 = "Nguyễn Văn B, Trưởng phòng";
        let refused = ask(Ask::post(DESK, PROFILE, &facts).signed_in(&session)).await;
        assert_eq!(
            (refused.status.as_u16(), refused.header("x-refusal")),
            (403, "agency-settings/second-factor"),
            "{engine:?}"
        );
        assert_eq!(refused.header("set-cookie"), "");
        let (action, kept) = form_of(&refused);
        let typed: Vec<_> = kept.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(typed, facts, "{engine:?}: everything typed is kept");
        assert_eq!(action, "/xac-nhan-lai?next=%2Fquan-tri%2Fso-a%2Fthiet-lap&gui=1");
        let form = ask(Ask::get(DESK, PROFILE).signed_in(&session)).await;
        assert!(
            form.status == 200 && !form.text().contains("Trưởng phòng"),
            "nothing was saved"
        );

        let wrong = ask(Ask::post(DESK, &action, &with_code(&kept, "000000")).signed_in(&session)).await;
        assert!(
            wrong.status == 422 && wrong.text().contains("Còn 4 lần thử"),
            "{}",
            wrong.text()
        );
        assert_eq!(form_of(&wrong), (action.clone(), kept.clone()), "{engine:?}");

        let right = code(&secret, house.clock.now());
        let sent = with_code(&kept, &right);
        let shown = ask(Ask::post(DESK, &action, &sent).signed_in(&session)).await;
        assert_eq!(
            (shown.status.as_u16(), shown.header("location")),
            (307, PROFILE),
            "{}",
            shown.text()
        );
        let renewed = new_session(&shown);
        let old = ask(Ask::get(DESK, "/tai-khoan").signed_in(&session)).await;
        assert!(
            old.header("location").starts_with("/dang-nhap"),
            "{engine:?}: the old value is dead"
        );
        let saved = ask(Ask::post(DESK, PROFILE, &sent).signed_in(&renewed)).await;
        assert_eq!(
            saved.header("location"),
            "/quan-tri/so-a/thiet-lap?xong=luu",
            "{}",
            saved.text()
        );
        let form = ask(Ask::get(DESK, PROFILE).signed_in(&renewed)).await;
        assert!(form.text().contains("Trưởng phòng"));

        // A code is good once, here too.
        house.clock.advance_seconds(1);
        let replayed = ask(Ask::post(DESK, &action, &sent).signed_in(&renewed)).await;
        assert!(
            replayed.status == 422 && replayed.text().contains("đã dùng rồi"),
            "{}",
            replayed.text()
        );
        for _ in 0..4 {
            ask(Ask::post(DESK, &action, &with_code(&kept, "000000")).signed_in(&renewed)).await;
        }
        let locked = ask(Ask::post(DESK, &action, &with_code(&kept, "000000")).signed_in(&renewed)).await;
        assert_eq!(locked.status, 429, "{engine:?}");
        assert!(locked.text().contains("Thử lại sau") && !locked.header("retry-after").is_empty());
        assert_eq!(form_of(&locked).1, kept);
    }
}

#[tokio::test]
async fn a_page_that_needs_a_fresh_factor_asks_and_comes_back() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let (secret, session) = staff(&house, Role::Auditor).await;
        let page = "/giam-sat/nhat-ky?co-quan=so-a";
        let ask = async |ask: Ask| web.ask(&ask).await.unwrap();
        assert_eq!(ask(Ask::get(DESK, page).signed_in(&session)).await.status, 200);
        work_on(&house, &web, &session).await;
        let refused = ask(Ask::get(DESK, page).signed_in(&session)).await;
        assert_eq!(
            (refused.status.as_u16(), refused.header("x-refusal")),
            (403, "evidence-read/second-factor"),
            "{engine:?}"
        );
        let (action, kept) = form_of(&refused);
        assert!(kept.is_empty(), "{kept:?}");
        let right = code(&secret, house.clock.now());
        let shown = ask(Ask::post(DESK, &action, &with_code(&kept, &right)).signed_in(&session)).await;
        assert_eq!((shown.status.as_u16(), shown.header("location")), (303, page));
        let renewed = new_session(&shown);
        assert_eq!(ask(Ask::get(DESK, page).signed_in(&renewed)).await.status, 200);
        let away = Ask::post(
            DESK,
            "/xac-nhan-lai?next=//x.vn&gui=1",
            &[("ma-xac-nhan-lai", "000000")],
        );
        let away = ask(away.signed_in(&renewed)).await;
        assert!(
            form_of(&away).0.contains("next=%2Fquan-tri&"),
            "a link cannot lead away"
        );
    }
}

#[tokio::test]
async fn buttons_stay_for_whoever_may_after_a_step_up() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let content = Content {
            title: "Đất chưa có sổ".into(),
            summary: "Ba bước.".into(),
            body: "Nội dung.".into(),
            ..Content::default()
        };
        let Outcome::Done(article) = write::create(&house.app, &editor, Kind::Tin, content)
            .await
            .unwrap()
        else {
            panic!("not written");
        };
        submit::submit(&house.app, &editor, article).await.unwrap();
        let (_, session) = staff(&house, Role::Approver).await;
        let page = format!("/quan-tri/so-a/bai/{article}");
        let offered = async || {
            let answer = web.ask(&Ask::get(DESK, &page).signed_in(&session)).await.unwrap();
            answer.text().contains("/cong-bo\"")
        };
        assert!(offered().await, "{engine:?}");
        work_on(&house, &web, &session).await;
        assert!(offered().await, "{engine:?}: asked again, not hidden");
    }
}

#[tokio::test]
async fn a_session_of_the_demos_link_counts_for_its_whole_life_in_the_demo_only() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let demo = Web::with(
            house.app.clone(),
            &house.clock,
            pbgdpl_web::WebSettings {
                demo: true,
                ..settings(true).unwrap()
            },
            &all(),
        );
        let province = Web::of(&house, true).unwrap();
        let link = sign_in_link::mint_for_demo(&house.app, house.in_a.admin.account)
            .await
            .unwrap();
        let cookie = sign_in_link::follow(&house.app, &link, &visit())
            .await
            .unwrap()
            .unwrap();
        work_on(&house, &demo, cookie.value()).await;
        let post = Ask::post(DESK, PROFILE, &FACTS[..2]).signed_in(cookie.value());
        assert_eq!(province.ask(&post).await.unwrap().status, 403, "{engine:?}");
        assert_eq!(demo.ask(&post).await.unwrap().status, 303, "{engine:?}");
    }
}

#[tokio::test]
async fn a_change_of_roles_brings_a_new_value_and_the_old_one_ends() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let Someone { account, .. } = house.in_a.reporter;
        let session = house.session(&house.in_a.reporter).await.unwrap();
        let page = Ask::get(DESK, "/tai-khoan");
        let first = web.ask(&page.clone().signed_in(&session)).await.unwrap();
        assert_eq!(first.header("set-cookie"), "", "{engine:?}");
        let mut identity = house.store.identity().await.unwrap();
        identity
            .grant(
                account,
                house.a.id().into(),
                Role::Editor,
                account,
                house.clock.now(),
            )
            .await
            .unwrap();
        identity.save().await.unwrap();
        let before = session::resume(&house.app, &session)
            .await
            .unwrap()
            .unwrap()
            .session;
        let second = web.ask(&page.clone().signed_in(&session)).await.unwrap();
        let renewed = new_session(&second);
        let after = session::resume(&house.app, &renewed)
            .await
            .unwrap()
            .unwrap()
            .session;
        assert_eq!(
            (after.ends_at, after.second_factor_at),
            (before.ends_at, before.second_factor_at),
            "{engine:?}: it lives no longer for that"
        );
        // A request under way with the old value is answered, and brings no third value.
        let late = web.ask(&page.clone().signed_in(&session)).await.unwrap();
        assert_eq!((late.status.as_u16(), late.header("set-cookie")), (200, ""));
        house.clock.advance_seconds(30);
        let dead = web.ask(&page.clone().signed_in(&session)).await.unwrap();
        assert!(dead.header("location").starts_with("/dang-nhap"), "{engine:?}");
        let alive = web.ask(&page.signed_in(&renewed)).await.unwrap();
        assert_eq!((alive.status.as_u16(), alive.header("set-cookie")), (200, ""));
    }
}
