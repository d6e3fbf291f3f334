//! Between an agency's file and its rows in the register.

use chrono::NaiveDate;
use pbgdpl_model::agency::{Agency, Status};
use pbgdpl_model::manifest::AgencyFile;
use pbgdpl_store::province::NewAgency;

use crate::Error;

/// The rows that say what the file says.
pub(crate) fn entry(
    file: &AgencyFile,
    parents: Vec<(NaiveDate, Option<NaiveDate>, String)>,
    status: Status,
) -> Result<NewAgency, Error> {
    Ok(NewAgency {
        agency: Agency {
            id: file.tenant(),
            slug: file.slug.clone(),
            kind: file.kind.word().to_owned(),
            membership: file.membership.word().to_owned(),
            report_row: file.report_row,
            status,
            accent: file.accent.word().to_owned(),
            names: file.dated_names(),
            parents,
        },
        hosts: Vec::new(),
        body: serde_json::to_string(file)?,
    })
}

/// The file that the register keeps.
pub(crate) fn file_of(body: &str) -> Result<AgencyFile, Error> {
    Ok(serde_json::from_str(body)?)
}
