//! Rows of `province_figure`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "province_figure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub measure: String,
    pub scope: String,
    pub year: Option<i32>,
    pub title: String,
    pub note: String,
    pub from_day: Date,
    pub stage: String,
    pub proposed_by: Uuid,
    pub proposed_name: String,
    pub proposed_at: i64,
    pub approved_by: Option<Uuid>,
    pub approved_name: Option<String>,
    pub approved_at: Option<i64>,
    pub revoked_by: Option<Uuid>,
    pub revoked_name: Option<String>,
    pub revoked_at: Option<i64>,
    pub reason: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
