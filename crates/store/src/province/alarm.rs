//! Alarms on odd acts: raised once an entry and rule, answered once.

use std::collections::{BTreeMap, BTreeSet};

use pbgdpl_model::alarm::{Alarm, Answer, Fact};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, AlarmId, TenantId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::convert::moment;
use crate::entity::{province_alarm, province_alarm_entry, province_alarm_watch, province_chain_growth};
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};

impl ProvinceReader {
    /// A page of alarms: those without an answer first, then the newest; how many there are, and how many without an answer.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn alarms(&self, page: u64, per_page: u64) -> Result<(Vec<Alarm>, u64, u64), StoreError> {
        use province_alarm::Column;
        let all = province_alarm::Entity::find();
        let count = all.clone().count(&self.tx).await?;
        let open = all
            .clone()
            .filter(Column::AnsweredAt.is_null())
            .count(&self.tx)
            .await?;
        let rows = all
            .order_by_asc(Column::AnsweredAt.is_not_null())
            .order_by_desc(Column::RaisedAt)
            .order_by_asc(Column::Id)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .all(&self.tx)
            .await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut about = self.about(&ids).await?;
        let alarms = rows.into_iter().map(|row| {
            let about = about.remove(&row.id).unwrap_or_default();
            read(row, about)
        });
        Ok((alarms.collect(), count, open))
    }

    /// One alarm.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn alarm(&self, id: AlarmId) -> Result<Option<Alarm>, StoreError> {
        let Some(row) = province_alarm::Entity::find_by_id(id.0).one(&self.tx).await? else {
            return Ok(None);
        };
        let about = self.about(&[row.id]).await?.remove(&row.id).unwrap_or_default();
        Ok(Some(read(row, about)))
    }

    /// A page of the entries that raised an alarm, oldest first, and how many they are.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn alarm_entries(
        &self,
        id: AlarmId,
        page: u64,
        per_page: u64,
    ) -> Result<(Vec<Fact>, u64), StoreError> {
        use province_alarm_entry::Column;
        let query = province_alarm_entry::Entity::find().filter(Column::AlarmId.eq(id.0));
        let count = query.clone().count(&self.tx).await?;
        let rows = query
            .order_by_asc(Column::At)
            .order_by_asc(Column::Chain)
            .order_by_asc(Column::Seq)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .all(&self.tx)
            .await?;
        Ok((rows.into_iter().map(fact).collect(), count))
    }

    /// Which of these entries raised an alarm of this rule already, and which one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn alarms_of(
        &self,
        rule: &str,
        since: Moment,
    ) -> Result<BTreeMap<(String, i64), AlarmId>, StoreError> {
        use province_alarm_entry::Column;
        let rows = province_alarm_entry::Entity::find()
            .filter(Column::Rule.eq(rule))
            .filter(Column::At.gte(since.millis()))
            .all(&self.tx)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| ((row.chain, row.seq), AlarmId(row.alarm_id)))
            .collect())
    }

    /// Up to when entries were looked at.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn looked_at(&self) -> Result<Option<Moment>, StoreError> {
        let row = province_alarm_watch::Entity::find_by_id(1).one(&self.tx).await?;
        Ok(row.map(|row| moment(row.looked_at)))
    }

    /// How far the chains of agencies reach that have an entry of this moment or of a later one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn chains_grown(&self, since: Moment) -> Result<Vec<(TenantId, i64)>, StoreError> {
        use province_chain_growth::Column;
        let rows: Vec<(Uuid, i64)> = province_chain_growth::Entity::find()
            .filter(Column::At.gte(since.millis()))
            .select_only()
            .column(Column::TenantId)
            .column(Column::AuditSeq)
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(rows
            .into_iter()
            .map(|(tenant, seq)| (TenantId(tenant), seq))
            .collect())
    }

    /// Who acted in the entries of alarms, and whom it was done to.
    async fn about(&self, ids: &[Uuid]) -> Result<BTreeMap<Uuid, BTreeSet<AccountId>>, StoreError> {
        use province_alarm_entry::Column;
        let rows: Vec<(Uuid, Uuid, Option<Uuid>)> = province_alarm_entry::Entity::find()
            .filter(Column::AlarmId.is_in(ids.iter().copied()))
            .select_only()
            .column(Column::AlarmId)
            .column(Column::Actor)
            .column(Column::Person)
            .distinct()
            .into_tuple()
            .all(&self.tx)
            .await?;
        let mut about: BTreeMap<Uuid, BTreeSet<AccountId>> = BTreeMap::new();
        for (alarm, actor, person) in rows {
            let people = [Some(actor), person].into_iter().flatten();
            let people = people.filter(|id| !id.is_nil()).map(AccountId);
            about.entry(alarm).or_default().extend(people);
        }
        Ok(about)
    }
}

