//! Host names that the agency claims as its own, where they lead, and the province's copy of how they stand.

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::estate::Weight;
use pbgdpl_model::id::{AccountId, HostId};
use pbgdpl_model::own_host::{Claim, Finding};
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::{EmbedWatch, EmbedWrite};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::convert::{from_json, moment, to_json};
use crate::database::Engine;
use crate::entity::{agency_address, agency_host, province_host};
use crate::error::StoreError;
use crate::machinery::registry;
use crate::tenant::{TenantReader, TenantStore};

/// The kind of an address that is a host.
const HOST: &str = "host";
/// A certificate that is not there yet is looked for again after so long.
const SOON_SECONDS: i64 = 3600;
/// Every day, with time to spare.
const DAILY_SECONDS: i64 = 20 * 3600;

/// A host name that the agency claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostClaim {
    /// Permanent id.
    pub id: HostId,
    /// The name, in ASCII.
    pub host: String,
    /// What the record must hold.
    pub token: String,
    /// Who claimed it last.
    pub added_by: AccountId,
    /// How far it is proved.
    pub claim: Claim,
    /// Last day of the domain's registration, as its people say.
    pub registered_until: Option<NaiveDate>,
    /// What is to be said of it, the gravest first.
    pub findings: Vec<Finding>,
    /// When it was last looked at.
    pub looked_at: Option<Moment>,
}

/// Whom a host name shows already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Led {
    /// Nobody: it is free.
    Nowhere,
    /// This agency, or it did.
    Here,
    /// Another agency, or it did within the last year.
    ToAnother,
}

impl TenantReader {
    /// The names that the agency claims or claimed, by name.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn host_claims(&self) -> Result<Vec<HostClaim>, StoreError> {
        let rows = self
            .find::<agency_host::Entity>()
            .order_by_asc(agency_host::Column::Host)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn host_claim(&self, id: HostId) -> Result<Option<HostClaim>, StoreError> {
        let row = self
            .find::<agency_host::Entity>()
            .filter(agency_host::Column::Id.eq(id.0))
            .one(&self.tx)
            .await?;
        row.map(read).transpose()
    }

    /// Whom a name shows. Of another agency only that it is another.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn host_leads(&self, host: &str) -> Result<Led, StoreError> {
        let row = agency_address::Entity::find_by_id((HOST.to_owned(), host.to_owned()))
            .one(&self.tx)
            .await?;
        Ok(match row {
            None => Led::Nowhere,
            Some(row) if row.tenant_id == self.tenant.0 => Led::Here,
            Some(_) => Led::ToAnother,
        })
    }
}

