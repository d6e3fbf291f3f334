//! Takes the records of one type and year out of the house: agency by agency, through the door of each, recorded before they leave.

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::activity::{Activity, Stage};
use pbgdpl_model::dataset::{self, DataFile, Dataset, Named, Row, Words};
use pbgdpl_model::manifest::{PlanFile, TermList};
use pbgdpl_model::mediation::Group;
use pbgdpl_model::report::hash_of;
use pbgdpl_scope::action::{Act, RecordsExport};
use pbgdpl_scope::{ProvinceCtx, Tenant};
use pbgdpl_store::province::{ProvinceReader, ProvinceRecord};
use pbgdpl_store::tenant::{ActivityFilter, TenantReader};
use serde_json::json;

use crate::{Error, Province};

/// Activities read at once.
const BATCH: u64 = 500;

/// What is taken out.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The records with their dictionary.
    pub file: DataFile,
    /// Its canonical text.
    pub text: String,
    /// SHA-256 of that, hexadecimal: the same while the records are the same.
    pub hash: String,
}

/// Takes them. A year that has not ended is taken as far as it went; registers stand as on its last day, or today.
///
/// # Errors
/// [`Error::NotFound`] where no such records are kept, or the year has not begun; [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.dataset.take", skip_all)]
pub async fn take(
    province: &Province,
    ctx: &ProvinceCtx,
    dataset: Dataset,
    year: i32,
) -> Result<Taken, Error> {
    let warrant = ctx.warrant::<RecordsExport>()?;
    let today = ctx.now().day();
    let last = NaiveDate::from_ymd_opt(year, 12, 31)
        .filter(|_| year <= today.year() && dataset.is_kept())
        .ok_or(Error::NotFound)?;
    let asked = Asked {
        dataset,
        year,
        on: last.min(today),
    };
    let reader = province.store().province_reader(&warrant).await?;
    let words = words(&reader).await?;
    let mut rows = plans(&reader, asked).await?;
    drop(reader);
    if dataset != Dataset::Plans {
        let mut tenants: Vec<Tenant> = ctx.snapshot().tenants().cloned().collect();
        tenants.sort_by(|one, other| one.slug().cmp(other.slug()));
        for tenant in &tenants {
            let door = ctx.records_warrant(tenant)?;
            let agency = province.store().audit(&door).await?;
            rows.extend(of_agency(&agency, tenant, asked, &words).await?);
        }
    }
    let file = DataFile {
        schema: dataset::SCHEMA,
        dataset: dataset.word(),
        number: dataset.number(),
        title: dataset.label(),
        province: ctx.snapshot().province().slug.clone(),
        year,
        columns: dataset.columns(),
        rows,
    };
    let text = file.canonical()?;
    let hash = hash_of(&text);
    let mut store = province.store().province(&warrant).await?;
    let record = ProvinceRecord {
        action: RecordsExport::ACTION,
        object_kind: "dataset",
        object_id: ctx.snapshot().province().id.0,
        reason: "",
        detail: json!({
            "dataset": dataset.word(), "year": year, "records": file.rows.len(), "hash": hash,
        }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(Taken { file, text, hash })
}

#[derive(Debug, Clone, Copy)]
struct Asked {
    dataset: Dataset,
    year: i32,
    /// The day that registers and names stand on.
    on: NaiveDate,
}

/// The labels of the vocabulary.
async fn words(store: &ProvinceReader) -> Result<Words, Error> {
    let mut words = Words::new();
    for (list, body) in store.catalogue("vocabulary").await? {
        // Kinds of activities are a list of another shape, and have their labels in the model.
        let Ok(terms) = serde_json::from_str::<TermList>(&body) else {
            continue;
        };
        let labels = terms.terms.iter();
        let labels = labels.map(|term| (term.id.clone(), term.label.clone()));
        words.insert(list, labels.collect());
    }
    Ok(words)
}

/// The plans with a day in the year, each in its last wording of it.
async fn plans(store: &ProvinceReader, asked: Asked) -> Result<Vec<Row>, Error> {
    if asked.dataset != Dataset::Plans {
        return Ok(Vec::new());
    }
    let mut found: Vec<PlanFile> = Vec::new();
    for (_, body) in store.catalogue("plan").await? {
        let plan: PlanFile = serde_json::from_str(&body)?;
        // What members of a council report on is a report, not a plan of the province.
        if plan.council.is_none() && plan.covers(asked.year) {
            found.push(plan);
        }
    }
    found.sort_by(|one, other| (&one.id, one.valid_from).cmp(&(&other.id, other.valid_from)));
    let last = found.chunk_by(|one, other| one.id == other.id);
    let last = last.filter_map(<[PlanFile]>::last);
    Ok(last.map(dataset::plan).collect())
}

async fn of_agency(
    agency: &TenantReader,
    tenant: &Tenant,
    asked: Asked,
    words: &Words,
) -> Result<Vec<Row>, Error> {
    let named = Named {
        slug: tenant.slug(),
        name: tenant.official(asked.on),
    };
    match asked.dataset {
        Dataset::Reporters | Dataset::Communicators => {
            let entries = agency.register().await?;
            let people = entries
                .iter()
                .filter_map(|entry| dataset::reporter(named, entry, asked.on, words));
            let of_type = people.filter(|(dataset, _)| *dataset == asked.dataset);
            Ok(of_type.map(|(_, row)| row).collect())
        }
        Dataset::MediationGroups => {
            let places = agency.communes().await?;
            let groups = agency.mediation_groups().await?;
            let of = |group: &Group| {
                let details = group.details_on(asked.on).map(|(_, details)| details)?;
                let place = places.iter().find(|place| place.code == details.commune);
                let commune = place.map_or("", |place| place.name.as_str());
                dataset::mediation_group(named, group, asked.on, commune)
            };
            Ok(groups.iter().filter_map(of).collect())
        }
        Dataset::Funding => {
            let recorded = recorded(agency, asked.year).await?;
            let spent = recorded.iter().map(|activity| activity.content.funding);
            Ok(dataset::funding(named, asked.year, spent).into_iter().collect())
        }
        _ => {
            let mut recorded = recorded(agency, asked.year).await?;
            recorded.retain(|activity| Dataset::of_kind(activity.kind) == asked.dataset);
            let rows = recorded.iter().map(|activity| {
                let then = Named {
                    name: tenant.official(activity.day),
                    ..named
                };
                dataset::session(then, activity, words)
            });
            Ok(rows.collect())
        }
    }
}

/// The recorded activities of a year, oldest first.
async fn recorded(agency: &TenantReader, year: i32) -> Result<Vec<Activity>, Error> {
    let mut all = Vec::new();
    for page in 1.. {
        let filter = ActivityFilter {
            year: Some(year),
            kind: None,
            stage: Some(Stage::Recorded),
        };
        let (found, total) = agency.activities(filter, page, BATCH).await?;
        let ended = found.is_empty();
        all.extend(found);
        if ended || u64::try_from(all.len()).is_ok_and(|read| read >= total) {
            break;
        }
    }
    all.sort_by_key(|activity| (activity.day, activity.id));
    Ok(all)
}
