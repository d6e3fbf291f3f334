//! Every plan with its years: who has contributed, and how the province's report stands.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::part::{Cell, Column, Empty, Row, State as Shape, Table, Tone};
use pbgdpl_pages::province::plan::PlanList;
use pbgdpl_province::plan::list::{PlanYear, list};
use pbgdpl_store::province::PlanReport;
use pbgdpl_vietnamese::date::dmy;

use super::address;
use crate::desk::frame;
use crate::desk::plan::term;
use crate::desk::report::draw::when;
use crate::error::Error;
use crate::extract::Officer;
use crate::page;
use crate::state::AppState;

/// `GET /tinh/ke-hoach`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn show(State(state): State<AppState>, officer: Officer) -> Result<Response, Error> {
    let years = list(&state.province, &officer.ctx).await?;
    page::html(&PlanList {
        frame: frame::officer(&state, &officer, "/tinh/ke-hoach"),
        heading: "Kế hoạch, báo cáo kết quả".into(),
        lead: "Mỗi kỳ các cơ quan viết kết quả theo từng nhiệm vụ của kế hoạch; Sở Tư pháp tiếp nhận, viết phần của tỉnh rồi chốt thành báo cáo.".into(),
        empty: years.is_empty().then(|| Empty {
            title: "Chưa có kế hoạch nào.".into(),
            text: "Kế hoạch là một tệp trong thư mục plans của tỉnh; người vận hành áp dụng bằng lệnh tenants apply.".into(),
            links: vec![],
        }),
        table: Table {
            caption: "Kế hoạch theo năm".into(),
            caption_hidden: true,
            columns: vec![
                Column::words("Kỳ"),
                Column::words("Kế hoạch"),
                Column::words("Hạn gửi"),
                Column::figures("Cơ quan phải báo cáo"),
                Column::figures("Đã tiếp nhận"),
                Column::figures("Chờ tiếp nhận"),
                Column::words("Báo cáo của tỉnh"),
            ],
            rows: years.iter().map(row).collect(),
            total: None,
        },
    })
}

fn row(year: &PlanYear) -> Row {
    Row {
        cells: vec![
            Cell::link(
                term(&year.plan.term, year.year),
                address(&year.plan.id, year.year),
            ),
            year.plan.title.clone().into(),
            year.due.map_or_else(|| "–".to_owned(), dmy).into(),
            year.asked.to_string().into(),
            year.accepted.to_string().into(),
            year.waiting.to_string().into(),
            Cell::state(state_of(year.newest.as_ref())),
        ],
    }
}

/// How the newest version stands.
pub(super) fn state_of(newest: Option<&PlanReport>) -> Shape {
    match newest {
        None => Shape::new(Tone::Wait, "Chưa viết"),
        Some(report) => match &report.frozen {
            Some(frozen) => Shape::new(
                Tone::Ok,
                format!("Bản {} đã chốt {}", report.version, when(frozen.at)),
            ),
            None => Shape::new(Tone::Wait, format!("Bản {} đang soạn", report.version)),
        },
    }
}
