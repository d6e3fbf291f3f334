//! Rows of `published`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: Uuid,
    pub kind: String,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub html: String,
    pub facts: String,
    pub first_published_at: i64,
    pub published_at: i64,
    pub effective_on: Option<Date>,
    pub withdrawn_at: Option<i64>,
    pub withdrawn_note: Option<String>,
    pub search_row: i64,
    pub folded_title: String,
    pub folded_body: String,
    pub exact_title: String,
    pub exact_body: String,
    pub language: String,
    pub translates: Option<Uuid>,
    pub copied_from: Option<String>,
    pub verbatim: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl super::TenantOwned for Entity {
    const TENANT: Column = Column::TenantId;
}
