//! Tests of claims: names that may be claimed, and the life of a claim against a model (SECURITY T8).

use proptest::prelude::*;

use super::*;

const HOUR: i64 = 3600;

fn at(hours: i64) -> Moment {
    Moment::from_millis(1_700_000_000_000).plus_seconds(hours * HOUR)
}

#[test]
fn a_name_has_one_form() {
    for (typed, kept) in [
        ("phapluat.coquan.gov.vn", "phapluat.coquan.gov.vn"),
        (" PhapLuat.CoQuan.GOV.vn. ", "phapluat.coquan.gov.vn"),
        ("pháp-luật.coquan.vn", "xn--php-lut-iwa0779d.coquan.vn"),
        ("sotuphap.kontum.gov.vn", "sotuphap.kontum.gov.vn"),
    ] {
        assert_eq!(read(typed).as_deref(), Ok(kept), "{typed}");
    }
}

#[test]
fn the_root_of_a_registration_is_told() {
    assert!(is_root("coquan.gov.vn") && is_root("coquan.vn"));
    assert!(!is_root("phapluat.coquan.gov.vn"));
}

#[test]
fn what_many_share_or_nobody_has_is_refused() {
    for (typed, why) in [
        ("", NotAHost::Empty),
        (" . ", NotAHost::Empty),
        ("*.coquan.gov.vn", NotAHost::Wildcard),
        ("https://coquan.gov.vn", NotAHost::Unreadable),
        ("coquan.gov.vn/phap-luat", NotAHost::Unreadable),
        ("coquan.gov.vn:8443", NotAHost::Unreadable),
        ("a b.gov.vn", NotAHost::Unreadable),
        ("a..gov.vn", NotAHost::Unreadable),
        ("-a.coquan.gov.vn", NotAHost::Unreadable),
        ("_dmarc.coquan.gov.vn", NotAHost::Unreadable),
        ("10.0.0.1", NotAHost::Address),
        ("2130706433", NotAHost::Address),
        ("0x7f.1", NotAHost::Address),
        ("gov.vn", NotAHost::Shared),
        ("vn", NotAHost::Shared),
        ("co.uk", NotAHost::Shared),
        ("github.io", NotAHost::Shared),
        ("localhost", NotAHost::Shared),
        ("a.localhost", NotAHost::Shared),
        ("co-quan.example", NotAHost::Shared),
        ("may-chu.internal", NotAHost::Shared),
        ("1.168.192.in-addr.arpa", NotAHost::Shared),
        ("co-quan.khongco", NotAHost::Shared),
    ] {
        assert_eq!(read(typed), Err(why), "{typed}");
    }
    let long = format!("{}.gov.vn", "a".repeat(64));
    assert_eq!(read(&long), Err(NotAHost::Unreadable));
}

#[test]
fn a_record_that_is_lost_warns_then_switches_off_then_may_come_back() {
    let claim = Claim::new(at(0));
    assert_eq!((claim.standing(), claim.serves()), (Standing::Waiting, false));
    let serving = claim.seen(Answer::Proof, at(1));
    assert_eq!((serving.standing(), serving.serves()), (Standing::Serving, true));
    let losing = serving.seen(Answer::NoProof, at(24));
    assert_eq!((losing.standing(), losing.serves()), (Standing::Losing, true));
    assert!(losing.seen(Answer::NoProof, at(24 + 71)).serves());
    let off = losing.seen(Answer::NoProof, at(24 + 72));
    assert_eq!((off.standing(), off.serves()), (Standing::Suspended, false));
    assert_eq!(off.held_until(), Some(at(24 + 72 + 365 * 24)));
    assert_eq!(off.seen(Answer::Proof, at(200)).standing(), Standing::Serving);
    let gone = off.seen(Answer::NoProof, at(24 + 72 + 365 * 24));
    assert_eq!(gone.standing(), Standing::Released);
    assert_eq!(gone.held_until(), off.held_until(), "a year, not two");
    assert_eq!(
        gone.seen(Answer::Proof, at(20_000)).standing(),
        Standing::Released,
        "only a new claim brings it back"
    );
}

#[test]
fn a_resolver_that_is_silent_is_no_loss_for_a_fortnight() {
    let serving = Claim::new(at(0)).seen(Answer::Proof, at(0));
    let silent = serving.seen(Answer::Unsure, at(13 * 24));
    assert_eq!(silent.standing(), Standing::Serving);
    assert_eq!(
        silent.seen(Answer::Unsure, at(14 * 24)).standing(),
        Standing::Suspended
    );
    // A loss that began goes on while nobody answers.
    let losing = serving.seen(Answer::NoProof, at(1));
    assert_eq!(
        losing.seen(Answer::Unsure, at(73)).standing(),
        Standing::Suspended
    );
}

