//! Reports that agencies sent, and what the province decided about them.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, ReportId, TenantId};
use pbgdpl_model::policy::UnknownWord;
use pbgdpl_model::report::CellRemark;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set,
};

use crate::convert::{from_json, moment, to_json, word};
use crate::entity::province_report;
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};
use crate::tenant::{TenantReader, TenantStore};

/// What the province decided about a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Nothing yet.
    Waiting,
    /// Accepted: its figures count.
    Accepted,
    /// Returned with a remark.
    Returned,
}

impl Decision {
    /// The word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
        }
    }

    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Chờ tiếp nhận",
            Self::Accepted => "Đã tiếp nhận",
            Self::Returned => "Đã trả lại",
        }
    }
}

impl std::str::FromStr for Decision {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        [Self::Waiting, Self::Accepted, Self::Returned]
            .into_iter()
            .find(|decision| decision.word() == text)
            .ok_or_else(|| UnknownWord {
                list: "decision",
                word: text.to_owned(),
            })
    }
}

/// A report as an agency sent it: never changed, only decided upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmittedReport {
    /// Who sent it.
    pub tenant: TenantId,
    /// Form code, such as 09d.
    pub form: String,
    /// Kind of period: 6-thang, nam, nam-chinh-thuc.
    pub period: String,
    /// Year.
    pub year: i32,
    /// 1, 2, 3 … an amendment is a new version.
    pub version: i32,
    /// The agency's own report.
    pub report: ReportId,
    /// The frozen figures, canonical JSON.
    pub body: String,
    /// SHA-256 of the body, hexadecimal.
    pub hash: String,
    /// The last ledger row it counts.
    pub ledger_seq: i64,
    /// When it was sent.
    pub submitted_at: Moment,
    /// Who sent it.
    pub submitted_name: String,
    /// Whether it came after its deadline.
    pub late: bool,
    /// What the province decided.
    pub decision: Decision,
    /// Its remark.
    pub remark: String,
    /// Its remarks on single cells.
    pub cell_remarks: Vec<CellRemark>,
    /// Who decided.
    pub decided_name: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
}

fn read(row: province_report::Model) -> Result<SubmittedReport, StoreError> {
    Ok(SubmittedReport {
        tenant: TenantId(row.tenant_id),
        form: row.form,
        period: row.period,
        year: row.year,
        version: row.version,
        report: ReportId(row.report_id),
        body: row.body,
        hash: row.hash,
        ledger_seq: row.ledger_seq,
        submitted_at: moment(row.submitted_at),
        submitted_name: row.submitted_name,
        late: row.late,
        decision: word(&row.decision)?,
        remark: row.remark,
        cell_remarks: from_json(&row.cell_remarks)?,
        decided_name: row.decided_name,
        decided_at: row.decided_at.map(moment),
    })
}

impl TenantReader {
    /// What this agency sent of one period, newest version first, with what the province decided.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sent_reports(&self, period: &str, year: i32) -> Result<Vec<SubmittedReport>, StoreError> {
        let rows = province_report::Entity::find()
            .filter(province_report::Column::TenantId.eq(self.tenant().0))
            .filter(province_report::Column::Period.eq(period))
            .filter(province_report::Column::Year.eq(year))
            .order_by_desc(province_report::Column::Version)
            .all(self.connection())
            .await?;
        rows.into_iter().map(read).collect()
    }
}

impl TenantStore {
    /// Sends a report to the province.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where this version was sent before.
    pub async fn send_report(
        &mut self,
        permit: &pbgdpl_scope::Permit<pbgdpl_scope::action::ReportSubmit>,
        sent: &SubmittedReport,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        if sent.tenant != self.tenant() {
            return Err(StoreError::OtherAgency);
        }
        insert(self.connection(), sent).await
    }
}

