//! `GET /api/v1/bai`: items by their last change, withdrawn ones among them; and one with its text.

mod shown;

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, NaiveDate};
use pbgdpl_model::article::Kind;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::ArticleId;
use pbgdpl_store::public::{Changed, Changes};
use serde::Deserialize;

use self::shown::{Entry, ItemList, WholeItem};
use super::operation::of;
use super::{Operation, Parameter, Shape, agency_of, answer, refused, size};
use crate::error::Error;
use crate::extract::{Citizen, Path, Query};
use crate::state::AppState;

const USUAL: u64 = 50;
const MOST: u64 = 200;

/// What it says of itself.
pub const LIST: Operation = Operation {
    id: "danhSachBai",
    summary: "Bài đã công bố, theo lần thay đổi sau cùng, cũ trước mới sau",
    description: "Bài đã gỡ vẫn có một dòng, giữ mãi (“state” là “withdrawn”), để chương trình của bạn gỡ theo. Lần đầu gọi không \
                  có “tu”; gọi tiếp với đúng các tham số cũ và “sau” bằng “next”, cho đến khi “next” là null. Những lần sau thêm “tu” \
                  là lúc bắt đầu lần trước, lùi một phút, và ghi đè theo “id”: bài đổi trong lúc đọc hiện lại ở cuối danh sách, dòng \
                  đọc sau đúng hơn. Chuyên mục đang ẩn khỏi công chúng không có ở đây và không được báo là gỡ; khi mở lại, hay khi cơ \
                  quan đổi mã, bài giữ “changed_at” cũ: mỗi lần so với danh sách cơ quan, mã nào mới có thì đọc lại bằng “co-quan”, \
                  không có “tu”.",
    parameters: &[
        Parameter {
            name: "co-quan",
            meaning: "Chỉ của cơ quan có mã này trong địa chỉ.",
            shape: Shape::Text,
        },
        Parameter {
            name: "loai",
            meaning: "Chỉ loại này.",
            shape: Shape::OneOf(&["tin", "van-ban-moi", "to-gap"]),
        },
        Parameter {
            name: "tu",
            meaning: "Chỉ bài thay đổi từ ngày hoặc lúc này trở đi: 2020-06-15 (0 giờ ở Việt Nam) hoặc 2020-06-15T01:00:00Z.",
            shape: Shape::Text,
        },
        Parameter {
            name: "so",
            meaning: "Số bài trong một lần trả lời; 50 nếu không nêu.",
            shape: Shape::UpTo(MOST),
        },
        Parameter {
            name: "sau",
            meaning: "Chỗ đọc tiếp: giá trị “next” của lần trả lời trước. Chỉ là chỗ: các tham số khác phải nêu lại.",
            shape: Shape::Text,
        },
    ],
    answer: of::<ItemList>,
};

/// Query keys of the list.
pub const KEYS: &[&str] = &["co-quan", "loai", "tu", "so", "sau"];

/// What one item says of itself.
pub const ONE: Operation = Operation {
    id: "motBai",
    summary: "Một bài với toàn văn",
    description: "Bài đã gỡ trả lời bằng “state” là “withdrawn” và lý do, không có nội dung.",
    parameters: &[Parameter {
        name: "item",
        meaning: "Định danh của bài: 26 ký tự trong địa chỉ của bài, hoặc UUID.",
        shape: Shape::Text,
    }],
    answer: of::<WholeItem>,
};

/// `?co-quan=&loai=&tu=&so=&sau=`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Asked {
    co_quan: Option<String>,
    loai: Option<String>,
    tu: Option<String>,
    so: Option<String>,
    sau: Option<String>,
}

