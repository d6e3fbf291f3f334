//! Rows of `embed_place`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "embed_place")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub embed_id: Uuid,
    pub address: String,
    pub contact: String,
    pub added_by: Uuid,
    pub added_at: i64,
    pub retired_at: Option<i64>,
    pub health: String,
    pub shows: String,
    pub findings: String,
    pub looked_at: Option<i64>,
    pub good_at: Option<i64>,
    pub picture: Option<Uuid>,
    pub picture_hash: Option<String>,
    pub pictured_at: Option<i64>,
    pub no_picture: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl super::TenantOwned for Entity {
    const TENANT: Column = Column::TenantId;
}
