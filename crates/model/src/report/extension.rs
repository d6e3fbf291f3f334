//! The lock of a period, and its exception under dual control (REP-11, N-07): asked by the agency, granted by the level above,
//! with a reason and a last day after which it closes by itself.

use chrono::NaiveDate;
use pbgdpl_vietnamese::date::dmy;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::id::AccountId;
use crate::report::Withdrawn;

/// What the province answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Until which day the period is open; nothing where it was refused.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: AccountId,
    /// Their name then.
    pub by_name: String,
    /// When.
    pub at: Moment,
}

/// An agency asked for more time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// 1, 2, 3 … for a form and a period of an agency.
    pub number: i32,
    /// Until which day it is asked for.
    pub wanted_until: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub by: AccountId,
    /// Their name then.
    pub by_name: String,
    /// When.
    pub at: Moment,
    /// What the province answered; nothing yet.
    pub answer: Option<Answer>,
}

impl Extension {
    /// Whether it holds the period open on a day.
    #[must_use]
    pub fn opens(&self, day: NaiveDate) -> bool {
        let until = self.answer.as_ref().and_then(|answer| answer.until);
        until.is_some_and(|until| day <= until)
    }
}

/// An extension as it stands in the report that was sent under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extended {
    /// Who asked.
    pub asked_by: String,
    /// Why.
    pub reason: String,
    /// Who granted it.
    pub granted_by: String,
    /// On which day.
    pub granted_on: NaiveDate,
    /// In which words.
    pub granted_because: String,
    /// Until which day.
    pub until: NaiveDate,
}

impl Extended {
    /// The extension that a report is sent under on a day: the one that stays open longest.
    #[must_use]
    pub fn on(extensions: &[Extension], day: NaiveDate) -> Option<Self> {
        let open = extensions.iter().filter(|extension| extension.opens(day));
        let (asked, answer, until) = open
            .filter_map(|asked| {
                let answer = asked.answer.as_ref()?;
                Some((asked, answer, answer.until?))
            })
            .max_by_key(|(_, _, until)| *until)?;
        Some(Self {
            asked_by: asked.by_name.clone(),
            reason: asked.reason.clone(),
            granted_by: answer.by_name.clone(),
            granted_on: answer.at.day(),
            granted_because: answer.reason.clone(),
            until,
        })
    }

    /// As the foot of the report says it.
    #[must_use]
    pub fn sentence(&self) -> String {
        let because = if self.granted_because.is_empty() {
            String::new()
        } else {
            format!(" ({})", self.granted_because)
        };
        format!(
            "Được gia hạn đến {}: {} đề nghị vì {}; {} đồng ý ngày {}{because}.",
            dmy(self.until),
            self.asked_by,
            self.reason.trim_end_matches('.'),
            self.granted_by,
            dmy(self.granted_on)
        )
    }
}

/// Why nothing can be written in a period any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lock {
    /// It closed after this day.
    Closed(NaiveDate),
    /// Nobody is asked any more: no extension opens it again.
    Withdrawn(Withdrawn),
}

impl Lock {
    /// The lock of a period on a day. `closes`: the last day on which it is open, where the calendar has one.
    #[must_use]
    pub fn of(closes: Option<NaiveDate>, extensions: &[Extension], today: NaiveDate) -> Option<Self> {
        let closed_after = closes.filter(|closes| today > *closes)?;
        let open = extensions.iter().any(|extension| extension.opens(today));
        (!open).then_some(Self::Closed(closed_after))
    }

    /// Why, and what to do.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Closed(after) => format!(
                "Kỳ này khóa sau ngày {}. Muốn khai, kiểm tra hoặc gửi, hãy xin gia hạn; Sở Tư pháp xem xét.",
                dmy(*after)
            ),
            Self::Withdrawn(withdrawn) => format!(
                "Sở Tư pháp đã rút yêu cầu báo cáo này ngày {}: {}",
                dmy(withdrawn.on),
                withdrawn.reason
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2021, month, day).unwrap()
    }

    fn asked(until: Option<Option<NaiveDate>>) -> Extension {
        Extension {
            number: 1,
            wanted_until: day(3, 10),
            reason: "chờ số liệu của xã.".into(),
            by: AccountId(Uuid::nil()),
            by_name: "A".into(),
            at: Moment::from_millis(0),
            answer: until.map(|until| Answer {
                until,
                reason: "đồng ý".into(),
                by: AccountId(Uuid::nil()),
                by_name: "B".into(),
                at: Moment::from_millis(0),
            }),
        }
    }

    #[test]
    fn a_period_is_locked_after_its_day_and_open_while_an_extension_holds() {
        let closes = Some(day(2, 20));
        assert_eq!(Lock::of(None, &[], day(12, 31)), None);
        assert_eq!(Lock::of(closes, &[], day(2, 20)), None);
        let lock = Lock::Closed(day(2, 20));
        assert_eq!(Lock::of(closes, &[], day(2, 21)), Some(lock.clone()));
        assert_eq!(
            Lock::of(closes, &[asked(None)], day(3, 1)),
            Some(lock.clone()),
            "asked is not granted"
        );
        assert_eq!(
            Lock::of(closes, &[asked(Some(None))], day(3, 1)),
            Some(lock.clone()),
            "refused"
        );
        let granted = [asked(Some(Some(day(3, 5))))];
        assert_eq!(Lock::of(closes, &granted, day(3, 5)), None);
        assert_eq!(
            Lock::of(closes, &granted, day(3, 6)),
            Some(lock.clone()),
            "it closed by itself"
        );
        let foot = Extended::on(&granted, day(3, 5)).unwrap().sentence();
        assert!(
            foot.contains("05/03/2021") && foot.contains("A đề nghị vì chờ số liệu của xã; B đồng ý"),
            "{foot}"
        );
        assert_eq!(Extended::on(&granted, day(3, 6)), None);
    }
}
