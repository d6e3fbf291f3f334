//! Up to where the log server has each chain, and whose turn it is to send (AUD-05).

use std::collections::BTreeMap;

use pbgdpl_model::clock::Moment;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use crate::convert::hash32;
use crate::entity::{province_drain, province_drain_turn};
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};

/// Number and hash of an entry.
pub type Reached = (i64, [u8; 32]);

impl ProvinceReader {
    /// The last entry of each chain that the log server has, by the chain's name.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn drained(&self) -> Result<BTreeMap<String, Reached>, StoreError> {
        let rows = province_drain::Entity::find().all(&self.tx).await?;
        rows.into_iter()
            .map(|row| Ok((row.chain, (row.seq, hash32(&row.hash)?))))
            .collect()
    }
}

impl ProvinceStore {
    /// Takes the turn to send until a moment, or keeps it; `false` while another node has it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn take_drain_turn(
        &mut self,
        node: Uuid,
        now: Moment,
        until: Moment,
    ) -> Result<bool, StoreError> {
        use province_drain_turn::{ActiveModel, Column, Entity};
        let node = node.to_string();
        let free = Condition::any()
            .add(Column::Node.eq(node.clone()))
            .add(Column::Until.lte(now.millis()));
        let taken = Entity::update_many()
            .col_expr(Column::Node, Expr::value(node.clone()))
            .col_expr(Column::Until, Expr::value(until.millis()))
            .filter(free)
            .exec(&self.tx)
            .await?;
        if taken.rows_affected == 1 {
            return Ok(true);
        }
        if Entity::find_by_id(1).one(&self.tx).await?.is_some() {
            return Ok(false);
        }
        let first = ActiveModel {
            id: Set(1),
            node: Set(node),
            until: Set(until.millis()),
        };
        // Where another node is first by a moment this fails, and is tried again.
        Entity::insert(first).exec_without_returning(&self.tx).await?;
        Ok(true)
    }

    /// Writes down that the log server has a chain up to this entry.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_drained(
        &mut self,
        chain: &str,
        (seq, hash): Reached,
        at: Moment,
    ) -> Result<(), StoreError> {
        use province_drain::{ActiveModel, Column, Entity};
        let row = ActiveModel {
            chain: Set(chain.to_owned()),
            seq: Set(seq),
            hash: Set(hash.to_vec()),
            at: Set(at.millis()),
        };
        let newer = OnConflict::column(Column::Chain)
            .update_columns([Column::Seq, Column::Hash, Column::At])
            .to_owned();
        Entity::insert(row)
            .on_conflict(newer)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }
}
