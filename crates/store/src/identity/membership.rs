//! Memberships: which role an account has where. Read with every request, so that what was taken is gone at once.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, DomainId};
use pbgdpl_model::policy::{Role, RoleSet};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, Set, Statement, Value,
};

use crate::convert::{moment, word};
use crate::database::Engine;
use crate::entity::{account, membership};
use crate::error::StoreError;
use crate::identity::{IdentityReader, IdentityStore};

/// The status of an account that may sign in.
const ACTIVE: &str = "active";

/// One role of one person in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Who.
    pub account: AccountId,
    /// Their name.
    pub display_name: String,
    /// Their e-mail address.
    pub email: String,
    /// Where: an agency, or the province.
    pub domain: DomainId,
    /// What.
    pub role: Role,
    /// Since when.
    pub granted_at: Moment,
}

/// Everybody with a role in a place whose account may sign in: a disabled account gets no letters and administers nothing.
pub(crate) async fn of_domain(
    db: &impl ConnectionTrait,
    domain: DomainId,
) -> Result<Vec<Membership>, StoreError> {
    let rows = membership::Entity::find()
        .filter(membership::Column::Domain.eq(domain.0))
        .order_by_asc(membership::Column::Role)
        .all(db)
        .await?;
    let people = account::Entity::find()
        .filter(account::Column::Id.is_in(rows.iter().map(|row| row.account_id)))
        .filter(account::Column::Status.eq(ACTIVE))
        .all(db)
        .await?;
    rows.into_iter()
        .filter_map(|row| {
            let person = people.iter().find(|person| person.id == row.account_id)?;
            Some((person, row))
        })
        .map(|(person, row)| {
            Ok(Membership {
                account: AccountId(row.account_id),
                display_name: person.display_name.clone(),
                email: person.email.clone(),
                domain: DomainId(row.domain),
                role: word(&row.role)?,
                granted_at: moment(row.granted_at),
            })
        })
        .collect()
}

pub(crate) async fn grant(
    db: &impl ConnectionTrait,
    account: AccountId,
    domain: DomainId,
    role: Role,
    by: AccountId,
    now: Moment,
) -> Result<(), StoreError> {
    let row = membership::ActiveModel {
        account_id: Set(account.0),
        domain: Set(domain.0),
        role: Set(role.word().to_owned()),
        granted_by: Set(Some(by.0)),
        granted_at: Set(now.millis()),
    };
    let added = membership::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([
                membership::Column::AccountId,
                membership::Column::Domain,
                membership::Column::Role,
            ])
            .do_nothing()
            .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    if added > 0 {
        roles_changed(db, account).await?;
    }
    Ok(())
}

/// Whoever's roles changed gets new values for the sessions they have (SECURITY 5.3).
async fn roles_changed(db: &impl ConnectionTrait, account: AccountId) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(account::Column::RolesVersion, Expr::cust("roles_version + 1"))
        .filter(account::Column::Id.eq(account.0))
        .exec(db)
        .await?;
    Ok(())
}

/// How many people who may sign in hold a role in a place.
pub(crate) async fn count(
    db: &impl ConnectionTrait,
    domain: DomainId,
    role: Role,
) -> Result<u64, StoreError> {
    let held = of_domain(db, domain).await?;
    let count = held.iter().filter(|member| member.role == role).count();
    Ok(u64::try_from(count).unwrap_or(u64::MAX))
}

/// Until the end of the transaction nobody else who asks this takes a role in the place, nor disables who holds one.
pub(crate) async fn lock(
    db: &impl ConnectionTrait,
    engine: Engine,
    domain: DomainId,
) -> Result<(), StoreError> {
    // On SQLite writers wait for each other anyway.
    if engine == Engine::Postgres {
        let wait = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "select pg_advisory_xact_lock(hashtextextended($1, 1))",
            [Value::from(domain.0.to_string())],
        );
        db.execute_raw(wait).await?;
    }
    Ok(())
}

pub(crate) async fn revoke(
    db: &impl ConnectionTrait,
    account: AccountId,
    domain: DomainId,
    role: Role,
) -> Result<bool, StoreError> {
    let gone = membership::Entity::delete_many()
        .filter(membership::Column::AccountId.eq(account.0))
        .filter(membership::Column::Domain.eq(domain.0))
        .filter(membership::Column::Role.eq(role.word()))
        .exec(db)
        .await?;
    if gone.rows_affected > 0 {
        roles_changed(db, account).await?;
    }
    Ok(gone.rows_affected > 0)
}

impl IdentityReader {
    /// Everything a person is, in every place.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn memberships(&self, id: AccountId) -> Result<Vec<(DomainId, RoleSet)>, StoreError> {
        let rows = membership::Entity::find()
            .filter(membership::Column::AccountId.eq(id.0))
            .all(&self.tx)
            .await?;
        let mut places: Vec<(DomainId, RoleSet)> = Vec::new();
        for row in rows {
            let role: Role = word(&row.role)?;
            match places.iter_mut().find(|(domain, _)| domain.0 == row.domain) {
                Some((_, roles)) => *roles = roles.with(role),
                None => places.push((DomainId(row.domain), RoleSet::of(&[role]))),
            }
        }
        Ok(places)
    }

    /// Everybody with a role in a place.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn members(&self, domain: DomainId) -> Result<Vec<Membership>, StoreError> {
        of_domain(&self.tx, domain).await
    }
}

impl IdentityStore {
    /// Until the end of the transaction nobody else who asks this takes a role in the place, nor disables who holds one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn lock_members(&mut self, domain: DomainId) -> Result<(), StoreError> {
        lock(&self.reader.tx, self.inner.database.engine(), domain).await
    }

    /// Gives a role, without an act: for the command line and the demo, which record it themselves.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn grant(
        &mut self,
        account: AccountId,
        domain: DomainId,
        role: Role,
        by: AccountId,
        now: Moment,
    ) -> Result<(), StoreError> {
        grant(&self.reader.tx, account, domain, role, by, now).await
    }
}

impl crate::tenant::TenantReader {
    /// Everybody with a role in this agency.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn members(&self) -> Result<Vec<Membership>, StoreError> {
        of_domain(self.connection(), self.tenant().into()).await
    }
}

impl crate::tenant::TenantStore {
    /// Gives a role in this agency.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn grant(
        &mut self,
        permit: &pbgdpl_scope::Permit<pbgdpl_scope::action::MemberGrant>,
        account: AccountId,
        role: Role,
        by: AccountId,
        now: Moment,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        grant(self.connection(), account, self.tenant().into(), role, by, now).await
    }

    /// Takes a role in this agency; `false` where it was not held.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn revoke(
        &mut self,
        permit: &pbgdpl_scope::Permit<pbgdpl_scope::action::MemberRevoke>,
        account: AccountId,
        role: Role,
    ) -> Result<bool, StoreError> {
        self.check(permit)?;
        revoke(self.connection(), account, self.tenant().into(), role).await
    }
}
