//! Writes the texts of the agency's report on a plan: one a task. What another person saved meanwhile is never overwritten.

use std::collections::BTreeMap;

use pbgdpl_model::id::ContributionId;
use pbgdpl_model::plan::{Draft, LONGEST};
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::ReportFill;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use super::{Outcome, closed, view};
use crate::{App, Error};

/// What is written.
#[derive(Debug, Clone)]
pub struct Write {
    /// Id of the plan.
    pub plan: String,
    /// Year.
    pub year: i32,
    /// The row that the page was drawn from ([`super::View::row_version`]).
    pub based_on: i64,
    /// A text for each task, by number; tasks that are not named keep theirs.
    pub texts: BTreeMap<String, String>,
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
        let typed = order
            .texts
            .get(&number)
            .map_or(task.text.as_str(), |text| text.trim());
        let text = typed.replace("\r\n", "\n");
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
    if let Some(draft) = seen
        .draft
        .clone()
        .filter(|draft| draft.row_version != order.based_on)
    {
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
