//! The section inside the agency's own website: sites with their keys, and the snippet to paste.

use askama::Template;

use super::DeskFrame;
use crate::form::{Choice, ErrorSummary, Field};
use crate::part::{Empty, State, Tone};
use crate::{CachePolicy, Page};

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

/// One site: the snippet, a look at it, its origins.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/embed.html")]
pub struct SitePage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The site.
    pub site: Site,
    /// What the webmaster pastes, as [`snippet`] makes it.
    pub snippet: String,
    /// One line more: the loader, always the newest.
    pub script: String,
    /// The same loader as it is today, with its integrity.
    pub pinned: String,
    /// The section as the frame shows it.
    pub preview: String,
    /// All sites.
    pub back: String,
    /// Where the form goes.
    pub action: String,
    /// The reader may change.
    pub may_change: bool,
    /// Its name.
    pub name: Field,
    /// Its origins.
    pub origins: Field,
    /// In use or not.
    pub open: Field,
}

impl SitePage {
    fn errors(&self) -> ErrorSummary {
        ErrorSummary::of("Chưa lưu được", [&self.name, &self.origins])
    }
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

/// The frame that works alone, at a fixed height (SECURITY 5.6).
#[must_use]
pub fn snippet(embed_origin: &str, key: &str, title: &str) -> String {
    let title = title
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;");
    format!(
        "<iframe src=\"{embed_origin}/k/{key}/\" title=\"{title}\" loading=\"lazy\" referrerpolicy=\"strict-origin\" \
         sandbox=\"allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox \
         allow-top-navigation-by-user-activation\" width=\"100%\" height=\"900\"></iframe>"
    )
}

/// The loader that gives the frame its height and follows deep links.
#[must_use]
pub fn loader(embed_origin: &str) -> String {
    format!("<script src=\"{embed_origin}/nhung.js\" async></script>")
}

/// The same with its integrity: for sites that let in no script that could change (SRI). It stays as it is today.
#[must_use]
pub fn pinned(embed_origin: &str, file: &str, integrity: &str) -> String {
    format!(
        "<script src=\"{embed_origin}/{file}\" integrity=\"{integrity}\" crossorigin=\"anonymous\" async></script>"
    )
}

super::never_kept!(Sites, SitePage);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_snippet_is_the_one_the_specification_gives() {
        let expected = "<iframe src=\"https://nhung.example/k/0123/\" title=\"Chuyên mục &quot;A&quot;\" loading=\"lazy\" \
            referrerpolicy=\"strict-origin\" sandbox=\"allow-scripts allow-forms allow-same-origin allow-popups \
            allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation\" width=\"100%\" height=\"900\"></iframe>";
        assert_eq!(
            snippet("https://nhung.example", "0123", "Chuyên mục \"A\""),
            expected
        );
    }
}
