//! Until when the domain is registered: nobody can be asked (names under .vn have no public RDAP), so its people say.

use chrono::NaiveDate;
use pbgdpl_model::id::HostId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::HostClaim;
use serde_json::json;

use super::record;
use crate::{App, Error};

/// Writes down the last day of the registration; an empty text takes it away.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] of `registered_until`, or a fault of the store.
#[tracing::instrument(name = "own_host.change", skip_all)]
pub async fn change(app: &App, ctx: &Ctx, id: HostId, typed: &str) -> Result<(), Error> {
    let mut agency = app.open(ctx).await?;
    let old = agency.host_claim_held(id).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<EmbedWrite>(&Nothing)?;
    let day = day(typed)?;
    if day == old.registered_until {
        return Ok(());
    }
    let new = HostClaim {
        registered_until: day,
        ..old
    };
    agency.put_host_claim(&permit, &new, ctx.now()).await?;
    let detail = json!({ "registered_until": day.map(|day| day.to_string()) });
    agency
        .record(
            ctx,
            record(Action::EmbedWrite, "Ghi hạn đăng ký tên miền", &new, detail),
        )
        .await?;
    agency.send(ctx, &Message::HostDue { host: id }).await?;
    agency.save().await?;
    Ok(())
}

fn day(typed: &str) -> Result<Option<NaiveDate>, Error> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let day = pbgdpl_vietnamese::date::parse_dmy(typed);
    day.map(Some).map_err(|_| {
        Error::invalid(
            "registered_until",
            "không đọc được. Ghi ngày/tháng/năm, ví dụ 09/11/2027.",
        )
    })
}
