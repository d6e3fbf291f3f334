//! What an item says: the fields of its three kinds, and what must be right before it is sent.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Copied, Language};
use crate::id::{ArticleId, MediaId};
use crate::policy::UnknownWord;

/// The kinds of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Tin, bài (CT-01).
    Tin,
    /// Giới thiệu văn bản pháp luật mới (CT-02).
    VanBanMoi,
    /// Tờ gấp (CT-03).
    ToGap,
}

impl Kind {
    /// The whole list.
    pub const ALL: [Self; 3] = [Self::Tin, Self::VanBanMoi, Self::ToGap];

    /// The word in addresses and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tin => "tin",
            Self::VanBanMoi => "van-ban-moi",
            Self::ToGap => "to-gap",
        }
    }

    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Tin => "Tin, bài",
            Self::VanBanMoi => "Giới thiệu văn bản pháp luật mới",
            Self::ToGap => "Tờ gấp",
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
                list: "kind",
                word: word.to_owned(),
            })
    }
}

/// A legal basis: document and articles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Base {
    /// Number, such as 52/2014/QH13.
    pub number: String,
    /// Title of the document.
    pub title: String,
    /// Articles, such as "Điều 5, Điều 8".
    pub articles: String,
}

/// The document that a `VanBanMoi` introduces (QĐ 14/2019/QĐ-TTg Đ.8.2c: the minimum of its description).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// Number.
    pub number: String,
    /// Luật, Nghị định, Thông tư …
    pub kind: String,
    /// Who issued it.
    pub issuer: String,
    /// Day of issue.
    pub issued: Option<NaiveDate>,
    /// First day in force.
    pub effective: Option<NaiveDate>,
    /// Last day in force, if it ended.
    pub expires: Option<NaiveDate>,
    /// Who is concerned.
    pub affected: String,
    /// Where the official text is.
    pub source_url: String,
}

/// How a document stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Not yet in force: first day.
    Coming(NaiveDate),
    /// In force since.
    InForce(NaiveDate),
    /// Ended on.
    Ended(NaiveDate),
    /// No day known.
    Unknown,
}

impl Document {
    /// How the document stands on this day.
    #[must_use]
    pub fn validity_on(&self, day: NaiveDate) -> Validity {
        match (self.effective, self.expires) {
            (_, Some(end)) if end < day => Validity::Ended(end),
            (Some(start), _) if day < start => Validity::Coming(start),
            (Some(start), _) => Validity::InForce(start),
            (None, _) => Validity::Unknown,
        }
    }
}

/// A picture in an item: never without words for those who do not see it (MED-03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureRef {
    /// The uploaded file.
    pub media: MediaId,
    /// What the picture shows.
    pub alt: String,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
}

/// What an item says in one version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// Title.
    pub title: String,
    /// One sentence that stands for the whole.
    pub summary: String,
    /// The text, Markdown. In a leaflet each `## ` opens a panel.
    pub body: String,
    /// Fields of law (ids).
    pub fields: Vec<String>,
    /// Audiences (ids).
    pub audiences: Vec<String>,
    /// Legal bases.
    pub bases: Vec<Base>,
    /// The document introduced.
    pub document: Option<Document>,
    /// Picture.
    pub picture: Option<PictureRef>,
    /// Source and licence of what is not our own.
    pub source: String,
    /// In which language it is written. Left out of the canonical form where it goes without saying: hashes of before stay right.
    #[serde(skip_serializing_if = "Language::is_usual")]
    pub language: Language,
    /// The item of the same agency that it translates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translates: Option<ArticleId>,
    /// Where it stands first, outside of the platform or in another section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copied: Option<Copied>,
}

/// Something that must be put right before an item can be sent: the field and the reason, in the words of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentProblem {
    /// The field's name in the form.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub reason: &'static str,
}

/// Longest title, in characters.
pub const TITLE_MAX: usize = 250;
/// Longest summary.
pub const SUMMARY_MAX: usize = 500;
/// Longest text.
pub const BODY_MAX: usize = 100_000;

