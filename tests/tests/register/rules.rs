//! Rules of the register: what it keeps to itself, who changes what is public, what ends, what does not follow from what.

use pbgdpl_app::activity::draft;
use pbgdpl_app::register::enter::{Enter, enter};
use pbgdpl_app::register::{
    Outcome, Seen, ask_dismissal::ask_dismissal, change::change, correct, propose::propose,
    recognise::recognise, refuse::refuse, resume::resume, suspend::suspend, take_back::take_back,
    transfer::transfer,
};
use pbgdpl_model::activity::{Content, Kind};
use pbgdpl_model::register::{Details, Level, State};
use pbgdpl_testkit::house::BOTH;

use super::{day, decision, details, done, entered, fields, house, register, request, who};

/// Why stands in the fact alone: neither the chain nor the timeline repeats what was written freely of a person.
#[tokio::test]
async fn reasons_stay_in_the_facts() {
    for engine in BOTH {
        let house = house(engine).await;
        let (app, (reporter, approver)) = (&house.app, who(&house).await);
        let entry = entered(&house, "Y Hlan", "02/03/2020").await;
        let seen = |based_on| Seen { entry, based_on };
        let on = |text: &str| day(text);
        let why = |what: &str| format!("MẬT {what}");
        let (a, b) = (why("suspend"), why("resume"));
        done(
            suspend(app, &approver, seen(2), on("01/06/2021"), &a)
                .await
                .unwrap(),
        );
        done(
            resume(app, &approver, seen(3), on("01/09/2021"), &b)
                .await
                .unwrap(),
        );
        let right = details("Y Hlan", "Trưởng phòng");
        done(
            correct::details(app, &approver, seen(4), right, &why("details"))
                .await
                .unwrap(),
        );
        let signed = Some(decision("02/03/2020"));
        let when = on("02/09/2021");
        done(
            correct::standing(app, &approver, seen(5), signed, when, &why("standing"))
                .await
                .unwrap(),
        );
        let asked = on("03/11/2025");
        done(
            ask_dismissal(app, &reporter, seen(6), asked, "bcv-a", &why("ask"))
                .await
                .unwrap(),
        );
        done(
            take_back(app, &approver, seen(7), &why("take back"))
                .await
                .unwrap(),
        );
        let asked = request("A Thiu", Level::TtvXa, "03/11/2025");
        let other = done(propose(app, &reporter, asked).await.unwrap());
        let at = Seen {
            entry: other,
            based_on: 2,
        };
        done(
            refuse(app, &approver, at, on("04/11/2025"), &why("refuse"))
                .await
                .unwrap(),
        );

        let kept: Vec<String> = register(&house)
            .await
            .iter()
            .flat_map(|entry| entry.facts.clone())
            .map(|fact| fact.reason)
            .filter(|reason| reason.starts_with("MẬT"))
            .collect();
        assert_eq!(kept.len(), 7, "{engine:?}: {kept:?}");
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let (chain, total) = reader.audit_page(1, 500).await.unwrap();
        assert!(total >= 9, "{engine:?}: every act is recorded");
        let told = [
            reader.timeline(entry.0).await.unwrap(),
            reader.timeline(other.0).await.unwrap(),
        ];
        let written = format!("{chain:?} {told:?}");
        assert!(!written.contains("MẬT"), "{engine:?}: {written}");
        drop(reader);
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn what_is_public_changes_by_whoever_decides() {
    for engine in BOTH {
        let house = house(engine).await;
        let (app, (reporter, approver)) = (&house.app, who(&house).await);
        let entry = entered(&house, "Y Hlan", "05/11/2025").await;
        let seen = |based_on| Seen { entry, based_on };
        let now = Details {
            workplace: "Phòng Tư pháp".into(),
            languages: vec![],
            ..details("Y Hlan", "Chuyên viên")
        };
        let promoted = Details {
            post: "Giám đốc".into(),
            workplace: "Sở Khác".into(),
            ..now.clone()
        };
        let from = day("06/11/2025");
        let by = change(app, &reporter, seen(2), promoted.clone(), from).await;
        assert_eq!(fields(by.unwrap()), ["post", "workplace"], "{engine:?}");
        let by = correct::details(app, &reporter, seen(2), promoted.clone(), "ghi nhầm").await;
        assert_eq!(fields(by.unwrap()), ["post", "workplace"], "{engine:?}");
        let one_factor = house
            .ctx_without_second_factor(&house.a, &house.in_a.approver)
            .await
            .unwrap();
        let by = change(app, &one_factor, seen(2), promoted.clone(), from).await;
        assert!(by.is_err(), "{engine:?}: the second factor is asked for: {by:?}");
        // What nobody reads but the agency is still the reporter's.
        let learned = Details {
            education: "Thạc sĩ Luật".into(),
            languages: vec!["ba-na".into()],
            ..now
        };
        done(change(app, &reporter, seen(2), learned, from).await.unwrap());
        done(
            change(app, &approver, seen(3), promoted, day("07/11/2025"))
                .await
                .unwrap(),
        );
        let public = house.store.read().public();
        let told = public.register(house.a.id(), day("09/11/2025")).await.unwrap();
        assert_eq!(told[0].post, "Giám đốc");
        // Of somebody who is only proposed nothing is public yet.
        let asked = request("A Thiu", Level::TtvXa, "03/11/2025");
        let other = done(propose(app, &reporter, asked).await.unwrap());
        let at = Seen {
            entry: other,
            based_on: 2,
        };
        let right = details("A Thiu", "Công chức");
        done(
            correct::details(app, &reporter, at, right, "ghi nhầm")
                .await
                .unwrap(),
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_level_that_ended_takes_nobody_at_the_field_of_the_form() {
    for engine in BOTH {
        let house = house(engine).await;
        let (app, (reporter, approver)) = (&house.app, who(&house).await);
        let asked = request("Y Hlan", Level::BcvHuyen, "25/06/2025");
        let entry = done(propose(app, &reporter, asked).await.unwrap());
        let seen = |based_on| Seen { entry, based_on };
        let signed = decision("27/06/2025");
        let late = recognise(app, &approver, seen(2), signed.clone(), day("01/07/2025")).await;
        assert_eq!(fields(late.unwrap()), ["from"], "{engine:?}");
        let last = day("30/06/2025");
        done(
            recognise(app, &approver, seen(2), signed.clone(), last)
                .await
                .unwrap(),
        );
        let corrected = async |from: &str| {
            let (signed, why) = (Some(signed.clone()), "ghi nhầm ngày");
            correct::standing(app, &approver, seen(3), signed, day(from), why)
                .await
                .unwrap()
        };
        assert_eq!(fields(corrected("01/07/2025").await), ["from"], "{engine:?}");
        done(corrected("29/06/2025").await);
        assert!(!register(&house).await[0].is_recognised_on(day("01/07/2025")));
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn nobody_suspended_becomes_active_by_another_paper() {
    for engine in BOTH {
        let house = house(engine).await;
        let (app, (reporter, approver)) = (&house.app, who(&house).await);
        let entry = entered(&house, "Y Hlan", "02/03/2020").await;
        let seen = |based_on| Seen { entry, based_on };
        let (day1, day2, day3) = (day("03/11/2025"), day("04/11/2025"), day("05/11/2025"));
        done(
            suspend(app, &approver, seen(2), day1, "Bị khởi tố")
                .await
                .unwrap(),
        );
        let moved = async |based_on, from| {
            let signed = decision("03/11/2025");
            transfer(app, &approver, seen(based_on), Level::TtvXa, signed, from)
                .await
                .unwrap()
        };
        assert!(matches!(moved(3, day2).await, Outcome::Stands(State::Suspended)));
        done(
            ask_dismissal(app, &reporter, seen(3), day2, "bcv-a", "Xin thôi")
                .await
                .unwrap(),
        );
        assert!(matches!(
            moved(4, day3).await,
            Outcome::Stands(State::DismissalAsked)
        ));
        done(
            resume(app, &approver, seen(4), day3, "Không chấp nhận")
                .await
                .unwrap(),
        );
        let standing = register(&house).await[0].on(day3).unwrap().standing.clone();
        assert_eq!(
            standing.state,
            State::Suspended,
            "{engine:?}: as before the request"
        );

        // Đ.8.1e: on none of these days may they have been sent; on the day before they might.
        for (held, taken) in [
            ("02/11/2025", true),
            ("03/11/2025", false),
            ("04/11/2025", false),
            ("05/11/2025", false),
        ] {
            let facts = pbgdpl_app::activity::Facts {
                kind: Kind::HoiNghi,
                day: day(held),
                content: Content {
                    title: "Phổ biến Luật Đất đai".into(),
                    registered: vec![entry],
                    ..Content::default()
                },
                partners: Vec::new(),
            };
            match draft::create(app, &reporter, facts).await.unwrap() {
                pbgdpl_app::activity::Outcome::Done(_) => assert!(taken, "{engine:?} {held}"),
                pbgdpl_app::activity::Outcome::Unmet(problems) => {
                    assert!(!taken, "{engine:?} {held}: {problems:?}");
                    assert_eq!(problems[0].field, "registered");
                    assert!(problems[0].reason.contains("tạm không được cử"), "{problems:?}");
                }
                other => panic!("{other:?}"),
            }
        }
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn nobody_stands_twice_at_one_level() {
    for engine in BOTH {
        let house = house(engine).await;
        let (app, (reporter, approver)) = (&house.app, who(&house).await);
        let order = |level| Enter {
            details: details("Y Hlan", "Chuyên viên"),
            level,
            decision: decision("02/03/2020"),
            from: day("02/03/2020"),
        };
        let entry = done(enter(app, &approver, order(Level::TtvXa)).await.unwrap());
        let asked = |level| request("Y Hlan", level, "03/11/2025");
        for again in [
            enter(app, &approver, order(Level::TtvXa)).await.unwrap(),
            propose(app, &reporter, asked(Level::TtvXa)).await.unwrap(),
        ] {
            assert!(
                matches!(again, Outcome::Known(known) if known == entry),
                "{again:?}"
            );
        }
        done(propose(app, &reporter, asked(Level::BcvTinh)).await.unwrap());
        let seen = Seen { entry, based_on: 2 };
        done(
            take_back(app, &approver, seen, "ghi cho nhầm người")
                .await
                .unwrap(),
        );
        done(enter(app, &approver, order(Level::TtvXa)).await.unwrap());
        assert_eq!(register(&house).await.len(), 3, "{engine:?}");
        house.end().await.unwrap();
    }
}
