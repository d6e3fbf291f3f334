//! A report as it stands: its lines, what the checks find, who did what, what the province decided.

use chrono::NaiveDate;
use pbgdpl_model::agency::Agency;
use pbgdpl_model::id::ReportId;
use pbgdpl_model::indicator::Indicators;
use pbgdpl_model::manifest::{ColumnSource, FormFile};
use pbgdpl_model::register::{Counted, Level, count};
use pbgdpl_model::report::{
    Body, Books, CellRemark, Declared, Difference, Extension, Finding, Forms, Line, Lock, Mediation, Report,
    Since, Span, Stage, Walk, check, differences, figures_hash, fill, jumps, period_word, since,
    since_groups,
};
use pbgdpl_store::StoreError;
use pbgdpl_store::province::{Decision, OfReport, SubmittedReport};
use pbgdpl_store::tenant::TenantReader;

use crate::Error;
use crate::mediation::communes;

/// A report as it stands.
#[derive(Debug, Clone)]
pub struct View {
    /// The version.
    pub report: Report,
    /// Its form, in the wording of that period.
    pub form: FormFile,
    /// The days it speaks of.
    pub span: Span,
    /// First and last day of actual figures: those of the calendar, or those that were frozen.
    pub counted: (NaiveDate, NaiveDate),
    /// The last day to send.
    pub due: Option<NaiveDate>,
    /// Its lines: frozen, or filled from the ledger now.
    pub lines: Vec<Line>,
    /// Hash of the lines: who acts on them says with it which figures were read.
    pub figures: String,
    /// What differs from the figures that were checked last; nothing where they are the same, or none were.
    pub moved: Option<Vec<Difference>>,
    /// Frozen figures that the books give otherwise today (N-06).
    pub since: Vec<Since>,
    /// What was asked of the province for more time, newest first.
    pub extensions: Vec<Extension>,
    /// An earlier version came in time: one that takes its place is an amendment, and not late (REP-08).
    pub was_in_time: bool,
    /// What the province says of single cells: of this version, or in the draft after it.
    pub remarks: Vec<CellRemark>,
    /// The last day on which anything can be written without an extension, where the province closes the period.
    pub closes: Option<NaiveDate>,
    /// What the checks find; nothing once it is frozen.
    pub findings: Vec<Finding>,
    /// The last ledger row that its lines count.
    pub ledger_seq: i64,
    /// What was declared, by whom and why.
    pub declared: Vec<Declared>,
    /// The way it went.
    pub walk: Vec<Walk>,
    /// What was sent, with what the province decided.
    pub sent: Option<SubmittedReport>,
    /// Newest version of the same form and period.
    pub newest: i32,
}

impl View {
    /// Whether something keeps it from being sent.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.findings.iter().any(Finding::blocks)
    }

    /// Why nothing can be written on a day any more; nothing while the period is open (REP-11).
    #[must_use]
    pub fn lock(&self, today: NaiveDate) -> Option<Lock> {
        if let Some(withdrawn) = self.span.withdrawn() {
            return Some(Lock::Withdrawn(withdrawn.clone()));
        }
        Lock::of(self.closes, &self.extensions, today)
    }

    /// Where it stands, as the province last decided. Figures that moved since they were checked are not checked.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match stage_of(&self.report, self.sent.as_ref()) {
            Stage::Checked if self.moved.is_some() => Stage::Draft,
            stage => stage,
        }
    }
}

/// The province's decision holds from the moment it was made; the agency's own copy follows from the outbox.
pub(crate) fn stage_of(report: &Report, sent: Option<&SubmittedReport>) -> Stage {
    match sent.map(|sent| sent.decision) {
        Some(Decision::Returned) => Stage::Returned,
        Some(Decision::Accepted) => Stage::Accepted,
        _ => report.stage,
    }
}

/// The province's forms and calendar.
///
/// # Errors
/// Where the store fails, or the catalogue cannot be read.
pub async fn forms(reader: &TenantReader) -> Result<Forms, Error> {
    Ok(Forms::read(&reader.catalogue_of(&Forms::KINDS).await?).map_err(unreadable)?)
}

/// The catalogue of indicators.
///
/// # Errors
/// Where the store fails, or the catalogue cannot be read.
pub async fn indicators(reader: &TenantReader) -> Result<Indicators, Error> {
    Ok(Indicators::read(&reader.catalogue_of(&Indicators::KINDS).await?).map_err(unreadable)?)
}

pub(super) fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::Unreadable(error.to_string())
}

