//! Units that stood only on some of the days that are told: whoever is new, or is no more, is not measured with the others.

use chrono::NaiveDate;
use pbgdpl_model::agency::Agency;

/// The days on which a unit stood, where these are not all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartOfYear {
    /// Its first day, if it lies after the first of all.
    pub from: Option<NaiveDate>,
    /// Its last day, if it lies before the last of all.
    pub to: Option<NaiveDate>,
}

impl PartOfYear {
    /// Of an agency between two days; none where it stood on all of them.
    #[must_use]
    pub fn of(agency: &Agency, (first, last): (NaiveDate, NaiveDate)) -> Option<Self> {
        let from = agency.first_day().filter(|day| *day > first);
        let to = agency.last_day.filter(|day| *day < last);
        (from.is_some() || to.is_some()).then_some(Self { from, to })
    }

    /// Whether it stood on any of these days.
    #[must_use]
    pub fn touches(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.from.is_none_or(|first| first <= to) && self.to.is_none_or(|last| from <= last)
    }

    /// Whether it stood on all of these days.
    #[must_use]
    pub fn covers(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.from.is_none_or(|first| first <= from) && self.to.is_none_or(|last| to <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2021, m, d).unwrap()
    }

    #[test]
    fn months_are_inside_by_their_days() {
        let part = PartOfYear {
            from: Some(day(2, 10)),
            to: Some(day(6, 30)),
        };
        assert!(!part.touches(day(1, 1), day(1, 31)));
        assert!(part.touches(day(2, 1), day(2, 28)) && !part.covers(day(2, 1), day(2, 28)));
        assert!(part.covers(day(4, 1), day(6, 30)));
        assert!(!part.touches(day(7, 1), day(7, 31)));
    }
}
