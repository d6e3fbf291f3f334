//! `pbgdpl migrate up|down|status`: the schema, as the owner of the database.

use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;
use pbgdpl_store::migrate;
use serde_json::json;

use crate::{screen, wiring};

/// Options of `migrate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Áp dụng mọi thay đổi cấu trúc còn thiếu
    Up,
    /// Lùi thay đổi gần nhất
    Down {
        /// Số thay đổi cần lùi (mặc định 1)
        #[arg(long, default_value_t = 1, value_name = "SỐ")]
        steps: u32,
    },
    /// Xem thay đổi nào đã áp dụng
    Status {
        /// In một dòng JSON
        #[arg(long)]
        json: bool,
    },
}

/// Migrates, or says what is applied.
///
/// # Errors
/// Where the database refuses.
pub async fn run(config: Option<&Path>, args: Args) -> anyhow::Result<ExitCode> {
    let settings = wiring::settings(config)?;
    wiring::make_database_folder(&settings)?;
    let owner = wiring::owner_url(&settings);
    match args.what {
        What::Up => match migrate::up(owner).await? {
            0 => screen::say("Cấu trúc đã mới nhất, không có gì để làm."),
            done => screen::say(format!("Đã áp dụng {done} thay đổi cấu trúc.")),
        },
        What::Down { steps } => {
            migrate::down(owner, steps).await?;
            screen::say(format!("Đã lùi {steps} thay đổi cấu trúc."));
        }
        What::Status { json } => {
            let changes = migrate::status(owner).await?;
            if json {
                let lines: Vec<_> = changes
                    .iter()
                    .map(|change| json!({ "name": change.name, "applied": change.applied }))
                    .collect();
                screen::say_json(&json!({ "migrations": lines }))?;
            } else {
                for change in &changes {
                    let state = if change.applied {
                        "đã áp dụng"
                    } else {
                        "chưa"
                    };
                    screen::say(format!("{:40} {state}", change.name));
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
