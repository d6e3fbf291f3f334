//! What was refused to a person, gathered: one entry for all refusals since the last one, so that nobody fills the chain by asking.

use pbgdpl_model::id::AccountId;
use serde_json::json;

use super::trail::{self, By, Trace};
use crate::{App, Error};

/// Records how often a person was refused since the last time.
///
/// # Errors
/// Where the database fails: nothing was recorded.
#[tracing::instrument(name = "account.denied.record", skip_all)]
pub async fn record(app: &App, account: AccountId, count: u32) -> Result<(), Error> {
    let mut identity = app.store().identity().await?;
    let by = By::person(account, "denied");
    let detail = json!({ "count": count });
    trail::record_with(&mut identity, by, Trace::Denied, account, detail, app.now()).await?;
    Ok(identity.save().await?)
}
