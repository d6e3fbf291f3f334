//! Reports, sums and evidence of a pack, against their hashes, their rows, each other and the logs.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use chrono::NaiveDate;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::report::{Body, Consolidated, LineKind, Origin, hash_of};

use super::super::contents::{EvidenceLine, LIST, Manifest, ReportLine, RowLine, SumLine};
use super::chains::Known;
use super::room::Room;
use super::{Examined, Fault, What};

/// Number, day, measure, quantity: what a cell adds up.
type Counted = (i64, NaiveDate, Measure, i64);
/// Agency, form, period, year, version.
type Sent = (TenantId, String, String, i32, i32);

pub(super) fn verify<R: Read + Seek>(
    room: &mut Room<R>,
    manifest: &Manifest,
    known: &Known,
    found: &mut Examined,
) {
    let lists = |folder: &str| -> Vec<String> {
        let names = manifest.files.iter().map(|file| file.name.clone());
        names
            .filter(|name| name.starts_with(folder) && name.ends_with(&format!("/{LIST}")))
            .collect()
    };
    let mut there: BTreeMap<Sent, (String, String)> = BTreeMap::new();
    let mut hashes: BTreeSet<String> = BTreeSet::new();
    for list in lists("bao-cao/") {
        let mut reports: Vec<ReportLine> = Vec::new();
        let read = room.lines(&list, |line| {
            reports.push(line);
            Ok(())
        });
        found
            .faults
            .extend(read.err().map(|what| Fault::new(&list, what)));
        let rows = reports.first().map(|report| report.ledger.clone());
        let rows = rows.map_or_else(|| Ok(Vec::new()), |name| counted(room, &name));
        if let (Err(what), Some(first)) = (&rows, reports.first()) {
            found.faults.push(Fault::new(&first.ledger, what.clone()));
        }
        for line in reports {
            found.reports += 1;
            let faults = report(room, &line, rows.as_deref().ok(), known, &mut found.cells);
            found
                .faults
                .extend(faults.into_iter().map(|what| Fault::new(&line.file, what)));
            hashes.insert(line.hash.clone());
            let sent = (line.agency, line.form, line.period, line.year, line.version);
            there.insert(sent, (line.file, line.hash));
        }
    }
    for list in lists("tong-hop/") {
        let mut sums: Vec<SumLine> = Vec::new();
        let read = room.lines(&list, |line| {
            sums.push(line);
            Ok(())
        });
        found
            .faults
            .extend(read.err().map(|what| Fault::new(&list, what)));
        for line in sums {
            found.sums += 1;
            hashes.insert(line.hash.clone());
            let faults = sum(room, &line, &there);
            found
                .faults
                .extend(faults.into_iter().map(|what| Fault::new(&line.file, what)));
        }
    }
    // A pack of the province alone is its log.
    let logs_only = manifest.chains.iter().all(|piece| piece.chain == "province");
    for (log, hash) in known.due.iter().filter(|_| !logs_only) {
        if !hashes.contains(hash) {
            found.faults.push(Fault::new(log, What::NotHere(hash.clone())));
        }
    }
    for list in lists("minh-chung/") {
        let mut lines: Vec<EvidenceLine> = Vec::new();
        let read = room.lines(&list, |line| {
            lines.push(line);
            Ok(())
        });
        found
            .faults
            .extend(read.err().map(|what| Fault::new(&list, what)));
        let slug = list.split('/').nth(1).unwrap_or_default();
        let chain = format!("nhat-ky/{slug}.jsonl");
        let chain = manifest.chains.iter().find(|piece| piece.file == chain);
        let chain = chain.map_or("", |piece| piece.chain.as_str());
        for line in lines {
            found.evidence += 1;
            found.faults.extend(evidence(room, &list, chain, line, known));
        }
    }
}