async fn insert(db: &impl ConnectionTrait, sent: &SubmittedReport) -> Result<(), StoreError> {
    province_report::ActiveModel {
        tenant_id: Set(sent.tenant.0),
        form: Set(sent.form.clone()),
        period: Set(sent.period.clone()),
        year: Set(sent.year),
        version: Set(sent.version),
        report_id: Set(sent.report.0),
        body: Set(sent.body.clone()),
        hash: Set(sent.hash.clone()),
        ledger_seq: Set(sent.ledger_seq),
        submitted_at: Set(sent.submitted_at.millis()),
        submitted_name: Set(sent.submitted_name.clone()),
        late: Set(sent.late),
        decision: Set(Decision::Waiting.word().to_owned()),
        remark: Set(String::new()),
        cell_remarks: Set("[]".to_owned()),
        decided_by: Set(None),
        decided_name: Set(None),
        decided_at: Set(None),
    }
    .insert(db)
    .await?;
    Ok(())
}

impl ProvinceReader {
    /// Everything sent for one period, all versions.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn reports(&self, period: &str, year: i32) -> Result<Vec<SubmittedReport>, StoreError> {
        let rows = province_report::Entity::find()
            .filter(province_report::Column::Period.eq(period))
            .filter(province_report::Column::Year.eq(year))
            .order_by_asc(province_report::Column::TenantId)
            .order_by_desc(province_report::Column::Version)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Everything that one agency sent for a period, newest version first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn reports_of(
        &self,
        tenant: TenantId,
        period: &str,
        year: i32,
    ) -> Result<Vec<SubmittedReport>, StoreError> {
        let rows = province_report::Entity::find()
            .filter(province_report::Column::TenantId.eq(tenant.0))
            .filter(province_report::Column::Period.eq(period))
            .filter(province_report::Column::Year.eq(year))
            .order_by_desc(province_report::Column::Version)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Everything that one agency sent for periods of these years, or between two moments; oldest first, all versions.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn reports_about(
        &self,
        tenant: TenantId,
        years: (i32, i32),
        sent: (Moment, Moment),
    ) -> Result<Vec<SubmittedReport>, StoreError> {
        let about = Condition::any()
            .add(province_report::Column::Year.between(years.0, years.1))
            .add(
                Condition::all()
                    .add(province_report::Column::SubmittedAt.gte(sent.0.millis()))
                    .add(province_report::Column::SubmittedAt.lt(sent.1.millis())),
            );
        let rows = province_report::Entity::find()
            .filter(province_report::Column::TenantId.eq(tenant.0))
            .filter(about)
            .order_by_asc(province_report::Column::Year)
            .order_by_asc(province_report::Column::Period)
            .order_by_asc(province_report::Column::Form)
            .order_by_asc(province_report::Column::Version)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// The year of the newest period that anything was sent for, with its kind.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn newest_term(&self) -> Result<Option<(String, i32)>, StoreError> {
        let newest = province_report::Entity::find()
            .order_by_desc(province_report::Column::Year)
            .order_by_desc(province_report::Column::SubmittedAt)
            .one(&self.tx)
            .await?;
        Ok(newest.map(|row| (row.period, row.year)))
    }
}

impl ProvinceStore {
    /// Decides about one version, if nothing was decided before; `false` where something was.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn decide(
        &mut self,
        report: &SubmittedReport,
        decision: Decision,
        (remark, cells): (&str, &[CellRemark]),
        by: (AccountId, &str),
        now: Moment,
    ) -> Result<bool, StoreError> {
        let changed = province_report::Entity::update_many()
            .set(province_report::ActiveModel {
                decision: Set(decision.word().to_owned()),
                remark: Set(remark.to_owned()),
                cell_remarks: Set(to_json(&cells)?),
                decided_by: Set(Some(by.0.0)),
                decided_name: Set(Some(by.1.to_owned())),
                decided_at: Set(Some(now.millis())),
                ..Default::default()
            })
            .filter(province_report::Column::TenantId.eq(report.tenant.0))
            .filter(province_report::Column::Form.eq(report.form.as_str()))
            .filter(province_report::Column::Period.eq(report.period.as_str()))
            .filter(province_report::Column::Year.eq(report.year))
            .filter(province_report::Column::Version.eq(report.version))
            .filter(province_report::Column::Decision.eq(report.decision.word()))
            .exec(&self.tx)
            .await?;
        Ok(changed.rows_affected == 1)
    }
}
