//! The evidence pack of an inspection period (AUD-05): one archive with the entries of every chain, frozen reports and sums, the rows of
//! the ledgers behind them and their evidence, each file with its hash. It is verified without the house ([`verify::verify`]).
//!
//! | in the archive | holds |
//! |---|---|
//! | `nhat-ky/*.jsonl` | a piece of each chain, with the number and hash of the entry before it |
//! | `_moc.jsonl` | the last anchor of the period and the first one after it |
//! | `bao-cao/{agency}/` | frozen reports, and a list that says which columns the ledger gives |
//! | `so/{agency}.jsonl` | rows of the ledger |
//! | `minh-chung/{agency}/` | evidence of what these rows count, and its list |
//! | `tong-hop/` | frozen sums of the province |
//! | `manifest.json` | the pieces of the chains, and every file with its size and hash |
//!
//! The same data give the same bytes: nothing in it says when it was made, or by whom; that stands in the province's log.

mod archive;
mod contents;
mod evidence;
mod fill;
mod reports;
pub mod verify;

use pbgdpl_scope::action::AuditExport;
use pbgdpl_scope::{ProvinceCtx, ProvinceWarrant};

use super::chain::{Chain, Which};
use super::export::{Asked, recorded};
use crate::{Error, Province};

/// A pack that was allowed and recorded.
#[derive(Debug)]
pub struct Pack {
    province: Province,
    ctx: ProvinceCtx,
    warrant: ProvinceWarrant<AuditExport>,
    chains: Vec<Chain>,
    asked: Asked,
}

/// Begins to make the pack of a period; the taking is recorded first.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] of `den` before `tu`, or a fault of the store.
#[tracing::instrument(name = "province.oversight.pack.begin", skip_all)]
pub async fn begin(province: &Province, ctx: &ProvinceCtx, asked: Asked) -> Result<Pack, Error> {
    let (warrant, chains) = recorded(province, ctx, asked, "pack").await?;
    Ok(Pack {
        province: province.clone(),
        ctx: ctx.clone(),
        warrant,
        chains,
        asked,
    })
}

impl Pack {
    /// "goi-bang-chung-2020-01-01-2020-12-31.zip".
    #[must_use]
    pub fn file_name(&self) -> String {
        let of = match (self.asked.which, self.chains.first()) {
            (Which::Agency(_), Some(chain)) => format!("-{}", chain.file),
            _ => String::new(),
        };
        format!("goi-bang-chung{of}-{}-{}.zip", self.asked.from, self.asked.to)
    }
}
