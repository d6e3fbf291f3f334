//! Engaged use of the section by day: added up by every node, one writing never twice; people as a sketch that is merged.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::engagement::{Counted, DayUse, People, Views};
use pbgdpl_model::id::ArticleId;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::database::Engine;
use crate::entity::{engagement_count, engagement_flush, engagement_people, province_engagement, published};
use crate::error::StoreError;
use crate::tenant::{TenantReader, TenantStore};

/// An item and how often it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MostRead {
    /// Which.
    pub item: ArticleId,
    /// Its title now.
    pub title: String,
    /// Engaged views.
    pub views: u64,
}

/// What one node writes down at once.
#[derive(Debug, Clone, Copy)]
pub struct Flush {
    /// Which node, since its start.
    pub node: Uuid,
    /// Counts its writings, from 1.
    pub number: i64,
    /// When.
    pub now: Moment,
}

pub(crate) fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

pub(crate) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(crate) fn read_sketch(bytes: Option<&Vec<u8>>) -> Result<People, StoreError> {
    People::from_bytes(bytes.map_or(&[][..], Vec::as_slice))
        .map_err(|error| StoreError::Unreadable(error.to_string()))
}

impl TenantReader {
    /// Views of these days by what they are of, without single items.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn engagement(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<NaiveDate, Views>, StoreError> {
        let rows = self
            .find::<engagement_count::Entity>()
            .filter(engagement_count::Column::Day.between(from, to))
            .filter(engagement_count::Column::Facet.ne("item"))
            .all(&self.tx)
            .await?;
        let mut days: BTreeMap<NaiveDate, Views> = BTreeMap::new();
        for row in rows {
            let counted = Counted::read(&row.facet, &row.key)
                .map_err(|error| StoreError::Unreadable(error.to_string()))?;
            days.entry(row.day)
                .or_default()
                .insert(counted, unsigned(row.views));
        }
        Ok(days)
    }

    /// How many people each of these days had, estimated.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn engagement_people(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<NaiveDate, u64>, StoreError> {
        let rows: Vec<(NaiveDate, i64)> = self
            .find::<engagement_people::Entity>()
            .filter(engagement_people::Column::Day.between(from, to))
            .select_only()
            .column(engagement_people::Column::Day)
            .column(engagement_people::Column::People)
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(rows
            .into_iter()
            .map(|(day, people)| (day, unsigned(people)))
            .collect())
    }

    /// The items that were read most in these days.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn most_read(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        most: u64,
    ) -> Result<Vec<MostRead>, StoreError> {
        let rows: Vec<(String, i64)> = self
            .find::<engagement_count::Entity>()
            .filter(engagement_count::Column::Day.between(from, to))
            .filter(engagement_count::Column::Facet.eq("item"))
            .select_only()
            .column(engagement_count::Column::Key)
            .column_as(Expr::cust("cast(sum(views) as bigint)"), "sum")
            .group_by(engagement_count::Column::Key)
            .order_by_desc(Expr::cust("sum(views)"))
            .order_by_asc(engagement_count::Column::Key)
            .limit(most)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let read: Vec<(ArticleId, i64)> = rows
            .into_iter()
            .filter_map(|(key, views)| Some((key.parse().ok()?, views)))
            .collect();
        let titles: Vec<(Uuid, String)> = self
            .find::<published::Entity>()
            .filter(published::Column::ItemId.is_in(read.iter().map(|(item, _)| item.0)))
            .select_only()
            .column(published::Column::ItemId)
            .column(published::Column::Title)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let titles: BTreeMap<Uuid, String> = titles.into_iter().collect();
        Ok(read
            .into_iter()
            .map(|(item, views)| MostRead {
                item,
                title: titles.get(&item.0).cloned().unwrap_or_default(),
                views: unsigned(views),
            })
            .collect())
    }
}

