//! Rows of `province_exchange`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "province_exchange")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub record: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    pub form: String,
    pub period: String,
    pub year: i32,
    pub envelope: String,
    pub hash: String,
    pub asked_at: i64,
    pub receipt: Option<String>,
    pub received_at: Option<i64>,
    pub problem: String,
    pub changed_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
