//! Offline activities (DOMAIN 9.G): what a reporter records, what it raises, and how a joint one is shared.

mod form;
mod problem;

pub use form::{FORMS, MODES, form_label, mode_label};
pub use problem::{FIGURE_MAX, Problem, TEXT_MAX, TITLE_MAX};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::id::{AccountId, ActivityId, EntryId, TenantId};
use crate::ledger::{Dimensions, Measure, NewRow, Source};
use crate::policy::UnknownWord;

/// The kinds of activities recorded now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Hội nghị.
    HoiNghi,
    /// Lớp tập huấn.
    LopTapHuan,
    /// Cuộc thi tìm hiểu pháp luật.
    CuocThi,
    /// Phát tài liệu.
    PhatTaiLieu,
    /// Phát thanh.
    PhatThanh,
}

impl Kind {
    /// The whole list.
    pub const ALL: [Self; 5] = [
        Self::HoiNghi,
        Self::LopTapHuan,
        Self::CuocThi,
        Self::PhatTaiLieu,
        Self::PhatThanh,
    ];

    /// The word in files and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::HoiNghi => "hoi-nghi",
            Self::LopTapHuan => "lop-tap-huan",
            Self::CuocThi => "cuoc-thi",
            Self::PhatTaiLieu => "phat-tai-lieu",
            Self::PhatThanh => "phat-thanh",
        }
    }

    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::HoiNghi => "Hội nghị",
            Self::LopTapHuan => "Lớp tập huấn",
            Self::CuocThi => "Cuộc thi tìm hiểu pháp luật",
            Self::PhatTaiLieu => "Phát tài liệu",
            Self::PhatThanh => "Phát thanh",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.word() == word)
            .ok_or_else(|| UnknownWord {
                list: "activity kind",
                word: word.to_owned(),
            })
    }
}

/// Money spent, by source, in thousand đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Funding {
    /// Phân bổ thường xuyên.
    pub regular: i64,
    /// Cấp theo chương trình, đề án.
    pub programme: i64,
    /// Nguồn hỗ trợ khác.
    pub other: i64,
}

/// What is recorded of one activity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// What it was called.
    pub title: String,
    /// Documents and topics.
    pub topic: String,
    /// One of the eight forms (id of the vocabulary).
    pub form: String,
    /// Fields of law.
    pub fields: Vec<String>,
    /// Audiences.
    pub audiences: Vec<String>,
    /// Place, in words.
    pub place: String,
    /// Number of sessions; 1 unless said.
    pub sessions: i64,
    /// Attendances, or entrants of a contest.
    pub attendees: i64,
    /// Of these, women; unknown if none.
    pub women: Option<i64>,
    /// Of these, members of ethnic minorities; unknown if none.
    pub ethnic_minorities: Option<i64>,
    /// Language.
    pub language: String,
    /// truc-tiep | truc-tuyen | ket-hop.
    pub mode: String,
    /// Reporters who spoke, in words: guests, people of other agencies.
    pub speakers: String,
    /// People of the agency's own register who spoke (TRN-15).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub registered: Vec<EntryId>,
    /// Copies of materials handed out.
    pub materials: i64,
    /// What they were.
    pub materials_kind: String,
    /// Broadcasts.
    pub broadcasts: i64,
    /// Money, in thousand đồng.
    pub funding: Funding,
    /// Why there is no evidence, where there is none (REP-03).
    pub no_evidence_reason: String,
    /// Illustrative data of a demo.
    pub illustrative: bool,
}

/// Where an activity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Written, not counted.
    Draft,
    /// Counted.
    Recorded,
    /// Counted, then taken back whole.
    Reversed,
}

impl Stage {
    /// The word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Recorded => "recorded",
            Self::Reversed => "reversed",
        }
    }

    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Chưa ghi sổ",
            Self::Recorded => "Đã ghi sổ",
            Self::Reversed => "Đã hủy bằng bút toán đảo",
        }
    }
}

impl std::str::FromStr for Stage {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "draft" => Ok(Self::Draft),
            "recorded" => Ok(Self::Recorded),
            "reversed" => Ok(Self::Reversed),
            _ => Err(UnknownWord {
                list: "activity stage",
                word: word.to_owned(),
            }),
        }
    }
}

/// An activity with its latest content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Permanent id.
    pub id: ActivityId,
    /// What it was.
    pub kind: Kind,
    /// Whether it counts.
    pub stage: Stage,
    /// The day it took place.
    pub day: NaiveDate,
    /// Number of the latest version.
    pub latest_version: i32,
    /// What was recorded.
    pub content: Content,
    /// Co-organisers and their answers.
    pub partners: Vec<Partner>,
    /// Who made it.
    pub created_by: AccountId,
    /// Last change.
    pub changed_at: Moment,
    /// Counts changes.
    pub row_version: i64,
}

