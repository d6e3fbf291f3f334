//! Exports of one agency: a report with its cells by column number, the ledger with every dimension.

use chrono::NaiveDate;
use pbgdpl_model::id::ReportId;
use pbgdpl_model::ledger::Row;
use pbgdpl_model::report::Body;
use pbgdpl_scope::action::{ActivityRead, ReportRead};
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::TenantReader;
use serde::Serialize;

use super::submit::body_of;
use super::view::unreadable;
use super::{View, view};
use crate::{App, Error};

/// A report as programs read it (`docs/schemas/report.json`).
#[derive(Debug, Clone, Serialize)]
pub struct ReportExport {
    /// draft, checked, submitted, returned, accepted.
    pub stage: String,
    /// SHA-256 of the frozen figures; absent while they may change.
    pub hash: Option<String>,
    /// The figures.
    #[serde(flatten)]
    pub body: Body,
}

impl ReportExport {
    /// From what a page sees.
    ///
    /// # Errors
    /// Where the frozen figures cannot be read.
    pub fn of(ctx: &Ctx, seen: &View) -> Result<Self, Error> {
        let frozen = seen.report.stage.is_frozen();
        let body = if frozen {
            Body::read(&seen.report.body).map_err(unreadable)?
        } else {
            body_of(ctx, seen, "")
        };
        Ok(Self {
            stage: seen.stage().word().to_owned(),
            hash: frozen.then(|| seen.report.hash.clone()),
            body,
        })
    }
}

/// Exports one report.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "report.export.report", skip_all)]
pub async fn report(app: &App, ctx: &Ctx, id: ReportId) -> Result<ReportExport, Error> {
    ctx.permit::<ReportRead>(&Nothing)?;
    let reader = app.store().read().tenant(ctx.tenant()).await?;
    let seen = view(&reader, ctx.tenant().agency(), id).await?;
    ReportExport::of(ctx, &seen)
}

/// A row of the ledger as programs read it (`docs/schemas/ledger.json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct LedgerLine {
    /// Slug of the agency.
    pub agency: String,
    /// Its number in the agency's ledger.
    pub seq: i64,
    /// When it was appended, RFC 3339.
    pub at: String,
    /// The day it counts for.
    pub day: NaiveDate,
    /// activity | article.
    pub source: String,
    /// Which activity or item.
    pub source_id: String,
    /// Which version of it.
    pub source_version: i32,
    /// What is counted.
    pub measure: String,
    /// Its unit.
    pub unit: String,
    /// How much; negative in a reversal.
    pub quantity: i64,
    /// Kind of activity or item.
    pub kind: String,
    /// One of the eight forms of law education.
    pub form: String,
    /// Fields of law.
    pub fields: Vec<String>,
    /// Audiences.
    pub audiences: Vec<String>,
    /// Places.
    pub places: Vec<String>,
    /// Language.
    pub language: String,
    /// truc-tiep | truc-tuyen | ket-hop.
    pub mode: String,
    /// Co-organisers.
    pub partners: Vec<String>,
    /// People of the agency's register who spoke: their ids.
    pub speakers: Vec<String>,
    /// Illustrative data of a demo.
    pub illustrative: bool,
    /// The row this one takes back.
    pub reverses: Option<i64>,
    /// Why.
    pub reason: String,
}

/// Exports the ledger of some days, oldest row first.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "report.export.ledger", skip_all)]
pub async fn ledger(app: &App, ctx: &Ctx, from: NaiveDate, to: NaiveDate) -> Result<Vec<LedgerLine>, Error> {
    ctx.permit::<ActivityRead>(&Nothing)?;
    let read =
        async |reader: TenantReader| -> Result<_, Error> { Ok(reader.ledger_between(from, to, None).await?) };
    let rows = app.store().read().look_into(ctx.tenant(), read).await?;
    Ok(rows
        .into_iter()
        .map(|row| line(ctx.tenant().slug(), row))
        .collect())
}

fn line(agency: &str, row: Row) -> LedgerLine {
    let Row { seq, at, row, .. } = row;
    let dimensions = row.dimensions;
    LedgerLine {
        agency: agency.to_owned(),
        seq,
        at: at.rfc3339(),
        day: row.day,
        source: row.source.word().to_owned(),
        source_id: pbgdpl_model::id::to_base32(row.source_id),
        source_version: row.source_version,
        measure: row.measure.word().to_owned(),
        unit: row.measure.unit().to_owned(),
        quantity: row.quantity,
        kind: dimensions.kind,
        form: dimensions.form,
        fields: dimensions.fields,
        audiences: dimensions.audiences,
        places: dimensions.places,
        language: dimensions.language,
        mode: dimensions.mode,
        partners: dimensions.partners,
        speakers: dimensions.speakers,
        illustrative: dimensions.illustrative,
        reverses: row.reverses,
        reason: row.reason,
    }
}
