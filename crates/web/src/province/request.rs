//! Reports asked for out of turn: the list, a new one, and one taken back.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::Request;
use pbgdpl_pages::desk::report::ReportAct;
use pbgdpl_pages::form::{Choice, ErrorSummary, Field};
use pbgdpl_pages::part::{Cell, Column, Empty, Row, State as Shape, Table, Tone};
use pbgdpl_pages::province::request::RequestList;
use pbgdpl_province::report::Term;
use pbgdpl_province::request::list::{Requests, Seen, list};
use pbgdpl_province::request::open::{Order, open as opening};
use pbgdpl_province::request::withdraw::withdraw as withdrawing;
use pbgdpl_vietnamese::date::{dmy, parse_dmy};
use serde::Deserialize;

use super::report::list_address;
use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Form, FormFields, Officer, Path, Query};
use crate::page;
use crate::state::AppState;

/// Where the list stands.
const HERE: &str = "/tinh/dot-xuat";

const DONE: [(&str, &str); 2] = [
    (
        "mo",
        "Đã mở yêu cầu. Các cơ quan được hỏi nhận thư và thấy kỳ đột xuất ở mục Biểu mẫu, báo cáo.",
    ),
    (
        "rut",
        "Đã rút yêu cầu. Biểu đã gửi vẫn được giữ; không ai phải gửi nữa.",
    ),
];

/// What was typed.
#[derive(Debug, Default)]
struct Typed {
    pairs: Vec<(String, String)>,
}

impl Typed {
    fn one(&self, name: &str) -> &str {
        let found = self.pairs.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.trim())
    }

    fn all(&self, name: &str) -> Vec<String> {
        let found = self.pairs.iter().filter(|(key, _)| key == name);
        found.map(|(_, value)| value.clone()).collect()
    }
}

