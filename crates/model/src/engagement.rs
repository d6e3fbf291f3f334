//! Engaged use (N-16): pages of sections that were really seen and read or used. Counted by day, never by person.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::closed_list::closed_lists;
use crate::id::ArticleId;
use crate::policy::UnknownWord;

mod people;
mod robot;

pub use people::{People, Unreadable};
pub use robot::is_robot;

/// Longest path that a page may say it stands under, in bytes.
pub const LONGEST_PATH: usize = 512;
/// Sketches are kept so many days; afterwards only the estimate stays.
pub const SKETCH_DAYS: i64 = 35;
/// More views than this of one mark in one agency within one minute are no reading.
pub const MOST_A_MINUTE: u64 = 60;

closed_lists! {
    /// How the reader reached the section.
    Channel {
        /// Under the province's host.
        Path = "path", "Trang của tỉnh";
        /// Under the agency's own host.
        Host = "host", "Tên miền riêng";
        /// Under a path of the agency's site, by a proxy.
        Mount = "mount", "Đường dẫn trong trang của cơ quan";
        /// In a frame of another site.
        Frame = "frame", "Khung nhúng";
    }
    /// What kind of page it was.
    PageKind {
        /// The section's first page.
        Home = "home", "Trang đầu chuyên mục";
        /// One item.
        Item = "item", "Bài, tài liệu";
        /// A list of items.
        List = "list", "Danh sách";
        /// Search.
        Search = "search", "Tìm kiếm";
        /// Anything else of the section.
        Other = "other", "Trang khác";
    }
    /// Why a view is not counted.
    Exclusion {
        /// A program, by what it says of itself.
        Robot = "robot", "Máy tự động";
        /// A browser that used the desk on the same day: staff, officers, auditors, and their previews.
        Staff = "staff", "Cán bộ, người giám sát";
        /// More in a minute than anybody reads.
        Burst = "burst", "Dồn dập bất thường";
    }
}

/// The kind of a page and its item, by the path inside the mount (`/bai/0k3…-ten-bai`).
#[must_use]
pub fn page_of(path: &str) -> (PageKind, Option<ArticleId>) {
    let mut parts = path.trim_start_matches('/').split('/');
    match parts.next().unwrap_or_default() {
        "" => (PageKind::Home, None),
        "bai" => {
            let item = parts.next().unwrap_or_default();
            let id = item.split('-').next().unwrap_or_default().parse().ok();
            (PageKind::Item, id)
        }
        "loai" => (PageKind::List, None),
        "tim-kiem" => (PageKind::Search, None),
        _ => (PageKind::Other, None),
    }
}

/// What a number of views is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// Engaged views by channel: their sum is the day's figure.
    Channel(Channel),
    /// Engaged views in the frame of one site, by its permanent id.
    Site(String),
    /// Engaged views by kind of page.
    Page(PageKind),
    /// Engaged views of one item.
    Item(ArticleId),
    /// Views that were not counted.
    Excluded(Exclusion),
}

impl Counted {
    /// The word of its kind, as tables hold it.
    #[must_use]
    pub const fn facet(&self) -> &'static str {
        match self {
            Self::Channel(_) => "channel",
            Self::Site(_) => "site",
            Self::Page(_) => "page",
            Self::Item(_) => "item",
            Self::Excluded(_) => "excluded",
        }
    }

    /// Which one of its kind, as tables hold it.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Channel(channel) => channel.word().to_owned(),
            Self::Site(key) => key.clone(),
            Self::Page(kind) => kind.word().to_owned(),
            Self::Item(item) => item.to_string(),
            Self::Excluded(why) => why.word().to_owned(),
        }
    }

    /// Reads what [`Self::facet`] and [`Self::key`] wrote.
    ///
    /// # Errors
    /// [`UnknownWord`] of the facet or of the key.
    pub fn read(facet: &str, key: &str) -> Result<Self, UnknownWord> {
        let unknown = |list| UnknownWord {
            list,
            word: key.to_owned(),
        };
        Ok(match facet {
            "channel" => Self::Channel(Channel::from_str(key)?),
            "site" => Self::Site(key.to_owned()),
            "page" => Self::Page(PageKind::from_str(key)?),
            "item" => Self::Item(key.parse().map_err(|_| unknown("ArticleId"))?),
            "excluded" => Self::Excluded(Exclusion::from_str(key)?),
            _ => return Err(unknown("Counted")),
        })
    }
}

/// Views by what they are of.
pub type Views = BTreeMap<Counted, u64>;

/// What came to one agency on one day, ready to be written down.
#[derive(Debug, Clone, Default)]
pub struct DayUse {
    /// How many views of what.
    pub views: Views,
    /// Who they were, as a sketch of marks.
    pub people: People,
}

/// One view, before anybody has decided whether it counts.
#[derive(Clone)]
pub struct View {
    /// The day of the province on which it came.
    pub day: NaiveDate,
    /// The minute in which it came, since 1970: views may wait for hours until somebody decides on them.
    pub minute: i64,
    /// Of the visitor, for this day.
    pub mark: Mark,
    /// How they came.
    pub channel: Channel,
    /// The id of the site whose frame it was in, whichever of its keys was used.
    pub site: Option<String>,
    /// What kind of page.
    pub page: PageKind,
    /// Which item.
    pub item: Option<ArticleId>,
    /// Whether it says itself that it is a program.
    pub robot: bool,
}

/// A visitor for one day: what is left of address and browser under the salt of the day (N-17). Kept in memory until the view is
/// decided on, never written down of a visitor.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(pub [u8; 16]);

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mark")
    }
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View")
            .field("day", &self.day)
            .finish_non_exhaustive()
    }
}

/// Decides on the views of one agency: what counts, what does not and why. `staff`: whose desk was used on a day.
#[must_use]
pub fn decide(views: Vec<View>, staff: impl Fn(NaiveDate, Mark) -> bool) -> BTreeMap<NaiveDate, DayUse> {
    let mut days: BTreeMap<NaiveDate, DayUse> = BTreeMap::new();
    let mut by_mark: BTreeMap<(i64, Mark), u64> = BTreeMap::new();
    for view in views {
        let day = days.entry(view.day).or_default();
        let mut add = |counted| *day.views.entry(counted).or_insert(0) += 1;
        if view.robot {
            add(Counted::Excluded(Exclusion::Robot));
            continue;
        }
        if staff(view.day, view.mark) {
            add(Counted::Excluded(Exclusion::Staff));
            continue;
        }
        let seen = by_mark.entry((view.minute, view.mark)).or_insert(0);
        *seen += 1;
        if *seen > MOST_A_MINUTE {
            add(Counted::Excluded(Exclusion::Burst));
            continue;
        }
        add(Counted::Channel(view.channel));
        add(Counted::Page(view.page));
        if let Some(site) = view.site {
            add(Counted::Site(site));
        }
        if let Some(item) = view.item {
            add(Counted::Item(item));
        }
        day.people.add(view.mark);
    }
    days
}

/// One day of an agency, or of the province, as pages show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayFigures {
    /// Engaged views.
    pub views: u64,
    /// Views that were not counted.
    pub excluded: u64,
    /// People of the day, estimated.
    pub people: u64,
}

#[cfg(test)]
mod tests;
