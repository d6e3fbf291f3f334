//! Rows of `activity_share`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity_share")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub activity_id: Uuid,
    pub owner: Uuid,
    pub owner_name: String,
    pub title: String,
    pub day: Date,
    pub summary: String,
    pub answer: String,
    pub reason: String,
    pub invited_at: i64,
    pub answered_at: Option<i64>,
    pub answered_by: Option<Uuid>,
    pub answered_name: Option<String>,
    pub owner_row: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl super::TenantOwned for Entity {
    const TENANT: Column = Column::TenantId;
}
