//! A form of the province: every figure leads to the reports it adds up.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::report::LineKind;
use pbgdpl_pages::desk::report::{Marks, Sheet};
use pbgdpl_pages::oversight::{FormPage, Section, Station};
use pbgdpl_pages::part::{State as Shape, Tone};
use pbgdpl_province::report::Term;
use pbgdpl_province::trace::sum;

use super::{Which, form_at, term};
use crate::desk::frame;
use crate::desk::report::draw;
use crate::error::Error;
use crate::extract::{Officer, Path, Query};
use crate::oversight::indicator;
use crate::page;
use crate::province::report::sum::{facts, lines_of, missing, sources};
use crate::state::AppState;

/// `GET /giam-sat/bieu/{form}/{period}/{year}?ban=`
///
/// # Errors
/// Where there is none, the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year)): Path<(String, String, i32)>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let made = sum(&state.province, &officer.ctx, &form, term, which.ban).await?;
    let here = form_at(&form, term);
    let version = made.consolidation.version;
    let cell_href = |row: &str, column: u8| Some(format!("{here}/cot/{column}?ban={version}&dong={row}"));
    let line_href = |row: &str| {
        let line = made.figures.rows.iter().find(|line| line.key == row)?;
        let source = made.figures.sources_of(line).next()?;
        (line.kind == LineKind::Agency)
            .then(|| report_at(&source.form, term, &source.agency.slug, source.version))
    };
    let marks = Marks {
        rules: indicator::HERE,
        line: &line_href,
        cell: &cell_href,
        ..Marks::NONE
    };
    let name = officer.ctx.snapshot().province().name.clone();
    page::html(&FormPage {
        frame: frame::officer(&state, &officer, "/giam-sat/bieu"),
        trail: vec![
            Station::new("Biểu của tỉnh", "/giam-sat/bieu", ""),
            Station::new(format!("{}, bản {version}", made.span.title()), "", ""),
        ],
        who: name.clone(),
        head: draw::masthead(&made.form, &made.span, None, false),
        states: vec![if made.consolidation.frozen.is_some() {
            Shape::new(Tone::Ok, format!("Đã chốt, bản {version}"))
        } else {
            Shape::new(Tone::Wait, format!("Bản {version} chưa chốt"))
        }],
        notice: missing(&made),
        hint: "Bấm một con số để xem nó được cộng từ báo cáo của những cơ quan nào.".into(),
        sheet: Sheet::draw(&made.form, &made.span, &name, lines_of(&made), marks),
        sections: vec![Section {
            heading: "Báo cáo của những cơ quan nào đã được cộng?".into(),
            text: String::new(),
            table: sources(&made, |source| {
                report_at(&source.form, term, &source.agency.slug, source.version)
            }),
        }],
        versions: Vec::new(),
        facts: facts(&made),
        links: draw::other_versions(&here, made.versions.iter().map(|other| other.version), version),
    })
}

/// The address of an agency's form.
pub(super) fn report_at(form: &str, term: Term, slug: &str, version: i32) -> String {
    format!("{}/{slug}?ban={version}", form_at(form, term))
}
