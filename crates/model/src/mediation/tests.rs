//! Groups: what stands on a day, corrections and ends, what is counted and what is not.

use super::*;
use crate::clock::Moment;
use crate::manifest::MediationFigure as Figure;

fn day(text: &str) -> NaiveDate {
    pbgdpl_vietnamese::date::parse_dmy(text).unwrap()
}

fn details(name: &str, commune: &str) -> Details {
    Details {
        name: name.into(),
        village: "Thôn 1".into(),
        commune: commune.into(),
        decision: Decision {
            number: "12/QĐ-UBND".into(),
            day: day("02/03/2015"),
            issuer: "Chủ tịch Ủy ban nhân dân xã".into(),
        },
    }
}

const fn figures(men: i64, women: i64, trained: Option<i64>) -> Figures {
    Figures {
        men,
        women,
        law: 1,
        minority: 2,
        trained,
    }
}

/// A group with these facts; the n-th is written on the n-th of January 2021.
fn group(facts: Vec<(&str, Body, Option<i32>)>) -> Group {
    let facts = facts
        .into_iter()
        .zip(1..)
        .map(|((from, body, corrects), number)| Fact {
            number,
            from: day(from),
            body,
            corrects,
            reason: "vì thế".into(),
            author_name: "Y Hlan".into(),
            at: Moment::from_millis(1_609_459_200_000 + i64::from(number) * 86_400_000),
        });
    Group {
        id: GroupId::fresh(Moment::from_millis(0)),
        facts: facts.collect(),
    }
}

fn a_group() -> Group {
    group(vec![
        ("02/03/2015", Body::Details(details("Tổ A", "1")), None),
        ("01/01/2019", Body::Figures(figures(4, 3, Some(6))), None),
        ("01/07/2020", Body::Figures(figures(5, 3, None)), None),
    ])
}

fn all(group: &Group, on: &str) -> Option<i64> {
    group.on(day(on))?.figures.map(Figures::all)
}

#[test]
fn a_figure_holds_until_the_next() {
    let group = a_group();
    assert!(group.on(day("01/03/2015")).is_none(), "not founded yet");
    assert_eq!(all(&group, "31/12/2018"), None, "stands, without figures");
    assert!(group.stands_on(day("31/12/2018")));
    assert_eq!(
        (all(&group, "30/06/2020"), all(&group, "01/07/2020")),
        (Some(7), Some(8))
    );
}

#[test]
fn the_trained_are_those_of_the_year_of_the_day() {
    let group = a_group();
    let trained = |on| group.on(day(on)).unwrap().trained;
    assert_eq!(trained("31/12/2019"), Some(6));
    assert_eq!(trained("30/06/2020"), None, "nothing was said in 2020");
    assert_eq!(trained("31/12/2020"), None, "the figures of July do not say it");
}

#[test]
fn a_correction_takes_the_place_and_a_mistake_is_taken_back() {
    let mut facts = a_group().facts;
    let right = |number, from: &str, body, corrects| Fact {
        number,
        from: day(from),
        body,
        corrects: Some(corrects),
        ..facts[0].clone()
    };
    let corrected = right(4, "01/08/2020", Body::Figures(figures(6, 3, None)), 3);
    let back = right(5, "01/08/2020", Body::TakenBack, 4);
    facts.push(corrected);
    let mut group = a_group();
    group.facts = facts;
    assert_eq!(
        (all(&group, "15/07/2020"), all(&group, "01/08/2020")),
        (Some(7), Some(9))
    );
    let group = group.with(back);
    assert_eq!(
        all(&group, "31/12/2020"),
        Some(7),
        "neither the wrong one nor its correction"
    );
    let founding = Fact {
        number: 6,
        body: Body::TakenBack,
        corrects: Some(1),
        ..group.facts[0].clone()
    };
    let never = group.with(founding);
    assert!(!never.stands_on(day("31/12/2020")));
    assert_eq!(
        never.known_as(day("31/12/2020")).unwrap().name,
        "Tổ A",
        "its page still names it"
    );
    assert_eq!(
        count([&never], day("31/12/2020")),
        Counted::default(),
        "never stood: nothing is kept"
    );
}

