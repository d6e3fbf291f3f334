//! Accounts on both databases: passwords, codes, sessions, one-time links, roles (IDN-01, 03; AUZ-02, 13, 14).

mod invitation;
mod last_administrator;
mod limits;
mod overtaken;
mod purge;
mod step_up;
mod trail;

use futures::future::join_all;
use pbgdpl_app::account::create::{self, NewAccount};
use pbgdpl_app::account::{
    By, Device, Visit, change_password, enrol, invite, second_factor, session, sign_in, sign_in_link,
    sign_out,
};
use pbgdpl_app::article::{Outcome, approve, create as write, submit};
use pbgdpl_app::member::{grant, revoke};
use pbgdpl_app::{App, Error};
use pbgdpl_model::article::{Content, Kind};
use pbgdpl_model::clock::{Clock, Moment};
use pbgdpl_model::id::AccountId;
use pbgdpl_model::policy::Role;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use totp_rs::{Builder, Secret};

const EMAIL: &str = "Huong.Tran@thu.example";
const PASSWORD: &str = "năm con voi qua suối";
const DESK: &str = "quantri.thu.example";

fn visit() -> Visit {
    Visit {
        device: Device::of_user_agent("Firefox Linux"),
        old_session: None,
        trace: None,
        client: None,
        request: "yeu-cau".into(),
    }
}

const BY: By<'static> = By::system("thử", "yeu-cau");

fn code(secret: &str, at: Moment) -> String {
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(secret).unwrap())
        .build()
        .unwrap();
    totp.generate(u64::try_from(at.millis() / 1000).unwrap())
        .to_string()
}

async fn somebody(app: &App, totp_secret: Option<String>) -> AccountId {
    let new = NewAccount {
        email: EMAIL.into(),
        display_name: "Trần Thị Hương".into(),
        password: PASSWORD.into(),
        totp_secret,
    };
    create::create(app, new).await.unwrap()
}

async fn ticket(app: &App) -> String {
    match sign_in::sign_in(app, EMAIL, PASSWORD, &visit()).await.unwrap() {
        sign_in::Outcome::CodeNeeded { ticket } => ticket,
        other => panic!("no code asked: {other:?}"),
    }
}

async fn signed_in(app: &App) -> session::Cookie {
    match sign_in::sign_in(app, " huong.tran@THU.example ", PASSWORD, &visit())
        .await
        .unwrap()
    {
        sign_in::Outcome::SignedIn(cookie) => cookie,
        other => panic!("not signed in: {other:?}"),
    }
}

#[tokio::test]
async fn of_64_equal_codes_sent_at_once_one_is_accepted() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let secret = create::totp_secret().unwrap();
        somebody(&house.app, Some(secret.clone())).await;
        let mut tickets = Vec::new();
        for _ in 0..64 {
            tickets.push(ticket(&house.app).await);
        }
        let code = code(&secret, house.clock.now());
        let here = visit();
        let tries = tickets
            .iter()
            .map(|ticket| second_factor::confirm(&house.app, ticket, &code, &here));
        let outcomes = join_all(tries).await;
        let accepted = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Ok(second_factor::Outcome::SignedIn(_))))
            .count();
        assert_eq!(accepted, 1, "{engine:?}: {outcomes:?}");
        assert!(outcomes.iter().all(Result::is_ok), "{engine:?}: {outcomes:?}");
    }
}