impl TenantStore {
    /// Adds what a node counted and copies the days to the province. `false`: this writing is there already. Nobody acts and no
    /// person is named, so there is no permit and no record, as with the days of the ledger.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_engagement(
        &mut self,
        flush: Flush,
        days: &BTreeMap<NaiveDate, DayUse>,
    ) -> Result<bool, StoreError> {
        if !self.is_new(flush).await? {
            return Ok(false);
        }
        for (day, of_day) in days {
            let people = self.merge_people(*day, &of_day.people).await?;
            self.add_views(*day, &of_day.views).await?;
            self.copy_engagement(*day, people, flush.now).await?;
        }
        Ok(true)
    }

    async fn is_new(&self, flush: Flush) -> Result<bool, StoreError> {
        use engagement_flush::{ActiveModel, Column, Entity};
        let last = self
            .find::<Entity>()
            .filter(Column::Node.eq(flush.node))
            .one(&self.reader.tx)
            .await?;
        if last.is_some_and(|last| last.number >= flush.number) {
            return Ok(false);
        }
        let row = ActiveModel {
            tenant_id: Set(self.tenant().0),
            node: Set(flush.node),
            number: Set(flush.number),
            at: Set(flush.now.millis()),
        };
        let newer = OnConflict::columns([Column::TenantId, Column::Node])
            .update_columns([Column::Number, Column::At])
            .to_owned();
        Entity::insert(row)
            .on_conflict(newer)
            .exec_without_returning(&self.reader.tx)
            .await?;
        Ok(true)
    }

    /// Merges the people of a day under the lock of its row: from here on the nodes wait for each other. Returns how many there are.
    async fn merge_people(&self, day: NaiveDate, people: &People) -> Result<i64, StoreError> {
        use engagement_people::{ActiveModel, Column, Entity};
        let first = ActiveModel {
            tenant_id: Set(self.tenant().0),
            day: Set(day),
            people: Set(0),
            sketch: Set(None),
        };
        Entity::insert(first)
            .on_conflict(
                OnConflict::columns([Column::TenantId, Column::Day])
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&self.reader.tx)
            .await?;
        let mut query = self.find::<Entity>().filter(Column::Day.eq(day));
        if self.engine == Engine::Postgres {
            query = query.lock_exclusive();
        }
        let row = query.one(&self.reader.tx).await?;
        let row = row.ok_or_else(|| StoreError::Unreadable("the people of a day are missing".into()))?;
        if people.is_empty() {
            return Ok(row.people);
        }
        let mut all = read_sketch(row.sketch.as_ref())?;
        all.merge(people);
        let estimate = signed(all.estimate()).max(row.people);
        Entity::update_many()
            .set(ActiveModel {
                people: Set(estimate),
                sketch: Set(Some(all.to_bytes())),
                ..Default::default()
            })
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Day.eq(day))
            .exec(&self.reader.tx)
            .await?;
        Ok(estimate)
    }

    async fn add_views(&self, day: NaiveDate, views: &Views) -> Result<(), StoreError> {
        use engagement_count::{ActiveModel, Column, Entity};
        let known = known_items(&self.reader.tx, self.tenant().0, views).await?;
        let rows: Vec<ActiveModel> = views
            .iter()
            .filter(|(counted, _)| !matches!(counted, Counted::Item(item) if !known.contains(&item.0)))
            .map(|(counted, views)| ActiveModel {
                tenant_id: Set(self.tenant().0),
                day: Set(day),
                facet: Set(counted.facet().to_owned()),
                key: Set(counted.key()),
                views: Set(signed(*views)),
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        let added = OnConflict::columns([Column::TenantId, Column::Day, Column::Facet, Column::Key])
            .value(
                Column::Views,
                Expr::cust("engagement_count.views + excluded.views"),
            )
            .to_owned();
        for piece in rows.chunks(PIECE) {
            Entity::insert_many(piece.to_vec())
                .on_conflict(added.clone())
                .exec_without_returning(&self.reader.tx)
                .await?;
        }
        Ok(())
    }

    /// The province's copy of a day: as it stands here now.
    async fn copy_engagement(&self, day: NaiveDate, people: i64, now: Moment) -> Result<(), StoreError> {
        use province_engagement::{ActiveModel, Column, Entity};
        let rows: Vec<(String, i64)> = self
            .find::<engagement_count::Entity>()
            .filter(engagement_count::Column::Day.eq(day))
            .filter(engagement_count::Column::Facet.is_in(["channel", "excluded"]))
            .select_only()
            .column(engagement_count::Column::Facet)
            .column_as(Expr::cust("cast(sum(views) as bigint)"), "sum")
            .group_by(engagement_count::Column::Facet)
            .into_tuple()
            .all(&self.reader.tx)
            .await?;
        let of = |wanted: &str| {
            let found = rows.iter().find(|(facet, _)| facet == wanted);
            found.map_or(0, |(_, views)| *views)
        };
        let copy = ActiveModel {
            tenant_id: Set(self.tenant().0),
            day: Set(day),
            views: Set(of("channel")),
            excluded: Set(of("excluded")),
            people: Set(people),
            copied_at: Set(now.millis()),
        };
        let newer = OnConflict::columns([Column::TenantId, Column::Day])
            .update_columns([Column::Views, Column::Excluded, Column::People, Column::CopiedAt])
            .to_owned();
        Entity::insert(copy)
            .on_conflict(newer)
            .exec_without_returning(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Drops sketches of days before this one, of which only the estimate stays, and what nodes of long ago wrote down: at most so many
    /// of each that nobody waits long for it. Returns how many rows changed; nothing is left where it is 0.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn purge_engagement(&mut self, day: NaiveDate, before: Moment) -> Result<u64, StoreError> {
        use engagement_people::Column;
        let days: Vec<NaiveDate> = self
            .find::<engagement_people::Entity>()
            .filter(Column::Day.lt(day))
            .filter(Column::Sketch.is_not_null())
            .order_by_asc(Column::Day)
            .limit(PURGED)
            .select_only()
            .column(Column::Day)
            .into_tuple()
            .all(&self.reader.tx)
            .await?;
        let dropped = engagement_people::Entity::update_many()
            .col_expr(Column::Sketch, Expr::value(Option::<Vec<u8>>::None))
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Day.is_in(days))
            .exec(&self.reader.tx)
            .await?;
        let nodes: Vec<Uuid> = self
            .find::<engagement_flush::Entity>()
            .filter(engagement_flush::Column::At.lt(before.millis()))
            .limit(PURGED)
            .select_only()
            .column(engagement_flush::Column::Node)
            .into_tuple()
            .all(&self.reader.tx)
            .await?;
        let gone = engagement_flush::Entity::delete_many()
            .filter(engagement_flush::Column::TenantId.eq(self.tenant().0))
            .filter(engagement_flush::Column::Node.is_in(nodes))
            .filter(engagement_flush::Column::At.lt(before.millis()))
            .exec(&self.reader.tx)
            .await?;
        Ok(dropped.rows_affected + gone.rows_affected)
    }
}

/// Rows that one transaction of a purge changes: a sketch has some thirty kilobytes.
pub(crate) const PURGED: u64 = 50;

/// So much is asked or written in one statement: databases take so many values and no more.
const PIECE: usize = 500;

/// The items of the agency among what is counted: an id that somebody made up becomes no row.
async fn known_items(
    tx: &DatabaseTransaction,
    tenant: Uuid,
    views: &Views,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let asked: Vec<Uuid> = views
        .keys()
        .filter_map(|counted| match counted {
            Counted::Item(item) => Some(item.0),
            _ => None,
        })
        .collect();
    let mut all = BTreeSet::new();
    for piece in asked.chunks(PIECE) {
        let known: Vec<Uuid> = published::Entity::find()
            .filter(published::Column::TenantId.eq(tenant))
            .filter(published::Column::ItemId.is_in(piece.iter().copied()))
            .select_only()
            .column(published::Column::ItemId)
            .into_tuple()
            .all(tx)
            .await?;
        all.extend(known);
    }
    Ok(all)
}
