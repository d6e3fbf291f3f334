//! Rows of `province_alarm`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "province_alarm")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub rule: String,
    pub title: String,
    pub subject: Uuid,
    pub first_at: i64,
    pub last_at: i64,
    pub raised_at: i64,
    pub answered_by: Option<Uuid>,
    pub answered_name: Option<String>,
    pub answered_at: Option<i64>,
    pub note: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
