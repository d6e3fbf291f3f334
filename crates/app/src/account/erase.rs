//! Erases what is kept of a person who asked for it (Luật 91/2025/QH15): the account at once, what audit chains say of them by the
//! outbox. What they answered for in office (texts, reports, decisions) stays with the papers it stands on.

use pbgdpl_model::id::AccountId;
use pbgdpl_store::identity::{Account, IdentityStore};
use serde_json::json;

use super::By;
use super::trail::{self, Trace};
use crate::{App, Error};

/// The message that the erasing leaves: its subject is the account.
pub const MESSAGE: &str = "person-erased";

/// Signs of a basis.
const SHORTEST_BASIS: usize = 5;
const LONGEST_BASIS: usize = 200;

/// Whose account.
#[derive(Debug, Clone, Copy)]
pub enum Whose<'a> {
    /// By the address that it is used with.
    Address(&'a str),
    /// By its id: after a backup was brought back, in which the person is still there.
    Account(AccountId),
}

/// Erases the account, and leaves the rest to be done. `basis`: the paper that asks for it, without a name. Returns the id that is
/// left of the person: to be kept outside the machine, so that it is done again after a backup is brought back.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] where the person still holds a role, or where no basis is named; a fault of the store.
#[tracing::instrument(name = "account.erase", skip_all)]
pub async fn erase(app: &App, by: By<'_>, whose: Whose<'_>, basis: &str) -> Result<AccountId, Error> {
    let basis = basis.trim();
    let length = basis.chars().count();
    if !(SHORTEST_BASIS..=LONGEST_BASIS).contains(&length) {
        return Err(Error::invalid(
            "basis",
            "cần từ 5 đến 200 ký tự: số, ngày của đơn hoặc văn bản.",
        ));
    }
    let now = app.now();
    let mut identity = app.store().identity().await?;
    let account = found(&mut identity, whose).await?.ok_or(Error::NotFound)?;
    if names(basis, &account) {
        return Err(Error::invalid(
            "basis",
            "có tên hoặc thư điện tử; ghi trong nhật ký thì không xóa được nữa. Chỉ ghi số, ngày của văn bản.",
        ));
    }
    let roles = identity.memberships(account.id).await?;
    let held = roles.iter().any(|(_, roles)| !roles.is_empty());
    match whose {
        Whose::Address(_) if held => {
            return Err(Error::invalid(
                "email",
                "của người còn giữ vai trò; thôi mọi vai trò của người đó trước.",
            ));
        }
        // A backup from before their roles were taken has them again: they go with the rest.
        Whose::Account(_) if held => identity.end_memberships(account.id).await?,
        Whose::Address(_) | Whose::Account(_) => {}
    }
    let taken = identity.erase_account(account.id, now).await?;
    let detail = json!({ "basis": basis, "again": !taken, "roles": held });
    trail::record_with(&mut identity, by, Trace::Erase, account.id, detail, now).await?;
    identity.send(MESSAGE, &account.id.to_string(), None, now).await?;
    identity.save().await?;
    Ok(account.id)
}

/// Whether the text tells who it is: an address, or their name.
fn names(basis: &str, account: &Account) -> bool {
    let (basis, name) = (basis.to_lowercase(), account.display_name.trim().to_lowercase());
    basis.contains('@') || (!name.is_empty() && basis.contains(&name))
}

async fn found(identity: &mut IdentityStore, whose: Whose<'_>) -> Result<Option<Account>, Error> {
    let id = match whose {
        Whose::Account(id) => Some(id),
        Whose::Address(email) => identity.account_by_email(email).await?.map(|account| account.id),
    };
    match id {
        Some(id) => Ok(identity.lock_account(id).await?),
        None => Ok(None),
    }
}
