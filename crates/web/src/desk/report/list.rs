//! The agency's reports, and the periods that wait to be opened.

use axum::extract::State;
use axum::response::Response;
use chrono::Datelike;
use pbgdpl_app::report::forms;
use pbgdpl_model::manifest::FormFile;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{Forms, Report, Span, Stage, may_report, period_word};
use pbgdpl_pages::desk::report::{Openable, ReportList};
use pbgdpl_pages::part::{Cell, Column, Empty, Row, Table};
use pbgdpl_scope::Tenant;
use pbgdpl_store::province::{Decision, SubmittedReport};
use pbgdpl_vietnamese::date::dmy;

use super::{address, draw, list_address};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::Staff;
use crate::page;
use crate::state::AppState;

/// `GET /quan-tri/{agency}/bieu`
///
/// # Errors
/// Where the store fails.
pub async fn show(State(state): State<AppState>, staff: Staff) -> Result<Response, Error> {
    let reader = state.read.tenant(staff.ctx.tenant()).await?;
    let forms = forms(&reader).await?;
    let reports = reader.reports().await?;
    let mut rows = Vec::new();
    for report in &reports {
        let sent = reader
            .sent_reports(period_word(report.period), report.year)
            .await?;
        rows.push(row(&staff, &forms, report, &sent));
    }
    let openable = if staff.ctx.could(Action::ReportFill) {
        openable(&staff, &forms, &reports)
    } else {
        Vec::new()
    };
    let plans = crate::desk::plan::list::table(&staff, &reader).await?;
    page::html(&ReportList {
        frame: frame::staff(&state, &staff, "bieu"),
        plans,
        empty: rows.is_empty().then(|| nothing(openable.is_empty())),
        openable,
        table: Table {
            caption: "Biểu đã lập, kỳ mới nhất ở trên".into(),
            caption_hidden: true,
            columns: ["Kỳ báo cáo", "Biểu", "Bản", "Tình trạng", "Hạn gửi"]
                .map(Column::words)
                .into(),
            rows,
            total: None,
        },
    })
}

fn nothing(no_form: bool) -> Empty {
    Empty {
        title: "Chưa có biểu nào.".into(),
        text: if no_form {
            "Cơ quan này không có biểu thống kê phải lập trong kỳ hiện tại.".into()
        } else {
            "Chọn một kỳ báo cáo ở trên để lập biểu; số liệu được cộng sẵn từ sổ hoạt động.".into()
        },
        links: vec![],
    }
}

fn row(staff: &Staff, forms: &Forms, report: &Report, sent: &[SubmittedReport]) -> Row {
    let span = forms.span(report.period, report.year);
    let due = span.as_ref().and_then(|span| forms.due(&report.form, span));
    let here = address(staff.ctx.tenant(), &report.form, report.period, report.year);
    let decided = sent
        .iter()
        .find(|sent| sent.form == report.form && sent.version == report.version);
    let stage = match decided.map(|sent| sent.decision) {
        Some(Decision::Accepted) => Stage::Accepted,
        Some(Decision::Returned) => Stage::Returned,
        _ => report.stage,
    };
    Row {
        cells: vec![
            Cell::link(
                span.map_or_else(|| report.year.to_string(), |span| span.title()),
                format!("{here}?ban={}", report.version),
            ),
            report.form.clone().into(),
            format!("Bản {}", report.version).into(),
            Cell::state(draw::stage_state(stage)),
            due.map_or_else(|| "–".to_owned(), dmy).into(),
        ],
    }
}

/// Periods of this year and the last that began, and that nobody opened yet.
fn openable(staff: &Staff, forms: &Forms, reports: &[Report]) -> Vec<Openable> {
    let tenant = staff.ctx.tenant();
    let today = staff.today();
    let mut found = Vec::new();
    for year in [today.year(), today.year() - 1] {
        for kind in forms.kinds_of(year) {
            let begun = |span: &Span| span.from <= today && span.withdrawn().is_none();
            let Some(span) = forms.span(kind, year).filter(begun) else {
                continue;
            };
            if !may_report(tenant.agency(), &span) {
                continue;
            }
            for form in forms.filled_by(tenant.agency().report_row, &span) {
                let opened = reports
                    .iter()
                    .any(|report| report.form == form.id && report.period == kind && report.year == year);
                if !opened {
                    found.push(to_open(tenant, forms, form, &span));
                }
            }
        }
    }
    found
}

fn to_open(tenant: &Tenant, forms: &Forms, form: &FormFile, span: &Span) -> Openable {
    let due = forms.due(&form.id, span);
    Openable {
        title: span.title(),
        detail: [
            Some(format!("Biểu {}", form.code)),
            due.map(|due| format!("hạn gửi {}", dmy(due))),
            span.request.as_ref().map(|request| {
                let days = (dmy(request.from), dmy(request.to));
                format!("số liệu {} – {}, theo {}", days.0, days.1, request.reference)
            }),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", "),
        action: format!(
            "{}/{}/{}/{}/mo",
            list_address(tenant),
            form.id,
            period_word(span.kind),
            span.year
        ),
    }
}