#[test]
fn who_is_dissolved_stood_until_the_day_before() {
    let mut facts = a_group().facts;
    facts.push(Fact {
        number: 4,
        from: day("01/10/2020"),
        body: Body::Dissolved,
        ..facts[0].clone()
    });
    let group = Group { facts, ..a_group() };
    assert!(group.stands_on(day("30/09/2020")) && !group.stands_on(day("01/10/2020")));
    let counted = |on| count([&group], day(on));
    assert_eq!(counted("30/09/2020").of(Figure::Mediators), Some(8));
    assert_eq!(
        (
            counted("31/12/2020").of(Figure::Groups),
            counted("31/12/2020").of(Figure::Trained)
        ),
        (Some(0), Some(0)),
        "kept, and none left: that is zero"
    );
    assert_eq!(in_form(&group, "from", day("01/01/2021")), None);
    let late = group.with(Fact {
        number: 5,
        from: day("02/10/2020"),
        body: Body::Figures(figures(1, 1, None)),
        ..group.facts[0].clone()
    });
    assert!(
        in_form(&late, "from", day("01/01/2021"))
            .unwrap()
            .reason
            .contains("giải thể từ ngày 01/10/2020")
    );
}

#[test]
fn a_sum_stands_once_every_group_says_it() {
    let whole = group(vec![
        ("02/03/2015", Body::Details(details("Tổ A", "1")), None),
        ("01/01/2020", Body::Figures(figures(4, 3, Some(6))), None),
    ]);
    let without_training = group(vec![
        ("02/03/2015", Body::Details(details("Tổ B", "1")), None),
        ("01/01/2020", Body::Figures(figures(2, 2, None)), None),
    ]);
    let bare = group(vec![("02/03/2015", Body::Details(details("Tổ C", "2")), None)]);
    let on = day("31/12/2020");
    let of = |groups: &[&Group], figure| count(groups.iter().copied(), on).of(figure);
    assert_eq!(of(&[], Figure::Groups), None, "empty is not zero");
    let figures = Figure::ALL.iter().map(|figure| of(&[&whole], *figure));
    let expected = [1, 7, 4, 3, 1, 6, 2, 6].map(Some);
    assert_eq!(figures.collect::<Vec<_>>(), expected);
    assert_eq!(of(&[&whole, &without_training], Figure::Mediators), Some(11));
    assert_eq!(of(&[&whole, &without_training], Figure::Trained), None);
    assert_eq!(
        (
            of(&[&whole, &bare], Figure::Groups),
            of(&[&whole, &bare], Figure::Men)
        ),
        (Some(2), None)
    );
    let communes = by_commune(&[whole, without_training, bare], on);
    assert_eq!(communes["1"].of(Figure::Women), Some(5));
    assert_eq!(
        (communes["2"].of(Figure::Groups), communes["2"].of(Figure::Women)),
        (Some(1), None)
    );
}

#[test]
fn what_cannot_be_is_named_with_its_field() {
    let fields = |problems: Vec<Problem>| problems.iter().map(|problem| problem.field).collect::<Vec<_>>();
    let wrong = Figures {
        men: -1,
        women: 3,
        law: 4,
        minority: 2,
        trained: Some(9),
    };
    assert_eq!(fields(of_figures(&wrong)), ["men", "law", "trained"]);
    assert!(of_figures(&figures(4, 3, Some(7))).is_empty());
    let communes = ["1".to_owned()];
    let today = day("01/01/2021");
    assert!(of_details(&details("Tổ A", "1"), &communes, today).is_empty());
    assert_eq!(
        fields(of_details(&details(" ", "2"), &communes, today)),
        ["name", "commune"]
    );
    assert_eq!(
        fields(of_details(&details("Tổ A", "1"), &[], today)),
        ["commune"],
        "an agency without communes names none"
    );
    let group = a_group();
    let with = |from: &str| {
        let fact = Fact {
            number: 4,
            from: day(from),
            body: Body::Figures(figures(1, 1, None)),
            ..group.facts[0].clone()
        };
        in_form(&group.with(fact), "from", today).map(|problem| problem.reason)
    };
    assert!(with("02/01/2021").unwrap().contains("tương lai"));
    assert!(
        with("01/03/2015")
            .unwrap()
            .contains("trước ngày thành lập 02/03/2015")
    );
    assert!(
        with("01/07/2020")
            .unwrap()
            .contains("đã có lần ghi từ ngày 01/07/2020")
    );
    assert_eq!(with("31/12/2019"), None, "a day between may be written down late");
}

