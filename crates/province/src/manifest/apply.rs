//! Puts what the files say into the database: one transaction, and nothing where nothing differs.

use pbgdpl_model::agency::Status;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::DomainId;
use pbgdpl_model::manifest::AgencyFile;
use pbgdpl_model::policy::{Action, PolicyRow};
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_scope::{PolicyTable, ProvinceCtx, compile};
use pbgdpl_store::StoreError;
use pbgdpl_store::province::{ProvinceRecord, ProvinceStore};
use serde_json::json;

use super::folder::Folder;
use super::plan::{Plan, differences, refuse_changed_versions, refuse_strangers};
use super::present::{self, Present, file_of_entry, wanted_catalogue, wanted_roles};
use crate::agency::{Carry, carry, entry};
use crate::{Error, Province};

/// How far applying has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// Files done.
    pub done: usize,
    /// Files in all.
    pub total: usize,
    /// The present one.
    pub file: &'a str,
}

/// Rows of one place with the table they compile to.
struct Compiled {
    domain: DomainId,
    own: Vec<PolicyRow>,
    effective: Vec<PolicyRow>,
    table: PolicyTable,
}

/// Applies the folder. The plan that comes back says what was changed; a second time it changes nothing. `reason` stands in
/// the audit log; only rows by which one person publishes alone need one (PUB-02).
///
/// # Errors
/// [`Error::Denied`], [`Error::Files`] (also where a reason is missing), [`Error::Stale`] where somebody changed the policies meanwhile, or a fault of the
/// store. Nothing is kept then.
#[tracing::instrument(name = "province.manifest.apply", skip_all)]
pub async fn apply(
    province: &Province,
    ctx: &ProvinceCtx,
    folder: &Folder,
    reason: &str,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Plan, Error> {
    let warrant = ctx.warrant::<ManifestApply>()?;
    let before = {
        let store = province.store().province_reader(&warrant).await?;
        present::read(&store).await?
    };
    // Casbin compiles before the transaction begins: it takes longer than all the writing.
    let policies = compiled(&before, folder).await?;
    let mut store = province.store().province(&warrant).await?;
    let present = present::read(&store).await?;
    if present.roles != before.roles || present.own_roles != before.own_roles {
        return Err(Error::Stale);
    }
    refuse_strangers(&present, folder)?;
    refuse_changed_versions(&present, folder, ctx.now().day())?;
    let plan = differences(&present, folder.manifest())?;
    if reason.trim().is_empty() && !plan.alone.is_empty() {
        let missing = "cho một người tự viết và tự công bố; áp dụng lại với lý do (--reason \"…\")";
        let rows = plan.alone.iter().map(|row| folder.role_problem(row, missing));
        return Err(Error::Files(rows.collect()));
    }
    if plan.changes() > 0 {
        let mut steps = Steps {
            store: &mut store,
            folder,
            present: &present,
            plan: &plan,
            now: ctx.now(),
            done: 0,
            progress,
        };
        steps.write(&policies).await?;
        store.record(ctx, record(folder, &plan, reason.trim())).await?;
        store.save().await?;
        province.store().machinery().poll_registry().await?;
    } else {
        drop(store);
    }
    carry_profiles(province, ctx, folder, &present).await?;
    Ok(plan)
}

async fn compiled(present: &Present, folder: &Folder) -> Result<Vec<Compiled>, Error> {
    let base = wanted_roles(folder.manifest());
    let mut policies = Vec::new();
    if base == present.roles {
        return Ok(policies);
    }
    policies.push(Compiled {
        domain: folder.manifest().province.province().into(),
        own: base.clone(),
        effective: base.clone(),
        table: compile(&base).await?,
    });
    for (domain, own) in &present.own_roles {
        let mut effective: Vec<PolicyRow> = base.iter().chain(own).copied().collect();
        effective.sort_unstable();
        effective.dedup();
        policies.push(Compiled {
            domain: *domain,
            own: own.clone(),
            table: compile(&effective).await?,
            effective,
        });
    }
    Ok(policies)
}

/// The writing, step by step, inside the one transaction.
struct Steps<'a> {
    store: &'a mut ProvinceStore,
    folder: &'a Folder,
    present: &'a Present,
    plan: &'a Plan,
    now: Moment,
    done: usize,
    progress: &'a mut (dyn FnMut(Progress<'_>) + Send),
}

