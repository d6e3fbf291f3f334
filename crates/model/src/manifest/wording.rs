//! Wordings of one thing in time: forms, plans and indicators stand in `{id}.toml` first, in `{id}.{first day}.toml` later.

use chrono::NaiveDate;

/// The name of a wording among all of its id: the id alone for the first one, with its first day for a later one.
pub(super) fn entry(id: &str, from: NaiveDate, all: impl Iterator<Item = NaiveDate>) -> String {
    if all.min().is_none_or(|first| from <= first) {
        id.to_owned()
    } else {
        format!("{id}.{from}")
    }
}

/// The first of these days on which no wording holds.
pub(super) fn first_gap(
    (from, to): (NaiveDate, Option<NaiveDate>),
    wordings: impl IntoIterator<Item = (NaiveDate, Option<NaiveDate>)>,
) -> Option<NaiveDate> {
    let mut sorted: Vec<_> = wordings.into_iter().collect();
    sorted.sort_unstable();
    let mut day = from;
    for (first, last) in sorted {
        if first > day {
            break;
        }
        let last = last?;
        if last >= day {
            day = last.succ_opt()?;
        }
    }
    to.is_none_or(|to| day <= to).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_found_where_nothing_holds() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (a, b, c) = (day("2019-05-15"), day("2020-12-31"), day("2021-01-01"));
        let two = [(c, None), (a, Some(b))];
        assert_eq!(first_gap((a, None), two), None);
        assert_eq!(first_gap((a, None), [(a, Some(b))]), Some(c));
        assert_eq!(first_gap((a, Some(b)), [(a, Some(b))]), None);
        assert_eq!(first_gap((day("2019-05-14"), None), two), Some(day("2019-05-14")));
        let apart = [(a, Some(b)), (day("2021-01-02"), None)];
        assert_eq!(first_gap((a, None), apart), Some(c));
    }
}
