//! Reading the register of agencies as the province keeps it: status, file and the days it speaks of.

use pbgdpl_model::agency::Status;
use pbgdpl_model::id::{DomainId, TenantId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::convert::word;
use crate::entity::{agency, agency_address, policy_row};
use crate::error::StoreError;
use crate::province::ProvinceReader;

/// An agency as the register holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Permanent id.
    pub tenant: TenantId,
    /// Current slug.
    pub slug: String,
    /// Whether its section is open.
    pub status: Status,
    /// Everything its file says, JSON.
    pub body: String,
}

/// A word that leads to an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// `slug`, or `alias`: a former slug, which leads on for ever.
    pub kind: String,
    /// The word.
    pub word: String,
    /// Where it leads.
    pub whose: TenantId,
}

fn read(row: agency::Model) -> Result<Registered, StoreError> {
    Ok(Registered {
        tenant: TenantId(row.tenant_id),
        slug: row.slug,
        status: word(&row.status)?,
        body: row.body,
    })
}

impl ProvinceReader {
    /// Every agency, by slug.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn register(&self) -> Result<Vec<Registered>, StoreError> {
        let rows = agency::Entity::find()
            .order_by_asc(agency::Column::Slug)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// One agency.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn registered(&self, tenant: TenantId) -> Result<Option<Registered>, StoreError> {
        agency::Entity::find_by_id(tenant.0)
            .one(&self.tx)
            .await?
            .map(read)
            .transpose()
    }

    /// Every slug, present and former, and whose it is.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn slugs(&self) -> Result<Vec<Address>, StoreError> {
        let rows = agency_address::Entity::find()
            .filter(agency_address::Column::Kind.is_in(["slug", "alias"]))
            .order_by_asc(agency_address::Column::Kind)
            .order_by_asc(agency_address::Column::Value)
            .all(&self.tx)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| Address {
                kind: row.kind,
                word: row.value,
                whose: TenantId(row.tenant_id),
            })
            .collect())
    }

    /// The agency that a slug leads to, or led to once.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn slug_owner(&self, slug: &str) -> Result<Option<TenantId>, StoreError> {
        let row = agency_address::Entity::find()
            .filter(agency_address::Column::Kind.is_in(["slug", "alias"]))
            .filter(agency_address::Column::Value.eq(slug))
            .one(&self.tx)
            .await?;
        Ok(row.map(|row| TenantId(row.tenant_id)))
    }

    /// The places that have policy rows: the province, and agencies with rows of their own.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn domains_with_policy(&self) -> Result<Vec<DomainId>, StoreError> {
        let domains: Vec<uuid::Uuid> = policy_row::Entity::find()
            .select_only()
            .column(policy_row::Column::Domain)
            .distinct()
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(domains.into_iter().map(DomainId).collect())
    }
}
