//! Agencies: what they are, what they are called and when, and whether their section is open.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::TenantId;
use crate::policy::UnknownWord;

/// Whether a section is open (TEN-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Readable and writable.
    Open,
    /// Readable; nobody writes.
    ReadOnly,
    /// Neither: visitors see that the section rests.
    Hidden,
}

impl Status {
    /// The word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::ReadOnly => "read-only",
            Self::Hidden => "hidden",
        }
    }

    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Đang hoạt động",
            Self::ReadOnly => "Tạm dừng, chỉ đọc",
            Self::Hidden => "Tạm dừng, ẩn khỏi công chúng",
        }
    }
}

impl std::str::FromStr for Status {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "open" => Ok(Self::Open),
            "read-only" => Ok(Self::ReadOnly),
            "hidden" => Ok(Self::Hidden),
            _ => Err(UnknownWord {
                list: "status",
                word: word.to_owned(),
            }),
        }
    }
}

/// Which row of the province's form an agency falls into (form 10d of TT 20/2013, still the natural roll-up).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportRow {
    /// 1. Sở Tư pháp.
    SoTuPhap,
    /// 2. Địa bàn huyện, thành phố.
    DiaBan,
    /// 3. Sở, ban, ngành, đoàn thể cấp tỉnh.
    SoNganh,
    /// Publishes, does not report (bodies outside the People's Committee that did not opt in).
    None,
}

impl ReportRow {
    /// The word in files and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SoTuPhap => "so_tu_phap",
            Self::DiaBan => "dia_ban",
            Self::SoNganh => "so_nganh",
            Self::None => "none",
        }
    }
}

impl std::str::FromStr for ReportRow {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "so_tu_phap" => Ok(Self::SoTuPhap),
            "dia_ban" => Ok(Self::DiaBan),
            "so_nganh" => Ok(Self::SoNganh),
            "none" => Ok(Self::None),
            _ => Err(UnknownWord {
                list: "report_row",
                word: word.to_owned(),
            }),
        }
    }
}

/// A name and the days it was valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedName {
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if it ended.
    pub valid_to: Option<NaiveDate>,
    /// In full.
    pub official: String,
    /// In lists and mastheads.
    pub short: String,
}

/// The days that a fact was valid: first, and last if it ended.
pub type Validity = (NaiveDate, Option<NaiveDate>);

/// The fact valid on a day; if none is, the latest that had begun, or the first of all.
#[must_use]
pub fn valid_on<T>(facts: &[T], day: NaiveDate, validity: impl Fn(&T) -> Validity) -> Option<&T> {
    let from = |fact: &&T| validity(fact).0;
    let begun = || facts.iter().filter(|fact| from(fact) <= day);
    begun()
        .filter(|fact| validity(fact).1.is_none_or(|to| day <= to))
        .max_by_key(from)
        .or_else(|| begun().max_by_key(from))
        .or_else(|| facts.iter().min_by_key(from))
}

/// The name valid on a day; the nearest one if none is.
#[must_use]
pub fn name_on(names: &[DatedName], day: NaiveDate) -> Option<&DatedName> {
    valid_on(names, day, |name| (name.valid_from, name.valid_to))
}

/// What an agency was (so, ban_nganh, huyen …), and the days it was that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedKind {
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if it ended.
    pub valid_to: Option<NaiveDate>,
    /// The word of `UnitKind`.
    pub kind: String,
}

/// What everybody may know of an agency's section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Chịu trách nhiệm chính (TT 32/2017/TT-BTTTT).
    pub responsible: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// The agency's own site.
    pub website: String,
    /// Chosen information groups (ids of the vocabulary).
    pub information_groups: Vec<String>,
    /// Facts not yet checked against an official source; shown to administrators only.
    pub verify: Vec<String>,
}

/// One agency in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Permanent id.
    pub id: TenantId,
    /// Current slug.
    pub slug: String,
    /// What it was, dated.
    pub kinds: Vec<DatedKind>,
    /// subordinate | voluntary.
    pub membership: String,
    /// Row of the province's form.
    pub report_row: ReportRow,
    /// Whether its section is open.
    pub status: Status,
    /// One of the twelve accents.
    pub accent: String,
    /// Its names, dated.
    pub names: Vec<DatedName>,
    /// Its parents, dated: (from, to, text).
    pub parents: Vec<(NaiveDate, Option<NaiveDate>, String)>,
    /// Its last day, if it was dissolved: merged, split up or ended.
    pub last_day: Option<NaiveDate>,
}

impl Agency {
    /// Its first day: of the first name it is known by.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.names.iter().map(|name| name.valid_from).min()
    }

    /// Whether it stood on any of these days; both ends belong to them.
    #[must_use]
    pub fn stood_between(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.first_day().is_some_and(|first| first <= to) && self.last_day.is_none_or(|last| from <= last)
    }

    /// Whether it stood on a day.
    #[must_use]
    pub fn stood_on(&self, day: NaiveDate) -> bool {
        self.stood_between(day, day)
    }

    /// The short name on a day.
    #[must_use]
    pub fn short_on(&self, day: NaiveDate) -> &str {
        name_on(&self.names, day).map_or(self.slug.as_str(), |n| n.short.as_str())
    }

    /// The official name on a day.
    #[must_use]
    pub fn official_on(&self, day: NaiveDate) -> &str {
        name_on(&self.names, day).map_or(self.slug.as_str(), |n| n.official.as_str())
    }

    /// What it is on a day; the nearest kind if none is valid then.
    #[must_use]
    pub fn kind_on(&self, day: NaiveDate) -> &str {
        valid_on(&self.kinds, day, |kind| (kind.valid_from, kind.valid_to))
            .map_or("", |kind| kind.kind.as_str())
    }

    /// The parent on a day.
    #[must_use]
    pub fn parent_on(&self, day: NaiveDate) -> Option<&str> {
        self.parents
            .iter()
            .filter(|(from, to, _)| *from <= day && to.is_none_or(|to| day <= to))
            .max_by_key(|(from, _, _)| *from)
            .map(|(_, _, parent)| parent.as_str())
    }
}
