//! What everybody may know of an agency's section: address, responsible person, chosen information groups.

use pbgdpl_model::agency::Profile;
use pbgdpl_model::clock::Moment;
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::AgencySettings;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, Set};

use crate::convert::{from_json, to_json};
use crate::entity::section_profile;
use crate::error::StoreError;
use crate::tenant::{TenantReader, TenantStore};

impl TenantReader {
    /// The section's facts; empty before they were first written.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn profile(&self) -> Result<Profile, StoreError> {
        let row = self.find::<section_profile::Entity>().one(&self.tx).await?;
        row.map_or_else(|| Ok(Profile::default()), |row| from_json(&row.body))
    }
}

impl TenantStore {
    /// Writes the section's facts.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn put_profile(
        &mut self,
        permit: &Permit<AgencySettings>,
        profile: &Profile,
        now: Moment,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        let row = section_profile::ActiveModel {
            tenant_id: Set(self.tenant().0),
            body: Set(to_json(profile)?),
            changed_at: Set(now.millis()),
        };
        section_profile::Entity::insert(row)
            .on_conflict(
                OnConflict::column(section_profile::Column::TenantId)
                    .update_columns([section_profile::Column::Body, section_profile::Column::ChangedAt])
                    .to_owned(),
            )
            .exec_without_returning(&self.reader.tx)
            .await?;
        self.touch_public(now).await
    }
}
