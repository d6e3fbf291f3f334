//! Sums by measure, in the database: the one fold of days and of ledger rows.

use std::collections::BTreeMap;

use pbgdpl_model::ledger::Measure;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect, Select};

use crate::convert::word;
use crate::error::StoreError;

/// The sum of every measure over these rows. `measure`: the column that names it; beside it stands `quantity`.
pub(crate) async fn by_measure<E: EntityTrait>(
    rows: Select<E>,
    measure: E::Column,
    db: &impl ConnectionTrait,
) -> Result<BTreeMap<Measure, i64>, StoreError> {
    let sums: Vec<(String, i64)> = rows
        .select_only()
        .column(measure)
        .column_as(Expr::cust("cast(sum(quantity) as bigint)"), "quantity")
        .group_by(measure)
        .into_tuple()
        .all(db)
        .await?;
    sums.into_iter()
        .map(|(measure, quantity)| Ok((word(&measure)?, quantity)))
        .collect()
}
