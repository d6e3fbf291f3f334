//! Rows of `province_place`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "province_place")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub address: String,
    pub site: String,
    pub health: String,
    pub shows: String,
    pub trouble: String,
    pub added_at: i64,
    pub looked_at: Option<i64>,
    pub good_at: Option<i64>,
    pub picture: Option<Uuid>,
    pub pictured_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
