//! Reading the registry of agencies, addresses and compiled policies; noticing that it changed.

use std::collections::HashMap;
use std::sync::Arc;

use pbgdpl_model::agency::{Agency, DatedKind, DatedName, Status};
use pbgdpl_model::id::{EmbedId, ProvinceId, TenantId};
use pbgdpl_scope::{AddressRow, PolicyTable, Province, Replaced, Snapshot, SnapshotParts, TenantParts};
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use uuid::Uuid;

use crate::convert::{from_json, moment, word};
use crate::database::Database;
use crate::entity::{
    agency, agency_address, agency_kind, agency_name, agency_parent, policy_table, policy_version, province,
    registry_version,
};
use crate::error::StoreError;
use crate::machinery::Machinery;

/// Says that agencies, addresses or policies changed: every node reads them again.
pub(crate) async fn bump(db: &impl ConnectionTrait) -> Result<(), StoreError> {
    registry_version::Entity::update_many()
        .col_expr(registry_version::Column::Value, Expr::cust("value + 1"))
        .exec(db)
        .await?;
    Ok(())
}

async fn version(db: &impl ConnectionTrait) -> Result<i64, StoreError> {
    let row = registry_version::Entity::find_by_id(1).one(db).await?;
    row.map(|row| row.value)
        .ok_or_else(|| StoreError::Unfit("the database is not set up: run `pbgdpl migrate up`".into()))
}

/// Reads the whole registry, as of one moment.
pub(crate) async fn load(database: &Database) -> Result<Snapshot, StoreError> {
    let tx = database.begin_read(None).await?;
    let version = version(&tx).await?;
    let province = province::Entity::find().one(&tx).await?;
    // A new database has no province yet: an empty registry serves nothing, and `tenants apply` fills it.
    let province = province.map_or(
        Province {
            id: ProvinceId(Uuid::nil()),
            slug: String::new(),
            name: String::new(),
        },
        |row| Province {
            id: ProvinceId(row.id),
            slug: row.slug,
            name: row.name,
        },
    );
    let mut tables: HashMap<String, Arc<PolicyTable>> = HashMap::new();
    for row in policy_table::Entity::find().all(&tx).await? {
        if let Some(table) = PolicyTable::from_text(&row.bits) {
            tables.insert(row.hash, Arc::new(table));
        }
    }
    let hashes: HashMap<Uuid, String> = policy_version::Entity::find()
        .all(&tx)
        .await?
        .into_iter()
        .map(|row| (row.domain, row.hash))
        .collect();
    let nothing = Arc::new(PolicyTable::empty());
    let policy = |domain: Uuid| hashes.get(&domain).and_then(|hash| tables.get(hash)).cloned();
    let base = policy(province.id.0).unwrap_or_else(|| Arc::clone(&nothing));
    let mut kinds: HashMap<Uuid, Vec<DatedKind>> = HashMap::new();
    for row in agency_kind::Entity::find()
        .order_by_asc(agency_kind::Column::ValidFrom)
        .all(&tx)
        .await?
    {
        let kind = DatedKind {
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            kind: row.kind,
        };
        kinds.entry(row.tenant_id).or_default().push(kind);
    }
    let mut names: HashMap<Uuid, Vec<DatedName>> = HashMap::new();
    for row in agency_name::Entity::find()
        .order_by_asc(agency_name::Column::ValidFrom)
        .all(&tx)
        .await?
    {
        let name = DatedName {
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            official: row.official,
            short: row.short,
        };
        names.entry(row.tenant_id).or_default().push(name);
    }
    let mut parents: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in agency_parent::Entity::find()
        .order_by_asc(agency_parent::Column::ValidFrom)
        .all(&tx)
        .await?
    {
        parents
            .entry(row.tenant_id)
            .or_default()
            .push((row.valid_from, row.valid_to, row.parent));
    }
    let mut tenants = Vec::new();
    for row in agency::Entity::find().all(&tx).await? {
        let agency = Agency {
            id: TenantId(row.tenant_id),
            slug: row.slug,
            kinds: kinds.remove(&row.tenant_id).unwrap_or_default(),
            membership: row.membership,
            report_row: word(&row.report_row)?,
            status: word::<Status>(&row.status)?,
            accent: row.accent,
            names: names.remove(&row.tenant_id).unwrap_or_default(),
            parents: parents.remove(&row.tenant_id).unwrap_or_default(),
            last_day: row.last_day,
        };
        // An agency without rows of its own shares the province's table.
        let policy = policy(row.tenant_id).unwrap_or_else(|| Arc::clone(&base));
        tenants.push(TenantParts { agency, policy });
    }
    let addresses = agency_address::Entity::find()
        .all(&tx)
        .await?
        .into_iter()
        .map(|row| {
            Ok(AddressRow {
                kind: row.kind,
                value: row.value,
                tenant: TenantId(row.tenant_id),
                origins: from_json(&row.origins)?,
                open: row.open,
                embed: row.embed_id.map(EmbedId),
                replaced: row.replaced_at.map(|at| Replaced {
                    at: moment(at),
                    ends: row.ends_at.map(moment),
                }),
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    tx.commit().await?;
    Ok(Snapshot::new(SnapshotParts {
        version,
        province,
        province_policy: base,
        tenants,
        addresses,
    }))
}

impl Machinery {
    /// Reads the registry again if it changed. Returns whether it did.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn poll_registry(&self) -> Result<bool, StoreError> {
        let newest = version(self.inner.database.reading()).await?;
        if newest <= self.inner.registry.now().version() {
            return Ok(false);
        }
        self.inner.registry.put(load(&self.inner.database).await?);
        // A long transaction (a whole province applied) commits generations older than a poll looks back.
        super::generation::load_all(&self.inner.database, &self.inner.generations).await?;
        Ok(true)
    }
}