#[test]
fn what_was_written_until_a_moment() {
    let group = a_group();
    let second = group.facts[1].at;
    assert_eq!(all(&group.written_until(second), "31/12/2020"), Some(7));
}

#[test]
fn only_the_first_fact_is_the_founding() {
    let today = day("01/01/2021");
    let group = a_group();
    let reason = |group: &Group| in_form(group, "from", today).map(|problem| (problem.field, problem.reason));
    let fact = |number, from: &str, name: &str, corrects| Fact {
        number,
        from: day(from),
        body: Body::Details(details(name, "1")),
        corrects,
        ..group.facts[0].clone()
    };
    let before = group.with(fact(4, "01/03/2015", "Tổ A mới", None));
    assert_eq!(before.founded(), Some(day("02/03/2015")), "the founding stays");
    assert!(!before.stands_on(day("01/03/2015")));
    let (field, said) = reason(&before).unwrap();
    assert_eq!(field, "from");
    assert!(said.contains("trước ngày thành lập 02/03/2015"), "{said}");

    let renamed = group.with(fact(4, "01/06/2018", "Tổ A mới", None));
    assert_eq!(reason(&renamed), None);
    let earlier = renamed.with(fact(5, "02/02/2015", "Tổ A", Some(1)));
    assert_eq!(
        (reason(&earlier), earlier.founded()),
        (None, Some(day("02/02/2015"))),
        "a correction takes the place of the founding"
    );
    let late = earlier.with(fact(6, "01/07/2018", "Tổ A", Some(5)));
    assert_eq!(late.founded(), Some(day("01/07/2018")));
    let (field, said) = reason(&late).unwrap();
    assert_eq!(field, "from");
    assert!(
        said.contains("từ ngày 01/06/2018, trước ngày thành lập 01/07/2018"),
        "{said}"
    );
    let never = renamed.with(Fact {
        body: Body::TakenBack,
        ..fact(5, "02/03/2015", "Tổ A", Some(1))
    });
    assert_eq!(never.founded(), None, "what it was called later founds nothing");
}

#[test]
fn why_it_ended_is_not_why_that_was_corrected() {
    let group = a_group();
    assert_eq!(group.why_dissolved(), None);
    let ended = |number, from: &str, corrects, reason: &str| Fact {
        number,
        from: day(from),
        body: Body::Dissolved,
        corrects,
        reason: reason.into(),
        ..group.facts[0].clone()
    };
    let once = group.with(ended(4, "01/10/2020", None, "Nhập hai thôn"));
    let twice = once.with(ended(5, "01/11/2020", Some(4), "ghi nhầm ngày"));
    assert_eq!(twice.dissolved().unwrap().from, day("01/11/2020"));
    assert_eq!(twice.why_dissolved(), Some("Nhập hai thôn"));
}

#[test]
fn a_commune_whose_last_group_moved_away_counts_zero() {
    let moved = group(vec![
        ("02/03/2015", Body::Details(details("Tổ A", "1")), None),
        ("01/01/2020", Body::Figures(figures(4, 3, Some(6))), None),
        ("01/07/2020", Body::Details(details("Tổ A", "2")), None),
    ]);
    let groups = [moved];
    let before = by_commune(&groups, day("30/06/2020"));
    assert_eq!(before["1"].of(Figure::Groups), Some(1));
    assert!(!before.contains_key("2"), "not there yet");
    let after = by_commune(&groups, day("31/12/2020"));
    let mut left = Figure::ALL.iter().map(|figure| after["1"].of(*figure));
    assert!(left.all(|figure| figure == Some(0)), "none is left: that is zero");
    assert_eq!(
        (after["2"].of(Figure::Groups), after["2"].of(Figure::Mediators)),
        (Some(1), Some(7))
    );
}
