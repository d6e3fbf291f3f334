//! DSH-12: leaders who asked for it get a summary on working days, once a day over any number of nodes; its links ask to sign in.

use chrono::NaiveDate;
use mail_parser::MessageParser;
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::{Sender, StoredLetter};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::ledger::{Dimensions, Measure, NewRow, Source};
use pbgdpl_model::policy::Role;
use pbgdpl_province::member::{Place, revoke::revoke};
use pbgdpl_store::{Engine, Hints};
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House, Someone};
use pbgdpl_testkit::servers::MailServer;
use pbgdpl_testkit::web::{Ask, Web};

use crate::{DESK, jobs, letters};

const HOST: &str = "quantri.thu.example";

/// So many hours of a day of 2021 by the province's clock.
fn at(month: u32, day: u32, hour: i64) -> Moment {
    let day = NaiveDate::from_ymd_opt(2021, month, day).unwrap();
    Moment::start_of(day).plus_seconds(hour * 3600)
}

async fn choose(house: &House, who: &Someone, wants: &str) -> u16 {
    let web = Web::of(house, true).unwrap();
    let session = house.session(who).await.unwrap();
    let ask = Ask::post(HOST, "/tai-khoan/thu-tom-tat", &[("nhan", wants)]).signed_in(&session);
    web.ask(&ask).await.unwrap().status.as_u16()
}

/// What a moment brings, on two nodes that both look: the new summaries.
async fn look(house: &House, now: Moment) -> Vec<StoredLetter> {
    house.clock.set(now);
    let other = house.second_node(Hints::local()).await.unwrap();
    let url = format!("file:{}", house.folder.path().join("mail").display());
    let other = Jobs::new(other, Sender::open(&url, "pbgdpl@thu.example").unwrap(), DESK);
    let here = jobs(house);
    let (first, second) = tokio::join!(here.summarise(), other.summarise());
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(here.summarise().await.unwrap(), 0, "once is enough");
    let mut all = letters(house, (0, 0, 0)).await;
    all.retain(|letter| letter.date == Some(now) && letter.subject.starts_with("Tóm tắt"));
    assert!(all.len() as u64 <= first + second, "{all:?}");
    all
}

async fn record(house: &House, month: u32, day: u32, quantity: i64) {
    let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let row = NewRow {
        day: NaiveDate::from_ymd_opt(2021, month, day).unwrap(),
        source: Source::Activity,
        source_id: uuid::Uuid::from_u128(78),
        source_version: 1,
        measure: Measure::DirectSessions,
        quantity,
        dimensions: Dimensions::default(),
        reverses: None,
        reason: String::new(),
    };
    let mut store = house.store.tenant(&house.a).await.unwrap();
    store.append_ledger(&ctx, &[row]).await.unwrap();
    store.save().await.unwrap();
    letters(house, (0, 0, 0)).await;
}

/// A house with the calendar of Kon Tum and no form that anybody owes.
async fn quiet(engine: Engine) -> House {
    let house = House::on(engine).await.unwrap();
    furnish::forms_of_kon_tum(&house, &[]).await.unwrap();
    house
}

