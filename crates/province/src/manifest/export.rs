//! Writes the province back as files that parse back equal: agencies made on the screen get their files too.

use pbgdpl_model::manifest::{
    ActivityKinds, AlarmsFile, CalendarFile, CouncilFile, DashboardFile, FormFile, IndicatorFile, PlanFile,
    ReorganisationFile, RetentionFile, TermList, write_agency, write_roles,
};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_store::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::present::{self, ALARMS, DASHBOARD, Key, RETENTION, file_of_entry};
use crate::structure::REORGANISATION;
use crate::{Error, Province};

/// Every file: (path inside the folder, text), by path.
///
/// # Errors
/// [`Error::NotFound`] where there is no province yet, [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.manifest.export", skip_all)]
pub async fn export(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<(String, String)>, Error> {
    let warrant = ctx.warrant::<ManifestApply>()?;
    let store = province.store().province_reader(&warrant).await?;
    let present = present::read(&store).await?;
    let there = present.province.as_ref().ok_or(Error::NotFound)?;
    let mut files = vec![
        ("province.toml".to_owned(), toml(there)?),
        ("roles.csv".to_owned(), write_roles(&present.roles)),
    ];
    for (_, file) in present.agencies.values() {
        let text = write_agency(file).map_err(unwritable)?;
        files.push((format!("agencies/{}.toml", file.slug), text));
    }
    for (key, body) in &present.catalogue {
        files.push((file_of_entry(key), text_of(key, body)?));
    }
    files.sort();
    Ok(files)
}

fn text_of(key: &Key, body: &str) -> Result<String, Error> {
    match (key.0, key.1.as_str()) {
        ("form", _) => again::<FormFile>(body),
        ("indicator", _) => again::<IndicatorFile>(body),
        ("plan", _) => again::<PlanFile>(body),
        ("council", _) => again::<CouncilFile>(body),
        ("calendar", _) => again::<CalendarFile>(body),
        (ALARMS, _) => again::<AlarmsFile>(body),
        (DASHBOARD, _) => again::<DashboardFile>(body),
        (RETENTION, _) => again::<RetentionFile>(body),
        (REORGANISATION, _) => again::<ReorganisationFile>(body),
        (_, "activity-kinds") => again::<ActivityKinds>(body),
        _ => again::<TermList>(body),
    }
}

/// From JSON through the file's own type, so that keys stand in the order of the files.
fn again<T: DeserializeOwned + Serialize>(body: &str) -> Result<String, Error> {
    toml(&serde_json::from_str::<T>(body)?)
}

fn toml<T: Serialize>(value: &T) -> Result<String, Error> {
    toml::to_string(value).map_err(unwritable)
}

fn unwritable(error: toml::ser::Error) -> Error {
    Error::Store(StoreError::Unreadable(error.to_string()))
}