#[tokio::test]
async fn a_code_and_a_ticket_are_good_once_and_guesses_are_counted_over_tickets() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let secret = create::totp_secret().unwrap();
        somebody(&house.app, Some(secret.clone())).await;
        let now = code(&secret, house.clock.now());
        let first = ticket(&house.app).await;
        let confirm = async |ticket: &str, code: &str| {
            second_factor::confirm(&house.app, ticket, code, &visit())
                .await
                .unwrap()
        };
        assert!(matches!(
            confirm(&first, &now).await,
            second_factor::Outcome::SignedIn(_)
        ));
        assert!(
            matches!(confirm(&first, &now).await, second_factor::Outcome::Over),
            "the ticket was used"
        );
        house.clock.advance_seconds(1);
        let second = ticket(&house.app).await;
        assert!(
            matches!(
                confirm(&second, &now).await,
                second_factor::Outcome::Wrong { left: 4 }
            ),
            "the code was used"
        );
        for _ in 0..3 {
            let fresh = ticket(&house.app).await;
            assert!(matches!(
                confirm(&fresh, "000000").await,
                second_factor::Outcome::Wrong { .. }
            ));
        }
        assert!(matches!(
            confirm(&second, "000000").await,
            second_factor::Outcome::Over
        ));
        house.clock.advance_seconds(60);
        let next = code(&secret, house.clock.now());
        let fresh = ticket(&house.app).await;
        assert!(
            matches!(confirm(&fresh, &next).await, second_factor::Outcome::Over),
            "a new ticket brings no new tries"
        );
        house.clock.advance_seconds(15 * 60);
        let (fresh, next) = (ticket(&house.app).await, code(&secret, house.clock.now()));
        assert!(
            matches!(confirm(&fresh, &next).await, second_factor::Outcome::SignedIn(_)),
            "the door opens again"
        );
        let late = ticket(&house.app).await;
        house.clock.advance_seconds(sign_in::TICKET_LIFE);
        let next = code(&secret, house.clock.now());
        assert!(
            matches!(confirm(&late, &next).await, second_factor::Outcome::Over),
            "five minutes"
        );
    }
}

#[tokio::test]
async fn five_wrong_passwords_lock_and_an_unknown_address_answers_alike() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        somebody(&house.app, None).await;
        let attempt = async |email: &str, password: &str| {
            format!(
                "{:?}",
                sign_in::sign_in(&house.app, email, password, &visit())
                    .await
                    .unwrap()
            )
        };
        for n in 0..7 {
            let wrong = attempt(EMAIL, "sai sai sai sai sai").await;
            let unknown = attempt("khong.co@thu.example", "sai sai sai sai sai").await;
            assert_eq!(wrong, unknown, "{engine:?}");
            assert_eq!(
                wrong.starts_with("Locked"),
                n >= 5,
                "{engine:?}: try {n}: {wrong}"
            );
        }
        assert!(
            attempt(EMAIL, PASSWORD).await.starts_with("Locked"),
            "also for the right one"
        );
        house.clock.advance_seconds(15 * 60 + 1);
        assert!(attempt(EMAIL, PASSWORD).await.starts_with("SignedIn"));
        // Many at once: five are looked at.
        house.clock.advance_seconds(15 * 60 + 1);
        let guesses = (0..40).map(|n| {
            let guess = format!("đoán lần thứ {n} xem sao");
            let house = &house;
            async move {
                sign_in::sign_in(&house.app, EMAIL, &guess, &visit())
                    .await
                    .unwrap()
            }
        });
        let outcomes = join_all(guesses).await;
        let looked_at = outcomes
            .iter()
            .filter(|outcome| !matches!(outcome, sign_in::Outcome::Locked { .. }))
            .count();
        assert_eq!(looked_at, 5, "{engine:?}: {looked_at}");
    }
}

