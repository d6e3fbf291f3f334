//! Whoever gets a role by an address that nobody uses is invited in the same transaction; the letter follows from the outbox.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, OutboxId};
use pbgdpl_scope::{Actor, Ctx, ProvinceCtx, RequestId};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::account::email_key;
use super::record::{AccountRecord, append};
use crate::entity::account;
use crate::error::StoreError;
use crate::identity::IdentityStore;
use crate::machinery::outbox;
use crate::province::ProvinceStore;

/// In place of a password hash until a person has chosen a password: nothing matches it.
pub const UNSET_PASSWORD: &str = "!";

/// Somebody who is to get a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Their account.
    pub account: AccountId,
    /// Their name; of somebody new, what stands before the @ until they say it.
    pub display_name: String,
    /// Whether an invitation is on its way.
    pub invited: bool,
}

/// In whose name, and when.
struct Inviting<'a> {
    actor: &'a Actor,
    request: &'a RequestId,
    now: Moment,
}

/// The account of an address; invited where there is none, again where it waits for its first password. `None` where it is
/// disabled. The system invites nobody: the command line shows links instead.
async fn addressee(
    db: &impl ConnectionTrait,
    email: &str,
    inviting: &Inviting<'_>,
) -> Result<Option<Addressee>, StoreError> {
    let found = account::Entity::find()
        .filter(account::Column::EmailKey.eq(email_key(email)))
        .one(db)
        .await?;
    let by_person = !inviting.actor.is_system();
    let row = match found {
        Some(row) if row.status != "active" => return Ok(None),
        Some(row) => row,
        None if by_person => add(db, email, inviting.now).await?,
        None => return Ok(None),
    };
    let invited = by_person && row.password_hash == UNSET_PASSWORD;
    let known = Addressee {
        account: AccountId(row.id),
        display_name: row.display_name,
        invited,
    };
    if invited {
        send(db, known.account, inviting).await?;
    }
    Ok(Some(known))
}

async fn add(db: &impl ConnectionTrait, email: &str, now: Moment) -> Result<account::Model, StoreError> {
    let email = email.trim();
    let name = email.split('@').next().unwrap_or_default();
    let new = account::ActiveModel {
        id: Set(AccountId::fresh(now).0),
        email_key: Set(email_key(email)),
        email: Set(email.to_owned()),
        display_name: Set(name.to_owned()),
        password_hash: Set(UNSET_PASSWORD.to_owned()),
        status: Set("active".to_owned()),
        created_at: Set(now.millis()),
        changed_at: Set(now.millis()),
        roles_version: Set(0),
    };
    Ok(new.insert(db).await?)
}

async fn send(
    db: &impl ConnectionTrait,
    account: AccountId,
    inviting: &Inviting<'_>,
) -> Result<(), StoreError> {
    let now = inviting.now;
    let header = outbox::NewHeader {
        id: OutboxId::fresh(now),
        tenant: None,
        kind: "account-invited",
        subject: &account.to_string(),
        due_at: now,
        trace: inviting.request.trace(),
        now,
    };
    outbox::add(db, header).await?;
    let record = AccountRecord {
        actor: inviting.actor.account(),
        system: "",
        action: "account-invite",
        account,
        detail: json!({}),
        request: inviting.request.as_str(),
        at: now,
    };
    append(db, record).await
}

impl crate::tenant::TenantStore {
    /// The account of an address, to be given a role here; invited where nobody uses it, again where it waits for its first
    /// password. `None` where it may not sign in.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn addressee(
        &mut self,
        permit: &pbgdpl_scope::Permit<pbgdpl_scope::action::MemberGrant>,
        ctx: &Ctx,
        email: &str,
    ) -> Result<Option<Addressee>, StoreError> {
        self.check(permit)?;
        let inviting = Inviting {
            actor: ctx.actor(),
            request: ctx.request(),
            now: ctx.now(),
        };
        addressee(self.connection(), email, &inviting).await
    }
}

impl ProvinceStore {
    /// The account of an address, to be given a role; invited where nobody uses it, again where it waits for its first
    /// password. `None` where it may not sign in.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn addressee(
        &mut self,
        ctx: &ProvinceCtx,
        email: &str,
    ) -> Result<Option<Addressee>, StoreError> {
        let inviting = Inviting {
            actor: ctx.actor(),
            request: ctx.request(),
            now: ctx.now(),
        };
        addressee(self.connection(), email, &inviting).await
    }
}

impl IdentityStore {
    /// Writes how a person wants to be called.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn set_display_name(
        &mut self,
        id: AccountId,
        name: &str,
        now: Moment,
    ) -> Result<(), StoreError> {
        account::Entity::update_many()
            .set(account::ActiveModel {
                display_name: Set(name.to_owned()),
                changed_at: Set(now.millis()),
                ..Default::default()
            })
            .filter(account::Column::Id.eq(id.0))
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }
}