impl ProvinceStore {
    /// Writes an alarm with its entries.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where an entry raised this rule before.
    pub async fn raise_alarm(&mut self, alarm: &Alarm, facts: &[&Fact]) -> Result<(), StoreError> {
        province_alarm::ActiveModel {
            id: Set(alarm.id.0),
            rule: Set(alarm.rule.clone()),
            title: Set(alarm.title.clone()),
            subject: Set(alarm.subject),
            first_at: Set(alarm.first_at.millis()),
            last_at: Set(alarm.last_at.millis()),
            raised_at: Set(alarm.raised_at.millis()),
            answered_by: Set(None),
            answered_name: Set(None),
            answered_at: Set(None),
            note: Set(None),
        }
        .insert(&self.tx)
        .await?;
        self.add_entries(alarm.id, &alarm.rule, facts).await
    }

    /// Adds entries to an alarm that nobody answered yet: what it is about goes on.
    ///
    /// # Errors
    /// As [`ProvinceStore::raise_alarm`].
    pub async fn extend_alarm(&mut self, alarm: &Alarm, facts: &[&Fact]) -> Result<(), StoreError> {
        let last = facts.iter().map(|fact| fact.at).max().unwrap_or(alarm.last_at);
        province_alarm::Entity::update_many()
            .set(province_alarm::ActiveModel {
                last_at: Set(last.max(alarm.last_at).millis()),
                ..Default::default()
            })
            .filter(province_alarm::Column::Id.eq(alarm.id.0))
            .exec(&self.tx)
            .await?;
        self.add_entries(alarm.id, &alarm.rule, facts).await
    }

    async fn add_entries(&mut self, id: AlarmId, rule: &str, facts: &[&Fact]) -> Result<(), StoreError> {
        for fact in facts {
            province_alarm_entry::ActiveModel {
                rule: Set(rule.to_owned()),
                chain: Set(fact.chain.clone()),
                seq: Set(fact.seq),
                alarm_id: Set(id.0),
                at: Set(fact.at.millis()),
                actor: Set(fact.actor.0),
                person: Set(fact.person.map(|person| person.0)),
                action: Set(fact.action.clone()),
                count: Set(i32::try_from(fact.count).unwrap_or(i32::MAX)),
            }
            .insert(&self.tx)
            .await?;
        }
        Ok(())
    }

    /// Writes what was found behind an alarm, if nobody answered before; `false` where somebody did.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn answer_alarm(&mut self, id: AlarmId, answer: &Answer) -> Result<bool, StoreError> {
        use province_alarm::Column;
        let changed = province_alarm::Entity::update_many()
            .set(province_alarm::ActiveModel {
                answered_by: Set(Some(answer.by.0)),
                answered_name: Set(Some(answer.by_name.clone())),
                answered_at: Set(Some(answer.at.millis())),
                note: Set(Some(answer.note.clone())),
                ..Default::default()
            })
            .filter(Column::Id.eq(id.0))
            .filter(Column::AnsweredAt.is_null())
            .exec(&self.tx)
            .await?;
        Ok(changed.rows_affected == 1)
    }

    /// Says up to when entries were looked at.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_looked_at(&mut self, at: Moment) -> Result<(), StoreError> {
        let row = province_alarm_watch::ActiveModel {
            id: Set(1),
            looked_at: Set(at.millis()),
        };
        province_alarm_watch::Entity::insert(row)
            .on_conflict(
                OnConflict::column(province_alarm_watch::Column::Id)
                    .update_column(province_alarm_watch::Column::LookedAt)
                    .to_owned(),
            )
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }
}

fn read(row: province_alarm::Model, about: BTreeSet<AccountId>) -> Alarm {
    let by = row.answered_by.zip(row.answered_at);
    Alarm {
        id: AlarmId(row.id),
        rule: row.rule,
        title: row.title,
        subject: row.subject,
        first_at: moment(row.first_at),
        last_at: moment(row.last_at),
        raised_at: moment(row.raised_at),
        about: about.into_iter().collect(),
        answer: by.map(|(by, at)| Answer {
            by: AccountId(by),
            by_name: row.answered_name.unwrap_or_default(),
            at: moment(at),
            note: row.note.unwrap_or_default(),
        }),
    }
}

fn fact(row: province_alarm_entry::Model) -> Fact {
    Fact {
        chain: row.chain,
        seq: row.seq,
        at: moment(row.at),
        actor: AccountId(row.actor),
        action: row.action,
        person: row.person.map(AccountId),
        object: row.person.unwrap_or_else(Uuid::nil),
        mark: String::new(),
        count: u32::try_from(row.count).unwrap_or(1),
    }
}
