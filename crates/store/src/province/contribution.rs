//! Contributions under a plan that agencies sent, and what the province decided about them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, ContributionId, TenantId};
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::plan::Standing;
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::ReportSubmit;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use super::Decision;
use crate::convert::{moment, word};
use crate::entity::{province_contribution, province_day};
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};
use crate::tenant::{TenantReader, TenantStore};

/// A contribution as an agency sent it: never changed, only decided upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentContribution {
    /// Who sent it.
    pub tenant: TenantId,
    /// Id of the plan.
    pub plan: String,
    /// Year.
    pub year: i32,
    /// 1, 2, 3 … an amendment is a new version.
    pub version: i32,
    /// The agency's own one, over all versions.
    pub contribution: ContributionId,
    /// Texts and figures, canonical JSON.
    pub body: String,
    /// SHA-256 of the body, hexadecimal.
    pub hash: String,
    /// The last ledger row it counts.
    pub ledger_seq: i64,
    /// When it was sent.
    pub sent_at: Moment,
    /// Who sent it.
    pub sent_name: String,
    /// What the province decided.
    pub decision: Decision,
    /// Its remark.
    pub remark: String,
    /// Who decided.
    pub decided_name: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
}

impl SentContribution {
    /// Version and standing.
    #[must_use]
    pub const fn stands(&self) -> (i32, Standing) {
        let standing = match self.decision {
            Decision::Waiting => Standing::Sent,
            Decision::Returned => Standing::Returned,
            Decision::Accepted => Standing::Accepted,
        };
        (self.version, standing)
    }
}

fn read(row: province_contribution::Model) -> Result<SentContribution, StoreError> {
    Ok(SentContribution {
        tenant: TenantId(row.tenant_id),
        plan: row.plan,
        year: row.year,
        version: row.version,
        contribution: ContributionId(row.contribution_id),
        body: row.body,
        hash: row.hash,
        ledger_seq: row.ledger_seq,
        sent_at: moment(row.sent_at),
        sent_name: row.sent_name,
        decision: word(&row.decision)?,
        remark: row.remark,
        decided_name: row.decided_name,
        decided_at: row.decided_at.map(moment),
    })
}

impl TenantReader {
    /// What this agency sent under a plan for a year, newest version first, with what the province decided.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sent_contributions(
        &self,
        plan: &str,
        year: i32,
    ) -> Result<Vec<SentContribution>, StoreError> {
        let rows = province_contribution::Entity::find()
            .filter(province_contribution::Column::TenantId.eq(self.tenant().0))
            .filter(province_contribution::Column::Plan.eq(plan))
            .filter(province_contribution::Column::Year.eq(year))
            .order_by_desc(province_contribution::Column::Version)
            .all(self.connection())
            .await?;
        rows.into_iter().map(read).collect()
    }
}

impl TenantStore {
    /// Sends a contribution to the province.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where this version was sent before.
    pub async fn send_contribution(
        &mut self,
        permit: &Permit<ReportSubmit>,
        sent: &SentContribution,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        if sent.tenant != self.tenant() {
            return Err(StoreError::OtherAgency);
        }
        province_contribution::ActiveModel {
            tenant_id: Set(sent.tenant.0),
            plan: Set(sent.plan.clone()),
            year: Set(sent.year),
            version: Set(sent.version),
            contribution_id: Set(sent.contribution.0),
            body: Set(sent.body.clone()),
            hash: Set(sent.hash.clone()),
            ledger_seq: Set(sent.ledger_seq),
            sent_at: Set(sent.sent_at.millis()),
            sent_name: Set(sent.sent_name.clone()),
            decision: Set(Decision::Waiting.word().to_owned()),
            remark: Set(String::new()),
            decided_by: Set(None),
            decided_name: Set(None),
            decided_at: Set(None),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }
}

impl ProvinceReader {
    /// Everything sent under a plan for a year: newest version of each agency first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn contributions(&self, plan: &str, year: i32) -> Result<Vec<SentContribution>, StoreError> {
        let rows = province_contribution::Entity::find()
            .filter(province_contribution::Column::Plan.eq(plan))
            .filter(province_contribution::Column::Year.eq(year))
            .order_by_asc(province_contribution::Column::TenantId)
            .order_by_desc(province_contribution::Column::Version)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// The last ledger row that the copied days of each agency count, over some days.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ledger_positions(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<TenantId, i64>, StoreError> {
        let rows: Vec<(Uuid, i64)> = province_day::Entity::find()
            .filter(province_day::Column::Day.gte(from))
            .filter(province_day::Column::Day.lte(to))
            .select_only()
            .column(province_day::Column::TenantId)
            .column_as(Expr::cust("max(ledger_seq)"), "seq")
            .group_by(province_day::Column::TenantId)
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(rows
            .into_iter()
            .map(|(tenant, seq)| (TenantId(tenant), seq))
            .collect())
    }

    /// Sums by agency and measure over some days, as [`ProvinceReader::totals`] gives them, gathered by agency.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn totals_by_agency(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<TenantId, BTreeMap<Measure, i64>>, StoreError> {
        let mut by_agency: BTreeMap<TenantId, BTreeMap<Measure, i64>> = BTreeMap::new();
        for (tenant, measure, quantity) in self.totals(from, to).await? {
            by_agency.entry(tenant).or_default().insert(measure, quantity);
        }
        Ok(by_agency)
    }
}

impl ProvinceStore {
    /// Decides about one version, if nobody decided since it was read; `false` where somebody did.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn decide_contribution(
        &mut self,
        sent: &SentContribution,
        decision: Decision,
        remark: &str,
        by: (AccountId, &str),
        now: Moment,
    ) -> Result<bool, StoreError> {
        let changed = province_contribution::Entity::update_many()
            .set(province_contribution::ActiveModel {
                decision: Set(decision.word().to_owned()),
                remark: Set(remark.to_owned()),
                decided_by: Set(Some(by.0.0)),
                decided_name: Set(Some(by.1.to_owned())),
                decided_at: Set(Some(now.millis())),
                ..Default::default()
            })
            .filter(province_contribution::Column::TenantId.eq(sent.tenant.0))
            .filter(province_contribution::Column::Plan.eq(sent.plan.as_str()))
            .filter(province_contribution::Column::Year.eq(sent.year))
            .filter(province_contribution::Column::Version.eq(sent.version))
            .filter(province_contribution::Column::Decision.eq(sent.decision.word()))
            .exec(&self.tx)
            .await?;
        Ok(changed.rows_affected == 1)
    }
}