#[tokio::test]
async fn sessions_die_at_the_next_sign_in_at_sign_out_with_the_password_and_of_rest() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let account = somebody(&house.app, None).await;
        let alive = async |cookie: &str| session::resume(&house.app, cookie).await.unwrap().is_some();
        let first = signed_in(&house.app).await;
        assert!(
            alive(first.value()).await && !alive("").await && !alive(&format!("{}x", first.value())).await
        );
        let again = Visit {
            old_session: Some(first.value().to_owned()),
            ..visit()
        };
        let sign_in::Outcome::SignedIn(second) = sign_in::sign_in(&house.app, EMAIL, PASSWORD, &again)
            .await
            .unwrap()
        else {
            panic!("not signed in");
        };
        assert!(
            !alive(first.value()).await && alive(second.value()).await,
            "a new value at every sign-in"
        );
        let elsewhere = signed_in(&house.app).await;
        sign_out::sign_out(&house.app, second.value()).await.unwrap();
        assert!(!alive(second.value()).await && alive(elsewhere.value()).await);
        let here = signed_in(&house.app).await;
        let person = session::resume(&house.app, here.value()).await.unwrap().unwrap();
        let new = "sáu con trâu xuống ruộng";
        let wrong = change_password::change_password(&house.app, &person, "x", new, &visit())
            .await
            .unwrap();
        assert!(matches!(wrong, change_password::Outcome::Wrong { .. }));
        let short = change_password::change_password(&house.app, &person, PASSWORD, "ngắn", &visit())
            .await
            .unwrap();
        assert!(matches!(short, change_password::Outcome::Unfit(_)));
        let changed = change_password::change_password(&house.app, &person, PASSWORD, new, &visit())
            .await
            .unwrap();
        let change_password::Outcome::Changed(fresh) = changed else {
            panic!("{changed:?}")
        };
        assert!(!alive(elsewhere.value()).await && !alive(here.value()).await && alive(fresh.value()).await);
        house.clock.advance_seconds(14 * 60);
        assert!(alive(fresh.value()).await, "use keeps it alive");
        house.clock.advance_seconds(14 * 60);
        assert!(alive(fresh.value()).await);
        house.clock.advance_seconds(15 * 60);
        assert!(!alive(fresh.value()).await, "rest ends it");
        let refused = sign_in::sign_in(&house.app, EMAIL, PASSWORD, &visit())
            .await
            .unwrap();
        assert!(
            matches!(refused, sign_in::Outcome::Refused { .. }),
            "the old password is gone"
        );
        let sign_in::Outcome::SignedIn(last) =
            sign_in::sign_in(&house.app, EMAIL, new, &visit()).await.unwrap()
        else {
            panic!("not signed in");
        };
        for _ in 0..(12 * 6) {
            house.clock.advance_seconds(600);
            let before_the_end =
                house.clock.now() < person.session.created_at.plus_seconds(session::ABSOLUTE);
            if before_the_end {
                assert!(alive(last.value()).await);
            }
        }
        assert!(!alive(last.value()).await, "twelve hours, whatever happens");
        let left = signed_in_with(&house.app, new).await;
        let mut identity = house.store.identity().await.unwrap();
        identity
            .grant(
                account,
                house.a.id().into(),
                Role::AgencyAdmin,
                account,
                house.clock.now(),
            )
            .await
            .unwrap();
        identity.save().await.unwrap();
        house.clock.advance_seconds(5 * 60);
        assert!(!alive(left.value()).await, "administrators rest shorter");
        let living = signed_in_with(&house.app, new).await;
        assert!(invite::disable(&house.app, BY, EMAIL).await.unwrap());
        assert!(!alive(living.value()).await);
        let disabled = sign_in::sign_in(&house.app, EMAIL, new, &visit()).await.unwrap();
        assert!(matches!(disabled, sign_in::Outcome::Refused { .. }));
    }
}

async fn signed_in_with(app: &App, password: &str) -> session::Cookie {
    match sign_in::sign_in(app, EMAIL, password, &visit()).await.unwrap() {
        sign_in::Outcome::SignedIn(cookie) => cookie,
        other => panic!("not signed in: {other:?}"),
    }
}

