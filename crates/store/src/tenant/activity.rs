//! Offline activities: their versions, co-organisers and evidence.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::activity::{Activity, Content, Kind, Partner, Stage, Version};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, ActivityId, MediaId, TenantId};
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::{Act, ActivityWrite};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::convert::{from_json, moment, to_json, word};
use crate::entity::{activity, activity_evidence, activity_partner, activity_version};
use crate::error::StoreError;
use crate::tenant::{TenantReader, TenantStore};

/// Which activities a list shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct ActivityFilter {
    /// Only of this year.
    pub year: Option<i32>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only in this stage.
    pub stage: Option<Stage>,
}

/// What one version says, as it is stored: the kind and the day may be corrected too.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    kind: Kind,
    day: NaiveDate,
    content: Content,
}

impl TenantReader {
    /// An activity with its latest content and its co-organisers.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn activity(&self, id: ActivityId) -> Result<Option<Activity>, StoreError> {
        let row = self
            .find::<activity::Entity>()
            .filter(activity::Column::Id.eq(id.0))
            .one(&self.tx)
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(self.with_content(vec![row]).await?.pop())
    }

    /// A page of activities, latest day first, and how many there are in all.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn activities(
        &self,
        filter: ActivityFilter,
        page: u64,
        per_page: u64,
    ) -> Result<(Vec<Activity>, u64), StoreError> {
        let mut query = self.find::<activity::Entity>();
        if let Some(year) = filter.year {
            query = query
                .filter(activity::Column::Day.gte(NaiveDate::from_ymd_opt(year, 1, 1)))
                .filter(activity::Column::Day.lte(NaiveDate::from_ymd_opt(year, 12, 31)));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(activity::Column::Kind.eq(kind.word()));
        }
        if let Some(stage) = filter.stage {
            query = query.filter(activity::Column::Stage.eq(stage.word()));
        }
        let total = query.clone().count(&self.tx).await?;
        let rows = query
            .order_by_desc(activity::Column::Day)
            .order_by_desc(activity::Column::Id)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .all(&self.tx)
            .await?;
        Ok((self.with_content(rows).await?, total))
    }

    /// The first and the last year of the agency's activities.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn activity_years(&self) -> Result<Option<(i32, i32)>, StoreError> {
        let ends: Option<(Option<NaiveDate>, Option<NaiveDate>)> = self
            .find::<activity::Entity>()
            .select_only()
            .column_as(activity::Column::Day.min(), "first")
            .column_as(activity::Column::Day.max(), "last")
            .into_tuple()
            .one(&self.tx)
            .await?;
        Ok(ends.and_then(|(first, last)| Some((first?.year(), last?.year()))))
    }

    /// Rows with their latest content and co-organisers: two statements for the whole page.
    async fn with_content(&self, rows: Vec<activity::Model>) -> Result<Vec<Activity>, StoreError> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        // The latest version of each, not their history.
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let latest = rows.iter().fold(Condition::any(), |any, row| {
            any.add(
                Condition::all()
                    .add(activity_version::Column::ActivityId.eq(row.id))
                    .add(activity_version::Column::Number.eq(row.latest_version)),
            )
        });
        let mut contents: HashMap<(Uuid, i32), String> = self
            .find::<activity_version::Entity>()
            .filter(latest)
            .all(&self.tx)
            .await?
            .into_iter()
            .map(|row| ((row.activity_id, row.number), row.content))
            .collect();
        let mut partners: HashMap<Uuid, Vec<Partner>> = HashMap::new();
        for row in self
            .find::<activity_partner::Entity>()
            .filter(activity_partner::Column::ActivityId.is_in(ids))
            .order_by_asc(activity_partner::Column::PartnerName)
            .all(&self.tx)
            .await?
        {
            let partner = Partner {
                tenant: TenantId(row.partner),
                name: row.partner_name,
                answer: word(&row.answer)?,
            };
            partners.entry(row.activity_id).or_default().push(partner);
        }
        rows.into_iter()
            .map(|row| {
                let stored = contents
                    .remove(&(row.id, row.latest_version))
                    .ok_or_else(|| StoreError::Unreadable("an activity without its version".into()))?;
                let stored: Stored = from_json(&stored)?;
                Ok(Activity {
                    id: ActivityId(row.id),
                    kind: word(&row.kind)?,
                    stage: word(&row.stage)?,
                    day: row.day,
                    latest_version: row.latest_version,
                    content: stored.content,
                    partners: partners.remove(&row.id).unwrap_or_default(),
                    created_by: AccountId(row.created_by),
                    changed_at: moment(row.changed_at),
                    row_version: row.row_version,
                })
            })
            .collect()
    }

    /// All versions of an activity, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn activity_versions(&self, id: ActivityId) -> Result<Vec<Version>, StoreError> {
        let rows = self
            .find::<activity_version::Entity>()
            .filter(activity_version::Column::ActivityId.eq(id.0))
            .order_by_desc(activity_version::Column::Number)
            .all(&self.tx)
            .await?;
        rows.into_iter()
            .map(|row| {
                let stored: Stored = from_json(&row.content)?;
                Ok(Version {
                    number: row.number,
                    kind: stored.kind,
                    day: stored.day,
                    content: stored.content,
                    reason: row.reason,
                    author: AccountId(row.author),
                    author_name: row.author_name,
                    created_at: moment(row.created_at),
                })
            })
            .collect()
    }

    /// How many files prove an activity.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn evidence_count(&self, id: ActivityId) -> Result<usize, StoreError> {
        let found = self
            .find::<activity_evidence::Entity>()
            .filter(activity_evidence::Column::ActivityId.eq(id.0))
            .count(&self.tx)
            .await?;
        Ok(usize::try_from(found).unwrap_or(usize::MAX))
    }
}

