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

fn answers() -> impl Strategy<Value = Vec<(Answer, i64, bool)>> {
    let answer = prop_oneof![
        4 => Just(Answer::Proof),
        4 => Just(Answer::NoProof),
        2 => Just(Answer::Unsure),
    ];
    // Hours until the next look: mostly a day, sometimes a service that stood still.
    let hours = prop_oneof![8 => 1..26i64, 2 => 26..1_000i64, 1 => 1_000..10_000i64];
    prop::collection::vec((answer, hours, prop::bool::weighted(0.05)), 1..50)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Right after every look: a name serves only with a proof that is not older than the grace, counted from when it was first missed.
    #[test]
    fn nothing_serves_without_a_proof_within_the_grace(steps in answers()) {
        let mut now = at(0);
        let mut claim = Claim::new(now);
        let (mut proof, mut missing): (Option<Moment>, Option<Moment>) = (None, None);
        for (answer, hours, release) in steps {
            now = now.plus_seconds(hours * HOUR);
            let before = claim;
            claim = if release { claim.released(now) } else { claim.seen(answer, now) };
            if release {
                prop_assert_eq!(claim.standing(), Standing::Released);
            } else if before.released_at.is_none() {
                match answer {
                    Answer::Proof => (proof, missing) = (Some(now), None),
                    Answer::NoProof if proof.is_some() => missing = missing.or(Some(now)),
                    _ => {}
                }
            }
            prop_assert!(before.released_at.is_none() || claim == before);
            if claim.serves() {
                let age = |since: Moment| (now.millis() - since.millis()) / 1000;
                let Some(proof) = proof else { return Err(TestCaseError::fail("serves unproved")) };
                prop_assert!(age(proof) < SILENCE_SECONDS);
                prop_assert!(missing.is_none_or(|since| age(since) < GRACE_SECONDS));
            }
            // Whoever was shown once keeps the name from others for a year after it stopped.
            if claim.proved_at.is_some() && !claim.serves() {
                prop_assert!(claim.held_until().is_some());
            }
        }
    }
}