#[tokio::test]
async fn a_factor_is_on_after_its_first_code_and_asked_ever_after() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        somebody(&house.app, None).await;
        let cookie = signed_in(&house.app).await;
        let elsewhere = signed_in(&house.app).await;
        let person = session::resume(&house.app, cookie.value())
            .await
            .unwrap()
            .unwrap();
        let begun = enrol::begin(&house.app, &person, &visit())
            .await
            .unwrap()
            .unwrap();
        let again = enrol::begin(&house.app, &person, &visit())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(begun, again, "the picture stays the same until it is confirmed");
        let wrong = enrol::confirm(&house.app, &person, "000000", &visit())
            .await
            .unwrap();
        assert!(matches!(wrong, enrol::Outcome::Wrong { left: 4 }));
        let now = code(&begun.secret, house.clock.now());
        let on = enrol::confirm(&house.app, &person, &now, &visit()).await.unwrap();
        let enrol::Outcome::On(fresh) = on else {
            panic!("{on:?}")
        };
        let person = session::resume(&house.app, fresh.value()).await.unwrap().unwrap();
        assert!(person.session.second_factor_at.is_some());
        for old in [cookie, elsewhere] {
            assert!(session::resume(&house.app, old.value()).await.unwrap().is_none());
        }
        assert!(
            enrol::begin(&house.app, &person, &visit())
                .await
                .unwrap()
                .is_none(),
            "not a second time"
        );
        let next = ticket(&house.app).await;
        let used = second_factor::confirm(&house.app, &next, &now, &visit())
            .await
            .unwrap();
        assert!(
            matches!(used, second_factor::Outcome::Wrong { .. }),
            "its first code is used"
        );
    }
}

#[tokio::test]
async fn links_work_once_and_for_what_they_were_made() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let invited = invite::invite(&house.app, BY, "lan@thu.example", "Y Lan")
            .await
            .unwrap();
        assert!(
            sign_in_link::follow(&house.app, &invited.link, &visit())
                .await
                .unwrap()
                .is_none(),
            "not a way in by itself"
        );
        let weak = sign_in_link::accept(&house.app, &invited.link, ("", "ngắn"), &visit()).await;
        assert!(matches!(weak, Err(Error::Invalid { field: "new", .. })));
        let again = invite::invite(&house.app, BY, "lan@thu.example", "Y Lan")
            .await
            .unwrap();
        assert_eq!(again.account, invited.account, "a lost letter is sent again");
        let cookie = sign_in_link::accept(&house.app, &again.link, ("", PASSWORD), &visit())
            .await
            .unwrap()
            .unwrap();
        let person = session::resume(&house.app, cookie.value())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (person.session.account, person.session.second_factor_at),
            (invited.account, None)
        );
        assert!(
            sign_in_link::accept(&house.app, &again.link, ("", PASSWORD), &visit())
                .await
                .unwrap()
                .is_none()
        );
        let taken = invite::invite(&house.app, BY, "LAN@thu.example", "Ai khác").await;
        assert!(
            matches!(taken, Err(Error::Invalid { field: "email", .. })),
            "{taken:?}"
        );
        let demo = sign_in_link::mint_for_demo(&house.app, invited.account)
            .await
            .unwrap();
        let here = visit();
        let both = join_all((0..8).map(|_| sign_in_link::follow(&house.app, &demo, &here))).await;
        let ways_in: Vec<_> = both.into_iter().filter_map(Result::unwrap).collect();
        assert_eq!(ways_in.len(), 1, "{engine:?}");
        let person = session::resume(&house.app, ways_in[0].value())
            .await
            .unwrap()
            .unwrap();
        assert!(person.session.second_factor_at.is_some());
    }
}

#[tokio::test]
async fn a_new_device_is_told_once() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let account = somebody(&house.app, None).await;
        signed_in(&house.app).await;
        signed_in(&house.app).await;
        let told = house
            .store
            .machinery()
            .lease(house.clock.now(), 60, 50)
            .await
            .unwrap();
        let subjects: Vec<_> = told
            .iter()
            .filter(|h| h.kind == "new-device")
            .map(|h| h.subject.as_str())
            .collect();
        let expected = format!(
            "{account}:{}",
            Device::of_user_agent("Firefox Linux").hash_for(account)
        );
        assert_eq!(subjects, [expected], "{engine:?}");
    }
}

