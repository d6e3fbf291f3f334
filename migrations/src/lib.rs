//! The schema, one file per change, up and down, for both databases.
//!
//! To add a table: write it in a new file here, list it in `tables.toml`, and let [`protection`] do the rest
//! (row security, grants, immutability). `docs/how-to/add-a-table.md` has the checklist.

pub mod dialect;
pub mod protection;
pub mod tables;
pub mod years;

mod m0001_agencies;
mod m0002_accounts;
mod m0003_articles;
mod m0004_activities;
mod m0005_reports;
mod m0006_records;
mod m0007_province;
mod m0008_search;
mod m0009_service_keys;
mod m0010_account_records;
mod m0011_session_values;
mod m0012_checked;
mod m0013_search_in_row;
mod m0014_dated_kinds;
mod m0015_extensions;
mod m0016_register;
mod m0017_last_day;
mod m0018_copied_days;
mod m0019_plans;
mod m0020_exchange;
mod m0021_alarms;
mod m0022_known_days;
mod m0023_ledger_by_year;
mod m0025_saved_views;
mod m0026_drain;
mod m0027_sent_contributions;
mod m0028_months_and_growth;
mod m0030_public_figures;
mod m0031_mediation;
mod m0032_words_apart;
mod m0033_signatures;
mod m0034_engagement;
mod m0036_changes;
mod m0037_former_keys;
mod m0038_estate;
mod m0039_own_hosts;
mod m0040_pictures;
mod m0041_languages;

use sea_orm_migration::prelude::*;
pub use sea_orm_migration::prelude::{DbErr, MigratorTrait};

/// All changes of the schema, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_agencies::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_articles::Migration),
            Box::new(m0004_activities::Migration),
            Box::new(m0005_reports::Migration),
            Box::new(m0006_records::Migration),
            Box::new(m0007_province::Migration),
            Box::new(m0008_search::Migration),
            Box::new(m0009_service_keys::Migration),
            Box::new(m0010_account_records::Migration),
            Box::new(m0011_session_values::Migration),
            Box::new(m0012_checked::Migration),
            Box::new(m0013_search_in_row::Migration),
            Box::new(m0014_dated_kinds::Migration),
            Box::new(m0015_extensions::Migration),
            Box::new(m0016_register::Migration),
            Box::new(m0017_last_day::Migration),
            Box::new(m0018_copied_days::Migration),
            Box::new(m0019_plans::Migration),
            Box::new(m0020_exchange::Migration),
            Box::new(m0021_alarms::Migration),
            Box::new(m0022_known_days::Migration),
            Box::new(m0023_ledger_by_year::Migration),
            Box::new(m0025_saved_views::Migration),
            Box::new(m0026_drain::Migration),
            Box::new(m0027_sent_contributions::Migration),
            Box::new(m0028_months_and_growth::Migration),
            Box::new(m0030_public_figures::Migration),
            Box::new(m0031_mediation::Migration),
            Box::new(m0032_words_apart::Migration),
            Box::new(m0033_signatures::Migration),
            Box::new(m0034_engagement::Migration),
            Box::new(m0036_changes::Migration),
            Box::new(m0037_former_keys::Migration),
            Box::new(m0038_estate::Migration),
            Box::new(m0039_own_hosts::Migration),
            Box::new(m0040_pictures::Migration),
            Box::new(m0041_languages::Migration),
        ]
    }
}
