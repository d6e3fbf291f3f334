//! The campaign `open`: programs of others read every open interface of a running demo, as a visitor and as each role.

mod ask;
mod desk;
mod python;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use pbgdpl_xtask::packages::{Need, install};

use crate::embed::demo::Demo;
use crate::embed::desk::Desk;
use crate::steps::Steps;

use ask::Row;

/// Where the table stands.
const PAGE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/reference/open-interfaces.md"
);
/// Only the scripts whose names hold this word, for whoever mends one; the page stays as it is then.
const ONLY: &str = "PBGDPL_OPEN";
/// The agency that publishes and withdraws.
const AGENCY: &str = "so-tu-phap";

/// Starts the demo, lets every peer read it, prints the table and writes it into the documentation. Fails where a peer does.
pub fn run(steps: &mut Steps, binary: impl FnOnce() -> anyhow::Result<PathBuf>) -> anyhow::Result<()> {
    steps.step("tools for open", || install(&[Need::Python]))?;
    let python = steps.step("peers", python::with_peers)?;
    let binary = steps.step("build", binary)?;
    let folder = tempfile::Builder::new().prefix("pbgdpl-open-").tempdir()?;
    let demo = steps.step("service", || {
        Demo::start(&binary, &folder.path().join("service"), AGENCY)
    })?;
    // A link signs in once: whoever is needed later is signed in now.
    let people = People::of_every_role(&demo)?;
    steps.step("desk", || desk::write(&people))?;
    let only = std::env::var(ONLY).unwrap_or_default();
    let mut rows: Vec<Row> = Vec::new();
    for (script, arguments) in scripts(&demo, &people, folder.path())? {
        if script.contains(&only) {
            rows.extend(steps.step(script, || ask::peers(&python, script, &arguments))?);
        }
    }
    let text = table::write(&rows);
    println!("\n{text}");
    if only.is_empty() {
        table::put(Path::new(PAGE), &text)?;
    }
    let fails = rows.iter().filter(|row| !row.ok).count();
    ensure!(
        !rows.is_empty() && fails == 0,
        "{fails} of {} rows fail",
        rows.len()
    );
    Ok(())
}

/// One person of every role, signed in.
pub struct People(BTreeMap<String, Desk>);

impl People {
    fn of_every_role(demo: &Demo) -> anyhow::Result<Self> {
        let mut people = BTreeMap::new();
        for (role, agency) in demo.roles(AGENCY)? {
            let desk = demo.sign_in(&role, agency.as_deref())?;
            people.insert(role, desk);
        }
        Ok(Self(people))
    }

    /// The one of a role.
    fn of(&self, role: &str) -> anyhow::Result<&Desk> {
        self.0.get(role).with_context(|| format!("nobody is {role}"))
    }
}

/// Every script with its arguments. What withdraws an item comes first, so that the others see it gone.
fn scripts(demo: &Demo, people: &People, home: &Path) -> anyhow::Result<[(&'static str, Vec<String>); 5]> {
    let public = demo.origin("public")?;
    let harvest = [
        public.clone(),
        demo.origin("desk")?,
        AGENCY.to_owned(),
        people.of("approver")?.cookies().to_owned(),
    ];
    let reports = home.join("reports");
    let reports = reports.to_str().context("the path of the reports")?;
    let mut contract = vec![
        public.clone(),
        format!("http://{}", demo.node()),
        reports.to_owned(),
        "visitor=".to_owned(),
    ];
    for (role, desk) in &people.0 {
        contract.push(format!("{role}={}", desk.cookies()));
    }
    let alone = || vec![public.clone()];
    Ok([
        ("harvest.py", harvest.to_vec()),
        ("contract.py", contract),
        ("feeds.py", alone()),
        ("linked.py", alone()),
        ("catalogue.py", alone()),
    ])
}
