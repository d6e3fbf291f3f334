//! What a check of a cell came to.

/// What is asked of every cell, in the order of the table's columns.
pub const CHECKS: [Check; 13] = [
    Check::Shown,
    Check::Grow,
    Check::Shrink,
    Check::Anchor,
    Check::History,
    Check::DeepLink,
    Check::Print,
    Check::Zoom,
    Check::Keyboard,
    Check::Names,
    Check::Console,
    Check::Requests,
    Check::Cookies,
];

/// One question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The section is there, with links to its items.
    Shown,
    /// The frame becomes as high as a long item.
    Grow,
    /// And lower again with a short page.
    Shrink,
    /// A link of an item's contents brings its heading into the window.
    Anchor,
    /// Back leads to the list, and the host's page stays.
    History,
    /// The address that a reader copies opens the same item.
    DeepLink,
    /// On paper, the last words of the item are there.
    Print,
    /// At 400 % nothing has to be scrolled sideways.
    Zoom,
    /// Tab leads in, is seen there, and leads out again.
    Keyboard,
    /// What a screen reader is told: names, landmarks, language.
    Names,
    /// No error in the console.
    Console,
    /// Nothing is fetched from anybody but the host and the service.
    Requests,
    /// Nobody keeps a cookie.
    Cookies,
}

impl Check {
    /// The head of its column.
    pub fn title(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Grow => "grow",
            Self::Shrink => "shrink",
            Self::Anchor => "anchor",
            Self::History => "history",
            Self::DeepLink => "deep link",
            Self::Print => "print",
            Self::Zoom => "zoom 400 %",
            Self::Keyboard => "keyboard",
            Self::Names => "names",
            Self::Console => "console",
            Self::Requests => "requests",
            Self::Cookies => "cookies",
        }
    }
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It does not, and why.
    Fails(String),
    /// The rung does not promise it.
    NotPromised,
    /// The engine's driver cannot tell.
    NotAsked,
}

impl Outcome {
    /// Its mark in the table.
    pub fn mark(&self) -> &'static str {
        match self {
            Self::Holds => "✓",
            Self::Fails(_) => "✗",
            Self::NotPromised => "–",
            Self::NotAsked => "·",
        }
    }
}

impl From<anyhow::Result<bool>> for Outcome {
    /// True: holds; false: not promised.
    fn from(done: anyhow::Result<bool>) -> Self {
        match done {
            Ok(true) => Self::Holds,
            Ok(false) => Self::NotPromised,
            Err(error) => Self::Fails(format!("{error:#}")),
        }
    }
}
