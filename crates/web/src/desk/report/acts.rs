//! The acts on a whole report: open, check, send; each says beforehand whether it can be done.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::Error as Refusal;
use pbgdpl_app::report::open::{Open, open as open_report};
use pbgdpl_app::report::{Moved, Outcome, View, check as checking, submit as sending};
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{Finding, Stage, period_of};
use pbgdpl_pages::desk::report::{ReportAct, ReportPage};
use pbgdpl_pages::form::{ErrorSummary, Field};
use serde::Deserialize;

use super::{Address, address, report_at, show};
use crate::error::Error;
use crate::extract::{Form, Path, Staff};
use crate::page;
use crate::state::AppState;

/// What stands in the forms of these acts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Words {
    #[serde(rename = "ma")]
    figures: Option<String>,
    #[serde(rename = "nhan-xet")]
    remark: String,
    #[serde(rename = "thuyet-minh")]
    explanation: String,
    #[serde(rename = "ly-do-chinh-ly")]
    amend: Option<String>,
}

impl Words {
    /// Hash of the figures that stood on the page: nobody checks or sends figures unseen.
    fn figures(&self) -> Result<&str, Error> {
        self.figures.as_deref().ok_or_else(|| {
            Error::Invalid(
                "ma",
                "Thiếu mã số liệu của trang. Mở lại biểu rồi làm lại.".into(),
            )
        })
    }
}

/// The acts that stand open to this person.
pub(super) fn open_acts(staff: &Staff, seen: &View, here: &str) -> Vec<ReportAct> {
    let could = |action| staff.ctx.could(action);
    let act = |title: &str, text: String, path: Option<&str>, fields: Vec<Field>, button: &str| ReportAct {
        title: title.into(),
        text,
        action: path.map(|path| format!("{here}/{path}")),
        hidden: match path {
            Some("kiem-tra" | "gui") => vec![("ma".to_owned(), seen.figures.clone())],
            _ => Vec::new(),
        },
        fields,
        button: button.into(),
    };
    let newest = seen.report.version == seen.newest;
    let locked = seen.lock(staff.today()).is_some();
    match seen.stage() {
        Stage::Draft | Stage::Checked if locked => Vec::new(),
        Stage::Draft if could(Action::ReportCheck) => {
            let who = staff.ctx.actor().account();
            let filled = seen.report.created_by == who || seen.declared.iter().any(|cell| cell.by == who);
            let (text, path) = if filled {
                (
                    "Bạn đã lập biểu này, nên một người khác của cơ quan phải kiểm tra.",
                    None,
                )
            } else {
                ("Xác nhận số liệu đúng với sổ và căn cứ.", Some("kiem-tra"))
            };
            let fields = if filled {
                vec![]
            } else {
                vec![Field::area("nhan-xet", "Nhận xét", 2).optional()]
            };
            vec![act(
                "Kiểm tra biểu",
                text.into(),
                path,
                fields,
                "Xác nhận đã kiểm tra",
            )]
        }
        Stage::Checked if could(Action::ReportSubmit) => vec![act(
            "Gửi Sở Tư pháp",
            "Số liệu được chốt cùng mã kiểm tra; sau đó chỉ sửa được bằng một bản mới.".into(),
            Some("gui"),
            vec![Field::area("thuyet-minh", "Thuyết minh", 3).optional()],
            "Gửi Sở Tư pháp",
        )],
        Stage::Returned if newest && could(Action::ReportFill) => vec![act(
            "Sửa theo ý kiến",
            format!(
                "Bản {} giữ lại số tự khai, cộng lại từ sổ hoạt động.",
                seen.newest + 1
            ),
            Some("mo"),
            vec![],
            "Lập bản mới",
        )],
        Stage::Accepted if newest && could(Action::ReportFill) => vec![act(
            "Chỉnh lý số liệu đã tiếp nhận",
            "Lập một bản mới; bản đã tiếp nhận vẫn có hiệu lực cho đến khi bản mới được tiếp nhận.".into(),
            Some("mo"),
            vec![Field::text("ly-do-chinh-ly", "Lý do chỉnh lý")],
            "Lập bản chỉnh lý",
        )],
        _ => Vec::new(),
    }
}

