//! Reports of an agency: their versions, their declared cells, and the way they went.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, ReportId};
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::manifest::Commune;
use pbgdpl_model::report::{CheckedFigures, Declared, Place, Report, Walk, period_of, period_word};
use pbgdpl_scope::action::{Act, ReportFill};
use pbgdpl_scope::{Ctx, Permit};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::Deserialize;

use crate::convert::{from_json, moment, to_json, word};
use crate::entity::{agency, ledger, report, report_cell, report_step};
use crate::error::StoreError;
use crate::fold::by_measure;
use crate::tenant::{TenantReader, TenantStore};

/// What a report needs of the agency's file.
#[derive(Deserialize)]
struct Communes {
    #[serde(rename = "commune", default)]
    communes: Vec<Commune>,
}

impl TenantReader {
    /// A report.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn report(&self, id: ReportId) -> Result<Option<Report>, StoreError> {
        self.find::<report::Entity>()
            .filter(report::Column::Id.eq(id.0))
            .one(&self.tx)
            .await?
            .map(read)
            .transpose()
    }

    /// Every version of a form for one period, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn report_versions(
        &self,
        form: &str,
        period: &str,
        year: i32,
    ) -> Result<Vec<Report>, StoreError> {
        let rows = self
            .find::<report::Entity>()
            .filter(report::Column::Form.eq(form))
            .filter(report::Column::Period.eq(period))
            .filter(report::Column::Year.eq(year))
            .order_by_desc(report::Column::Version)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Every report of the agency, newest year first, newest version first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn reports(&self) -> Result<Vec<Report>, StoreError> {
        let rows = self
            .find::<report::Entity>()
            .order_by_desc(report::Column::Year)
            .order_by_asc(report::Column::Form)
            .order_by_asc(report::Column::Period)
            .order_by_desc(report::Column::Version)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// What was declared in a report.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn declared(&self, report: ReportId) -> Result<Vec<Declared>, StoreError> {
        let rows = self
            .find::<report_cell::Entity>()
            .filter(report_cell::Column::ReportId.eq(report.0))
            .order_by_asc(report_cell::Column::RowKey)
            .order_by_asc(report_cell::Column::Col)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read_cell).collect()
    }

    /// The way a report went, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn report_walk(&self, report: ReportId) -> Result<Vec<Walk>, StoreError> {
        let rows = self
            .find::<report_step::Entity>()
            .filter(report_step::Column::ReportId.eq(report.0))
            .order_by_asc(report_step::Column::At)
            .order_by_asc(report_step::Column::Id)
            .all(&self.tx)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| Walk {
                step: row.step,
                note: row.note,
                by: AccountId(row.actor),
                by_name: row.actor_name,
                at: moment(row.at),
            })
            .collect())
    }

    /// The sum of every measure over these days, counting no row after `seq`. With a position read before, the figures
    /// and the position belong together whatever is written meanwhile: rows become visible in the order of their numbers.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ledger_totals_up_to(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        seq: i64,
    ) -> Result<BTreeMap<Measure, i64>, StoreError> {
        let rows = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::Day.gte(from))
            .filter(ledger::Column::Day.lte(to))
            .filter(ledger::Column::Seq.lte(seq));
        by_measure(rows, ledger::Column::Measure, &self.tx).await
    }

    /// The communes of the agency, as its file names them; none but for districts.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn communes(&self) -> Result<Vec<Place>, StoreError> {
        let Some(row) = agency::Entity::find_by_id(self.tenant.0).one(&self.tx).await? else {
            return Ok(Vec::new());
        };
        let file: Communes = from_json(&row.body)?;
        let place = |commune: Commune| Place {
            code: commune.code,
            name: commune.official,
        };
        Ok(file.communes.into_iter().map(place).collect())
    }
}

