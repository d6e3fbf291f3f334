//! All audit chains, verified: when, how many, and what is broken.

use askama::Template;

use crate::desk::DeskFrame;
use crate::part::State;
use crate::{CachePolicy, Page};

/// One chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainRow {
    /// Whose.
    pub name: String,
    /// Where its entries are read; empty where the reader may not.
    pub href: String,
    /// Entries verified.
    pub entries: String,
    /// The last hash.
    pub hash: String,
    /// Whole, or how it is broken.
    pub state: State,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/verification.html")]
pub struct VerificationPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Nothing is broken.
    pub whole: bool,
    /// "Kiểm lại toàn bộ 14.208 mục của 48 chuỗi lúc 9 giờ 41 ngày 12/11/2020."
    pub sentence: String,
    /// The chains; broken ones first.
    pub chains: Vec<ChainRow>,
    /// Where the checkpoint file is fetched.
    pub checkpoint: String,
}

impl VerificationPage {
    fn state(&self) -> State {
        use crate::part::Tone;
        if self.whole {
            State::new(Tone::Ok, "Liền mạch")
        } else {
            State::new(Tone::Late, "Có chuỗi bị đứt")
        }
    }
}

impl Page for VerificationPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
