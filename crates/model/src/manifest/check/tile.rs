//! Places on the tile map: each names an agency there is, once, and no two stand upon each other.

use super::super::Folder;
use super::super::problem::Problem;
use super::repeated;

/// Columns and rows that fit on a phone with readable figures.
const WIDEST: u8 = 12;

pub(super) fn check(folder: &Folder<'_>) -> Vec<Problem> {
    let file = &folder.province;
    let tiles = &file.value.tiles;
    let mut problems = Vec::new();
    for (i, tile) in tiles.iter().enumerate() {
        let agency = &tile.agency;
        if !folder.agencies.iter().any(|known| known.value.slug == *agency) {
            let message = format!("cơ quan `{agency}` không có trong agencies/");
            problems.push(file.problem(&format!("tile.{i}.agency"), message));
        }
        for (key, at) in [("column", tile.column), ("row", tile.row)] {
            if !(1..=WIDEST).contains(&at) {
                let message = format!("vị trí trên bản đồ ô từ 1 đến {WIDEST}");
                problems.push(file.problem(&format!("tile.{i}.{key}"), message));
            }
        }
        let first = tiles
            .iter()
            .take(i)
            .find(|other| (other.column, other.row) == (tile.column, tile.row));
        if let Some(first) = first {
            let message = format!("trùng ô với `{}`", first.agency);
            problems.push(file.problem(&format!("tile.{i}.row"), message));
        }
    }
    let names = tiles.iter().map(|tile| tile.agency.as_str()).enumerate();
    for (i, _, agency) in repeated(names) {
        let message = format!("`{agency}` đã có một ô khác");
        problems.push(file.problem(&format!("tile.{i}.agency"), message));
    }
    problems
}
