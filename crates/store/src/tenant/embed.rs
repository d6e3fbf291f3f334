//! Sites that embed the section: a permanent key each, with the origins that may frame it.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, EmbedId};
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_scope::{Permit, Replaced};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::convert::{from_json, moment, to_json};
use crate::entity::{agency_address, embed_key};
use crate::error::StoreError;
use crate::machinery::registry;
use crate::tenant::{TenantReader, TenantStore};

/// A site that embeds the section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbedRow {
    /// Permanent id.
    pub id: EmbedId,
    /// The permanent key in the snippet.
    pub key: String,
    /// What the site is called.
    pub site: String,
    /// Origins that may frame it (scheme, host, port).
    pub origins: Vec<String>,
    /// Whether it is in use.
    pub open: bool,
    /// Who added it.
    pub created_by: AccountId,
    /// When.
    pub created_at: Moment,
}

/// A key that another took the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerKey {
    /// The key, still in pages out there.
    pub key: String,
    /// Since when there is another, and until when it holds.
    pub replaced: Replaced,
}

impl TenantReader {
    /// The agency's sites, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn embeds(&self) -> Result<Vec<EmbedRow>, StoreError> {
        let rows = self
            .find::<embed_key::Entity>()
            .order_by_asc(embed_key::Column::CreatedAt)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// One site.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn embed(&self, id: EmbedId) -> Result<Option<EmbedRow>, StoreError> {
        let row = self
            .find::<embed_key::Entity>()
            .filter(embed_key::Column::Id.eq(id.0))
            .one(&self.tx)
            .await?;
        row.map(read).transpose()
    }

    /// The keys that a site had before its present one, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn former_keys(&self, embed: EmbedId) -> Result<Vec<FormerKey>, StoreError> {
        let rows = agency_address::Entity::find()
            .filter(agency_address::Column::TenantId.eq(self.tenant.0))
            .filter(agency_address::Column::EmbedId.eq(embed.0))
            .filter(agency_address::Column::ReplacedAt.is_not_null())
            .order_by_desc(agency_address::Column::ReplacedAt)
            .all(&self.tx)
            .await?;
        let former = rows.into_iter().filter_map(|row| {
            let replaced = Replaced {
                at: moment(row.replaced_at?),
                ends: row.ends_at.map(moment),
            };
            Some(FormerKey {
                key: row.value,
                replaced,
            })
        });
        Ok(former.collect())
    }
}

