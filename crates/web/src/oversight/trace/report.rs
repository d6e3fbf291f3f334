//! An agency's form as it was sent: every figure leads to its records; what was amended, and what the ledger says since.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::report::{Marks, Sheet};
use pbgdpl_pages::oversight::{FormPage, Section, Station};
use pbgdpl_province::report::read::Reading;
use pbgdpl_province::trace::report;

use super::{Which, form_at, term};
use crate::desk::frame;
use crate::desk::report::draw;
use crate::error::Error;
use crate::extract::{Officer, Path, Query};
use crate::oversight::indicator;
use crate::page;
use crate::province::agency::found;
use crate::province::report::one;
use crate::state::AppState;

/// `GET /giam-sat/bieu/{form}/{period}/{year}/{agency}?ban=`
///
/// # Errors
/// Where there is none, the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year, slug)): Path<(String, String, i32, String)>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let agency = found(&officer, &slug)?;
    let reading = report(&state.province, &officer.ctx, agency, (&form, term), which.ban).await?;
    let here = format!("{}/{slug}", form_at(&form, term));
    let version = reading.sent.version;
    let reads_records = officer.ctx.could(Action::EvidenceRead);
    let cell_href = |row: &str, column: u8| {
        let line = reading.body.rows.iter().find(|line| line.key == row)?;
        line.cells.get(&column)?;
        reads_records.then(|| format!("{here}/cot/{column}?ban={version}&dong={row}"))
    };
    let marks = Marks {
        rules: indicator::HERE,
        cell: &cell_href,
        ..Marks::NONE
    };
    let who = reading.body.agency.name.clone();
    page::html(&FormPage {
        frame: frame::officer(&state, &officer, "/giam-sat/bieu"),
        trail: vec![
            Station::new("Biểu của tỉnh", "/giam-sat/bieu", ""),
            Station::new(reading.span.title(), "", ""),
            Station::new(format!("{who}, bản {version}"), "", ""),
        ],
        head: draw::masthead(&reading.form, &reading.span, None, false),
        states: vec![one::decision_state(reading.sent.decision)],
        notice: one::notice(&reading),
        hint: if reads_records {
            "Bấm một con số để mở đúng những dòng sổ cộng thành nó, cùng minh chứng.".into()
        } else {
            "Dòng sổ và minh chứng sau từng con số mở được với vai trò Người giám sát.".into()
        },
        sheet: Sheet::draw(
            &reading.form,
            &reading.span,
            &who,
            draw::lines_of(&reading.body.rows),
            marks,
        ),
        sections: sections(&reading),
        versions: reading.versions.iter().map(one::station).collect(),
        facts: one::facts(&reading),
        links: draw::other_versions(&here, reading.versions.iter().map(|other| other.version), version),
        who,
    })
}

fn sections(reading: &Reading) -> Vec<Section> {
    let mut sections = Vec::new();
    if let Some(table) = draw::since_table(&reading.form, &reading.body.rows, &reading.since) {
        sections.push(Section {
            heading: "Sổ hoạt động nói gì từ khi chốt?".into(),
            text: "Số đã chốt giữ nguyên. Mở ô để thấy dòng sổ nào gây chênh lệch.".into(),
            table,
        });
    }
    if let Some(amends) = &reading.body.amends {
        sections.push(Section {
            heading: format!("Chỉnh lý so với bản {}", amends.version),
            text: one::amendment(reading, amends),
            table: one::differences(reading),
        });
    }
    sections.push(Section {
        heading: "Số tự khai và căn cứ".into(),
        text: String::new(),
        table: one::notes(&reading.body.rows),
    });
    sections
}
