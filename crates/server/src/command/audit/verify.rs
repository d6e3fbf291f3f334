//! `pbgdpl audit verify`: every audit chain from its beginning, against the anchor and a checkpoint kept elsewhere.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use pbgdpl_model::clock::SystemClock;
use pbgdpl_province::oversight::verify::{Checkpoint, Verification, verify};
use serde_json::json;

use crate::screen;
use crate::wiring::{self, House};

/// Verifies; exit code 1 where a chain is broken.
///
/// # Errors
/// Where the checkpoint cannot be read, or of the database.
pub(super) async fn run(
    config: Option<&Path>,
    checkpoint: Option<PathBuf>,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let settings = wiring::settings(config)?;
    let kept = checkpoint.as_deref().map(read).transpose()?.flatten();
    wiring::refuse_old_schema(&settings).await?;
    let house = House::open(&settings, Arc::new(SystemClock)).await?;
    let bar = screen::bar(0, "Kiểm chứng");
    let verified = verify(
        &house.province,
        &house.province_ctx(),
        kept.as_ref(),
        &mut |done, total| {
            bar.set_length(u64::try_from(total).unwrap_or(0));
            bar.set_position(u64::try_from(done).unwrap_or(0));
        },
    )
    .await;
    bar.finish_and_clear();
    let verified = verified?;
    tell(&verified, json)?;
    house.database.clone().close().await;
    if !verified.is_whole() {
        // An old checkpoint is the only proof left of what a broken chain once said.
        return Ok(ExitCode::FAILURE);
    }
    if let Some(file) = checkpoint {
        let text = serde_json::to_string_pretty(&verified.checkpoint())?;
        if kept.is_none() {
            screen::warn(format!("{} chưa có; ghi điểm mốc đầu tiên.", file.display()));
        }
        std::fs::write(&file, text).with_context(|| format!("không ghi được {}", file.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A checkpoint that was kept; nothing where there is no such file yet.
pub(super) fn read(file: &Path) -> anyhow::Result<Option<Checkpoint>> {
    match std::fs::read_to_string(file) {
        Ok(text) => {
            let kept = serde_json::from_str(&text);
            Ok(Some(kept.with_context(|| {
                format!("{} không phải điểm mốc", file.display())
            })?))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("không đọc được {}", file.display())),
    }
}

fn tell(verified: &Verification, json: bool) -> anyhow::Result<()> {
    if json {
        let chains: Vec<_> = verified
            .chains
            .iter()
            .map(|chain| {
                json!({
                    "chain": match chain.agency {
                        Some(id) => id.to_string(),
                        None if chain.accounts => "accounts".to_owned(),
                        None => "province".to_owned(),
                    },
                    "name": chain.name, "entries": chain.entries, "erased": chain.erased,
                    "fault": chain.fault.as_ref().map(ToString::to_string),
                })
            })
            .collect();
        return screen::say_json(&json!({
            "whole": verified.is_whole(), "entries": verified.entries(), "at": verified.at.rfc3339(),
            "chains": chains,
        }));
    }
    for chain in &verified.chains {
        if let Some(fault) = &chain.fault {
            screen::say(format!("{}: {}", chain.name, fault.words()));
        }
    }
    let broken = verified
        .chains
        .iter()
        .filter(|chain| chain.fault.is_some())
        .count();
    let (chains, entries) = (verified.chains.len(), verified.entries());
    screen::say(match broken {
        0 => format!("Nguyên vẹn: {chains} chuỗi, {entries} mục."),
        _ => format!("ĐỨT {broken} trong {chains} chuỗi, {entries} mục."),
    });
    Ok(())
}
