//! Pages of agencies' sites that show a section, over all agencies: the province's copies.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::estate::{Health, Shows};
use pbgdpl_model::id::{MediaId, PlaceId, TenantId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::convert::{moment, word};
use crate::entity::province_place;
use crate::error::StoreError;
use crate::province::ProvinceReader;

/// A page of an agency's site, as the province sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvincePlace {
    /// Whose section.
    pub tenant: TenantId,
    /// Permanent id.
    pub id: PlaceId,
    /// Its address.
    pub address: String,
    /// What the site is called.
    pub site: String,
    /// How it stands.
    pub health: Health,
    /// How it shows the section.
    pub shows: Shows,
    /// The gravest of what was found, in words.
    pub trouble: String,
    /// Since when it is in the register.
    pub added_at: Moment,
    /// When it was last looked at.
    pub looked_at: Option<Moment>,
    /// When it was last seen showing the section.
    pub good_at: Option<Moment>,
    /// Its last picture, and when it was made.
    pub picture: Option<(MediaId, Moment)>,
}

impl ProvinceReader {
    /// Every page that is looked at, by agency and address.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn places(&self) -> Result<Vec<ProvincePlace>, StoreError> {
        let rows = province_place::Entity::find()
            .order_by_asc(province_place::Column::TenantId)
            .order_by_asc(province_place::Column::Address)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// One page of an agency that is looked at.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn place(&self, tenant: TenantId, id: PlaceId) -> Result<Option<ProvincePlace>, StoreError> {
        let row = province_place::Entity::find_by_id((tenant.0, id.0))
            .one(&self.tx)
            .await?;
        row.map(read).transpose()
    }

    /// Pages that were not looked at since a moment, those that waited longest first: no agency is opened to find them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn places_due(&self, since: Moment, most: u64) -> Result<Vec<(TenantId, PlaceId)>, StoreError> {
        let due = Condition::any()
            .add(province_place::Column::LookedAt.is_null())
            .add(province_place::Column::LookedAt.lt(since.millis()));
        let rows: Vec<(Uuid, Uuid)> = province_place::Entity::find()
            .filter(due)
            .select_only()
            .column(province_place::Column::TenantId)
            .column(province_place::Column::Id)
            .order_by_asc(province_place::Column::LookedAt)
            .limit(most)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let named = rows
            .into_iter()
            .map(|(tenant, id)| (TenantId(tenant), PlaceId(id)));
        Ok(named.collect())
    }
}

fn read(row: province_place::Model) -> Result<ProvincePlace, StoreError> {
    Ok(ProvincePlace {
        tenant: TenantId(row.tenant_id),
        id: PlaceId(row.id),
        address: row.address,
        site: row.site,
        health: word(&row.health)?,
        shows: word(&row.shows)?,
        trouble: row.trouble,
        added_at: moment(row.added_at),
        looked_at: row.looked_at.map(moment),
        good_at: row.good_at.map(moment),
        picture: row.picture.map(MediaId).zip(row.pictured_at.map(moment)),
    })
}
