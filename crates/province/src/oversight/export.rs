//! Audit chains of a period taken out of the house, as CSV for a spreadsheet or as lines of JSON for programs (AUD-05). The taking
//! is recorded before the first line; the lines come a piece at a time, however long the log is.

use bytes::Bytes;
use chrono::NaiveDate;
use pbgdpl_model::audit::{Entry, Line};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::AuditExport;
use pbgdpl_scope::{ProvinceCtx, ProvinceWarrant};
use pbgdpl_store::province::ProvinceRecord;
use serde::Serialize;
use serde_json::json;
use tokio::sync::mpsc;

use super::chain::{Chain, Which, chains};
use crate::{Error, Province, csv_file};

/// Where pieces go: an error ends them, so that a file cut short is not taken for a whole one.
pub type Out = mpsc::Sender<Result<Bytes, Error>>;

/// How lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a spreadsheet.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Whose chains.
    pub which: Which,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Asked {
    /// From the first moment of the first day up to the end of the last.
    pub(crate) fn moments(&self) -> (Moment, Moment) {
        (Moment::start_of(self.from), Moment::after(self.to))
    }
}

/// A taking that was allowed and recorded.
#[derive(Debug)]
pub struct Export {
    province: Province,
    warrant: ProvinceWarrant<AuditExport>,
    chains: Vec<Chain>,
    asked: Asked,
    format: Format,
}

/// Begins to take entries of a period.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] of `den` before `tu`, or a fault of the store.
#[tracing::instrument(name = "province.oversight.export.begin", skip_all)]
pub async fn begin(
    province: &Province,
    ctx: &ProvinceCtx,
    asked: Asked,
    format: Format,
) -> Result<Export, Error> {
    let (warrant, chains) = recorded(province, ctx, asked, "log").await?;
    Ok(Export {
        province: province.clone(),
        warrant,
        chains,
        asked,
        format,
    })
}

/// The warrant and the chains, after the taking was recorded.
pub(super) async fn recorded(
    province: &Province,
    ctx: &ProvinceCtx,
    asked: Asked,
    what: &str,
) -> Result<(ProvinceWarrant<AuditExport>, Vec<Chain>), Error> {
    let warrant = ctx.warrant::<AuditExport>()?;
    if asked.to < asked.from {
        return Err(Error::invalid("den", "đứng trước ngày đầu; chọn lại hai ngày"));
    }
    let chains = chains(ctx, asked.which)?;
    let mut store = province.store().province(&warrant).await?;
    let record = ProvinceRecord {
        action: Action::AuditExport,
        object_kind: "audit",
        object_id: match asked.which {
            Which::Agency(agency) => agency.0,
            Which::All | Which::Province => ctx.snapshot().province().id.0,
        },
        reason: "",
        detail: json!({ "what": what, "from": asked.from, "to": asked.to, "chains": chains.len() }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok((warrant, chains))
}

impl Export {
    /// Writes all entries of the period, chain by chain, oldest first. Whoever reads may leave: then it ends.
    pub async fn run(self, out: Out) {
        if let Err(error) = self.write(&out).await {
            tracing::warn!(%error, "an export ends before its end");
            let _ = out.send(Err(error)).await;
        }
    }

    async fn write(&self, out: &Out) -> Result<(), Error> {
        if self.format == Format::Csv && !sent(out, head()?).await {
            return Ok(());
        }
        let (from, until) = self.asked.moments();
        let store = self.province.store();
        for chain in &self.chains {
            let Some((first, last)) = chain.span(store, &self.warrant, (from, until)).await? else {
                continue;
            };
            let mut seq = first - 1;
            while seq < last {
                let entries = chain.after(store, &self.warrant, seq).await?;
                let Some(reached) = entries.last() else { break };
                seq = reached.seq;
                let wanted = |entry: &&Entry| entry.seq <= last && from <= entry.at && entry.at < until;
                let piece = self.piece(chain, entries.iter().filter(wanted))?;
                if !piece.is_empty() && !sent(out, piece).await {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn piece<'a>(&self, chain: &Chain, entries: impl Iterator<Item = &'a Entry>) -> Result<String, Error> {
        match self.format {
            Format::Csv => {
                let rows = entries.map(|entry| cells(chain, &Line::of(entry)));
                csv_file::rows(rows).map_err(unwritable)
            }
            Format::JsonLines => {
                let mut text = String::new();
                for entry in entries {
                    let line = InItsChain {
                        chain: &chain.key,
                        name: &chain.name,
                        line: Line::of(entry),
                    };
                    text.push_str(&serde_json::to_string(&line)?);
                    text.push('\n');
                }
                Ok(text)
            }
        }
    }
}

/// Whether somebody still reads.
pub(super) async fn sent(out: &Out, piece: impl Into<Bytes>) -> bool {
    out.send(Ok(piece.into())).await.is_ok()
}

pub(super) fn unwritable(error: impl std::fmt::Display) -> Error {
    Error::Store(pbgdpl_store::StoreError::Unreadable(error.to_string()))
}

#[derive(Serialize)]
struct InItsChain<'a> {
    chain: &'a str,
    name: &'a str,
    #[serde(flatten)]
    line: Line,
}

const COLUMNS: [&str; 15] = [
    "Chuỗi",
    "Mục",
    "Lúc",
    "Mã người làm",
    "Người làm",
    "Việc",
    "Loại đối tượng",
    "Mã đối tượng",
    "Lý do",
    "Chi tiết",
    "Yêu cầu",
    "Dấu vết mục trước",
    "Dấu vết",
    "Dấu niêm của tên và lý do",
    "Muối của dấu niêm",
];

fn head() -> Result<String, Error> {
    csv_file::file([COLUMNS.map(str::to_owned).to_vec()]).map_err(unwritable)
}

fn cells(chain: &Chain, line: &Line) -> Vec<String> {
    vec![
        chain.name.clone(),
        line.seq.to_string(),
        line.time.clone(),
        line.actor.to_string(),
        line.actor_name.clone(),
        line.action.clone(),
        line.object_kind.clone(),
        line.object_id.to_string(),
        line.reason.clone(),
        line.detail.clone(),
        line.request.clone(),
        line.prev_hash.clone(),
        line.hash.clone(),
        line.seal.clone().unwrap_or_default(),
        line.salt.clone().unwrap_or_default(),
    ]
}
