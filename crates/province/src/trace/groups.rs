//! The tổ hòa giải whose figures sum to a cell of a report: as they were written down when it was sent, and what is otherwise
//! today.

use chrono::NaiveDate;
use pbgdpl_model::manifest::MediationFigure;
use pbgdpl_model::mediation::{Group, shares};
use pbgdpl_model::report::{Line, LineKind, commune_of};
use pbgdpl_store::tenant::TenantReader;

use crate::Error;
use crate::report::read::Reading;

/// A group that is counted in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedGroup {
    /// Its name.
    pub name: String,
    /// Thôn, làng, tổ dân phố, and commune.
    pub place: String,
    /// The decision that founded it.
    pub decision: String,
    /// What it adds; nothing where it did not say it.
    pub figure: Option<i64>,
}

/// What a group adds to a cell: nothing where it is not counted there; nothing inside where it is, and did not say the figure.
pub type Added = Option<Option<i64>>;

/// A group that would add something else today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedGroup {
    /// Its name.
    pub name: String,
    /// What it added when the report was sent.
    pub then: Added,
    /// What it would add today.
    pub today: Added,
}

/// The groups behind a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// Those that were counted, by name.
    pub counted: Vec<CountedGroup>,
    /// Those whose facts of these days were written or corrected since: the cause of any difference.
    pub moved: Vec<MovedGroup>,
}

impl Groups {
    /// What the counted ones sum to.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.counted.iter().filter_map(|group| group.figure).sum()
    }

    /// By how much the sum would be another today; nothing where a group did not say its figure: then the register gives no sum.
    #[must_use]
    pub fn difference(&self) -> Option<i64> {
        if self.moved.iter().any(|moved| moved.today == Some(None)) {
            return None;
        }
        let said = |added: Added| added.flatten().unwrap_or(0);
        Some(
            self.moved
                .iter()
                .map(|moved| said(moved.today) - said(moved.then))
                .sum(),
        )
    }
}

/// Reads the groups of a line.
pub(super) async fn groups(
    reader: &TenantReader,
    reading: &Reading,
    line: &Line,
    figure: MediationFigure,
) -> Result<Groups, Error> {
    let day = reading.body.actual_to;
    let places = reader.communes().await?;
    let commune = |code: &str| {
        let known = places.iter().find(|place| place.code == code);
        known.map_or_else(|| code.to_owned(), |place| place.name.clone())
    };
    let mut found = Groups::default();
    for now in reader.mediation_groups().await? {
        let then = now.clone().written_until(reading.sent.submitted_at);
        let (counted, today) = (added(&then, line, day, figure), added(&now, line, day, figure));
        let named = now.known_as(day).map_or("", |details| details.name.as_str());
        if counted != today {
            found.moved.push(MovedGroup {
                name: named.to_owned(),
                then: counted,
                today,
            });
        }
        if let (Some(figure), Some(group)) = (counted, then.on(day)) {
            let details = group.details;
            let place = [details.village.clone(), commune(&details.commune)];
            found.counted.push(CountedGroup {
                name: details.name.clone(),
                place: place
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(", "),
                decision: details.decision.in_words(),
                figure,
            });
        }
    }
    pbgdpl_vietnamese::sort_by_name(&mut found.counted, |group| &group.name);
    pbgdpl_vietnamese::sort_by_name(&mut found.moved, |group| &group.name);
    Ok(found)
}

/// What a group adds to a line on a day; nothing where it is not of the line or did not stand.
fn added(group: &Group, line: &Line, day: NaiveDate, figure: MediationFigure) -> Added {
    let then = group.on(day)?;
    let of_line = match line.kind {
        LineKind::Unit => true,
        LineKind::Commune => commune_of(&line.key) == Some(then.details.commune.as_str()),
        LineKind::Total | LineKind::Group | LineKind::Agency => false,
    };
    of_line.then(|| shares(&then, figure))
}
