//! Saved views: listed and opened among the figures, kept by a person with the own account (an auditor writes nothing else).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::dashboard::{SavedView, Shown, ViewAddress};
use pbgdpl_model::id::ViewId;
use pbgdpl_model::policy::Action;
use pbgdpl_model::structure::View;
use pbgdpl_pages::form::{Choice, ErrorSummary, Field};
use pbgdpl_pages::oversight::{SaveView, ViewLine, ViewPage, ViewsPage, measure_label};
use pbgdpl_pages::part::{Link, Notice, State as Shape, Tone};
use pbgdpl_province::oversight::{dashboard, drill};
use pbgdpl_province::view::{change as changing, list as listing, remove as removing, save as saving};
use pbgdpl_vietnamese::date::dmy;
use serde::Deserialize;

use super::{export, structure};
use crate::desk::frame;
use crate::dispatch::audience::officer_of;
use crate::error::Error;
use crate::extract::{Form, Officer, Path, Person, Query};
use crate::page;
use crate::state::AppState;

const HERE: &str = "/giam-sat/cach-xem";
const OWN: &str = "/tai-khoan/cach-xem";
const KEEP: &str = "giu-nguyen";
const SHARE: &str = "chung";

/// What the last act did.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Done {
    xong: String,
    lay_lai: Option<ViewId>,
}

/// What is sent to save or to change a view.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Sent {
    ten: String,
    dia_chi: String,
    nam_dang_xem: Option<i32>,
    chon: Vec<String>,
}

impl Sent {
    fn chose(&self, word: &str) -> bool {
        self.chon.iter().any(|chosen| chosen == word)
    }
}

/// Which table.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Table {
    bang: String,
}

/// The form that saves the view in front of an officer.
pub(super) fn save(officer: &Officer, address: &ViewAddress, year: i32) -> SaveView {
    let hidden = vec![
        ("dia-chi".to_owned(), address.to_string()),
        ("nam-dang-xem".to_owned(), year.to_string()),
    ];
    SaveView {
        action: OWN.into(),
        hidden,
        fields: fields(officer, Some(address), &Sent::default()),
        list: Link::new("Các cách xem đã lưu", HERE),
    }
}

/// The name and the boxes. `address`: a view that is not kept yet.
fn fields(officer: &Officer, address: Option<&ViewAddress>, sent: &Sent) -> Vec<Field> {
    let title = Field {
        longest: 120,
        ..Field::text("ten", "Tên").with_value(&sent.ten)
    };
    let mut boxes = Vec::new();
    if let Some(address) = address.filter(|address| address.can_be_fixed()) {
        let day = address.known.unwrap_or_else(|| officer.ctx.now().day());
        boxes.push(Choice {
            value: KEEP.into(),
            label: "Giữ nguyên".into(),
            hint: format!(
                "Mở lại lúc nào cũng đúng các con số như đã biết đến hết ngày {}, theo bảng chỉ tiêu và cơ cấu của hôm nay.",
                dmy(day)
            ),
            chosen: sent.chose(KEEP),
        });
    }
    if officer.ctx.could(Action::ViewShare) {
        boxes.push(Choice {
            value: SHARE.into(),
            label: "Dùng chung".into(),
            hint: "Cán bộ và người giám sát cấp tỉnh cùng mở được; chỉ bạn sửa, xóa được.".into(),
            chosen: sent.chose(SHARE),
        });
    }
    let mut fields = vec![title];
    if !boxes.is_empty() {
        fields.push(Field::boxes("chon", "Cách giữ", boxes));
    }
    fields
}

fn refuse(fields: &mut [Field], field: &str, reason: &str) {
    let wanted = if field == KEEP { "chon" } else { field };
    for field in fields.iter_mut().filter(|field| field.name == wanted) {
        field.error = Some(reason.to_owned());
    }
}

/// `GET /giam-sat/cach-xem?xong=&lay-lai=`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn list(
    State(state): State<AppState>,
    officer: Officer,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let mut shown = all(&state, &officer).await?;
    shown.undo = done.lay_lai.map(|id| format!("{OWN}/{id}/hoan-tac"));
    let said = match done.xong.as_str() {
        "luu" => Some("Đã lưu."),
        "lay-lai" => Some("Đã lấy lại."),
        _ => None,
    };
    shown.frame = shown.frame.with_notice(said.map(|words| Notice::done(words, "")));
    page::html(&shown)
}

async fn all(state: &AppState, officer: &Officer) -> Result<ViewsPage, Error> {
    let views = listing::list(&state.province, &officer.ctx).await?;
    let me = officer.ctx.actor().account();
    let (own, others): (Vec<_>, Vec<_>) = views.iter().partition(|view| view.owner == me);
    let lines = |views: Vec<&SavedView>| views.into_iter().map(|view| line(view, officer)).collect();
    Ok(ViewsPage {
        frame: frame::officer(state, officer, HERE),
        errors: ErrorSummary::default(),
        again: None,
        undo: None,
        own: lines(own),
        shared: lines(others),
    })
}

