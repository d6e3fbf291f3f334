//! All agencies and their addresses, in memory: the only maker of `Tenant`. Swapped whole when the tables change.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use chrono::NaiveDate;
use pbgdpl_model::agency::{Agency, Status};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{EmbedId, ProvinceId, TenantId};

use crate::policy_table::PolicyTable;

/// The province, as every page may show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// Permanent id: the domain of its policy, the chain of its audit.
    pub id: ProvinceId,
    /// Slug.
    pub slug: String,
    /// Name.
    pub name: String,
}

impl Province {
    /// The place that its documents are dated from: the name without its kind.
    #[must_use]
    pub fn place(&self) -> &str {
        let kinds = ["Tỉnh ", "Thành phố "];
        kinds
            .iter()
            .find_map(|kind| self.name.strip_prefix(kind))
            .unwrap_or(&self.name)
    }
}

/// An agency that exists. Made by [`Registry`] only; cheap to clone.
#[derive(Clone)]
pub struct Tenant(Arc<TenantParts>);

/// What the store knows of one agency: the raw material of a [`Tenant`], which only [`Snapshot::new`] turns into one.
#[derive(Debug)]
pub struct TenantParts {
    /// What it is.
    pub agency: Agency,
    /// Its compiled policy (shared by all agencies with the same rows).
    pub policy: Arc<PolicyTable>,
}

impl std::fmt::Debug for Tenant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tenant({})", self.0.agency.slug)
    }
}

impl PartialEq for Tenant {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Tenant {}

impl Tenant {
    /// Permanent id.
    #[must_use]
    pub fn id(&self) -> TenantId {
        self.0.agency.id
    }

    /// What it is.
    #[must_use]
    pub fn agency(&self) -> &Agency {
        &self.0.agency
    }

    /// Current slug.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.0.agency.slug
    }

    /// Whether its section is open.
    #[must_use]
    pub fn status(&self) -> Status {
        self.0.agency.status
    }

    /// Its policy.
    #[must_use]
    pub fn policy(&self) -> &PolicyTable {
        &self.0.policy
    }

    /// Its short name on a day.
    #[must_use]
    pub fn short(&self, day: NaiveDate) -> &str {
        self.0.agency.short_on(day)
    }

    /// Its official name on a day.
    #[must_use]
    pub fn official(&self, day: NaiveDate) -> &str {
        self.0.agency.official_on(day)
    }
}

/// One line of the address table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressRow {
    /// slug | alias | host | embed.
    pub kind: String,
    /// The slug, the host (with its port where it is not the usual one) or the key.
    pub value: String,
    /// Where it leads.
    pub tenant: TenantId,
    /// Origins that may frame an embed key.
    pub origins: Vec<String>,
    /// Whether it is in use (a closed key explains itself).
    pub open: bool,
    /// Of an embed key: the site that it stands for.
    pub embed: Option<EmbedId>,
    /// Of an embed key that another took the place of.
    pub replaced: Option<Replaced>,
}

/// A key that another took the place of; pages that carry it go on working for a while, or for ever (EMB-17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replaced {
    /// Since when there is another.
    pub at: Moment,
    /// The moment from which it shows nothing any more.
    pub ends: Option<Moment>,
}

impl Replaced {
    /// Whether it still shows the section.
    #[must_use]
    pub fn holds(&self, now: Moment) -> bool {
        self.ends.is_none_or(|ends| now < ends)
    }
}

/// A site that embeds a section, as its key says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbedSite {
    /// Permanent id of the site, whichever of its keys was used.
    pub id: EmbedId,
    /// The key that was used.
    pub key: String,
    /// The agency whose section it shows.
    pub tenant: Tenant,
    /// Origins that may frame it.
    pub origins: Vec<String>,
    /// Whether it is in use.
    pub open: bool,
    /// Where another key took the place of this one.
    pub replaced: Option<Replaced>,
}

/// Where a slug leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// To the agency.
    Here(Tenant),
    /// The agency moved: its current slug (301, for ever).
    Moved(Tenant),
}

/// What the store hands over to build a snapshot.
#[derive(Debug)]
pub struct SnapshotParts {
    /// Counts changes of the tables it was read from.
    pub version: i64,
    /// The province.
    pub province: Province,
    /// Its policy.
    pub province_policy: Arc<PolicyTable>,
    /// The agencies.
    pub tenants: Vec<TenantParts>,
    /// Their addresses.
    pub addresses: Vec<AddressRow>,
}

/// What an embed key stands for.
#[derive(Debug, Clone)]
struct KeyParts {
    tenant: TenantId,
    embed: EmbedId,
    origins: Vec<String>,
    open: bool,
    replaced: Option<Replaced>,
}

/// The agencies and their addresses at one moment.
#[derive(Debug)]
pub struct Snapshot {
    version: i64,
    province: Province,
    province_policy: Arc<PolicyTable>,
    tenants: HashMap<TenantId, Tenant>,
    slugs: HashMap<String, (TenantId, bool)>,
    hosts: HashMap<String, TenantId>,
    keys: HashMap<String, KeyParts>,
}

