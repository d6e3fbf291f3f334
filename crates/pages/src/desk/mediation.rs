//! The register of tổ hòa giải on the desk: the list as of a day with its sums, one group with its history, the forms, a table
//! that is pasted.

mod fields;
mod group;
mod list;
mod paste;

pub use fields::{GroupPart, group_parts};
pub use group::{FactLine, GroupPage};
pub use list::{GroupLine, GroupList, NarrowedGroups, SumLine, Sums, figure};
pub use paste::{PastePage, Refusal};

use pbgdpl_model::mediation::Group;
use pbgdpl_vietnamese::date::dmy;

use crate::part::{State, Tone};
use crate::{CachePolicy, Page};

/// How a group stood on a day.
#[must_use]
pub fn standing(group: &Group, day: chrono::NaiveDate) -> State {
    match (group.founded(), group.dissolved()) {
        (None, _) => State::new(Tone::Back, "Đã hủy lần ghi"),
        (Some(founded), _) if day < founded => State::new(Tone::Wait, format!("Từ {}", dmy(founded))),
        (_, Some(fact)) if fact.from <= day => {
            State::new(Tone::Back, format!("Giải thể từ {}", dmy(fact.from)))
        }
        _ => State::new(Tone::Ok, "Đang hoạt động"),
    }
}

super::never_kept!(GroupList, GroupPage, PastePage);
