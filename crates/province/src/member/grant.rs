//! Gives a role, in the province or in an agency.

use pbgdpl_model::policy::{Action, Role};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ProvinceMemberGrant;
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;

use super::{Place, domain};
use crate::{Error, Province};

/// Gives the role to the account with this e-mail address. Giving what is held already changes nothing.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] where there is no such account or the role belongs elsewhere.
#[tracing::instrument(name = "province.member.grant", skip_all)]
pub async fn grant(
    province: &Province,
    ctx: &ProvinceCtx,
    place: Place,
    email: &str,
    role: Role,
) -> Result<(), Error> {
    let warrant = ctx.warrant::<ProvinceMemberGrant>()?;
    let mut store = province.store().province(&warrant).await?;
    let domain = domain(&store, ctx, place, role).await?;
    let (account, _) = store.person_by_email(email).await?.ok_or_else(|| {
        Error::invalid(
            "thu-dien-tu",
            "chưa có tài khoản nào dùng thư điện tử này; hãy mời người đó lập tài khoản trước",
        )
    })?;
    let by = ctx.actor().account();
    store.grant(account, domain, role, by, ctx.now()).await?;
    let record = ProvinceRecord {
        action: Action::ProvinceMemberGrant,
        object_kind: "member",
        object_id: account.0,
        reason: "",
        detail: json!({ "domain": domain, "role": role.word() }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(())
}
