//! Writes down what a node counted of a section's use. No act: nobody acts, no person is named, nothing is recorded.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::engagement::DayUse;
use pbgdpl_scope::Tenant;
use pbgdpl_store::tenant::Flush;

use crate::{App, Error};

impl App {
    /// Adds views and people to the days of an agency, once however often it is tried.
    ///
    /// # Errors
    /// Where the store fails: then nothing was added, or it is not known; the same `flush` may be tried again.
    #[tracing::instrument(name = "engagement.count", skip_all)]
    pub async fn count_engagement(
        &self,
        tenant: &Tenant,
        flush: Flush,
        days: &BTreeMap<NaiveDate, DayUse>,
    ) -> Result<(), Error> {
        let mut agency = self.store().tenant(tenant).await?;
        if agency.add_engagement(flush, days).await? {
            agency.save().await?;
        }
        Ok(())
    }
}
