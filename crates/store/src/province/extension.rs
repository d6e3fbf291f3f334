//! Extensions: an agency asks for more time to report, the province answers.

use chrono::NaiveDate;
use pbgdpl_model::id::{AccountId, TenantId};
use pbgdpl_model::report::{Answer, Extension};
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::ExtensionAsk;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::convert::moment;
use crate::entity::province_extension;
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};
use crate::tenant::{TenantReader, TenantStore};

/// For which report more time is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfReport<'a> {
    /// Id of the form.
    pub form: &'a str,
    /// Period, as in addresses.
    pub period: &'a str,
    /// Year.
    pub year: i32,
}

/// An extension with whom it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedExtension {
    /// Who asked.
    pub tenant: TenantId,
    /// Id of the form.
    pub form: String,
    /// What was asked and answered.
    pub extension: Extension,
}

const WAITING: &str = "waiting";

fn read(row: province_extension::Model) -> Extension {
    let answered = row.answered_by.zip(row.answered_at);
    Extension {
        number: row.number,
        wanted_until: row.wanted_until,
        reason: row.reason,
        by: AccountId(row.asked_by),
        by_name: row.asked_name,
        at: moment(row.asked_at),
        answer: answered.map(|(by, at)| Answer {
            until: row.granted_until,
            reason: row.answer_reason,
            by: AccountId(by),
            by_name: row.answered_name.unwrap_or_default(),
            at: moment(at),
        }),
    }
}

impl TenantReader {
    /// What this agency asked for a report, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn extensions(&self, of: OfReport<'_>) -> Result<Vec<Extension>, StoreError> {
        let rows = province_extension::Entity::find()
            .filter(province_extension::Column::TenantId.eq(self.tenant().0))
            .filter(province_extension::Column::Form.eq(of.form))
            .filter(province_extension::Column::Period.eq(of.period))
            .filter(province_extension::Column::Year.eq(of.year))
            .order_by_desc(province_extension::Column::Number)
            .all(self.connection())
            .await?;
        Ok(rows.into_iter().map(read).collect())
    }
}

impl TenantStore {
    /// Asks the province for more time.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where that number was asked before.
    pub async fn ask_extension(
        &mut self,
        permit: &Permit<ExtensionAsk>,
        of: OfReport<'_>,
        asked: &Extension,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        province_extension::ActiveModel {
            tenant_id: Set(self.tenant().0),
            form: Set(of.form.to_owned()),
            period: Set(of.period.to_owned()),
            year: Set(of.year),
            number: Set(asked.number),
            wanted_until: Set(asked.wanted_until),
            reason: Set(asked.reason.clone()),
            asked_by: Set(asked.by.0),
            asked_name: Set(asked.by_name.clone()),
            asked_at: Set(asked.at.millis()),
            answer: Set(WAITING.to_owned()),
            granted_until: Set(None),
            answer_reason: Set(String::new()),
            answered_by: Set(None),
            answered_name: Set(None),
            answered_at: Set(None),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }
}

impl ProvinceReader {
    /// What was asked for a period, over all agencies, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn extensions(&self, period: &str, year: i32) -> Result<Vec<AskedExtension>, StoreError> {
        let rows = province_extension::Entity::find()
            .filter(province_extension::Column::Period.eq(period))
            .filter(province_extension::Column::Year.eq(year))
            .order_by_desc(province_extension::Column::AskedAt)
            .order_by_desc(province_extension::Column::Number)
            .all(&self.tx)
            .await?;
        let asked = rows.into_iter().map(|row| AskedExtension {
            tenant: TenantId(row.tenant_id),
            form: row.form.clone(),
            extension: read(row),
        });
        Ok(asked.collect())
    }
}

impl ProvinceStore {
    /// Answers, if nobody answered before; `false` where somebody did.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn answer_extension(
        &mut self,
        tenant: TenantId,
        of: OfReport<'_>,
        number: i32,
        answer: &Answer,
    ) -> Result<bool, StoreError> {
        let until: Option<NaiveDate> = answer.until;
        let word = if until.is_some() { "granted" } else { "refused" };
        let changed = province_extension::Entity::update_many()
            .set(province_extension::ActiveModel {
                answer: Set(word.to_owned()),
                granted_until: Set(until),
                answer_reason: Set(answer.reason.clone()),
                answered_by: Set(Some(answer.by.0)),
                answered_name: Set(Some(answer.by_name.clone())),
                answered_at: Set(Some(answer.at.millis())),
                ..Default::default()
            })
            .filter(province_extension::Column::TenantId.eq(tenant.0))
            .filter(province_extension::Column::Form.eq(of.form))
            .filter(province_extension::Column::Period.eq(of.period))
            .filter(province_extension::Column::Year.eq(of.year))
            .filter(province_extension::Column::Number.eq(number))
            .filter(province_extension::Column::Answer.eq(WAITING))
            .exec(&self.tx)
            .await?;
        Ok(changed.rows_affected == 1)
    }
}
