//! Searching the province's audit chain: by actor, action and object.

use pbgdpl_model::audit::Entry;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::province_audit;
use crate::error::StoreError;
use crate::province::ProvinceReader;
use crate::province::record::read;

/// What to look for in an audit log; an empty word asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Part of the actor's name.
    pub actor: String,
    /// The action's word.
    pub action: String,
    /// The kind of thing.
    pub object_kind: String,
    /// The only entry, by its number.
    pub seq: Option<i64>,
}

impl ProvinceReader {
    /// A page of the entries that match, newest first, and how many match.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_search(
        &self,
        filter: &AuditFilter,
        page: u64,
        per_page: u64,
    ) -> Result<(Vec<Entry>, u64), StoreError> {
        let mut query = province_audit::Entity::find();
        if !filter.actor.is_empty() {
            query = query.filter(province_audit::Column::ActorName.contains(&filter.actor));
        }
        if !filter.action.is_empty() {
            query = query.filter(province_audit::Column::Action.eq(&filter.action));
        }
        if !filter.object_kind.is_empty() {
            query = query.filter(province_audit::Column::ObjectKind.eq(&filter.object_kind));
        }
        if let Some(seq) = filter.seq {
            query = query.filter(province_audit::Column::Seq.eq(seq));
        }
        let total = query.clone().count(&self.tx).await?;
        let rows = query
            .order_by_desc(province_audit::Column::Seq)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .all(&self.tx)
            .await?;
        Ok((rows.into_iter().map(read).collect::<Result<_, _>>()?, total))
    }
}
