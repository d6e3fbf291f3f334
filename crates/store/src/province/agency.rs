//! The register of agencies: creating, suspending, reactivating; names, addresses, policies, roles.

use chrono::NaiveDate;
use pbgdpl_model::agency::{Agency, DatedName, Status};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, DomainId, ProvinceId, TenantId};
use pbgdpl_model::policy::{PolicyRow, Role};
use pbgdpl_scope::PolicyTable;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use crate::convert::to_json;
use crate::entity::{agency, agency_address, agency_kind, agency_name, agency_parent, province};
use crate::error::StoreError;
use crate::identity::Membership;
use crate::machinery::policy;
use crate::province::{ProvinceReader, ProvinceStore};

/// An agency to be written: what it is, and its own hosts.
#[derive(Debug, Clone)]
pub struct NewAgency {
    /// What it is.
    pub agency: Agency,
    /// Its own hosts, normalised.
    pub hosts: Vec<String>,
    /// Everything its file says, JSON: for `tenants export` and administrators.
    pub body: String,
}

impl ProvinceStore {
    /// Writes the province itself.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_province(
        &mut self,
        id: ProvinceId,
        slug: &str,
        name: &str,
        body: &str,
        now: Moment,
    ) -> Result<(), StoreError> {
        let row = province::ActiveModel {
            id: Set(id.0),
            slug: Set(slug.to_owned()),
            name: Set(name.to_owned()),
            body: Set(body.to_owned()),
            changed_at: Set(now.millis()),
        };
        province::Entity::insert(row)
            .on_conflict(
                OnConflict::column(province::Column::Id)
                    .update_columns([
                        province::Column::Slug,
                        province::Column::Name,
                        province::Column::Body,
                        province::Column::ChangedAt,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(&self.tx)
            .await?;
        self.touch_registry().await
    }

    /// Writes an agency, new or changed, with its names, parents and addresses. An old slug becomes an alias for ever.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where the slug or a host belongs to another agency.
    pub async fn put_agency(&mut self, new: &NewAgency, now: Moment) -> Result<(), StoreError> {
        // The registry before any generation, as everywhere: two acts that need both never wait for each other.
        self.touch_registry().await?;
        let it = &new.agency;
        let old = agency::Entity::find_by_id(it.id.0).one(&self.tx).await?;
        let row = agency::ActiveModel {
            tenant_id: Set(it.id.0),
            slug: Set(it.slug.clone()),
            membership: Set(it.membership.clone()),
            report_row: Set(it.report_row.word().to_owned()),
            status: Set(it.status.word().to_owned()),
            accent: Set(it.accent.clone()),
            body: Set(new.body.clone()),
            last_day: Set(it.last_day),
            created_at: Set(old.as_ref().map_or(now.millis(), |old| old.created_at)),
            changed_at: Set(now.millis()),
        };
        match &old {
            Some(_) => row.update(&self.tx).await.map(|_| ())?,
            None => row.insert(&self.tx).await.map(|_| ())?,
        }
        if let Some(old) = old.filter(|old| old.slug != it.slug) {
            agency_address::Entity::delete_by_id(("slug".to_owned(), old.slug.clone()))
                .exec(&self.tx)
                .await?;
            self.put_address("alias", &old.slug, it.id, now).await?;
        }
        self.put_dated(it).await?;
        self.put_address("slug", &it.slug, it.id, now).await?;
        for host in &new.hosts {
            self.put_address("host", host, it.id, now).await?;
        }
        self.touch_public(it.id.0, now).await?;
        self.touch_front(now).await
    }

    /// Kinds, names and parents with their days.
    async fn put_dated(&self, it: &Agency) -> Result<(), StoreError> {
        agency_kind::Entity::delete_many()
            .filter(agency_kind::Column::TenantId.eq(it.id.0))
            .exec(&self.tx)
            .await?;
        agency_name::Entity::delete_many()
            .filter(agency_name::Column::TenantId.eq(it.id.0))
            .exec(&self.tx)
            .await?;
        agency_parent::Entity::delete_many()
            .filter(agency_parent::Column::TenantId.eq(it.id.0))
            .exec(&self.tx)
            .await?;
        for kind in &it.kinds {
            agency_kind::ActiveModel {
                tenant_id: Set(it.id.0),
                valid_from: Set(kind.valid_from),
                valid_to: Set(kind.valid_to),
                kind: Set(kind.kind.clone()),
            }
            .insert(&self.tx)
            .await?;
        }
        for DatedName {
            valid_from,
            valid_to,
            official,
            short,
        } in &it.names
        {
            agency_name::ActiveModel {
                tenant_id: Set(it.id.0),
                valid_from: Set(*valid_from),
                valid_to: Set(*valid_to),
                official: Set(official.clone()),
                short: Set(short.clone()),
            }
            .insert(&self.tx)
            .await?;
        }
        for (valid_from, valid_to, parent) in &it.parents {
            let (valid_from, valid_to): (NaiveDate, Option<NaiveDate>) = (*valid_from, *valid_to);
            agency_parent::ActiveModel {
                tenant_id: Set(it.id.0),
                valid_from: Set(valid_from),
                valid_to: Set(valid_to),
                parent: Set(parent.clone()),
            }
            .insert(&self.tx)
            .await?;
        }
        Ok(())
    }

    /// Lets an address lead to an agency; one that leads elsewhere is refused. A word that led to another agency once leads
    /// there for ever: no slug takes an alias, no alias a slug.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where it belongs to another agency.
    pub async fn put_address(
        &self,
        kind: &str,
        value: &str,
        tenant: TenantId,
        now: Moment,
    ) -> Result<(), StoreError> {
        let word = |kind: &str| (kind.to_owned(), value.to_owned());
        let twin = match kind {
            "slug" => Some("alias"),
            "alias" => Some("slug"),
            _ => None,
        };
        if let Some(twin) = twin {
            let other = agency_address::Entity::find_by_id(word(twin))
                .one(&self.tx)
                .await?;
            if other.is_some_and(|row| row.tenant_id != tenant.0) {
                return Err(taken(kind, value));
            }
        }
        let there = agency_address::Entity::find_by_id(word(kind))
            .one(&self.tx)
            .await?;
        match there {
            Some(row) if row.tenant_id == tenant.0 => Ok(()),
            Some(_) => Err(taken(kind, value)),
            None => {
                agency_address::ActiveModel {
                    kind: Set(kind.to_owned()),
                    value: Set(value.to_owned()),
                    tenant_id: Set(tenant.0),
                    origins: Set(to_json(&Vec::<String>::new())?),
                    open: Set(true),
                    created_at: Set(now.millis()),
                    ..Default::default()
                }
                .insert(&self.tx)
                .await?;
                Ok(())
            }
        }
    }

    /// Opens or closes a section; `false` where there is no such agency.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_status(
        &mut self,
        tenant: TenantId,
        status: Status,
        now: Moment,
    ) -> Result<bool, StoreError> {
        self.touch_registry().await?;
        let changed = agency::Entity::update_many()
            .set(agency::ActiveModel {
                status: Set(status.word().to_owned()),
                changed_at: Set(now.millis()),
                ..Default::default()
            })
            .filter(agency::Column::TenantId.eq(tenant.0))
            .exec(&self.tx)
            .await?;
        self.touch_public(tenant.0, now).await?;
        self.touch_front(now).await?;
        Ok(changed.rows_affected == 1)
    }

    /// The province's own pages list agencies: they are made anew.
    async fn touch_front(&mut self, now: Moment) -> Result<(), StoreError> {
        if let Some(row) = province::Entity::find().one(&self.tx).await? {
            self.touch_public(row.id, now).await?;
        }
        Ok(())
    }

    /// Writes the policy rows of a domain with the table compiled from `effective`.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_policy(
        &mut self,
        domain: DomainId,
        own: &[PolicyRow],
        effective: &[PolicyRow],
        table: &PolicyTable,
        now: Moment,
    ) -> Result<(), StoreError> {
        policy::put(&self.tx, domain, own, effective, table, now).await?;
        self.touch_registry().await
    }

    /// Gives a role, in an agency or in the province.
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
        crate::identity::grant_role(&self.tx, account, domain, role, by, now).await
    }

    /// Takes a role; `false` where it was not held.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn revoke(
        &mut self,
        account: AccountId,
        domain: DomainId,
        role: Role,
    ) -> Result<bool, StoreError> {
        crate::identity::revoke_role(&self.tx, account, domain, role).await
    }

    /// Until the end of the transaction nobody else who asks this takes a role in the place, nor disables who holds one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn lock_members(&mut self, domain: DomainId) -> Result<(), StoreError> {
        crate::identity::lock_members(&self.tx, self.inner.database.engine(), domain).await
    }
}

