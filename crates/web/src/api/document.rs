//! `GET /api/openapi.json`: the interface as OpenAPI 3.1, from the route table and the structs that are answered with.

use axum::extract::State;
use axum::response::Response;
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::operation::of;
use super::{Operation, Problem, answer};
use crate::dispatch::rate::{BURST, WINDOW};
use crate::error::Error;
use crate::extract::Citizen;
use crate::routes::{self, Route};
use crate::state::AppState;

/// What the document says of itself.
pub const ITSELF: Operation = Operation {
    id: "taiLieuNay",
    summary: "Tài liệu này",
    description: "OpenAPI 3.1, lập từ bảng đường dẫn của chương trình.",
    parameters: &[],
    answer: any_object,
};

fn any_object(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object" })
}

/// Version of the interface: what is added keeps it, what breaks programs makes `/api/v2`.
const VERSION: &str = "1.0.0";

/// `GET /api/openapi.json`
///
/// # Errors
/// Where it cannot be written.
pub async fn show(State(state): State<AppState>, _citizen: Citizen) -> Result<Response, Error> {
    let province = state.read.registry().now().province().name.clone();
    answer(&document(
        &routes::all(),
        state.settings.public.as_str(),
        &province,
    ))
}

/// The document of a table of routes.
#[must_use]
pub fn document(table: &[Route], server: &str, province: &str) -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        })
        .into_generator();
    let problem = of::<Problem>(&mut generator);
    let mut paths = Map::new();
    for route in table {
        if let Some(operation) = route.operation {
            let told = told(route, operation, &problem, &mut generator);
            paths.insert(route.path.to_owned(), json!({ "get": told }));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("Dữ liệu phổ biến, giáo dục pháp luật – {province}"),
            "version": VERSION,
            "description": format!(
                "Bài đã công bố, cơ quan và số liệu công khai; chỉ đọc, không cần tài khoản. Mỗi địa chỉ mạng được {BURST} yêu cầu \
                 trong {WINDOW} giây; quá số đó trả lời 429 kèm Retry-After."
            ),
        },
        "servers": [{ "url": server }],
        "paths": paths,
        "components": { "schemas": generator.take_definitions(true) },
    })
}

fn told(route: &Route, operation: &Operation, problem: &Schema, generator: &mut SchemaGenerator) -> Value {
    let in_path = route.parameters();
    let parameters: Vec<Value> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let place = if in_path.contains(&parameter.name) {
                "path"
            } else {
                "query"
            };
            json!({
                "name": parameter.name, "in": place, "required": place == "path",
                "description": parameter.meaning, "schema": parameter.shape.schema(),
            })
        })
        .collect();
    let content = json!({ "application/json": { "schema": (operation.answer)(generator) } });
    let refused = json!({ "application/problem+json": { "schema": problem } });
    let headers = json!({
        "ETag": { "description": "Phiên bản của câu trả lời; gửi lại trong If-None-Match.", "schema": { "type": "string" } },
        "RateLimit": { "description": "Còn bao nhiêu yêu cầu (r), sau bao nhiêu giây thì đầy lại (t).", "schema": { "type": "string" } },
        "RateLimit-Policy": { "description": "Được bao nhiêu yêu cầu (q) trong bao nhiêu giây (w).", "schema": { "type": "string" } },
    });
    json!({
        "operationId": operation.id, "summary": operation.summary, "description": operation.description,
        "parameters": parameters,
        "responses": {
            "200": { "description": "Câu trả lời.", "headers": headers, "content": content },
            "304": { "description": "Không có gì đổi từ lần trước (If-None-Match)." },
            "400": { "description": "Tham số sai: nêu tên và lý do.", "content": refused },
            "404": { "description": "Không có.", "content": refused },
            "429": {
                "description": "Quá nhiều yêu cầu.",
                "headers": { "Retry-After": { "description": "Số giây phải đợi.", "schema": { "type": "integer" } } },
                "content": refused,
            },
            "default": { "description": "Lỗi khác.", "content": refused },
        },
    })
}