impl Snapshot {
    /// Builds the maps. Addresses that lead nowhere are left out.
    #[must_use]
    pub fn new(parts: SnapshotParts) -> Self {
        let tenants: HashMap<TenantId, Tenant> = parts
            .tenants
            .into_iter()
            .map(|parts| (parts.agency.id, Tenant(Arc::new(parts))))
            .collect();
        let mut snapshot = Self {
            version: parts.version,
            province: parts.province,
            province_policy: parts.province_policy,
            tenants,
            slugs: HashMap::new(),
            hosts: HashMap::new(),
            keys: HashMap::new(),
        };
        for row in parts.addresses {
            if !snapshot.tenants.contains_key(&row.tenant) {
                continue;
            }
            match row.kind.as_str() {
                "slug" => {
                    snapshot.slugs.insert(row.value, (row.tenant, true));
                }
                "alias" => {
                    snapshot.slugs.entry(row.value).or_insert((row.tenant, false));
                }
                // One that is closed is only kept from others (SECURITY 5.8).
                "host" if row.open => {
                    snapshot.hosts.insert(row.value, row.tenant);
                }
                "embed" => {
                    let Some(embed) = row.embed else { continue };
                    let parts = KeyParts {
                        tenant: row.tenant,
                        embed,
                        origins: row.origins,
                        open: row.open,
                        replaced: row.replaced,
                    };
                    snapshot.keys.insert(row.value, parts);
                }
                _ => {}
            }
        }
        snapshot
    }

    /// The same with these agencies as they were, and no other: for what is drawn by a registry of an earlier day. It opens nothing
    /// that this one does not; an agency that this one does not know stays unknown.
    #[must_use]
    pub fn with_agencies(&self, agencies: &[Agency]) -> Self {
        let known = agencies.iter().filter_map(|agency| {
            let policy = Arc::clone(&self.tenants.get(&agency.id)?.0.policy);
            let agency = agency.clone();
            Some((agency.id, Tenant(Arc::new(TenantParts { agency, policy }))))
        });
        Self {
            version: self.version,
            province: self.province.clone(),
            province_policy: Arc::clone(&self.province_policy),
            tenants: known.collect(),
            slugs: self.slugs.clone(),
            hosts: self.hosts.clone(),
            keys: self.keys.clone(),
        }
    }

    /// Counts changes of the tables it was read from.
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// The province.
    #[must_use]
    pub const fn province(&self) -> &Province {
        &self.province
    }

    /// The policy of the province's own roles.
    #[must_use]
    pub fn province_policy(&self) -> &PolicyTable {
        &self.province_policy
    }

    /// The agency a slug leads to.
    #[must_use]
    pub fn by_slug(&self, slug: &str) -> Option<Found> {
        let (id, current) = self.slugs.get(slug)?;
        let tenant = self.tenants.get(id)?.clone();
        Some(if *current {
            Found::Here(tenant)
        } else {
            Found::Moved(tenant)
        })
    }

    /// The agency whose own host this is (`host` or `host:port`, already normalised).
    #[must_use]
    pub fn by_host(&self, host: &str) -> Option<Tenant> {
        self.tenants.get(self.hosts.get(host)?).cloned()
    }

    /// The site an embed key stands for.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<EmbedSite> {
        let parts = self.keys.get(key)?;
        Some(EmbedSite {
            id: parts.embed,
            key: key.to_owned(),
            tenant: self.tenants.get(&parts.tenant)?.clone(),
            origins: parts.origins.clone(),
            open: parts.open,
            replaced: parts.replaced,
        })
    }

    /// The agency with this id: for jobs and for the province's own pages.
    #[must_use]
    pub fn by_id(&self, id: TenantId) -> Option<Tenant> {
        self.tenants.get(&id).cloned()
    }

    /// All agencies, in no order.
    pub fn tenants(&self) -> impl Iterator<Item = &Tenant> {
        self.tenants.values()
    }

    /// Own hosts of an agency.
    pub fn hosts_of(&self, id: TenantId) -> impl Iterator<Item = &str> {
        self.hosts
            .iter()
            .filter(move |(_, owner)| **owner == id)
            .map(|(host, _)| host.as_str())
    }

    /// How many agencies there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tenants.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tenants.is_empty()
    }
}

/// The present snapshot; readers never wait.
#[derive(Debug)]
pub struct Registry(ArcSwap<Snapshot>);

impl Registry {
    /// With its first snapshot.
    #[must_use]
    pub fn new(snapshot: Snapshot) -> Self {
        Self(ArcSwap::from_pointee(snapshot))
    }

    /// The present snapshot.
    #[must_use]
    pub fn now(&self) -> Arc<Snapshot> {
        self.0.load_full()
    }

    /// Puts a newer snapshot in place; an older one is ignored.
    pub fn put(&self, snapshot: Snapshot) {
        let new = Arc::new(snapshot);
        self.0.rcu(|old| {
            if new.version >= old.version {
                Arc::clone(&new)
            } else {
                Arc::clone(old)
            }
        });
    }
}
