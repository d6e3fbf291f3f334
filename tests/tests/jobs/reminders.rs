//! REP-07, NOT-08: a week before, the day before, and once it is over, to the right people, once, on any number of nodes.

use chrono::NaiveDate;
use pbgdpl_app::report::declare::{Declare, Figure, declare};
use pbgdpl_app::report::open::{Open, open};
use pbgdpl_app::report::{Outcome, check::check, submit::submit, view};
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::{Sender, StoredLetter};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_province::report::send_back;
use pbgdpl_store::Hints;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};

use crate::{DESK, jobs, letters};

fn at(month: u32, day: u32) -> Moment {
    let morning = NaiveDate::from_ymd_opt(2021, month, day)
        .unwrap()
        .and_hms_opt(1, 0, 0);
    Moment::from(morning.unwrap().and_utc())
}

/// The house with forms 09b, 09c and 09d; the official forms of 2020 are due on 31 January, the province's on 20 February.
async fn house(engine: pbgdpl_store::Engine) -> House {
    let house = House::on(engine).await.unwrap();
    furnish::forms_of_kon_tum(&house, &["09b", "09c", "09d"])
        .await
        .unwrap();
    house
}

/// What a morning brings: reminded twice on this node and once on another; the letters that were new.
async fn morning(house: &House, month: u32, day: u32) -> Vec<StoredLetter> {
    house.clock.set(at(month, day));
    let other = house.second_node(Hints::local()).await.unwrap();
    let url = format!("file:{}", house.folder.path().join("mail").display());
    let other = Jobs::new(other, Sender::open(&url, "pbgdpl@thu.example").unwrap(), DESK);
    let here = jobs(house);
    let (first, second) = tokio::join!(here.remind(), other.remind());
    let new = first.unwrap() + second.unwrap();
    assert_eq!(here.remind().await.unwrap(), 0, "once is enough");
    let mut all = letters(house, (0, 0, 0)).await;
    all.retain(|letter| letter.date == Some(at(month, day)) && letter.subject.contains("biểu"));
    assert_eq!(all.len() as u64, new, "{all:?}");
    all
}

fn to<'a>(letters: &'a [StoredLetter], subject: &str) -> Vec<&'a str> {
    let mut to: Vec<&str> = letters
        .iter()
        .filter(|letter| letter.subject == subject)
        .map(|letter| letter.to.as_str())
        .collect();
    to.sort_unstable();
    to
}

async fn send_of_a(house: &House) {
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
    let order = Open {
        form: "09d".into(),
        period: PeriodKind::OfficialYear,
        year: 2020,
        amend: None,
    };
    let Outcome::Done(report) = open(&house.app, &reporter, order).await.unwrap() else {
        panic!("not opened")
    };
    let cell = |column, actual| Figure {
        column,
        actual: Some(actual),
        ..Figure::default()
    };
    let order = Declare {
        report,
        row: "tong_so".into(),
        figures: vec![cell(1, 5), cell(2, 4)],
        reason: "QĐ số 12".into(),
    };
    let said = declare(&house.app, &reporter, order).await.unwrap();
    assert!(matches!(said, Outcome::Done(_)), "{said:?}");
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    let read = view(&reader, house.a.agency(), report).await.unwrap().figures;
    drop(reader);
    let checked = check(&house.app, &approver, report, &read, "").await.unwrap();
    assert!(matches!(checked, Outcome::Done(())), "{checked:?}");
    let sent = submit(&house.app, &reporter, report, &read, "").await.unwrap();
    assert!(matches!(sent, Outcome::Done(_)), "{sent:?}");
}

