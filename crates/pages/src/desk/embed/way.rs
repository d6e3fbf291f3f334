//! The ladder: ways to bring a section into an agency's page, from a link to the agency's own name; which fits what an agency's site runs on.

/// What an agency's site runs on (the kinds that stand in Vietnam: DOMAIN 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// Pages written by hand, or an editor that takes any HTML.
    Html,
    /// WordPress.
    WordPress,
    /// SharePoint.
    SharePoint,
    /// DNN (DotNetNuke).
    Dnn,
    /// Liferay.
    Liferay,
    /// NukeViet, or other sites in PHP.
    NukeViet,
    /// Portals of the VNPT kind, whose editor strips scripts.
    Portal,
    /// Drupal, Joomla.
    Drupal,
    /// The web server is the agency's to configure: nginx, Apache, IIS.
    Server,
    /// Nothing may be pasted but a link.
    Locked,
}

/// How the section gets into the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A link or an entry of the menu.
    Link,
    /// A frame of fixed height; no script.
    Frame,
    /// The frame with our loader: height, deep links, anchors, print.
    Loader,
    /// The loader's own element.
    Element,
    /// A piece of HTML that the server takes into its page.
    Include,
    /// The same by PHP, with the last good copy kept.
    Php,
    /// The whole section under a path of the agency's site.
    Mount,
    /// Files to be copied there every night.
    Pack,
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The whole section.
    Section,
    /// The newest items.
    List,
    /// One item.
    Item,
    /// A field to search in.
    Search,
}

/// What stands in a list of choices: its word in addresses, and what is read.
pub trait Chosen: Copy + PartialEq + 'static {
    /// In the order of the screen.
    const ALL: &'static [Self];
    /// Where nothing was chosen.
    const USUAL: Self;
    /// The word in addresses.
    fn word(self) -> &'static str;
    /// What is read.
    fn label(self) -> &'static str;

    /// The one of that word, else the usual one.
    #[must_use]
    fn of(word: &str) -> Self {
        let found = Self::ALL.iter().copied().find(|one| one.word() == word);
        found.unwrap_or(Self::USUAL)
    }
}

impl Chosen for Host {
    const USUAL: Self = Self::Html;
    const ALL: &'static [Self] = &[
        Self::Html,
        Self::WordPress,
        Self::SharePoint,
        Self::Dnn,
        Self::Liferay,
        Self::NukeViet,
        Self::Portal,
        Self::Drupal,
        Self::Server,
        Self::Locked,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::WordPress => "wordpress",
            Self::SharePoint => "sharepoint",
            Self::Dnn => "dnn",
            Self::Liferay => "liferay",
            Self::NukeViet => "nukeviet",
            Self::Portal => "cong",
            Self::Drupal => "drupal",
            Self::Server => "may-chu",
            Self::Locked => "khoa",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Html => "Trang HTML, hoặc chưa rõ",
            Self::WordPress => "WordPress",
            Self::SharePoint => "SharePoint",
            Self::Dnn => "DNN (DotNetNuke)",
            Self::Liferay => "Liferay",
            Self::NukeViet => "NukeViet, trang viết bằng PHP",
            Self::Portal => "Cổng thông tin dựng sẵn (VNPT và tương tự)",
            Self::Drupal => "Drupal, Joomla",
            Self::Server => "Máy chủ do cơ quan tự quản (nginx, Apache, IIS)",
            Self::Locked => "Trang chỉ cho đặt liên kết",
        }
    }
}

impl Chosen for Way {
    const USUAL: Self = Self::Loader;
    const ALL: &'static [Self] = &[
        Self::Loader,
        Self::Frame,
        Self::Element,
        Self::Include,
        Self::Php,
        Self::Mount,
        Self::Link,
        Self::Pack,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Link => "lien-ket",
            Self::Frame => "khung",
            Self::Loader => "khung-tu-cao",
            Self::Element => "the-rieng",
            Self::Include => "manh",
            Self::Php => "manh-php",
            Self::Mount => "duong-dan",
            Self::Pack => "goi",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Link => "Liên kết",
            Self::Frame => "Khung, chiều cao cố định",
            Self::Loader => "Khung tự chỉnh chiều cao",
            Self::Element => "Thẻ riêng",
            Self::Include => "Mảnh HTML do máy chủ ghép",
            Self::Php => "Mảnh HTML ghép bằng PHP",
            Self::Mount => "Cả chuyên mục dưới một đường dẫn của trang",
            Self::Pack => "Gói tệp chép hằng đêm",
        }
    }
}

impl Chosen for Shown {
    const USUAL: Self = Self::Section;
    const ALL: &'static [Self] = &[Self::Section, Self::List, Self::Item, Self::Search];

    fn word(self) -> &'static str {
        match self {
            Self::Section => "chuyen-muc",
            Self::List => "danh-sach",
            Self::Item => "bai",
            Self::Search => "tim-kiem",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Section => "Cả chuyên mục",
            Self::List => "Danh sách bài mới",
            Self::Item => "Một bài",
            Self::Search => "Ô tìm kiếm",
        }
    }
}

impl Host {
    /// The way that serves such a site best.
    #[must_use]
    pub const fn best(self) -> Way {
        match self {
            Self::Html | Self::Drupal | Self::Dnn | Self::Liferay => Way::Loader,
            Self::WordPress | Self::SharePoint | Self::Portal => Way::Frame,
            Self::NukeViet => Way::Php,
            Self::Server => Way::Mount,
            Self::Locked => Way::Link,
        }
    }
}

impl Way {
    /// What the way gives and takes, in one line.
    #[must_use]
    pub const fn gives(self) -> &'static str {
        match self {
            Self::Link => "Đặt được ở mọi nơi, kể cả trên trình đơn. Người đọc sang trang của chuyên mục.",
            Self::Frame => "Không cần mã kịch bản. Nội dung dài hơn khung thì cuộn bên trong.",
            Self::Loader => {
                "Khung cao đúng bằng nội dung; địa chỉ của trang nhớ bài đang đọc; nút quay lại, liên kết trong bài và in đều đúng."
            }
            Self::Element => "Như khung tự chỉnh chiều cao, viết gọn trong một thẻ.",
            Self::Include => {
                "Nội dung nằm trong chính trang của cơ quan: đọc được khi tắt mã kịch bản, máy tìm kiếm thấy."
            }
            Self::Php => "Như mảnh HTML; giữ bản tốt gần nhất khi đường truyền đứt.",
            Self::Mount => "Người đọc ở lại tên miền của cơ quan; bản đã tải vẫn hiện khi hệ thống ngừng.",
            Self::Pack => {
                "Cho máy chủ không gọi ra ngoài được: 100 bài mới nhất, chỉ đọc; tìm kiếm mở trang của hệ thống."
            }
        }
    }

    /// Whether this can be brought in that way.
    #[must_use]
    pub const fn shows(self, shown: Shown) -> bool {
        match self {
            Self::Mount | Self::Pack => matches!(shown, Shown::Section),
            Self::Include | Self::Php => !matches!(shown, Shown::Search),
            Self::Link | Self::Frame | Self::Loader | Self::Element => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_way_of_every_host_shows_a_section() {
        for host in Host::ALL {
            assert!(host.best().shows(Shown::Section), "{host:?}");
            assert_eq!(Host::of(host.word()), *host);
        }
        for way in Way::ALL {
            assert_eq!(Way::of(way.word()), *way);
        }
        assert_eq!(Shown::of("la"), Shown::Section);
    }
}
