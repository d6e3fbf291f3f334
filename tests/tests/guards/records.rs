//! AUD-01 for every act but the accounts' own (`account/trail.rs`): what cannot be recorded is not done, and what is done is recorded.

mod activities;
mod agency;
mod books;
mod exchange;
mod mediation;
mod oversight;
mod plans;
mod province;
mod register;
mod requests;
mod walk;
mod words;

use std::collections::BTreeSet;

use pbgdpl_testkit::furnish::forms_of_kon_tum;
use pbgdpl_testkit::house::{BOTH, House};

use self::walk::Walk;
use super::acts::{acts_of, is_act, name_of};

/// Acts that read and leave no record, with the reason. Each is walked too: it answers while nothing can be recorded.
const READS: &[(&str, &str)] = &[
    (
        "province.oversight.retention",
        "terms of keeping, and how many entries lost their words; no words",
    ),
    (
        "province.oversight.retention.words_since",
        "one term, for the daily job",
    ),
    (
        "province.oversight.own_hosts",
        "host names of agencies and how they stand: what anybody can ask the domain name system",
    ),
    (
        "province.oversight.places",
        "pages of agencies' sites and how they stand: what anybody can look at",
    ),
    (
        "province.oversight.places.picture",
        "which file holds the picture of such a page: of what anybody can look at",
    ),
    (
        "province.alarm.list",
        "what stands out in the logs: ids of entries and who acted, no record of an agency",
    ),
    (
        "province.alarm.list.one",
        "one of them, with the numbers of its entries",
    ),
    (
        "province.alarm.watch.is_due",
        "when somebody looked last, no entry of a log",
    ),
    (
        "province.agency.list",
        "the register, without content of an agency",
    ),
    (
        "province.agency.list.show",
        "one line of the register and who holds a role there",
    ),
    ("province.agency.list.superiors", "names for a form"),
    (
        "province.manifest.export",
        "the register as files, on the machine itself",
    ),
    (
        "province.extension.list",
        "what an agency asked of the province, and the answer",
    ),
    ("province.dataset.list", "years that there are records of"),
    ("province.manifest.plan", "what differs, before anything is done"),
    (
        "province.plan.contribution",
        "what the agency itself sent to the province",
    ),
    (
        "province.plan.frozen",
        "the province's own report, as it was frozen",
    ),
    ("province.plan.frozen.all", "which reports on plans were frozen"),
    (
        "province.plan.list",
        "which plans there are, and who has contributed",
    ),
    (
        "province.plan.read",
        "the province's own report, from what was sent and from sums",
    ),
    (
        "province.plan.read.version",
        "the province's own report, as it was frozen",
    ),
    (
        "province.report.due",
        "which reports are not sent, for the reminders; no figures",
    ),
    (
        "province.plan.due",
        "which reports on plans are not sent, for the reminders; no texts",
    ),
    ("province.report.indicators", "what figures mean; no figures"),
    (
        "province.request.list",
        "what was asked for out of turn, and how many have sent",
    ),
    ("province.member.list", "who holds a role in the province"),
    (
        "province.oversight.audit_log.of_province",
        "the province's own chain",
    ),
    ("province.oversight.dashboard", "sums, no content of an agency"),
    (
        "province.oversight.dashboard.fixed",
        "the same sums, as a saved view keeps them",
    ),
    (
        "province.oversight.drill.fixed_figure",
        "sums of agencies, as a saved view keeps them",
    ),
    (
        "province.public_figure.draw",
        "sums that were agreed to be public",
    ),
    (
        "province.public_figure.list",
        "which figures are public or proposed, with their sums",
    ),
    (
        "province.view.list",
        "views that the reader keeps or others share with them",
    ),
    ("province.view.list.one", "one of them"),
    (
        "province.oversight.drill.figure",
        "sums of agencies, no rows of their ledgers",
    ),
    (
        "province.oversight.engagement",
        "how often sections were read, and by how many; nobody by name",
    ),
    ("province.oversight.heat", "sums of days, no content of an agency"),
    ("province.oversight.peers", "sums of agencies beside each other"),
    (
        "province.oversight.quality",
        "sums of agencies, and who stands in the province's own chain as a reader",
    ),
    (
        "province.oversight.summary.schedule",
        "working days and an hour, from the province's files",
    ),
    (
        "province.oversight.summary",
        "sums and what waits, for a leader's letter",
    ),
    ("province.oversight.tiles", "sums of districts in their places"),
    (
        "province.oversight.gather",
        "sums of agencies, no rows of their ledgers",
    ),
    (
        "province.trace.cell",
        "which reports a figure of the province adds up",
    ),
    ("province.trace.report", "what an agency sent to the province"),
    ("province.trace.sum", "the province's own form"),
    ("province.trace.sum.list", "which forms the province made"),
    ("province.report.consolidate.read", "the province's own form"),
    (
        "province.report.consolidate.redraw",
        "the province's own form by another structure",
    ),
    (
        "province.exchange.list",
        "what was sent to the Ministry, and the last comparison",
    ),
    (
        "province.exchange.list.one",
        "one record, for the job that carries it",
    ),
    ("province.report.follow", "who has sent, and what was decided"),
    ("province.report.follow.present", "which period a page opens with"),
    (
        "province.report.read",
        "what the agency itself sent to the province",
    ),
    (
        "report.export.ledger",
        "an agency's own ledger, read by its own people",
    ),
    (
        "report.export.report",
        "an agency's own form, read by its own people",
    ),
];