#[tokio::test]
async fn dsh_12_on_working_days_once_to_each_who_asked() {
    for engine in BOTH {
        let house = quiet(engine).await;
        for who in [&house.officer, &house.auditor] {
            assert_eq!(choose(&house, who, "co").await, 303, "{engine:?}");
        }
        assert_eq!(
            choose(&house, &house.in_a.editor, "co").await,
            404,
            "{engine:?}: no role in the province"
        );
        // Monday 18 January 2021: before the hour nobody, from it on both who asked; all is well.
        assert!(
            look(&house, at(1, 18, 6)).await.is_empty(),
            "{engine:?}: too early"
        );
        let monday = look(&house, at(1, 18, 7)).await;
        assert_eq!(monday.len(), 2, "{engine:?}: {monday:?}");
        for letter in &monday {
            assert_eq!(letter.subject, "Tóm tắt ngày 18/01/2021: mọi việc bình thường");
            assert!(!letter.to.contains(&house.consolidator.email), "did not ask");
            assert!(
                letter
                    .text
                    .contains("https://quantri.thu.example/tai-khoan#thu-tom-tat")
            );
        }
        // Tuesday has nothing to say; on Wednesday something has changed since.
        assert!(look(&house, at(1, 19, 9)).await.is_empty(), "{engine:?}");
        record(&house, 1, 5, 12).await;
        let wednesday = look(&house, at(1, 20, 8)).await;
        assert_eq!(wednesday.len(), 2, "{engine:?}: {wednesday:?}");
        assert!(
            wednesday[0]
                .text
                .contains("Cuộc phổ biến trực tiếp: thêm 12 cuộc, cả năm 2021 là 12"),
            "{}",
            wednesday[0].text
        );
        assert!(
            look(&house, at(1, 20, 15)).await.is_empty(),
            "{engine:?}: told already"
        );
        // Nobody's name, but the agencies'.
        for person in [&house.in_a.reporter, &house.in_a.admin] {
            assert!(!wednesday[0].text.contains(&person.name) && !wednesday[0].text.contains(&person.email));
        }
        // Written on a day whose letter had gone: the next one tells it.
        record(&house, 1, 6, 1).await;
        let thursday = look(&house, at(1, 21, 8)).await;
        assert_eq!(thursday.len(), 2, "{engine:?}: {thursday:?}");
        assert!(
            thursday[0].text.contains("thêm 1 cuộc, cả năm 2021 là 13"),
            "{}",
            thursday[0].text
        );
        // Saturday and Sunday, and Tết (10 to 16 February 2021): none, though there would be something to say.
        record(&house, 1, 6, 2).await;
        for (month, day) in [(1, 23), (1, 24), (2, 11), (2, 12), (2, 15), (2, 16)] {
            let none = look(&house, at(month, day, 9)).await;
            assert!(none.is_empty(), "{engine:?}: {day}/{month}: {none:?}");
        }
        // Who was told not to, who holds no role any more: nothing, also of a letter that waits.
        assert_eq!(choose(&house, &house.officer, "khong").await, 303);
        house.clock.set(at(2, 17, 9));
        assert_eq!(
            jobs(&house).summarise().await.unwrap(),
            1,
            "{engine:?}: the auditor's"
        );
        let ctx = house.province_ctx(&house.officer).await.unwrap();
        revoke(
            &house.province,
            &ctx,
            Place::Province,
            house.auditor.account,
            Role::Auditor,
        )
        .await
        .unwrap();
        let mut left = letters(&house, (0, 0, 0)).await;
        left.retain(|letter| letter.date == Some(at(2, 17, 9)) && letter.subject.starts_with("Tóm tắt"));
        assert!(left.is_empty(), "{engine:?}: {left:?}");
        house.end().await.unwrap();
    }
}

/// Over a mail server of another make: what waits for the reader stands first; the links lead to the sign-in.
#[tokio::test]
async fn dsh_12_the_letter_says_what_waits_and_its_links_ask_to_sign_in() {
    let server = MailServer::start().unwrap();
    let house = House::on(Engine::Postgres).await.unwrap();
    furnish::forms(&house).await.unwrap();
    let a = furnish::furnish(&house, &house.a, &house.in_a, None, "A")
        .await
        .unwrap();
    letters(&house, (0, 0, 0)).await;
    assert_eq!(choose(&house, &house.consolidator, "co").await, 303);
    house.clock.set(at(2, 2, 8));
    let sender = Sender::open(&server.url(), "pbgdpl@thu.example").unwrap();
    let jobs = Jobs::new(house.app.clone(), sender, DESK);
    assert_eq!(jobs.summarise().await.unwrap(), 1);
    jobs.run_once_until_idle().await.unwrap();
    let received = server.letters().unwrap();
    let summary = received
        .iter()
        .map(|raw| MessageParser::default().parse(raw).unwrap())
        .find(|letter| letter.subject().unwrap().starts_with("Tóm tắt ngày 02/02/2021"))
        .unwrap();
    let text = summary.body_text(0).unwrap().into_owned();
    let waiting = text.find("- 1 báo cáo chờ tiếp nhận").unwrap();
    let late = text.find("chưa gửi biểu").unwrap();
    assert!(waiting < late && text.contains("Huyện B"), "{text}");
    assert!(!text.contains(&a.people.reporter.name), "{text}");
    let web = Web::of(&house, true).unwrap();
    for path in ["/giam-sat", "/tai-khoan"] {
        assert!(text.contains(&format!("https://{HOST}{path}")), "{text}");
        let answer = web.ask(&Ask::get(HOST, path)).await.unwrap();
        assert!(
            answer.header("location").starts_with("/dang-nhap?next="),
            "{path}: {}",
            answer.status
        );
    }
    // On the account page it is said, and ended.
    let session = house.session(&house.consolidator).await.unwrap();
    let page = web
        .ask(&Ask::get(HOST, "/tai-khoan").signed_in(&session))
        .await
        .unwrap();
    assert!(page.text().contains("id=\"thu-tom-tat\"") && page.text().contains("Không nhận nữa"));
    assert_eq!(choose(&house, &house.consolidator, "khong").await, 303);
    house.clock.set(at(2, 3, 8));
    assert_eq!(jobs.summarise().await.unwrap(), 0);
    house.end().await.unwrap();
}
