//! The section inside the agency's own website: sites with their keys, what to paste for which kind of site, keys that were replaced.

mod places;
mod recipe;
mod server;
mod snippet;
mod way;

use askama::Template;

use super::DeskFrame;
use crate::form::{Choice, ErrorSummary, Field};
use crate::part::{Empty, State, Tone};
use crate::{CachePolicy, Page};

pub use places::{Found, Looked, PlaceRow, PlacesPage, place_fields};
pub use recipe::steps;
pub use snippet::{Parts, frame, loader, pinned, snippet};
pub use way::{Chosen, Host, Shown, Way};

/// A site that embeds the section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Origins that may frame it.
    pub origins: Vec<String>,
    /// Whether it is in use.
    pub open: bool,
}

impl Site {
    /// In use or not, as a state.
    #[must_use]
    pub fn state(&self) -> State {
        if self.open {
            State::new(Tone::Ok, "đang cho nhúng")
        } else {
            State::new(Tone::Late, "đã ngừng")
        }
    }
}

/// All sites of an agency, and a form for another.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/embeds.html")]
pub struct Sites {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The sites.
    pub sites: Vec<Site>,
    /// Where a new one goes.
    pub action: String,
    /// The reader may add.
    pub may_change: bool,
    /// Its name.
    pub name: Field,
    /// Its origins.
    pub origins: Field,
}

impl Sites {
    fn errors(&self) -> ErrorSummary {
        ErrorSummary::of("Chưa thêm được", [&self.name, &self.origins])
    }

    fn empty(&self) -> Empty {
        Empty {
            title: "Chưa có trang nào nhúng chuyên mục.".into(),
            text: "Thêm một trang để lấy mã dán. Mã dùng mãi, kể cả khi cơ quan đổi tên hay sáp nhập.".into(),
            links: Vec::new(),
        }
    }
}

/// What a webmaster chooses, and what is to be pasted then.
#[derive(Debug, Clone, Default)]
pub struct Configured {
    /// What the site runs on, what to show, how, of which kind, how many, which item, how high.
    pub choices: Vec<Field>,
    /// What the way gives and takes.
    pub gives: &'static str,
    /// What is pasted.
    pub snippet: String,
    /// What the web server needs besides.
    pub beside: Option<String>,
    /// The loader as it is today, with its integrity; only where there is a loader.
    pub pinned: Option<String>,
    /// Where to paste it.
    pub steps: Vec<&'static str>,
    /// A look at it: a page of the desk, for a frame.
    pub preview: String,
    /// The same in a window of its own.
    pub window: String,
    /// Its height in CSS pixels.
    pub height: u32,
}

/// A key that another took the place of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormerKey {
    /// The key.
    pub key: String,
    /// Since when there is another, dd/mm/yyyy.
    pub since: String,
    /// Until when it holds, dd/mm/yyyy; nothing: for ever.
    pub until: Option<String>,
    /// It still shows the section.
    pub holds: bool,
}

/// One site: what to paste, a look at it, its origins, its keys.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/embed.html")]
pub struct SitePage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The site.
    pub site: Site,
    /// What is pasted.
    pub configured: Configured,
    /// All sites.
    pub back: String,
    /// Where the form goes.
    pub action: String,
    /// The register of its pages.
    pub places: String,
    /// The reader may change.
    pub may_change: bool,
    /// Its name.
    pub name: Field,
    /// Its origins.
    pub origins: Field,
    /// In use or not.
    pub open: Field,
    /// Keys of before.
    pub former: Vec<FormerKey>,
    /// For how long the present key still holds when another takes its place.
    pub overlap: Field,
}

impl SitePage {
    fn errors(&self) -> ErrorSummary {
        ErrorSummary::of("Chưa lưu được", [&self.name, &self.origins, &self.overlap])
    }
}

/// The word for "for ever" among the overlaps.
pub const FOR_EVER: &str = "mai";

/// For how long a key that was replaced still holds; `days`: what may be chosen, 0 is at once.
#[must_use]
pub fn overlap_field(days: &[i64]) -> Field {
    let choice = |value: String, label: String, chosen| Choice {
        value,
        label,
        hint: String::new(),
        chosen,
    };
    let mut choices: Vec<Choice> = days
        .iter()
        .map(|days| {
            let label = if *days == 0 {
                "Ngừng ngay".to_owned()
            } else {
                format!("{days} ngày")
            };
            choice(days.to_string(), label, *days == 90)
        })
        .collect();
    choices.push(choice(FOR_EVER.into(), "Không thời hạn".into(), false));
    Field::select("overlap", "Mã cũ còn dùng được", choices)
}

/// Name and origins of a site, filled.
#[must_use]
pub fn fields(name: &str, origins: &str) -> (Field, Field) {
    let site = Field {
        longest: 120,
        ..Field::text("site", "Tên trang")
    };
    let list = Field::area("origins", "Tên miền được phép nhúng", 4);
    (
        site.with_hint("Để phân biệt, ví dụ: Cổng thông tin của Sở.").with_value(name),
        list.with_hint("Mỗi dòng một địa chỉ, ví dụ https://sotuphap.kontum.gov.vn. Chỉ các trang này hiện được chuyên mục.")
            .with_value(origins),
    )
}

/// Whether a site is in use.
#[must_use]
pub fn open_field(open: bool) -> Field {
    let choice = |value: &str, label: &str, hint: &str, chosen| Choice {
        value: value.into(),
        label: label.into(),
        hint: hint.into(),
        chosen,
    };
    Field::radios(
        "open",
        "Tình trạng",
        vec![
            choice("1", "Đang cho nhúng", "", open),
            choice(
                "0",
                "Ngừng",
                "Khung trên trang kia đổi thành lời giải thích. Bật lại lúc nào cũng được.",
                !open,
            ),
        ],
    )
}

super::never_kept!(Sites, SitePage);
