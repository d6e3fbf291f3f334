//! Host names of agencies' own, over all agencies: the province's copies.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{HostId, TenantId};
use pbgdpl_model::own_host::Standing;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::convert::{moment, word};
use crate::entity::province_host;
use crate::error::StoreError;
use crate::province::ProvinceReader;

/// A host name of an agency's own, as the province sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvinceHost {
    /// Whose section.
    pub tenant: TenantId,
    /// Permanent id.
    pub id: HostId,
    /// The name.
    pub host: String,
    /// How its claim stands.
    pub standing: Standing,
    /// The gravest of what was found, in words; nothing where all is well.
    pub trouble: String,
    /// How grave: 0 nothing, 1 to mend, 2 broken, 3 alarm.
    pub gravity: i32,
    /// When its record was last seen.
    pub proved_at: Option<Moment>,
    /// When it was last looked at.
    pub looked_at: Option<Moment>,
}

impl ProvinceReader {
    /// Every name that is looked at, the gravest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn own_hosts(&self) -> Result<Vec<ProvinceHost>, StoreError> {
        let rows = province_host::Entity::find()
            .order_by_desc(province_host::Column::Gravity)
            .order_by_asc(province_host::Column::Host)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Names that are due at a moment, those that waited longest first: no agency is opened to find them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn own_hosts_due(&self, now: Moment, most: u64) -> Result<Vec<(TenantId, HostId)>, StoreError> {
        let rows: Vec<(Uuid, Uuid)> = province_host::Entity::find()
            .filter(province_host::Column::DueAt.lte(now.millis()))
            .select_only()
            .column(province_host::Column::TenantId)
            .column(province_host::Column::Id)
            .order_by_asc(province_host::Column::DueAt)
            .limit(most)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let named = rows
            .into_iter()
            .map(|(tenant, id)| (TenantId(tenant), HostId(id)));
        Ok(named.collect())
    }
}

fn read(row: province_host::Model) -> Result<ProvinceHost, StoreError> {
    Ok(ProvinceHost {
        tenant: TenantId(row.tenant_id),
        id: HostId(row.id),
        host: row.host,
        standing: word(&row.standing)?,
        trouble: row.trouble,
        gravity: row.gravity,
        proved_at: row.proved_at.map(moment),
        looked_at: row.looked_at.map(moment),
    })
}
