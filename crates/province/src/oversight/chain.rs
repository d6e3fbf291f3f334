//! A chain of entries, read a piece at a time: each piece through a door that is opened for it and closed again, so that whoever
//! reads slowly holds no connection. A replica that has everything may answer.

use pbgdpl_model::audit::Entry;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_scope::action::AuditExport;
use pbgdpl_scope::{AuditWarrant, ProvinceCtx, ProvinceWarrant, Recency};
use pbgdpl_store::Store;
use pbgdpl_store::identity::ACCOUNTS_CHAIN;
use pbgdpl_store::province::ProvinceReader;
use pbgdpl_store::tenant::TenantReader;
use uuid::Uuid;

use crate::Error;

/// Entries read at once.
const BATCH: u64 = 500;

/// Whose chains are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The province's, the accounts' and those of all agencies.
    All,
    /// The province's own.
    Province,
    /// One agency's.
    Agency(TenantId),
}

/// What opens a chain.
#[derive(Debug)]
pub(crate) enum Door {
    Province,
    Accounts,
    Agency(AuditWarrant),
}

/// A chain.
#[derive(Debug)]
pub(crate) struct Chain {
    /// Its name in files: a slug, or a word that no slug is.
    pub file: String,
    /// Its name in checkpoints.
    pub key: String,
    /// Its name in hashes.
    pub id: Uuid,
    /// Its name on the screen.
    pub name: String,
    pub door: Door,
}

/// The chains that are asked for: the province's first, then the accounts', then the agencies' by slug.
pub(crate) fn chains(ctx: &ProvinceCtx, which: Which) -> Result<Vec<Chain>, Error> {
    let day = ctx.now().day();
    let of_province = || Chain {
        file: "_tinh".to_owned(),
        key: "province".to_owned(),
        id: Uuid::nil(),
        name: ctx.snapshot().province().name.clone(),
        door: Door::Province,
    };
    let of_accounts = || Chain {
        file: "_tai-khoan".to_owned(),
        key: "accounts".to_owned(),
        id: ACCOUNTS_CHAIN,
        name: "Tài khoản".to_owned(),
        door: Door::Accounts,
    };
    let of_agency = |tenant: &pbgdpl_scope::Tenant| -> Result<Chain, Error> {
        Ok(Chain {
            file: tenant.slug().to_owned(),
            key: tenant.id().to_string(),
            id: tenant.id().0,
            name: tenant.short(day).to_owned(),
            door: Door::Agency(ctx.audit_warrant(tenant)?),
        })
    };
    match which {
        Which::Province => Ok(vec![of_province()]),
        Which::Agency(id) => {
            let tenant = ctx.snapshot().by_id(id).ok_or(Error::NotFound)?;
            Ok(vec![of_agency(&tenant)?])
        }
        Which::All => {
            let mut agencies: Vec<_> = ctx.snapshot().tenants().collect();
            agencies.sort_by(|a, b| a.slug().cmp(b.slug()));
            let mut chains = vec![of_province(), of_accounts()];
            for tenant in agencies {
                chains.push(of_agency(tenant)?);
            }
            Ok(chains)
        }
    }
}

impl Chain {
    /// The next entries after a number, oldest first.
    pub(crate) async fn after(
        &self,
        store: &Store,
        warrant: &ProvinceWarrant<AuditExport>,
        seq: i64,
    ) -> Result<Vec<Entry>, Error> {
        let now = Recency::Now;
        match &self.door {
            Door::Province => {
                let read = async |reader: ProvinceReader| reader.audit_after(seq, BATCH).await;
                Ok(store.look_over(warrant, now, read).await?)
            }
            Door::Accounts => {
                let read = async |reader: ProvinceReader| reader.account_audit_after(seq, BATCH).await;
                Ok(store.look_over(warrant, now, read).await?)
            }
            Door::Agency(audit) => {
                let read = async |reader: TenantReader| reader.audit_after(seq, BATCH).await;
                Ok(store.look_into(audit, now, read).await?)
            }
        }
    }

    /// Numbers of the first and the last entry from one moment up to, not including, another.
    pub(crate) async fn span(
        &self,
        store: &Store,
        warrant: &ProvinceWarrant<AuditExport>,
        (from, until): (Moment, Moment),
    ) -> Result<Option<(i64, i64)>, Error> {
        let now = Recency::Now;
        match &self.door {
            Door::Province => {
                let read = async |reader: ProvinceReader| reader.audit_span(from, until).await;
                Ok(store.look_over(warrant, now, read).await?)
            }
            Door::Accounts => {
                let read = async |reader: ProvinceReader| reader.account_audit_span(from, until).await;
                Ok(store.look_over(warrant, now, read).await?)
            }
            Door::Agency(audit) => {
                let read = async |reader: TenantReader| reader.audit_span(from, until).await;
                Ok(store.look_into(audit, now, read).await?)
            }
        }
    }
}
