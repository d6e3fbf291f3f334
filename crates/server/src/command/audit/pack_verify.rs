//! `pbgdpl audit pack-verify`: a pack verified on any machine, without a database.

use std::fs::File;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use pbgdpl_province::oversight::pack::verify::{Examined, verify};
use pbgdpl_vietnamese::date;
use serde_json::{Value, json};

use crate::screen;

/// Exit code 1 where anything is wrong.
pub(super) fn run(file: &Path, checkpoint: Option<&Path>, json: bool) -> anyhow::Result<ExitCode> {
    let kept = match checkpoint {
        Some(kept) => match super::verify::read(kept)? {
            Some(checkpoint) => Some(checkpoint),
            None => bail!("không có {}", kept.display()),
        },
        None => None,
    };
    let opened = File::open(file).with_context(|| format!("không mở được {}", file.display()))?;
    let found =
        verify(opened, kept.as_ref()).with_context(|| format!("không đọc được {}", file.display()))?;
    if json {
        screen::say_json(&as_json(&found))?;
    } else {
        tell(&found);
    }
    Ok(if found.is_whole() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What was found (`docs/schemas/audit-pack.json`).
pub(super) fn as_json(found: &Examined) -> Value {
    let faults = found.faults.iter();
    let faults: Vec<Value> = faults
        .map(|fault| json!({ "file": fault.file, "fault": fault.what.words() }))
        .collect();
    json!({
        "whole": found.is_whole(), "sha256": found.sha256,
        "from": found.days.map(|days| days.0), "to": found.days.map(|days| days.1),
        "files": found.files, "chains": found.chains, "entries": found.entries, "silenced": found.silenced, "marks": found.marks,
        "reports": found.reports, "cells": found.cells, "sums": found.sums, "evidence": found.evidence,
        "faults": faults,
    })
}

fn tell(found: &Examined) {
    for fault in &found.faults {
        screen::say(fault.words());
    }
    if let Some((from, to)) = found.days {
        screen::say(format!("Kỳ: {} đến hết {}.", date::dmy(from), date::dmy(to)));
    }
    screen::say(format!(
        "Đã kiểm: {} tệp; {} mục nhật ký của {} chuỗi, đối chiếu {} mốc; {} báo cáo, cộng lại {} ô tự động; {} biểu tổng hợp; \
         {} minh chứng.",
        found.files,
        found.entries,
        found.chains,
        found.marks,
        found.reports,
        found.cells,
        found.sums,
        found.evidence
    ));
    if found.silenced > 0 {
        screen::say(format!(
            "{} mục đã xóa tên mà gói không có việc xóa: đối chiếu nhật ký ở nơi lập gói.",
            found.silenced
        ));
    }
    screen::say(format!("SHA-256 của gói: {}", found.sha256));
    screen::say(match found.faults.len() {
        0 => "Nguyên vẹn.".to_owned(),
        faults => format!("KHÔNG nguyên vẹn: {faults} chỗ sai, nêu ở trên."),
    });
}
