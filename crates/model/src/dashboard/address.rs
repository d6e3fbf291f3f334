//! The address of a page of figures with all its choices, read strictly: a saved view leads nowhere else.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::ledger::Measure;
use crate::structure::View;

/// The page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The province's year.
    Year,
    /// One figure and the part of every agency.
    Figure(Measure),
    /// One figure among peers.
    Peers(Measure),
}

/// A page with its choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewAddress {
    /// Which page.
    pub shown: Shown,
    /// Which year; the newest with figures without one.
    pub year: Option<i32>,
    /// By which structure.
    pub structure: View,
    /// As known at the end of which day; now without one.
    pub known: Option<NaiveDate>,
}

/// An address that is no page of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a page of figures")]
pub struct WrongAddress;

const YEAR: &str = "/giam-sat";
const FIGURE: &str = "/giam-sat/so-lieu/";
const PEERS: &str = "/giam-sat/so-sanh/";

impl ViewAddress {
    /// Whether the page can be kept as of a day: a comparison among peers is of now only.
    #[must_use]
    pub const fn can_be_fixed(&self) -> bool {
        !matches!(self.shown, Shown::Peers(_))
    }
}

impl FromStr for ViewAddress {
    type Err = WrongAddress;

    fn from_str(text: &str) -> Result<Self, WrongAddress> {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let named = |rest: &str| {
            let (measure, year) = rest.split_once('/').ok_or(WrongAddress)?;
            let measure: Measure = measure.parse().map_err(|_| WrongAddress)?;
            Ok((measure, year.parse::<i32>().map_err(|_| WrongAddress)?))
        };
        let (shown, mut year) = if path == YEAR {
            (Shown::Year, None)
        } else if let Some(rest) = path.strip_prefix(FIGURE) {
            let (measure, year) = named(rest)?;
            (Shown::Figure(measure), Some(year))
        } else {
            let (measure, year) = named(path.strip_prefix(PEERS).ok_or(WrongAddress)?)?;
            (Shown::Peers(measure), Some(year))
        };
        let (mut gathered, mut day, mut known) = (false, None, None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').ok_or(WrongAddress)?;
            let a_day = || value.parse::<NaiveDate>().map_err(|_| WrongAddress);
            match (key, value) {
                ("nam", _) if shown == Shown::Year => year = Some(value.parse().map_err(|_| WrongAddress)?),
                ("co-cau", "hien-tai") => gathered = true,
                ("ngay", _) => day = Some(a_day()?),
                ("tinh-den", _) => known = Some(a_day()?),
                _ => return Err(WrongAddress),
            }
        }
        let structure = match (gathered, day) {
            (true, Some(day)) => View::On(day),
            (false, None) => View::AsWas,
            _ => return Err(WrongAddress),
        };
        let peers = matches!(shown, Shown::Peers(_));
        if peers && (known.is_some() || structure != View::AsWas) {
            return Err(WrongAddress);
        }
        Ok(Self {
            shown,
            year,
            structure,
            known,
        })
    }
}

impl fmt::Display for ViewAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year.unwrap_or_default();
        match self.shown {
            Shown::Year => f.write_str(YEAR)?,
            Shown::Figure(measure) => write!(f, "{FIGURE}{measure}/{year}")?,
            Shown::Peers(measure) => write!(f, "{PEERS}{measure}/{year}")?,
        }
        let mut keys = Vec::new();
        if let (Shown::Year, Some(year)) = (self.shown, self.year) {
            keys.push(format!("nam={year}"));
        }
        if let View::On(day) = self.structure {
            keys.push(format!("co-cau=hien-tai&ngay={day}"));
        }
        if let Some(day) = self.known {
            keys.push(format!("tinh-den={day}"));
        }
        if keys.is_empty() {
            Ok(())
        } else {
            write!(f, "?{}", keys.join("&"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_back_and_lead_nowhere_else() {
        for text in [
            "/giam-sat",
            "/giam-sat?nam=2020",
            "/giam-sat?nam=2020&co-cau=hien-tai&ngay=2021-07-01&tinh-den=2020-06-15",
            "/giam-sat/so-lieu/direct_sessions/2020?tinh-den=2020-06-15",
            "/giam-sat/so-sanh/contests/2020",
        ] {
            assert_eq!(text.parse::<ViewAddress>().unwrap().to_string(), text);
        }
        for wrong in [
            "",
            "//evil.vn",
            "https://evil.vn/giam-sat",
            "/giam-sat/nhat-ky",
            "/giam-sat?nam=x",
            "/giam-sat?next=//evil.vn",
            "/giam-sat?ngay=2021-07-01",
            "/giam-sat?co-cau=hien-tai",
            "/giam-sat?tinh-den=hom-qua",
            "/giam-sat/so-lieu/nothing/2020",
            "/giam-sat/so-lieu/contests/2020/so-a",
            "/giam-sat/so-sanh/contests/2020?tinh-den=2020-06-15",
        ] {
            assert!(wrong.parse::<ViewAddress>().is_err(), "{wrong}");
        }
    }
}
