//! The agency's desk: items, activities, forms, people, embedding. Every handler takes [`crate::extract::Staff`].

pub mod activity;
pub mod article;
pub mod frame;
pub mod embed;
pub mod home;
pub mod member;
pub mod profile;
pub mod task;
pub mod report;