impl Activity {
    /// Several agencies organised it; it counts in its owner's form only (N-05).
    #[must_use]
    pub fn is_joint(&self) -> bool {
        !self.partners.is_empty()
    }
}

/// What was recorded, as it stood in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3 …
    pub number: i32,
    /// What it was.
    pub kind: Kind,
    /// The day it took place.
    pub day: NaiveDate,
    /// What was recorded.
    pub content: Content,
    /// Why it was corrected, in a correction.
    pub reason: String,
    /// Who wrote it.
    pub author: AccountId,
    /// Their name then.
    pub author_name: String,
    /// When.
    pub created_at: Moment,
}

/// How a co-organiser answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// Not yet.
    Invited,
    /// Took part.
    Confirmed,
    /// Did not.
    Refused,
    /// The owner took the activity, or the invitation, back.
    Withdrawn,
}

impl Answer {
    /// The word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Invited => "Chờ xác nhận",
            Self::Confirmed => "Đã xác nhận phối hợp",
            Self::Refused => "Từ chối",
            Self::Withdrawn => "Cơ quan chủ trì đã rút",
        }
    }
}

impl std::str::FromStr for Answer {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "invited" => Ok(Self::Invited),
            "confirmed" => Ok(Self::Confirmed),
            "refused" => Ok(Self::Refused),
            "withdrawn" => Ok(Self::Withdrawn),
            _ => Err(UnknownWord {
                list: "answer",
                word: word.to_owned(),
            }),
        }
    }
}

/// A co-organiser as the owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// The agency.
    pub tenant: TenantId,
    /// Its name then.
    pub name: String,
    /// Its answer.
    pub answer: Answer,
}

/// A share in another agency's activity, as the co-organiser sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The activity, in the owner's ledger.
    pub activity: ActivityId,
    /// Who counts it.
    pub owner: TenantId,
    /// Its name then.
    pub owner_name: String,
    /// What it was called.
    pub title: String,
    /// The day it took place.
    pub day: NaiveDate,
    /// What the owner says of it.
    pub summary: String,
    /// The answer.
    pub answer: Answer,
    /// Why refused.
    pub reason: String,
    /// How often the owner had changed the activity when this was brought ([`Activity::row_version`]).
    pub owner_row: i64,
}

impl Content {
    /// What this activity raises; zero is left out.
    #[must_use]
    pub fn measures(&self, kind: Kind) -> Vec<(Measure, i64)> {
        let mut raised = match kind {
            Kind::HoiNghi | Kind::LopTapHuan => {
                vec![
                    (Measure::DirectSessions, self.sessions),
                    (Measure::DirectAttendees, self.attendees),
                ]
            }
            Kind::CuocThi => vec![
                (Measure::Contests, self.sessions),
                (Measure::ContestEntrants, self.attendees),
            ],
            Kind::PhatTaiLieu => Vec::new(),
            Kind::PhatThanh => vec![(Measure::Broadcasts, self.broadcasts)],
        };
        raised.push((Measure::MaterialsIssued, self.materials));
        raised.push((Measure::FundingRegular, self.funding.regular));
        raised.push((Measure::FundingProgramme, self.funding.programme));
        raised.push((Measure::FundingOther, self.funding.other));
        raised.retain(|(_, quantity)| *quantity != 0);
        raised
    }

    /// The ledger rows of this activity.
    #[must_use]
    pub fn rows(
        &self,
        id: ActivityId,
        kind: Kind,
        version: i32,
        day: NaiveDate,
        partners: &[String],
    ) -> Vec<NewRow> {
        let dimensions = Dimensions {
            kind: kind.word().to_owned(),
            form: self.form.clone(),
            fields: self.fields.clone(),
            audiences: self.audiences.clone(),
            places: vec![self.place.clone()],
            language: self.language.clone(),
            mode: self.mode.clone(),
            partners: partners.to_vec(),
            speakers: self.registered.iter().map(EntryId::to_string).collect(),
            illustrative: self.illustrative,
        };
        self.measures(kind)
            .into_iter()
            .map(|(measure, quantity)| NewRow {
                day,
                source: Source::Activity,
                source_id: id.0,
                source_version: version,
                measure,
                quantity,
                dimensions: dimensions.clone(),
                reverses: None,
                reason: String::new(),
            })
            .collect()
    }
}
