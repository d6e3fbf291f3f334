//! Verifies every audit chain: entry by entry, against its head, the last anchor and, where given, a checkpoint (AUD-02).
//!
//! Each verification leaves an anchor in the province's chain: number and hash of every chain's end. A chain cut short
//! later, head and all, does not reach its anchor. A checkpoint is the same kept outside the machine.

mod anchor;
mod walk;

use pbgdpl_model::audit::Broken;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::AuditVerify;
use pbgdpl_scope::{ProvinceCtx, Tenant};
use pbgdpl_store::identity::ACCOUNTS_CHAIN;
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;
use uuid::Uuid;

pub use anchor::{Checkpoint, Mark};

use self::walk::{Chain, walk};
use crate::{Error, Province};

/// One chain, verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainReport {
    /// Whose; none for the province's own and the accounts'.
    pub agency: Option<TenantId>,
    /// Whether it is the chain of the accounts.
    pub accounts: bool,
    /// Its name.
    pub name: String,
    /// Entries that were verified.
    pub entries: i64,
    /// Hash of the last of them.
    pub hash: [u8; 32],
    /// Entries whose words went, each by an act of the chain.
    pub erased: u64,
    /// How it is broken, if it is.
    pub fault: Option<Broken>,
}

/// All chains, verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// When.
    pub at: Moment,
    /// The province's chain first, then the accounts', then the agencies' by name.
    pub chains: Vec<ChainReport>,
}

impl Verification {
    /// Whether no chain is broken.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.chains.iter().all(|chain| chain.fault.is_none())
    }

    /// Entries verified in all.
    #[must_use]
    pub fn entries(&self) -> i64 {
        self.chains.iter().map(|chain| chain.entries).sum()
    }

    /// What to keep outside the machine. Broken chains are left out: their end proves nothing.
    #[must_use]
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint::of(self)
    }
}

/// Verifies all chains and records the result with its anchor. `progress` hears how many chains are done, of how many.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store. A broken chain is a result, not an error.
#[tracing::instrument(name = "province.oversight.verify", skip_all)]
pub async fn verify(
    province: &Province,
    ctx: &ProvinceCtx,
    checkpoint: Option<&Checkpoint>,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<Verification, Error> {
    let warrant = ctx.warrant::<AuditVerify>()?;
    let tenants = tenants(ctx);
    let total = tenants.len() + 2;
    let store = province.store().province_reader(&warrant).await?;
    let anchored = anchor::last(&store).await?;
    let marks = |chain: &str| -> Vec<Mark> {
        let kept = checkpoint.into_iter().chain(anchored.as_ref());
        kept.filter_map(|kept| kept.mark(chain)).collect()
    };
    let mut chains = Vec::with_capacity(total);
    let walked = walk(Chain::Province(&store), Uuid::nil(), &marks(anchor::PROVINCE)).await?;
    chains.push(walked.report(None, ctx.snapshot().province().name.clone()));
    progress(1, total);
    let walked = walk(Chain::Accounts(&store), ACCOUNTS_CHAIN, &marks(anchor::ACCOUNTS)).await?;
    drop(store);
    chains.push(ChainReport {
        accounts: true,
        ..walked.report(None, "Tài khoản".to_owned())
    });
    progress(2, total);
    // Whoever may verify need not be allowed to read: the machine opens the agencies for them.
    let machine = pbgdpl_scope::ProvinceCtx::of_system(
        province.store().registry().now(),
        "Kiểm chứng nhật ký",
        ctx.now(),
        ctx.request().clone(),
    );
    for (name, tenant) in tenants {
        let reader = province.store().audit(&machine.audit_warrant(&tenant)?).await?;
        let marks = marks(&tenant.id().to_string());
        let walked = walk(Chain::Agency(&reader), tenant.id().0, &marks).await?;
        chains.push(walked.report(Some(tenant.id()), name));
        progress(chains.len(), total);
    }
    chains.extend(anchor::vanished(
        checkpoint.into_iter().chain(anchored.as_ref()),
        &chains,
    ));
    let verification = Verification {
        at: ctx.now(),
        chains,
    };
    record(province, ctx, &verification, anchored).await?;
    Ok(verification)
}

/// For how long a verification is shown again instead of being made anew.
const FRESH_SECONDS: i64 = 60;

/// The verification of the last minute, or a new one. Who looks while it is being made waits for it: the chains are walked
/// once, and one mark is written, however many look.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.verify.recent", skip_all)]
pub async fn recent(province: &Province, ctx: &ProvinceCtx) -> Result<Verification, Error> {
    ctx.warrant::<AuditVerify>()?;
    let mut kept = province.verified.lock().await;
    if let Some(last) = kept
        .as_ref()
        .filter(|last| ctx.now() < last.at.plus_seconds(FRESH_SECONDS))
    {
        return Ok(last.clone());
    }
    let made = verify(province, ctx, None, &mut |_, _| {}).await?;
    *kept = Some(made.clone());
    Ok(made)
}

fn tenants(ctx: &ProvinceCtx) -> Vec<(String, Tenant)> {
    let day = ctx.now().day();
    let mut named: Vec<(String, Tenant)> = ctx
        .snapshot()
        .tenants()
        .map(|tenant| (tenant.short(day).to_owned(), tenant.clone()))
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut named, |(name, _)| name);
    named
}

async fn record(
    province: &Province,
    ctx: &ProvinceCtx,
    verification: &Verification,
    anchored: Option<Checkpoint>,
) -> Result<(), Error> {
    let warrant = ctx.warrant::<AuditVerify>()?;
    let mut store = province.store().province(&warrant).await?;
    let broken: Vec<String> = verification
        .chains
        .iter()
        .filter_map(|chain| Some(format!("{}: {}", chain.name, chain.fault.as_ref()?)))
        .collect();
    let anchor = verification.checkpoint().with_older(anchored);
    let record = ProvinceRecord {
        action: Action::AuditVerify,
        object_kind: "audit",
        object_id: ctx.snapshot().province().id.0,
        reason: "",
        detail: json!({ "chains": verification.chains.len(), "entries": verification.entries(), "broken": broken, "anchor": anchor }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(())
}
