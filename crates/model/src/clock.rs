//! Time as an argument: an instant in milliseconds, and the clock that gives it.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// How far the province's clocks are ahead of UTC; no summer time since 1975.
const OFFSET_SECONDS: i64 = 7 * 3600;

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

impl Moment {
    /// The instant this many milliseconds after 1970.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The instant so many seconds later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// The instant so many milliseconds later.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// The minute that this instant is in, counted since 1970.
    #[must_use]
    pub const fn minute(self) -> i64 {
        self.0.div_euclid(60_000)
    }

    /// As date and time in UTC.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// The calendar day of the province (UTC+7, no summer time since 1975).
    #[must_use]
    pub fn day(self) -> NaiveDate {
        self.plus_seconds(OFFSET_SECONDS).utc().date_naive()
    }

    /// The time of day in the province.
    #[must_use]
    pub fn local_time(self) -> NaiveTime {
        self.plus_seconds(OFFSET_SECONDS).utc().time()
    }

    /// The instant at which a day of the province begins.
    #[must_use]
    pub fn start_of(day: NaiveDate) -> Self {
        Self::from(day.and_time(NaiveTime::MIN).and_utc()).plus_seconds(-OFFSET_SECONDS)
    }

    /// The instant at which a day of the province is over: the next one begins.
    #[must_use]
    pub fn after(day: NaiveDate) -> Self {
        Self::start_of(day).plus_seconds(24 * 3600)
    }

    /// The last millisecond of a calendar day of the province.
    #[must_use]
    pub fn end_of(day: NaiveDate) -> Self {
        Self::after(day).plus_millis(-1)
    }

    /// RFC 3339 with the province's offset, for feeds and exports.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let offset = chrono::FixedOffset::east_opt(7 * 3600);
        offset.map_or_else(
            || self.utc().to_rfc3339(),
            |o| self.utc().with_timezone(&o).to_rfc3339(),
        )
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_millis())
    }
}

/// Where the time comes from.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present instant.
    fn now(&self) -> Moment;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's time enters"
    )]
    fn now(&self) -> Moment {
        Utc::now().into()
    }
}

/// A clock that stands where it is put: for tests, and for making the demo's past.
#[derive(Debug)]
pub struct SetClock(AtomicI64);

impl SetClock {
    /// A clock standing at this instant.
    #[must_use]
    pub fn at(moment: Moment) -> Self {
        Self(AtomicI64::new(moment.millis()))
    }

    /// Puts the clock to this instant.
    pub fn set(&self, moment: Moment) {
        self.0.store(moment.millis(), Ordering::SeqCst);
    }

    /// Moves the clock forward.
    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds.saturating_mul(1000), Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_turns_at_midnight_of_the_province() {
        let before = Moment::from(
            DateTime::parse_from_rfc3339("2020-12-31T16:59:59Z")
                .unwrap()
                .to_utc(),
        );
        assert_eq!(before.day(), NaiveDate::from_ymd_opt(2020, 12, 31).unwrap());
        let new_year = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap();
        assert_eq!(before.plus_seconds(1).day(), new_year);
        assert_eq!(Moment::start_of(new_year), before.plus_seconds(1));
        assert_eq!(Moment::after(before.day()), Moment::start_of(new_year));
        assert_eq!(
            Moment::end_of(before.day()).plus_millis(1),
            Moment::start_of(new_year)
        );
    }
}
