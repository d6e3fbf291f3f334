//! The tile map of districts: per commune where all of them are known, so that a large district is not dark by size alone.

use pbgdpl_model::policy::Action;
use pbgdpl_model::structure::View;
use pbgdpl_pages::oversight::{Tile, TileMap, measure_label};
use pbgdpl_pages::part::{Cell, Column, Link, Row, Table};
use pbgdpl_province::oversight::peers::each;
use pbgdpl_province::oversight::standpoint::Standpoint;
use pbgdpl_province::oversight::tiles::{District, Tiles};
use pbgdpl_vietnamese::number;

use super::structure::known_from;
use super::{figure_at, signed, tenths, words};
use crate::extract::Officer;

/// The map of what was found; every tile leads to the figure's page, or to the district's rows for who may read them.
pub(super) fn map(found: &Tiles, officer: &Officer) -> TileMap {
    let unit = found.measure.unit();
    let divided =
        !found.districts.is_empty() && found.districts.iter().all(|district| district.communes.is_some());
    let reads = officer.ctx.could(Action::EvidenceRead);
    let here = figure_at(found.measure, found.year);
    let at = Standpoint {
        known: found.fresh.known,
        ..View::AsWas.into()
    };
    let href = |district: &District| {
        let below = if reads {
            format!("{here}/{}", district.slug)
        } else {
            here.clone()
        };
        known_from(&below, at)
    };
    let drawn = |district: &District| {
        let value = value(district, divided);
        let (column, row) = district.place?;
        Some(Tile {
            name: bare(&district.name).to_owned(),
            href: href(district),
            figure: figure(value, divided),
            value,
            detail: match district.communes {
                Some(communes) => format!("{communes} đơn vị"),
                None => unit.to_owned(),
            },
            column,
            row,
        })
    };
    let beside = found.districts.iter().filter(|district| district.place.is_none());
    TileMap {
        title: if divided {
            format!(
                "Bình quân mỗi xã, phường, thị trấn, huyện nào có bao nhiêu {}?",
                words::lower(measure_label(found.measure))
            )
        } else {
            format!(
                "Huyện nào có bao nhiêu {}?",
                words::lower(measure_label(found.measure))
            )
        },
        answer: answer(found, divided),
        label: format!(
            "Bản đồ ô: {}, năm {}, từng huyện, thành phố",
            measure_label(found.measure),
            found.year
        ),
        tiles: found.districts.iter().filter_map(drawn).collect(),
        beside: beside
            .map(|district| {
                let value = figure(value(district, divided), divided);
                Link::new(format!("{}: {value}", district.name), href(district))
            })
            .collect(),
        table: table(found, divided),
    }
}

/// In tenths per commune, or whole.
fn value(district: &District, divided: bool) -> i64 {
    match district.communes {
        Some(communes) if divided => each(district.quantity, communes),
        _ => district.quantity,
    }
}

fn figure(value: i64, divided: bool) -> String {
    if divided {
        tenths(value)
    } else {
        number::grouped(value)
    }
}

/// "Huyện Đăk Glei" is too long for a tile; what stands in it is a district anyhow.
fn bare(name: &str) -> &str {
    name.strip_prefix("Huyện ")
        .or_else(|| name.strip_prefix("Thành phố "))
        .or_else(|| name.strip_prefix("Thị xã "))
        .unwrap_or(name)
}

fn answer(found: &Tiles, divided: bool) -> String {
    let unit = found.measure.unit();
    if found.districts.iter().all(|district| district.quantity <= 0) {
        return "Chưa huyện, thành phố nào ghi sổ trong năm.".to_owned();
    }
    let by = |district: &&District| value(district, divided);
    // Who stood only part of the year is not called the least.
    let whole = || found.districts.iter().filter(|district| district.part.is_none());
    let (least, most) = (whole().min_by_key(by), whole().max_by_key(by));
    let (Some(least), Some(most)) = (least, most) else {
        return String::new();
    };
    let said = |district: &District| figure(value(district, divided), divided);
    let unit = if divided {
        format!("{unit} mỗi xã, phường, thị trấn")
    } else {
        unit.to_owned()
    };
    format!(
        "Cao nhất: {}, {} {unit}; thấp nhất: {}, {}.",
        most.name,
        said(most),
        least.name,
        said(least)
    )
}

/// The figures of the map, and those that it divides.
pub(super) fn table(found: &Tiles, divided: bool) -> Table {
    let mut districts: Vec<&District> = found.districts.iter().collect();
    districts.sort_by_key(|district| std::cmp::Reverse(value(district, divided)));
    let row = |district: &&District| {
        let mut cells: Vec<Cell> = vec![
            words::named(&district.name, district.part.as_ref()).into(),
            number::grouped(district.quantity).into(),
        ];
        if divided {
            cells.push(number::grouped(district.communes.unwrap_or(0)).into());
            cells.push(tenths(value(district, true)).into());
        }
        Row { cells }
    };
    let mut columns = vec![
        Column::words("Huyện, thành phố"),
        Column::figures(format!("Số lượng ({})", found.measure.unit())),
    ];
    let quantity = found.districts.iter().map(|district| district.quantity).sum();
    let mut total: Vec<Cell> = vec![
        format!("{} huyện, thành phố", signed(found.districts.len())).into(),
        number::grouped(quantity).into(),
    ];
    if divided {
        columns.push(Column::figures("Số xã, phường, thị trấn"));
        columns.push(Column::figures("Bình quân mỗi xã, phường, thị trấn"));
        let communes: i64 = found
            .districts
            .iter()
            .filter_map(|district| district.communes)
            .sum();
        total.push(number::grouped(communes).into());
        total.push(tenths(each(quantity, communes)).into());
    }
    Table {
        caption: format!(
            "{} theo huyện, thành phố, năm {}",
            measure_label(found.measure),
            found.year
        ),
        caption_hidden: true,
        columns,
        rows: districts.iter().map(row).collect(),
        total: (!found.districts.is_empty()).then_some(Row { cells: total }),
    }
}