impl TenantStore {
    /// Writes a new activity with its first version and its co-organisers.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn add_activity(
        &mut self,
        permit: &Permit<ActivityWrite>,
        new: &Activity,
        first: &Version,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        activity::ActiveModel {
            tenant_id: Set(self.tenant().0),
            id: Set(new.id.0),
            created_by: Set(new.created_by.0),
            created_at: Set(new.changed_at.millis()),
            ..columns(new)
        }
        .insert(&self.reader.tx)
        .await?;
        self.insert_activity_version(new.id, first).await?;
        self.put_partners(new).await
    }

    /// Appends a version and writes how the activity stands now, unless it changed since it was read.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where somebody saved in between.
    pub async fn add_activity_version<A: Act>(
        &mut self,
        permit: &Permit<A>,
        changed: &Activity,
        version: &Version,
    ) -> Result<(), StoreError> {
        self.move_activity(permit, changed).await?;
        self.insert_activity_version(changed.id, version).await?;
        self.put_partners(changed).await
    }

    /// Writes how an activity stands now, unless it changed since it was read.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where somebody was faster.
    pub async fn move_activity<A: Act>(
        &mut self,
        permit: &Permit<A>,
        changed: &Activity,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        let done = activity::Entity::update_many()
            .set(activity::ActiveModel {
                row_version: Set(changed.row_version + 1),
                ..columns(changed)
            })
            .filter(activity::Column::TenantId.eq(self.tenant().0))
            .filter(activity::Column::Id.eq(changed.id.0))
            .filter(activity::Column::RowVersion.eq(changed.row_version))
            .exec(&self.reader.tx)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Stale)
        }
    }

    /// Writes the answer of a co-organiser into the owner's list; `false` where it is no longer in it.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn put_answer<A: Act>(
        &mut self,
        permit: &Permit<A>,
        id: ActivityId,
        partner: &Partner,
        now: Moment,
    ) -> Result<bool, StoreError> {
        self.check(permit)?;
        let done = activity_partner::Entity::update_many()
            .set(activity_partner::ActiveModel {
                answer: Set(partner.answer.word().to_owned()),
                answered_at: Set(Some(now.millis())),
                ..Default::default()
            })
            .filter(activity_partner::Column::TenantId.eq(self.tenant().0))
            .filter(activity_partner::Column::ActivityId.eq(id.0))
            .filter(activity_partner::Column::Partner.eq(partner.tenant.0))
            .exec(&self.reader.tx)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Ties an uploaded file to an activity; the same file twice is tied once.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn add_evidence(
        &mut self,
        permit: &Permit<ActivityWrite>,
        id: ActivityId,
        media: MediaId,
        label: &str,
        by: AccountId,
        now: Moment,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        let row = activity_evidence::ActiveModel {
            tenant_id: Set(self.tenant().0),
            activity_id: Set(id.0),
            media_id: Set(media.0),
            label: Set(label.to_owned()),
            added_by: Set(by.0),
            added_at: Set(now.millis()),
        };
        activity_evidence::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([
                    activity_evidence::Column::TenantId,
                    activity_evidence::Column::ActivityId,
                    activity_evidence::Column::MediaId,
                ])
                .do_nothing()
                .to_owned(),
            )
            .exec_without_returning(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Waits until nobody else appends to the agency's ledger, and holds it until the end of the transaction:
    /// two nodes that recompute the same day cannot overwrite a newer sum with an older one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn hold_ledger(&mut self) -> Result<(), StoreError> {
        // Made where it is missing: an agency that never acted holds too.
        self.lock_head().await.map(|_| ())
    }

    async fn insert_activity_version(&self, id: ActivityId, version: &Version) -> Result<(), StoreError> {
        let stored = Stored {
            kind: version.kind,
            day: version.day,
            content: version.content.clone(),
        };
        activity_version::ActiveModel {
            tenant_id: Set(self.tenant().0),
            activity_id: Set(id.0),
            number: Set(version.number),
            content: Set(to_json(&stored)?),
            reason: Set(version.reason.clone()),
            author: Set(version.author.0),
            author_name: Set(version.author_name.clone()),
            created_at: Set(version.created_at.millis()),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }

    /// The co-organisers as the activity names them now; answers given stay.
    async fn put_partners(&self, of: &Activity) -> Result<(), StoreError> {
        activity_partner::Entity::delete_many()
            .filter(activity_partner::Column::TenantId.eq(self.tenant().0))
            .filter(activity_partner::Column::ActivityId.eq(of.id.0))
            .filter(activity_partner::Column::Partner.is_not_in(of.partners.iter().map(|p| p.tenant.0)))
            .exec(&self.reader.tx)
            .await?;
        for partner in &of.partners {
            let row = activity_partner::ActiveModel {
                tenant_id: Set(self.tenant().0),
                activity_id: Set(of.id.0),
                partner: Set(partner.tenant.0),
                partner_name: Set(partner.name.clone()),
                answer: Set(partner.answer.word().to_owned()),
                answered_at: Set(None),
            };
            activity_partner::Entity::insert(row)
                .on_conflict(
                    OnConflict::columns([
                        activity_partner::Column::TenantId,
                        activity_partner::Column::ActivityId,
                        activity_partner::Column::Partner,
                    ])
                    .do_nothing()
                    .to_owned(),
                )
                .exec_without_returning(&self.reader.tx)
                .await?;
        }
        Ok(())
    }
}

/// Everything that a change of an activity may touch.
fn columns(of: &Activity) -> activity::ActiveModel {
    activity::ActiveModel {
        stage: Set(of.stage.word().to_owned()),
        kind: Set(of.kind.word().to_owned()),
        title: Set(of.content.title.trim().to_owned()),
        day: Set(of.day),
        latest_version: Set(of.latest_version),
        changed_at: Set(of.changed_at.millis()),
        row_version: Set(of.row_version),
        ..Default::default()
    }
}