impl Content {
    /// SHA-256 over the canonical form, hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        let canonical = serde_json::to_vec(self).unwrap_or_default();
        hex::encode(Sha256::digest(canonical))
    }

    /// What stops this content from being saved at all.
    #[must_use]
    pub fn cannot_be_saved(&self) -> Vec<ContentProblem> {
        let mut problems = Vec::new();
        if self.title.trim().is_empty() {
            problems.push(ContentProblem {
                field: "title",
                reason: "Chưa có tiêu đề. Nhập tiêu đề rồi lưu lại.",
            });
        }
        if self.title.chars().count() > TITLE_MAX {
            problems.push(ContentProblem {
                field: "title",
                reason: "Tiêu đề dài quá 250 ký tự. Rút ngắn tiêu đề.",
            });
        }
        if self.summary.chars().count() > SUMMARY_MAX {
            problems.push(ContentProblem {
                field: "summary",
                reason: "Tóm tắt dài quá 500 ký tự. Rút ngắn còn một, hai câu.",
            });
        }
        if self.body.chars().count() > BODY_MAX {
            problems.push(ContentProblem {
                field: "body",
                reason: "Nội dung dài quá 100.000 ký tự. Chia thành nhiều bài.",
            });
        }
        problems
    }

    /// What stops this content from being sent for approval.
    #[must_use]
    pub fn cannot_be_submitted(&self, kind: Kind) -> Vec<ContentProblem> {
        let mut problems = self.cannot_be_saved();
        if self.summary.trim().is_empty() {
            problems.push(ContentProblem {
                field: "summary",
                reason: "Chưa có tóm tắt. Viết một câu nói bài này giúp ai, việc gì.",
            });
        }
        if self.body.trim().is_empty() {
            problems.push(ContentProblem {
                field: "body",
                reason: "Chưa có nội dung.",
            });
        }
        if let Some(picture) = &self.picture
            && picture.alt.trim().chars().count() < 8
        {
            problems.push(ContentProblem {
                field: "alt",
                reason: "Ảnh chưa có lời mô tả. Viết điều người không nhìn thấy ảnh cần biết.",
            });
        }
        if kind == Kind::VanBanMoi {
            let document = self.document.clone().unwrap_or_default();
            if document.number.trim().is_empty() {
                problems.push(ContentProblem {
                    field: "document_number",
                    reason: "Chưa có số, ký hiệu văn bản.",
                });
            }
            if document.issuer.trim().is_empty() {
                problems.push(ContentProblem {
                    field: "document_issuer",
                    reason: "Chưa có cơ quan ban hành.",
                });
            }
            if document.issued.is_none() {
                problems.push(ContentProblem {
                    field: "document_issued",
                    reason: "Chưa có ngày ban hành.",
                });
            }
            if document.effective.is_none() {
                problems.push(ContentProblem {
                    field: "document_effective",
                    reason: "Chưa có ngày có hiệu lực.",
                });
            }
        }
        if kind == Kind::ToGap && !self.body.lines().any(|line| line.starts_with("## ")) {
            problems.push(ContentProblem {
                field: "body",
                reason: "Tờ gấp cần ít nhất một mục. Mở mỗi mục bằng dòng bắt đầu với “## ”.",
            });
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validity_is_a_question_of_the_day() {
        let day = |d| NaiveDate::from_ymd_opt(2021, 1, d).unwrap();
        let document = Document {
            effective: Some(day(10)),
            expires: Some(day(20)),
            ..Document::default()
        };
        assert_eq!(document.validity_on(day(9)), Validity::Coming(day(10)));
        assert_eq!(document.validity_on(day(10)), Validity::InForce(day(10)));
        assert_eq!(document.validity_on(day(20)), Validity::InForce(day(10)));
        assert_eq!(document.validity_on(day(21)), Validity::Ended(day(20)));
    }

    #[test]
    fn a_new_document_is_not_sent_without_its_dates() {
        let content = Content {
            title: "Luật".into(),
            summary: "Một câu.".into(),
            body: "x".into(),
            ..Content::default()
        };
        let fields: Vec<_> = content
            .cannot_be_submitted(Kind::VanBanMoi)
            .into_iter()
            .map(|p| p.field)
            .collect();
        assert_eq!(
            fields,
            [
                "document_number",
                "document_issuer",
                "document_issued",
                "document_effective"
            ]
        );
        assert!(content.cannot_be_submitted(Kind::Tin).is_empty());
    }

    #[test]
    fn what_goes_without_saying_changes_no_hash() {
        let text = serde_json::to_string(&Content::default()).unwrap();
        assert!(
            !["language", "translates", "copied"]
                .iter()
                .any(|name| text.contains(name)),
            "{text}"
        );
        let other = Content {
            language: Language::Bahnar,
            ..Content::default()
        };
        assert_ne!(other.hash(), Content::default().hash());
        let text = serde_json::to_string(&other).unwrap();
        assert_eq!(serde_json::from_str::<Content>(&text).unwrap(), other);
    }
}
