//! `GET /api/v1/co-quan`: the agencies that keep a section.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::agency::Status;
use pbgdpl_scope::Tenant;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::of;
use super::{Operation, Parameter, Shape, answer, size};
use crate::error::Error;
use crate::extract::{Citizen, Query};
use crate::public::surroundings::canonical;
use crate::state::AppState;

const USUAL: u64 = 100;
const MOST: u64 = 500;

/// What it says of itself.
pub const LIST: Operation = Operation {
    id: "danhSachCoQuan",
    summary: "Các cơ quan có chuyên mục",
    description: "Xếp theo mã trong địa chỉ. Chuyên mục đang ẩn khỏi công chúng không có trong danh sách, bài của chuyên mục đó cũng \
                  không có ở đâu trong API: mỗi lần đọc lại cả danh sách.",
    parameters: &[
        Parameter {
            name: "so",
            meaning: "Số cơ quan trong một lần trả lời; 100 nếu không nêu.",
            shape: Shape::UpTo(MOST),
        },
        Parameter {
            name: "sau",
            meaning: "Chỗ đọc tiếp: giá trị “next” của lần trả lời trước.",
            shape: Shape::Text,
        },
    ],
    answer: of::<AgencyList>,
};

/// Query keys.
pub const KEYS: &[&str] = &["so", "sau"];

/// Agencies.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Một trang danh sách cơ quan.")]
pub struct AgencyList {
    #[schemars(description = "Các cơ quan.")]
    agencies: Vec<Agency>,
    #[schemars(description = "Giá trị của tham số “sau” để đọc tiếp; null khi đã hết.")]
    next: Option<String>,
}

/// One agency.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Một cơ quan.")]
pub struct Agency {
    #[schemars(description = "Định danh không đổi (urn:uuid), kể cả khi cơ quan đổi tên.")]
    id: String,
    #[schemars(description = "Mã trong địa chỉ; đổi khi cơ quan đổi tên, mã cũ vẫn dùng được.")]
    code: String,
    #[schemars(description = "Tên đầy đủ hôm nay.")]
    name: String,
    #[schemars(description = "Tên ngắn.")]
    short_name: String,
    #[schemars(description = "Loại cơ quan.")]
    kind: String,
    #[schemars(description = "Cơ quan cấp trên; null nếu không ghi.")]
    parent: Option<String>,
    #[schemars(description = "Địa chỉ chuyên mục.")]
    address: String,
    #[schemars(description = "Nguồn tin Atom của chuyên mục.")]
    feed: String,
}

/// `?so=&sau=`
#[derive(Debug, Deserialize)]
pub struct Asked {
    so: Option<String>,
    sau: Option<String>,
}

/// `GET /api/v1/co-quan`
///
/// # Errors
/// Where a parameter cannot be taken.
pub async fn list(
    State(state): State<AppState>,
    citizen: Citizen,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let most = size(asked.so.as_deref(), USUAL, MOST)?;
    let snapshot = state.read.registry().now();
    let mut tenants: Vec<&Tenant> = snapshot
        .tenants()
        .filter(|tenant| tenant.status() != Status::Hidden)
        .filter(|tenant| asked.sau.as_deref().is_none_or(|after| tenant.slug() > after))
        .collect();
    tenants.sort_unstable_by_key(|tenant| tenant.slug().to_owned());
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let more = tenants.len() > most;
    tenants.truncate(most);
    let day = citizen.now.day();
    answer(&AgencyList {
        next: tenants
            .last()
            .filter(|_| more)
            .map(|tenant| tenant.slug().to_owned()),
        agencies: tenants
            .into_iter()
            .map(|tenant| Agency {
                id: format!("urn:uuid:{}", tenant.id().0),
                code: tenant.slug().to_owned(),
                name: tenant.official(day).to_owned(),
                short_name: tenant.short(day).to_owned(),
                kind: tenant.agency().kind_on(day).to_owned(),
                parent: tenant.agency().parent_on(day).map(str::to_owned),
                address: canonical(&state, tenant.slug(), ""),
                feed: canonical(&state, tenant.slug(), "feed.atom"),
            })
            .collect(),
    })
}
