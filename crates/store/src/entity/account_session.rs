//! Rows of `account_session`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub account_id: Uuid,
    pub created_at: i64,
    pub seen_at: i64,
    pub second_factor_at: Option<i64>,
    pub ends_at: i64,
    pub device: String,
    pub roles_version: i64,
    pub lasting: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
