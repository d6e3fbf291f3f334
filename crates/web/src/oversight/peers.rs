//! Agencies among their peers: on screen and as CSV.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::dashboard::{Shown, ViewAddress};
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::manifest::UnitKind;
use pbgdpl_model::policy::Action;
use pbgdpl_model::structure::View;
use pbgdpl_pages::oversight::{
    Dot, DotPlot, PeerBlock, PeersPage, Station, measure_definition, measure_label,
};
use pbgdpl_pages::part::{Cell, Column, Link, Row, Table};
use pbgdpl_province::oversight::drill::is_year;
use pbgdpl_province::oversight::peers::{Comparison, LEAST_RANKED, Peer, PeerGroup, Size, peers};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_vietnamese::number::grouped;

use super::{export, figure_at, peers_at, signed, tenths, views, words};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{Officer, Path};
use crate::page;
use crate::state::AppState;

async fn compared(
    state: &AppState,
    ctx: &ProvinceCtx,
    measure: &str,
    year: i32,
) -> Result<Comparison, Error> {
    let measure = super::measure(measure)?;
    if !is_year(year, ctx.now().day()) {
        return Err(Error::NotFound);
    }
    Ok(peers(&state.province, ctx, measure, year).await?)
}

/// `GET /giam-sat/so-sanh/{measure}/{year}`
///
/// # Errors
/// Where there is no such figure, the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((measure, year)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let found = compared(&state, &officer.ctx, &measure, year).await?;
    let measure = found.measure;
    let here = figure_at(measure, year);
    let reads = officer.ctx.could(Action::EvidenceRead);
    let address = ViewAddress {
        shown: Shown::Peers(measure),
        year: Some(year),
        structure: View::AsWas,
        known: None,
    };
    page::html(&PeersPage {
        frame: frame::officer(&state, &officer, "/giam-sat"),
        measure: measure_label(measure).into(),
        year,
        trail: vec![
            Station::new(format!("Năm {year}"), format!("/giam-sat?nam={year}"), ""),
            Station::new(measure_label(measure), &here, ""),
            Station::new("So sánh", "", ""),
        ],
        definition: measure_definition(measure).into(),
        fresh: super::fresh(&found.fresh, officer.ctx.now()),
        groups: found
            .groups
            .iter()
            .map(|group| block(&found, group, reads))
            .collect(),
        csv: format!("{}/xuat.csv", peers_at(measure, year)),
        others: others(&found),
        save: Some(views::save(&officer, &address, year)),
    })
}

/// `GET /giam-sat/so-sanh/{measure}/{year}/xuat.csv`
///
/// # Errors
/// Where there is no such figure, the officer may not, or the store fails.
pub async fn csv(
    State(state): State<AppState>,
    officer: Officer,
    Path((measure, year)): Path<(String, i32)>,
) -> Result<Response, Error> {
    // What leaves the house lacks nothing.
    let ctx = officer.ctx.clone().of_now();
    let found = compared(&state, &ctx, &measure, year).await?;
    let mut columns = vec![Column::words("Nhóm")];
    columns.extend(head(found.measure, true));
    let rows = found.groups.iter().flat_map(|group| {
        group.peers.iter().map(move |peer| {
            let mut cells = vec![Cell::from(name(group))];
            let who = words::named(&peer.name, peer.part.as_ref());
            cells.extend(line(group, peer, who.into(), true));
            Row { cells }
        })
    });
    let table = Table {
        columns,
        rows: rows.collect(),
        ..Table::default()
    };
    export::file(&format!("so-sanh-{}-{year}.csv", found.measure), &table)
}

fn name(group: &PeerGroup) -> String {
    let kind = UnitKind::ALL
        .iter()
        .find(|kind| kind.word() == group.kind)
        .map_or(group.kind.as_str(), |kind| kind.label());
    match group.size {
        Size::Below(communes) => format!("{kind} có dưới {communes} xã, phường, thị trấn"),
        Size::From(communes) => format!("{kind} có từ {communes} xã, phường, thị trấn"),
        Size::Unknown if group.kind == UnitKind::Huyen.word() => format!("{kind} chưa rõ số xã"),
        Size::Known | Size::Unknown => kind.to_owned(),
    }
}

fn block(found: &Comparison, group: &PeerGroup, reads: bool) -> PeerBlock {
    let unit = found.measure.unit();
    let count = signed(group.peers.len());
    PeerBlock {
        name: name(group),
        denominator: if group.is_divided() {
            format!("{count} đơn vị. Số {unit} chia cho số xã, phường, thị trấn của đơn vị.")
        } else {
            format!(
                "{count} đơn vị. So số {unit}, không chia: chưa có số biên chế hay số dân đã kiểm chứng để chia."
            )
        },
        answer: answer(group, unit),
        plot: group.shows_ranks().then(|| plot(found, group, reads)),
        table: table(found, group, reads),
    }
}

