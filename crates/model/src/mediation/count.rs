//! What a form counts of the groups on a day. A figure stands once every group that stands has said it: empty is not zero.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{AsOf, Group};
use crate::manifest::MediationFigure;

/// What the register says of a day; nothing where it does not say it whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Groups that stood. Nothing where none ever was until then.
    groups: Option<i64>,
    /// Men, women, with an education in law, of a minority. Nothing while a standing group has no figures.
    people: Option<[i64; 4]>,
    /// Trained in the year of the day. Nothing while a standing group has not said it in that year.
    trained: Option<i64>,
}

impl Counted {
    /// The figure of a column.
    #[must_use]
    pub fn of(&self, figure: MediationFigure) -> Option<i64> {
        let people = |of: fn([i64; 4]) -> i64| self.people.map(of);
        match figure {
            MediationFigure::Groups => self.groups,
            MediationFigure::Mediators => people(|[men, women, ..]| men + women),
            MediationFigure::Men => people(|[men, ..]| men),
            MediationFigure::Women => people(|[_, women, ..]| women),
            MediationFigure::Law => people(|[_, _, law, _]| law),
            MediationFigure::NoLaw => people(|[men, women, law, _]| men + women - law),
            MediationFigure::Minority => people(|[.., minority]| minority),
            MediationFigure::Trained => self.trained,
        }
    }
}

/// Groups were here, and none is left: that is zero, and said.
const NONE_LEFT: Counted = Counted {
    groups: Some(0),
    people: Some([0; 4]),
    trained: Some(0),
};

/// What one group adds to a figure; nothing where it did not say it.
#[must_use]
pub fn shares(group: &AsOf<'_>, figure: MediationFigure) -> Option<i64> {
    let of = group.figures;
    match figure {
        MediationFigure::Groups => Some(1),
        MediationFigure::Mediators => of.map(super::Figures::all),
        MediationFigure::Men => of.map(|figures| figures.men),
        MediationFigure::Women => of.map(|figures| figures.women),
        MediationFigure::Law => of.map(|figures| figures.law),
        MediationFigure::NoLaw => of.map(|figures| figures.all() - figures.law),
        MediationFigure::Minority => of.map(|figures| figures.minority),
        MediationFigure::Trained => group.trained,
    }
}

/// Counts groups on a day.
#[must_use]
pub fn count<'a>(groups: impl IntoIterator<Item = &'a Group>, day: NaiveDate) -> Counted {
    let mut begun = groups
        .into_iter()
        .filter(|group| group.founded().is_some_and(|founded| founded <= day))
        .peekable();
    if begun.peek().is_none() {
        return Counted::default();
    }
    begun
        .filter_map(|group| group.on(day))
        .fold(NONE_LEFT, |sum, group| Counted {
            groups: sum.groups.map(|groups| groups + 1),
            people: sum
                .people
                .zip(group.figures)
                .map(|([men, women, law, minority], figures)| {
                    [
                        men + figures.men,
                        women + figures.women,
                        law + figures.law,
                        minority + figures.minority,
                    ]
                }),
            trained: sum.trained.zip(group.trained).map(|(sum, trained)| sum + trained),
        })
}

/// Counts each commune on a day, by its code. One whose groups all ended or moved away counts zero.
#[must_use]
pub fn by_commune(groups: &[Group], day: NaiveDate) -> BTreeMap<String, Counted> {
    let mut of: BTreeMap<&str, Vec<&Group>> = BTreeMap::new();
    for group in groups {
        if let Some((_, details)) = group.details_on(day) {
            of.entry(&details.commune).or_default().push(group);
        }
    }
    let mut counted: BTreeMap<String, Counted> = of
        .into_iter()
        .map(|(commune, groups)| (commune.to_owned(), count(groups, day)))
        .collect();
    // Where a group stood and moved away from, it still was.
    let begun = |group: &&Group| group.founded().is_some_and(|founded| founded <= day);
    for group in groups.iter().filter(begun) {
        for (_, details) in group.all_details().filter(|(fact, _)| fact.from <= day) {
            let here = counted.entry(details.commune.clone()).or_default();
            if here.groups.is_none() {
                *here = NONE_LEFT;
            }
        }
    }
    counted
}
