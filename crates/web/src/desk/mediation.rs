//! The register of tổ hòa giải on the desk: the list as of a day, one group, everything that is written down, a pasted table.

mod add;
mod file;
mod input;
mod list;
mod one;
mod paste;
mod table;
mod work;
mod write;

use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::id::GroupId;
use pbgdpl_model::mediation::Group;
use pbgdpl_store::tenant::TenantReader;

pub use add::{add, new};
pub use file::{csv, template};
pub use list::list;
pub use one::show;
pub use paste::{paste, pasted};
pub use write::{do_work, work};

use crate::error::Error;
use crate::extract::Staff;
use crate::state::AppState;

const DONE: [(&str, &str); 3] = [
    ("them", "Đã ghi tổ hòa giải vào sổ."),
    ("bang", "Đã ghi cả bảng vào sổ."),
    ("ghi", "Đã ghi. Số liệu của những ngày trước giữ nguyên."),
];

/// The place on the desk.
pub(super) const PLACE: &str = "to-hoa-giai";

/// Whether the agency keeps groups: those whose form 10 asks for them.
pub(super) fn is_kept(staff: &Staff) -> bool {
    staff.ctx.tenant().agency().report_row == ReportRow::DiaBan
}

/// Where the agency's groups are.
fn here(staff: &Staff) -> String {
    format!("/quan-tri/{}/{PLACE}", staff.ctx.tenant().slug())
}

async fn found(state: &AppState, staff: &Staff, id: GroupId) -> Result<Group, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    agency.mediation_group(id).await?.ok_or(Error::NotFound)
}

/// Code and name of each commune of the agency.
async fn communes(agency: &TenantReader, staff: &Staff) -> Result<Vec<(String, String)>, Error> {
    let places = pbgdpl_app::mediation::communes(agency, staff.ctx.tenant().agency()).await?;
    Ok(places.into_iter().map(|place| (place.code, place.name)).collect())
}

/// A commune by its code; a code that the agency has no more stands as it is.
fn named<'a>(communes: &'a [(String, String)], code: &'a str) -> &'a str {
    let known = communes.iter().find(|(known, _)| known == code);
    known.map_or(code, |(_, name)| name)
}

/// "Thôn Tê Rông, Xã Văn Lem".
fn place(communes: &[(String, String)], village: &str, commune: &str) -> String {
    match named(communes, commune) {
        "" => village.to_owned(),
        commune => format!("{village}, {commune}"),
    }
}
