//! Pages that everybody may read. Handlers here cannot see a cookie: their extractors hold none.

pub mod about;
pub mod card;
pub mod count;
pub mod feed;
pub mod figures;
pub mod fragment;
pub mod front;
pub mod item;
pub mod list;
pub mod oembed;
pub mod open_data;
pub mod pack;
pub mod register;
pub mod rows;
pub mod search;
pub mod section;
pub mod sitemap;
pub mod surroundings;
pub mod widget;
