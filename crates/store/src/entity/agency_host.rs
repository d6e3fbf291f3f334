//! Rows of `agency_host`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_host")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub host: String,
    pub token: String,
    pub added_by: Uuid,
    pub claimed_at: i64,
    pub proved_at: Option<i64>,
    pub missed_since: Option<i64>,
    pub suspended_at: Option<i64>,
    pub released_at: Option<i64>,
    pub registered_until: Option<Date>,
    pub findings: String,
    pub looked_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl super::TenantOwned for Entity {
    const TENANT: Column = Column::TenantId;
}
