//! One figure of the province and the part of every agency.

use askama::Template;

use super::{Freshness, GatheredLine, HeatMap, SaveView, Station, StructureChoice, TileMap};
use crate::desk::DeskFrame;
use crate::part::{Link, State, Table};
use crate::{CachePolicy, Page};

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/figure.html")]
pub struct FigurePage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// What is counted.
    pub measure: String,
    /// Its unit.
    pub unit: String,
    /// The indicators that count it.
    pub rule: String,
    /// In which year.
    pub year: i32,
    /// Other years, and other measures.
    pub others: Vec<Link>,
    /// The way down so far.
    pub trail: Vec<Station>,
    /// The sum.
    pub total: String,
    /// "So với cùng kỳ năm 2019, đến ngày 03/11: 3.601 cuộc, tăng 11,7 %."
    pub compared: String,
    /// "Bằng tổng 47 cơ quan".
    pub equals: State,
    /// As of when.
    pub fresh: Freshness,
    /// The parts.
    pub shares: Table,
    /// The districts in their places.
    pub tiles: TileMap,
    /// The year day by day.
    pub heat: HeatMap,
    /// The comparison among peers.
    pub compare: String,
    /// Units that stand for others.
    pub gathered: Vec<GatheredLine>,
    /// By which structure.
    pub structure: StructureChoice,
    /// What a saved view says of itself; empty on the page of now.
    pub fixed: String,
    /// The form that saves this view.
    pub save: Option<SaveView>,
}

impl Page for FigurePage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
