//! The province's public figures: proposed by one officer, agreed to by another, taken back by either.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::figure::{By, PublicFigure, PublishedFigure, Scope, Stage};
use pbgdpl_model::id::{FigureId, TenantId};
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::form::{Choice, ErrorSummary, Field};
use pbgdpl_pages::oversight::measure_label;
use pbgdpl_pages::part::{Link, State as Shape, Tone};
use pbgdpl_pages::province::{FigureEntry, FiguresPage, RevokeFigurePage};
use pbgdpl_province::public_figure::list::{Figures, list};
use pbgdpl_province::public_figure::{
    approve as approving, needs_approval, propose as proposing, revoke as revoking,
};
use pbgdpl_vietnamese::date::{self, dmy, parse_dmy};
use serde::Deserialize;

use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Form, Officer, Path, Query};
use crate::page;
use crate::public::figures::{groups, period, told, whose};
use crate::state::AppState;

const HERE: &str = "/tinh/cong-khai";
const OF_PROVINCE: &str = "toan-tinh";
const OF_AGENCIES: &str = "co-quan";

const DONE: [(&str, &str); 4] = [
    ("cong-khai", "Đã công khai. Công chúng đọc được trong vài giây."),
    ("de-nghi", "Đã đề nghị. Người khác duyệt thì công chúng đọc được."),
    ("duyet", "Đã duyệt. Công chúng đọc được trong vài giây."),
    ("thoi", "Đã thôi công khai."),
];

/// What is proposed.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Sent {
    chi_tieu: String,
    ky: String,
    pham_vi: String,
    co_quan: Vec<TenantId>,
    ten: String,
    ghi_chu: String,
    tu_ngay: String,
}

/// Why one is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Why {
    ly_do: String,
}

