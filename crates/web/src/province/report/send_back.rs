//! A report is returned: a remark on the whole, remarks on single cells; what was typed comes back with what is wrong.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::report::CellRemark;
use pbgdpl_pages::form::{Choice, Control, ErrorSummary, Field};
use pbgdpl_province::report::read::{Reading, read};
use pbgdpl_province::report::{Term, send_back as returning};

use super::one::{Address, submitted};
use super::{agency, list_address, term};
use crate::error::Error;
use crate::extract::{FormFields, Officer, Path};
use crate::page;
use crate::state::AppState;

/// Cells that may be spoken of at once.
const CELLS: usize = 3;

/// What the officer says when a report is returned, as it was typed.
struct Typed {
    version: i32,
    pairs: Vec<(String, String)>,
}

impl Typed {
    fn of(pairs: Vec<(String, String)>) -> Self {
        let version = pairs.iter().find(|(name, _)| name == "ban");
        Self {
            version: version.and_then(|(_, value)| value.parse().ok()).unwrap_or(0),
            pairs,
        }
    }

    fn one(&self, name: &str) -> &str {
        let found = self.pairs.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The remarks on single cells; or the field that cannot be taken, and why.
    fn cells(&self) -> Result<Vec<CellRemark>, (String, &'static str)> {
        let mut cells = Vec::new();
        for number in 1..=CELLS {
            let text = self.one(&format!("y-kien-{number}")).trim();
            if text.is_empty() {
                if self.one(&format!("cot-{number}")).trim().is_empty() {
                    continue;
                }
                return Err((format!("y-kien-{number}"), WHAT));
            }
            let field = format!("cot-{number}");
            let column = self
                .one(&field)
                .trim()
                .parse()
                .map_err(|_| (field, WHICH_COLUMN))?;
            cells.push(CellRemark {
                row: self.one(&format!("dong-{number}")).to_owned(),
                column,
                text: text.to_owned(),
            });
        }
        Ok(cells)
    }
}

/// `POST /tinh/bao-cao/{form}/{period}/{year}/{agency}/tra-lai`
///
/// # Errors
/// What the act refuses.
pub async fn post(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year, slug)): Path<Address>,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let tenant = agency(&officer, &slug)?;
    let typed = Typed::of(pairs);
    let done = match typed.cells() {
        Ok(cells) => {
            let remarks = returning::Remarks {
                text: typed.one("y-kien"),
                cells,
            };
            let which = (form.as_str(), term);
            returning::send_back(
                &state.province,
                &officer.ctx,
                tenant.id(),
                which,
                typed.version,
                remarks,
            )
            .await
        }
        Err((field, why)) => {
            return not_returned(&state, &officer, (&form, term), &slug, &typed, (&field, why)).await;
        }
    };
    match done {
        Ok(()) => Ok(page::go(&format!(
            "{}/{slug}?xong=tra-lai",
            list_address(&form, term)
        ))),
        Err(pbgdpl_province::Error::Invalid { field, reason }) => {
            // A cell that is not there: the first that was spoken of.
            let field = if field == "o" { "cot-1" } else { field };
            not_returned(&state, &officer, (&form, term), &slug, &typed, (field, &reason)).await
        }
        Err(pbgdpl_province::Error::Stale) => {
            let why = "báo cáo đã có bản mới hoặc đã được xử lý trong lúc bạn viết; đọc lại rồi làm lại nếu còn cần";
            not_returned(&state, &officer, (&form, term), &slug, &typed, ("y-kien", why)).await
        }
        Err(other) => Err(other.into()),
    }
}

const WHICH_COLUMN: &str = "ghi số của cột, ví dụ 4";
const WHAT: &str = "còn trống; ghi nhận xét, hoặc xóa số của cột";

/// The page again, with what was typed and what is wrong.
async fn not_returned(
    state: &AppState,
    officer: &Officer,
    (form, term): (&str, Term),
    slug: &str,
    typed: &Typed,
    (field, reason): (&str, &str),
) -> Result<Response, Error> {
    let tenant = agency(officer, slug)?;
    let reading = read(&state.province, &officer.ctx, tenant.id(), (form, term), None).await?;
    let mut shown = submitted(state, officer, &reading, term, slug);
    for there in shown.acts.iter_mut().flat_map(|act| &mut act.fields) {
        typed.one(&there.name).clone_into(&mut there.value);
        if let Control::Select(choices) = &mut there.control {
            for choice in choices {
                choice.chosen = choice.value == there.value;
            }
        }
        if there.name == field {
            there.error = Some(reason.to_owned());
        }
    }
    shown.errors = ErrorSummary::of("Chưa trả lại được", shown.acts.iter().flat_map(|act| &act.fields));
    page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

/// The whole report, then single cells: a line, a column, a remark.
pub(super) fn fields(reading: &Reading) -> Vec<Field> {
    let mut fields = vec![
        Field::area("y-kien", "Ý kiến chung", 3)
            .with_hint("Vì sao trả lại; phải làm gì. Có thể bỏ trống nếu đã nhận xét từng ô."),
    ];
    for number in 1..=CELLS {
        let lines = reading.body.rows.iter().map(|line| Choice {
            value: line.key.clone(),
            label: line.label.clone(),
            ..Choice::default()
        });
        fields.push(
            Field::select(
                &format!("dong-{number}"),
                &format!("Ô {number}: dòng"),
                lines.collect(),
            )
            .unmarked(),
        );
        fields.push(Field::figure(&format!("cot-{number}"), &format!("Ô {number}: cột số")).unmarked());
        fields.push(Field::text(&format!("y-kien-{number}"), &format!("Ô {number}: nhận xét")).unmarked());
    }
    fields
}