fn line(view: &SavedView, officer: &Officer) -> ViewLine {
    let own = view.owner == officer.ctx.actor().account();
    let made = dmy(view.made_at.day());
    ViewLine {
        link: Link::new(&view.title, format!("{HERE}/{}", view.id)),
        what: what(&view.address),
        kept: match &view.fixed {
            Some(fixed) => format!("giữ nguyên như hết ngày {}", dmy(fixed.day)),
            None => "theo số liệu lúc mở".to_owned(),
        },
        whose: match (own, view.shared) {
            (true, true) => format!("bạn lưu ngày {made}, dùng chung"),
            (true, false) => format!("bạn lưu ngày {made}, chỉ mình bạn mở được"),
            (false, _) => format!("{} lưu ngày {made}", view.owner_name),
        },
        change: own.then(|| Link::new("Đổi tên, xóa", format!("{OWN}/{}", view.id))),
    }
}

/// "Số liệu toàn tỉnh, năm 2020, theo tổ chức ngày 01/07/2021".
fn what(address: &ViewAddress) -> String {
    let page = match address.shown {
        Shown::Year => "Số liệu toàn tỉnh".to_owned(),
        Shown::Figure(measure) => measure_label(measure).to_owned(),
        Shown::Peers(measure) => format!("So sánh trong nhóm: {}", measure_label(measure)),
    };
    let year = address
        .year
        .map_or_else(|| "năm mới nhất".to_owned(), |year| format!("năm {year}"));
    let mut words = vec![page, year];
    if let View::On(_) = address.structure {
        words.push(structure::said(address.structure));
    }
    if let Some(day) = address.known {
        words.push(format!("như đã biết đến hết ngày {}", dmy(day)));
    }
    words.join(", ")
}

/// `GET /giam-sat/cach-xem/{view}`: a living one leads to its page, a fixed one is drawn by what was kept.
///
/// # Errors
/// Where there is none that the officer may open, or the store fails.
pub async fn open(
    State(state): State<AppState>,
    officer: Officer,
    Path(id): Path<ViewId>,
) -> Result<Response, Error> {
    let view = listing::one(&state.province, &officer.ctx, id).await?;
    let Some(fixed) = &view.fixed else {
        return Ok(page::go(&view.address.to_string()));
    };
    let (address, ctx) = (&view.address, &officer.ctx);
    if let (Shown::Figure(measure), Some(year)) = (address.shown, address.year) {
        let found =
            drill::fixed_figure(&state.province, ctx, (measure, year), address.structure, fixed).await?;
        let mut drawn = super::figure::draw(&state, &officer, &found);
        drawn.others = Vec::new();
        drawn.fixed = said(&view, &officer);
        return page::html(&drawn);
    }
    let year = dashboard::fixed(&state.province, ctx, address.year, address.structure, fixed).await?;
    let mut drawn = super::dashboard::draw(&state, &officer, &year);
    drawn.years = Vec::new();
    drawn.downloads = export::links_of(id);
    drawn.fixed = said(&view, &officer);
    page::html(&drawn)
}

/// What a fixed view says of itself; on its own day that the day is not over.
fn said(view: &SavedView, officer: &Officer) -> String {
    let Some(fixed) = &view.fixed else {
        return String::new();
    };
    let today = officer.ctx.now().day();
    let running = if fixed.day >= today {
        " Hôm nay chưa hết: những gì ghi thêm trong hôm nay còn được tính; từ ngày mai các con số không đổi nữa."
    } else {
        ""
    };
    format!(
        "Cách xem đã lưu “{}”, giữ nguyên như đã biết đến hết ngày {}; {} lưu ngày {}.{running}",
        view.title,
        dmy(fixed.day),
        view.owner_name,
        dmy(view.made_at.day())
    )
}

/// `GET /giam-sat/cach-xem/{view}/xuat.csv?bang=`
///
/// # Errors
/// Where there is no such view, or it has no such table.
pub async fn csv(
    State(state): State<AppState>,
    officer: Officer,
    Path(id): Path<ViewId>,
    Query(table): Query<Table>,
) -> Result<Response, Error> {
    let view = listing::one(&state.province, &officer.ctx, id).await?;
    let fixed = view.fixed.as_ref().ok_or(Error::NotFound)?;
    let address = view.address;
    if address.shown != Shown::Year {
        return Err(Error::NotFound);
    }
    // What leaves the house lacks nothing.
    let ctx = officer.ctx.clone().of_now();
    let year = dashboard::fixed(&state.province, &ctx, address.year, address.structure, fixed);
    export::of(&year.await?, &table.bang, &officer)
}

