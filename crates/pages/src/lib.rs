//! Pages as values: askama structs, templates, texts, cache policy. No I/O.
//!
//! # How to add a page
//!
//! 1. A struct of plain values in `src/<area>/<noun>.rs` (`public`, `sign_in`, `desk`): what the page shows, already decided
//!    and formatted. Its `frame` field is a [`Frame`] (public) or a [`desk::DeskFrame`] (signed in).
//! 2. `templates/<area>/<noun>.html`, at most 100 lines: `{% extends "base.html" %}` (or `"desk/base.html"`), then the blocks
//!    `title`, `main`, and where it helps `crumbs`, `head`. One `<h1>`. Links through `frame.link("bai/…")`, never by hand, so
//!    that every mount works; assets through `frame.asset("page.css")`. No `style=`, no script: the CSP forbids both.
//! 3. [`Page::cache`] says who may keep it.
//! 4. A sample with everything and one with nothing in `src/samples.rs`. The guard there reads each sample as a visitor would:
//!    language, one heading, no empty link, alternative texts, no word of ours on the screen.
//! 5. Look at it: `cargo run -p pbgdpl-pages --features samples --example preview -- DIR`, then open `DIR/*.html` at 390 and 1280 px.
//!
//! # What to reuse
//!
//! Parts are values that print themselves, `{{ part }}` without a filter: [`part::Pager`], [`part::Empty`], [`part::State`],
//! [`part::Notice`], [`part::Steps`], [`part::Table`], [`form::Field`], [`form::ErrorSummary`], [`form::Buttons`], and [`icon::icon`].
//! A form: build its fields in Rust ([`form::Field::text`] …), give each its value and, after a refusal, its error; then
//! [`form::ErrorSummary::of`] over the same fields makes the list of links at the head of the page.

pub mod assets;
pub mod bare;
pub mod card;
pub mod desk;
pub mod feed;
pub mod form;
pub mod frame;
pub mod icon;
pub mod linked;
pub mod oai;
pub mod open_data;
pub mod outline;
pub mod oversight;
pub mod pack;
pub mod paper;
pub mod part;
pub mod pdf;
pub mod province;
pub mod public;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
pub mod sign_in;
pub mod word;
pub mod workbook;
mod xml;

pub use bare::Bare;
pub use frame::Frame;
pub use icon::icon;

/// Who may keep a page, and for how long (DESIGN.md 4.5). There is no default: each page says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// The same for everybody: kept per node by generation, and by shared caches for seconds.
    Public,
    /// Never changes under this address (its name carries a hash of its bytes).
    Immutable,
    /// Made for one person or one moment: `no-store`.
    Never,
}

/// A page: renders itself and says who may keep it.
pub trait Page: askama::Template {
    /// Who may keep it.
    fn cache(&self) -> CachePolicy;
}
