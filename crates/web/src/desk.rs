//! The agency's desk: items, activities, forms, people, embedding. Every handler takes [`crate::extract::Staff`].

pub mod activity;
pub mod article;
pub mod embed;
pub mod engagement;
pub mod figures;
pub mod frame;
pub mod indicator;
pub mod mediation;
pub mod member;
pub mod own_host;
pub mod plan;
pub mod profile;
pub mod register;
pub mod report;
pub mod task;
