//! The province's own file: its names and codes, its portal, and the bodies above its agencies.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::agency::{CodeEntry, NameEntry};
use super::words::Accent;
use crate::id::ProvinceId;

/// `province.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvinceFile {
    /// Permanent; made once at random.
    pub id: Uuid,
    /// `kon-tum`.
    pub slug: String,
    /// Colour of its pages.
    pub accent: Accent,
    /// The province's portal.
    pub portal: String,
    /// Where the record begins: nothing is said of the time before.
    pub record_from: NaiveDate,
    /// `[[name]]`.
    #[serde(rename = "name")]
    pub names: Vec<NameEntry>,
    /// `[[code]]`.
    #[serde(rename = "code", default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<CodeEntry>,
    /// `[[superior]]`.
    #[serde(rename = "superior", default, skip_serializing_if = "Vec::is_empty")]
    pub superiors: Vec<Superior>,
    /// `[[tile]]`: where districts stand on the tile map.
    #[serde(rename = "tile", default, skip_serializing_if = "Vec::is_empty")]
    pub tiles: Vec<Tile>,
}

impl ProvinceFile {
    /// The id as the rest of the program knows it.
    #[must_use]
    pub const fn province(&self) -> ProvinceId {
        ProvinceId(self.id)
    }
}

/// A body above agencies that has no section of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Superior {
    /// What `[[parent]]` calls it.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// The place of an agency on the tile map: a grid that keeps neighbours roughly in place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tile {
    /// Slug of the agency.
    pub agency: String,
    /// From the west, from 1.
    pub column: u8,
    /// From the north, from 1.
    pub row: u8,
}
