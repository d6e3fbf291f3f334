//! The province's reports on plans: texts while a version is written, the whole report once it is frozen.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, PlanReportId};
use pbgdpl_model::plan::Texts;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use super::Frozen;
use crate::convert::{from_json, moment, to_json};
use crate::entity::province_plan_report;
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};

/// One version of the province's report on a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanReport {
    /// Permanent id.
    pub id: PlanReportId,
    /// Id of the plan.
    pub plan: String,
    /// Year.
    pub year: i32,
    /// 1, 2, 3 …
    pub version: i32,
    /// The province's own texts.
    pub texts: Texts,
    /// Why it takes the place of the version before.
    pub reason: String,
    /// When and by whom it was frozen.
    pub frozen: Option<Frozen>,
    /// The frozen report, canonical JSON; empty before.
    pub body: String,
    /// SHA-256 of the body, hexadecimal; empty before.
    pub hash: String,
    /// Who wrote last.
    pub by: (AccountId, String),
    /// When.
    pub at: Moment,
}

const DRAFT: &str = "draft";

fn read(row: province_plan_report::Model) -> Result<PlanReport, StoreError> {
    Ok(PlanReport {
        id: PlanReportId(row.id),
        plan: row.plan,
        year: row.year,
        version: row.version,
        texts: from_json(&row.texts)?,
        reason: row.reason,
        frozen: row.frozen_at.zip(row.frozen_by).map(|(at, by)| Frozen {
            at: moment(at),
            by: AccountId(by),
            name: row.frozen_name.unwrap_or_default(),
        }),
        body: row.body,
        hash: row.hash,
        by: (AccountId(row.changed_by), row.changed_name),
        at: moment(row.changed_at),
    })
}

impl ProvinceReader {
    /// All versions of the report on a plan in a year, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn plan_reports(&self, plan: &str, year: i32) -> Result<Vec<PlanReport>, StoreError> {
        let rows = province_plan_report::Entity::find()
            .filter(province_plan_report::Column::Plan.eq(plan))
            .filter(province_plan_report::Column::Year.eq(year))
            .order_by_desc(province_plan_report::Column::Version)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Every frozen version of every report on a plan: the newest year first, then the newest version.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn frozen_plan_reports(&self) -> Result<Vec<PlanReport>, StoreError> {
        let rows = province_plan_report::Entity::find()
            .filter(province_plan_report::Column::Stage.ne(DRAFT))
            .order_by_desc(province_plan_report::Column::Year)
            .order_by_asc(province_plan_report::Column::Plan)
            .order_by_desc(province_plan_report::Column::Version)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }
}

impl ProvinceStore {
    /// Writes a version: in place of a draft with the same id, or new.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where that version is frozen.
    pub async fn put_plan_report(&mut self, report: &PlanReport) -> Result<(), StoreError> {
        let columns = columns(report)?;
        let done = province_plan_report::Entity::update_many()
            .set(columns.clone())
            .filter(province_plan_report::Column::Id.eq(report.id.0))
            .filter(province_plan_report::Column::Stage.eq(DRAFT))
            .exec(&self.tx)
            .await?;
        if done.rows_affected == 1 {
            return Ok(());
        }
        let there = province_plan_report::Entity::find_by_id(report.id.0)
            .one(&self.tx)
            .await?;
        if there.is_some() {
            return Err(StoreError::Stale);
        }
        province_plan_report::ActiveModel {
            id: Set(report.id.0),
            ..columns
        }
        .insert(&self.tx)
        .await?;
        Ok(())
    }
}

/// Everything of a version but its id.
fn columns(report: &PlanReport) -> Result<province_plan_report::ActiveModel, StoreError> {
    let frozen = report.frozen.as_ref();
    Ok(province_plan_report::ActiveModel {
        plan: Set(report.plan.clone()),
        year: Set(report.year),
        version: Set(report.version),
        stage: Set(if frozen.is_some() { "frozen" } else { DRAFT }.to_owned()),
        texts: Set(to_json(&report.texts)?),
        reason: Set(report.reason.clone()),
        body: Set(report.body.clone()),
        hash: Set(report.hash.clone()),
        changed_by: Set(report.by.0.0),
        changed_name: Set(report.by.1.clone()),
        changed_at: Set(report.at.millis()),
        frozen_by: Set(frozen.map(|frozen| frozen.by.0)),
        frozen_name: Set(frozen.map(|frozen| frozen.name.clone())),
        frozen_at: Set(frozen.map(|frozen| frozen.at.millis())),
        ..Default::default()
    })
}
