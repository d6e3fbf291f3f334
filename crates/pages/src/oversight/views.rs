//! Saved views: the form that saves the one in front, all that may be opened, and one that its owner changes.

use askama::Template;

use crate::desk::DeskFrame;
use crate::form::{ErrorSummary, Field};
use crate::part::{Empty, Link, State, prints_itself};
use crate::{CachePolicy, Page};

/// The form that saves the view in front of somebody. Works without scripts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "oversight/save_view.html")]
pub struct SaveView {
    /// Where it goes.
    pub action: String,
    /// The page and its choices.
    pub hidden: Vec<(String, String)>,
    /// The name, and how it is kept.
    pub fields: Vec<Field>,
    /// All saved views.
    pub list: Link,
}

/// One saved view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ViewLine {
    /// Its name; leads to it.
    pub link: Link,
    /// "Số liệu toàn tỉnh, năm 2020, theo tổ chức ngày 01/07/2021".
    pub what: String,
    /// "giữ nguyên như hết ngày 15/06/2020".
    pub kept: String,
    /// "bạn lưu ngày 15/06/2020, dùng chung".
    pub whose: String,
    /// Where the owner changes it; nowhere for others.
    pub change: Option<Link>,
}

/// All of them.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/views.html")]
pub struct ViewsPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// What cannot be taken of a form that was sent.
    pub errors: ErrorSummary,
    /// The form that was sent, with what was typed.
    pub again: Option<SaveView>,
    /// Where what was just taken away is brought back.
    pub undo: Option<String>,
    /// The own ones.
    pub own: Vec<ViewLine>,
    /// What others share.
    pub shared: Vec<ViewLine>,
}

impl ViewsPage {
    fn empty(&self) -> Empty {
        Empty {
            title: "Bạn chưa lưu cách xem nào.".into(),
            text: "Mở trang số liệu, chọn năm, cơ cấu, ngày, rồi mở mục “Lưu cách xem này”.".into(),
            links: vec![Link::new("Mở số liệu toàn tỉnh", "/giam-sat")],
        }
    }
}

impl Page for ViewsPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}

/// One that its owner changes.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/view.html")]
pub struct ViewPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// All saved views.
    pub list: Link,
    /// Its name so far.
    pub title: String,
    /// What it shows.
    pub what: String,
    /// Living or fixed.
    pub state: State,
    /// Where the form goes.
    pub action: String,
    /// Where it is taken away.
    pub remove: String,
    /// What cannot be taken.
    pub errors: ErrorSummary,
    /// The name, and who may open it.
    pub fields: Vec<Field>,
}

impl Page for ViewPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}

prints_itself!(SaveView);