impl TenantStore {
    /// Adds a site with its key; the key leads here for ever.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn add_embed(
        &mut self,
        permit: &Permit<EmbedWrite>,
        embed: &EmbedRow,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        let tenant = self.tenant().0;
        embed_key::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(embed.id.0),
            key: Set(embed.key.clone()),
            site: Set(embed.site.clone()),
            origins: Set(to_json(&embed.origins)?),
            status: Set(status(embed.open)),
            created_by: Set(embed.created_by.0),
            created_at: Set(embed.created_at.millis()),
            changed_at: Set(embed.created_at.millis()),
        }
        .insert(&self.reader.tx)
        .await?;
        self.lead(embed, embed.created_at).await?;
        registry::bump(&self.reader.tx).await?;
        self.touched.registry = true;
        Ok(())
    }

    /// Changes a site's name, origins or whether it is in use; never its key.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn change_embed(
        &mut self,
        permit: &Permit<EmbedWrite>,
        embed: &EmbedRow,
        now: Moment,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        let tenant = self.tenant().0;
        embed_key::Entity::update_many()
            .set(embed_key::ActiveModel {
                site: Set(embed.site.clone()),
                origins: Set(to_json(&embed.origins)?),
                status: Set(status(embed.open)),
                changed_at: Set(now.millis()),
                ..Default::default()
            })
            .filter(embed_key::Column::TenantId.eq(tenant))
            .filter(embed_key::Column::Id.eq(embed.id.0))
            .exec(&self.reader.tx)
            .await?;
        agency_address::Entity::update_many()
            .set(agency_address::ActiveModel {
                origins: Set(to_json(&embed.origins)?),
                open: Set(embed.open),
                ..Default::default()
            })
            .filter(agency_address::Column::EmbedId.eq(embed.id.0))
            .filter(agency_address::Column::TenantId.eq(tenant))
            .exec(&self.reader.tx)
            .await?;
        self.led_elsewhere(now).await
    }

    /// Gives a site another key; the one it had goes on leading to it until `ends`, or for ever.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn replace_embed_key(
        &mut self,
        permit: &Permit<EmbedWrite>,
        embed: &EmbedRow,
        (key, ends): (&str, Option<Moment>),
        now: Moment,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        let changed = embed_key::Entity::update_many()
            .set(embed_key::ActiveModel {
                key: Set(key.to_owned()),
                changed_at: Set(now.millis()),
                ..Default::default()
            })
            .filter(embed_key::Column::TenantId.eq(self.tenant().0))
            .filter(embed_key::Column::Id.eq(embed.id.0))
            // Whoever replaced it meanwhile was first.
            .filter(embed_key::Column::Key.eq(embed.key.as_str()))
            .exec(&self.reader.tx)
            .await?;
        if changed.rows_affected == 0 {
            return Err(StoreError::Stale);
        }
        agency_address::Entity::update_many()
            .set(agency_address::ActiveModel {
                replaced_at: Set(Some(now.millis())),
                ends_at: Set(ends.map(Moment::millis)),
                ..Default::default()
            })
            .filter(self.address(embed.id, &embed.key))
            .exec(&self.reader.tx)
            .await?;
        let new = EmbedRow {
            key: key.to_owned(),
            ..embed.clone()
        };
        self.lead(&new, now).await?;
        self.led_elsewhere(now).await
    }

    /// Lets a key that was replaced show nothing from `ends` on. Returns whether there is such a key.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn end_former_key(
        &mut self,
        permit: &Permit<EmbedWrite>,
        (embed, key): (EmbedId, &str),
        ends: Moment,
    ) -> Result<bool, StoreError> {
        self.check(permit)?;
        let changed = agency_address::Entity::update_many()
            .set(agency_address::ActiveModel {
                ends_at: Set(Some(ends.millis())),
                ..Default::default()
            })
            .filter(self.address(embed, key))
            .filter(agency_address::Column::ReplacedAt.is_not_null())
            .exec(&self.reader.tx)
            .await?;
        self.led_elsewhere(ends).await?;
        Ok(changed.rows_affected > 0)
    }

    /// The address row of one key of a site of this agency.
    fn address(&self, embed: EmbedId, key: &str) -> Condition {
        Condition::all()
            .add(agency_address::Column::Kind.eq("embed"))
            .add(agency_address::Column::Value.eq(key))
            .add(agency_address::Column::EmbedId.eq(embed.0))
            .add(agency_address::Column::TenantId.eq(self.tenant().0))
    }

    /// Lets a key lead to its site.
    async fn lead(&self, embed: &EmbedRow, now: Moment) -> Result<(), StoreError> {
        agency_address::ActiveModel {
            kind: Set("embed".into()),
            value: Set(embed.key.clone()),
            tenant_id: Set(self.tenant().0),
            origins: Set(to_json(&embed.origins)?),
            open: Set(embed.open),
            created_at: Set(now.millis()),
            embed_id: Set(Some(embed.id.0)),
            replaced_at: Set(None),
            ends_at: Set(None),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }

    /// Every node learns that addresses changed, and draws the frames anew.
    async fn led_elsewhere(&mut self, now: Moment) -> Result<(), StoreError> {
        registry::bump(&self.reader.tx).await?;
        self.touched.registry = true;
        self.touch_public(now).await
    }
}

fn status(open: bool) -> String {
    if open { "open".into() } else { "closed".into() }
}

fn read(row: embed_key::Model) -> Result<EmbedRow, StoreError> {
    Ok(EmbedRow {
        id: EmbedId(row.id),
        key: row.key,
        site: row.site,
        origins: from_json(&row.origins)?,
        open: row.status == "open",
        created_by: AccountId(row.created_by),
        created_at: moment(row.created_at),
    })
}
