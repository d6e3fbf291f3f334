//! AUD-07: each threshold one below and at the limit, by the province's clock.

use super::*;
use crate::clock::Moment;

const A: u128 = 1;
const B: u128 = 2;

fn at(text: &str) -> Moment {
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap();
    Moment::from(local.and_utc()).plus_seconds(-7 * 3600)
}

fn fact(seq: i64, who: u128, action: &str, at: Moment) -> Fact {
    Fact {
        chain: "province".into(),
        seq,
        at,
        actor: AccountId(Uuid::from_u128(who)),
        action: action.into(),
        person: None,
        object: Uuid::from_u128(9),
        mark: String::new(),
        count: 1,
    }
}

fn rule(text: &str) -> Rule {
    let whole = format!("id = \"x\"\ntitle = \"X\"\nadvice = \"Hỏi\"\n{text}");
    toml::from_str(&whole).unwrap()
}

fn seqs(found: &[Found<'_>]) -> Vec<Vec<i64>> {
    found
        .iter()
        .map(|found| found.facts.iter().map(|fact| fact.seq).collect())
        .collect()
}

fn night() -> Rule {
    rule(
        "pattern = \"many\"\nof = \"actor\"\nacts = [\"evidence-read\"]\nat_least = 3\nwithin_minutes = 420\nhours = \"22:00-05:00\"",
    )
}

#[test]
fn aud_07_a_night_begins_at_22_and_ends_before_5_by_the_clock_of_the_province() {
    let rules = [night()];
    let nights = |times: [&str; 3]| -> Vec<Vec<i64>> {
        let facts: Vec<Fact> = (1..)
            .zip(times)
            .map(|(seq, time)| fact(seq, A, "evidence-read", at(time)))
            .collect();
        seqs(&find(&rules, &facts))
    };
    // Both ends, over midnight.
    let whole = [
        "2021-01-12 22:00:00",
        "2021-01-13 00:30:00",
        "2021-01-13 04:59:59",
    ];
    assert_eq!(nights(whole), [[1, 2, 3]]);
    for outside in [
        [
            "2021-01-12 21:59:59",
            "2021-01-13 00:30:00",
            "2021-01-13 04:59:59",
        ],
        [
            "2021-01-12 22:00:00",
            "2021-01-13 00:30:00",
            "2021-01-13 05:00:00",
        ],
        // Two nights are two.
        [
            "2021-01-12 22:00:00",
            "2021-01-13 04:00:00",
            "2021-01-13 22:00:00",
        ],
    ] {
        assert!(nights(outside).is_empty(), "{outside:?}");
    }
    // Two in the night are one too few; three by two people are nobody's many.
    let two: Vec<Fact> = [1, 2]
        .map(|seq| fact(seq, A, "evidence-read", at("2021-01-12 23:00:00")))
        .to_vec();
    assert!(find(&rules, &two).is_empty());
    let by_two = [two, vec![fact(3, B, "evidence-read", at("2021-01-12 23:00:00"))]].concat();
    assert!(find(&rules, &by_two).is_empty());
}

#[test]
fn aud_07_many_within_a_time_counts_what_entries_gather_and_goes_on_as_one() {
    let rules = [rule(
        "pattern = \"many\"\nof = \"actor\"\nacts = [\"account-denied\"]\nat_least = 10\nwithin_minutes = 10",
    )];
    let start = at("2021-01-12 09:00:00");
    let gathered = |seq, minutes: i64, count| Fact {
        count,
        ..fact(seq, A, "account-denied", start.plus_seconds(minutes * 60))
    };
    let nine = [gathered(1, 0, 5), gathered(2, 10, 4)];
    assert!(find(&rules, &nine).is_empty());
    let ten = [gathered(1, 0, 5), gathered(2, 10, 5)];
    assert_eq!(seqs(&find(&rules, &ten)), [[1, 2]]);
    let later = [
        gathered(1, 0, 5),
        Fact {
            at: start.plus_seconds(600).plus_millis(1),
            ..gathered(2, 10, 5)
        },
    ];
    assert!(find(&rules, &later).is_empty(), "a moment too late");
    // It goes on: one alarm. It comes again an hour later: another.
    let long = [
        gathered(1, 0, 5),
        gathered(2, 10, 5),
        gathered(3, 15, 5),
        gathered(4, 25, 5),
        gathered(5, 85, 10),
    ];
    assert_eq!(seqs(&find(&rules, &long)), [vec![1, 2, 3, 4], vec![5]]);
    let mut shuffled = long.to_vec();
    shuffled.reverse();
    assert_eq!(find(&rules, &shuffled), find(&rules, &long));
}

#[test]
fn aud_07_given_and_taken_within_minutes_is_of_one_role_of_one_person() {
    let rules = [rule(
        "pattern = \"then\"\nof = \"object\"\nacts = [\"member-grant\"]\nthen = [\"member-revoke\"]\nwithin_minutes = 30",
    )];
    let start = at("2021-01-12 09:00:00");
    let given = |seq, seconds: i64, action: &str, role: &str| Fact {
        mark: role.into(),
        ..fact(seq, A, action, start.plus_seconds(seconds))
    };
    let taken = |seconds, role| {
        [
            given(1, 0, "member-grant", "editor"),
            given(2, seconds, "member-revoke", role),
        ]
    };
    assert_eq!(seqs(&find(&rules, &taken(1800, "editor"))), [[1, 2]]);
    assert!(
        find(&rules, &taken(1801, "editor")).is_empty(),
        "later is a change of mind"
    );
    assert!(find(&rules, &taken(60, "approver")).is_empty(), "another role");
    assert!(
        find(&rules, &taken(-60, "editor")).is_empty(),
        "taken, then given"
    );
    let mut of_another = taken(60, "editor");
    of_another[1].object = Uuid::from_u128(10);
    assert!(find(&rules, &of_another).is_empty(), "another person's");
    // Given once, taken; given again, taken again: two.
    let again = [
        given(1, 0, "member-grant", "editor"),
        given(2, 60, "member-revoke", "editor"),
        given(3, 120, "member-grant", "editor"),
        given(4, 180, "member-revoke", "editor"),
    ];
    assert_eq!(seqs(&find(&rules, &again)), [[1, 2], [3, 4]]);
}

#[test]
fn aud_07_what_the_system_does_is_nobodys_many() {
    let mut rules = [night()];
    rules[0].at_least = Some(1);
    let facts = [fact(1, 0, "evidence-read", at("2021-01-12 23:00:00"))];
    assert!(find(&rules, &facts).is_empty());
}

#[test]
fn hours_read_back_and_wrong_ones_are_refused() {
    let hours: Hours = "22:00-05:00".parse().unwrap();
    assert_eq!(hours.to_string(), "22:00-05:00");
    for wrong in ["22-5", "22:00", "25:00-05:00", "05:00-05:00"] {
        assert!(wrong.parse::<Hours>().is_err(), "{wrong}");
    }
    let day: Hours = "08:00-17:00".parse().unwrap();
    assert!(day.hold(at("2021-01-12 08:00:00")) && !day.hold(at("2021-01-12 17:00:00")));
}