fn answer(group: &PeerGroup, unit: &str) -> String {
    if !group.is_ranked() {
        let whole = group.whole().count();
        let year = if whole < group.peers.len() {
            " hoạt động cả năm"
        } else {
            ""
        };
        return format!("Không xếp thứ tự: nhóm có {whole} đơn vị{year}, ít hơn {LEAST_RANKED}.");
    }
    let (Some(first), Some(last)) = (group.whole().next(), group.whole().next_back()) else {
        return String::new();
    };
    if !group.shows_ranks() || first.quantity <= 0 {
        return "Chưa đơn vị nào ghi sổ trong năm.".to_owned();
    }
    format!(
        "Nhiều nhất: {}, {}; ít nhất: {}, {} {unit}{}.{}{}",
        first.name,
        figure(group, first),
        last.name,
        figure(group, last),
        if group.is_divided() {
            " mỗi xã, phường, thị trấn"
        } else {
            ""
        },
        if middle_of(group).is_some() {
            " Vạch đứt: đơn vị đứng giữa nhóm."
        } else {
            ""
        },
        if group.peers.iter().any(|peer| peer.part.is_some()) {
            " Đơn vị không hoạt động cả năm thì không xếp thứ tự."
        } else {
            ""
        }
    )
}

fn figure(group: &PeerGroup, peer: &Peer) -> String {
    if group.is_divided() {
        tenths(peer.tenths())
    } else {
        grouped(peer.quantity)
    }
}

fn down(found: &Comparison, peer: &Peer, reads: bool) -> String {
    let here = figure_at(found.measure, found.year);
    if reads {
        format!("{here}/{}", peer.slug)
    } else {
        here
    }
}

/// Whoever stands in the middle, where anybody there did anything.
fn middle_of(group: &PeerGroup) -> Option<i64> {
    let middle = group.whole().nth(group.whole().count() / 2).map(Peer::tenths);
    middle.filter(|middle| *middle > 0)
}

fn plot(found: &Comparison, group: &PeerGroup, reads: bool) -> DotPlot {
    DotPlot {
        label: format!(
            "{}: {}, năm {}",
            name(group),
            measure_label(found.measure),
            found.year
        ),
        dots: group
            .peers
            .iter()
            .map(|peer| Dot {
                name: match peer.rank {
                    Some(rank) => format!("{rank}. {}", peer.name),
                    None => words::named(&peer.name, peer.part.as_ref()),
                },
                href: down(found, peer, reads),
                value: peer.tenths(),
                figure: figure(group, peer),
            })
            .collect(),
        middle: middle_of(group),
    }
}

fn head(measure: Measure, divided: bool) -> Vec<Column> {
    let mut columns = vec![
        Column::words("Cơ quan"),
        Column::figures("Thứ tự trong nhóm"),
        Column::figures(format!("Số lượng ({})", measure.unit())),
    ];
    if divided {
        columns.push(Column::figures("Số xã, phường, thị trấn"));
        columns.push(Column::figures("Bình quân mỗi xã, phường, thị trấn"));
    }
    columns
}

fn line(group: &PeerGroup, peer: &Peer, who: Cell, divided: bool) -> Vec<Cell> {
    let none = || Cell::from("–");
    let mut cells = vec![
        who,
        peer.rank
            .filter(|_| group.shows_ranks())
            .map_or_else(none, |rank| grouped(signed(rank)).into()),
        grouped(peer.quantity).into(),
    ];
    if divided {
        cells.push(
            peer.communes
                .map_or_else(none, |communes| grouped(communes).into()),
        );
        cells.push(if group.is_divided() {
            tenths(peer.tenths()).into()
        } else {
            none()
        });
    }
    cells
}

fn table(found: &Comparison, group: &PeerGroup, reads: bool) -> Table {
    let divided = group.is_divided();
    let rows = group.peers.iter().map(|peer| {
        let who = words::named(&peer.name, peer.part.as_ref());
        let who = Cell::link(who, down(found, peer, reads));
        Row {
            cells: line(group, peer, who, divided),
        }
    });
    Table {
        caption: format!(
            "{}: {}, năm {}",
            name(group),
            measure_label(found.measure),
            found.year
        ),
        caption_hidden: true,
        columns: head(found.measure, divided),
        rows: rows.collect(),
        total: None,
    }
}

fn others(found: &Comparison) -> Vec<Link> {
    let years = found
        .years
        .iter()
        .filter(|year| **year != found.year)
        .map(|year| {
            let label = format!("{}, năm {year}", measure_label(found.measure));
            Link::new(label, peers_at(found.measure, *year))
        });
    let measures = Measure::ALL
        .iter()
        .filter(|measure| **measure != found.measure)
        .map(|measure| Link::new(measure_label(*measure), peers_at(*measure, found.year)));
    years.chain(measures).collect()
}
