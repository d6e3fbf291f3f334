//! Takes a role, in the province or in an agency; the last administrator of the province stays (AUZ-14).

use pbgdpl_model::id::AccountId;
use pbgdpl_model::policy::{Action, Role};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ProvinceMemberRevoke;
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;

use super::{Place, domain};
use crate::{Error, Province};

/// Takes the role.
///
/// # Errors
/// [`Error::NotFound`] where it is not held, [`Error::Denied`], [`Error::Invalid`] for the last administrator.
#[tracing::instrument(name = "province.member.revoke", skip_all)]
pub async fn revoke(
    province: &Province,
    ctx: &ProvinceCtx,
    place: Place,
    account: AccountId,
    role: Role,
) -> Result<(), Error> {
    let warrant = ctx.warrant::<ProvinceMemberRevoke>()?;
    let mut store = province.store().province(&warrant).await?;
    let domain = domain(&store, ctx, place, role).await?;
    // Two administrators who remove each other, or one who is removed while the other is disabled, are counted one after
    // the other.
    store.lock_members(domain).await?;
    let record = ProvinceRecord {
        action: Action::ProvinceMemberRevoke,
        object_kind: "member",
        object_id: account.0,
        reason: "",
        detail: json!({ "domain": domain, "role": role.word() }),
    };
    store.record(ctx, record).await?;
    if !store.revoke(account, domain, role).await? {
        return Err(Error::NotFound);
    }
    if role == Role::ProvinceAdmin && store.count_role(domain, role).await? == 0 {
        return Err(Error::invalid(
            "vai-tro",
            "đây là quản trị cấp tỉnh cuối cùng; hãy giao vai trò này cho người khác trước",
        ));
    }
    store.save().await?;
    Ok(())
}
