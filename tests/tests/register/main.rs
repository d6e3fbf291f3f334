//! The register of báo cáo viên pháp luật, on both databases: TRN-01, TRN-15, Đ.8.2b, and the forms that count it.

mod counted;
mod pages;
mod public;
mod rules;

use chrono::NaiveDate;
use pbgdpl_app::Error;
use pbgdpl_app::register::propose::{Propose, propose};
use pbgdpl_app::register::{
    Outcome, Seen, change::change, correct, dismiss::dismiss, recognise::recognise, resume::resume,
    suspend::suspend, take_back::take_back, transfer::transfer,
};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::EntryId;
use pbgdpl_model::register::{Decision, Details, Entry, Level, State};
use pbgdpl_scope::Ctx;
use pbgdpl_store::Engine;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};

pub(crate) fn day(text: &str) -> NaiveDate {
    pbgdpl_vietnamese::date::parse_dmy(text).unwrap()
}

/// Noon of a day, in the province.
pub(crate) fn noon(text: &str) -> Moment {
    Moment::from(day(text).and_hms_opt(5, 0, 0).unwrap().and_utc())
}

pub(crate) fn decision(signed: &str) -> Decision {
    Decision {
        number: "158/QĐ-UBND".into(),
        day: day(signed),
        issuer: "Chủ tịch Ủy ban nhân dân tỉnh".into(),
    }
}

pub(crate) fn details(name: &str, post: &str) -> Details {
    Details {
        name: name.into(),
        post: post.into(),
        workplace: "Sở Tư pháp".into(),
        education: "Đại học Luật".into(),
        law: true,
        fields: vec!["dat-dai".into()],
        languages: vec!["xo-dang".into()],
        ..Details::default()
    }
}

/// A request for somebody who is a chuyên viên, received on a day.
pub(crate) fn request(name: &str, level: Level, received: &str) -> Propose {
    Propose {
        details: details(name, "Chuyên viên"),
        level,
        received: day(received),
    }
}

/// A house with the province's words and calendar; the clock stands in the summer of 2025.
pub(crate) async fn house(engine: Engine) -> House {
    let house = House::on(engine).await.unwrap();
    furnish::forms_of_kon_tum(&house, &["09b", "09c", "09d"])
        .await
        .unwrap();
    furnish::vocabulary(&house).await.unwrap();
    house.clock.set(noon("09/11/2025"));
    house
}

pub(crate) fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

fn fields<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<&'static str> {
    match outcome {
        Outcome::Unmet(problems) => problems.iter().map(|problem| problem.field).collect(),
        other => panic!("taken: {other:?}"),
    }
}

pub(crate) async fn register(house: &House) -> Vec<Entry> {
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    reader.register().await.unwrap()
}

async fn who(house: &House) -> (Ctx, Ctx) {
    (
        house.ctx(&house.a, &house.in_a.reporter).await.unwrap(),
        house.ctx(&house.a, &house.in_a.approver).await.unwrap(),
    )
}

/// Somebody whom the approver of A entered with an old decision.
pub(crate) async fn entered(house: &House, name: &str, from: &str) -> EntryId {
    let (_, approver) = who(house).await;
    furnish::entered(house, &approver, name, day(from)).await.unwrap()
}

/// Somebody from a request in 2020 to the end in 2025.
async fn a_life(house: &House) -> EntryId {
    let (app, (reporter, approver)) = (&house.app, who(house).await);
    let asked = request("Y Hlan", Level::BcvHuyen, "02/03/2020");
    let entry = done(propose(app, &reporter, asked).await.unwrap());
    let seen = |based_on| Seen { entry, based_on };
    let (signed, from) = (decision("05/03/2020"), day("06/03/2020"));
    done(recognise(app, &approver, seen(2), signed, from).await.unwrap());
    let why = "Bị khởi tố về tội khác";
    done(
        suspend(app, &approver, seen(3), day("01/06/2021"), why)
            .await
            .unwrap(),
    );
    let why = "Đình chỉ điều tra";
    done(
        resume(app, &approver, seen(4), day("01/09/2021"), why)
            .await
            .unwrap(),
    );
    let promoted = details("Y Hlan", "Trưởng phòng");
    done(
        change(app, &reporter, seen(5), promoted, day("01/01/2023"))
            .await
            .unwrap(),
    );
    let (signed, from) = (decision("27/06/2025"), day("01/07/2025"));
    done(
        transfer(app, &approver, seen(6), Level::BcvTinh, signed, from)
            .await
            .unwrap(),
    );
    let (signed, from) = (decision("03/11/2025"), day("05/11/2025"));
    done(
        dismiss(app, &approver, seen(7), signed, from, "bcv-a")
            .await
            .unwrap(),
    );
    entry
}

