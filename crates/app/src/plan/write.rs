//! Writes the texts of the agency's report on a plan: one a task. Two people may write two tasks at the same time; what another
//! person saved meanwhile is never overwritten unread, nor put back to what it was.

use std::collections::BTreeMap;

use pbgdpl_model::id::ContributionId;
use pbgdpl_model::plan::{Draft, LONGEST};
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::hash_of;
use pbgdpl_scope::action::ReportFill;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use super::{Outcome, SeenTask, closed, view};
use crate::{App, Error};

/// What is written.
#[derive(Debug, Clone)]
pub struct Write {
    /// Id of the plan.
    pub plan: String,
    /// Year.
    pub year: i32,
    /// Hash of the text of each task that stood there when it was read, by number ([`super::View::read`]); a task that is not
    /// named was read empty.
    pub read: BTreeMap<String, String>,
    /// A text for each task, by number; tasks that are not named keep theirs.
    pub texts: BTreeMap<String, String>,
}

impl Write {
    /// Whether somebody changed the text of a task since it was read.
    #[must_use]
    pub fn is_behind(&self, number: &str, stands: &str) -> bool {
        self.read_of(number) != hash_of(stands)
    }

    /// What was typed for a task; nothing where it was left as it was read, whatever stands there now.
    #[must_use]
    pub fn changed(&self, number: &str) -> Option<String> {
        let typed = tidy(self.texts.get(number)?);
        (hash_of(&typed) != self.read_of(number)).then_some(typed)
    }

    fn read_of(&self, number: &str) -> String {
        self.read.get(number).cloned().unwrap_or_else(|| hash_of(""))
    }
}

/// A text as it is kept: without space around it, lines ended as everywhere.
#[must_use]
pub fn tidy(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}

/// Saves the texts. Returns the row version that stands now; nothing is written where nothing changed.
///
/// # Errors
/// [`Error::NotFound`] where the plan does not ask this agency, [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "plan.write", skip_all)]
pub async fn write(app: &App, ctx: &Ctx, order: Write) -> Result<Outcome<i64>, Error> {
    let permit = ctx.permit::<ReportFill>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    let at = (order.plan.as_str(), order.year);
    let seen = view(&agency, ctx.tenant().agency(), at, ctx.now().day()).await?;
    if !seen.standing().is_open() {
        return Ok(closed(seen.standing()));
    }
    let mut texts = BTreeMap::new();
    let mut unmet = Vec::new();
    for task in &seen.tasks {
        let number = task.task.number.clone();
        let text = order.changed(&number).unwrap_or_else(|| task.text.clone());
        if text.chars().count() > LONGEST {
            unmet.push((number, format!("dài quá {LONGEST} ký tự; rút gọn rồi lưu lại")));
        } else {
            texts.insert(number, text);
        }
    }
    if !unmet.is_empty() {
        return Ok(Outcome::Unmet(unmet));
    }
    let changed: Vec<&String> = seen
        .tasks
        .iter()
        .filter(|task| texts.get(&task.task.number) != Some(&task.text))
        .map(|task| &task.task.number)
        .collect();
    if changed.is_empty() {
        return Ok(Outcome::Done(seen.row_version()));
    }
    let behind = |task: &SeenTask| {
        let number = &task.task.number;
        changed.contains(&number) && order.is_behind(number, &task.text)
    };
    if let Some(draft) = seen.draft.clone().filter(|_| seen.tasks.iter().any(behind)) {
        return Ok(Outcome::Stale(Box::new(draft)));
    }
    let draft = Draft {
        id: seen
            .draft
            .as_ref()
            .map_or_else(|| ContributionId::fresh(ctx.now()), |draft| draft.id),
        plan: seen.plan.id.clone(),
        year: order.year,
        version: seen.next_version(),
        reason: seen
            .draft
            .as_ref()
            .map_or_else(String::new, |draft| draft.reason.clone()),
        texts,
        by: ctx.actor().account(),
        by_name: ctx.actor().name().to_owned(),
        at: ctx.now(),
        row_version: seen.row_version(),
    };
    agency.put_contribution(&permit, &draft).await?;
    let note = format!("Nhiệm vụ {}", joined(&changed));
    let record = Record {
        action: Action::ReportFill,
        object_kind: "contribution",
        object_id: draft.id.0,
        verb: "Viết báo cáo kế hoạch",
        note: &note,
        reason: "",
        version: Some(draft.version),
        detail: json!({ "plan": draft.plan, "year": draft.year, "tasks": changed }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(Outcome::Done(draft.row_version + 1))
}

fn joined(numbers: &[&String]) -> String {
    let numbers: Vec<&str> = numbers.iter().map(|number| number.as_str()).collect();
    numbers.join(", ")
}
