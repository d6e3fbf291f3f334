//! The province's public figures: what is public, what waits for somebody's agreement, and the form that proposes another.

use askama::Template;

use crate::desk::DeskFrame;
use crate::form::{ErrorSummary, Field};
use crate::part::{Empty, Link, State};
use crate::public::FigureBars;
use crate::{CachePolicy, Page};

/// One figure with its steps.
#[derive(Debug, Clone, Default)]
pub struct FigureEntry {
    /// What it is called.
    pub title: String,
    /// Proposed, public, taken back.
    pub state: Option<State>,
    /// "Cuộc phổ biến trực tiếp · năm đang chạy · 12 cơ quan · hiện từ ngày 12/11/2020".
    pub what: String,
    /// The word beside it.
    pub note: String,
    /// Who did which step, when.
    pub steps: Vec<String>,
    /// What is, or would be, read: "4.024 cuộc, năm 2020, đến hết ngày 12/11/2020"; empty of what was taken back.
    pub reads: String,
    /// Its lines.
    pub groups: Vec<FigureBars>,
    /// Its public page, while it is public.
    pub page: Option<Link>,
    /// Where agreeing goes; nowhere for whoever may not.
    pub approve: Option<String>,
    /// Why the reader cannot agree, where somebody else can.
    pub barred: String,
    /// Where its own page is, with the form that takes it back; nowhere for whoever may not.
    pub revoke: Option<Link>,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "province/figures.html")]
pub struct FiguresPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// What waits.
    pub waiting: Vec<FigureEntry>,
    /// What is public.
    pub public: Vec<FigureEntry>,
    /// What was taken back.
    pub revoked: Vec<FigureEntry>,
    /// Where a proposal goes; nowhere for whoever may not.
    pub action: Option<String>,
    /// What happens after it.
    pub hint: String,
    /// What cannot be taken of it.
    pub errors: ErrorSummary,
    /// Its fields.
    pub fields: Vec<Field>,
}

impl FiguresPage {
    fn empty(&self) -> Empty {
        Empty {
            title: "Chưa công khai số liệu nào.".into(),
            text: if self.action.is_some() {
                self.hint.clone()
            } else {
                "Khi cán bộ của tỉnh công khai một số liệu, số liệu hiện ở đây.".to_owned()
            },
            links: vec![],
        }
    }
}

impl Page for FiguresPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}

/// Taking one back.
#[derive(Debug, Clone, Template)]
#[template(path = "province/revoke_figure.html")]
pub struct RevokeFigurePage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// All figures.
    pub list: Link,
    /// What it is called.
    pub title: String,
    /// Where the form goes.
    pub action: String,
    /// What cannot be taken.
    pub errors: ErrorSummary,
    /// Why.
    pub reason: Field,
}

impl Page for RevokeFigurePage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
