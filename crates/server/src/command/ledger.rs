//! `pbgdpl ledger export`: every row of an agency's ledger with every dimension, for whoever wants to count anew.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use chrono::NaiveDate;
use clap::Subcommand;
use pbgdpl_app::report::export::ledger;
use pbgdpl_model::clock::SystemClock;
use pbgdpl_scope::Tenant;

use crate::screen;
use crate::wiring::{self, House};

/// Options of `ledger`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Xuất các dòng sổ hoạt động ra một mảng JSON, dòng cũ trước
    Export {
        /// Cơ quan, ví dụ so-tu-phap (không ghi: mọi cơ quan)
        #[arg(long, value_name = "CƠ_QUAN")]
        agency: Option<String>,
        /// Từ ngày, ví dụ 2020-01-01
        #[arg(long, value_name = "NGÀY")]
        from: NaiveDate,
        /// Đến hết ngày, ví dụ 2020-12-31
        #[arg(long, value_name = "NGÀY")]
        to: NaiveDate,
        /// In JSON (luôn luôn)
        #[arg(long)]
        json: bool,
    },
}

/// Exports.
///
/// # Errors
/// Where there is no such agency, or of the database.
pub async fn run(config: Option<&Path>, args: Args) -> anyhow::Result<ExitCode> {
    let What::Export { agency, from, to, .. } = args.what;
    if from > to {
        bail!("--from ({from}) phải là ngày trước hoặc bằng --to ({to})");
    }
    let settings = wiring::settings(config)?;
    wiring::refuse_old_schema(&settings).await?;
    let house = House::open(&settings, Arc::new(SystemClock)).await?;
    let tenants: Vec<Tenant> = match agency {
        Some(slug) => vec![house.agency(&slug)?],
        None => house.agencies(),
    };
    let bar = screen::bar(u64::try_from(tenants.len())?, "Đọc sổ");
    let mut lines = Vec::new();
    for tenant in &tenants {
        bar.set_message(tenant.slug().to_owned());
        lines.extend(ledger(&house.app, &house.ctx(tenant), from, to).await?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    screen::say_json(&lines)?;
    house.database.clone().close().await;
    Ok(ExitCode::SUCCESS)
}
