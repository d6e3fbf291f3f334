//! Where the reader of figures stands: by which structure they are drawn, and as of which day they are known (REP-16, DSH-05).

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::structure::View;

/// A structure and a day of knowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standpoint {
    /// By which structure.
    pub structure: View,
    /// As known at the end of this day; now without one.
    pub known: Option<NaiveDate>,
}

impl From<View> for Standpoint {
    fn from(structure: View) -> Self {
        Self {
            structure,
            known: None,
        }
    }
}

impl Standpoint {
    /// What was known at the end of a day.
    #[must_use]
    pub const fn known_on(self, day: NaiveDate) -> Self {
        Self {
            known: Some(day),
            ..self
        }
    }

    /// The day that is today for whoever stands there.
    #[must_use]
    pub fn today(self, now: Moment) -> NaiveDate {
        self.known.map_or_else(|| now.day(), |day| day.min(now.day()))
    }

    /// The last moment whose rows are known; all are without one.
    #[must_use]
    pub fn moment(self) -> Option<Moment> {
        self.known.map(Moment::end_of)
    }
}
