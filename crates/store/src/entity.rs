//! The tables as sea-orm sees them: private to `store`, never handed out.

use sea_orm::EntityTrait;

pub mod account;
pub mod account_audit;
pub mod account_chain_head;
pub mod account_device;
pub mod account_session;
pub mod account_summary;
pub mod account_ticket;
pub mod account_totp;
pub mod account_view;
pub mod activity;
pub mod activity_evidence;
pub mod activity_partner;
pub mod activity_share;
pub mod activity_version;
pub mod agency;
pub mod agency_address;
pub mod agency_kind;
pub mod agency_name;
pub mod agency_parent;
pub mod article;
pub mod article_version;
pub mod audit;
pub mod catalogue;
pub mod chain_head;
pub mod day_total;
pub mod due_day;
pub mod embed_key;
pub mod engagement_count;
pub mod engagement_flush;
pub mod engagement_people;
pub mod generation;
pub mod ledger;
pub mod media;
pub mod mediation_fact;
pub mod membership;
pub mod outbox;
pub mod outbox_message;
pub mod plan_contribution;
pub mod policy_row;
pub mod policy_table;
pub mod policy_version;
pub mod province;
pub mod province_alarm;
pub mod province_alarm_entry;
pub mod province_alarm_watch;
pub mod province_audit;
pub mod province_chain_growth;
pub mod province_chain_head;
pub mod province_consolidation;
pub mod province_contribution;
pub mod province_day;
pub mod province_day_change;
pub mod province_drain;
pub mod province_drain_turn;
pub mod province_engagement;
pub mod province_exchange;
pub mod province_extension;
pub mod province_figure;
pub mod province_month;
pub mod province_people;
pub mod province_plan_report;
pub mod province_reconciliation;
pub mod province_report;
pub mod province_report_signature;
pub mod published;
pub mod published_entry;
pub mod published_figure;
pub mod published_file;
pub mod register_fact;
pub mod registry_version;
pub mod report;
pub mod report_cell;
pub mod report_step;
pub mod section_profile;
pub mod service_key;
pub mod sign_in_attempt;
pub mod staff_mark;
pub mod timeline;
pub mod visitor_salt;

/// A table whose rows belong to one agency.
pub trait TenantOwned: EntityTrait {
    /// Its `tenant_id` column.
    const TENANT: Self::Column;
}
