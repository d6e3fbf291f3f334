//! The people of the province's days as one set. No act: nobody acts, and a sketch names nobody.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::engagement::People;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_scope::{ProvinceCtx, RequestId};

use crate::{Error, Province};

impl Province {
    /// Merges who came, over all agencies; twice is as good as once.
    ///
    /// # Errors
    /// Where the store fails.
    #[tracing::instrument(name = "province.engagement.merge", skip_all)]
    pub async fn merge_people(&self, days: &BTreeMap<NaiveDate, People>) -> Result<(), Error> {
        let now = self.now();
        let ctx = ProvinceCtx::of_system(
            self.store().registry().now(),
            "Hệ thống: đếm lượt đọc",
            now,
            RequestId::new("engagement".into()),
        );
        let mut store = self.store().province(&ctx.warrant::<OversightRead>()?).await?;
        for (day, people) in days {
            store.merge_people(*day, people, now).await?;
        }
        Ok(store.save().await?)
    }

    /// Drops the sketches of days before this one; the estimates stay. Returns of how many days.
    ///
    /// # Errors
    /// Where the store fails.
    #[tracing::instrument(name = "province.engagement.purge", skip_all)]
    pub async fn purge_people(&self, ctx: &ProvinceCtx, before: NaiveDate) -> Result<u64, Error> {
        let mut dropped = 0;
        loop {
            let mut store = self.store().province(&ctx.warrant::<OversightRead>()?).await?;
            let piece = store.purge_people(before).await?;
            store.save().await?;
            if piece == 0 {
                return Ok(dropped);
            }
            dropped += piece;
        }
    }
}
