//! One text of the province's report: what the plan asks, the figures, what agencies wrote, and the text itself.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::plan::{Absent, Document, LONGEST};
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::hash_of;
use pbgdpl_pages::form::{Button, Buttons, ErrorSummary, Field};
use pbgdpl_pages::paper::paragraphs;
use pbgdpl_pages::part::{Link, Notice};
use pbgdpl_pages::province::plan::PartPage;
use pbgdpl_province::plan::read::{read, version};
use pbgdpl_province::plan::write::{Write, Written, write};
use serde::Deserialize;

use super::{address, voices};
use crate::desk::frame::{self, Done};
use crate::desk::plan::figures_of;
use crate::error::Error;
use crate::extract::{Form, Officer, Path, Query};
use crate::page;
use crate::state::AppState;

/// Plan, year, part.
pub type Address = (String, i32, String);

const DONE: [(&str, &str); 1] = [("luu", "Đã lưu.")];
const FIELD: &str = "noi-dung";

/// What stands in the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Words {
    #[serde(rename = "da-doc")]
    read: String,
    #[serde(rename = "noi-dung")]
    text: String,
}

/// `GET /tinh/ke-hoach/{plan}/{year}/phan/{part}`
///
/// # Errors
/// Where there is no such part, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path(at): Path<Address>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let mut shown = part_page(&state, &officer, &at).await?;
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /tinh/ke-hoach/{plan}/{year}/phan/{part}`
///
/// # Errors
/// What the act refuses.
pub async fn save(
    State(state): State<AppState>,
    officer: Officer,
    Path(at): Path<Address>,
    Form(words): Form<Words>,
) -> Result<Response, Error> {
    let (plan, year, part) = &at;
    let order = Write {
        part,
        read: &words.read,
        text: &words.text,
    };
    let done = write(&state.province, &officer.ctx, (plan, *year), order).await;
    let mut shown = match done {
        Ok(Written::Done) => {
            return Ok(page::go(&format!(
                "{}/phan/{part}?xong=luu",
                address(plan, *year)
            )));
        }
        Ok(Written::Stale { theirs, by }) => {
            let mut shown = part_page(&state, &officer, &at).await?;
            shown.theirs = paragraphs(&theirs);
            shown.stale = Some(Notice::refused(
                format!("{by} vừa lưu phần này trước bạn, nên chưa lưu."),
                "Lời bạn đã viết vẫn còn trong ô. Đối chiếu với bản vừa được lưu rồi lưu lại.",
            ));
            shown
        }
        Err(pbgdpl_province::Error::Illegal(why)) => {
            let mut shown = part_page(&state, &officer, &at).await?;
            shown.theirs.clone_from(&shown.paragraphs);
            shown.stale = Some(Notice::refused(
                why,
                "Lời bạn đã viết vẫn còn trong ô để chép lại.",
            ));
            shown
        }
        Err(pbgdpl_province::Error::Invalid { reason, .. }) => {
            let mut shown = part_page(&state, &officer, &at).await?;
            let there = shown.field.take().unwrap_or_else(|| field(""));
            shown.field = Some(there.with_value(&words.text).with_error(Some(&reason)));
            shown.errors = ErrorSummary::of("Chưa lưu được", shown.field.iter());
            return page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
        }
        Err(other) => return Err(other.into()),
    };
    // Frozen meanwhile, the part has no field of its own: what was typed still needs one.
    let there = shown.field.take().unwrap_or_else(|| field(""));
    shown.field = Some(there.with_value(&words.text));
    page::html_with(StatusCode::CONFLICT, &shown)
}

fn field(text: &str) -> Field {
    Field {
        longest: u32::try_from(LONGEST).unwrap_or(0),
        ..Field::area(FIELD, "Nội dung của tỉnh", 14)
    }
    .unmarked()
    .with_hint("Mỗi dòng là một đoạn của báo cáo.")
    .with_value(text)
}

/// The headings of the parts in order, with their keys.
fn order(document: &Document) -> Vec<(String, String)> {
    let part = |part: &pbgdpl_model::plan::Part| (part.id.clone(), part.title.clone());
    let tasks = document.tasks.iter();
    let tasks = tasks.map(|task| (task.number.clone(), format!("Nhiệm vụ {}", task.number)));
    let before = document.before.iter().map(part);
    before
        .chain(tasks)
        .chain(document.after.iter().map(part))
        .collect()
}

async fn part_page(state: &AppState, officer: &Officer, at: &Address) -> Result<PartPage, Error> {
    let (plan, year, key) = at;
    let of = (plan.as_str(), *year);
    let drawn = read(&state.province, &officer.ctx, of).await?;
    let open = drawn.is_open();
    let document = if open {
        drawn.document
    } else {
        version(&state.province, &officer.ctx, of, None).await?.document
    };
    let parts = order(&document);
    let place = parts
        .iter()
        .position(|(id, _)| id == key)
        .ok_or(Error::NotFound)?;
    let heading = parts
        .get(place)
        .map_or("", |(_, title)| title.as_str())
        .to_owned();
    let here = address(plan, *year);
    let task = document.task(key);
    let section = document
        .before
        .iter()
        .chain(&document.after)
        .find(|part| part.id == *key);
    let text = task
        .map(|task| task.text.clone())
        .or_else(|| section.map(|section| section.text.clone()))
        .unwrap_or_default();
    let hint = drawn.plan.sections.iter().find(|section| section.id == *key);
    let writes = open && officer.ctx.could(Action::ReportConsolidate);
    let near = [place.checked_sub(1), Some(place + 1)];
    let neighbours = near.into_iter().flatten().filter_map(|at| parts.get(at));
    Ok(PartPage {
        frame: frame::officer(state, officer, "/tinh/ke-hoach"),
        back: Link::new(format!("Báo cáo kết quả {}", document.term_words()), here.clone()),
        text: task.map_or_else(
            || hint.map_or_else(String::new, |section| section.hint.clone()),
            |task| task.heading.clone(),
        ),
        facts: task.map_or_else(Vec::new, |task| {
            let mut facts = vec![("Chủ trì, thực hiện".to_owned(), task.lead.clone())];
            if !task.join.is_empty() {
                facts.push(("Phối hợp".to_owned(), task.join.clone()));
            }
            facts
        }),
        figures: task.map_or_else(Vec::new, |task| figures_of(&task.figures)),
        stale: None,
        theirs: Vec::new(),
        errors: ErrorSummary::default(),
        field: writes.then(|| field(&text)),
        read: hash_of(&text),
        action: format!("{here}/phan/{key}"),
        buttons: Buttons {
            note: String::new(),
            buttons: vec![Button::primary("Lưu")],
        },
        paragraphs: paragraphs(&text),
        voices: task.map_or_else(Vec::new, |task| {
            voices(&task.contributions, |slug| format!("{here}/co-quan/{slug}"))
        }),
        asks_agencies: task.is_some(),
        absent: task.map_or_else(Vec::new, |task| task.absent.iter().map(in_words).collect()),
        neighbours: neighbours
            .map(|(id, title)| Link::new(title.clone(), format!("{here}/phan/{id}")))
            .collect(),
        heading,
    })
}

fn in_words(absent: &Absent) -> String {
    format!("{} ({})", absent.name, absent.why.label())
}
