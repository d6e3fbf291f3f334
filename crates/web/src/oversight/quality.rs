//! The auditor's dashboard: reviewed by another person, proved by files, read by whom, verified when (DSH-03). Each figure leads to its rows.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::oversight::{Dot, DotPlot, QualityPage, QualityRowsPage, Question};
use pbgdpl_pages::part::{Cell, Column, Link, Pager, Row, State as Shape, Table, Tone};
use pbgdpl_province::oversight::drill::is_year;
use pbgdpl_province::oversight::quality::{AgencyQuality, PER_PAGE, Quality, Readings, quality, rows};
use pbgdpl_vietnamese::{date, number};
use serde::Deserialize;

use super::when;
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{LAST_PAGE, Officer, Path, Query};
use crate::page;
use crate::province::agency::found;
use crate::state::AppState;

const HERE: &str = "/giam-sat/chat-luong";
/// Agencies that a plot names; the table behind it names all.
const PLOTTED: usize = 10;

/// Which year, which page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    nam: Option<i32>,
    trang: Option<u64>,
}

/// `GET /giam-sat/chat-luong?nam=`
///
/// # Errors
/// Where there is no such year, the auditor may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let today = officer.ctx.now().day();
    if asked.nam.is_some_and(|year| !is_year(year, today)) {
        return Err(Error::NotFound);
    }
    let found = quality(&state.province, &officer.ctx, asked.nam).await?;
    let years = found
        .years
        .iter()
        .map(|year| Link::new(format!("Năm {year}"), format!("{HERE}?nam={year}")));
    let (shape, verified) = match found.verified {
        None => (
            Shape::new(Tone::Wait, "chưa rõ"),
            "Chưa lần nào được ghi lại.".to_owned(),
        ),
        Some((at, true)) => (Shape::new(Tone::Ok, "liền mạch"), format!("Lúc {}.", when(at))),
        Some((at, false)) => (
            Shape::new(Tone::Late, "có chuỗi bị đứt"),
            format!("Lúc {}.", when(at)),
        ),
    };
    page::html(&QualityPage {
        frame: frame::officer(&state, &officer, HERE),
        year: found.year,
        years: years.collect(),
        state: shape,
        verified,
        questions: vec![reviewed(&found), proved(&found), read(&found)],
    })
}

/// `GET /giam-sat/chat-luong/{agency}/{year}?trang=`
///
/// # Errors
/// Where there is no such agency or year, the auditor may not, or the store fails.
pub async fn agency(
    State(state): State<AppState>,
    officer: Officer,
    Path((slug, year)): Path<(String, i32)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let today = officer.ctx.now().day();
    if !is_year(year, today) {
        return Err(Error::NotFound);
    }
    let agency = found(&officer, &slug)?;
    let tenant = officer.ctx.snapshot().by_id(agency).ok_or(Error::NotFound)?;
    let page = asked.trang.unwrap_or(1).clamp(1, LAST_PAGE);
    let behind = rows(&state.province, &officer.ctx, agency, year, page).await?;
    let alone = behind.alone.iter().map(|one| Row {
        cells: vec![
            Cell::link(
                &one.title,
                format!("/giam-sat/nhat-ky?co-quan={slug}&muc={}", one.seq),
            ),
            one.approver_name.clone().into(),
            when(one.at).into(),
        ],
    });
    let unproved = behind.unproved.iter().map(|one| Row {
        cells: vec![one.title.clone().into(), date::dmy(one.day).into()],
    });
    page::html(&QualityRowsPage {
        frame: frame::officer(&state, &officer, HERE),
        list: Link::new(format!("Chất lượng, năm {year}"), format!("{HERE}?nam={year}")),
        title: format!("{}, năm {year}", tenant.short(today)),
        alone: table(
            "Bài công bố mà người duyệt cũng viết",
            &["Bài", "Người duyệt", "Lúc"],
            alone,
        ),
        unproved: table("Hoạt động không kèm minh chứng", &["Hoạt động", "Ngày"], unproved),
        pager: Pager::new(format!("{HERE}/{slug}/{year}"), page, behind.count, PER_PAGE),
    })
}

fn table(caption: &str, columns: &[&str], rows: impl Iterator<Item = Row>) -> Table {
    Table {
        caption: caption.into(),
        caption_hidden: true,
        columns: columns.iter().map(|label| Column::words(*label)).collect(),
        rows: rows.collect(),
        total: None,
    }
}

fn figures(caption: &str, columns: &[&str], rows: Vec<Row>) -> Table {
    let columns = columns.iter().enumerate().map(|(at, label)| match at {
        0 => Column::words(*label),
        _ => Column::figures(*label),
    });
    Table {
        columns: columns.collect(),
        rows,
        ..table(caption, &[], std::iter::empty())
    }
}

/// The agencies with most of something, the largest first; nothing where nobody has any.
fn plot(
    label: &str,
    year: i32,
    agencies: &[AgencyQuality],
    of: impl Fn(&AgencyQuality) -> u64,
) -> Option<DotPlot> {
    let mut most: Vec<(u64, &AgencyQuality)> = agencies.iter().map(|agency| (of(agency), agency)).collect();
    most.retain(|(value, _)| *value > 0);
    most.sort_by_key(|(value, _)| std::cmp::Reverse(*value));
    let dots: Vec<Dot> = most
        .into_iter()
        .take(PLOTTED)
        .map(|(value, agency)| Dot {
            name: agency.name.clone(),
            href: format!("{HERE}/{}/{year}", agency.slug),
            value: i64::try_from(value).unwrap_or(i64::MAX),
            figure: grouped(value),
        })
        .collect();
    (!dots.is_empty()).then(|| DotPlot {
        label: label.into(),
        dots,
        middle: None,
    })
}

