//! AUD-07: seeded patterns alarm, and only these; each threshold one below and at the limit; answered by somebody it is not about.

use pbgdpl_app::account::create::{NewAccount, create};
use pbgdpl_app::account::{Device, Visit};
use pbgdpl_app::account::{denied, sign_in};
use pbgdpl_app::member::{grant, revoke};
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::alarm::Alarm;
use pbgdpl_model::id::AccountId;
use pbgdpl_model::manifest::AlarmsFile;
use pbgdpl_model::policy::{Action, Role};
use pbgdpl_province::alarm::Seen;
use pbgdpl_province::alarm::answer::answer;
use pbgdpl_province::alarm::list::{list, one};
use pbgdpl_province::alarm::watch::watch;
use pbgdpl_province::oversight::Which;
use pbgdpl_province::oversight::export::{Asked, Format, begin};
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, PROVINCE, Someone};

use super::*;

const HOUR: i64 = 3600;

/// The house with the rules of Kon Tum, on a Tuesday at eight in the morning.
async fn watched(engine: Engine) -> House {
    let house = House::on(engine).await.unwrap();
    furnish::forms(&house).await.unwrap();
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tenants/kon-tum/alarms.toml"
    ));
    let rules: AlarmsFile = toml::from_str(&text.unwrap()).unwrap();
    let system = system(&house);
    let mut store = house
        .store
        .province(&system.warrant::<ManifestApply>().unwrap())
        .await
        .unwrap();
    let body = serde_json::to_string(&rules).unwrap();
    store
        .put_catalogue("alarms", "alarms", &body, system.now())
        .await
        .unwrap();
    store.save().await.unwrap();
    house.clock.set(at("2021-01-12 08:00"));
    house
}

fn at(text: &str) -> Moment {
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    Moment::from(local.and_utc()).plus_seconds(-7 * HOUR)
}

fn system(house: &House) -> ProvinceCtx {
    ProvinceCtx::of_system(
        house.store.registry().now(),
        "watch",
        house.province.now(),
        RequestId::new("watch".into()),
    )
}

/// Looks once, as somebody who never looked; how many alarms are new.
async fn looked(house: &House) -> usize {
    looked_again(house, &mut Seen::default()).await
}

/// Looks once more; how many alarms are new.
async fn looked_again(house: &House, seen: &mut Seen) -> usize {
    watch(&house.province, &system(house), seen).await.unwrap().len()
}

async fn alarms(house: &House) -> Vec<Alarm> {
    let auditor = house.province_ctx(&house.auditor).await.unwrap();
    list(&house.province, &auditor, 1).await.unwrap().alarms
}

/// Somebody opens the log of A, so many times, a minute after each other.
async fn reads(house: &House, who: &Someone, times: i64) {
    for _ in 0..times {
        let reader = house.province_ctx(who).await.unwrap();
        let filter = AuditFilter::default();
        audit_log::of_agency(&house.province, &reader, house.a.id(), &filter, 1)
            .await
            .unwrap();
        house.clock.advance_seconds(60);
    }
}

async fn refused(house: &House, who: &Someone, times: u32) {
    denied::record(&house.app, who.account, times).await.unwrap();
}

async fn approves(house: &House, times: usize) {
    for at in 0..times {
        furnish::item(house, &house.a, &house.in_a, &format!("bài {at}"))
            .await
            .unwrap();
    }
}

async fn gives(house: &House, role: Role) {
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    grant::grant(&house.app, &admin, &house.in_b.editor.email, role)
        .await
        .unwrap();
}

async fn takes(house: &House, role: Role) {
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    let done = revoke::revoke(&house.app, &admin, house.in_b.editor.account, role).await;
    done.unwrap();
}

fn visit(browser: &str) -> Visit {
    Visit {
        device: Device::of_user_agent(browser),
        old_session: None,
        trace: None,
        client: None,
        request: "thử".into(),
    }
}

/// Somebody with a password who audits.
async fn auditor_with_password(house: &House, name: &str) -> Someone {
    let email = format!("{name}@thu.example");
    let new = NewAccount {
        email: email.clone(),
        display_name: name.to_owned(),
        password: PASSWORD.into(),
        totp_secret: None,
    };
    let account = create(&house.app, new).await.unwrap();
    let mut identity = house.store.identity().await.unwrap();
    let now = house.clock.now();
    identity
        .grant(
            account,
            PROVINCE.into(),
            Role::Auditor,
            house.officer.account,
            now,
        )
        .await
        .unwrap();
    identity.save().await.unwrap();
    Someone {
        account,
        name: name.to_owned(),
        email,
    }
}

const PASSWORD: &str = "sáu con trâu xuống ruộng";