#[tokio::test]
async fn idn_03_who_publishes_without_a_second_factor_is_refused() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
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
        let without = house
            .ctx_without_second_factor(&house.a, &house.in_a.approver)
            .await
            .unwrap();
        let refused = approve::approve(&house.app, &without, article, 1, "").await;
        assert!(
            matches!(refused, Err(Error::Denied(_))),
            "{engine:?}: {refused:?}"
        );
        let with = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        approve::approve(&house.app, &with, article, 1, "").await.unwrap();
    }
}

#[tokio::test]
async fn auz_02_roles_are_given_by_who_may_and_auz_14_the_last_administrator_stays() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        let email = house.in_b.editor.email.clone();
        let granted = grant::grant(&house.app, &admin, &email, Role::Editor)
            .await
            .unwrap();
        assert!(!granted.writes_and_approves);
        assert!(
            grant::grant(&house.app, &admin, &email, Role::Approver)
                .await
                .unwrap()
                .writes_and_approves
        );
        for role in [Role::ProvinceAdmin, Role::ProvinceReporter, Role::Auditor] {
            let refused = grant::grant(&house.app, &admin, &email, role).await;
            assert!(
                matches!(refused, Err(Error::Invalid { field: "role", .. })),
                "{refused:?}"
            );
        }
        let nobody = grant::grant(&house.app, &admin, "khong.co@thu", Role::Editor).await;
        assert!(matches!(nobody, Err(Error::Invalid { field: "email", .. })));
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        assert!(matches!(
            grant::grant(&house.app, &editor, &email, Role::Editor).await,
            Err(Error::Denied(_))
        ));
        let without = house
            .ctx_without_second_factor(&house.a, &house.in_a.admin)
            .await
            .unwrap();
        assert!(matches!(
            grant::grant(&house.app, &without, &email, Role::Editor).await,
            Err(Error::Denied(_))
        ));
        let own = house.in_a.admin.account;
        let last = revoke::revoke(&house.app, &admin, own, Role::AgencyAdmin)
            .await
            .unwrap();
        assert_eq!(last, revoke::Outcome::LastAdministrator);
        let other = house.in_b.editor.account;
        let not_held = revoke::revoke(&house.app, &admin, other, Role::Reporter).await;
        assert!(matches!(not_held, Err(Error::NotFound)));
        // Two administrators who remove each other at once: one stays.
        grant::grant(&house.app, &admin, &email, Role::AgencyAdmin)
            .await
            .unwrap();
        let second = house.ctx(&house.a, &house.in_b.editor).await.unwrap();
        let (one, two) = tokio::join!(
            revoke::revoke(&house.app, &admin, other, Role::AgencyAdmin),
            revoke::revoke(&house.app, &second, own, Role::AgencyAdmin),
        );
        let done = [&one, &two]
            .into_iter()
            .filter(|o| matches!(o, Ok(revoke::Outcome::Done)))
            .count();
        assert_eq!(done, 1, "{engine:?}: {one:?} {two:?}");
        let left = house
            .store
            .read()
            .tenant(&house.a)
            .await
            .unwrap()
            .members()
            .await
            .unwrap();
        assert_eq!(left.iter().filter(|m| m.role == Role::AgencyAdmin).count(), 1);
    }
}