/// Pages of the own account that are about the province: the person as its officer.
fn officer(state: &AppState, person: Person) -> Result<Officer, Error> {
    officer_of(state, Action::OversightRead, person.request, person.person)
}

/// `POST /tai-khoan/cach-xem`
///
/// # Errors
/// What the act refuses.
pub async fn add(
    State(state): State<AppState>,
    person: Person,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let officer = officer(&state, person)?;
    let address: ViewAddress = sent
        .dia_chi
        .parse()
        .map_err(|_| Error::Invalid("dia-chi", "Trang này không lưu được cách xem.".into()))?;
    let order = saving::Save {
        title: sent.ten.clone(),
        address,
        year: sent.nam_dang_xem,
        fixed: sent.chose(KEEP),
        shared: sent.chose(SHARE),
    };
    match saving::save(&state.province, &officer.ctx, order).await {
        Ok(_) => Ok(page::go(&format!("{HERE}?xong=luu"))),
        Err(pbgdpl_province::Error::Invalid { field, reason }) => {
            let mut shown = all(&state, &officer).await?;
            let mut again = save(&officer, &address, sent.nam_dang_xem.unwrap_or_default());
            again.fields = fields(&officer, Some(&address), &sent);
            refuse(&mut again.fields, field, &reason);
            shown.errors = ErrorSummary::of("Chưa lưu được", &again.fields);
            shown.again = Some(again);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /tai-khoan/cach-xem/{view}`
///
/// # Errors
/// Where the person has no such view, or the store fails.
pub async fn edit(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<ViewId>,
) -> Result<Response, Error> {
    let officer = officer(&state, person)?;
    let view = own(&state, &officer, id).await?;
    page::html(&one(&state, &officer, &view, None))
}

async fn own(state: &AppState, officer: &Officer, id: ViewId) -> Result<SavedView, Error> {
    let view = listing::one(&state.province, &officer.ctx, id).await?;
    if view.owner == officer.ctx.actor().account() {
        Ok(view)
    } else {
        Err(Error::NotFound)
    }
}

fn one(state: &AppState, officer: &Officer, view: &SavedView, wrong: Option<(&Sent, &str)>) -> ViewPage {
    let so_far = Sent {
        ten: view.title.clone(),
        chon: if view.shared { vec![SHARE.into()] } else { vec![] },
        ..Sent::default()
    };
    let mut fields = fields(officer, None, wrong.map_or(&so_far, |(sent, _)| sent));
    if let Some((_, reason)) = wrong {
        refuse(&mut fields, "ten", reason);
    }
    ViewPage {
        frame: frame::officer(state, officer, HERE),
        list: Link::new("Cách xem đã lưu", HERE),
        title: view.title.clone(),
        what: what(&view.address),
        state: match &view.fixed {
            Some(fixed) => Shape::new(Tone::Ok, format!("giữ nguyên như hết ngày {}", dmy(fixed.day))),
            None => Shape::new(Tone::Wait, "theo số liệu lúc mở"),
        },
        action: format!("{OWN}/{}", view.id),
        remove: format!("{OWN}/{}/xoa", view.id),
        errors: if wrong.is_some() {
            ErrorSummary::of("Chưa lưu được", &fields)
        } else {
            ErrorSummary::default()
        },
        fields,
    }
}

/// `POST /tai-khoan/cach-xem/{view}`
///
/// # Errors
/// What the act refuses.
pub async fn change(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<ViewId>,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let officer = officer(&state, person)?;
    match changing::change(&state.province, &officer.ctx, id, &sent.ten, sent.chose(SHARE)).await {
        Ok(()) => Ok(page::go(&format!("{HERE}?xong=luu"))),
        Err(pbgdpl_province::Error::Invalid { reason, .. }) => {
            let view = own(&state, &officer, id).await?;
            let again = one(&state, &officer, &view, Some((&sent, &reason)));
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /tai-khoan/cach-xem/{view}/xoa`
///
/// # Errors
/// What the act refuses.
pub async fn remove(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<ViewId>,
) -> Result<Response, Error> {
    let officer = officer(&state, person)?;
    removing::remove(&state.province, &officer.ctx, id).await?;
    Ok(page::go(&format!("{HERE}?lay-lai={id}")))
}

/// `POST /tai-khoan/cach-xem/{view}/hoan-tac`
///
/// # Errors
/// What the act refuses.
pub async fn undo(
    State(state): State<AppState>,
    person: Person,
    Path(id): Path<ViewId>,
) -> Result<Response, Error> {
    let officer = officer(&state, person)?;
    removing::undo(&state.province, &officer.ctx, id).await?;
    Ok(page::go(&format!("{HERE}?xong=lay-lai")))
}
