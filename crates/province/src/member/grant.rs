//! Gives a role, in the province or in an agency.

use pbgdpl_model::policy::{Action, Role};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ProvinceMemberGrant;
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;

use super::{Place, addressee, domain};
use crate::{Error, Province};

/// Gives the role to the account with this e-mail address; whether its owner is invited with it (TEN-02, IDN-04): nobody used
/// the address, or nobody has chosen a password yet. Giving what is held already changes nothing else.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] where the account may not sign in or the role belongs elsewhere.
#[tracing::instrument(name = "province.member.grant", skip_all)]
pub async fn grant(
    province: &Province,
    ctx: &ProvinceCtx,
    place: Place,
    email: &str,
    role: Role,
) -> Result<bool, Error> {
    let warrant = ctx.warrant::<ProvinceMemberGrant>()?;
    let mut store = province.store().province(&warrant).await?;
    let domain = domain(&store, ctx, place, role).await?;
    let person = addressee(&mut store, ctx, "thu-dien-tu", email).await?;
    let account = person.account;
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
    Ok(person.invited)
}
