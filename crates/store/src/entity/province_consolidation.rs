//! Rows of `province_consolidation`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "province_consolidation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub form: String,
    pub period: String,
    pub year: i32,
    pub version: i32,
    pub stage: String,
    pub body: String,
    pub hash: String,
    pub made_by: Uuid,
    pub made_name: String,
    pub made_at: i64,
    pub frozen_by: Option<Uuid>,
    pub frozen_name: Option<String>,
    pub frozen_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