/// The names of all acts outside `account/`.
fn acts() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for krate in ["app", "province"] {
        for path in acts_of(krate) {
            let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
            for item in file.items {
                if let syn::Item::Fn(function) = item
                    && is_act(&function)
                {
                    names.insert(name_of(krate, &path, &function.sig.ident.to_string()));
                }
            }
        }
    }
    names.retain(|name| !name.starts_with("account."));
    names
}

fn every_act_was_walked(walk: &Walk) {
    let acts = acts();
    let walked = |names: &BTreeSet<&str>| names.iter().map(|name| (*name).to_owned()).collect();
    let (records, reads): (BTreeSet<String>, BTreeSet<String>) = (walked(&walk.acts), walked(&walk.reads));
    let listed: BTreeSet<String> = READS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(reads, listed, "READS lists exactly what is walked as a reading");
    let all: BTreeSet<String> = records.union(&reads).cloned().collect();
    let forgotten: Vec<_> = acts.difference(&all).collect();
    assert!(
        forgotten.is_empty(),
        "{forgotten:?}: walk each new act in tests/guards/records/ (`walk.act`), or list it in READS with the reason"
    );
    let gone: Vec<_> = all.difference(&acts).collect();
    assert!(
        gone.is_empty(),
        "{gone:?} are no acts any more: take them out of the walk"
    );
}

#[tokio::test]
async fn aud_01_no_act_is_done_without_its_record() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        forms_of_kon_tum(&house, &["09b", "09c", "09d"]).await.unwrap();
        let mut walk = Walk::over(&house.ground).await;
        agency::section(&house, &mut walk).await;
        agency::items(&house, &mut walk).await;
        let evidence = activities::joint(&house, &mut walk).await;
        books::of_the_agency(&house, &mut walk).await;
        books::of_the_province(&house, &mut walk).await;
        plans::of_the_agency(&house, &mut walk).await;
        plans::of_the_province(&house, &mut walk).await;
        register::of_people(&house, &mut walk).await;
        mediation::of_groups(&house, &mut walk).await;
        province::register(&house, &mut walk).await;
        province::a_section_takes_over_nothing_unrecorded(&house, &mut walk).await;
        province::files(engine, &mut walk).await;
        oversight::readings(&house, &mut walk, evidence).await;
        words::go(&house, &mut walk).await;
        every_act_was_walked(&walk);
        house.end().await.unwrap();
    }
}