#[tokio::test]
async fn rep_07_a_week_before_the_day_before_and_once_it_is_over() {
    for engine in BOTH {
        let house = house(engine).await;
        let (a, b) = (&house.in_a, &house.in_b);
        assert!(morning(&house, 1, 23).await.is_empty(), "{engine:?}: too early");

        let week = morning(&house, 1, 24).await;
        let subject = |form: &str, when: &str| format!("Hạn gửi biểu {form}, năm 2020 (chính thức): {when}");
        let found = to(&week, &subject("09d", "còn 7 ngày"));
        assert!(
            found.len() == 1 && found[0].contains(&a.reporter.email),
            "{engine:?}: {week:?}"
        );
        let found = to(&week, &subject("09b", "còn 7 ngày"));
        assert!(
            found.len() == 1 && found[0].contains(&b.reporter.email),
            "{engine:?}: {week:?}"
        );
        assert!(
            week[0].text.contains("31/01/2021") && week[0].text.contains("/bieu"),
            "{}",
            week[0].text
        );
        assert!(
            morning(&house, 1, 26).await.is_empty(),
            "{engine:?}: said already"
        );

        let eve = morning(&house, 1, 30).await;
        let found = to(&eve, &subject("09d", "ngày mai"));
        assert_eq!(found.len(), 2, "{engine:?}: {eve:?}");
        assert!(found.iter().any(|to| to.contains(&a.admin.email)), "{found:?}");
        assert_eq!(eve.len(), 4, "{engine:?}: nobody of the province yet");

        // A sends in time and is left alone; B is late, and the province learns it.
        send_of_a(&house).await;
        letters(&house, (0, 0, 0)).await;
        let late = morning(&house, 2, 1).await;
        let found = to(&late, &subject("09b", "đã quá hạn 1 ngày"));
        assert_eq!(found.len(), 2, "{engine:?}: {late:?}");
        assert!(
            to(&late, &subject("09d", "đã quá hạn 1 ngày")).is_empty(),
            "{late:?}"
        );
        let found = to(&late, "1 cơ quan chưa gửi biểu 09c, năm 2020 (chính thức)");
        assert!(
            found.len() == 1 && found[0].contains(&house.consolidator.email),
            "{engine:?}: {late:?}"
        );
        let told = late
            .iter()
            .find(|letter| letter.subject.starts_with("1 cơ quan"))
            .unwrap();
        assert!(
            told.text.contains("- Huyện B") && told.text.contains("/tinh/bao-cao/09c/nam-chinh-thuc/2020")
        );
        assert!(morning(&house, 2, 3).await.is_empty(), "{engine:?}: said already");

        // The province's own form, a week before 20 February.
        let own = morning(&house, 2, 13).await;
        let found = to(&own, &subject("09c", "còn 7 ngày"));
        assert!(
            found.len() == 1 && found[0].contains(&house.consolidator.email),
            "{engine:?}: {own:?}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn what_was_sent_before_the_letter_left_is_not_asked_for() {
    for engine in BOTH {
        let house = house(engine).await;
        house.clock.set(at(1, 24));
        assert_eq!(jobs(&house).remind().await.unwrap(), 2, "{engine:?}");
        send_of_a(&house).await;
        let sent = letters(&house, (0, 0, 0)).await;
        let asked: Vec<_> = sent
            .iter()
            .filter(|letter| letter.subject.starts_with("Hạn gửi"))
            .collect();
        assert_eq!(asked.len(), 1, "{engine:?}: {sent:?}");
        assert!(asked[0].to.contains(&house.in_b.reporter.email), "{engine:?}");
        house.end().await.unwrap();
    }
}

/// A version that came back is asked for in its own words; an accepted one is not asked for again.
#[tokio::test]
async fn who_sent_is_reminded_of_what_came_back_only() {
    for engine in BOTH {
        let house = house(engine).await;
        send_of_a(&house).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let term = pbgdpl_province::report::Term {
            kind: PeriodKind::OfficialYear,
            year: 2020,
        };
        let which = ("09d", term);
        send_back::send_back(&house.province, &officer, house.a.id(), which, 1, "Sửa cột 1")
            .await
            .unwrap();
        letters(&house, (0, 0, 0)).await;
        let back = morning(&house, 1, 24).await;
        let to_a = back
            .iter()
            .find(|letter| letter.to.contains(&house.in_a.reporter.email))
            .unwrap();
        assert!(
            to_a.text.contains("chưa gửi lại biểu 09d"),
            "{engine:?}: {}",
            to_a.text
        );
        let late = morning(&house, 2, 1).await;
        let told = late
            .iter()
            .find(|letter| letter.subject.contains("cơ quan chưa gửi"))
            .unwrap();
        assert!(
            told.text.contains("- Sở A") && told.text.contains("- Huyện B"),
            "{}",
            told.text
        );
        house.end().await.unwrap();
    }
}