fn counted<R: Read + Seek>(room: &mut Room<R>, name: &str) -> Result<Vec<Counted>, What> {
    let mut rows = Vec::new();
    room.lines(name, |row: RowLine| {
        rows.push((row.seq, row.day, row.measure, row.quantity));
        Ok(())
    })?;
    Ok(rows)
}

fn report<R: Read + Seek>(
    room: &mut Room<R>,
    line: &ReportLine,
    rows: Option<&[Counted]>,
    known: &Known,
    cells: &mut usize,
) -> Vec<What> {
    let text = match text(room, &line.file) {
        Ok(text) => text,
        Err(what) => return vec![what],
    };
    let hash = hash_of(&text);
    let body = match Body::read(&text) {
        Ok(body) => body,
        Err(error) => return vec![What::Unreadable(error.to_string())],
    };
    let mut faults = Vec::new();
    let of = (
        body.agency.id,
        body.form.as_str(),
        body.period.as_str(),
        body.year,
        body.version,
    );
    let listed = (
        line.agency,
        line.form.as_str(),
        line.period.as_str(),
        line.year,
        line.version,
    );
    if hash != line.hash || of != listed {
        faults.push(What::Body);
    }
    let sent = known.sent.get(&(line.agency.to_string(), line.report.0));
    if sent.is_some_and(|hashes| !hashes.contains(&hash)) {
        faults.push(What::NotWhatWasSent);
    }
    let Some(rows) = rows else { return faults };
    for unit in body.rows.iter().filter(|row| row.kind == LineKind::Unit) {
        for (column, measures) in &line.columns {
            let Some(cell) = unit.cells.get(column).filter(|cell| cell.origin == Origin::Auto) else {
                continue;
            };
            *cells += 1;
            let counts = |row: &&Counted| {
                row.0 <= body.ledger_seq
                    && (body.from..=body.actual_to).contains(&row.1)
                    && measures.contains(&row.2)
            };
            let counted: i64 = rows.iter().filter(counts).map(|row| row.3).sum();
            let stated = cell.actual.unwrap_or(0);
            if counted != stated {
                faults.push(What::Cell {
                    row: unit.key.clone(),
                    column: *column,
                    stated,
                    counted,
                });
            }
        }
    }
    faults
}

fn sum<R: Read + Seek>(
    room: &mut Room<R>,
    line: &SumLine,
    there: &BTreeMap<Sent, (String, String)>,
) -> Vec<What> {
    let text = match text(room, &line.file) {
        Ok(text) => text,
        Err(what) => return vec![what],
    };
    let figures = match Consolidated::read(&text) {
        Ok(figures) => figures,
        Err(error) => return vec![What::Unreadable(error.to_string())],
    };
    let mut faults = Vec::new();
    if hash_of(&text) != line.hash {
        faults.push(What::Body);
    }
    for source in &figures.sources {
        let sent = (
            source.agency.id,
            source.form.clone(),
            figures.period.clone(),
            figures.year,
            source.version,
        );
        if let Some((file, _)) = there.get(&sent).filter(|(_, hash)| *hash != source.hash) {
            faults.push(What::NotWhatWasAdded(file.clone()));
        }
    }
    faults
}

fn evidence<R>(room: &Room<R>, list: &str, chain: &str, line: EvidenceLine, known: &Known) -> Option<Fault> {
    let Some(file) = line.file else {
        return Some(Fault::new(list, What::Lost(line.label)));
    };
    let attached = known.attached.get(&(chain.to_owned(), line.media.to_string()));
    // What is missing altogether was said already.
    let hash = room.hashes.get(&file)?;
    let other = *hash != line.sha256 || attached.is_some_and(|attached| attached != hash);
    other.then(|| Fault::new(file, What::NotTheEvidence))
}

fn text<R: Read + Seek>(room: &mut Room<R>, name: &str) -> Result<String, What> {
    let bytes = room.read(name)?;
    String::from_utf8(bytes).map_err(|error| What::Unreadable(error.to_string()))
}
