//! What counts, what does not, and how well people are counted who nobody knows.

use sha2::{Digest, Sha256};

use super::*;

const PHONE: &str = "Mozilla/5.0 (Linux; Android 10; SM-A105F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0 Mobile Safari/537.36";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn mark(number: u64) -> Mark {
    let hash = Sha256::digest(number.to_le_bytes());
    Mark(hash[..16].try_into().unwrap())
}

fn view(number: u64) -> View {
    View {
        day: day("2020-06-15"),
        minute: 0,
        mark: mark(number),
        channel: Channel::Path,
        site: None,
        page: PageKind::Home,
        item: None,
        robot: false,
    }
}

#[test]
fn a_path_says_its_kind_and_nothing_made_up() {
    let id = ArticleId::fresh(crate::clock::Moment::from_millis(1));
    assert_eq!(page_of("/"), (PageKind::Home, None));
    assert_eq!(page_of(""), (PageKind::Home, None));
    assert_eq!(page_of(&format!("/bai/{id}-ten-bai")), (PageKind::Item, Some(id)));
    assert_eq!(page_of("/bai/khong-phai"), (PageKind::Item, None));
    assert_eq!(page_of("/loai/tin"), (PageKind::List, None));
    assert_eq!(page_of("/tim-kiem"), (PageKind::Search, None));
    assert_eq!(page_of("/lien-he"), (PageKind::Other, None));
}

#[test]
fn what_is_written_is_read_again() {
    let id = ArticleId::fresh(crate::clock::Moment::from_millis(1));
    for counted in [
        Counted::Channel(Channel::Mount),
        Counted::Site("khoa".into()),
        Counted::Page(PageKind::Search),
        Counted::Item(id),
        Counted::Excluded(Exclusion::Burst),
    ] {
        assert_eq!(Counted::read(counted.facet(), &counted.key()), Ok(counted));
    }
    assert!(Counted::read("item", "../etc").is_err() && Counted::read("who", "x").is_err());
}

#[test]
fn programs_are_known_by_their_names_and_telephones_are_not_taken_for_them() {
    for robot in [
        "",
        "curl/8.5.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36",
        "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
        "facebookexternalhit/1.1",
    ] {
        assert!(is_robot(robot), "{robot}");
    }
    for reader in [
        PHONE,
        "Mozilla/5.0 (Linux; Android 5.1; CUBOT_NOTE_S Build/LMY47I) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/61.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/87.0 Chrome/81.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 13_3 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/414",
    ] {
        assert!(!is_robot(reader), "{reader}");
    }
}

#[test]
fn what_is_excluded_is_counted_beside_what_counts() {
    let robot = View {
        robot: true,
        ..view(1)
    };
    let framed = View {
        channel: Channel::Frame,
        site: Some("khoa".into()),
        ..view(2)
    };
    let mut views = vec![robot, framed, view(3), view(4)];
    views.extend((0..MOST_A_MINUTE + 5).map(|_| view(5)));
    let staff = |_, of: Mark| of == mark(3);
    let days = decide(views, staff);
    let found = &days[&day("2020-06-15")];
    let of = |counted| found.views.get(&counted).copied().unwrap_or(0);
    assert_eq!(of(Counted::Excluded(Exclusion::Robot)), 1);
    assert_eq!(of(Counted::Excluded(Exclusion::Staff)), 1);
    assert_eq!(of(Counted::Excluded(Exclusion::Burst)), 5);
    assert_eq!(of(Counted::Channel(Channel::Path)), 1 + MOST_A_MINUTE);
    assert_eq!(of(Counted::Channel(Channel::Frame)), 1);
    assert_eq!(of(Counted::Site("khoa".into())), 1);
    assert_eq!(
        found.people.estimate(),
        3,
        "the robot and the member of staff are nobody"
    );
}

/// Views that waited through an outage are decided on at once: a minute that was flooded takes nothing from the others.
#[test]
fn a_flood_takes_its_own_minute_alone() {
    let at = |minute| View { minute, ..view(1) };
    let mut views: Vec<View> = (0..MOST_A_MINUTE + 5).map(|_| at(7)).collect();
    views.extend((0..MOST_A_MINUTE).map(|_| at(8)));
    views.push(at(7));
    // Somebody else in the minute of the flood.
    views.push(View { minute: 7, ..view(2) });
    let days = decide(views, |_, _| false);
    let found = &days[&day("2020-06-15")];
    assert_eq!(found.views[&Counted::Excluded(Exclusion::Burst)], 6);
    assert_eq!(
        found.views[&Counted::Channel(Channel::Path)],
        2 * MOST_A_MINUTE + 1
    );
    assert_eq!(found.people.estimate(), 2);
}

/// 100,000 visitors over 45 agencies, most of them in several: each agency and the union of all within 2 % (N-17).
#[test]
fn a_hundred_thousand_visitors_are_counted_within_two_percent() {
    const AGENCIES: usize = 45;
    let mut agencies = vec![People::default(); AGENCIES];
    let mut truth = [0_u64; AGENCIES];
    for visitor in 0..100_000_u64 {
        let first = usize::try_from(visitor % 7 * visitor % 45).unwrap();
        let places = 1 + usize::try_from(visitor % 4).unwrap();
        for step in 0..places {
            let agency = (first + step * 11) % AGENCIES;
            agencies[agency].add(mark(visitor));
            agencies[agency].add(mark(visitor));
            truth[agency] += 1;
        }
    }
    let off = |found: u64, real: u64| found.abs_diff(real) * 1000 / real.max(1);
    let mut province = People::default();
    for (people, real) in agencies.iter().zip(truth) {
        let off = off(people.estimate(), real);
        assert!(off <= 20, "{} instead of {real}: {off} ‰", people.estimate());
        // As it is stored, and merged twice: neither changes anything.
        let stored = People::from_bytes(&people.to_bytes()).unwrap();
        assert!(people.to_bytes().len() < 33_000);
        province.merge(&stored);
        province.merge(&stored);
    }
    let off = off(province.estimate(), 100_000);
    assert!(off <= 20, "{}: {off} ‰", province.estimate());
}

#[test]
fn an_empty_set_and_a_broken_one() {
    assert!(People::default().is_empty());
    assert_eq!(People::from_bytes(&[]).unwrap().estimate(), 0);
    assert!(People::from_bytes(b"khong phai").is_err());
    let mut one = People::default();
    one.merge(&People::default());
    assert_eq!(one.estimate(), 0);
    one.add(mark(1));
    assert_eq!(People::from_bytes(&one.to_bytes()).unwrap().estimate(), 1);
}
