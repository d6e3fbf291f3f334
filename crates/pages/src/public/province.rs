//! The province's front page: search first, new law, the agencies by kind, the year in figures.

use askama::Template;

use crate::frame::Frame;
use crate::part::{Empty, ItemRow, LawRow};
use crate::{CachePolicy, Page};

/// The province's front page.
#[derive(Debug, Clone, Template)]
#[template(path = "public/province.html")]
pub struct ProvinceFront {
    /// Surroundings.
    pub frame: Frame,
    /// The promise in one sentence: "Tìm luật và cơ quan giải quyết ở Kon Tum".
    pub heading: String,
    /// For search engines.
    pub description: String,
    /// New law by first day in force.
    pub laws: Vec<LawRow>,
    /// Newest items over all agencies.
    pub items: Vec<ItemRow>,
    /// Agencies by kind, each list in Vietnamese order.
    pub groups: Vec<AgencyGroup>,
    /// The year in figures, once there are any.
    pub year: Option<Year>,
}

/// Agencies of one kind.
#[derive(Debug, Clone)]
pub struct AgencyGroup {
    /// "Sở, ban, ngành của tỉnh".
    pub label: String,
    /// The agencies.
    pub agencies: Vec<AgencyLink>,
}

/// One agency.
#[derive(Debug, Clone)]
pub struct AgencyLink {
    /// The name a person uses: "Sở Tư pháp".
    pub name: String,
    /// Its section.
    pub href: String,
    /// Its accent.
    pub accent: String,
}

/// The year in figures.
#[derive(Debug, Clone)]
pub struct Year {
    /// "Năm 2020".
    pub heading: String,
    /// Until when, and from what the figures are counted.
    pub note: String,
    /// The figures.
    pub figures: Vec<Figure>,
}

/// One figure.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What is counted.
    pub label: String,
    /// "4.024".
    pub value: String,
    /// "cuộc", "lượt người".
    pub unit: String,
}

impl ProvinceFront {
    fn agency_count(&self) -> usize {
        self.groups.iter().map(|group| group.agencies.len()).sum()
    }

    fn search_label(&self) -> &'static str {
        "Bạn cần biết điều gì?"
    }

    fn typed(&self) -> &'static str {
        ""
    }

    fn example(&self) -> &'static str {
        "đất chưa có sổ"
    }

    fn no_laws(&self) -> Empty {
        Empty {
            title: "Chưa có bài giới thiệu luật mới.".into(),
            text: "Bài sẽ hiện ở đây khi cơ quan đầu tiên công bố.".into(),
            links: vec![],
        }
    }

    fn no_items(&self) -> Empty {
        Empty {
            title: "Chưa có bài nào được công bố.".into(),
            text: "Chọn một cơ quan ở dưới để đọc giới thiệu.".into(),
            links: vec![],
        }
    }
}

impl Page for ProvinceFront {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}