#[test]
fn what_was_never_proved_is_given_up_and_keeps_nobody_out() {
    let waiting = Claim::new(at(0)).seen(Answer::NoProof, at(29 * 24));
    assert_eq!(
        (waiting.standing(), waiting.look_again(at(0))),
        (Standing::Waiting, Some(HOUR))
    );
    let gone = waiting.seen(Answer::Unsure, at(30 * 24));
    assert_eq!(
        (gone.standing(), gone.held_until(), gone.look_again(at(721))),
        (Standing::Released, None, None)
    );
}

/// What may happen to a claim of one of two agencies.
#[derive(Debug, Clone, Copy)]
enum Step {
    Look(Answer),
    Release,
    Claim,
    Purge,
}

fn histories() -> impl Strategy<Value = Vec<(Step, bool, i64)>> {
    let step = prop_oneof![
        4 => Just(Step::Look(Answer::Proof)),
        4 => Just(Step::Look(Answer::NoProof)),
        2 => Just(Step::Look(Answer::Unsure)),
        1 => Just(Step::Release),
        2 => Just(Step::Claim),
        1 => Just(Step::Purge),
    ];
    // Hours until the next step: mostly a day, sometimes a service that stood still.
    let hours = prop_oneof![8 => 1..26i64, 2 => 26..1_000i64, 1 => 1_000..10_000i64];
    prop::collection::vec((step, any::<bool>(), hours), 1..50)
}

/// Where the name leads, as `agency_address` holds it: whose it is, whether it is open, until when it is kept from others.
type Address = Option<(usize, bool, Option<Moment>)>;

/// As the store writes it down; an agency that another keeps out stays as it was.
fn written(address: Address, agency: usize, old: Claim, new: Claim) -> (Address, Claim) {
    let (open, ends) = (new.serves(), new.held_until());
    match address {
        Some((owner, ..)) if owner != agency => (address, if open { old } else { new }),
        Some(_) if !open && ends.is_none() => (address, new),
        Some(_) => (Some((agency, open, ends)), new),
        None if open => (Some((agency, true, None)), new),
        None => (None, new),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// SECURITY T8: a name shows at most one agency, and only with a proof that is not older than the grace; whoever had it keeps it from the
    /// other for a year after it stopped, and not for longer.
    #[test]
    fn a_name_shows_one_agency_and_only_with_a_proof_within_the_grace(steps in histories()) {
        let mut now = at(0);
        let mut claims: [Option<Claim>; 2] = [None, None];
        // By agency: the last proof, and since when it was missed.
        let mut proofs: [(Option<Moment>, Option<Moment>); 2] = [(None, None); 2];
        let mut address: Address = None;
        let mut stopped: Option<Moment> = None;
        for (step, second, hours) in steps {
            now = now.plus_seconds(hours * HOUR);
            let agency = usize::from(second);
            let before = address;
            match (step, claims[agency]) {
                (Step::Purge, _) => {
                    address = address.filter(|(_, open, ends)| *open || ends.is_none_or(|ends| ends >= now));
                }
                (Step::Claim, claim) => {
                    let taken = address.is_some_and(|(owner, ..)| owner != agency);
                    if !taken && claim.is_none_or(|claim| claim.standing() == Standing::Released) {
                        claims[agency] = Some(Claim::new(now));
                        proofs[agency] = (None, None);
                    }
                }
                (Step::Release, Some(claim)) => {
                    let (led, kept) = written(address, agency, claim, claim.released(now));
                    (address, claims[agency]) = (led, Some(kept));
                }
                (Step::Look(answer), Some(claim)) => {
                    let (led, kept) = written(address, agency, claim, claim.seen(answer, now));
                    (address, claims[agency]) = (led, Some(kept));
                    let (proof, missed) = &mut proofs[agency];
                    match answer {
                        Answer::Proof if kept.proved_at == Some(now) => (*proof, *missed) = (Some(now), None),
                        Answer::NoProof if proof.is_some() => *missed = missed.or(Some(now)),
                        _ => {}
                    }
                }
                _ => {}
            }
            let age = |since: Moment| (now.millis() - since.millis()) / 1000;
            // Only the agency that has the address serves.
            for (one, claim) in claims.iter().enumerate() {
                let serves = claim.is_some_and(|claim| claim.serves());
                prop_assert_eq!(serves, address.is_some_and(|(owner, open, _)| owner == one && open), "{:?}", address);
            }
            if let (Step::Look(_), Some((owner, true, _))) = (step, address) && owner == agency {
                let (proof, missed) = proofs[owner];
                let Some(proof) = proof else { return Err(TestCaseError::fail("serves unproved")) };
                prop_assert!(age(proof) < SILENCE_SECONDS);
                prop_assert!(missed.is_none_or(|since| age(since) < GRACE_SECONDS));
            }
            // The year begins when it stopped.
            match (before, address) {
                (Some((_, true, _)), Some((_, false, _))) => stopped = Some(now),
                (_, Some((_, true, _))) => stopped = None,
                _ => {}
            }
            if let (Some((_, false, ends)), Some(stopped)) = (address, stopped) {
                prop_assert_eq!(ends, Some(stopped.plus_seconds(TOMBSTONE_SECONDS)), "a year, not less and not more");
            }
        }
    }
}