impl ProvinceReader {
    /// The province's file as it was last applied, if ever.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn province_body(&self) -> Result<Option<(ProvinceId, String)>, StoreError> {
        Ok(province::Entity::find()
            .one(&self.tx)
            .await?
            .map(|row| (ProvinceId(row.id), row.body)))
    }

    /// Of some agencies, everything their files say.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn bodies_of(&self, agencies: &[TenantId]) -> Result<Vec<(TenantId, String)>, StoreError> {
        let rows = agency::Entity::find()
            .filter(agency::Column::TenantId.is_in(agencies.iter().map(|id| id.0)))
            .all(&self.tx)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| (TenantId(row.tenant_id), row.body))
            .collect())
    }

    /// The policy rows of a domain.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn policy_rows(&self, domain: DomainId) -> Result<Vec<PolicyRow>, StoreError> {
        policy::rows(&self.tx, domain).await
    }

    /// Everybody with a role in a place.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn members(&self, domain: DomainId) -> Result<Vec<Membership>, StoreError> {
        crate::identity::members_of(&self.tx, domain).await
    }

    /// How many people who may sign in hold a role in a place: the last administrator stays (AUZ-14).
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn count_role(&self, domain: DomainId, role: Role) -> Result<u64, StoreError> {
        crate::identity::count_role(&self.tx, domain, role).await
    }
}

fn taken(kind: &str, value: &str) -> StoreError {
    StoreError::Exists(sea_orm::DbErr::Custom(format!("{kind} {value}")))
}
