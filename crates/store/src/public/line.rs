//! One line of a public list, read without its text; one item, read without what only search reads.

use pbgdpl_model::article::{Kind, PublishedFacts, PublishedItem};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{ArticleId, TenantId};
use sea_orm::DerivePartialModel;

use crate::convert::{from_json, moment, word};
use crate::entity::published;
use crate::error::StoreError;

/// One line of a public list, without the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicLine {
    /// Whose.
    pub tenant: TenantId,
    /// Permanent id.
    pub id: ArticleId,
    /// What it is.
    pub kind: Kind,
    /// Readable part of its address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// Legal facts, picture.
    pub facts: PublishedFacts,
    /// First publication.
    pub first_published_at: Moment,
    /// Latest publication.
    pub published_at: Moment,
}

/// The columns of a line.
#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "published::Entity")]
pub(crate) struct LineRow {
    tenant_id: uuid::Uuid,
    item_id: uuid::Uuid,
    kind: String,
    slug: String,
    title: String,
    summary: String,
    facts: String,
    first_published_at: i64,
    published_at: i64,
}

impl LineRow {
    /// The same as a list for SQL of our own, where `published` is `p`.
    pub(crate) const COLUMNS: &str = "p.tenant_id, p.item_id, p.kind, p.slug, p.title, p.summary, p.facts, p.first_published_at, p.published_at";
}

pub(crate) fn read_line(row: LineRow) -> Result<PublicLine, StoreError> {
    Ok(PublicLine {
        tenant: TenantId(row.tenant_id),
        id: ArticleId(row.item_id),
        kind: word(&row.kind)?,
        slug: row.slug,
        title: row.title,
        summary: row.summary,
        facts: from_json(&row.facts)?,
        first_published_at: moment(row.first_published_at),
        published_at: moment(row.published_at),
    })
}

/// The columns of an item: those of its line, and its text.
#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "published::Entity")]
pub(crate) struct ItemRow {
    #[sea_orm(nested)]
    line: LineRow,
    html: String,
    withdrawn_at: Option<i64>,
    withdrawn_note: Option<String>,
}

pub(crate) fn read_item(row: ItemRow) -> Result<PublishedItem, StoreError> {
    let line = read_line(row.line)?;
    Ok(PublishedItem {
        tenant: line.tenant,
        id: line.id,
        kind: line.kind,
        slug: line.slug,
        title: line.title,
        summary: line.summary,
        html: row.html,
        facts: line.facts,
        first_published_at: line.first_published_at,
        published_at: line.published_at,
        withdrawn: row
            .withdrawn_at
            .map(|at| (moment(at), row.withdrawn_note.unwrap_or_default())),
    })
}