#[tokio::test]
async fn trn_01_on_any_date_the_register_is_listed_as_it_was() {
    for engine in BOTH {
        let house = house(engine).await;
        let entry = a_life(&house).await;
        let all = register(&house).await;
        assert_eq!((all.len(), all[0].id, all[0].facts.len()), (1, entry, 8));
        for (date, state, level, post) in [
            ("02/03/2020", State::Proposed, Level::BcvHuyen, "Chuyên viên"),
            ("06/03/2020", State::Recognised, Level::BcvHuyen, "Chuyên viên"),
            ("31/08/2021", State::Suspended, Level::BcvHuyen, "Chuyên viên"),
            ("31/12/2022", State::Recognised, Level::BcvHuyen, "Chuyên viên"),
            ("30/06/2025", State::Recognised, Level::BcvHuyen, "Trưởng phòng"),
            ("01/07/2025", State::Recognised, Level::BcvTinh, "Trưởng phòng"),
            ("05/11/2025", State::Ended, Level::BcvTinh, "Trưởng phòng"),
        ] {
            let then = all[0].on(day(date)).unwrap();
            assert_eq!(
                (
                    then.standing.state,
                    then.standing.level,
                    then.details.post.as_str()
                ),
                (state, level, post),
                "{engine:?} {date}"
            );
        }
        assert!(all[0].on(day("01/03/2020")).is_none());
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let told = reader.timeline(entry.0).await.unwrap();
        assert_eq!(
            told.len(),
            7,
            "{engine:?}: who, when and why stand in the timeline"
        );
        drop(reader);
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_correction_keeps_what_was_wrong() {
    for engine in BOTH {
        let house = house(engine).await;
        let (app, (reporter, approver)) = (&house.app, who(&house).await);
        let entry = a_life(&house).await;
        let seen = |based_on| Seen { entry, based_on };
        let right = details("Y H’Lan", "Trưởng phòng");
        let bare = correct::details(app, &reporter, seen(8), right.clone(), " ").await;
        assert_eq!(fields(bare.unwrap()), ["reason"]);
        done(
            correct::details(app, &reporter, seen(8), right, "viết sai tên")
                .await
                .unwrap(),
        );
        let later = Some(decision("04/11/2025"));
        let early = correct::standing(
            app,
            &approver,
            seen(9),
            later.clone(),
            day("30/06/2025"),
            "ghi nhầm",
        );
        assert_eq!(
            fields(early.await.unwrap()),
            ["from"],
            "ended before the transfer"
        );
        let right = correct::standing(app, &approver, seen(9), later, day("07/11/2025"), "ghi nhầm ngày");
        done(right.await.unwrap());
        let all = register(&house).await;
        let then = all[0].on(day("06/11/2025")).unwrap();
        assert_eq!(
            (then.standing.state, then.details.name.as_str()),
            (State::Recognised, "Y H’Lan")
        );
        let now = all[0].on(day("07/11/2025")).unwrap().standing;
        assert_eq!(now.ending.as_ref().unwrap().day, day("04/11/2025"));
        assert_eq!(all[0].facts.len(), 10, "nothing is overwritten");
        assert_eq!(all[0].facts[9].reason, "ghi nhầm ngày");
        done(
            take_back(app, &approver, seen(10), "ghi cho nhầm người")
                .await
                .unwrap(),
        );
        let all = register(&house).await;
        assert_eq!(
            all[0].on(day("09/11/2025")).unwrap().standing.state,
            State::Recognised
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_nothing_is_written() {
    for engine in BOTH {
        let house = house(engine).await;
        let (app, (reporter, approver)) = (&house.app, who(&house).await);
        let nobody = Propose {
            details: Details::default(),
            ..request("A Thiu", Level::BcvTinh, "10/11/2025")
        };
        let missing = fields(propose(app, &reporter, nobody).await.unwrap());
        assert_eq!(
            missing,
            ["name", "post", "workplace", "education", "fields", "received"]
        );
        let asked = request("A Thiu", Level::BcvHuyen, "01/07/2025");
        let late = propose(app, &reporter, asked).await;
        assert_eq!(fields(late.unwrap()), ["level"], "the districts have ended");
        assert!(register(&house).await.is_empty());

        let asked = request("A Thiu", Level::BcvTinh, "03/11/2025");
        let entry = done(propose(app, &reporter, asked).await.unwrap());
        let seen = |based_on| Seen { entry, based_on };
        let (signed, from) = (decision("05/11/2025"), day("05/11/2025"));
        let denied = recognise(app, &reporter, seen(2), signed.clone(), from).await;
        assert!(matches!(denied, Err(Error::Denied(_))), "{denied:?}");
        let one_factor = house
            .ctx_without_second_factor(&house.a, &house.in_a.approver)
            .await
            .unwrap();
        let denied = recognise(app, &one_factor, seen(2), signed.clone(), from).await;
        assert!(denied.is_err(), "decisions ask for the second factor");
        let early = recognise(app, &approver, seen(2), signed.clone(), day("02/11/2025")).await;
        assert_eq!(fields(early.unwrap()), ["from"], "before it was asked for");
        let tomorrow = recognise(app, &approver, seen(2), signed.clone(), day("10/11/2025")).await;
        assert_eq!(fields(tomorrow.unwrap()), ["from"]);
        let ended = dismiss(app, &approver, seen(2), signed.clone(), from, "bcv-a").await;
        assert!(matches!(ended.unwrap(), Outcome::Stands(State::Proposed)));
        done(
            recognise(app, &approver, seen(2), signed.clone(), from)
                .await
                .unwrap(),
        );
        let again = recognise(app, &approver, seen(2), signed.clone(), from).await;
        assert!(matches!(again.unwrap(), Outcome::Stale), "somebody was faster");
        for case in ["", "ttv-a", "bcv-z"] {
            let by = dismiss(app, &approver, seen(3), signed.clone(), from, case).await;
            assert_eq!(fields(by.unwrap()), ["case"], "{case}");
        }
        let other = house.ctx(&house.b, &house.in_b.approver).await.unwrap();
        let foreign = recognise(app, &other, seen(3), signed, from).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
        assert_eq!(register(&house).await[0].facts.len(), 3);
        house.end().await.unwrap();
    }
}

/// Two people decide at once: one decision is written, the other learns of it.
#[tokio::test]
async fn two_decisions_at_once_are_one() {
    for engine in BOTH {
        let house = house(engine).await;
        let (app, (reporter, approver)) = (&house.app, who(&house).await);
        let asked = request("A Thiu", Level::TtvXa, "03/11/2025");
        let entry = done(propose(app, &reporter, asked).await.unwrap());
        let seen = Seen { entry, based_on: 2 };
        let once = || recognise(app, &approver, seen, decision("05/11/2025"), day("05/11/2025"));
        let both = futures::future::join(once(), once()).await;
        let written = [both.0.unwrap(), both.1.unwrap()]
            .iter()
            .filter(|outcome| matches!(outcome, Outcome::Done(3)))
            .count();
        assert_eq!(written, 1, "{engine:?}");
        assert_eq!(register(&house).await[0].facts.len(), 3);
        house.end().await.unwrap();
    }
}
