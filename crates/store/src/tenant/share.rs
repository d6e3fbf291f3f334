//! Shares in other agencies' activities, as the co-organiser holds them.

use pbgdpl_model::activity::{Answer, Share};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, ActivityId, TenantId};
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::ActivityConfirmShare;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::convert::word;
use crate::entity::activity_share;
use crate::error::StoreError;
use crate::tenant::{TenantReader, TenantStore};

impl TenantReader {
    /// The agency's share in an activity of another agency.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn share(&self, activity: ActivityId) -> Result<Option<Share>, StoreError> {
        let row = self
            .find::<activity_share::Entity>()
            .filter(activity_share::Column::ActivityId.eq(activity.0))
            .one(&self.tx)
            .await?;
        row.map(read).transpose()
    }

    /// The newest shares with this answer or with any, latest day first, and how many there are.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn shares(
        &self,
        answer: Option<Answer>,
        page: u64,
        per_page: u64,
    ) -> Result<(Vec<Share>, u64), StoreError> {
        let mut query = self.find::<activity_share::Entity>();
        if let Some(answer) = answer {
            query = query.filter(activity_share::Column::Answer.eq(answer.word()));
        }
        let total = query.clone().count(&self.tx).await?;
        let rows = query
            .order_by_desc(activity_share::Column::Day)
            .order_by_desc(activity_share::Column::ActivityId)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .all(&self.tx)
            .await?;
        Ok((rows.into_iter().map(read).collect::<Result<_, _>>()?, total))
    }
}

impl TenantStore {
    /// Writes a share as it stands now; the caller holds the ledger since before it read the share
    /// ([`TenantStore::hold_ledger`]): an answer and a correction that arrive at once are both kept. `by`: who answered, where somebody did.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn put_share(
        &mut self,
        permit: &Permit<ActivityConfirmShare>,
        share: &Share,
        by: Option<(AccountId, &str)>,
        now: Moment,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        let row = activity_share::ActiveModel {
            tenant_id: Set(self.tenant().0),
            activity_id: Set(share.activity.0),
            owner: Set(share.owner.0),
            owner_name: Set(share.owner_name.clone()),
            title: Set(share.title.clone()),
            day: Set(share.day),
            summary: Set(share.summary.clone()),
            answer: Set(share.answer.word().to_owned()),
            reason: Set(share.reason.clone()),
            invited_at: Set(now.millis()),
            answered_at: Set(by.map(|_| now.millis())),
            answered_by: Set(by.map(|(account, _)| account.0)),
            answered_name: Set(by.map(|(_, name)| name.to_owned())),
            owner_row: Set(share.owner_row),
        };
        let mut changed = vec![
            activity_share::Column::OwnerName,
            activity_share::Column::Title,
            activity_share::Column::Day,
            activity_share::Column::Summary,
            activity_share::Column::Answer,
            activity_share::Column::Reason,
            activity_share::Column::OwnerRow,
        ];
        if by.is_some() {
            changed.extend([
                activity_share::Column::AnsweredAt,
                activity_share::Column::AnsweredBy,
                activity_share::Column::AnsweredName,
            ]);
        }
        activity_share::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([
                    activity_share::Column::TenantId,
                    activity_share::Column::ActivityId,
                ])
                .update_columns(changed)
                .to_owned(),
            )
            .exec_without_returning(&self.reader.tx)
            .await?;
        Ok(())
    }
}

fn read(row: activity_share::Model) -> Result<Share, StoreError> {
    Ok(Share {
        activity: ActivityId(row.activity_id),
        owner: TenantId(row.owner),
        owner_name: row.owner_name,
        title: row.title,
        day: row.day,
        summary: row.summary,
        answer: word(&row.answer)?,
        reason: row.reason,
        owner_row: row.owner_row,
    })
}
