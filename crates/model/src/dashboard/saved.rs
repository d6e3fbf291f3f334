//! A view that somebody saved: living, or fixed on a day with all that its figures are drawn by.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DashboardVersion, ViewAddress};
use crate::agency::Agency;
use crate::clock::Moment;
use crate::id::{AccountId, TenantId, ViewId};

/// What a fixed view is drawn by besides the copies of days, as it was when it was saved: files that change later change nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fixed {
    /// The figures are those known at the end of this day.
    pub day: NaiveDate,
    /// The version of the dashboard; the usual one where the province had no file of it.
    pub definition: Option<DashboardVersion>,
    /// Who followed whom, as the catalogue told it: (code, JSON).
    pub reorganisations: Vec<(String, String)>,
    /// How many communes each district had.
    pub communes: BTreeMap<TenantId, i64>,
    /// The units as they were known: one that is entered later is not listed, and one that is later said to have ended then has not.
    pub units: Vec<Agency>,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Which.
    pub id: ViewId,
    /// Whose.
    pub owner: AccountId,
    /// The owner's name today.
    pub owner_name: String,
    /// What the owner calls it.
    pub title: String,
    /// Whether everybody of the province may open it.
    pub shared: bool,
    /// The page with its choices.
    pub address: ViewAddress,
    /// Where it is kept as of a day.
    pub fixed: Option<Fixed>,
    /// When it was saved.
    pub made_at: Moment,
}
