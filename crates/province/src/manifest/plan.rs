//! What differs between the files and the database, file by file.

use chrono::NaiveDate;
use pbgdpl_model::dashboard::DashboardFile;
use pbgdpl_model::manifest::Manifest;
use pbgdpl_model::policy::PolicyRow;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ManifestApply;
use serde::Serialize;
use serde_json::Value;

use super::folder::Folder;
use super::present::{self, DASHBOARD, Present, file_of_entry, wanted_catalogue, wanted_roles};
use crate::{Error, Province};

/// What would become of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// The database does not know it.
    Add,
    /// The database says something else: which keys.
    Change {
        /// Keys whose values differ; for roles, the rows with `+` or `-`.
        keys: Vec<String>,
    },
    /// Both say the same.
    Nothing,
    /// Only the database knows it; applying leaves it alone, `export` writes its file.
    OnlyInDatabase,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Path inside the folder.
    pub file: String,
    /// What would become of it.
    #[serde(flatten)]
    pub change: Change,
}

/// All files, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The files.
    pub lines: Vec<Line>,
    /// New rows of `roles.csv` by which one person publishes alone: applying them asks for a reason (PUB-02).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alone: Vec<PolicyRow>,
}

impl Plan {
    /// How many files would change the database.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.lines.iter().filter(|line| line.changes()).count()
    }
}

impl Line {
    /// Whether applying the file changes the database.
    #[must_use]
    pub const fn changes(&self) -> bool {
        matches!(self.change, Change::Add | Change::Change { .. })
    }
}

/// Compares the files with the database.
///
/// # Errors
/// [`Error::Denied`], [`Error::Files`] where an address belongs to another agency, or a fault of the store.
#[tracing::instrument(name = "province.manifest.plan", skip_all)]
pub async fn plan(province: &Province, ctx: &ProvinceCtx, folder: &Folder) -> Result<Plan, Error> {
    let warrant = ctx.warrant::<ManifestApply>()?;
    let store = province.store().province_reader(&warrant).await?;
    let present = present::read(&store).await?;
    refuse_strangers(&present, folder)?;
    refuse_changed_versions(&present, folder, ctx.now().day())?;
    differences(&present, folder.manifest())
}

/// Another province, or an address word that the database gave to another agency.
pub(super) fn refuse_strangers(present: &Present, folder: &Folder) -> Result<(), Error> {
    let manifest = folder.manifest();
    let mut problems = Vec::new();
    if present
        .province
        .as_ref()
        .is_some_and(|there| there.id != manifest.province.id)
    {
        problems.push(pbgdpl_model::manifest::Problem {
            file: "province.toml".to_owned(),
            line: 1,
            message: "cơ sở dữ liệu này thuộc một tỉnh khác (id khác)".to_owned(),
        });
    }
    for file in &manifest.agencies {
        let mut others = present
            .addresses
            .iter()
            .filter(|address| address.whose != file.tenant());
        let other = others.find(|address| address.word == file.slug);
        match other.map(|address| address.kind.as_str()) {
            Some("alias") => problems.push(folder.slug_problem(
                &file.slug,
                "là địa chỉ cũ của một cơ quan khác và phải dẫn tới đó mãi; chọn từ khác",
            )),
            Some(_) => problems
                .push(folder.slug_problem(&file.slug, "đang dẫn tới một cơ quan khác trong cơ sở dữ liệu")),
            None => {}
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Files(problems))
    }
}

/// A version of the dashboard that has begun stays as it is: pages of past days are drawn by it (DSH-09).
pub(super) fn refuse_changed_versions(
    present: &Present,
    folder: &Folder,
    today: NaiveDate,
) -> Result<(), Error> {
    let wanted = folder.manifest().dashboard.as_ref();
    let there = present.catalogue.get(&(DASHBOARD, DASHBOARD.to_owned()));
    let (Some(wanted), Some(there)) = (wanted, there) else {
        return Ok(());
    };
    let there: DashboardFile = serde_json::from_str(there)?;
    let begun = there
        .versions
        .iter()
        .filter(|version| version.valid_from <= today);
    let changed = begun.filter(|version| !wanted.versions.contains(version));
    let mut problems: Vec<_> = changed
        .map(|version| {
            let message = "đã dùng nên không sửa, không bỏ được; thêm một bản mới ở cuối tệp";
            folder.version_problem(version.number, message)
        })
        .collect();
    // What is new begins today or later: a past day keeps the version it had.
    let new = wanted
        .versions
        .iter()
        .filter(|version| version.valid_from < today && !there.versions.contains(version));
    if problems.is_empty() {
        problems.extend(new.map(|version| {
            folder.version_problem(version.number, "bản mới phải bắt đầu từ hôm nay hoặc sau đó")
        }));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Files(problems))
    }
}

/// The comparison itself.
pub(super) fn differences(present: &Present, manifest: &Manifest) -> Result<Plan, Error> {
    let mut lines = Vec::new();
    let mut line = |file: String, change| lines.push(Line { file, change });
    let province = match &present.province {
        None => Change::Add,
        Some(there) => compare(
            &serde_json::to_value(there)?,
            &serde_json::to_value(&manifest.province)?,
        ),
    };
    line("province.toml".to_owned(), province);
    for file in &manifest.agencies {
        let change = match present.agencies.get(&file.tenant()) {
            None => Change::Add,
            Some((_, there)) => compare(&serde_json::to_value(there)?, &serde_json::to_value(file)?),
        };
        line(format!("agencies/{}.toml", file.slug), change);
    }
    for (id, (_, there)) in &present.agencies {
        if !manifest.agencies.iter().any(|file| file.tenant() == *id) {
            line(format!("agencies/{}.toml", there.slug), Change::OnlyInDatabase);
        }
    }
    line("roles.csv".to_owned(), roles(present, manifest));
    let wanted = wanted_catalogue(manifest)?;
    for (key, body) in &wanted {
        let change = match present.catalogue.get(key) {
            None => Change::Add,
            Some(there) => compare(&serde_json::from_str(there)?, &serde_json::from_str(body)?),
        };
        line(file_of_entry(key), change);
    }
    for key in present.catalogue.keys().filter(|key| !wanted.contains_key(*key)) {
        line(file_of_entry(key), Change::OnlyInDatabase);
    }
    lines.sort_by(|a, b| a.file.cmp(&b.file));
    let mut alone = wanted_roles(manifest);
    alone.retain(|row| row.publishes_alone() && !present.roles.contains(row));
    Ok(Plan { lines, alone })
}

fn roles(present: &Present, manifest: &Manifest) -> Change {
    let wanted = wanted_roles(manifest);
    if present.roles.is_empty() && !wanted.is_empty() {
        return Change::Add;
    }
    let added = wanted.iter().filter(|row| !present.roles.contains(row));
    let gone = present.roles.iter().filter(|row| !wanted.contains(row));
    let keys: Vec<String> = added
        .map(|row| format!("+{row}"))
        .chain(gone.map(|row| format!("-{row}")))
        .collect();
    if keys.is_empty() {
        Change::Nothing
    } else {
        Change::Change { keys }
    }
}

fn compare(there: &Value, wanted: &Value) -> Change {
    if there == wanted {
        return Change::Nothing;
    }
    let keys = match (there.as_object(), wanted.as_object()) {
        (Some(there), Some(wanted)) => {
            let mut keys: Vec<String> = there.keys().chain(wanted.keys()).cloned().collect();
            keys.sort_unstable();
            keys.dedup();
            keys.retain(|key| there.get(key) != wanted.get(key));
            keys
        }
        _ => Vec::new(),
    };
    Change::Change { keys }
}
