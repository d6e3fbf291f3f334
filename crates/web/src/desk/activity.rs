//! Offline activities on the desk: list, form, one activity, counting, correcting, evidence, shares.

mod answers;
mod evidence;
mod input;
mod list;
mod one;
mod shares;
mod write;

use pbgdpl_model::activity::Activity;
use pbgdpl_model::id::ActivityId;

pub use answers::{correct, record, reverse};
pub use evidence::{attach, open};
pub use list::list;
pub use one::show;
pub use shares::{answer, shares};
pub use write::{correction, create, edit, new, save};

use crate::error::Error;
use crate::extract::Staff;
use crate::state::AppState;

const DONE: [(&str, &str); 6] = [
    ("luu", "Đã lưu nháp. Hoạt động chưa tính vào biểu nào."),
    ("ghi", "Đã ghi sổ. Số liệu đã vào biểu 09."),
    ("dinh-chinh", "Đã đính chính. Sổ giữ cả dòng cũ và lý do."),
    ("huy", "Đã hủy bằng bút toán đảo."),
    ("tep", "Đã gắn tệp minh chứng."),
    ("tra-loi", "Đã trả lời. Cơ quan chủ trì nhận được trong vài giây."),
];

/// Where the agency's activities are.
fn here(staff: &Staff) -> String {
    format!("/quan-tri/{}/hoat-dong", staff.ctx.tenant().slug())
}

async fn found(state: &AppState, staff: &Staff, id: ActivityId) -> Result<Activity, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    agency.activity(id).await?.ok_or(Error::NotFound)
}
