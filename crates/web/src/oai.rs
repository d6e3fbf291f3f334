//! `/oai`: OAI-PMH 2.0 (openarchives.org), for harvesters: Dublin Core, sets, deleted records, tokens that hold their own state (OPN-06).

mod ask;
mod token;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::agency::Status;
use pbgdpl_model::article::Kind;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::ArticleId;
use pbgdpl_pages::oai::{self, Answer, Dublin, Identify, OaiError, Record, Set};
use pbgdpl_scope::Snapshot;
use pbgdpl_store::public::Changed;

use self::ask::{Asked, List, Verb};
use crate::arrival::{Arrival, Origin, Table};
use crate::error::Error;
use crate::extract::{Citizen, FormFields};
use crate::page;
use crate::public::rows::item_path;
use crate::public::surroundings::{self, canonical};
use crate::state::AppState;

/// Records of one answer.
const RECORDS: u64 = 100;
/// Where harvesters ask.
const PATH: &str = "/oai";

/// Whether a request is one of a harvester. Who asks too much is told 503 with the seconds to wait, which harvesters of the
/// protocol know (3.1.2.2), and every fault in plain words: no person reads it as a page.
#[must_use]
pub fn is_harvest(arrival: &Arrival) -> bool {
    arrival.origin == Origin::Public && arrival.table == Table::Province && arrival.path == PATH
}

/// `GET /oai`
///
/// # Errors
/// Where the store fails.
pub async fn get(
    State(state): State<AppState>,
    citizen: Citizen,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let fields = serde_html_form::from_str(&query.unwrap_or_default());
    answer(&state, &citizen, fields.unwrap_or_default()).await
}

/// `POST /oai`: the same arguments as a form (3.1.1). Nothing is written.
///
/// # Errors
/// Where the store fails.
pub async fn post(
    State(state): State<AppState>,
    citizen: Citizen,
    FormFields(fields): FormFields,
) -> Result<Response, Error> {
    answer(&state, &citizen, fields).await
}

async fn answer(
    state: &AppState,
    citizen: &Citizen,
    fields: Vec<(String, String)>,
) -> Result<Response, Error> {
    let answer = match Asked::read(&fields, &state.settings.signing_key) {
        Err(error) => Err(error),
        Ok(asked) => told(state, citizen, asked).await?,
    };
    // Where the verb or the arguments are wrong, the request is repeated without them (3.2).
    let wrong = matches!(&answer, Err(OaiError::BadArgument(_) | OaiError::BadVerb));
    let asked = if wrong { Vec::new() } else { fields };
    let base = format!("{}{PATH}", state.settings.public.as_str());
    let at = citizen.now.utc().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let body = oai::document(&base, &at, &asked, &answer).map_err(|e| Error::Internal(Box::new(e)))?;
    Ok(page::bytes(StatusCode::OK, "text/xml; charset=utf-8", body))
}

async fn told(state: &AppState, citizen: &Citizen, asked: Asked) -> Result<Result<Answer, OaiError>, Error> {
    let agencies = state.read.registry().now();
    match asked.verb {
        Verb::Identify => Ok(Ok(Answer::Identify(identify(state, citizen, &agencies).await?))),
        Verb::ListSets => Ok(Ok(Answer::Sets(sets(&agencies, citizen)))),
        Verb::ListMetadataFormats(None) => Ok(Ok(Answer::Formats)),
        Verb::ListMetadataFormats(Some(id)) => {
            let found = found(state, &id).await?;
            Ok(found.map(|_| Answer::Formats).ok_or(OaiError::IdDoesNotExist))
        }
        Verb::GetRecord(id) => {
            let found = found(state, &id).await?;
            let record = found.and_then(|item| record(state, &agencies, citizen, &item));
            Ok(record
                .map(|record| Answer::Record(Box::new(record)))
                .ok_or(OaiError::IdDoesNotExist))
        }
        Verb::ListIdentifiers(list) => listed(state, &agencies, citizen, list, false).await,
        Verb::ListRecords(list) => listed(state, &agencies, citizen, list, true).await,
    }
}

async fn found(state: &AppState, identifier: &str) -> Result<Option<Changed>, Error> {
    let Some(id) = id_of(identifier) else {
        return Ok(None);
    };
    Ok(state.read.public().item_of_any(id).await?.map(Into::into))
}

/// The identifiers are those of the feeds: `urn:uuid:…`, in small letters.
fn id_of(identifier: &str) -> Option<ArticleId> {
    let uuid = identifier.strip_prefix("urn:uuid:")?;
    let id: ArticleId = uuid.parse().ok()?;
    (id.0.to_string() == uuid).then_some(id)
}