/// `GET /api/v1/bai`
///
/// # Errors
/// Where a parameter cannot be taken, or the store fails.
pub async fn list(
    State(state): State<AppState>,
    _citizen: Citizen,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let most = size(asked.so.as_deref(), USUAL, MOST)?;
    let which = which(&state, &asked)?;
    let mut rows = state.read.public().changes(&which, most + 1).await?;
    let more = u64::try_from(rows.len()).is_ok_and(|rows| rows > most);
    if more {
        rows.pop();
    }
    let agencies = state.read.registry().now();
    answer(&ItemList {
        next: rows.last().filter(|_| more).map(cursor),
        items: rows
            .iter()
            .filter_map(|row| Some(Entry::of(&state, &agencies.by_id(row.line.tenant)?, row)))
            .collect(),
    })
}

/// `GET /api/v1/bai/{item}`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn one(
    State(state): State<AppState>,
    _citizen: Citizen,
    Path(id): Path<ArticleId>,
) -> Result<Response, Error> {
    let item = state
        .read
        .public()
        .item_of_any(id)
        .await?
        .ok_or(Error::NotFound)?;
    let tenant = state.read.registry().now().by_id(item.tenant);
    let tenant = tenant.ok_or(Error::NotFound)?;
    answer(&WholeItem::of(&state, &tenant, item))
}

fn which(state: &AppState, asked: &Asked) -> Result<Changes, Error> {
    let tenant = asked.co_quan.as_deref().map(|slug| {
        agency_of(state, slug)
            .ok_or_else(|| refused("co-quan", "Không có cơ quan nào có mã này trong địa chỉ."))
    });
    let kind = asked.loai.as_deref().map(|word| {
        word.parse::<Kind>()
            .map_err(|_| refused("loai", "Loại phải là tin, van-ban-moi hoặc to-gap."))
    });
    let from = asked.tu.as_deref().map(|text| {
        moment_of(text).ok_or_else(|| {
            refused(
                "tu",
                "Viết ngày như 2020-06-15, hoặc lúc như 2020-06-15T01:00:00Z (RFC 3339).",
            )
        })
    });
    let after = asked.sau.as_deref().map(|text| {
        after_of(text).ok_or_else(|| {
            refused(
                "sau",
                "Chỗ đọc tiếp không đúng. Dùng nguyên giá trị “next” của lần trả lời trước.",
            )
        })
    });
    Ok(Changes {
        tenant: tenant.transpose()?.map(|tenant| tenant.id()),
        kind: kind.transpose()?,
        from: from.transpose()?,
        until: None,
        after: after.transpose()?,
    })
}

/// A day of Viet Nam, or an instant.
fn moment_of(text: &str) -> Option<Moment> {
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Some(Moment::start_of(day));
    }
    // A plus sign of the offset came as a blank.
    let at = DateTime::parse_from_rfc3339(&text.replace(' ', "+")).ok()?;
    Some(Moment::from_millis(at.timestamp_millis()))
}

fn cursor(last: &Changed) -> String {
    format!("{}.{}", last.at().millis(), last.line.id)
}

fn after_of(text: &str) -> Option<(Moment, ArticleId)> {
    let (at, id) = text.split_once('.')?;
    Some((Moment::from_millis(at.parse().ok()?), id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_days_of_viet_nam_or_instants() {
        let at = |text| moment_of(text).map(|moment| moment.rfc3339());
        assert_eq!(moment_of("2020-06-15"), moment_of("2020-06-15T00:00:00 07:00"));
        assert_eq!(at("2020-06-14T17:00:00Z"), at("2020-06-15"));
        for bad in ["15/06/2020", "2020-02-30", "", "2020-06-15T01:00:00"] {
            assert_eq!(moment_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_place_to_go_on_is_read_back_or_refused() {
        for bad in ["", ".", "1", "x.y", "1592182800000.x"] {
            assert_eq!(after_of(bad), None, "{bad}");
        }
        let id: ArticleId = "00000000000000000000000000".parse().unwrap();
        assert_eq!(after_of(&format!("7.{id}")), Some((Moment::from_millis(7), id)));
    }
}
