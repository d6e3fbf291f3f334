//! Who may do what in the province and, from above, in an agency: give and take roles.

pub mod grant;
pub mod list;
pub mod revoke;

use pbgdpl_model::id::{DomainId, TenantId};
use pbgdpl_model::policy::Role;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_store::identity::Addressee;
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

/// Whoever is to get a role, by the address in this field of the form.
pub(crate) async fn addressee(
    store: &mut ProvinceStore,
    ctx: &ProvinceCtx,
    field: &'static str,
    email: &str,
) -> Result<Addressee, Error> {
    let email = email.trim();
    if !pbgdpl_model::email::is_address(email) {
        return Err(Error::invalid(field, "không phải địa chỉ thư điện tử"));
    }
    let found = store.addressee(ctx, email).await?;
    found.ok_or_else(|| {
        let reason = if ctx.actor().is_system() {
            "chưa có tài khoản nào dùng thư điện tử này, hoặc tài khoản đã khoá; hãy mời người đó trước"
        } else {
            "của một tài khoản đã khoá"
        };
        Error::invalid(field, reason)
    })
}
