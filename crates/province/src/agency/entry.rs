//! Between an agency's file and its rows in the register.

use chrono::NaiveDate;
use pbgdpl_model::agency::{Agency, DatedKind, Status};
use pbgdpl_model::manifest::{
    Accent, AgencyFile, Contact, Dissolved, KindEntry, Membership, NameEntry, UnitKind,
};
use pbgdpl_scope::Snapshot;
use pbgdpl_store::province::{NewAgency, Registered};

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
            kinds: file.dated_kinds(),
            membership: file.membership.word().to_owned(),
            report_row: file.report_row,
            status,
            accent: file.accent.word().to_owned(),
            names: file.dated_names(),
            parents,
            last_day: file.last_day(),
        },
        hosts: Vec::new(),
        body: serde_json::to_string(file)?,
    })
}

/// The file that the register keeps.
pub(crate) fn file_of(body: &str) -> Result<AgencyFile, Error> {
    Ok(serde_json::from_str(body)?)
}

/// The file that the register keeps; where it keeps none (an agency that no file and no form made), what its rows say.
pub(crate) fn known(row: &Registered, snapshot: &Snapshot) -> Result<AgencyFile, Error> {
    match (file_of(&row.body), snapshot.by_id(row.tenant)) {
        (Ok(file), _) => Ok(file),
        (Err(_), Some(tenant)) => Ok(from_rows(tenant.agency())),
        (Err(error), None) => Err(error),
    }
}

fn from_rows(agency: &Agency) -> AgencyFile {
    let membership = Membership::ALL
        .iter()
        .find(|word| word.word() == agency.membership);
    let accent = Accent::ALL.iter().find(|accent| accent.word() == agency.accent);
    AgencyFile {
        id: agency.id.0,
        slug: agency.slug.clone(),
        membership: membership.copied().unwrap_or(Membership::Subordinate),
        accent: accent.copied().unwrap_or(Accent::Son),
        report_row: agency.report_row,
        information_groups: Vec::new(),
        kinds: agency.kinds.iter().filter_map(kind_entry).collect(),
        names: agency
            .names
            .iter()
            .map(|name| NameEntry {
                official: name.official.clone(),
                short: name.short.clone(),
                aliases: Vec::new(),
                valid_from: name.valid_from,
                valid_to: name.valid_to,
                verify: false,
            })
            .collect(),
        parents: Vec::new(),
        codes: Vec::new(),
        dissolved: agency.last_day.map(|last_day| Dissolved {
            last_day,
            decision: None,
            decided_on: None,
            verify: false,
        }),
        contact: Contact::default(),
        communes: Vec::new(),
    }
}

fn kind_entry(dated: &DatedKind) -> Option<KindEntry> {
    let value = UnitKind::ALL.iter().find(|kind| kind.word() == dated.kind)?;
    Some(KindEntry {
        value: *value,
        valid_from: dated.valid_from,
        valid_to: dated.valid_to,
        verify: false,
    })
}
