//! How long what is kept of people stays, and what went so far (AUD-06).

use pbgdpl_model::audit::{Erasing, Whose};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::policy::Action;
use pbgdpl_model::retention::RetentionFile;
use pbgdpl_scope::action::AuditRead;
use pbgdpl_scope::{ProvinceCtx, Recency};
use pbgdpl_store::province::{AuditFilter, ProvinceReader};

use crate::manifest::RETENTION;
use crate::{Error, Province};

/// How many acts of erasing are shown.
const LATEST: u64 = 20;

/// An act by which words went from the province's chain; an agency's chain has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Went {
    /// Number of its entry.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Whether somebody asked for it; otherwise the term had passed.
    pub asked: bool,
    /// How many entries lost their words.
    pub entries: u64,
}

/// Terms, and what went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    /// As the province's files say.
    pub file: RetentionFile,
    /// The latest, newest first.
    pub went: Vec<Went>,
}

/// Terms of keeping and the latest acts of erasing.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.retention", skip_all)]
pub async fn retention(province: &Province, ctx: &ProvinceCtx) -> Result<Retention, Error> {
    let warrant = ctx.warrant::<AuditRead>()?;
    let filter = AuditFilter {
        action: Action::PersonErase.word().to_owned(),
        ..AuditFilter::default()
    };
    let look = async |store: ProvinceReader| -> Result<_, Error> {
        let (entries, _) = store.audit_search(&filter, 1, LATEST).await?;
        let went = entries.iter().filter_map(|entry| {
            let act: Erasing = serde_json::from_str(&entry.detail).ok()?;
            Some(Went {
                seq: entry.seq,
                at: entry.at,
                asked: matches!(act.whose, Whose::Account(_)),
                entries: act.entries,
            })
        });
        Ok(Retention {
            went: went.collect(),
            file: terms(&store).await?,
        })
    };
    province.store().look_over(&warrant, Recency::Now, look).await
}

/// What the province's file says; no terms where there is none.
async fn terms(store: &ProvinceReader) -> Result<RetentionFile, Error> {
    let entries = store.catalogue(RETENTION).await?;
    let file = entries
        .first()
        .map(|(_, body)| serde_json::from_str::<RetentionFile>(body));
    Ok(file.transpose()?.unwrap_or_default())
}

/// Since when words of audit chains are kept: older ones go; none where they have no term. For the daily job.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.retention.words_since", skip_all)]
pub async fn words_since(province: &Province, ctx: &ProvinceCtx) -> Result<Option<Moment>, Error> {
    let warrant = ctx.warrant::<AuditRead>()?;
    let store = province.store().province_reader(&warrant).await?;
    Ok(terms(&store).await?.audit_words_since(ctx.now()))
}