impl TenantStore {
    /// Writes a new version of a report.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where that version stands already.
    pub async fn add_report(&mut self, permit: &Permit<ReportFill>, new: &Report) -> Result<(), StoreError> {
        self.check(permit)?;
        let (checked_seq, checked_lines, checked_hash) = checked(new)?;
        report::ActiveModel {
            tenant_id: Set(self.tenant().0),
            id: Set(new.id.0),
            form: Set(new.form.clone()),
            period: Set(period_word(new.period).to_owned()),
            year: Set(new.year),
            version: Set(new.version),
            stage: Set(new.stage.word().to_owned()),
            ledger_seq: Set(new.ledger_seq),
            body: Set(new.body.clone()),
            hash: Set(new.hash.clone()),
            created_by: Set(new.created_by.0),
            created_at: Set(new.created_at.millis()),
            changed_at: Set(new.changed_at.millis()),
            submitted_at: Set(new.submitted_at.map(Moment::millis)),
            row_version: Set(1),
            checked_seq: Set(checked_seq),
            checked_lines: Set(checked_lines),
            checked_hash: Set(checked_hash),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }

    /// Moves a report: stage, the figures that were checked and, once it is sent, the frozen ones.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where it changed since it was read.
    pub async fn move_report<A: Act>(
        &mut self,
        permit: &Permit<A>,
        changed: &Report,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        let (checked_seq, checked_lines, checked_hash) = checked(changed)?;
        let done = report::Entity::update_many()
            .set(report::ActiveModel {
                stage: Set(changed.stage.word().to_owned()),
                ledger_seq: Set(changed.ledger_seq),
                body: Set(changed.body.clone()),
                hash: Set(changed.hash.clone()),
                changed_at: Set(changed.changed_at.millis()),
                submitted_at: Set(changed.submitted_at.map(Moment::millis)),
                checked_seq: Set(checked_seq),
                checked_lines: Set(checked_lines),
                checked_hash: Set(checked_hash),
                ..Default::default()
            })
            .col_expr(
                report::Column::RowVersion,
                Expr::col(report::Column::RowVersion).add(1),
            )
            .filter(report::Column::TenantId.eq(self.tenant().0))
            .filter(report::Column::Id.eq(changed.id.0))
            .filter(report::Column::RowVersion.eq(changed.row_version))
            .exec(&self.reader.tx)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Stale)
        }
    }

    /// Writes declared cells in place of what stood there.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_declared(
        &mut self,
        permit: &Permit<ReportFill>,
        report: ReportId,
        cells: &[Declared],
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        for cell in cells {
            let row = report_cell::ActiveModel {
                tenant_id: Set(self.tenant().0),
                report_id: Set(report.0),
                row_key: Set(cell.row.clone()),
                col: Set(i32::from(cell.column)),
                actual: Set(cell.actual),
                estimate: Set(cell.estimate),
                note: Set(cell.note.clone()),
                changed_by: Set(cell.by.0),
                changed_name: Set(cell.by_name.clone()),
                changed_at: Set(cell.at.millis()),
            };
            report_cell::Entity::insert(row)
                .on_conflict(
                    OnConflict::columns([
                        report_cell::Column::TenantId,
                        report_cell::Column::ReportId,
                        report_cell::Column::RowKey,
                        report_cell::Column::Col,
                    ])
                    .update_columns([
                        report_cell::Column::Actual,
                        report_cell::Column::Estimate,
                        report_cell::Column::Note,
                        report_cell::Column::ChangedBy,
                        report_cell::Column::ChangedName,
                        report_cell::Column::ChangedAt,
                    ])
                    .to_owned(),
                )
                .exec_without_returning(&self.reader.tx)
                .await?;
        }
        Ok(())
    }

    /// Adds a station to the way of a report: after the last one, also where the clock stands still.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_report_walk(
        &mut self,
        ctx: &Ctx,
        report: ReportId,
        step: &str,
        note: &str,
    ) -> Result<(), StoreError> {
        let last: Option<i64> = self
            .find::<report_step::Entity>()
            .filter(report_step::Column::ReportId.eq(report.0))
            .order_by_desc(report_step::Column::At)
            .select_only()
            .column(report_step::Column::At)
            .into_tuple()
            .one(&self.reader.tx)
            .await?;
        let now = ctx.now().millis();
        report_step::ActiveModel {
            tenant_id: Set(self.tenant().0),
            report_id: Set(report.0),
            id: Set(pbgdpl_model::id::fresh(ctx.now())),
            step: Set(step.to_owned()),
            note: Set(note.to_owned()),
            actor: Set(ctx.actor().account().0),
            actor_name: Set(ctx.actor().name().to_owned()),
            at: Set(last.map_or(now, |last| Ord::max(now, last + 1))),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }
}

/// Position, lines and hash of what was checked, as columns.
fn checked(report: &Report) -> Result<(i64, String, String), StoreError> {
    report
        .checked
        .as_ref()
        .map_or(Ok((0, String::new(), String::new())), |checked| {
            Ok((checked.ledger_seq, to_json(&checked.lines)?, checked.hash.clone()))
        })
}

fn read_checked(row: &report::Model) -> Result<Option<CheckedFigures>, StoreError> {
    if row.checked_hash.is_empty() {
        return Ok(None);
    }
    Ok(Some(CheckedFigures {
        ledger_seq: row.checked_seq,
        lines: from_json(&row.checked_lines)?,
        hash: row.checked_hash.clone(),
    }))
}

fn read(row: report::Model) -> Result<Report, StoreError> {
    let period = period_of(&row.period)
        .ok_or_else(|| StoreError::Unreadable(format!("unknown period: {}", row.period)))?;
    Ok(Report {
        checked: read_checked(&row)?,
        id: ReportId(row.id),
        form: row.form,
        period,
        year: row.year,
        version: row.version,
        stage: word(&row.stage)?,
        ledger_seq: row.ledger_seq,
        body: row.body,
        hash: row.hash,
        created_by: AccountId(row.created_by),
        created_at: moment(row.created_at),
        changed_at: moment(row.changed_at),
        submitted_at: row.submitted_at.map(moment),
        row_version: row.row_version,
    })
}

fn read_cell(row: report_cell::Model) -> Result<Declared, StoreError> {
    Ok(Declared {
        column: u8::try_from(row.col).map_err(|e| StoreError::Unreadable(e.to_string()))?,
        row: row.row_key,
        actual: row.actual,
        estimate: row.estimate,
        note: row.note,
        by: AccountId(row.changed_by),
        by_name: row.changed_name,
        at: moment(row.changed_at),
    })
}
