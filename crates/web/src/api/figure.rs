//! `GET /api/v1/so-lieu`: the figures that the province made public, and one with its lines.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use pbgdpl_model::figure::PublishedFigure;
use pbgdpl_model::id::FigureId;
use pbgdpl_pages::oversight::measure_definition;
use schemars::JsonSchema;
use serde::Serialize;

use super::operation::of;
use super::{Operation, Parameter, Shape, answer};
use crate::error::Error;
use crate::extract::{Citizen, Path};
use crate::state::AppState;

/// What the list says of itself.
pub const LIST: Operation = Operation {
    id: "danhSachSoLieu",
    summary: "Các số liệu mà tỉnh công khai",
    description: "Chỉ gồm số liệu đã được hai người của tỉnh đồng ý công khai. Số quá nhỏ không được nêu: giá trị là null. Số liệu \
                  thôi công khai thì không còn ở đây: mỗi lần đọc lại cả danh sách.",
    parameters: &[],
    answer: of::<FigureList>,
};

/// What one says of itself.
pub const ONE: Operation = Operation {
    id: "motSoLieu",
    summary: "Một số liệu với từng dòng",
    description: "Các dòng theo tháng, hoặc theo cơ quan xếp theo loại; không xếp hạng.",
    parameters: &[Parameter {
        name: "figure",
        meaning: "Định danh của số liệu: 26 ký tự trong địa chỉ.",
        shape: Shape::Text,
    }],
    answer: of::<WholeFigure>,
};

/// Public figures.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Danh sách số liệu công khai.")]
pub struct FigureList {
    #[schemars(description = "Các số liệu, mới trước.")]
    figures: Vec<Figure>,
}

/// One public figure.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Một số liệu công khai.")]
pub struct Figure {
    #[schemars(description = "Định danh không đổi (urn:uuid).")]
    id: String,
    #[schemars(description = "Định danh trong địa chỉ, 26 ký tự.")]
    key: String,
    #[schemars(description = "Tên số liệu.")]
    title: String,
    #[schemars(description = "Mã chỉ tiêu được đếm.")]
    measure: String,
    #[schemars(description = "Đơn vị tính.")]
    unit: String,
    #[schemars(description = "Đếm gì, không đếm gì.")]
    definition: String,
    #[schemars(description = "Năm.")]
    year: i32,
    #[schemars(description = "Ngày cuối cùng được tính.")]
    until: NaiveDate,
    #[schemars(description = "Tổng; null khi quá nhỏ để nêu, hoặc sẽ làm lộ số quá nhỏ.")]
    total: Option<i64>,
    #[schemars(description = "Trang của số liệu.")]
    address: String,
    #[schemars(description = "Lúc số liệu được tính (RFC 3339).")]
    drawn_at: String,
}

/// One with its lines.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Một số liệu công khai với từng dòng.")]
pub struct WholeFigure {
    #[serde(flatten)]
    figure: Figure,
    #[schemars(description = "Lời ghi kèm; có thể trống.")]
    note: String,
    #[schemars(description = "Các nhóm dòng.")]
    groups: Vec<Group>,
}

/// Lines that stand together.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Một nhóm dòng.")]
pub struct Group {
    #[schemars(description = "Tên nhóm: loại cơ quan; trống khi các dòng là tháng.")]
    name: String,
    #[schemars(description = "Các dòng.")]
    lines: Vec<Line>,
}

/// One line.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Một dòng.")]
pub struct Line {
    #[schemars(description = "Tháng hoặc cơ quan.")]
    label: String,
    #[schemars(description = "Số lượng; null khi quá nhỏ để nêu.")]
    value: Option<i64>,
}

/// `GET /api/v1/so-lieu`
///
/// # Errors
/// Where the store fails.
pub async fn list(State(state): State<AppState>, citizen: Citizen) -> Result<Response, Error> {
    let figures = state.read.public().figures(citizen.now.day()).await?;
    answer(&FigureList {
        figures: figures.iter().map(|figure| told(&state, figure)).collect(),
    })
}

/// `GET /api/v1/so-lieu/{figure}`
///
/// # Errors
/// Where there is none that is public today, or the store fails.
pub async fn one(
    State(state): State<AppState>,
    citizen: Citizen,
    Path(id): Path<FigureId>,
) -> Result<Response, Error> {
    let figure = state.read.public().figure(id, citizen.now.day()).await?;
    let figure = figure.ok_or(Error::NotFound)?;
    let groups = figure.groups.iter().map(|group| Group {
        name: group.name.clone(),
        lines: group
            .lines
            .iter()
            .map(|line| Line {
                label: line.label.clone(),
                value: line.value,
            })
            .collect(),
    });
    answer(&WholeFigure {
        note: figure.note.clone(),
        groups: groups.collect(),
        figure: told(&state, &figure),
    })
}

fn told(state: &AppState, figure: &PublishedFigure) -> Figure {
    Figure {
        id: format!("urn:uuid:{}", figure.id.0),
        key: figure.id.to_string(),
        title: figure.title.clone(),
        measure: figure.measure.word().to_owned(),
        unit: figure.measure.unit().to_owned(),
        definition: measure_definition(figure.measure).to_owned(),
        year: figure.year,
        until: figure.until,
        total: figure.total,
        address: format!("{}/so-lieu/{}", state.settings.public.as_str(), figure.id),
        drawn_at: figure.drawn_at.rfc3339(),
    }
}
