//! Pages of the agency's sites that show its section, and the province's copy of how they stand.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::estate::{Finding, Health, Inspection, Shows};
use pbgdpl_model::id::{AccountId, EmbedId, MediaId, PlaceId};
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::{EmbedWatch, EmbedWrite};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::convert::{from_json, moment, to_json, word};
use crate::database::Engine;
use crate::entity::{embed_place, province_place};
use crate::error::StoreError;
use crate::tenant::{TenantReader, TenantStore};

/// The last picture of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacePicture {
    /// Its file, a JPEG; its address on FILES.
    pub file: MediaId,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// When it was made.
    pub at: Moment,
}

/// A page that shows the section, or should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Permanent id.
    pub id: PlaceId,
    /// The site whose key it carries.
    pub embed: EmbedId,
    /// Its address.
    pub address: String,
    /// Whom to call when it breaks.
    pub contact: String,
    /// Who entered it.
    pub added_by: AccountId,
    /// When.
    pub added_at: Moment,
    /// Since when it is no longer looked at.
    pub retired_at: Option<Moment>,
    /// How it stands.
    pub health: Health,
    /// How it shows the section.
    pub shows: Shows,
    /// What is to be said of it, the gravest first.
    pub findings: Vec<Finding>,
    /// When it was last looked at.
    pub looked_at: Option<Moment>,
    /// When it was last seen showing the section.
    pub good_at: Option<Moment>,
    /// Its last picture.
    pub picture: Option<PlacePicture>,
    /// Why the last attempt gave no picture, in the words of the screen; nothing: it gave one, or there was none.
    pub no_picture: Option<String>,
}

impl TenantReader {
    /// The pages of a site, oldest first; those that are no longer looked at too.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn places(&self, embed: EmbedId) -> Result<Vec<Place>, StoreError> {
        let rows = self
            .find::<embed_place::Entity>()
            .filter(embed_place::Column::EmbedId.eq(embed.0))
            .order_by_asc(embed_place::Column::AddedAt)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// One page.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn place(&self, id: PlaceId) -> Result<Option<Place>, StoreError> {
        let row = self
            .find::<embed_place::Entity>()
            .filter(embed_place::Column::Id.eq(id.0))
            .one(&self.tx)
            .await?;
        row.map(read).transpose()
    }

    /// Whether a file is the last picture of a page.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn is_picture(&self, file: MediaId) -> Result<bool, StoreError> {
        let found = self
            .find::<embed_place::Entity>()
            .filter(embed_place::Column::Picture.eq(file.0))
            .count(&self.tx)
            .await?;
        Ok(found > 0)
    }

    /// The page of an address.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn place_at(&self, address: &str) -> Result<Option<Place>, StoreError> {
        let row = self
            .find::<embed_place::Entity>()
            .filter(embed_place::Column::Address.eq(address))
            .one(&self.tx)
            .await?;
        row.map(read).transpose()
    }
}

