//! The catalogue of indicators (REP-01): definition, unit, source, forms and columns, versions. The same pages for an agency's
//! staff and for whoever oversees.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use pbgdpl_model::indicator::Indicators;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::manifest::{ColumnSource, IndicatorFile, TOLERANCE};
use pbgdpl_pages::desk::DeskFrame;
use pbgdpl_pages::desk::indicator::{IndicatorList, IndicatorPage};
use pbgdpl_pages::oversight::measure_label;
use pbgdpl_pages::part::{Cell, Column, Empty, Link, Row, State as Shape, Table, Tone};
use pbgdpl_vietnamese::date::dmy;
use serde::Deserialize;

use super::frame;
use crate::error::Error;
use crate::extract::{Path, Query, Staff};
use crate::page;
use crate::state::AppState;

/// Which of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    /// Only those that count this measure of the ledger.
    pub so: String,
}

/// The name of the catalogue.
const TITLE: &str = "Danh mục chỉ tiêu";

/// `GET /quan-tri/{agency}/chi-tieu?so=`
///
/// # Errors
/// Where the store fails.
pub async fn list(
    State(state): State<AppState>,
    staff: Staff,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let catalogue = of_agency(&state, &staff).await?;
    page::html(&list_page(
        frame::staff(&state, &staff, "bieu"),
        &address(&staff),
        &catalogue,
        &which,
        staff.today(),
    ))
}

/// `GET /quan-tri/{agency}/chi-tieu/{indicator}`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn one(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Error> {
    let catalogue = of_agency(&state, &staff).await?;
    let frame = frame::staff(&state, &staff, "bieu");
    page::html(&one_page(frame, &address(&staff), &catalogue, &id, staff.today()).ok_or(Error::NotFound)?)
}

/// Where an agency's staff find the catalogue.
pub(super) fn address(staff: &Staff) -> String {
    format!("/quan-tri/{}/chi-tieu", staff.ctx.tenant().slug())
}

async fn of_agency(state: &AppState, staff: &Staff) -> Result<Indicators, Error> {
    let reader = state.read.tenant(staff.ctx.tenant()).await?;
    Ok(pbgdpl_app::report::indicators(&reader).await?)
}

/// The list, at the place where it stands.
pub(crate) fn list_page(
    frame: DeskFrame,
    here: &str,
    catalogue: &Indicators,
    which: &Which,
    today: NaiveDate,
) -> IndicatorList {
    let measure: Option<Measure> = which.so.parse().ok();
    let ids = catalogue.ids().into_iter();
    let mut shown: Vec<&IndicatorFile> = ids
        .filter_map(|id| catalogue.shown_on(id, today))
        .filter(|version| measure.is_none_or(|measure| version.measures.contains(&measure)))
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut shown, |version| version.name.as_str());
    IndicatorList {
        frame,
        lead: match measure {
            Some(measure) => format!(
                "Các chỉ tiêu tính từ “{}” của sổ hoạt động.",
                measure_label(measure)
            ),
            None => "Mỗi con số trong biểu là gì, tính từ đâu, theo văn bản nào và từ ngày nào.".into(),
        },
        whole: measure.map(|_| Link::new("Xem cả danh mục", here)),
        empty: shown.is_empty().then(|| Empty {
            title: "Chưa có chỉ tiêu nào.".into(),
            text: "Danh mục chỉ tiêu do Sở Tư pháp quản lý, là tệp dữ liệu của tỉnh.".into(),
            links: vec![],
        }),
        table: Table {
            caption: TITLE.into(),
            caption_hidden: true,
            columns: ["Chỉ tiêu", "Đơn vị tính", "Nguồn số liệu", "Cột biểu", "Từ ngày"]
                .map(Column::words)
                .into(),
            rows: shown
                .iter()
                .map(|version| row(catalogue, version, here))
                .collect(),
            total: None,
        },
    }
}

fn row(catalogue: &Indicators, version: &IndicatorFile, here: &str) -> Row {
    let mut columns: Vec<String> = catalogue
        .columns_of(&version.id)
        .map(|shown| format!("{} ({})", shown.form.id, shown.column.number))
        .collect();
    columns.dedup();
    let since = match catalogue.versions(&version.id).count() {
        1 => dmy(version.valid_from),
        many => format!("{}, {many} bản", dmy(version.valid_from)),
    };
    Row {
        cells: vec![
            Cell::link(version.name.clone(), format!("{here}/{}", version.id)),
            version.unit.clone().into(),
            version.source.label().into(),
            if columns.is_empty() {
                "–".into()
            } else {
                columns.join(", ").into()
            },
            since.into(),
        ],
    }
}

