//! What the database holds of everything that `tenants/` speaks of, and what the files want there.

use std::collections::BTreeMap;

use pbgdpl_model::agency::Status;
use pbgdpl_model::id::{DomainId, TenantId};
use pbgdpl_model::manifest::{AgencyFile, Manifest, ProvinceFile};
use pbgdpl_model::policy::PolicyRow;
use pbgdpl_store::province::{Address, ProvinceReader};
use serde::Serialize;

use crate::Error;
use crate::agency::file_of;
use crate::structure::REORGANISATION;

/// Place of an entry of the catalogue: kind and code.
pub(super) type Key = (&'static str, String);

/// What the database holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Present {
    pub province: Option<ProvinceFile>,
    pub agencies: BTreeMap<TenantId, (Status, AgencyFile)>,
    /// Slugs and former slugs.
    pub addresses: Vec<Address>,
    pub roles: Vec<PolicyRow>,
    /// Agencies with rows of their own.
    pub own_roles: Vec<(DomainId, Vec<PolicyRow>)>,
    pub catalogue: BTreeMap<Key, String>,
}

/// Kinds of the catalogue.
const KINDS: [&str; 10] = [
    "form",
    "indicator",
    "plan",
    "council",
    "calendar",
    ALARMS,
    DASHBOARD,
    RETENTION,
    "vocabulary",
    REORGANISATION,
];

/// Kind and code of the rules for alarms in the catalogue.
pub(crate) const ALARMS: &str = "alarms";

/// Kind and code of what the dashboard counts.
pub(crate) const DASHBOARD: &str = "dashboard";

/// Kind and code of how long things are kept.
pub(crate) const RETENTION: &str = "retention";

pub(super) async fn read(store: &ProvinceReader) -> Result<Present, Error> {
    let mut present = Present::default();
    let base = match store.province_body().await? {
        Some((id, body)) => {
            present.province = Some(serde_json::from_str(&body)?);
            Some(DomainId::from(id))
        }
        None => None,
    };
    for row in store.register().await? {
        present
            .agencies
            .insert(row.tenant, (row.status, file_of(&row.body)?));
    }
    present.addresses = store.slugs().await?;
    for domain in store.domains_with_policy().await? {
        let mut rows = store.policy_rows(domain).await?;
        rows.sort_unstable();
        if Some(domain) == base {
            present.roles = rows;
        } else {
            present.own_roles.push((domain, rows));
        }
    }
    for kind in KINDS {
        for (code, body) in store.catalogue(kind).await? {
            present.catalogue.insert((kind, code), body);
        }
    }
    Ok(present)
}

/// The base rows that the files want, in the order of the lists.
pub(super) fn wanted_roles(manifest: &Manifest) -> Vec<PolicyRow> {
    let mut rows: Vec<PolicyRow> = manifest.roles.iter().map(|line| line.row()).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// The entries of the catalogue that the files want.
pub(super) fn wanted_catalogue(manifest: &Manifest) -> Result<BTreeMap<Key, String>, Error> {
    fn put(
        entries: &mut BTreeMap<Key, String>,
        kind: &'static str,
        code: &str,
        value: &impl Serialize,
    ) -> Result<(), Error> {
        entries.insert((kind, code.to_owned()), serde_json::to_string(value)?);
        Ok(())
    }
    let mut entries = BTreeMap::new();
    for form in &manifest.forms {
        put(&mut entries, "form", &form.entry(&manifest.forms), form)?;
    }
    for indicator in &manifest.indicators {
        let code = indicator.entry(&manifest.indicators);
        put(&mut entries, "indicator", &code, indicator)?;
    }
    for plan in &manifest.plans {
        put(&mut entries, "plan", &plan.entry(&manifest.plans), plan)?;
    }
    for council in &manifest.councils {
        put(&mut entries, "council", &council.id, council)?;
    }
    put(&mut entries, "calendar", "calendar", &manifest.calendar)?;
    if let Some(alarms) = &manifest.alarms {
        put(&mut entries, ALARMS, ALARMS, alarms)?;
    }
    if let Some(dashboard) = &manifest.dashboard {
        put(&mut entries, DASHBOARD, DASHBOARD, dashboard)?;
    }
    if let Some(retention) = &manifest.retention {
        put(&mut entries, RETENTION, RETENTION, retention)?;
    }
    for file in &manifest.reorganisations {
        put(&mut entries, REORGANISATION, &file.id, file)?;
    }
    let words = &manifest.vocabulary;
    for (code, list) in [
        ("education-forms", &words.education_forms),
        ("fields", &words.fields),
        ("audiences", &words.audiences),
        ("information-groups", &words.information_groups),
        ("document-types", &words.document_types),
        ("languages", &words.languages),
        ("material-kinds", &words.material_kinds),
        ("dismissal-cases", &words.dismissal_cases),
    ] {
        put(&mut entries, "vocabulary", code, list)?;
    }
    put(
        &mut entries,
        "vocabulary",
        "activity-kinds",
        &words.activity_kinds,
    )?;
    Ok(entries)
}

/// The file that an entry of the catalogue stands in.
pub(super) fn file_of_entry((kind, code): &Key) -> String {
    match *kind {
        "form" => format!("forms/{code}.toml"),
        "indicator" => format!("indicators/{code}.toml"),
        "plan" => format!("plans/{code}.toml"),
        "council" => format!("councils/{code}.toml"),
        "calendar" => "calendar.toml".to_owned(),
        ALARMS => "alarms.toml".to_owned(),
        DASHBOARD => "dashboard.toml".to_owned(),
        RETENTION => "retention.toml".to_owned(),
        REORGANISATION => format!("reorganisations/{code}.toml"),
        _ => format!("vocabulary/{code}.toml"),
    }
}