/// `GET /tinh/dot-xuat`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let mut shown = list_page(&state, &officer, &Typed::default()).await?;
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /tinh/dot-xuat`
///
/// # Errors
/// What the act refuses.
pub async fn open(
    State(state): State<AppState>,
    officer: Officer,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    let typed = Typed { pairs };
    let day = |name: &'static str| parse_dmy(typed.one(name)).map_err(|_| name);
    let days = (day("tu"), day("den"), day("han"));
    let (from, to, due) = match days {
        (Ok(from), Ok(to), Ok(due)) => (from, to, due),
        (Err(field), ..) | (_, Err(field), _) | (.., Err(field)) => {
            let reason = "không đọc được. Ghi ngày/tháng/năm, ví dụ 15/02/2021.";
            return again(&state, &officer, &typed, (field, reason)).await;
        }
    };
    let order = Order {
        form: typed.one("bieu").to_owned(),
        agencies: typed.all("co-quan"),
        from,
        to,
        due,
        reference: typed.one("van-ban").to_owned(),
        reason: typed.one("ly-do").to_owned(),
    };
    match opening(&state.province, &officer.ctx, order).await {
        Ok(_) => Ok(page::go(&format!("{HERE}?xong=mo"))),
        Err(pbgdpl_province::Error::Invalid { field, reason }) => {
            again(&state, &officer, &typed, (field, &reason)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Why a request is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Why {
    #[serde(rename = "ly-do-rut")]
    reason: String,
}

/// `POST /tinh/dot-xuat/{year}/{number}/rut`
///
/// # Errors
/// What the act refuses.
pub async fn withdraw(
    State(state): State<AppState>,
    officer: Officer,
    Path(at): Path<(i32, u8)>,
    Form(why): Form<Why>,
) -> Result<Response, Error> {
    match withdrawing(&state.province, &officer.ctx, at, &why.reason).await {
        Ok(_) => Ok(page::go(&format!("{HERE}?xong=rut"))),
        Err(pbgdpl_province::Error::Invalid { field, reason }) => {
            let mut shown = list_page(&state, &officer, &Typed::default()).await?;
            let own = shown
                .acts
                .iter_mut()
                .filter(|act| act.action.as_deref() == Some(&withdrawal(at.0, at.1)));
            for wrong in own.flat_map(|act| &mut act.fields) {
                wrong.error = (wrong.name == field).then(|| reason.clone());
            }
            let fields = shown.acts.iter().flat_map(|act| &act.fields);
            shown.errors = ErrorSummary::of("Chưa rút được yêu cầu", fields);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(other) => Err(other.into()),
    }
}

async fn again(
    state: &AppState,
    officer: &Officer,
    typed: &Typed,
    (field, reason): (&str, &str),
) -> Result<Response, Error> {
    let mut shown = list_page(state, officer, typed).await?;
    let first = shown.acts.iter_mut().take(1);
    for wrong in first.flat_map(|act| &mut act.fields) {
        wrong.error = (wrong.name == field).then(|| reason.to_owned());
    }
    shown.errors = ErrorSummary::of(
        "Chưa mở được yêu cầu",
        shown.acts.iter().flat_map(|act| &act.fields),
    );
    page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

async fn list_page(state: &AppState, officer: &Officer, typed: &Typed) -> Result<RequestList, Error> {
    let found = list(&state.province, &officer.ctx).await?;
    let may = officer.ctx.could(Action::ReportRequest);
    let mut acts: Vec<ReportAct> = may.then(|| new(&found, typed)).into_iter().collect();
    let open = found.all.iter().filter(|seen| seen.request.withdrawn.is_none());
    acts.extend(open.filter(|_| may).map(|seen| taken_back(&seen.request)));
    Ok(RequestList {
        frame: frame::officer(state, officer, "/tinh/bao-cao"),
        errors: ErrorSummary::default(),
        empty: found.all.is_empty().then(|| Empty {
            title: "Chưa có yêu cầu báo cáo đột xuất nào.".into(),
            text: "Khi có văn bản yêu cầu số liệu ngoài các kỳ báo cáo, mở yêu cầu ở dưới: số liệu được cộng đúng những ngày đã ghi."
                .into(),
            links: vec![],
        }),
        table: Table {
            caption: "Yêu cầu báo cáo đột xuất, mới nhất ở trên".into(),
            caption_hidden: true,
            columns: vec![
                Column::words("Yêu cầu"),
                Column::words("Biểu"),
                Column::words("Số liệu từ, đến"),
                Column::words("Hạn gửi"),
                Column::words("Văn bản, lý do"),
                Column::figures("Đã gửi"),
                Column::words("Tình trạng"),
            ],
            rows: found.all.iter().filter_map(row).collect(),
            total: None,
        },
        acts,
        links: Vec::new(),
    })
}

fn row(seen: &Seen) -> Option<Row> {
    let request = &seen.request;
    let term = Term {
        kind: request.period()?,
        year: request.year,
    };
    Some(Row {
        cells: vec![
            Cell::link(request.title(), list_address(&request.form, term)),
            request.form.clone().into(),
            format!("{} – {}", dmy(request.from), dmy(request.to)).into(),
            dmy(request.due).into(),
            format!("{}: {}", request.reference, request.reason).into(),
            format!("{}/{}", seen.sent, seen.asked).into(),
            match &request.withdrawn {
                None => Cell::state(Shape::new(Tone::Wait, "Đang mở")),
                Some(withdrawn) => {
                    let words = format!("Đã rút {}: {}", dmy(withdrawn.on), withdrawn.reason);
                    Cell::state(Shape::new(Tone::Back, words))
                }
            },
        ],
    })
}

fn new(found: &Requests, typed: &Typed) -> ReportAct {
    let choice = |value: &str, label: String, chosen: bool| Choice {
        value: value.to_owned(),
        label,
        hint: String::new(),
        chosen,
    };
    let form = typed.one("bieu");
    let forms = found.forms.iter().map(|known| {
        let chosen = known.id == form;
        choice(&known.id, format!("{}, {}", known.code, known.title), chosen)
    });
    let named = typed.all("co-quan");
    let agencies = found
        .agencies
        .iter()
        .map(|(slug, name)| choice(slug, name.clone(), named.contains(slug)));
    ReportAct {
        title: "Mở yêu cầu báo cáo đột xuất".into(),
        text: "Các cơ quan được hỏi nhận thư, thấy kỳ đột xuất cùng hạn gửi; số liệu cộng từ sổ đúng từ ngày đầu đến hết ngày cuối."
            .into(),
        action: Some(HERE.into()),
        hidden: vec![],
        fields: vec![
            Field::radios("bieu", "Biểu", forms.collect()),
            Field::boxes("co-quan", "Cơ quan phải gửi", agencies.collect())
                .with_hint("Không chọn cơ quan nào là hỏi mọi cơ quan lập biểu này."),
            Field::day("tu", "Số liệu từ ngày").with_value(typed.one("tu")),
            Field::day("den", "Đến hết ngày").with_value(typed.one("den")),
            Field::day("han", "Hạn gửi").with_value(typed.one("han")),
            Field::text("van-ban", "Văn bản yêu cầu").with_value(typed.one("van-ban")),
            Field::area("ly-do", "Vì sao cần số liệu ngoài kỳ?", 2).with_value(typed.one("ly-do")),
        ],
        button: "Mở yêu cầu".into(),
    }
}

fn withdrawal(year: i32, number: u8) -> String {
    format!("{HERE}/{year}/{number}/rut")
}

fn taken_back(request: &Request) -> ReportAct {
    ReportAct {
        title: format!("Rút yêu cầu {}", request.title().to_lowercase()),
        text: "Từ khi rút, không ai phải gửi và không ghi thêm được; biểu đã gửi vẫn được giữ.".into(),
        action: Some(withdrawal(request.year, request.number)),
        hidden: vec![],
        fields: vec![Field::text("ly-do-rut", "Lý do rút")],
        button: "Rút yêu cầu".into(),
    }
}