/// `GET /tinh/cong-khai`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn all(
    State(state): State<AppState>,
    officer: Officer,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let mut shown = drawn(&state, &officer, &Sent::default()).await?;
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /tinh/cong-khai`
///
/// # Errors
/// What the act refuses.
pub async fn propose(
    State(state): State<AppState>,
    officer: Officer,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let done = match order(&officer, &sent) {
        Ok(order) => proposing::propose(&state.province, &officer.ctx, order).await,
        Err(wrong) => Err(wrong),
    };
    match done {
        Ok(_) => {
            let done = if needs_approval(&officer.ctx) {
                "de-nghi"
            } else {
                "cong-khai"
            };
            Ok(page::go(&format!("{HERE}?xong={done}")))
        }
        Err(pbgdpl_province::Error::Invalid { field, reason }) => {
            let mut shown = drawn(&state, &officer, &sent).await?;
            for there in shown.fields.iter_mut().filter(|there| there.name == field) {
                there.error = Some(reason.clone());
            }
            shown.errors = ErrorSummary::of("Chưa đề nghị được", &shown.fields);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(error) => Err(error.into()),
    }
}

fn order(officer: &Officer, sent: &Sent) -> Result<proposing::Propose, pbgdpl_province::Error> {
    use pbgdpl_province::Error as Refused;
    let measure = sent.chi_tieu.parse::<Measure>();
    let from = sent.tu_ngay.trim();
    Ok(proposing::Propose {
        measure: measure.map_err(|_| Refused::invalid("chi-tieu", "chưa chọn; chọn một chỉ tiêu"))?,
        scope: match sent.pham_vi.as_str() {
            OF_PROVINCE => Scope::Province,
            OF_AGENCIES => Scope::Agencies {
                agencies: sent.co_quan.clone(),
            },
            _ => {
                return Err(Refused::invalid(
                    "pham-vi",
                    "chưa chọn; chọn toàn tỉnh hoặc từng cơ quan",
                ));
            }
        },
        year: match sent.ky.as_str() {
            "" => None,
            year => Some(
                year.parse()
                    .map_err(|_| Refused::invalid("ky", "năm không đọc được; chọn trong danh sách"))?,
            ),
        },
        title: sent.ten.clone(),
        note: sent.ghi_chu.clone(),
        from: if from.is_empty() {
            officer.ctx.now().day()
        } else {
            from.parse()
                .ok()
                .or_else(|| parse_dmy(from).ok())
                .ok_or_else(|| Refused::invalid("tu-ngay", "không đọc được; viết như 01/07/2021"))?
        },
    })
}

/// `POST /tinh/cong-khai/{figure}/duyet`
///
/// # Errors
/// What the act refuses.
pub async fn approve(
    State(state): State<AppState>,
    officer: Officer,
    Path(id): Path<FigureId>,
) -> Result<Response, Error> {
    approving::approve(&state.province, &officer.ctx, id).await?;
    Ok(page::go(&format!("{HERE}?xong=duyet")))
}

/// `GET /tinh/cong-khai/{figure}/thoi`
///
/// # Errors
/// Where there is none to be taken back, or the store fails.
pub async fn revoking_form(
    State(state): State<AppState>,
    officer: Officer,
    Path(id): Path<FigureId>,
) -> Result<Response, Error> {
    let found = list(&state.province, &officer.ctx).await?;
    page::html(&revoke_page(&state, &officer, &found, id, None)?)
}

fn revoke_page(
    state: &AppState,
    officer: &Officer,
    found: &Figures,
    id: FigureId,
    wrong: Option<(&str, &str)>,
) -> Result<RevokeFigurePage, Error> {
    let mut figures = found.figures.iter().map(|(figure, _)| figure);
    let figure = figures
        .find(|figure| figure.id == id && figure.stage != Stage::Revoked)
        .ok_or(Error::NotFound)?;
    let (typed, reason) = wrong.unzip();
    let field = Field::area("ly-do", "Lý do", 4)
        .with_hint("Ghi vào nhật ký của tỉnh; công chúng không đọc được.")
        .with_value(typed.unwrap_or_default())
        .with_error(reason);
    Ok(RevokeFigurePage {
        frame: frame::officer(state, officer, HERE),
        list: Link::new("Số liệu công khai", HERE),
        title: figure.title.clone(),
        action: format!("{HERE}/{id}/thoi"),
        errors: if wrong.is_some() {
            ErrorSummary::of("Chưa thôi được", [&field])
        } else {
            ErrorSummary::default()
        },
        reason: field,
    })
}

/// `POST /tinh/cong-khai/{figure}/thoi`
///
/// # Errors
/// What the act refuses.
pub async fn revoke(
    State(state): State<AppState>,
    officer: Officer,
    Path(id): Path<FigureId>,
    Form(why): Form<Why>,
) -> Result<Response, Error> {
    match revoking::revoke(&state.province, &officer.ctx, id, &why.ly_do).await {
        Ok(()) => Ok(page::go(&format!("{HERE}?xong=thoi"))),
        Err(pbgdpl_province::Error::Invalid { reason, .. }) => {
            let found = list(&state.province, &officer.ctx).await?;
            let again = revoke_page(&state, &officer, &found, id, Some((&why.ly_do, &reason)))?;
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(error) => Err(error.into()),
    }
}

async fn drawn(state: &AppState, officer: &Officer, sent: &Sent) -> Result<FiguresPage, Error> {
    let found = list(&state.province, &officer.ctx).await?;
    let of = |stage: Stage| {
        let these = found.figures.iter().filter(|(figure, _)| figure.stage == stage);
        these
            .map(|(figure, body)| entry(state, officer, figure, body.as_ref()))
            .collect()
    };
    Ok(FiguresPage {
        frame: frame::officer(state, officer, HERE),
        waiting: of(Stage::Proposed),
        public: of(Stage::Public),
        revoked: of(Stage::Revoked),
        action: officer.ctx.could(Action::FigurePropose).then(|| HERE.to_owned()),
        hint: if found.needs_approval {
            "Người khác duyệt rồi công chúng mới đọc được. Số dưới 3 không nêu."
        } else {
            "Chính sách của tỉnh không có vai trò duyệt: đề nghị xong là công khai ngay. Số dưới 3 không nêu."
        }
        .to_owned(),
        errors: ErrorSummary::default(),
        fields: fields(officer, &found, sent),
    })
}

fn entry(
    state: &AppState,
    officer: &Officer,
    figure: &PublicFigure,
    body: Option<&PublishedFigure>,
) -> FigureEntry {
    let ctx = &officer.ctx;
    let waits = figure.stage == Stage::Proposed;
    let may = waits && ctx.may(Action::FigureApprove, figure);
    FigureEntry {
        title: figure.title.clone(),
        state: Some(match figure.stage {
            Stage::Proposed => Shape::new(Tone::Wait, "chờ duyệt"),
            Stage::Public if figure.from > ctx.now().day() => {
                Shape::new(Tone::Soon, format!("hiện từ ngày {}", dmy(figure.from)))
            }
            Stage::Public => Shape::new(Tone::Ok, "công khai"),
            Stage::Revoked => Shape::new(Tone::Back, "đã thôi"),
        }),
        what: what(figure),
        note: figure.note.clone(),
        steps: steps(figure),
        reads: body.map_or_else(String::new, |body| {
            format!(
                "{}: {} {}, {}",
                whose(body),
                told(body.total),
                body.measure.unit(),
                period(body)
            )
        }),
        groups: body.map(groups).unwrap_or_default(),
        page: (figure.stage == Stage::Public && figure.from <= ctx.now().day()).then(|| {
            let href = format!("{}/so-lieu/{}", state.settings.public.as_str(), figure.id);
            Link::new("Xem trang công khai", href)
        }),
        approve: may.then(|| format!("{HERE}/{}/duyet", figure.id)),
        barred: if waits && !may && ctx.could(Action::FigureApprove) {
            "Bạn đề nghị số liệu này nên người khác duyệt.".to_owned()
        } else {
            String::new()
        },
        revoke: (figure.stage != Stage::Revoked && ctx.could(Action::FigureRevoke))
            .then(|| Link::new("Thôi công khai", format!("{HERE}/{}/thoi", figure.id))),
    }
}

fn what(figure: &PublicFigure) -> String {
    let scope = match &figure.scope {
        Scope::Province => "toàn tỉnh, từng tháng".to_owned(),
        Scope::Agencies { agencies } => format!("{} cơ quan", agencies.len()),
    };
    let year = figure
        .year
        .map_or_else(|| "năm đang chạy".to_owned(), |year| format!("năm {year}"));
    format!(
        "{} · {year} · {scope} · hiện từ ngày {}",
        measure_label(figure.measure),
        dmy(figure.from)
    )
}

fn steps(figure: &PublicFigure) -> Vec<String> {
    let step = |word: &str, by: &By| {
        let local = date::local_datetime(by.at.utc());
        format!(
            "{word}: {}, {} ngày {}",
            by.name,
            date::hour_minute(&local),
            dmy(local.date_naive())
        )
    };
    let mut steps = vec![step("Đề nghị", &figure.proposed)];
    steps.extend(figure.approved.as_ref().map(|by| step("Duyệt", by)));
    steps.extend(figure.revoked.as_ref().map(|by| {
        let said = step("Thôi công khai", by);
        format!("{said}. Lý do: {}", figure.reason)
    }));
    steps
}

fn choice(value: impl Into<String>, label: impl Into<String>, chosen: bool) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        chosen,
        ..Choice::default()
    }
}

fn fields(officer: &Officer, found: &Figures, sent: &Sent) -> Vec<Field> {
    let today = officer.ctx.now().day();
    let measures = Measure::ALL.iter().map(|measure| {
        choice(
            measure.word(),
            measure_label(*measure),
            sent.chi_tieu == measure.word(),
        )
    });
    let none = choice("", "Chưa chọn", false);
    let years = found.years.iter().map(|year| {
        let word = year.to_string();
        choice(word.clone(), format!("Năm {year}"), sent.ky == word)
    });
    let mut agencies: Vec<(String, TenantId)> = officer
        .ctx
        .snapshot()
        .tenants()
        .map(|tenant| (tenant.short(today).to_owned(), tenant.id()))
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut agencies, |(name, _)| name);
    let agencies = agencies
        .into_iter()
        .map(|(name, id)| choice(id.to_string(), name, sent.co_quan.contains(&id)));
    let scopes = vec![
        Choice {
            hint: "Một con số và từng tháng của năm.".into(),
            ..choice(OF_PROVINCE, "Toàn tỉnh", sent.pham_vi == OF_PROVINCE)
        },
        Choice {
            hint: "Các cơ quan chọn ở dưới, xếp theo loại và theo tên, không xếp thứ hạng.".into(),
            ..choice(OF_AGENCIES, "Từng cơ quan", sent.pham_vi == OF_AGENCIES)
        },
    ];
    let day = if sent.tu_ngay.is_empty() {
        dmy(today)
    } else {
        sent.tu_ngay.clone()
    };
    vec![
        Field::select(
            "chi-tieu",
            "Chỉ tiêu",
            std::iter::once(none).chain(measures).collect(),
        ),
        Field::select(
            "ky",
            "Kỳ",
            std::iter::once(choice("", "Năm đang chạy", false))
                .chain(years)
                .collect(),
        ),
        Field::radios("pham-vi", "Phạm vi", scopes),
        Field::boxes("co-quan", "Cơ quan (khi chọn từng cơ quan)", agencies.collect()),
        Field {
            longest: 160,
            ..Field::text("ten", "Tên công chúng sẽ đọc").with_value(&sent.ten)
        },
        Field::area("ghi-chu", "Lời ghi kèm", 3)
            .optional()
            .with_value(&sent.ghi_chu),
        Field::day("tu-ngay", "Hiện từ ngày").with_value(day),
    ]
}
