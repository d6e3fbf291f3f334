//! The register on any date: corrections, levels, counting, terms.

use crate::clock::Moment;
use std::collections::BTreeSet;

use uuid::Uuid;

use super::*;

fn day(text: &str) -> NaiveDate {
    pbgdpl_vietnamese::date::parse_dmy(text).unwrap()
}

fn decision(number: &str) -> Decision {
    Decision {
        number: number.into(),
        day: day("02/03/2020"),
        issuer: "Chủ tịch Ủy ban nhân dân tỉnh".into(),
    }
}

fn standing(state: State, level: Level) -> Body {
    Body::Standing(Standing {
        state,
        level,
        received: None,
        recognition: Some(decision("12/QĐ-UBND")),
        ending: None,
        case: String::new(),
        suspended: false,
    })
}

fn details(name: &str, post: &str) -> Body {
    Body::Details(Details {
        name: name.into(),
        post: post.into(),
        ..Details::default()
    })
}

fn entry(facts: Vec<(&str, Body, Option<i32>)>) -> Entry {
    let facts = facts
        .into_iter()
        .zip(1..)
        .map(|((from, body, corrects), number)| Fact {
            number,
            from: day(from),
            body,
            corrects,
            reason: String::new(),
            author_name: String::new(),
            at: Moment::from_millis(0),
        });
    Entry {
        id: EntryId(Uuid::from_u128(7)),
        facts: facts.collect(),
    }
}

#[test]
fn trn_01_the_register_is_read_as_it_was_on_any_date() {
    let one = entry(vec![
        ("02/03/2020", details("Y Hlan", "Chuyên viên"), None),
        ("02/03/2020", standing(State::Recognised, Level::BcvHuyen), None),
        ("01/06/2021", standing(State::Suspended, Level::BcvHuyen), None),
        ("01/09/2021", standing(State::Recognised, Level::BcvHuyen), None),
        ("01/01/2023", details("Y Hlan", "Trưởng phòng"), None),
        ("01/07/2025", standing(State::Recognised, Level::BcvTinh), None),
        ("09/11/2025", standing(State::Ended, Level::BcvTinh), None),
    ]);
    let on = |text: &str| {
        let now = one.on(day(text))?;
        Some((now.standing.state, now.standing.level, now.details.post.as_str()))
    };
    assert_eq!(on("01/03/2020"), None);
    let (tinh, huyen) = (Level::BcvTinh, Level::BcvHuyen);
    for (text, state, level, post) in [
        ("02/03/2020", State::Recognised, huyen, "Chuyên viên"),
        ("31/05/2021", State::Recognised, huyen, "Chuyên viên"),
        ("01/06/2021", State::Suspended, huyen, "Chuyên viên"),
        ("31/12/2022", State::Recognised, huyen, "Chuyên viên"),
        ("30/06/2025", State::Recognised, huyen, "Trưởng phòng"),
        ("01/07/2025", State::Recognised, tinh, "Trưởng phòng"),
        ("09/11/2025", State::Ended, tinh, "Trưởng phòng"),
    ] {
        assert_eq!(on(text), Some((state, level, post)), "{text}");
    }
    assert!(one.is_in_order());
}

#[test]
fn a_correction_takes_the_place_of_a_fact_and_keeps_it() {
    let mut facts = vec![
        ("02/03/2020", details("Y Hlan", "Chuyên viên"), None),
        ("02/03/2020", standing(State::Recognised, Level::BcvTinh), None),
        ("01/06/2021", standing(State::Suspended, Level::BcvTinh), None),
        // The decision held a month later; the name was misspelt; the suspension was of somebody else.
        ("02/04/2020", standing(State::Recognised, Level::BcvTinh), Some(2)),
        ("02/03/2020", details("Y H’Lan", "Chuyên viên"), Some(1)),
    ];
    let one = entry(facts.clone());
    assert_eq!(one.on(day("02/03/2020")), None);
    let now = one.on(day("01/07/2021")).unwrap();
    assert_eq!(now.details.name, "Y H’Lan");
    assert_eq!(
        now.standing.state,
        State::Suspended,
        "a correction does not come after what followed"
    );
    assert_eq!(one.facts.len(), 5);
    facts.push(("01/06/2021", Body::TakenBack, Some(3)));
    let one = entry(facts.clone());
    assert_eq!(
        one.on(day("01/07/2021")).unwrap().standing.state,
        State::Recognised
    );
    facts.push(("05/06/2021", standing(State::Recognised, Level::BcvTinh), Some(4)));
    facts.push(("01/06/2021", standing(State::Ended, Level::BcvTinh), None));
    assert!(!entry(facts).is_in_order(), "ended before it began");
}

