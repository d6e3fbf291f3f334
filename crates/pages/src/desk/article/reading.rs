//! One item as its colleagues read it: where it stands, its text, what changed, what was checked, and what they may do.

use askama::Template;
use pbgdpl_model::article::difference::{FieldDifference, Piece};

use super::Preview;
use crate::desk::{DeskFrame, never_kept};
use crate::form::{ErrorSummary, Field};
use crate::part::{Link, State, Steps, prints_itself};
use crate::{CachePolicy, Page};

/// What changed since the version that the public sees.
#[derive(Debug, Clone)]
pub struct Changes {
    /// "Khác bản 2 đang công bố".
    pub title: String,
    /// The whole comparison.
    pub href: String,
    /// Fields that differ, shortened.
    pub fields: Vec<FieldDifference>,
}

/// One line of the timeline.
#[derive(Debug, Clone, Default)]
pub struct LogLine {
    /// "Y Lan: gửi duyệt, bản 3".
    pub what: String,
    /// The remark, if there is one.
    pub note: String,
    /// "08/11/2020, 14 giờ 05".
    pub when: String,
}

/// Approve or send back.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The version that is read: what is approved is this one and no other.
    pub version: i32,
    /// May be approved by the reader.
    pub approve: bool,
    /// May be sent back by the reader.
    pub send_back: bool,
    /// The remark of a return.
    pub remark: Field,
    /// What the public is told of the change; only where a version was public before.
    pub public_note: Option<Field>,
}

/// What the reader may do.
#[derive(Debug, Clone, Default)]
pub struct Acts {
    /// Where it is edited, and the word for it.
    pub edit: Option<Link>,
    /// May be sent to be approved.
    pub submit: bool,
    /// Approve or send back.
    pub decision: Option<Decision>,
    /// Take back: the field for the reason that readers will see.
    pub withdraw: Option<Field>,
    /// Why something cannot be done by this person, or what comes next.
    pub note: String,
}

impl Acts {
    /// Something stands at the foot.
    fn any(&self) -> bool {
        self.edit.is_some() || self.submit || self.decision.is_some() || !self.note.is_empty()
    }
}

/// One item as its colleagues read it; prints itself beside a list too.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/article_reading.html")]
pub struct Reading {
    /// Address of the item on the desk; acts post below it.
    pub base: String,
    /// Where it stands.
    pub states: Vec<State>,
    /// "Bản 3, Y Lan lưu 08/11/2020, 14 giờ 05".
    pub saved: String,
    /// Remark of the last return: who and when, what.
    pub returned: Option<(String, String)>,
    /// Its way.
    pub steps: Steps,
    /// The text.
    pub preview: Preview,
    /// What changed since the public version.
    pub changes: Option<Changes>,
    /// What was checked.
    pub checks: Vec<State>,
    /// Its timeline, newest first.
    pub log: Vec<LogLine>,
    /// Versions, public address.
    pub links: Vec<Link>,
    /// What the reader may do.
    pub acts: Acts,
}

prints_itself!(Reading);

/// The page of one item.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/article.html")]
pub struct ArticlePage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The list it stands in, and its kind.
    pub list: Link,
    /// Its kind.
    pub kind: String,
    /// What stopped the last act.
    pub errors: ErrorSummary,
    /// The item.
    pub reading: Reading,
}

never_kept!(ArticlePage);
