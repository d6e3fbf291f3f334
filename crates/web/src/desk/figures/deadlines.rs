//! What the agency owes the province in a year: each report with its last day and the days that are left.

use chrono::{Datelike, NaiveDate};
use pbgdpl_app::report::forms;
use pbgdpl_model::manifest::FormFile;
use pbgdpl_model::report::{Report, Span, Stage, is_expected, period_word};
use pbgdpl_pages::part::{Cell, Column, Row, State, Table, Tone};
use pbgdpl_store::province::{Decision, SubmittedReport};
use pbgdpl_store::tenant::TenantReader;
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::grouped;

use crate::desk::report::{address, draw, list_address};
use crate::error::Error;
use crate::extract::Staff;

/// Days before the last one from which it is near.
const SOON_DAYS: i64 = 7;

/// The reports of the year's periods that have begun, and of the year before what is due in this one; without rows, none is
/// expected.
pub(super) async fn table(staff: &Staff, reader: &TenantReader, year: i32) -> Result<Table, Error> {
    let today = staff.today();
    let agency = staff.ctx.tenant().agency();
    let forms = forms(reader).await?;
    let reports = reader.reports().await?;
    let mut owed = Vec::new();
    let mut periods = Vec::new();
    for of in [year - 1, year] {
        for kind in forms.kinds_of(of) {
            periods.push((kind, of));
        }
    }
    for (kind, of) in periods {
        let Some(span) = forms.span(kind, of).filter(|span| span.from <= today) else {
            continue;
        };
        if !is_expected(agency, &span) {
            continue;
        }
        let sent = reader.sent_reports(period_word(kind), of).await?;
        for form in forms.filled_by(agency.report_row, &span) {
            // Of the year before only what is due in this one.
            if of < year && forms.due(&form.id, &span).is_none_or(|due| due.year() < year) {
                continue;
            }
            let newest = reports
                .iter()
                .filter(|report| report.form == form.id && report.period == kind && report.year == of)
                .max_by_key(|report| report.version);
            owed.push(Owed {
                form,
                due: forms.due(&form.id, &span),
                newest,
                stage: newest.map(|report| stage_of(report, &sent)),
                // An amendment that is being written takes nothing back of what was sent.
                sent: sent
                    .iter()
                    .any(|sent| sent.form == form.id && sent.decision != Decision::Returned),
                span: span.clone(),
            });
        }
    }
    let rows = owed
        .iter()
        .map(|one| row(staff, one, one.is_superseded(&owed), today));
    Ok(Table {
        caption: format!("Báo cáo phải gửi của năm {year}"),
        caption_hidden: true,
        columns: ["Kỳ báo cáo", "Biểu", "Tình trạng", "Hạn gửi", "Còn lại"]
            .map(Column::words)
            .into(),
        rows: rows.collect(),
        total: None,
    })
}

/// One report of one period.
struct Owed<'a> {
    form: &'a FormFile,
    span: Span,
    due: Option<NaiveDate>,
    newest: Option<&'a Report>,
    stage: Option<Stage>,
    sent: bool,
}

impl Owed<'_> {
    const fn is_sent(&self) -> bool {
        self.sent
    }

    /// A later period of the same form was sent: nobody waits for this one any more.
    fn is_superseded(&self, all: &[Self]) -> bool {
        // A report on request takes the place of none, and none takes its place.
        let of_calendar = |one: &Self| one.span.request.is_none();
        let later = |other: &&Self| {
            other.form.id == self.form.id && other.due > self.due && of_calendar(self) && of_calendar(other)
        };
        all.iter().filter(later).any(Self::is_sent)
    }
}

fn stage_of(report: &Report, sent: &[SubmittedReport]) -> Stage {
    let decided = sent
        .iter()
        .find(|sent| sent.form == report.form && sent.version == report.version);
    match decided.map(|sent| sent.decision) {
        Some(Decision::Accepted) => Stage::Accepted,
        Some(Decision::Returned) => Stage::Returned,
        _ => report.stage,
    }
}

fn row(staff: &Staff, owed: &Owed<'_>, superseded: bool, today: NaiveDate) -> Row {
    let tenant = staff.ctx.tenant();
    let href = owed.newest.map_or_else(
        || list_address(tenant),
        |report| address(tenant, &report.form, report.period, report.year),
    );
    Row {
        cells: vec![
            Cell::link(owed.span.title(), href),
            format!("Biểu {}", owed.form.code).into(),
            Cell::state(
                owed.stage
                    .map_or_else(|| State::new(Tone::Wait, "Chưa lập"), draw::stage_state),
            ),
            owed.due.map_or_else(|| "–".to_owned(), dmy).into(),
            match (owed.is_sent(), superseded) {
                (true, _) => "đã gửi".into(),
                (false, true) => "đã có báo cáo kỳ sau".into(),
                (false, false) => left(owed.due, today),
            },
        ],
    }
}

/// Days left where somebody here still has to act.
fn left(due: Option<NaiveDate>, today: NaiveDate) -> Cell {
    let Some(due) = due else {
        return "–".into();
    };
    let days = (due - today).num_days();
    Cell::state(match days {
        days if days < 0 => State::new(Tone::Late, format!("quá hạn {} ngày", grouped(-days))),
        0 => State::new(Tone::Soon, "hạn hôm nay"),
        days if days <= SOON_DAYS => State::new(Tone::Soon, format!("còn {days} ngày")),
        days => State::new(Tone::Wait, format!("còn {} ngày", grouped(days))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_left_are_counted_to_the_last_one() {
        let today = NaiveDate::from_ymd_opt(2020, 6, 15).unwrap_or_default();
        let said = |days: i64| {
            let cell = left(Some(today + chrono::TimeDelta::days(days)), today);
            cell.state.map_or(cell.text, |state| state.word)
        };
        assert_eq!(said(30), "còn 30 ngày");
        assert_eq!(said(7), "còn 7 ngày");
        assert_eq!(said(0), "hạn hôm nay");
        assert_eq!(said(-2), "quá hạn 2 ngày");
        assert_eq!(left(None, today).text, "–");
    }
}
