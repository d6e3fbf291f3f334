//! Items by their last change, oldest first, withdrawals among them: what the read interface and harvesters walk through
//! (OPN-04, OPN-06).

use pbgdpl_model::article::{Kind, PublishedItem};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{ArticleId, TenantId};
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, DerivePartialModel, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{ItemRow, LineRow, PublicLine, PublicReader, read_item, read_line, resting};
use crate::convert::moment;
use crate::entity::published;
use crate::error::StoreError;

/// The moment of an item's last change; the same words as in its indexes.
const CHANGED: &str = "coalesce(withdrawn_at, published_at)";

/// Which changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Of this agency; of all without one.
    pub tenant: Option<TenantId>,
    /// Of this kind; of all without one.
    pub kind: Option<Kind>,
    /// Not before.
    pub from: Option<Moment>,
    /// Not after.
    pub until: Option<Moment>,
    /// After this item, which changed then: where the list before ended.
    pub after: Option<(Moment, ArticleId)>,
}

/// An item as it stands after its last change, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What it is, or was.
    pub line: PublicLine,
    /// Since when it is withdrawn, and why.
    pub withdrawn: Option<(Moment, String)>,
}

impl Changed {
    /// When it was published last, or withdrawn.
    #[must_use]
    pub fn at(&self) -> Moment {
        self.withdrawn
            .as_ref()
            .map_or(self.line.published_at, |(at, _)| *at)
    }
}

impl From<PublishedItem> for Changed {
    fn from(item: PublishedItem) -> Self {
        Self {
            line: PublicLine {
                tenant: item.tenant,
                id: item.id,
                kind: item.kind,
                slug: item.slug,
                title: item.title,
                summary: item.summary,
                facts: item.facts,
                first_published_at: item.first_published_at,
                published_at: item.published_at,
            },
            withdrawn: item.withdrawn,
        }
    }
}

#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "published::Entity")]
struct ChangedRow {
    #[sea_orm(nested)]
    line: LineRow,
    withdrawn_at: Option<i64>,
    withdrawn_note: Option<String>,
}

pub(super) fn changed() -> SimpleExpr {
    Expr::cust(CHANGED)
}

impl PublicReader {
    /// Changes in their order, at most so many; none of a section that rests.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn changes(&self, which: &Changes, most: u64) -> Result<Vec<Changed>, StoreError> {
        let mut query =
            published::Entity::find().filter(published::Column::TenantId.not_in_subquery(resting()));
        if let Some(tenant) = which.tenant {
            query = query.filter(published::Column::TenantId.eq(tenant.0));
        }
        if let Some(kind) = which.kind {
            query = query.filter(published::Column::Kind.eq(kind.word()));
        }
        if let Some(from) = which.from {
            query = query.filter(changed().gte(from.millis()));
        }
        if let Some(until) = which.until {
            query = query.filter(changed().lte(until.millis()));
        }
        if let Some((at, id)) = which.after {
            // The first condition lets both databases begin inside the index.
            query = query
                .filter(changed().gte(at.millis()))
                .filter(changed().gt(at.millis()).or(published::Column::ItemId.gt(id.0)));
        }
        let rows = query
            .order_by_asc(changed())
            .order_by_asc(published::Column::ItemId)
            .limit(most)
            .into_partial_model::<ChangedRow>()
            .all(self.inner.database.reading())
            .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Changed {
                    line: read_line(row.line)?,
                    withdrawn: row
                        .withdrawn_at
                        .map(|at| (moment(at), row.withdrawn_note.unwrap_or_default())),
                })
            })
            .collect()
    }

    /// The moment of the oldest change that is still told; none where nothing was published.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn first_change(&self) -> Result<Option<Moment>, StoreError> {
        let row: Option<i64> = published::Entity::find()
            .select_only()
            .column_as(changed(), "changed")
            .order_by_asc(changed())
            .limit(1)
            .into_tuple()
            .one(self.inner.database.reading())
            .await?;
        Ok(row.map(moment))
    }

    /// One item of whichever agency, with its text; also a withdrawn one, none of a section that rests.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn item_of_any(&self, id: ArticleId) -> Result<Option<PublishedItem>, StoreError> {
        let row = published::Entity::find()
            .filter(published::Column::ItemId.eq(id.0))
            .filter(published::Column::TenantId.not_in_subquery(resting()))
            .into_partial_model::<ItemRow>()
            .one(self.inner.database.reading())
            .await?;
        row.map(read_item).transpose()
    }
}