impl TenantStore {
    /// One of the names, held until the end of the transaction: a look that ends meanwhile waits, and sees what this act made of it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn host_claim_held(&self, id: HostId) -> Result<Option<HostClaim>, StoreError> {
        let mut query = self
            .find::<agency_host::Entity>()
            .filter(agency_host::Column::Id.eq(id.0));
        if self.engine == Engine::Postgres {
            query = query.lock_exclusive();
        }
        query.one(&self.reader.tx).await?.map(read).transpose()
    }

    /// Writes down a claim, new or made anew.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn put_host_claim(
        &mut self,
        permit: &Permit<EmbedWrite>,
        claim: &HostClaim,
        now: Moment,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        self.put(claim, now).await
    }

    /// Keeps what a look at a name showed.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn keep_host_look(
        &mut self,
        permit: &Permit<EmbedWatch>,
        claim: &HostClaim,
        now: Moment,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        self.put(claim, now).await
    }

    /// The claim, where its name leads, and the province's copy, all three as the claim says.
    async fn put(&mut self, claim: &HostClaim, now: Moment) -> Result<(), StoreError> {
        let tenant = self.tenant().0;
        let row = agency_host::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(claim.id.0),
            host: Set(claim.host.clone()),
            token: Set(claim.token.clone()),
            added_by: Set(claim.added_by.0),
            claimed_at: Set(claim.claim.claimed_at.millis()),
            proved_at: Set(claim.claim.proved_at.map(Moment::millis)),
            missed_since: Set(claim.claim.missed_since.map(Moment::millis)),
            suspended_at: Set(claim.claim.suspended_at.map(Moment::millis)),
            released_at: Set(claim.claim.released_at.map(Moment::millis)),
            registered_until: Set(claim.registered_until),
            findings: Set(to_json(&claim.findings)?),
            looked_at: Set(claim.looked_at.map(Moment::millis)),
        };
        match self.reader.host_claim(claim.id).await? {
            Some(_) => row.update(&self.reader.tx).await.map(|_| ())?,
            None => row.insert(&self.reader.tx).await.map(|_| ())?,
        }
        self.lead_host(claim, now).await?;
        self.copy_host(claim, now).await
    }

    /// Lets the name lead here, or keeps it from others, as the claim says.
    async fn lead_host(&mut self, claim: &HostClaim, now: Moment) -> Result<(), StoreError> {
        let key = (HOST.to_owned(), claim.host.clone());
        let there = agency_address::Entity::find_by_id(key)
            .one(&self.reader.tx)
            .await?;
        let (open, ends) = (claim.claim.serves(), claim.claim.held_until().map(Moment::millis));
        match there {
            Some(row) if row.tenant_id != self.tenant().0 => {
                // What belongs to another is neither taken nor closed.
                return if open {
                    Err(StoreError::OtherAgency)
                } else {
                    Ok(())
                };
            }
            Some(row) if row.open == open && row.ends_at == ends => return Ok(()),
            // Claimed anew and not proved yet: what the name was before it stays.
            Some(_) if !open && ends.is_none() => return Ok(()),
            Some(row) => {
                let mut row = row.into_active_model();
                row.open = Set(open);
                row.ends_at = Set(ends);
                row.update(&self.reader.tx).await?;
            }
            None if open => {
                agency_address::ActiveModel {
                    kind: Set(HOST.into()),
                    value: Set(claim.host.clone()),
                    tenant_id: Set(self.tenant().0),
                    origins: Set("[]".into()),
                    open: Set(true),
                    created_at: Set(now.millis()),
                    ..Default::default()
                }
                .insert(&self.reader.tx)
                .await?;
            }
            None => return Ok(()),
        }
        registry::bump(&self.reader.tx).await?;
        self.touched.registry = true;
        self.touch_public(now).await
    }

    /// The province's copy; gone when nothing is to be looked at any more.
    async fn copy_host(&self, claim: &HostClaim, now: Moment) -> Result<(), StoreError> {
        let tenant = self.tenant().0;
        province_host::Entity::delete_by_id((tenant, claim.id.0))
            .exec(&self.reader.tx)
            .await?;
        let Some(seconds) = self.next_look(claim, now).await? else {
            return Ok(());
        };
        let gravest = claim.findings.first();
        let due = claim.looked_at.map_or(now, |looked| looked.plus_seconds(seconds));
        province_host::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(claim.id.0),
            host: Set(claim.host.clone()),
            standing: Set(claim.claim.standing().word().to_owned()),
            trouble: Set(gravest.map(Finding::says).unwrap_or_default()),
            gravity: Set(gravest.map_or(0, |finding| gravity(finding.weight()))),
            proved_at: Set(claim.claim.proved_at.map(Moment::millis)),
            looked_at: Set(claim.looked_at.map(Moment::millis)),
            due_at: Set(Some(due.millis())),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }
}

impl TenantStore {
    /// After how many seconds a name is looked at again. One that is only kept from others is, whatever its claim has forgotten.
    async fn next_look(&self, claim: &HostClaim, now: Moment) -> Result<Option<i64>, StoreError> {
        if let Some(seconds) = claim.claim.look_again(now) {
            // A certificate is ordered when somebody first comes: perhaps that was us.
            let ordered = claim
                .findings
                .iter()
                .any(|finding| matches!(finding, Finding::NoCertificate { .. }));
            return Ok(Some(if ordered {
                seconds.min(SOON_SECONDS)
            } else {
                seconds
            }));
        }
        let row = agency_address::Entity::find_by_id((HOST.to_owned(), claim.host.clone()))
            .one(&self.reader.tx)
            .await?;
        let kept = row.is_some_and(|row| {
            row.tenant_id == self.tenant().0
                && !row.open
                && row.ends_at.is_some_and(|ends| ends > now.millis())
        });
        Ok(kept.then_some(DAILY_SECONDS))
    }
}

const fn gravity(weight: Weight) -> i32 {
    match weight {
        Weight::Fine => 0,
        Weight::Mend => 1,
        Weight::Broken => 2,
        Weight::Alarm => 3,
    }
}

fn read(row: agency_host::Model) -> Result<HostClaim, StoreError> {
    Ok(HostClaim {
        id: HostId(row.id),
        host: row.host,
        token: row.token,
        added_by: AccountId(row.added_by),
        claim: Claim {
            claimed_at: moment(row.claimed_at),
            proved_at: row.proved_at.map(moment),
            missed_since: row.missed_since.map(moment),
            suspended_at: row.suspended_at.map(moment),
            released_at: row.released_at.map(moment),
        },
        registered_until: row.registered_until,
        findings: from_json(&row.findings)?,
        looked_at: row.looked_at.map(moment),
    })
}