async fn signs_in(house: &House, who: &Someone, browser: &str) {
    let outcome = sign_in::sign_in(&house.app, &who.email, PASSWORD, &visit(browser)).await;
    assert!(matches!(outcome.unwrap(), sign_in::Outcome::SignedIn(_)));
}

/// Five wrong passwords: the door closes.
async fn locked_out(house: &House, who: &Someone) {
    for _ in 0..5 {
        sign_in::sign_in(
            &house.app,
            &who.email,
            "sai mật khẩu rồi",
            &visit("Firefox Windows"),
        )
        .await
        .unwrap();
    }
    house.clock.advance_seconds(20 * 60);
}

async fn exports(house: &House, who: &Someone, which: Which) {
    let reader = house.province_ctx(who).await.unwrap();
    let day = house.clock_day();
    let asked = Asked {
        which,
        from: day,
        to: day,
    };
    begin(&house.province, &reader, asked, Format::Csv).await.unwrap();
}

/// All logs at once are as many as they are: a night needs no twenty presses of a button.
#[tokio::test]
async fn aud_07_logs_that_are_taken_out_together_count_each() {
    for engine in BOTH {
        let house = watched(engine).await;
        house.clock.set(at("2021-01-12 22:30"));
        looked(&house).await;
        // Two agencies, the province, the accounts: four logs each time, twenty at the fifth.
        for _ in 0..4 {
            exports(&house, &house.auditor, Which::All).await;
            house.clock.advance_seconds(60);
        }
        assert_eq!(looked(&house).await, 0, "{engine:?}: sixteen");
        exports(&house, &house.auditor, Which::All).await;
        assert_eq!(looked(&house).await, 1, "{engine:?}: twenty");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn aud_07_two_ordinary_days_raise_nothing_and_each_seeded_pattern_raises_one() {
    // Whoever looks for the first time each time, and whoever remembers how far they looked, see the same.
    for (engine, remembers) in [(BOTH[0], false), (BOTH[0], true), (BOTH[1], true)] {
        let house = watched(engine).await;
        let mut seen = Seen::default();
        let mut looked = async |house: &House| {
            if !remembers {
                seen = Seen::default();
            }
            looked_again(house, &mut seen).await
        };
        let first = auditor_with_password(&house, "an").await;
        let second = auditor_with_password(&house, "binh").await;
        looked(&house).await;

        // Two days as they are, each habit one short of its limit.
        approves(&house, 14).await;
        reads(&house, &house.auditor, 60).await;
        refused(&house, &house.in_a.reporter, 19).await;
        gives(&house, Role::Reporter).await;
        house.clock.advance_seconds(HOUR + 1);
        takes(&house, Role::Reporter).await;
        gives(&house, Role::Editor).await;
        locked_out(&house, &first).await;
        locked_out(&house, &first).await;
        signs_in(&house, &second, "Chrome Android").await;
        house.clock.advance_seconds(HOUR + 1);
        exports(&house, &second, Which::Province).await;
        assert_eq!(looked(&house).await, 0, "{engine:?}");
        house.clock.set(at("2021-01-12 21:40"));
        reads(&house, &house.auditor, 39).await;
        assert_eq!(house.clock.now(), at("2021-01-12 22:19"));
        house.clock.set(at("2021-01-13 05:00"));
        reads(&house, &house.auditor, 30).await;
        house.clock.set(at("2021-01-13 14:00"));
        approves(&house, 3).await;
        house.clock.set(at("2021-01-13 20:00"));
        takes(&house, Role::Editor).await;
        assert_eq!(looked(&house).await, 0, "{engine:?}: {:?}", alarms(&house).await);

        // One more of each.
        house.clock.set(at("2021-01-13 22:00"));
        reads(&house, &house.auditor, 20).await;
        house.clock.set(at("2021-01-14 08:00"));
        approves(&house, 15).await;
        refused(&house, &house.in_a.reporter, 12).await;
        house.clock.advance_seconds(600);
        refused(&house, &house.in_a.reporter, 8).await;
        gives(&house, Role::Reporter).await;
        house.clock.advance_seconds(HOUR);
        takes(&house, Role::Reporter).await;
        for _ in 0..3 {
            locked_out(&house, &second).await;
        }
        signs_in(&house, &first, "Safari Mac").await;
        house.clock.advance_seconds(HOUR);
        exports(&house, &first, Which::Province).await;
        assert_eq!(looked(&house).await, 6, "{engine:?}: {:?}", alarms(&house).await);
        assert_eq!(looked(&house).await, 0, "once an entry and rule");
        house.clock.advance_seconds(3 * 24 * HOUR);
        assert_eq!(looked(&house).await, 0, "nor days later");

        let mut found: Vec<(String, AccountId)> = alarms(&house)
            .await
            .into_iter()
            .map(|alarm| (alarm.rule, AccountId(alarm.subject)))
            .collect();
        found.sort();
        let mut wanted = vec![
            ("bi-tu-choi-nhieu-lan".to_owned(), house.in_a.reporter.account),
            ("doc-xuat-hang-loat-ban-dem".to_owned(), house.auditor.account),
            ("duyet-don-dap".to_owned(), house.in_a.approver.account),
            ("giao-roi-thoi-vai-tro".to_owned(), house.in_b.editor.account),
            ("nhap-sai-mat-khau-nhieu-lan".to_owned(), second.account),
            ("viec-lon-tu-thiet-bi-moi".to_owned(), first.account),
        ];
        wanted.sort();
        assert_eq!(found, wanted, "{engine:?}");
        // Whom it is about: who gave the role, and whoever got it.
        let given = alarms(&house).await;
        let given = given
            .iter()
            .find(|alarm| alarm.rule == "giao-roi-thoi-vai-tro")
            .unwrap();
        let mut both = vec![house.in_a.admin.account, house.in_b.editor.account];
        both.sort_unstable();
        assert_eq!(given.about, both);
        assert_eq!(given.last_at.millis() - given.first_at.millis(), HOUR * 1000);
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let read = one(&house.province, &auditor, given.id, 1).await.unwrap();
        let chain = house.a.id().to_string();
        let acts: Vec<(&str, &str)> = read
            .entries
            .iter()
            .map(|fact| (fact.chain.as_str(), fact.action.as_str()))
            .collect();
        assert_eq!(
            acts,
            [
                (chain.as_str(), "member-grant"),
                (chain.as_str(), "member-revoke")
            ]
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn aud_07_what_goes_on_is_one_alarm_and_its_letter_reaches_whom_it_is_not_about() {
    for engine in BOTH {
        let house = watched(engine).await;
        let other = auditor_with_password(&house, "an").await;
        house.clock.set(at("2021-01-12 22:00"));
        reads(&house, &house.auditor, 20).await;
        // Two nodes look at once.
        let both = tokio::join!(looked(&house), looked(&house));
        assert_eq!(both.0 + both.1, 1, "{engine:?}");
        reads(&house, &house.auditor, 5).await;
        assert_eq!(looked(&house).await, 0, "it goes on");
        let raised = alarms(&house).await;
        assert_eq!(raised.len(), 1);
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let read = one(&house.province, &auditor, raised[0].id, 1).await.unwrap();
        assert_eq!(read.count, 25, "{engine:?}");

        let mail = house.folder.path().join("mail");
        let sender = Sender::open(&format!("file:{}", mail.display()), "pbgdpl@thu.example").unwrap();
        let jobs = Jobs::new(house.app.clone(), sender, "https://quantri.thu.example");
        assert_eq!(jobs.watch().await.unwrap(), 0);
        jobs.run_once_until_idle().await.unwrap();
        let letters = pbgdpl_mail::list_folder(&mail).await.unwrap();
        let to: Vec<&str> = letters
            .iter()
            .filter(|letter| letter.subject == "Cảnh báo: Đọc hoặc xuất dữ liệu hàng loạt ban đêm")
            .map(|letter| letter.to.as_str())
            .collect();
        assert_eq!(to.len(), 2, "{engine:?}: {letters:?}");
        for reader in [&house.officer.email, &other.email] {
            assert!(
                to.iter().any(|to| to.contains(reader.as_str())),
                "{engine:?}: {to:?}"
            );
        }

        // Answered once, by an administrator; an auditor writes nothing.
        let (id, officer) = (raised[0].id, house.province_ctx(&house.officer).await.unwrap());
        let refused = answer(&house.province, &auditor, id, "tôi đọc").await;
        assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
        let empty = answer(&house.province, &officer, id, "  ").await;
        assert!(matches!(empty, Err(Error::Invalid { field: "ghi-chu", .. })));
        let before = super::oversight::log(&house, Action::AlarmAnswer.word()).await;
        answer(
            &house.province,
            &officer,
            id,
            "Đã hỏi: kiểm tra đột xuất theo lịch.",
        )
        .await
        .unwrap();
        assert_eq!(
            super::oversight::log(&house, Action::AlarmAnswer.word()).await,
            before + 1
        );
        let again = answer(&house.province, &officer, id, "lần nữa").await;
        assert!(matches!(again, Err(Error::Stale)));
        // After an answer what comes is odd by itself, or nothing.
        reads(&house, &house.auditor, 19).await;
        assert_eq!(looked(&house).await, 0, "{engine:?}: one too few");
        reads(&house, &house.auditor, 1).await;
        assert_eq!(looked(&house).await, 1, "{engine:?}: again");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn aud_07_nobody_answers_an_alarm_about_themselves() {
    for engine in BOTH {
        let house = watched(engine).await;
        let now = house.clock.now();
        let mut identity = house.store.identity().await.unwrap();
        let also = house.in_a.admin.clone();
        for role in [Role::ProvinceAdmin, Role::Auditor] {
            identity
                .grant(also.account, PROVINCE.into(), role, house.officer.account, now)
                .await
                .unwrap();
        }
        identity.save().await.unwrap();
        refused(&house, &also, 20).await;
        gives(&house, Role::Reporter).await;
        takes(&house, Role::Reporter).await;
        assert_eq!(looked(&house).await, 2, "{engine:?}");
        let themselves = house.province_ctx(&also).await.unwrap();
        let officer = house.province_ctx(&house.officer).await.unwrap();
        for alarm in alarms(&house).await {
            let own = answer(&house.province, &themselves, alarm.id, "không sao").await;
            assert!(
                matches!(own, Err(Error::Denied(_))),
                "{engine:?} {}: {own:?}",
                alarm.rule
            );
            answer(&house.province, &officer, alarm.id, "đã hỏi")
                .await
                .unwrap();
        }
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn aud_07_an_auditor_reads_and_an_administrator_answers_on_the_screen() {
    for engine in BOTH {
        let house = watched(engine).await;
        let web = Web::of(&house, true).unwrap();
        let of_auditor = house.session(&house.auditor).await.unwrap();
        let of_officer = house.session(&house.officer).await.unwrap();
        let of_editor = house.session(&house.in_a.editor).await.unwrap();
        let get = async |session: &str, path: &str| {
            let asked = Ask::get(DESK, path).signed_in(session);
            web.ask(&asked).await.unwrap()
        };
        let empty = get(&of_auditor, "/giam-sat/canh-bao").await.text();
        assert!(empty.contains("Chưa có cảnh báo nào."), "{engine:?}: {empty}");
        assert!(
            empty.contains("từ 20 lần trong 7 giờ, của một người, từ 22:00 đến trước 05:00"),
            "{empty}"
        );

        // An editor asks for what is not theirs, again and again; a page that is not there counts for nothing.
        for _ in 0..20 {
            let answer = get(&of_editor, "/quan-tri/so-a/thiet-lap").await;
            assert_eq!(answer.status, 403);
            assert_eq!(get(&of_editor, "/quan-tri/so-a/khong-co").await.status, 404);
        }
        web.write_denials().await;
        web.write_denials().await;
        assert_eq!(looked(&house).await, 1, "{engine:?}");
        let alarm = alarms(&house).await.remove(0);
        assert_eq!(
            (alarm.rule.as_str(), alarm.about.clone()),
            ("bi-tu-choi-nhieu-lan", vec![house.in_a.editor.account])
        );

        let all = get(&of_auditor, "/giam-sat/canh-bao").await.text();
        let here = format!("/giam-sat/canh-bao/{}", alarm.id);
        assert!(all.contains(&here) && all.contains("1 chưa có trả lời"), "{all}");
        let page = get(&of_auditor, &here).await.text();
        assert!(
            page.contains("Bị từ chối (20 lần)") && page.contains(&house.in_a.editor.name),
            "{page}"
        );
        assert!(!page.contains("<textarea"), "an auditor writes nothing");
        let page = get(&of_officer, &here).await.text();
        let to = format!("/tinh/canh-bao/{}/tra-loi", alarm.id);
        assert!(page.contains("<textarea") && page.contains(&to), "{page}");
        let post = async |session: &str, note: &str| {
            let asked = Ask::post(DESK, &to, &[("ghi-chu", note)]).signed_in(session);
            web.ask(&asked).await.unwrap()
        };
        assert_eq!(post(&of_auditor, "x").await.status, 403);
        let long = "chữ ".repeat(1_000);
        let wrong = post(&of_officer, &long).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("chữ chữ chữ") && wrong.text().contains("nhiều nhất 2000 chữ"));
        let done = post(&of_officer, "Giao nhầm vai trò, đã giao lại.").await;
        assert_eq!(
            (done.status.as_u16(), done.header("location")),
            (303, format!("{here}?xong=tra-loi").as_str())
        );
        let page = get(&of_auditor, &here).await.text();
        assert!(page.contains("Giao nhầm vai trò, đã giao lại.") && page.contains(&house.officer.name));
        assert_eq!(
            get(&of_officer, "/giam-sat/canh-bao/00000000000000000000000000")
                .await
                .status,
            404
        );
        // An entry opens by its number.
        reads(&house, &house.auditor, 1).await;
        let log = get(&of_auditor, "/giam-sat/nhat-ky?muc=1").await.text();
        assert_eq!(log.matches("<th scope=\"row\">").count(), 1, "{log}");
        house.end().await.unwrap();
    }
}