#[tokio::test]
async fn through_the_pages_a_person_signs_in_works_and_is_gone() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let secret = create::totp_secret().unwrap();
        let account = somebody(&house.app, Some(secret.clone())).await;
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
        let web = Web::of(&house, true).unwrap();
        let form = web.ask(&Ask::get(DESK, "/dang-nhap")).await.unwrap();
        assert_eq!(form.status, 200, "{}", form.text());
        let wrong = web
            .ask(&Ask::post(
                DESK,
                "/dang-nhap",
                &[("email", EMAIL), ("password", "sai")],
            ))
            .await
            .unwrap();
        let unknown = web
            .ask(&Ask::post(
                DESK,
                "/dang-nhap",
                &[("email", "x@y.example"), ("password", "sai")],
            ))
            .await
            .unwrap();
        assert_eq!(wrong.status, 422);
        assert_eq!(
            wrong.masked().replace(EMAIL, "x@y.example"),
            unknown.masked(),
            "one answer for both"
        );
        let fields = [
            ("email", EMAIL),
            ("password", PASSWORD),
            ("next", "//evil.example"),
        ];
        let half = web.ask(&Ask::post(DESK, "/dang-nhap", &fields)).await.unwrap();
        assert_eq!(
            (half.status.as_u16(), half.header("location")),
            (303, "/dang-nhap/ma?next=%2Fquan-tri")
        );
        let step = half.header("set-cookie").to_owned();
        assert!(
            step.starts_with("__Host-lc=")
                && step.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=300"),
            "{step}"
        );
        let step = step.split(';').next().unwrap().to_owned();
        let asked = web
            .ask(&Ask::get(DESK, "/dang-nhap/ma").with("cookie", &step))
            .await
            .unwrap();
        assert!(asked.status == 200 && asked.text().contains(EMAIL));
        let right = code(&secret, house.clock.now());
        let sent = Ask::post(DESK, "/dang-nhap/ma", &[("code", &right)]).with("cookie", &step);
        let through = web.ask(&sent).await.unwrap();
        assert_eq!(
            (through.status.as_u16(), through.header("location")),
            (303, "/quan-tri"),
            "{}",
            through.text()
        );
        let cookie = through.header("set-cookie").to_owned();
        assert!(
            cookie.starts_with("__Host-sid=") && cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax"),
            "{cookie}"
        );
        let session = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
        assert_eq!(session.len(), 43);
        let place = web
            .ask(&Ask::get(DESK, "/quan-tri").signed_in(&session))
            .await
            .unwrap();
        assert_eq!(
            place.header("location"),
            "/quan-tri/so-a",
            "one place only: straight on"
        );
        for path in [
            "/quan-tri/so-a",
            "/quan-tri/so-a/gan",
            "/tai-khoan",
            "/tai-khoan/mat-khau",
        ] {
            let page = web.ask(&Ask::get(DESK, path).signed_in(&session)).await.unwrap();
            assert_eq!(page.status, 200, "{path}: {}", page.text());
            assert!(page.header("cache-control").contains("no-store"), "{path}");
        }
        assert_eq!(
            web.ask(&Ask::get(DESK, "/quan-tri/so-a/thanh-vien").signed_in(&session))
                .await
                .unwrap()
                .status,
            403
        );
        assert_eq!(
            web.ask(&Ask::get(DESK, "/quan-tri/huyen-b").signed_in(&session))
                .await
                .unwrap()
                .status,
            404
        );
        let out = web
            .ask(&Ask::post(DESK, "/dang-xuat", &[]).signed_in(&session))
            .await
            .unwrap();
        assert_eq!(
            out.header("clear-site-data"),
            "\"cache\", \"cookies\", \"storage\""
        );
        let after = web
            .ask(&Ask::get(DESK, "/quan-tri/so-a").signed_in(&session))
            .await
            .unwrap();
        assert!(after.status == 303 && after.header("location").starts_with("/dang-nhap"));
    }
}

