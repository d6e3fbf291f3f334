//! The two years, day after day: what is recorded, corrected, answered, reported; and what is asked on the way.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use pbgdpl_app::activity::{Facts, Outcome, add_evidence, answer_share, correct, draft, record, reverse};
use pbgdpl_app::media::upload::{Purpose, Upload, upload};
use pbgdpl_model::activity::Answer;
use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::id::ActivityId;
use pbgdpl_model::manifest::{Accent, Contact, Membership, UnitKind};
use pbgdpl_province::agency::create::{NewAgency, create};
use pbgdpl_store::Engine;
use pbgdpl_testkit::furnish::png;

use crate::files::{self, CHANGES, NEW};
use crate::numbers::Numbers;
use crate::plan::{Later, Planned, Size, planned};
use crate::province::Place;
use crate::questions;
use crate::reports::{self, Round};
use crate::taken::{self, Taken};

/// What may happen on a day, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Files,
    NewAgency,
    Record(usize),
    Correct(usize),
    Reverse(usize),
    Report(Round),
    EndOfMonth,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

/// Makes the two years and takes out what an outsider may have of them.
pub(crate) async fn two_years(engine: Engine, size: &Size) -> Taken {
    let mut place = Place::on(engine, size.agencies).await;
    let plan = planned(&files::sections(size.agencies), size.activities);
    let mut made: BTreeMap<usize, ActivityId> = BTreeMap::new();
    let mut numbers = Numbers::of(7);
    let mut answers = Vec::new();
    let mut structure = Vec::new();
    let mut frozen = Vec::new();
    let steps = steps(&plan);
    let months = steps.iter().filter(|(_, step)| *step == Step::EndOfMonth).count();
    for (on, step) in steps {
        place.go_to(on);
        match step {
            Step::Files => {
                place.apply_files().await;
                structure.push((place.now().rfc3339(), taken::reorganisations(&place).await));
            }
            Step::NewAgency => new_agency(&mut place).await,
            Step::Record(at) => {
                made.insert(at, recorded(&place, &plan[at]).await);
            }
            Step::Correct(at) => corrected(&place, &plan[at], made[&at]).await,
            Step::Reverse(at) => {
                let ctx = place.reporter(&place.tenant(&plan[at].owner));
                done(
                    reverse::reverse(&place.app, &ctx, made[&at], "ghi trùng")
                        .await
                        .unwrap(),
                );
            }
            Step::Report(round) => frozen.extend(reports::collected(&place, round).await),
            Step::EndOfMonth => {
                end_of_month(&place, &mut numbers).await;
                for _ in 0..size.questions.div_ceil(months) {
                    answers.push(questions::asked(&place, &mut numbers).await);
                }
            }
        }
    }
    place.jobs.run_once_until_idle().await.unwrap();
    let left = place.app.store().read().backlog().await.unwrap();
    assert_eq!(left, (0, 0, 0), "{engine:?}: waiting, dead, days due");
    taken::taken(&place, structure, frozen, answers).await
}

fn steps(plan: &[Planned]) -> Vec<(NaiveDate, Step)> {
    let mut steps: Vec<(NaiveDate, Step)> = CHANGES.iter().map(|on| (day(on), Step::Files)).collect();
    steps.push((day("2020-07-01"), Step::NewAgency));
    for (at, one) in plan.iter().enumerate() {
        steps.push((one.recorded, Step::Record(at)));
        match &one.later {
            Later::Nothing => {}
            Later::Corrected { on, .. } => steps.push((*on, Step::Correct(at))),
            Later::Reversed { on } => steps.push((*on, Step::Reverse(at))),
        }
    }
    steps.extend(
        reports::rounds()
            .into_iter()
            .map(|(round, on)| (on, Step::Report(round))),
    );
    for month in 1..=25u32 {
        let (year, month) = (2020 + i32::try_from(month / 12).unwrap(), month % 12 + 1);
        let next = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
        steps.push((next.pred_opt().unwrap(), Step::EndOfMonth));
    }
    steps.sort();
    steps
}

async fn new_agency(place: &mut Place) {
    let asked = NewAgency {
        official: "Ban Thử nghiệm tỉnh Kon Tum".into(),
        short: "Ban Thử nghiệm".into(),
        slug: NEW.into(),
        kind: UnitKind::BanNganh,
        membership: Membership::Subordinate,
        report_row: ReportRow::SoNganh,
        accent: Accent::Lua,
        parent: "ubnd-tinh".into(),
        contact: Contact::default(),
        administrator: String::new(),
    };
    create(&place.province, &place.officer(), &asked).await.unwrap();
    place.settle().await;
}

fn facts(place: &Place, planned: &Planned) -> Facts {
    Facts {
        kind: planned.kind,
        day: planned.day,
        content: planned.content.clone(),
        partners: planned
            .partners
            .iter()
            .map(|slug| place.tenant(slug).id())
            .collect(),
    }
}

async fn recorded(place: &Place, planned: &Planned) -> ActivityId {
    let tenant = place.tenant(&planned.owner);
    let ctx = place.reporter(&tenant);
    let id = done(
        draft::create(&place.app, &ctx, facts(place, planned))
            .await
            .unwrap(),
    );
    if planned.evidence {
        let order = Upload {
            purpose: Purpose::Evidence,
            file_name: "bien-ban.png".into(),
            bytes: png().unwrap().into(),
            alt: String::new(),
        };
        let file = upload(&place.app, &ctx, order).await.unwrap();
        done(
            add_evidence::add_evidence(&place.app, &ctx, id, file.id, "Biên bản")
                .await
                .unwrap(),
        );
    }
    done(record::record(&place.app, &ctx, id, 1).await.unwrap());
    id
}

async fn corrected(place: &Place, planned: &Planned, activity: ActivityId) {
    let Later::Corrected { more, day, .. } = &planned.later else {
        return;
    };
    let ctx = place.reporter(&place.tenant(&planned.owner));
    let mut facts = facts(place, planned);
    facts.content.attendees += more;
    facts.day = day.unwrap_or(facts.day);
    let order = correct::Correct {
        activity,
        based_on: 1,
        facts,
        reason: "Danh sách ký nhận ghi khác".into(),
    };
    done(correct::correct(&place.app, &ctx, order).await.unwrap());
}

/// What waits is carried out; invitations are answered, some with no.
async fn end_of_month(place: &Place, numbers: &mut Numbers) {
    place.jobs.run_once_until_idle().await.unwrap();
    for tenant in place.tenants() {
        let reader = place.app.store().read().tenant(&tenant).await.unwrap();
        let (mut waiting, _) = reader.shares(Some(Answer::Invited), 1, 200).await.unwrap();
        drop(reader);
        waiting.sort_by(|a, b| a.title.cmp(&b.title));
        for share in waiting {
            let ctx = place.reporter(&tenant);
            let took_part = !numbers.once_in(4);
            let reason = if took_part { "" } else { "Không cử người" };
            let answer =
                answer_share::answer_share(&place.app, &ctx, share.activity, took_part, reason).await;
            done(answer.unwrap());
        }
    }
    place.jobs.run_once_until_idle().await.unwrap();
    assert!(place.today().year() < 2023);
}
