//! Rows of `province_plan_report`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "province_plan_report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub plan: String,
    pub year: i32,
    pub version: i32,
    pub stage: String,
    pub texts: String,
    pub reason: String,
    pub body: String,
    pub hash: String,
    pub changed_by: Uuid,
    pub changed_name: String,
    pub changed_at: i64,
    pub frozen_by: Option<Uuid>,
    pub frozen_name: Option<String>,
    pub frozen_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
