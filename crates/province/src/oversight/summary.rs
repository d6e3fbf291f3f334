//! What a leader is told by letter (DSH-12): what is late or silent, what waits for them, what changed since they were last told. Sums
//! and names of agencies, nothing of a person.

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::figure::Stage;
use pbgdpl_model::id::AccountId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::manifest::CalendarFile;
use pbgdpl_model::policy::{Action, RoleSet};
use pbgdpl_model::structure::View;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_vietnamese::Calendar;

use super::dashboard::{dashboard, definitions};
use super::exception::{Exception, ExceptionKind};
use super::standpoint::Standpoint;
use crate::{Error, Province};

/// What the letter says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Of which year.
    pub year: i32,
    /// What somebody must look at, with the short names of the agencies.
    pub exceptions: Vec<(Exception, Vec<String>)>,
    /// Reports that wait to be accepted by the reader.
    pub reports: usize,
    /// Requests for more time that wait for the reader's answer.
    pub extensions: usize,
    /// Alarms that wait for the reader's answer.
    pub alarms: u64,
    /// Public figures that wait for the reader's agreement.
    pub figures: usize,
    /// Measures that changed since the reader was last told: then, now.
    pub changes: Vec<(Measure, i64, i64)>,
}

impl Summary {
    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let waits = self.reports + self.extensions + self.figures;
        self.exceptions.is_empty() && waits == 0 && self.alarms == 0 && self.changes.is_empty()
    }
}

/// The days on which offices work, and from which hour of them the letter goes.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.summary.schedule", skip_all)]
pub async fn schedule(province: &Province, ctx: &ProvinceCtx) -> Result<(Calendar, u32), Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let store = province.store().province_reader(&warrant).await?;
    let read = store.catalogue("calendar").await?;
    let file = read
        .first()
        .map(|(_, body)| serde_json::from_str::<CalendarFile>(body));
    let file = file.transpose()?.unwrap_or_default();
    let calendar = Calendar::new(file.days_off(), file.days_worked()).unwrap_or_default();
    Ok((calendar, definitions(&store).await?.summary_hour))
}

/// Draws it up for somebody with these roles in the province, who was last told on `since`: what changed from that day to the end of
/// yesterday. Whole days, so that nothing written after the hour of a letter is left out of the next.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.summary", skip_all)]
pub async fn summary(
    province: &Province,
    ctx: &ProvinceCtx,
    (reader, roles): (AccountId, RoleSet),
    since: Option<NaiveDate>,
) -> Result<Summary, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let could = |action| ctx.snapshot().province_policy().could(roles, action);
    let today = ctx.now().day();
    let now = dashboard(province, ctx, Some(today.year()), View::AsWas).await?;
    let until = today.pred_opt().unwrap_or(today);
    let year = until.year();
    let mut found = Summary {
        year,
        ..Summary::default()
    };
    for exception in &now.exceptions {
        let count = exception.agencies.len();
        match exception.kind {
            ExceptionKind::Waiting if could(Action::ReportAccept) => found.reports += count,
            ExceptionKind::ExtensionAsked if could(Action::ExtensionDecide) => found.extensions += count,
            _ => {
                let names = exception.agencies.iter().map(|id| now.name_of(*id).to_owned());
                found.exceptions.push((exception.clone(), names.collect()));
            }
        }
    }
    if let Some(told) = since.and_then(|since| since.pred_opt()) {
        let at = |day| Standpoint::from(View::AsWas).known_on(day);
        // Before the year began nothing of it stood.
        let then = if told.year() == year {
            Some(dashboard(province, ctx, Some(year), at(told)).await?)
        } else {
            None
        };
        let ended = dashboard(province, ctx, Some(year), at(until)).await?;
        for total in &ended.totals {
            let lines = then.iter().flat_map(|then| &then.totals);
            let before = lines.into_iter().find(|line| line.measure == total.measure);
            let before = before.map_or(0, |line| line.this);
            if before != total.this {
                found.changes.push((total.measure, before, total.this));
            }
        }
    }
    let store = province.store().province_reader(&warrant).await?;
    if could(Action::AlarmAnswer) {
        found.alarms = store.alarms(1, 1).await?.2;
    }
    if could(Action::FigureApprove) {
        let waiting = store.public_figures(Some(Stage::Proposed)).await?;
        let others = waiting.iter().filter(|figure| figure.proposed.account != reader);
        found.figures = others.count();
    }
    Ok(found)
}
