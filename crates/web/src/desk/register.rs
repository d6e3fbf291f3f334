//! The register of báo cáo viên pháp luật on the desk: the list as of a day, one person, everything that is written down.

mod add;
mod file;
pub(super) mod input;
mod list;
mod one;
mod words;
mod work;
mod write;

use pbgdpl_model::id::EntryId;
use pbgdpl_model::register::Entry;

pub use add::{add, new};
pub use file::csv;
pub use list::list;
pub use one::show;
pub use write::{decision, do_decision, do_work, work};

use crate::error::Error;
use crate::extract::Staff;
use crate::state::AppState;

const DONE: [(&str, &str); 2] = [
    ("them", "Đã ghi vào danh sách."),
    ("ghi", "Đã ghi. Danh sách của những ngày trước giữ nguyên."),
];

/// Where the agency's register is.
fn here(staff: &Staff) -> String {
    format!("/quan-tri/{}/bao-cao-vien", staff.ctx.tenant().slug())
}

async fn found(state: &AppState, staff: &Staff, id: EntryId) -> Result<Entry, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    agency.registered(id).await?.ok_or(Error::NotFound)
}
