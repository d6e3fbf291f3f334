//! What an auditor asks of an agency's work: was what was published read by another person, is what was counted proved by a file.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::activity::Stage;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, ActivityId, ArticleId};
use pbgdpl_model::policy::Action;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use serde::Deserialize;
use uuid::Uuid;

use crate::convert::{from_json, moment};
use crate::entity::{activity, activity_evidence, article, article_version, audit};
use crate::error::StoreError;
use crate::tenant::TenantReader;

/// One approval of an item, as the log tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Which item.
    pub article: ArticleId,
    /// Its title today.
    pub title: String,
    /// Number of the entry in the log.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who approved.
    pub approver: AccountId,
    /// Their name then.
    pub approver_name: String,
    /// Whether whoever approved also wrote in it since the publication before: nobody else read it.
    pub alone: bool,
}

/// An activity that no file proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproved {
    /// Which.
    pub activity: ActivityId,
    /// Its title.
    pub title: String,
    /// Its day.
    pub day: NaiveDate,
}

#[derive(Deserialize)]
struct Approved {
    version: i32,
}

impl TenantReader {
    /// What was approved from one moment up to another, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn publications(&self, from: Moment, until: Moment) -> Result<Vec<Publication>, StoreError> {
        // Earlier ones too: who wrote since then is asked.
        let entries = self
            .find::<audit::Entity>()
            .filter(audit::Column::Action.eq(Action::ArticleApprove.word()))
            .filter(audit::Column::At.lt(until.millis()))
            .order_by_asc(audit::Column::Seq)
            .all(&self.tx)
            .await?;
        let asked: Vec<Uuid> = entries
            .iter()
            .filter(|entry| entry.at >= from.millis())
            .map(|entry| entry.object_id)
            .collect();
        let authors: Vec<(Uuid, i32, Uuid)> = self
            .find::<article_version::Entity>()
            .filter(article_version::Column::ArticleId.is_in(asked.iter().copied()))
            .select_only()
            .column(article_version::Column::ArticleId)
            .column(article_version::Column::Number)
            .column(article_version::Column::Author)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let mut of_article: BTreeMap<Uuid, Vec<(i32, Uuid)>> = BTreeMap::new();
        for (article, number, author) in authors {
            of_article.entry(article).or_default().push((number, author));
        }
        let authors = of_article;
        let titles: Vec<(Uuid, String)> = self
            .find::<article::Entity>()
            .filter(article::Column::Id.is_in(asked))
            .select_only()
            .column(article::Column::Id)
            .column(article::Column::Title)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let titles: BTreeMap<Uuid, String> = titles.into_iter().collect();
        let (mut before, mut found) = (BTreeMap::new(), Vec::new());
        for entry in entries {
            let approved: Approved = from_json(&entry.detail)?;
            let since = before
                .insert(entry.object_id, approved.version)
                .unwrap_or_default();
            if entry.at < from.millis() {
                continue;
            }
            let alone = authors.get(&entry.object_id).is_some_and(|versions| {
                versions.iter().any(|(number, author)| {
                    since < *number && *number <= approved.version && *author == entry.actor
                })
            });
            found.push(Publication {
                title: titles.get(&entry.object_id).cloned().unwrap_or_default(),
                article: ArticleId(entry.object_id),
                seq: entry.seq,
                at: moment(entry.at),
                approver: AccountId(entry.actor),
                approver_name: entry.actor_name,
                alone,
            });
        }
        Ok(found)
    }

    /// A page of the recorded activities of a year that no file proves, and how many there are.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn unproved(
        &self,
        year: i32,
        page: u64,
        per_page: u64,
    ) -> Result<(Vec<Unproved>, u64), StoreError> {
        let proved = self
            .find::<activity_evidence::Entity>()
            .select_only()
            .column(activity_evidence::Column::ActivityId)
            .into_query();
        let query = self
            .recorded_in(year)
            .filter(activity::Column::Id.not_in_subquery(proved));
        let count = query.clone().count(&self.tx).await?;
        let rows = query
            .order_by_asc(activity::Column::Day)
            .order_by_asc(activity::Column::Id)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .all(&self.tx)
            .await?;
        let unproved = rows.into_iter().map(|row| Unproved {
            activity: ActivityId(row.id),
            title: row.title,
            day: row.day,
        });
        Ok((unproved.collect(), count))
    }

    /// Recorded activities of a year: how many are proved by a file, of how many.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn evidenced(&self, year: i32) -> Result<(u64, u64), StoreError> {
        let recorded = self.recorded_in(year);
        let all = recorded.clone().count(&self.tx).await?;
        let proved = self
            .find::<activity_evidence::Entity>()
            .select_only()
            .column(activity_evidence::Column::ActivityId)
            .into_query();
        let with = recorded
            .filter(activity::Column::Id.in_subquery(proved))
            .count(&self.tx)
            .await?;
        Ok((with, all))
    }

    fn recorded_in(&self, year: i32) -> Select<activity::Entity> {
        self.find::<activity::Entity>()
            .filter(activity::Column::Stage.eq(Stage::Recorded.word()))
            .filter(activity::Column::Day.gte(NaiveDate::from_ymd_opt(year, 1, 1)))
            .filter(activity::Column::Day.lte(NaiveDate::from_ymd_opt(year, 12, 31)))
    }
}