/// One indicator, at the place where the list stands; nothing where there is none.
pub(crate) fn one_page(
    frame: DeskFrame,
    here: &str,
    catalogue: &Indicators,
    id: &str,
    today: NaiveDate,
) -> Option<IndicatorPage> {
    let version = catalogue.shown_on(id, today)?;
    let mut states = vec![if version.holds_on(today) {
        Shape::new(Tone::Ok, "Đang có hiệu lực")
    } else if version.valid_from > today {
        Shape::new(Tone::Wait, "Chưa có hiệu lực")
    } else {
        Shape::new(Tone::Wait, "Hết hiệu lực")
    }];
    if version.verify {
        states.push(Shape::new(Tone::Soon, "Cần đối chiếu với văn bản gốc"));
    }
    let mut facts = vec![
        ("Đơn vị tính".to_owned(), version.unit.clone()),
        ("Loại số liệu".to_owned(), version.kind.label().to_owned()),
        ("Cách tính".to_owned(), rule(catalogue, version, today)),
        ("Ngưỡng giải trình".to_owned(), tolerance(version)),
    ];
    if let Some(number) = &version.ministry {
        let words = format!("Chỉ tiêu {number} của ngành Tư pháp");
        facts.push(("Trong hệ thống chỉ tiêu".to_owned(), words));
    }
    facts.push(("Căn cứ".to_owned(), version.basis.clone()));
    Some(IndicatorPage {
        frame,
        list: Link::new(TITLE, here),
        name: version.name.clone(),
        states,
        definition: version.definition.clone(),
        facts,
        columns: columns(catalogue, id),
        versions: versions(catalogue, id, today),
    })
}

/// Where its figures come from, in one sentence.
fn rule(catalogue: &Indicators, version: &IndicatorFile, today: NaiveDate) -> String {
    match version.source {
        ColumnSource::Ledger => {
            let measures: Vec<&str> = version.measures.iter().map(|m| measure_label(*m)).collect();
            format!("Cộng từ sổ hoạt động: {}", measures.join("; "))
        }
        ColumnSource::Formula => {
            let name = |id: &String| {
                let part = catalogue.shown_on(id, today);
                part.map_or_else(|| id.clone(), |part| part.name.clone())
            };
            let parts: Vec<String> = version.parts.iter().map(name).collect();
            format!("Cộng các chỉ tiêu: {}", parts.join("; "))
        }
        ColumnSource::Register => {
            let figure = version.register.map_or("", |figure| figure.label());
            format!("Đếm từ danh sách: {figure}")
        }
        ColumnSource::Mediation => {
            let figure = version.mediation.map_or("", |figure| figure.label());
            format!("Cộng từ sổ tổ hòa giải: {figure}")
        }
        ColumnSource::Declared | ColumnSource::Indicator => {
            "Cơ quan kê khai, kèm căn cứ hoặc minh chứng".to_owned()
        }
    }
}

fn tolerance(version: &IndicatorFile) -> String {
    match version.tolerance.unwrap_or(TOLERANCE) {
        TOLERANCE => "Chênh hơn 2 lần so với cùng kỳ năm trước thì phải giải trình".to_owned(),
        percent => format!("Chênh hơn {percent} % so với cùng kỳ năm trước thì phải giải trình"),
    }
}

fn columns(catalogue: &Indicators, id: &str) -> Option<Table> {
    let rows: Vec<Row> = catalogue
        .columns_of(id)
        .map(|shown| Row {
            cells: vec![
                shown.form.code.clone().into(),
                shown.column.number.to_string().into(),
                [shown.column.path.join(" › "), shown.column.label.clone()]
                    .join(" › ")
                    .into(),
                days(shown.form.valid_from, shown.form.valid_to).into(),
            ],
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        caption: "Cột biểu dùng chỉ tiêu này".into(),
        caption_hidden: true,
        columns: vec![
            Column::words("Biểu"),
            Column::figures("Cột"),
            Column::words("Tiêu đề cột"),
            Column::words("Biểu có hiệu lực"),
        ],
        rows,
        total: None,
    })
}

fn versions(catalogue: &Indicators, id: &str, today: NaiveDate) -> Table {
    let row = |version: &IndicatorFile| Row {
        cells: vec![
            days(version.valid_from, version.valid_to).into(),
            version.definition.clone().into(),
            rule(catalogue, version, today).into(),
            version.unit.clone().into(),
        ],
    };
    Table {
        caption: "Các bản của chỉ tiêu".into(),
        caption_hidden: true,
        columns: ["Hiệu lực", "Định nghĩa", "Cách tính", "Đơn vị tính"]
            .map(Column::words)
            .into(),
        rows: catalogue.versions(id).map(row).collect(),
        total: None,
    }
}

fn days(from: NaiveDate, to: Option<NaiveDate>) -> String {
    match to {
        None => format!("Từ {}", dmy(from)),
        Some(to) => format!("{} – {}", dmy(from), dmy(to)),
    }
}
