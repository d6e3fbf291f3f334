//! Engaged use of the sections (N-16) and people counted without knowing them (N-17): counts by day, sketches, salts of a day.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 7] = [
    "engagement_count",
    "engagement_people",
    "engagement_flush",
    "visitor_salt",
    "staff_mark",
    "province_engagement",
    "province_people",
];

const UP: [&str; 7] = [
    // `facet`: channel, site, page, item, excluded; `key`: which one. Nothing that a visitor made up becomes a key.
    "create table engagement_count (
        tenant_id {uuid} not null, day date not null, facet text not null, key text not null, views bigint not null,
        primary key (tenant_id, day, facet, key))",
    // `sketch`: HLL_4 of Apache DataSketches; null after its term.
    "create table engagement_people (
        tenant_id {uuid} not null, day date not null, people bigint not null, sketch {bytes},
        primary key (tenant_id, day))",
    // The last writing of each node: the same one is never added twice.
    "create table engagement_flush (
        tenant_id {uuid} not null, node {uuid} not null, number bigint not null, at bigint not null,
        primary key (tenant_id, node))",
    // Deleted when the day is over: marks of two days can never be compared.
    "create table visitor_salt (day date not null primary key, salt {bytes} not null)",
    // Browsers that used the desk on a day, as marks under its salt; deleted with it.
    "create table staff_mark (day date not null, mark {bytes} not null, primary key (day, mark))",
    "create table province_engagement (
        tenant_id {uuid} not null, day date not null, views bigint not null, excluded bigint not null, people bigint not null,
        copied_at bigint not null, primary key (tenant_id, day))",
    "create table province_people (
        day date not null primary key, people bigint not null, sketch {bytes}, merged_at bigint not null)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await?;
        protect(manager, &TABLES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &TABLES).await
    }
}
