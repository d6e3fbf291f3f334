//! Digital signatures over reports that were sent: an agency adds them, the province reads them beside what was sent.

use pbgdpl_model::id::TenantId;
use pbgdpl_model::report::Signature;
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::ReportSign;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use super::OfReport;
use crate::convert::moment;
use crate::entity::province_report_signature::{ActiveModel, Column, Entity};
use crate::error::StoreError;
use crate::province::ProvinceReader;
use crate::tenant::{TenantReader, TenantStore};

/// Those of one version, in the order in which they were added.
async fn of_version(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    of: OfReport<'_>,
    version: i32,
) -> Result<Vec<Signature>, StoreError> {
    let rows = Entity::find()
        .filter(Column::TenantId.eq(tenant.0))
        .filter(Column::Form.eq(of.form))
        .filter(Column::Period.eq(of.period))
        .filter(Column::Year.eq(of.year))
        .filter(Column::Version.eq(version))
        .order_by_asc(Column::Number)
        .all(db)
        .await?;
    let signatures = rows.into_iter().map(|row| Signature {
        number: row.number,
        cms: row.cms,
        at: moment(row.added_at),
    });
    Ok(signatures.collect())
}

impl TenantReader {
    /// The signatures over a version of this agency's report.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn signatures(&self, of: OfReport<'_>, version: i32) -> Result<Vec<Signature>, StoreError> {
        of_version(self.connection(), self.tenant(), of, version).await
    }
}

impl TenantStore {
    /// Adds a signature.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where that number stands already.
    pub async fn add_signature(
        &mut self,
        permit: &Permit<ReportSign>,
        of: OfReport<'_>,
        version: i32,
        new: &Signature,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        ActiveModel {
            tenant_id: Set(self.tenant().0),
            form: Set(of.form.to_owned()),
            period: Set(of.period.to_owned()),
            year: Set(of.year),
            version: Set(version),
            number: Set(new.number),
            cms: Set(new.cms.clone()),
            added_at: Set(new.at.millis()),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }
}

impl ProvinceReader {
    /// The signatures over a version of an agency's report.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn signatures(
        &self,
        tenant: TenantId,
        of: OfReport<'_>,
        version: i32,
    ) -> Result<Vec<Signature>, StoreError> {
        of_version(&self.tx, tenant, of, version).await
    }
}
