//! Who may do what in the province and, from above, in an agency: give and take roles.

pub mod grant;
pub mod list;
pub mod revoke;

use pbgdpl_model::id::{DomainId, TenantId};
use pbgdpl_model::policy::Role;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_store::province::ProvinceStore;

use crate::Error;

/// Where a role is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the province.
    Province,
    /// In an agency.
    Agency(TenantId),
}

/// The domain of the place, if the role belongs there.
async fn domain(
    store: &ProvinceStore,
    ctx: &ProvinceCtx,
    place: Place,
    role: Role,
) -> Result<DomainId, Error> {
    if role.of_province() != (place == Place::Province) {
        return Err(Error::invalid(
            "vai-tro",
            format!("“{}” không phải là vai trò ở đây", role.label()),
        ));
    }
    match place {
        Place::Province => Ok(ctx.snapshot().province().id.into()),
        Place::Agency(agency) => {
            store.registered(agency).await?.ok_or(Error::NotFound)?;
            Ok(agency.into())
        }
    }
}