impl Steps<'_> {
    fn changes(&self, file: &str) -> bool {
        self.plan
            .lines
            .iter()
            .any(|line| line.file == file && line.changes())
    }

    fn step(&mut self, file: &str) {
        self.done += 1;
        let total = self.plan.changes();
        (self.progress)(Progress {
            done: self.done.min(total),
            total,
            file,
        });
    }

    async fn write(&mut self, policies: &[Compiled]) -> Result<(), Error> {
        let folder = self.folder;
        let manifest = folder.manifest();
        let names = self.changes("province.toml");
        if names {
            let file = &manifest.province;
            let name = file
                .names
                .last()
                .map(|name| name.official.as_str())
                .unwrap_or_default();
            let body = serde_json::to_string(file)?;
            self.store
                .put_province(file.province(), &file.slug, name, &body, self.now)
                .await?;
            self.step("province.toml");
        }
        for file in &manifest.agencies {
            let name = format!("agencies/{}.toml", file.slug);
            let changed = self.changes(&name);
            // The names of the bodies above stand in its rows: they follow when those files change.
            let above = file
                .parents
                .iter()
                .any(|parent| names || self.changes(&format!("agencies/{}.toml", parent.unit)));
            if changed || above {
                self.put_agency(file).await?;
            }
            if changed {
                self.step(&name);
            }
        }
        for policy in policies {
            self.store
                .put_policy(
                    policy.domain,
                    &policy.own,
                    &policy.effective,
                    &policy.table,
                    self.now,
                )
                .await?;
        }
        if self.changes("roles.csv") {
            self.step("roles.csv");
        }
        for (key, body) in wanted_catalogue(manifest)? {
            let name = file_of_entry(&key);
            if self.changes(&name) {
                self.store.put_catalogue(key.0, &key.1, &body, self.now).await?;
                self.step(&name);
            }
        }
        self.store.touch_public(manifest.province.id, self.now).await?;
        Ok(())
    }

    async fn put_agency(&mut self, file: &AgencyFile) -> Result<(), Error> {
        let status = self
            .present
            .agencies
            .get(&file.tenant())
            .map_or(Status::Open, |(status, _)| *status);
        let new = entry(file, self.folder.manifest().parents_of(file), status)?;
        self.store
            .put_agency(&new, self.now)
            .await
            .map_err(|error| match error {
                StoreError::Exists(_) => {
                    Error::Files(vec![self.folder.slug_problem(
                        &file.slug,
                        "đã dẫn tới một cơ quan khác và phải dẫn tới đó mãi",
                    )])
                }
                other => other.into(),
            })
    }
}

fn record<'a>(folder: &Folder, plan: &Plan, reason: &'a str) -> ProvinceRecord<'a> {
    let files: Vec<&str> = plan
        .lines
        .iter()
        .filter(|line| line.changes())
        .map(|line| line.file.as_str())
        .collect();
    ProvinceRecord {
        action: Action::ManifestApply,
        object_kind: "province",
        object_id: folder.manifest().province.id,
        reason,
        detail: json!({ "files": files }),
    }
}

/// After the commit, through each agency's own door. A section that says nothing yet is filled even where its file did
/// not change: so a stop between the two transactions heals at the next run.
async fn carry_profiles(
    province: &Province,
    ctx: &ProvinceCtx,
    folder: &Folder,
    before: &Present,
) -> Result<(), Error> {
    for file in &folder.manifest().agencies {
        let facts = file.profile();
        let when = match before.agencies.get(&file.tenant()) {
            Some((_, there)) if there.profile() != facts => Carry::Always,
            _ => Carry::IfEmpty,
        };
        carry(province, file.tenant(), &facts, when, ctx.request(), ctx.now()).await?;
    }
    Ok(())
}
