//! What surrounds every public page: who speaks, the way around, and where links lead under this mount.

use crate::assets;
use crate::linked::LinkedData;
use crate::part::Link;

/// Who speaks on a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Speaker {
    /// In full: "Sở Tư pháp tỉnh Kon Tum".
    pub official: String,
    /// In lists and crumbs: "Sở Tư pháp".
    pub short: String,
    /// The kind line: "Cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh Kon Tum".
    pub line: String,
    /// Under the name in the masthead.
    pub strap: String,
}

/// Facts of the foot. What is not known is not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Footer {
    /// Chịu trách nhiệm chính (Nghị định về trang thông tin điện tử của cơ quan nhà nước).
    pub responsible: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// The agency's own site.
    pub website: Option<String>,
}

impl Footer {
    /// Whether there is any way to reach the agency.
    #[must_use]
    pub fn is_known(&self) -> bool {
        [&self.address, &self.phone, &self.email, &self.website]
            .into_iter()
            .any(Option::is_some)
    }
}

/// One entry of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavEntry {
    /// The word.
    pub label: String,
    /// Mount-relative path, as for [`Frame::link`].
    pub path: String,
}

/// The surroundings of a public page. Build it with [`Frame::section`] or [`Frame::province`], then set what is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// Link prefix without a trailing slash: "", "/so-tu-phap", "/phap-luat", "/k/…".
    pub mount: String,
    /// Address of the origin that serves the assets, or the prefix of a proxied mount: mostly "".
    pub assets: String,
    /// The one address of this page, absolute.
    pub canonical: String,
    /// Where this page stands first word for word, absolute: search engines are sent there, and everything else says [`Frame::canonical`].
    pub copy_of: Option<String>,
    /// One of the twelve accents.
    pub accent: String,
    /// Who speaks.
    pub speaker: Speaker,
    /// Navigation, in order.
    pub nav: Vec<NavEntry>,
    /// Mount-relative path of the entry where this page belongs.
    pub current: Option<String>,
    /// Facts of the foot.
    pub footer: Footer,
    /// The province's front page, on a section.
    pub province: Option<Link>,
    /// Where staff sign in (absolute).
    pub sign_in: Option<String>,
    /// The page shows example data.
    pub demo_notice: bool,
    /// Inside another site: the same content without furniture.
    pub embed: bool,
    /// Readings of the page are counted: a small script of our own reports them.
    pub counted: bool,
    /// Gold hairline under the band: the province's own pages.
    pub gold: bool,
    /// The day on which the page was made, dd/mm/yyyy: what a kept copy says of its age. Nothing where it is not said.
    pub as_of: String,
    /// Where programs learn how to embed this page (oEmbed), absolute.
    pub oembed: Option<String>,
    /// What to tell the webmaster of the page around this frame: the key was replaced.
    pub key_notice: Option<String>,
    /// Only looked at, on the desk: what it leads to opens beside it.
    pub preview: bool,
    /// The picture of the page in other people's messages: what it shows, and where it is (absolute).
    pub card: Option<Link>,
    /// What the page says of itself to programs.
    pub linked: Option<LinkedData>,
}

impl Frame {
    /// The surroundings of an agency's section.
    #[must_use]
    pub fn section(
        mount: impl Into<String>,
        canonical: impl Into<String>,
        accent: &str,
        speaker: Speaker,
    ) -> Self {
        let nav = [
            ("Luật mới", "loai/van-ban-moi"),
            ("Tin, bài", "loai/tin"),
            ("Tờ gấp", "loai/to-gap"),
            ("Giới thiệu", "gioi-thieu"),
            ("Liên hệ", "lien-he"),
        ];
        Self::of(mount.into(), canonical.into(), accent, speaker, &nav)
    }

    /// The surroundings of the province's pages.
    #[must_use]
    pub fn province(
        mount: impl Into<String>,
        canonical: impl Into<String>,
        accent: &str,
        speaker: Speaker,
    ) -> Self {
        let nav = [
            ("Luật mới", "#luat-moi"),
            ("Cơ quan", "#co-quan"),
            ("Bài mới", "#bai-moi"),
            ("Số liệu", "so-lieu"),
            ("Tìm kiếm", "tim-kiem"),
        ];
        Self {
            gold: true,
            ..Self::of(mount.into(), canonical.into(), accent, speaker, &nav)
        }
    }

    fn of(mount: String, canonical: String, accent: &str, speaker: Speaker, nav: &[(&str, &str)]) -> Self {
        let nav = nav
            .iter()
            .map(|(label, path)| NavEntry {
                label: (*label).into(),
                path: (*path).into(),
            })
            .collect();
        Self {
            mount,
            canonical,
            accent: accent.into(),
            speaker,
            nav,
            ..Self::default()
        }
    }

    /// The entry of the navigation that this page belongs to.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        self.current = Some(path.to_owned());
        self
    }

    /// An address inside this mount: `link("bai/0k3…-ten-bai")`; `link("")` is its first page.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}/{path}", self.mount)
    }

    /// The address that search engines should find.
    #[must_use]
    pub fn found_at(&self) -> &str {
        self.copy_of.as_deref().unwrap_or(&self.canonical)
    }

    /// The address of an asset.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        format!("{}{}", self.assets, assets::asset(name))
    }

    /// Whether a link leads out of a frame: other pages let nobody frame them, so it has to open beside the agency's page.
    #[must_use]
    pub fn leaves(&self, href: &str) -> bool {
        self.embed && is_elsewhere(href)
    }

    /// Whether a navigation entry is the current one.
    #[must_use]
    pub fn is_current(&self, entry: &NavEntry) -> bool {
        self.current.as_ref() == Some(&entry.path)
    }
}

/// Whether an address is absolute: in a frame, of another page than the section's under the key.
pub(crate) fn is_elsewhere(href: &str) -> bool {
    href.starts_with("https://") || href.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_follow_the_mount() {
        for (mount, home, item) in [
            ("", "/", "/bai/7h3q-a"),
            ("/so-tu-phap", "/so-tu-phap/", "/so-tu-phap/bai/7h3q-a"),
            ("/k/9v4d", "/k/9v4d/", "/k/9v4d/bai/7h3q-a"),
        ] {
            let frame = Frame::section(mount, "https://vi-du.vn/", "cham", Speaker::default());
            assert_eq!(
                (frame.link(""), frame.link("bai/7h3q-a")),
                (home.into(), item.into())
            );
        }
    }
}