fn reviewed(found: &Quality) -> Question {
    let all: u64 = found.agencies.iter().map(|agency| wide(agency.published)).sum();
    let alone: u64 = found.agencies.iter().map(|agency| wide(agency.alone)).sum();
    let year = found.year;
    let rows = found
        .agencies
        .iter()
        .filter(|agency| agency.published > 0)
        .map(|agency| Row {
            cells: vec![
                agency.name.clone().into(),
                Cell::link(
                    grouped(wide(agency.published)),
                    format!("/giam-sat/nhat-ky?co-quan={}&viec=article-approve", agency.slug),
                ),
                Cell::link(
                    grouped(wide(agency.alone)),
                    format!("{HERE}/{}/{year}", agency.slug),
                ),
                share(wide(agency.alone), wide(agency.published)).into(),
            ],
        });
    Question {
        open: false,
        question: "Bài nào công bố mà không có người khác đọc?".into(),
        answer: match (all, alone) {
            (0, _) => format!("Năm {year} chưa công bố bài nào."),
            (all, 0) => format!(
                "Không có: cả {} lần công bố đều do người khác với người viết duyệt.",
                grouped(all)
            ),
            (all, alone) => format!(
                "{} trong {} lần công bố ({}) do chính người viết duyệt.",
                grouped(alone),
                grouped(all),
                share(alone, all)
            ),
        },
        plot: plot(
            "Số lần người viết tự duyệt, từng cơ quan",
            year,
            &found.agencies,
            |agency| wide(agency.alone),
        ),
        table: figures(
            "Công bố và tự duyệt, từng cơ quan",
            &["Cơ quan", "Lần công bố", "Người viết tự duyệt", "Tỷ lệ"],
            rows.collect(),
        ),
    }
}

fn proved(found: &Quality) -> Question {
    let recorded: u64 = found.agencies.iter().map(|agency| agency.recorded).sum();
    let without: u64 = found.agencies.iter().map(AgencyQuality::unproved).sum();
    let year = found.year;
    let rows = found
        .agencies
        .iter()
        .filter(|agency| agency.recorded > 0)
        .map(|agency| Row {
            cells: vec![
                agency.name.clone().into(),
                grouped(agency.recorded).into(),
                Cell::link(
                    grouped(agency.unproved()),
                    format!("{HERE}/{}/{year}", agency.slug),
                ),
                share(agency.proved, agency.recorded).into(),
            ],
        });
    Question {
        open: false,
        question: "Cơ quan nào ghi sổ mà không kèm minh chứng?".into(),
        answer: match (recorded, without) {
            (0, _) => format!("Năm {year} chưa ghi sổ hoạt động nào."),
            (recorded, 0) => format!("Không có: cả {} hoạt động đều kèm minh chứng.", grouped(recorded)),
            (recorded, without) => format!(
                "{} trong {} hoạt động ({}) không kèm minh chứng.",
                grouped(without),
                grouped(recorded),
                share(without, recorded)
            ),
        },
        plot: plot(
            "Số hoạt động không kèm minh chứng, từng cơ quan",
            year,
            &found.agencies,
            AgencyQuality::unproved,
        ),
        table: figures(
            "Hoạt động và minh chứng, từng cơ quan",
            &[
                "Cơ quan",
                "Hoạt động đã ghi sổ",
                "Không kèm minh chứng",
                "Có minh chứng",
            ],
            rows.collect(),
        ),
    }
}

fn read(found: &Quality) -> Question {
    let rows: Vec<Row> = found.readings.iter().map(reading).collect();
    let all: u64 = found.readings.iter().map(|line| wide(line.count)).sum();
    Question {
        open: true,
        question: "Ai đã đọc sổ, minh chứng, nhật ký của cơ quan nào?".into(),
        answer: if all == 0 {
            format!("Năm {} chưa có lần đọc nào.", found.year)
        } else {
            format!(
                "{} lần đọc; mỗi lần là một mục trong nhật ký của tỉnh.",
                grouped(all)
            )
        },
        plot: None,
        table: Table {
            columns: vec![
                Column::words("Người đọc"),
                Column::words("Cơ quan"),
                Column::figures("Số lần"),
            ],
            rows,
            ..table("Lần đọc, từng người và từng cơ quan", &[], std::iter::empty())
        },
    }
}

fn reading(line: &Readings) -> Row {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("ai", &line.reader);
    let of = match &line.agency {
        Some((_, name)) => name.as_str().into(),
        None => Cell::from("Toàn tỉnh"),
    };
    Row {
        cells: vec![
            line.reader.clone().into(),
            of,
            Cell::link(
                grouped(wide(line.count)),
                format!("/giam-sat/nhat-ky?{}", query.finish()),
            ),
        ],
    }
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn grouped(count: u64) -> String {
    number::grouped(i64::try_from(count).unwrap_or(i64::MAX))
}

/// "25,1 %", rounded to a tenth.
fn share(part: u64, of: u64) -> String {
    if of == 0 {
        return "–".to_owned();
    }
    let tenths = (part.saturating_mul(2_000) / of).div_ceil(2);
    format!("{} %", super::tenths(i64::try_from(tenths).unwrap_or(0)))
}
