//! Pages over all agencies: the year's dashboard, the way from a figure to its evidence, audit logs and their verification.
//! Each plot is server-side SVG with a table behind it: the title asks, the sentence answers.

mod alarm;
mod dashboard;
mod day_bars;
mod figure;
mod freshness;
mod heat;
mod log;
mod peers;
mod plot;
mod quality;
mod retention;
mod rows;
mod steps;
mod structure;
mod take;
mod tiles;
mod trace;
mod verification;
mod views;
mod words;

pub use alarm::{AlarmPage, AlarmsPage, RuleLine};
pub use dashboard::{Blocks, Counted, Dashboard, MeasureRow, SparkGroup};
pub use day_bars::{DayBar, DayBars};
pub use figure::FigurePage;
pub use freshness::Freshness;
pub use heat::HeatMap;
pub use log::{LogEntry, LogPage};
pub use peers::{Dot, DotPlot, PeerBlock, PeersPage};
pub use plot::{MonthLines, Spark};
pub use quality::{QualityPage, QualityRowsPage, Question};
pub use retention::{RetentionPage, RetentionRow, WentRow};
pub use rows::{EvidenceLink, RowTable, RowsPage, SheetRow};
pub use structure::{GatheredLine, StructureChoice};
pub use take::TakePage;
pub use tiles::{Tile, TileMap};
pub use trace::{CellPage, FormPage, FormsPage, Section};
pub use verification::{ChainRow, VerificationPage};
pub use views::{SaveView, ViewLine, ViewPage, ViewsPage};
pub use words::{action_label, measure_definition, measure_label, object_label};

use crate::part::Link;

/// One station on the way down from a figure of the province.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Station {
    /// What it stands for; the last one leads nowhere.
    pub link: Link,
    /// The figure there.
    pub figure: String,
}

impl Station {
    /// A station.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>, figure: impl Into<String>) -> Self {
        Self {
            link: Link::new(label, href),
            figure: figure.into(),
        }
    }
}