#[tokio::test]
async fn an_administrator_gives_roles_settings_and_a_snippet() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, false).unwrap();
        let session = house.session(&house.in_a.admin).await.unwrap();
        let ask = async |ask: Ask| web.ask(&ask.signed_in(&session)).await.unwrap();
        let email = house.in_b.editor.email.as_str();
        let people = "/quan-tri/so-a/thanh-vien";
        let given = ask(Ask::post(DESK, people, &[("email", email), ("role", "editor")])).await;
        assert_eq!(given.header("location"), "/quan-tri/so-a/thanh-vien?xong=giao");
        let shown = ask(Ask::get(DESK, "/quan-tri/so-a/thanh-vien?xong=giao")).await;
        assert!(shown.text().contains(email) && shown.text().contains("Đã giao vai trò"));
        for (form, words) in [
            (
                [("email", "ai@do"), ("role", "editor")],
                "hông phải địa chỉ thư điện tử",
            ),
            (
                [("email", email), ("role", "province-admin")],
                "không thuộc quyền",
            ),
            ([("email", email), ("role", "")], "chưa chọn"),
        ] {
            let refused = ask(Ask::post(DESK, people, &form)).await;
            assert!(
                refused.status == 422 && refused.text().contains(words),
                "{words}: {}",
                refused.text()
            );
        }
        let own = house.in_a.admin.account.to_string();
        let last = [("account", own.as_str()), ("role", "agency-admin")];
        let kept = ask(Ask::post(DESK, "/quan-tri/so-a/thanh-vien/thoi", &last)).await;
        assert!(kept.status == 409 && kept.text().contains("quản trị cuối cùng"));
        let facts = [
            ("responsible", "Nguyễn Văn A, Phó Giám đốc"),
            ("phone", "0260 3862 345"),
        ];
        let saved = ask(Ask::post(DESK, "/quan-tri/so-a/thiet-lap", &facts)).await;
        assert_eq!(
            saved.header("location"),
            "/quan-tri/so-a/thiet-lap?xong=luu",
            "{}",
            saved.text()
        );
        let form = ask(Ask::get(DESK, "/quan-tri/so-a/thiet-lap")).await;
        assert!(form.text().contains("Nguyễn Văn A"));
        let wrong = ask(Ask::post(
            DESK,
            "/quan-tri/so-a/thiet-lap",
            &[("website", "javascript:alert(1)")],
        ))
        .await;
        assert!(
            wrong.status == 422 && wrong.text().contains("javascript:alert(1)"),
            "what was typed is kept"
        );
        let site = [
            ("site", "Cổng của Sở"),
            ("origins", "https://SO-A.example/trang\nhttp://localhost:81"),
        ];
        let added = ask(Ask::post(DESK, "/quan-tri/so-a/gan", &site)).await;
        let page = added.header("location").to_owned();
        assert!(
            page.starts_with("/quan-tri/so-a/gan/") && page.ends_with("?xong=them"),
            "{}",
            added.text()
        );
        let snippet = ask(Ask::get(DESK, &page)).await.text();
        let key = snippet.split("/k/").nth(1).unwrap().get(..26).unwrap().to_owned();
        assert!(snippet.contains("https://so-a.example\nhttp://localhost:81"));
        let found = house.store.registry().now().by_key(&key);
        let found = if found.is_some() {
            found
        } else {
            house.store.machinery().poll_registry().await.unwrap();
            house.store.registry().now().by_key(&key)
        };
        assert_eq!(
            found.unwrap().origins,
            ["https://so-a.example", "http://localhost:81"]
        );
        let bad = ask(Ask::post(
            DESK,
            "/quan-tri/so-a/gan",
            &[("site", "x"), ("origins", "http://x.example")],
        ))
        .await;
        assert!(bad.status == 422 && bad.text().contains("không dùng https"));
        let closed = [
            ("site", "Cổng của Sở"),
            ("origins", "https://so-a.example"),
            ("open", "0"),
        ];
        let path = page.split('?').next().unwrap();
        assert_eq!(ask(Ask::post(DESK, path, &closed)).await.status, 303);
        house.store.machinery().poll_registry().await.unwrap();
        assert!(!house.store.registry().now().by_key(&key).unwrap().open);
        let foreign = path.replace("so-a", "huyen-b");
        assert_eq!(ask(Ask::get(DESK, &foreign)).await.status, 404);
    }
}
