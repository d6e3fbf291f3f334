//! Claims a host name: the agency is told which record proves that it is its own.

use pbgdpl_model::id::{HostId, to_base32};
use pbgdpl_model::outbox::Message;
use pbgdpl_model::own_host::{Claim, Standing, read};
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::{HostClaim, Led};
use serde_json::json;
use uuid::Uuid;

use super::record;
use crate::account::random;
use crate::{App, Error};

/// Most names that an agency claims at a time.
pub const MOST: usize = 5;

/// Claims the name. One that was given back is claimed anew, with another proof. `ours`: hosts of the service itself; neither they nor what is
/// under them is anybody's.
///
/// # Errors
/// [`Error::Denied`], [`Error::Invalid`] of `host`, or a fault of the store.
#[tracing::instrument(name = "own_host.claim", skip_all)]
pub async fn claim(app: &App, ctx: &Ctx, typed: &str, ours: &[&str]) -> Result<HostId, Error> {
    let permit = ctx.permit::<EmbedWrite>(&Nothing)?;
    let wrong = |reason: String| Error::invalid("host", reason);
    let host = read(typed).map_err(|why| wrong(why.to_string()))?;
    if ours.iter().any(|own| is_under(&host, own)) {
        return Err(wrong(
            "là tên của chính hệ thống. Ghi tên miền của cơ quan.".into(),
        ));
    }
    let mut agency = app.open(ctx).await?;
    if agency.host_leads(&host).await? == Led::ToAnother {
        return Err(wrong(
            "đang hoặc vừa dẫn tới chuyên mục của cơ quan khác. Báo Sở Tư pháp nếu tên miền này thuộc cơ quan mình.".into(),
        ));
    }
    let sites = agency.embeds().await?;
    let running = |origin: &String| {
        origin
            .split_once("://")
            .is_some_and(|(_, authority)| same(authority, &host))
    };
    if sites.iter().flat_map(|site| &site.origins).any(running) {
        return Err(wrong(
            "là tên của trang đang chạy: bản ghi mới sẽ thay mất trang đó. Chọn tên khác, ví dụ thêm phapluat. ở trước.".into(),
        ));
    }
    let all = agency.host_claims().await?;
    let standing = |one: &HostClaim| one.claim.standing();
    let there = match all.iter().find(|one| one.host == host) {
        Some(one) => agency.host_claim_held(one.id).await?,
        None => None,
    };
    if there
        .as_ref()
        .is_some_and(|one| standing(one) != Standing::Released)
    {
        return Err(wrong("đã có trong danh sách.".into()));
    }
    if all
        .iter()
        .filter(|one| standing(one) != Standing::Released)
        .count()
        >= MOST
    {
        return Err(wrong(format!(
            "không thêm được nữa: mỗi cơ quan nhiều nhất {MOST} tên miền."
        )));
    }
    let new = HostClaim {
        id: there
            .as_ref()
            .map_or_else(|| HostId::fresh(ctx.now()), |one| one.id),
        host,
        token: to_base32(Uuid::from_bytes(random::bytes()?)),
        added_by: ctx.actor().account(),
        claim: Claim::new(ctx.now()),
        registered_until: there.as_ref().and_then(|one| one.registered_until),
        findings: Vec::new(),
        looked_at: None,
    };
    agency.put_host_claim(&permit, &new, ctx.now()).await?;
    // The token is no secret: it will stand in the public domain name system.
    let detail = json!({ "host": new.host, "token": new.token });
    agency
        .record(
            ctx,
            record(Action::EmbedWrite, "Ghi tên miền riêng", &new, detail),
        )
        .await?;
    agency.send(ctx, &Message::HostDue { host: new.id }).await?;
    agency.save().await?;
    Ok(new.id)
}

/// Whether a name is this one (a port after it does not matter), or one under it.
fn is_under(host: &str, own: &str) -> bool {
    let own = own.split(':').next().unwrap_or_default();
    host == own || host.strip_suffix(own).is_some_and(|rest| rest.ends_with('.'))
}

/// Whether an authority (host, perhaps with a port) is of this host.
fn same(authority: &str, host: &str) -> bool {
    authority.split(':').next() == Some(host)
}

#[cfg(test)]
mod tests {
    use super::is_under;

    #[test]
    fn what_is_under_a_name_is_of_that_name() {
        assert!(is_under("pbgdpl.kontum.gov.vn", "pbgdpl.kontum.gov.vn:443"));
        assert!(is_under("a.pbgdpl.kontum.gov.vn", "pbgdpl.kontum.gov.vn"));
        assert!(!is_under("kontum.gov.vn", "pbgdpl.kontum.gov.vn"));
        assert!(!is_under("xpbgdpl.kontum.gov.vn", "pbgdpl.kontum.gov.vn"));
    }
}
