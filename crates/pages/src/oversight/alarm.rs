//! Alarms on odd acts: all of them, and one with the entries that raised it and what was found behind it.

use askama::Template;

use crate::desk::DeskFrame;
use crate::form::{ErrorSummary, Field};
use crate::part::{Empty, Link, Pager, State, Table};
use crate::{CachePolicy, Page};

/// One rule, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleLine {
    /// What it is called.
    pub title: String,
    /// "từ 20 lần trong 10 phút, của một người".
    pub limit: String,
}

/// All alarms.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/alarms.html")]
pub struct AlarmsPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// "2 cảnh báo chưa có trả lời".
    pub open: String,
    /// When the logs were looked through last.
    pub looked: String,
    /// Those without an answer first; columns: what, whom, when, state.
    pub table: Table,
    /// Other pages.
    pub pager: Pager,
    /// What is watched for.
    pub rules: Vec<RuleLine>,
}

impl AlarmsPage {
    fn empty(&self) -> Empty {
        if self.rules.is_empty() {
            return Empty {
                title: "Tỉnh chưa đặt quy tắc cảnh báo.".into(),
                text: "Người vận hành đặt quy tắc trong alarms.toml của tỉnh rồi chạy pbgdpl tenants apply."
                    .into(),
                links: vec![],
            };
        }
        Empty {
            title: "Chưa có cảnh báo nào.".into(),
            text: "Nhật ký được xem lại năm phút một lần theo các quy tắc dưới đây. Có cảnh báo thì người giám sát và quản trị \
                   cấp tỉnh nhận thư."
                .into(),
            links: vec![],
        }
    }
}

impl Page for AlarmsPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}

/// One alarm.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/alarm.html")]
pub struct AlarmPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// All alarms.
    pub list: Link,
    /// What it is called.
    pub title: String,
    /// Answered or not.
    pub state: State,
    /// Whom it is about.
    pub about: String,
    /// From when to when.
    pub span: String,
    /// When it was raised.
    pub raised: String,
    /// What to ask first.
    pub advice: String,
    /// The entries; columns: when, who, what, to whom, where.
    pub entries: Table,
    /// Other pages of them.
    pub pager: Pager,
    /// What was found: who says it and when, and the note.
    pub answer: Option<(String, String)>,
    /// Why the reader cannot answer; empty where they can or somebody did.
    pub barred: String,
    /// Where the answer goes; empty where the reader cannot answer.
    pub action: String,
    /// What cannot be taken of it.
    pub errors: ErrorSummary,
    /// The note.
    pub fields: Vec<Field>,
}

impl Page for AlarmPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