async fn listed(
    state: &AppState,
    agencies: &Snapshot,
    citizen: &Citizen,
    list: List,
    whole: bool,
) -> Result<Result<Answer, OaiError>, Error> {
    // Where a list that was begun is gone, for instance with a section that rests by now, its token is good for nothing.
    let none = if list.after.is_some() {
        OaiError::BadResumptionToken
    } else {
        OaiError::NoRecordsMatch
    };
    let Some(which) = list.which(agencies) else {
        return Ok(Err(none));
    };
    let mut rows = state.read.public().changes(&which, RECORDS + 1).await?;
    if rows.is_empty() {
        return Ok(Err(none));
    }
    let more = u64::try_from(rows.len()).is_ok_and(|rows| rows > RECORDS);
    if more {
        rows.pop();
    }
    let token = rows
        .last()
        .filter(|_| more)
        .map(|last| list.goes_on(last.at(), last.line.id, whole, &state.settings.signing_key));
    // The last of several pages carries an empty token (3.5).
    let token = token.or_else(|| which.after.map(|_| String::new()));
    let records = rows
        .iter()
        .filter_map(|row| record(state, agencies, citizen, row))
        .collect();
    Ok(Ok(Answer::List {
        records,
        token,
        whole,
    }))
}

async fn identify(state: &AppState, citizen: &Citizen, agencies: &Snapshot) -> Result<Identify, Error> {
    let first = state.read.public().first_change().await?.unwrap_or(citizen.now);
    Ok(Identify {
        name: format!("Phổ biến, giáo dục pháp luật – {}", agencies.province().name),
        mail: surroundings::contact(state).await?,
        earliest: stamp(first),
    })
}

fn sets(agencies: &Snapshot, citizen: &Citizen) -> Vec<Set> {
    let day = citizen.now.day();
    let mut sets: Vec<Set> = Kind::ALL
        .iter()
        .map(|kind| Set {
            spec: format!("{}{}", ask::KIND, kind.word()),
            name: kind.label().to_owned(),
        })
        .collect();
    let mut of_agencies: Vec<Set> = agencies
        .tenants()
        .filter(|tenant| tenant.status() != Status::Hidden)
        .map(|tenant| Set {
            spec: format!("{}{}", ask::AGENCY, tenant.slug()),
            name: tenant.official(day).to_owned(),
        })
        .collect();
    of_agencies.sort_unstable_by(|one, other| one.spec.cmp(&other.spec));
    sets.append(&mut of_agencies);
    sets
}

fn record(state: &AppState, agencies: &Snapshot, citizen: &Citizen, item: &Changed) -> Option<Record> {
    let line = &item.line;
    let tenant = agencies.by_id(line.tenant)?;
    let agency = tenant.official(citizen.now.day()).to_owned();
    let sets = vec![
        format!("{}{}", ask::KIND, line.kind.word()),
        format!("{}{}", ask::AGENCY, tenant.slug()),
    ];
    let address = canonical(state, tenant.slug(), &item_path(line));
    let document = line.facts.document.as_ref();
    Some(Record {
        identifier: format!("urn:uuid:{}", line.id.0),
        stamp: stamp(item.at()),
        sets,
        about: item.withdrawn.is_none().then(|| Dublin {
            title: line.title.clone(),
            creator: agency.clone(),
            publisher: agency,
            subjects: std::iter::once(line.kind.label().to_owned())
                .chain(line.facts.fields.iter().cloned())
                .collect(),
            description: line.summary.clone(),
            date: line.first_published_at.day().to_string(),
            identifier: address,
            sources: document
                .map(|document| document.source_url.clone())
                .into_iter()
                .chain(std::iter::once(line.facts.source.clone()))
                .chain(
                    line.facts
                        .copied
                        .iter()
                        .map(|copied| copied.from.as_str().to_owned()),
                )
                .filter(|text| !text.is_empty())
                .collect(),
            relation: document
                .map(|document| format!("{} {}", document.kind, document.number).trim().to_owned()),
            language: line.facts.language.word(),
            rights: format!("{}/du-lieu#dieu-kien", state.settings.public.as_str()),
        }),
    })
}

fn stamp(at: Moment) -> String {
    at.utc().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_form_of_an_identifier_is_one() {
        let id = "urn:uuid:01900000-0000-7000-8000-000000000001";
        assert!(id_of(id).is_some());
        for other in [
            "01900000-0000-7000-8000-000000000001",
            "urn:uuid:",
            "urn:uuid:01900000000070008000000000000001",
            "URN:UUID:01900000-0000-7000-8000-000000000001",
        ] {
            assert_eq!(id_of(other), None, "{other}");
        }
    }
}