/// Reads a report of the agency. The caller has asked for the permit.
///
/// # Errors
/// [`Error::NotFound`], or a fault of the store.
pub async fn view(reader: &TenantReader, agency: &Agency, id: ReportId) -> Result<View, Error> {
    let report = reader.report(id).await?.ok_or(Error::NotFound)?;
    let forms = forms(reader).await?;
    let span = forms.span(report.period, report.year).ok_or(Error::NotFound)?;
    let form = forms.form(&report.form, &span).ok_or(Error::NotFound)?.clone();
    let declared = reader.declared(id).await?;
    let word = period_word(report.period);
    let all_sent: Vec<SubmittedReport> =
        of_form(reader.sent_reports(word, report.year).await?, &report.form).collect();
    let remarks = remarks(&report, &all_sent);
    let was_in_time = all_sent
        .iter()
        .any(|sent| sent.version < report.version && !sent.late);
    let sent = all_sent.into_iter().find(|sent| sent.version == report.version);
    let newest = newest_version(reader, &report).await?;
    let position = reader.ledger_position().await?;
    let mut seq = position;
    let mut counted = (span.from, span.actual_to);
    let mut later = Vec::new();
    let (lines, findings) = if report.stage.is_frozen() {
        seq = report.ledger_seq;
        let body = Body::read(&report.body).map_err(unreadable)?;
        counted = (body.from, body.actual_to);
        let ledger = reader
            .ledger_totals_up_to(body.from, body.actual_to, position)
            .await?;
        let lines = body.rows;
        later = since(&form, &lines, &ledger);
        later.extend(since_groups(
            &form,
            &lines,
            &groups(reader, &form, body.actual_to).await?,
        ));
        (lines, Vec::new())
    } else {
        let books = books(reader, &form, &span, seq).await?;
        let places = communes(reader, agency).await?;
        let lines = fill(&form, &span, &books, &declared, &places);
        let mut findings = check(&form, &lines);
        if let Some(year) = span.year_before()
            && let Some(before) = last_year(reader, &report, year).await?
        {
            findings.extend(jumps(&form, &lines, &before, year));
        }
        (lines, findings)
    };
    let of = OfReport {
        form: &form.id,
        period: word,
        year: report.year,
    };
    let extensions = reader.extensions(of).await?;
    let figures = figures_hash(&lines).map_err(unreadable)?;
    Ok(View {
        moved: moved(&report, &lines, &figures),
        figures,
        counted,
        since: later,
        closes: forms.closes(&form.id, &span),
        extensions,
        remarks,
        was_in_time,
        due: forms.due(&form.id, &span),
        walk: reader.report_walk(id).await?,
        ledger_seq: seq,
        newest,
        report,
        form,
        span,
        lines,
        findings,
        declared,
        sent,
    })
}

/// What the agency's lines are counted from: the ledger, and the registers where the form asks for them.
async fn books(reader: &TenantReader, form: &FormFile, span: &Span, seq: i64) -> Result<Books, Error> {
    let asks = form
        .columns
        .iter()
        .any(|column| column.source == ColumnSource::Register);
    let register = match Level::counted_at(form.level).filter(|_| asks) {
        None => Counted::default(),
        Some(level) => {
            let entries = reader.register().await?;
            let spoke = reader.spoke(span.from, span.actual_to, seq).await?;
            count(&entries, &spoke.into_keys().collect(), level, span.actual_to)
        }
    };
    Ok(Books {
        ledger: reader.ledger_totals_up_to(span.from, span.actual_to, seq).await?,
        register,
        mediation: groups(reader, form, span.actual_to).await?,
    })
}

/// What the register of tổ hòa giải says of a day, where the form asks for it.
async fn groups(reader: &TenantReader, form: &FormFile, day: NaiveDate) -> Result<Mediation, Error> {
    if form.columns.iter().all(|column| column.mediation.is_none()) {
        return Ok(Mediation::default());
    }
    Ok(Mediation::on(&reader.mediation_groups().await?, day))
}

/// What differs from what was checked. Of a report that was checked before its figures were kept nothing can be said
/// but that it must be checked again.
fn moved(report: &Report, lines: &[Line], figures: &str) -> Option<Vec<Difference>> {
    if report.stage.is_frozen() {
        return None;
    }
    match &report.checked {
        Some(checked) => (checked.hash != figures).then(|| differences(&checked.lines, lines)),
        None => (report.stage == Stage::Checked).then(Vec::new),
    }
}

fn remarks(report: &Report, sent: &[SubmittedReport]) -> Vec<CellRemark> {
    let spoken_of = if report.stage.is_frozen() {
        report.version
    } else {
        report.version - 1
    };
    sent.iter()
        .find(|sent| sent.version == spoken_of && sent.decision == Decision::Returned)
        .map_or_else(Vec::new, |sent| sent.cell_remarks.clone())
}

async fn newest_version(reader: &TenantReader, report: &Report) -> Result<i32, Error> {
    let versions = reader
        .report_versions(&report.form, period_word(report.period), report.year)
        .await?;
    Ok(versions.first().map_or(report.version, |newest| newest.version))
}

/// The lines that the province accepted for the same period of the year before.
async fn last_year(reader: &TenantReader, report: &Report, year: i32) -> Result<Option<Vec<Line>>, Error> {
    let sent = reader.sent_reports(period_word(report.period), year).await?;
    let accepted = of_form(sent, &report.form).find(|sent| sent.decision == Decision::Accepted);
    let Some(accepted) = accepted else {
        return Ok(None);
    };
    Ok(Some(Body::read(&accepted.body).map_err(unreadable)?.rows))
}

fn of_form(sent: Vec<SubmittedReport>, form: &str) -> impl Iterator<Item = SubmittedReport> {
    sent.into_iter().filter(move |sent| sent.form == form)
}