/// `POST /quan-tri/{agency}/bieu/{form}/{period}/{year}/mo`
///
/// # Errors
/// What the act refuses.
pub async fn open(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    Form(words): Form<Words>,
) -> Result<Response, Error> {
    let (_, form, period, year) = &at;
    let kind = period_of(period).ok_or(Error::NotFound)?;
    let order = Open {
        form: form.clone(),
        period: kind,
        year: *year,
        amend: words.amend,
    };
    match open_report(&state.app, &staff.ctx, order).await {
        Ok(Outcome::Done(_)) => {
            let here = address(staff.ctx.tenant(), form, kind, *year);
            Ok(page::go(&format!("{here}?xong=lap")))
        }
        Ok(Outcome::Refused(why)) => Err(Error::Conflict(why)),
        Ok(Outcome::Unmet(_) | Outcome::Moved(_)) => Err(Refusal::Stale.into()),
        Err(Refusal::Invalid { reason, .. }) => {
            let seen = report_at(&state, &staff, &at, None).await?;
            again(&state, &staff, &seen, "ly-do-chinh-ly", &reason)
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /quan-tri/{agency}/bieu/{form}/{period}/{year}/kiem-tra`
///
/// # Errors
/// What the act refuses.
pub async fn check(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    Form(words): Form<Words>,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &at, None).await?;
    let (id, figures) = (seen.report.id, words.figures()?);
    match checking::check(&state.app, &staff.ctx, id, figures, &words.remark).await? {
        Outcome::Moved(moved) => {
            let seen = report_at(&state, &staff, &at, None).await?;
            moved_page(&state, &staff, &seen, &moved, ("nhan-xet", &words.remark))
        }
        outcome => {
            let typed = ("nhan-xet", words.remark.as_str());
            answer(
                &state,
                &staff,
                &seen,
                outcome,
                "kiem-tra",
                "Chưa kiểm tra được",
                typed,
            )
        }
    }
}

/// `POST /quan-tri/{agency}/bieu/{form}/{period}/{year}/gui`
///
/// # Errors
/// What the act refuses.
pub async fn submit(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    Form(words): Form<Words>,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &at, None).await?;
    let (id, figures) = (seen.report.id, words.figures()?);
    match sending::submit(&state.app, &staff.ctx, id, figures, &words.explanation).await? {
        Outcome::Moved(moved) => {
            let seen = report_at(&state, &staff, &at, None).await?;
            moved_page(&state, &staff, &seen, &moved, ("thuyet-minh", &words.explanation))
        }
        outcome => {
            let typed = ("thuyet-minh", words.explanation.as_str());
            answer(&state, &staff, &seen, outcome, "gui", "Chưa gửi được", typed)
        }
    }
}

fn answer<T>(
    state: &AppState,
    staff: &Staff,
    seen: &View,
    outcome: Outcome<T>,
    word: &str,
    title: &str,
    typed: (&str, &str),
) -> Result<Response, Error> {
    let here = address(staff.ctx.tenant(), &seen.form.id, seen.span.kind, seen.span.year);
    match outcome {
        Outcome::Done(_) => Ok(page::go(&format!("{here}?xong={word}"))),
        Outcome::Refused(why) => Err(Error::Conflict(why)),
        Outcome::Moved(_) => Err(Refusal::Stale.into()),
        Outcome::Unmet(found) => {
            let mut shown =
                show::report_page(state, staff, seen, found.first().map(|first| first.row.as_str()));
            shown.errors = summary(title, &found);
            keep(&mut shown, typed);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
    }
}

/// Puts back what was typed; says whether there is still a field for it.
fn keep(shown: &mut ReportPage, (field, typed): (&str, &str)) -> bool {
    let mut fields = shown.acts.iter_mut().flat_map(|act| &mut act.fields);
    let there = fields.find(|there| there.name == field);
    there.map(|field| typed.clone_into(&mut field.value)).is_some()
}

/// The page with the figures of now: what moved, what to do, and what was typed.
fn moved_page(
    state: &AppState,
    staff: &Staff,
    seen: &View,
    moved: &Moved,
    (field, typed): (&str, &str),
) -> Result<Response, Error> {
    let mut shown = show::report_page(state, staff, seen, None);
    let kept = keep(&mut shown, (field, typed));
    let (title, what) = match moved {
        Moved::SinceRead => (
            "Số liệu đã đổi từ khi bạn mở trang",
            "Chưa ghi nhận gì. Đọc lại các số dưới đây rồi thực hiện lại.".to_owned(),
        ),
        Moved::SinceChecked(_) => (
            "Chưa gửi được: số liệu không còn là số đã kiểm tra",
            "Biểu trở về bước lập và phải được kiểm tra lại trước khi gửi.".to_owned(),
        ),
    };
    shown.errors = ErrorSummary {
        title: title.into(),
        kept: match (typed.trim(), kept) {
            ("", _) => String::new(),
            (_, true) => "Lời bạn đã viết vẫn được giữ.".into(),
            (typed, false) => format!("Lời bạn đã viết, để dùng lại khi gửi: “{typed}”"),
        },
        errors: vec![("dong-ten".to_owned(), what)],
    };
    page::html_with(StatusCode::CONFLICT, &shown)
}

fn summary(title: &str, found: &[Finding]) -> ErrorSummary {
    ErrorSummary {
        title: format!("{title}: còn {} chỗ phải sửa hoặc giải thích", found.len()),
        kept: "Số liệu đã lưu vẫn được giữ.".into(),
        errors: found
            .iter()
            .map(|finding| {
                (
                    "dong-ten".to_owned(),
                    format!("{}: {}", finding.label, finding.message),
                )
            })
            .collect(),
    }
}

fn again(state: &AppState, staff: &Staff, seen: &View, field: &str, reason: &str) -> Result<Response, Error> {
    let mut shown = show::report_page(state, staff, seen, None);
    for act in &mut shown.acts {
        for wrong in act.fields.iter_mut().filter(|wrong| wrong.name == field) {
            wrong.error = Some(reason.to_owned());
        }
    }
    shown.errors = ErrorSummary::of(
        "Chưa lập được bản mới",
        shown.acts.iter().flat_map(|act| &act.fields),
    );
    page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}
