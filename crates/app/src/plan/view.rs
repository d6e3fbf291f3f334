//! A contribution as it stands: the tasks of the agency with their texts and figures, what was sent, what was decided.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::agency::Agency;
use pbgdpl_model::manifest::{Charge, PlanFile, PlanTask};
use pbgdpl_model::plan::{
    Contribution, Draft, Figure, Plans, Standing, TaskResult, counted_days, drawn, may_contribute, standing,
};
use pbgdpl_model::report::{Amendment, Sender, hash_of};
use pbgdpl_store::StoreError;
use pbgdpl_store::province::SentContribution;
use pbgdpl_store::tenant::TenantReader;

use crate::Error;

/// One task as the agency sees it.
#[derive(Debug, Clone)]
pub struct SeenTask {
    /// The task.
    pub task: PlanTask,
    /// What the agency is in it.
    pub charge: Charge,
    /// Its text: of the draft, or as it was sent.
    pub text: String,
    /// Figures of its own ledger: of now, or as they were sent.
    pub figures: Vec<Figure>,
}

/// A contribution as it stands.
#[derive(Debug, Clone)]
pub struct View {
    /// The plan, in the wording of the year.
    pub plan: PlanFile,
    /// Year.
    pub year: i32,
    /// The last day to send it, where the province set one.
    pub due: Option<NaiveDate>,
    /// What is written, if anything is.
    pub draft: Option<Draft>,
    /// What was sent, newest version first.
    pub sent: Vec<SentContribution>,
    /// The tasks that the plan charges it with.
    pub tasks: Vec<SeenTask>,
    /// The days that are counted.
    pub days: (NaiveDate, NaiveDate),
    /// What would be sent, or what was.
    pub body: Contribution,
    /// Hash of that: who sends says with it what was read.
    pub hash: String,
    /// Hash of its figures and days alone.
    pub figures: String,
}

impl View {
    /// Where it stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let draft = self.draft.as_ref().map_or(1, |draft| draft.version);
        standing(draft, self.sent.first().map(SentContribution::stands))
    }

    /// What the page was drawn from: rises with every change of the texts.
    #[must_use]
    pub fn row_version(&self) -> i64 {
        self.draft.as_ref().map_or(0, |draft| draft.row_version)
    }

    /// Hash of the text of each task, by number: who writes says with it what was read.
    #[must_use]
    pub fn read(&self) -> BTreeMap<String, String> {
        let tasks = self.tasks.iter();
        tasks
            .map(|task| (task.task.number.clone(), hash_of(&task.text)))
            .collect()
    }

    /// The remark with which the newest version was returned.
    #[must_use]
    pub fn returned(&self) -> Option<&SentContribution> {
        let newest = self.sent.first()?;
        let again = self.standing() == Standing::Returned || newest.version + 1 == self.body.version;
        (newest.stands().1 == Standing::Returned && again).then_some(newest)
    }

    /// The number of the version that is written next.
    pub(super) fn next_version(&self) -> i32 {
        let sent = self.sent.first().map_or(0, |sent| sent.version);
        self.draft.as_ref().map_or(1, |draft| draft.version).max(sent + 1)
    }
}

/// The plans of the province.
///
/// # Errors
/// Where the store fails, or the catalogue cannot be read.
pub async fn plans(reader: &TenantReader) -> Result<Plans, Error> {
    Ok(Plans::read(&reader.catalogue_of(&Plans::KINDS).await?).map_err(unreadable)?)
}

fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::Unreadable(error.to_string())
}

/// Reads the agency's contribution under a plan. The caller has asked for the permit.
///
/// # Errors
/// [`Error::NotFound`] where the plan does not ask this agency, or the year has not begun; or a fault of the store.
pub async fn view(
    reader: &TenantReader,
    agency: &Agency,
    (plan, year): (&str, i32),
    today: NaiveDate,
) -> Result<View, Error> {
    let plans = plans(reader).await?;
    let plan = plans.of_year(plan, year).ok_or(Error::NotFound)?.clone();
    let days = counted_days(&plan, year, today)
        .filter(|(from, _)| *from <= today)
        .ok_or(Error::NotFound)?;
    if !may_contribute(&plan, agency, year) {
        return Err(Error::NotFound);
    }
    let draft = reader.contribution(&plan.id, year).await?;
    let sent = reader.sent_contributions(&plan.id, year).await?;
    let mut seen = View {
        body: empty(&plan, agency, year, days),
        due: plans.due(&plan.id, year),
        plan,
        year,
        draft,
        sent,
        tasks: Vec::new(),
        days,
        hash: String::new(),
        figures: String::new(),
    };
    if seen.standing() == Standing::Draft || seen.standing() == Standing::Returned {
        seen.body = now(reader, &seen, agency).await?;
        seen.hash = hash_of(&seen.body.canonical().map_err(unreadable)?);
    } else if let Some(newest) = seen.sent.first() {
        seen.body = Contribution::read(&newest.body).map_err(unreadable)?;
        seen.days = (seen.body.from, seen.body.to);
        seen.hash = newest.hash.clone();
    }
    let figures: Vec<&Vec<Figure>> = seen.body.tasks.iter().map(|task| &task.figures).collect();
    let figures = serde_json::to_string(&(seen.days, figures)).map_err(unreadable)?;
    seen.figures = hash_of(&figures);
    let results = seen.body.tasks.iter();
    let tasks = results.filter_map(|result| {
        Some(SeenTask {
            task: seen.plan.task(&result.number)?.clone(),
            charge: result.charge,
            text: result.text.clone(),
            figures: result.figures.clone(),
        })
    });
    seen.tasks = tasks.collect();
    Ok(seen)
}

fn empty(plan: &PlanFile, agency: &Agency, year: i32, (from, to): (NaiveDate, NaiveDate)) -> Contribution {
    Contribution {
        schema: "pbgdpl/contribution/1".to_owned(),
        plan: plan.id.clone(),
        year,
        version: 1,
        agency: Sender {
            id: agency.id,
            slug: agency.slug.clone(),
            name: agency.official_on(to).to_owned(),
            report_row: agency.report_row,
        },
        from,
        to,
        ledger_seq: 0,
        amends: None,
        tasks: Vec::new(),
    }
}

/// What would be sent now.
async fn now(reader: &TenantReader, seen: &View, agency: &Agency) -> Result<Contribution, Error> {
    let (from, to) = seen.days;
    let position = reader.ledger_position().await?;
    let totals = reader.ledger_totals_up_to(from, to, position).await?;
    let text_of = |number: &str| {
        let texts = seen.draft.as_ref().map(|draft| &draft.texts);
        texts
            .and_then(|texts| texts.get(number))
            .cloned()
            .unwrap_or_default()
    };
    let tasks = seen.plan.tasks_of(agency).map(|(task, charge)| TaskResult {
        number: task.number.clone(),
        charge,
        text: text_of(&task.number),
        figures: drawn(&task.indicators, &totals),
    });
    let reason = match seen.sent.first().map(SentContribution::stands) {
        Some((_, Standing::Returned)) => "Sửa theo ý kiến trả lại".to_owned(),
        _ => seen
            .draft
            .as_ref()
            .map_or_else(String::new, |draft| draft.reason.clone()),
    };
    let version = seen.next_version();
    Ok(Contribution {
        version,
        ledger_seq: position,
        amends: (version > 1).then(|| Amendment {
            version: version - 1,
            reason,
        }),
        tasks: tasks.collect(),
        ..seen.body.clone()
    })
}