impl TenantStore {
    /// One page as it is now, and as it stays until the end of this transaction.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn place_held(&mut self, id: PlaceId) -> Result<Option<Place>, StoreError> {
        let mut query = self
            .find::<embed_place::Entity>()
            .filter(embed_place::Column::Id.eq(id.0));
        if self.engine == Engine::Postgres {
            query = query.lock_exclusive();
        }
        let row = query.one(&self.reader.tx).await?;
        row.map(read).transpose()
    }

    /// Enters a page; `site`: what its site is called.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn add_place(
        &mut self,
        permit: &Permit<EmbedWrite>,
        place: &Place,
        site: &str,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        let tenant = self.tenant().0;
        embed_place::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(place.id.0),
            embed_id: Set(place.embed.0),
            address: Set(place.address.clone()),
            contact: Set(place.contact.clone()),
            added_by: Set(place.added_by.0),
            added_at: Set(place.added_at.millis()),
            retired_at: Set(None),
            health: Set(place.health.word().to_owned()),
            shows: Set(place.shows.word().to_owned()),
            findings: Set(to_json(&place.findings)?),
            looked_at: Set(None),
            good_at: Set(None),
            picture: Set(None),
            picture_hash: Set(None),
            pictured_at: Set(None),
            no_picture: Set(None),
        }
        .insert(&self.reader.tx)
        .await?;
        self.copy_place(place, site).await
    }

    /// Changes whom to call, or whether it is looked at; of a page that is not, no picture is kept.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn change_place(
        &mut self,
        permit: &Permit<EmbedWrite>,
        place: &Place,
        site: &str,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        let picture = if place.retired_at.is_some() {
            pictured(None)
        } else {
            Default::default()
        };
        embed_place::Entity::update_many()
            .set(embed_place::ActiveModel {
                embed_id: Set(place.embed.0),
                contact: Set(place.contact.clone()),
                retired_at: Set(place.retired_at.map(Moment::millis)),
                ..picture
            })
            .filter(embed_place::Column::TenantId.eq(self.tenant().0))
            .filter(embed_place::Column::Id.eq(place.id.0))
            .exec(&self.reader.tx)
            .await?;
        if place.retired_at.is_none() {
            return self.copy_place(place, site).await;
        }
        province_place::Entity::delete_by_id((self.tenant().0, place.id.0))
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Keeps what was found on a page. `false`: it was retired while it was looked at, and nothing is kept.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn keep_inspection(
        &mut self,
        permit: &Permit<EmbedWatch>,
        place: &Place,
        (inspection, site): (&Inspection, &str),
    ) -> Result<bool, StoreError> {
        self.check(permit)?;
        let health = inspection.health();
        let shown = matches!(health, Health::Good | Health::Poor);
        let new = Place {
            health,
            shows: inspection.shows,
            findings: inspection.findings.clone(),
            looked_at: Some(inspection.at),
            good_at: if shown { Some(inspection.at) } else { place.good_at },
            ..place.clone()
        };
        let found = embed_place::ActiveModel {
            health: Set(health.word().to_owned()),
            shows: Set(new.shows.word().to_owned()),
            findings: Set(to_json(&new.findings)?),
            looked_at: Set(new.looked_at.map(Moment::millis)),
            good_at: Set(new.good_at.map(Moment::millis)),
            ..Default::default()
        };
        let kept = self.change_watched(place.id, found).await?;
        if kept {
            self.copy_place(&new, site).await?;
        }
        Ok(kept)
    }

    /// Keeps the picture of a page in place of the one before. `false`: it was retired meanwhile, and nothing is kept.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn keep_picture(
        &mut self,
        permit: &Permit<EmbedWatch>,
        place: &Place,
        (picture, site): (&PlacePicture, &str),
    ) -> Result<bool, StoreError> {
        self.check(permit)?;
        let kept = self.change_watched(place.id, pictured(Some(picture))).await?;
        if kept {
            self.copy_place(place, site).await?;
        }
        Ok(kept)
    }

    /// Keeps why a page has no new picture, in the words of the screen; the last one stays. `false`: it was retired meanwhile, and
    /// nothing is kept.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn keep_no_picture(
        &mut self,
        permit: &Permit<EmbedWatch>,
        id: PlaceId,
        reason: &str,
    ) -> Result<bool, StoreError> {
        self.check(permit)?;
        let reason = embed_place::ActiveModel {
            no_picture: Set(Some(reason.to_owned())),
            ..Default::default()
        };
        self.change_watched(id, reason).await
    }

    /// Changes the row of a page that is looked at; `false`: it is so no longer.
    async fn change_watched(
        &self,
        id: PlaceId,
        change: embed_place::ActiveModel,
    ) -> Result<bool, StoreError> {
        let changed = embed_place::Entity::update_many()
            .set(change)
            .filter(embed_place::Column::TenantId.eq(self.tenant().0))
            .filter(embed_place::Column::Id.eq(id.0))
            .filter(embed_place::Column::RetiredAt.is_null())
            .exec(&self.reader.tx)
            .await?;
        Ok(changed.rows_affected > 0)
    }

    /// The province's copy, without whom to call.
    async fn copy_place(&self, place: &Place, site: &str) -> Result<(), StoreError> {
        let tenant = self.tenant().0;
        // As it stands now: another node may have made one since the page was read.
        let picture = self.place(place.id).await?.and_then(|now| now.picture);
        province_place::Entity::delete_by_id((tenant, place.id.0))
            .exec(&self.reader.tx)
            .await?;
        province_place::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(place.id.0),
            address: Set(place.address.clone()),
            site: Set(site.to_owned()),
            health: Set(place.health.word().to_owned()),
            shows: Set(place.shows.word().to_owned()),
            trouble: Set(place.findings.first().map(Finding::says).unwrap_or_default()),
            added_at: Set(place.added_at.millis()),
            looked_at: Set(place.looked_at.map(Moment::millis)),
            good_at: Set(place.good_at.map(Moment::millis)),
            picture: Set(picture.as_ref().map(|picture| picture.file.0)),
            pictured_at: Set(picture.as_ref().map(|picture| picture.at.millis())),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }
}

/// What a row says of a picture, or that it has none and none is wanting; nothing else.
fn pictured(picture: Option<&PlacePicture>) -> embed_place::ActiveModel {
    embed_place::ActiveModel {
        picture: Set(picture.map(|picture| picture.file.0)),
        picture_hash: Set(picture.map(|picture| picture.sha256.clone())),
        pictured_at: Set(picture.map(|picture| picture.at.millis())),
        no_picture: Set(None),
        ..Default::default()
    }
}

fn read(row: embed_place::Model) -> Result<Place, StoreError> {
    Ok(Place {
        id: PlaceId(row.id),
        embed: EmbedId(row.embed_id),
        address: row.address,
        contact: row.contact,
        added_by: AccountId(row.added_by),
        added_at: moment(row.added_at),
        retired_at: row.retired_at.map(moment),
        health: word(&row.health)?,
        shows: word(&row.shows)?,
        findings: from_json(&row.findings)?,
        looked_at: row.looked_at.map(moment),
        good_at: row.good_at.map(moment),
        picture: match (row.picture, row.picture_hash, row.pictured_at) {
            (Some(file), Some(sha256), Some(at)) => Some(PlacePicture {
                file: MediaId(file),
                sha256,
                at: moment(at),
            }),
            _ => None,
        },
        no_picture: row.no_picture,
    })
}
