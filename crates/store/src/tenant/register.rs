//! The register of báo cáo viên pháp luật: its facts, what everybody may know of it, and who spoke at what was counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, ActivityId, EntryId};
use pbgdpl_model::ledger::{Dimensions, Measure};
use pbgdpl_model::register::{Entry, Fact, PublicEntry};
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::Act;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::convert::{from_json, moment, to_json};
use crate::entity::{activity, ledger, published_entry, register_fact};
use crate::error::StoreError;
use crate::tenant::dated::gathered;
use crate::tenant::{TenantReader, TenantStore};

/// An activity at which somebody of the register spoke, as the ledger counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Which.
    pub activity: ActivityId,
    /// What it was called.
    pub title: String,
    /// The day.
    pub day: NaiveDate,
    /// Sessions.
    pub sessions: i64,
    /// Attendances.
    pub attendees: i64,
}

impl TenantReader {
    /// The whole register, oldest entry first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn register(&self) -> Result<Vec<Entry>, StoreError> {
        let rows = self
            .find::<register_fact::Entity>()
            .order_by_asc(register_fact::Column::EntryId)
            .order_by_asc(register_fact::Column::Number)
            .all(&self.tx)
            .await?;
        entries(rows)
    }

    /// One entry with every fact.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn registered(&self, id: EntryId) -> Result<Option<Entry>, StoreError> {
        let rows = self
            .find::<register_fact::Entity>()
            .filter(register_fact::Column::EntryId.eq(id.0))
            .order_by_asc(register_fact::Column::Number)
            .all(&self.tx)
            .await?;
        Ok(entries(rows)?.pop())
    }

    /// Who of the register spoke at direct sessions of these days, and at how many, counting no row after `seq`: what was
    /// taken back is not counted.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn spoke(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        seq: i64,
    ) -> Result<BTreeMap<EntryId, i64>, StoreError> {
        let rows: Vec<(i64, String)> = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::Day.gte(from))
            .filter(ledger::Column::Day.lte(to))
            .filter(ledger::Column::Measure.eq(Measure::DirectSessions.word()))
            .filter(ledger::Column::Seq.lte(seq))
            .filter(ledger::Column::Dimensions.contains("\"speakers\""))
            .select_only()
            .column(ledger::Column::Quantity)
            .column(ledger::Column::Dimensions)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let mut sessions: BTreeMap<EntryId, i64> = BTreeMap::new();
        for (quantity, dimensions) in rows {
            let dimensions: Dimensions = from_json(&dimensions)?;
            for id in dimensions.speakers.iter().filter_map(|id| id.parse().ok()) {
                *sessions.entry(id).or_default() += quantity;
            }
        }
        sessions.retain(|_, count| *count > 0);
        Ok(sessions)
    }

    /// The activities at which somebody of the register spoke, latest day first; what was taken back is left out.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sessions_of(&self, id: EntryId) -> Result<Vec<Session>, StoreError> {
        let measures = [Measure::DirectSessions, Measure::DirectAttendees].map(Measure::word);
        let rows: Vec<(Uuid, NaiveDate, String, i64)> = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::Measure.is_in(measures))
            .filter(ledger::Column::Dimensions.contains(id.to_string()))
            .select_only()
            .column(ledger::Column::SourceId)
            .column(ledger::Column::Day)
            .column(ledger::Column::Measure)
            .column(ledger::Column::Quantity)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let mut counted: BTreeMap<(Uuid, NaiveDate), (i64, i64)> = BTreeMap::new();
        for (source, day, measure, quantity) in rows {
            let (sessions, attendees) = counted.entry((source, day)).or_default();
            if measure == Measure::DirectSessions.word() {
                *sessions += quantity;
            } else {
                *attendees += quantity;
            }
        }
        counted.retain(|_, (sessions, _)| *sessions > 0);
        let titles: BTreeMap<Uuid, String> = self
            .find::<activity::Entity>()
            .filter(activity::Column::Id.is_in(counted.keys().map(|(source, _)| *source)))
            .all(&self.tx)
            .await?
            .into_iter()
            .map(|row| (row.id, row.title))
            .collect();
        let mut found: Vec<Session> = counted
            .into_iter()
            .map(|((source, day), (sessions, attendees))| Session {
                activity: ActivityId(source),
                title: titles.get(&source).cloned().unwrap_or_default(),
                day,
                sessions,
                attendees,
            })
            .collect();
        found.sort_by(|a, b| b.day.cmp(&a.day).then(a.title.cmp(&b.title)));
        Ok(found)
    }
}

impl TenantStore {
    /// Appends a fact to an entry.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn add_register_fact<A: Act>(
        &mut self,
        permit: &Permit<A>,
        entry: EntryId,
        fact: &Fact,
        author: AccountId,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        register_fact::ActiveModel {
            tenant_id: Set(self.tenant().0),
            entry_id: Set(entry.0),
            number: Set(fact.number),
            from_day: Set(fact.from),
            body: Set(to_json(&fact.body)?),
            corrects: Set(fact.corrects),
            reason: Set(fact.reason.clone()),
            author: Set(author.0),
            author_name: Set(fact.author_name.clone()),
            created_at: Set(fact.at.millis()),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }

    /// Puts before the public what it may know of an entry; nothing takes it away. Returns whether anything public changed.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn publish_entry<A: Act>(
        &mut self,
        permit: &Permit<A>,
        entry: EntryId,
        told: Option<&PublicEntry>,
        now: Moment,
    ) -> Result<bool, StoreError> {
        self.check(permit)?;
        let before = self
            .find::<published_entry::Entity>()
            .filter(published_entry::Column::EntryId.eq(entry.0))
            .one(&self.reader.tx)
            .await?;
        let body = told.map(to_json).transpose()?;
        if before.map(|row| row.body) == body {
            return Ok(false);
        }
        match body {
            None => {
                published_entry::Entity::delete_many()
                    .filter(published_entry::Column::TenantId.eq(self.tenant().0))
                    .filter(published_entry::Column::EntryId.eq(entry.0))
                    .exec(&self.reader.tx)
                    .await?;
            }
            Some(body) => {
                let row = published_entry::ActiveModel {
                    tenant_id: Set(self.tenant().0),
                    entry_id: Set(entry.0),
                    body: Set(body),
                    changed_at: Set(now.millis()),
                };
                published_entry::Entity::insert(row)
                    .on_conflict(
                        OnConflict::columns([
                            published_entry::Column::TenantId,
                            published_entry::Column::EntryId,
                        ])
                        .update_columns([published_entry::Column::Body, published_entry::Column::ChangedAt])
                        .to_owned(),
                    )
                    .exec_without_returning(&self.reader.tx)
                    .await?;
            }
        }
        self.touch_public(now).await?;
        Ok(true)
    }
}

fn entries(rows: Vec<register_fact::Model>) -> Result<Vec<Entry>, StoreError> {
    let facts = rows.into_iter().map(|row| {
        let fact = Fact {
            number: row.number,
            from: row.from_day,
            body: from_json(&row.body)?,
            corrects: row.corrects,
            reason: row.reason,
            author_name: row.author_name,
            at: moment(row.created_at),
        };
        Ok((EntryId(row.entry_id), fact))
    });
    gathered(facts)
}
