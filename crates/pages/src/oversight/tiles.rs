//! The tile map: one tile a district, neighbours roughly in place, the figure printed in it.

use askama::Template;

use super::steps::Steps;
use crate::part::{Link, Table, prints_itself};

/// One district.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tile {
    /// Its name without its kind: "Đăk Glei".
    pub name: String,
    /// Where its figure leads.
    pub href: String,
    /// The figure as it is printed.
    pub figure: String,
    /// What the shade is taken from: the same figure, whole.
    pub value: i64,
    /// "12 xã · 210 cuộc".
    pub detail: String,
    /// From the west, from 1.
    pub column: u8,
    /// From the north, from 1.
    pub row: u8,
}

impl Tile {
    /// The class that keeps a long figure inside its tile.
    #[must_use]
    pub fn size(&self) -> &'static str {
        match self.figure.chars().count() {
            0..=5 => "tf",
            6..=8 => "tf long",
            _ => "tf longer",
        }
    }

    /// The class that keeps a long name or detail inside its tile.
    #[must_use]
    pub fn fit(text: &str) -> &'static str {
        if text.chars().count() > 13 {
            "tn long"
        } else {
            "tn"
        }
    }
}

/// From one tile to the next.
const PITCH: i64 = 106;
/// The side of a tile.
const SIDE: i64 = 100;

/// The map.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "oversight/tiles.html")]
pub struct TileMap {
    /// The question.
    pub title: String,
    /// The answer.
    pub answer: String,
    /// What the map shows, for who cannot see it.
    pub label: String,
    /// Districts with a place.
    pub tiles: Vec<Tile>,
    /// Districts without one, with their figures.
    pub beside: Vec<Link>,
    /// The figures.
    pub table: Table,
}

impl TileMap {
    /// Each tile with its place and shade.
    #[must_use]
    pub fn placed(&self) -> Vec<(i64, i64, usize, &Tile)> {
        let steps = Steps::of(self.tiles.iter().map(|tile| tile.value));
        let at = |place: u8| (i64::from(place) - 1).max(0) * PITCH;
        self.tiles
            .iter()
            .map(|tile| (at(tile.column), at(tile.row), steps.shade(tile.value), tile))
            .collect()
    }

    /// Width and height of the whole.
    #[must_use]
    pub fn extent(&self) -> (i64, i64) {
        let far = |of: fn(&Tile) -> u8| {
            let far = self.tiles.iter().map(of).max().unwrap_or(1);
            (i64::from(far) - 1).max(0) * PITCH + SIDE + 2
        };
        (far(|tile| tile.column), far(|tile| tile.row))
    }
}

prints_itself!(TileMap);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_stand_in_their_places_and_the_largest_is_darkest() {
        let tile = |column, row, value| Tile {
            column,
            row,
            value,
            ..Tile::default()
        };
        let map = TileMap {
            tiles: vec![tile(2, 1, 175), tile(1, 2, 251), tile(1, 4, 0)],
            ..TileMap::default()
        };
        let placed: Vec<_> = map
            .placed()
            .iter()
            .map(|(x, y, shade, _)| (*x, *y, *shade))
            .collect();
        assert_eq!(placed, [(106, 0, 1), (0, 106, 5), (0, 318, 0)]);
        assert_eq!(map.extent(), (208, 420));
    }
}
