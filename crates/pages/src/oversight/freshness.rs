//! As of when the figures of a block are; said on each block, loudly where nobody copies them any more (DSH-08).

use askama::Template;

use crate::part::prints_itself;

/// The line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(
    source = r#"<p class="small fresh">{% if stopped %}<span class="st late">Số liệu cũ</span> {% endif %}{{ words }}</p>"#,
    ext = "html"
)]
pub struct Freshness {
    /// "Số liệu đến 14 giờ 05 ngày 12/11/2020; còn 3 ngày sổ chờ cộng".
    pub words: String,
    /// Days wait and nobody copies them: the block is shown grey.
    pub stopped: bool,
}

impl Freshness {
    /// The class of the block.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        if self.stopped { "stale" } else { "" }
    }
}

prints_itself!(Freshness);