#[test]
fn empty_is_not_zero() {
    let one = entry(vec![
        ("02/03/2020", details("Y Hlan", "Chuyên viên"), None),
        ("02/03/2020", standing(State::Recognised, Level::BcvTinh), None),
        ("09/11/2020", standing(State::Ended, Level::BcvTinh), None),
    ]);
    let nobody = BTreeSet::new();
    let somebody = BTreeSet::from([one.id]);
    let all = [one];
    let at = |spoke, level, text: &str| count(&all, spoke, level, day(text));
    assert_eq!(
        at(&nobody, Level::BcvTinh, "31/12/2019"),
        Counted::default(),
        "no register yet"
    );
    assert_eq!(at(&nobody, Level::BcvHuyen, "30/06/2020"), Counted::default());
    let summer = at(&nobody, Level::BcvTinh, "30/06/2020");
    assert_eq!((summer.recognised, summer.active), (Some(1), None));
    let spoken = at(&somebody, Level::BcvTinh, "30/06/2020");
    assert_eq!((spoken.recognised, spoken.active), (Some(1), Some(1)));
    let winter = at(&somebody, Level::BcvTinh, "31/12/2020");
    assert_eq!((winter.recognised, winter.active), (Some(0), Some(0)));
}

#[test]
fn terms_run_in_working_days() {
    let calendar = pbgdpl_vietnamese::working_days::Calendar::default();
    let asked = |state, level| {
        let Body::Standing(asked) = standing(state, level) else {
            unreachable!("a standing")
        };
        // A Friday.
        Standing {
            received: Some(day("06/03/2020")),
            ..asked
        }
    };
    let last = |state, level| -> Vec<(String, bool)> {
        deadlines(&asked(state, level), &calendar)
            .iter()
            .map(|term| (pbgdpl_vietnamese::date::dmy(term.last), term.decides))
            .collect()
    };
    let said = |text: &str, decides| (text.to_owned(), decides);
    assert_eq!(
        last(State::Proposed, Level::BcvTinh),
        [said("10/03/2020", false), said("13/03/2020", true)]
    );
    assert_eq!(
        last(State::DismissalAsked, Level::BcvTinh),
        [said("11/03/2020", false), said("13/03/2020", true)]
    );
    assert_eq!(
        last(State::DismissalAsked, Level::TtvXa),
        [said("11/03/2020", true)]
    );
    assert!(last(State::Recognised, Level::BcvTinh).is_empty());
}

#[test]
fn districts_recognise_nobody_after_they_ended() {
    assert!(Level::BcvHuyen.is_open_on(day("30/06/2025")));
    assert!(!Level::BcvHuyen.is_open_on(day("01/07/2025")));
    for word in Level::ALL.iter().map(|level| level.word()) {
        assert_eq!(word.parse::<Level>().unwrap().word(), word);
    }
}

#[test]
fn a_recognition_ends_with_its_level() {
    let one = entry(vec![
        ("02/03/2020", details("Y Hlan", "Chuyên viên"), None),
        ("02/03/2020", standing(State::Recognised, Level::BcvHuyen), None),
    ]);
    let (last, first) = (day("30/06/2025"), day("01/07/2025"));
    assert!(one.is_recognised_on(last) && one.may_speak_on(last));
    assert!(!one.is_recognised_on(first) && !one.may_speak_on(first));
    assert_eq!(one.standing_on(first).unwrap().1.lapsed_on(first), Some(first));
    assert_eq!(one.standing_on(last).unwrap().1.lapsed_on(last), None);
    assert!(PublicEntry::of(&one, last, str::to_owned).is_some());
    assert!(PublicEntry::of(&one, first, str::to_owned).is_none());
    let all = [one];
    assert_eq!(recognised(&all, Level::BcvHuyen, last).count(), 1);
    assert_eq!(recognised(&all, Level::BcvHuyen, first).count(), 0);
    let at = |day| count(&all, &BTreeSet::new(), Level::BcvHuyen, day).recognised;
    assert_eq!((at(last), at(first)), (Some(1), Some(0)));
}

#[test]
fn nobody_who_is_suspended_comes_out_of_a_request_as_active() {
    let Body::Standing(active) = standing(State::Recognised, Level::BcvTinh) else {
        unreachable!("a standing")
    };
    let steps = |steps: &[Step]| {
        steps
            .iter()
            .try_fold(active.clone(), |standing, step| standing.after(*step))
    };
    let asked = steps(&[Step::Suspend, Step::AskDismissal]).unwrap();
    assert!(asked.state == State::DismissalAsked && asked.may_not_be_sent());
    let kept = asked.after(Step::Resume).unwrap();
    assert_eq!(kept.state, State::Suspended);
    assert_eq!(kept.after(Step::Resume), Some(active.clone()));
    assert_eq!(steps(&[Step::AskDismissal, Step::Resume]), Some(active.clone()));
    for state in [Step::Suspend, Step::AskDismissal] {
        assert_eq!(steps(&[state, Step::Transfer]), None);
    }
}

#[test]
fn only_what_is_recognised_is_public() {
    let told = |state| {
        PublicEntry::of(
            &entry(vec![
                ("02/03/2020", details("Y Hlan", "Chuyên viên"), None),
                ("02/03/2020", standing(state, Level::BcvTinh), None),
            ]),
            day("03/03/2020"),
            str::to_owned,
        )
    };
    let shown = State::ALL.iter().filter(|state| told(**state).is_some());
    assert!(shown.eq(&[State::Recognised, State::Suspended, State::DismissalAsked]));
}
