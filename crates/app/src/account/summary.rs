//! Asks for the summary of the province by letter, or asks for no more of it (DSH-12): each for themselves only.

use pbgdpl_model::id::DomainId;
use pbgdpl_store::identity::SignedIn;
use serde_json::json;

use super::trail::{self, By, Trace};
use crate::{App, Error};

/// Chooses. Who holds no role in the place gets nothing, whatever they chose.
///
/// # Errors
/// [`Error::NotFound`] for somebody without a role there, or a fault of the store.
#[tracing::instrument(name = "account.summary.choose", skip_all)]
pub async fn choose(
    app: &App,
    person: &SignedIn,
    place: DomainId,
    wants: bool,
    request: &str,
) -> Result<(), Error> {
    if person.roles_in(place).is_empty() {
        return Err(Error::NotFound);
    }
    let account = person.session.account;
    let mut identity = app.store().identity().await?;
    if wants {
        identity.ask_summary(place, account, app.now()).await?;
    } else {
        identity.end_summary(place, account).await?;
    }
    let (by, detail) = (By::person(account, request), json!({ "wants": wants }));
    trail::record_with(&mut identity, by, Trace::Summary, account, detail, app.now()).await?;
    identity.save().await?;
    Ok(())
}
