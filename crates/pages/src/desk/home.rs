//! Where a person begins: the choice of a place to work, and what waits there.

use askama::Template;

use super::DeskFrame;
use crate::part::{Empty, State};
use crate::{CachePolicy, Page};

/// One place where a person has roles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkPlace {
    /// "Sở Tư pháp", "Toàn tỉnh Kon Tum".
    pub name: String,
    /// Its desk.
    pub href: String,
    /// Roles held there, in words.
    pub roles: String,
    /// Set where the section rests.
    pub state: Option<State>,
}

/// The choice of a place to work.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/chooser.html")]
pub struct Chooser {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Places, the province first.
    pub places: Vec<WorkPlace>,
    /// Shown where there is none.
    pub empty: Empty,
}

/// One thing that waits for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// "Duyệt bài".
    pub kind: String,
    /// What.
    pub title: String,
    /// Where it is done.
    pub href: String,
    /// Who, when.
    pub detail: String,
    /// How it stands.
    pub state: State,
}

/// What waits for a person in one agency.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/home.html")]
pub struct Home {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Today, and how much waits: "Thứ Năm, 12/11/2020 · 3 việc chờ bạn".
    pub today: String,
    /// Waits for this person.
    pub waiting: Vec<Task>,
    /// The person's own, on its way at others.
    pub on_the_way: Vec<Task>,
    /// Shown where nothing waits.
    pub empty: Empty,
}

super::never_kept!(Chooser, Home);
