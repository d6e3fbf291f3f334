//! Figures that the province made public: all of them, and one with its plot, the same figures behind it, and the ways to take it along.

use askama::Template;

use crate::frame::Frame;
use crate::part::{Empty, Link};
use crate::{CachePolicy, Page};

/// One figure in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureCard {
    /// What it is called.
    pub title: String,
    /// Its page.
    pub href: String,
    /// "4.024"; "không nêu" where it is too small.
    pub total: String,
    /// "cuộc".
    pub unit: String,
    /// "năm 2020, đến hết ngày 12/11/2020".
    pub period: String,
}

/// All of them.
#[derive(Debug, Clone, Template)]
#[template(path = "public/figures.html")]
pub struct PublicFigures {
    /// Surroundings.
    pub frame: Frame,
    /// The figures, newest first.
    pub figures: Vec<FigureCard>,
}

impl PublicFigures {
    fn crumbs(&self) -> Vec<Link> {
        vec![Link::new("Số liệu công khai", "")]
    }

    fn nothing(&self) -> Empty {
        Empty {
            title: "Tỉnh chưa công khai số liệu nào.".into(),
            text: "Số liệu hiện ở đây khi tỉnh chọn và duyệt công khai.".into(),
            links: vec![Link::new("Về trang đầu", self.frame.link(""))],
        }
    }
}

impl Page for PublicFigures {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}

/// One line of a plot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureBar {
    /// "Tháng 5", "Sở Y tế".
    pub label: String,
    /// "12"; "không nêu" where it is too small.
    pub value: String,
    /// Of 100; nothing where it is not told.
    pub width: i64,
}

/// Lines on one scale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureBars {
    /// The kind of the agencies; empty for months.
    pub name: String,
    /// The lines.
    pub bars: Vec<FigureBar>,
}

/// One figure.
#[derive(Debug, Clone, Template)]
#[template(path = "public/figure.html")]
pub struct PublicFigurePage {
    /// Surroundings.
    pub frame: Frame,
    /// What it is called.
    pub title: String,
    /// The sum.
    pub total: String,
    /// "cuộc".
    pub unit: String,
    /// "Toàn tỉnh, năm 2020, đến hết ngày 12/11/2020".
    pub period: String,
    /// A word beside it; may be empty.
    pub note: String,
    /// What exactly is counted.
    pub definition: String,
    /// What the lines are: "Tháng" or "Cơ quan".
    pub lines_are: String,
    /// The lines.
    pub groups: Vec<FigureBars>,
    /// Small numbers were left out.
    pub hides: bool,
    /// "Vẽ lại lúc 9 giờ 41 ngày 12/11/2020".
    pub drawn: String,
    /// Who publishes it: "Tỉnh Kon Tum".
    pub speaker: String,
    /// All figures, and the same one as files; none in a frame.
    pub links: Vec<Link>,
    /// What a webmaster pastes; empty in a frame.
    pub snippet: String,
}

impl PublicFigurePage {
    fn crumbs(&self) -> Vec<Link> {
        vec![
            Link::new("Số liệu công khai", self.frame.link("so-lieu")),
            Link::new(&self.title, ""),
        ]
    }
}

impl Page for PublicFigurePage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}

/// The frame of one figure (SECURITY 5.6): the webmaster puts the key of their own site in.
#[must_use]
pub fn snippet(embed_origin: &str, figure: &str, title: &str) -> String {
    let title = title
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;");
    format!(
        "<iframe src=\"{embed_origin}/k/KHÓA-NHÚNG/so-lieu/{figure}\" title=\"{title}\" loading=\"lazy\" \
         referrerpolicy=\"strict-origin\" sandbox=\"allow-scripts allow-forms allow-same-origin allow-popups \
         allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation\" width=\"100%\" height=\"640\"></iframe>"
    )
}
