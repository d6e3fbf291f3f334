//! AUD-05: logs taken out as lines, and the evidence pack of a period, verified without the house; whatever is changed is named.

use std::io::{Cursor, Read, Write};

use bytes::Bytes;
use chrono::NaiveDate;
use pbgdpl_model::audit::{Broken, Line};
use pbgdpl_model::policy::Action;
use pbgdpl_province::Error;
use pbgdpl_province::oversight::Which;
use pbgdpl_province::oversight::export::{self, Asked, Format};
use pbgdpl_province::oversight::pack;
use pbgdpl_province::oversight::pack::verify::{Examined, What, verify};
use pbgdpl_province::oversight::verify::verify as verify_chains;
use pbgdpl_store::province::AuditFilter;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use super::pages::DESK;
use super::trace::frozen;
use super::*;

/// Files of a pack, in their order.
type Files = Vec<(String, Vec<u8>)>;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn asked(which: Which, from: &str, to: &str) -> Asked {
    Asked {
        which,
        from: day(from),
        to: day(to),
    }
}

async fn collected(mut pieces: mpsc::Receiver<Result<Bytes, Error>>) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(piece) = pieces.recv().await {
        all.extend(piece.unwrap());
    }
    all
}

async fn made(house: &House, asked: Asked) -> Vec<u8> {
    let auditor = house.province_ctx(&house.auditor).await.unwrap();
    let pack = pack::begin(&house.province, &auditor, asked).await.unwrap();
    let (send, pieces) = mpsc::channel(1);
    let making = tokio::spawn(async move { pack.run(send, &mut |_, _| {}).await });
    let bytes = collected(pieces).await;
    making.await.unwrap();
    bytes
}

async fn lines(house: &House, asked: Asked, format: Format) -> String {
    let auditor = house.province_ctx(&house.auditor).await.unwrap();
    let taken = export::begin(&house.province, &auditor, asked, format)
        .await
        .unwrap();
    let (send, pieces) = mpsc::channel(1);
    let writing = tokio::spawn(taken.run(send));
    let text = String::from_utf8(collected(pieces).await).unwrap();
    writing.await.unwrap();
    text
}

fn unpacked(pack: &[u8]) -> Files {
    let mut zip = zip::ZipArchive::new(Cursor::new(pack)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// Packs the files again. `covered`: by somebody who makes the manifest's hashes and ends of chains anew too.
fn packed(files: &Files, covered: bool) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let mut bytes = bytes.clone();
        if name == "manifest.json" && covered {
            let mut manifest: Value = serde_json::from_slice(&bytes).unwrap();
            for listed in manifest["files"].as_array_mut().unwrap() {
                let found = files.iter().find(|(name, _)| *name == listed["name"]).unwrap();
                listed["sha256"] = hex::encode(Sha256::digest(&found.1)).into();
                listed["bytes"] = found.1.len().into();
            }
            for piece in manifest["chains"].as_array_mut().unwrap() {
                let found = files.iter().find(|(name, _)| *name == piece["file"]).unwrap();
                if let Some(last) = String::from_utf8_lossy(&found.1).lines().last() {
                    let last: Line = serde_json::from_str(last).unwrap();
                    (piece["last"], piece["last_hash"]) = (last.seq.into(), last.hash.into());
                }
            }
            bytes = serde_json::to_vec(&manifest).unwrap();
        }
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn examined(pack: &[u8]) -> Examined {
    verify(Cursor::new(pack), None).unwrap()
}

/// The faults of a pack in which one file was changed.
fn after(files: &Files, covered: bool, name: &str, change: impl Fn(&[u8]) -> Vec<u8>) -> Vec<(String, What)> {
    let mut files = files.clone();
    let file = files.iter_mut().find(|(there, _)| there == name).unwrap();
    let changed = change(&file.1);
    assert_ne!(changed, file.1, "nothing was changed in {name}");
    file.1 = changed;
    let found = examined(&packed(&files, covered));
    found
        .faults
        .into_iter()
        .map(|fault| (fault.file, fault.what))
        .collect()
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8(bytes.to_vec())
        .unwrap()
        .replacen(from, to, 1)
        .into_bytes()
}

/// Without one line, counted from 0.
fn without(bytes: &[u8], at: usize) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let kept = text.lines().enumerate().filter(|(line, _)| *line != at);
    kept.map(|(_, line)| format!("{line}\n"))
        .collect::<String>()
        .into_bytes()
}

/// Two agencies with reports, sums, evidence, and an anchor after it all.
async fn full(engine: pbgdpl_store::Engine) -> House {
    let house = house(engine).await;
    furnish::event(&house, &house.a, &house.in_a, None, "A")
        .await
        .unwrap();
    frozen(&house).await;
    let auditor = house.province_ctx(&house.auditor).await.unwrap();
    let whole = verify_chains(&house.province, &auditor, None, &mut |_, _| {})
        .await
        .unwrap();
    assert!(whole.is_whole());
    house
}

/// The clock of the house stands on 12 January 2021, and the period ends on that day.
const FROM: &str = "2020-01-01";
const TO: &str = "2021-01-12";

#[tokio::test]
async fn aud_05_a_pack_is_whole_and_the_same_data_give_the_same_bytes() {
    for engine in BOTH {
        let house = full(engine).await;
        let all = made(&house, asked(Which::All, FROM, TO)).await;
        let found = examined(&all);
        assert_eq!(found.faults, vec![], "{engine:?}");
        assert_eq!(found.sha256, hex::encode(Sha256::digest(&all)));
        assert_eq!(
            (found.chains, found.reports, found.sums, found.evidence),
            (4, 2, 1, 1)
        );
        assert!(found.cells > 10 && found.marks >= 4, "{engine:?}: {found:?}");
        let names: Vec<String> = unpacked(&all).into_iter().map(|(name, _)| name).collect();
        for name in [
            "bao-cao/so-a/09d-nam-chinh-thuc-2020-v1.json",
            "tong-hop/09c-nam-chinh-thuc-2020-v1.json",
        ] {
            assert!(names.iter().any(|there| there == name), "{names:?}");
        }
        // A checkpoint that was kept outside says the same.
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let kept = verify_chains(&house.province, &auditor, None, &mut |_, _| {})
            .await
            .unwrap();
        let kept = verify(Cursor::new(&all), Some(&kept.checkpoint())).unwrap();
        assert!(kept.is_whole() && kept.marks > found.marks, "{:?}", kept.faults);

        // The taking is an entry, with whose and which days; a period that is over gives the same bytes ever after.
        let filter = AuditFilter {
            action: Action::AuditExport.word().into(),
            ..AuditFilter::default()
        };
        let store = house.province.store();
        let warrant = auditor.warrant::<pbgdpl_scope::action::AuditRead>().unwrap();
        let (entries, count) = store
            .province_reader(&warrant)
            .await
            .unwrap()
            .audit_search(&filter, 1, 10)
            .await
            .unwrap();
        assert_eq!((count, entries[0].actor), (1, house.auditor.account));
        assert!(entries[0].detail.contains("\"what\":\"pack\"") && entries[0].detail.contains(FROM));
        house.clock.advance_seconds(86_400);
        let once = made(&house, asked(Which::Agency(house.a.id()), FROM, TO)).await;
        house.clock.advance_seconds(86_400);
        let again = made(&house, asked(Which::Agency(house.a.id()), FROM, TO)).await;
        assert!(once == again, "{engine:?}: the same data gave other bytes");
        let of_one = examined(&once);
        assert_eq!(
            (of_one.chains, of_one.reports, of_one.sums, of_one.faults),
            (1, 1, 0, vec![])
        );
        house.end().await.unwrap();
    }
}

/// Somebody verifies the chains while a pack of days that are not over is made: the pack is whole all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn aud_05_a_verification_meanwhile_breaks_no_pack() {
    for engine in BOTH {
        let house = full(engine).await;
        house.clock.advance_seconds(3_600);
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let days = asked(Which::All, FROM, "2021-01-31");
        let pack = pack::begin(&house.province, &auditor, days).await.unwrap();
        let (send, pieces) = mpsc::channel(1);
        let province = house.province.clone();
        let making = tokio::spawn(async move {
            let mut meanwhile = |done: usize, _: usize| {
                if done == 2 {
                    let here = tokio::runtime::Handle::current();
                    tokio::task::block_in_place(|| {
                        here.block_on(async {
                            verify_chains(&province, &auditor, None, &mut |_, _| {})
                                .await
                                .unwrap();
                        });
                    });
                }
            };
            pack.run(send, &mut meanwhile).await;
        });
        let bytes = collected(pieces).await;
        making.await.unwrap();
        assert_eq!(examined(&bytes).faults, vec![], "{engine:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn aud_05_whatever_is_changed_in_a_pack_is_named() {
    for engine in BOTH {
        let house = full(engine).await;
        // The anchor lies in the period: what was cut off behind it is missed.
        let files = unpacked(&made(&house, asked(Which::All, FROM, "2021-01-13")).await);
        let chain = "nhat-ky/so-a.jsonl";
        let report = "bao-cao/so-a/09d-nam-chinh-thuc-2020-v1.json";
        let evidence = files
            .iter()
            .find(|(name, _)| name.starts_with("minh-chung/") && name.ends_with(".png"));
        let evidence = evidence.unwrap().0.clone();
        for covered in [false, true] {
            let with = |name: &str, what: What, there: Vec<(String, What)>| {
                let found = (name.to_owned(), what);
                assert!(
                    there.contains(&found),
                    "{engine:?} {covered}: {found:?} is not among {there:?}"
                );
                let only_bytes = there.iter().filter(|(_, what)| *what == What::Bytes).count();
                assert_eq!(only_bytes, usize::from(!covered), "{there:?}");
            };
            // One byte of one entry.
            let changed = after(&files, covered, chain, |bytes| {
                replaced(bytes, "\"actor_name\":\"B", "\"actor_name\":\"C")
            });
            with(chain, What::Chain(Broken::Words(1)), changed);
            // A removed entry.
            let removed = after(&files, covered, chain, |bytes| without(bytes, 2));
            with(
                chain,
                What::Chain(Broken::Gap {
                    expected: 3,
                    found: 4,
                }),
                removed,
            );
            // A tail cut off.
            let lines = String::from_utf8_lossy(&files.iter().find(|(name, _)| name == chain).unwrap().1)
                .lines()
                .count();
            let head = i64::try_from(lines).unwrap();
            let cut = after(&files, covered, chain, |bytes| without(bytes, lines - 1));
            let tail = Broken::Tail {
                found: head - 1,
                head,
            };
            with(chain, What::Chain(tail), cut);
            // Another file in place of the evidence.
            let swapped = after(&files, covered, &evidence, |_| b"not what was attached".to_vec());
            with(&evidence, What::NotTheEvidence, swapped);
            // Another figure in a frozen report; the log remembers what was sent, the rows what was counted.
            let altered = after(&files, covered, report, |bytes| {
                replaced(bytes, "\"actual\":450", "\"actual\":451")
            });
            with(report, What::Body, altered.clone());
            assert!(
                altered.contains(&(report.to_owned(), What::NotWhatWasSent)),
                "{altered:?}"
            );
            assert!(
                altered.iter().any(|(name, what)| name == report
                    && matches!(
                        what,
                        What::Cell {
                            stated: 451,
                            counted: 450,
                            ..
                        }
                    )),
                "{altered:?}"
            );
            // Another quantity in a ledger.
            let row = after(&files, covered, "so/so-a.jsonl", |bytes| {
                replaced(bytes, "\"quantity\":410", "\"quantity\":411")
            });
            assert!(
                row.iter().any(|(name, what)| name == report
                    && matches!(
                        what,
                        What::Cell {
                            stated: 450,
                            counted: 451,
                            ..
                        }
                    )),
                "{row:?}"
            );
            // Another word in an anchor.
            let anchor = after(&files, covered, "_moc.jsonl", |bytes| {
                replaced(bytes, "audit-verify", "audit-verifz")
            });
            assert!(
                anchor
                    .iter()
                    .any(|(name, what)| name == "_moc.jsonl" && matches!(what, What::Chain(_)))
            );
        }
        // All anchors gone: nothing would tell that tails were cut off.
        let gone = after(&files, true, "_moc.jsonl", |_| Vec::new());
        assert!(
            gone.contains(&("_moc.jsonl".to_owned(), What::NoAnchor)),
            "{gone:?}"
        );
        // Two files of one name: programs show now this one, now that.
        let mut twice = files.clone();
        twice.push(("DOC-TOI.tx2".to_owned(), b"another".to_vec()));
        let mut twice = packed(&twice, false);
        for at in 0..twice.len() - 11 {
            if &twice[at..at + 11] == b"DOC-TOI.tx2" {
                twice[at..at + 11].copy_from_slice(b"DOC-TOI.txt");
            }
        }
        let doubled = examined(&twice).faults;
        assert!(
            matches!(&doubled[..], [one] if matches!(&one.what, What::NoPack(why) if why.contains("cùng tên"))),
            "{doubled:?}"
        );
        // Evidence swapped by somebody who makes its list anew too: the log remembers what was attached.
        let mut forged = files.clone();
        let new = hex::encode(Sha256::digest(b"forged"));
        let old = files.iter().find(|(name, _)| *name == evidence).unwrap();
        let old = hex::encode(Sha256::digest(&old.1));
        for (name, bytes) in &mut forged {
            if *name == evidence {
                *bytes = b"forged".to_vec();
            }
            if name == "minh-chung/so-a/_muc-luc.jsonl" {
                *bytes = replaced(bytes, &old, &new);
            }
        }
        let found = examined(&packed(&forged, true)).faults;
        assert_eq!(
            (found.len(), &found[0].what),
            (1, &What::NotTheEvidence),
            "{found:?}"
        );
        // Names blanked by somebody who makes the pack anew: the chain holds, and the count tells.
        assert_eq!(examined(&packed(&files, true)).silenced, 0);
        let mut nameless = files.clone();
        let (_, lines) = nameless
            .iter_mut()
            .find(|(name, _)| name == "nhat-ky/so-a.jsonl")
            .unwrap();
        let text = String::from_utf8(lines.clone()).unwrap();
        let blanked = text.lines().map(|line| {
            let mut line: Line = serde_json::from_str(line).unwrap();
            (line.actor_name, line.reason, line.salt) = (String::new(), String::new(), None);
            serde_json::to_string(&line).unwrap() + "\n"
        });
        *lines = blanked.collect::<String>().into_bytes();
        let found = examined(&packed(&nameless, true));
        assert_eq!((found.silenced, found.faults), (text.lines().count(), vec![]));
        // A report left out by somebody who makes its list anew too: the log remembers that it was sent. So with a whole chain.
        let mut fewer = files.clone();
        fewer.retain(|(name, _)| !name.starts_with("bao-cao/so-a/"));
        let of_a = |file: &Value| file["name"].as_str().unwrap().starts_with("bao-cao/so-a/");
        let manifest = fewer.last_mut().unwrap();
        let mut listed: Value = serde_json::from_slice(&manifest.1).unwrap();
        listed["files"].as_array_mut().unwrap().retain(|file| !of_a(file));
        manifest.1 = serde_json::to_vec(&listed).unwrap();
        let found = examined(&packed(&fewer, true)).faults;
        assert!(
            matches!((found.len(), &found[0].file, &found[0].what), (1, file, What::NotHere(_)) if file == chain),
            "{found:?}"
        );
        let mut fewer = files.clone();
        fewer.retain(|(name, _)| name != "nhat-ky/huyen-b.jsonl");
        let manifest = fewer.last_mut().unwrap();
        let mut listed: Value = serde_json::from_slice(&manifest.1).unwrap();
        listed["files"]
            .as_array_mut()
            .unwrap()
            .retain(|file| file["name"] != "nhat-ky/huyen-b.jsonl");
        listed["chains"]
            .as_array_mut()
            .unwrap()
            .retain(|piece| piece["file"] != "nhat-ky/huyen-b.jsonl");
        manifest.1 = serde_json::to_vec(&listed).unwrap();
        let found = examined(&packed(&fewer, true)).faults;
        assert!(
            found
                .iter()
                .any(|fault| fault.what == What::ChainMissing(house.b.id().to_string())),
            "{found:?}"
        );
        // Files that are gone, strange or cut.
        let mut fewer = files.clone();
        fewer.retain(|(name, _)| name != report);
        let found = examined(&packed(&fewer, false)).faults;
        assert!(
            found
                .iter()
                .any(|fault| fault.file == report && fault.what == What::Missing),
            "{found:?}"
        );
        let mut more = files.clone();
        more.push(("them.txt".into(), b"x".to_vec()));
        let found = examined(&packed(&more, true)).faults;
        assert_eq!(
            (found[0].file.as_str(), &found[0].what),
            ("them.txt", &What::Stranger)
        );
        let whole = packed(&files, false);
        assert!(matches!(
            examined(&whole[..whole.len() / 2]).faults[0].what,
            What::NoPack(_)
        ));
        assert!(examined(&whole).is_whole());
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn aud_05_entries_of_a_period_come_as_lines_that_prove_themselves() {
    for engine in BOTH {
        let house = house(engine).await;
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        // Midnight in the province parts the days.
        let upload = |name: &str| pbgdpl_app::media::upload::Upload {
            purpose: pbgdpl_app::media::upload::Purpose::Evidence,
            file_name: name.into(),
            bytes: furnish::png().unwrap().into(),
            alt: String::new(),
        };
        let first = Moment::start_of(day("2021-02-01"));
        let mut files = Vec::new();
        for at in [first.plus_millis(-1), first, Moment::end_of(day("2021-02-28"))] {
            house.clock.set(at);
            let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
            let file = pbgdpl_app::media::upload::upload(&house.app, &reporter, upload("a.png")).await;
            files.push(file.unwrap().id);
        }
        house.clock.advance_seconds(1);
        drop(reporter);
        let asked = asked(Which::Agency(house.a.id()), "2021-02-01", "2021-02-28");
        let text = lines(&house, asked, Format::JsonLines).await;
        let entries: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let objects: Vec<&str> = entries
            .iter()
            .map(|entry| entry["object_id"].as_str().unwrap())
            .collect();
        assert_eq!(
            objects,
            [files[1].0.to_string(), files[2].0.to_string()],
            "{engine:?}"
        );
        for mut entry in entries {
            let fields = entry.as_object_mut().unwrap();
            assert_eq!(fields.remove("chain").unwrap(), house.a.id().to_string());
            fields.remove("name");
            let entry = serde_json::from_value::<Line>(entry).unwrap().entry().unwrap();
            assert_eq!(entry.expected_hash(house.a.id().0), entry.hash);
        }
        let table = lines(&house, asked, Format::Csv).await;
        assert_eq!(table.lines().count(), 3, "{table}");
        assert!(table.starts_with('\u{feff}') && table.contains("2021-02-01T00:00:00+07:00"));

        // Nobody else takes anything, and backwards there is nothing to take.
        let officer = house.province_ctx(&house.officer).await.unwrap();
        let refused = export::begin(&house.province, &officer, asked, Format::Csv).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let backwards = Asked {
            to: day("2021-01-01"),
            ..asked
        };
        let refused = pack::begin(&house.province, &auditor, backwards).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "den", .. })));
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn aud_05_an_auditor_takes_a_pack_from_the_screen() {
    for engine in BOTH {
        let house = full(engine).await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.auditor).await.unwrap();
        let ask = async |path: &str| web.ask(&Ask::get(DESK, path).signed_in(&session)).await.unwrap();
        let log = ask("/giam-sat/nhat-ky").await.text();
        assert!(
            log.contains("/giam-sat/nhat-ky/xuat?co-quan="),
            "{engine:?}: {log}"
        );
        let page = ask("/giam-sat/nhat-ky/xuat").await.text();
        assert!(
            page.contains("value=\"01/01/2021\"") && page.contains("value=\"12/01/2021\""),
            "{page}"
        );
        let take = "/giam-sat/nhat-ky/xuat/tai?co-quan=";
        let wrong = ask(&format!("{take}so-a&tu=1/2&den=12/01/2021&dang=goi")).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("value=\"1/2\"") && wrong.text().contains("Từ ngày"));
        let pack = ask(&format!("{take}so-a&tu=01/01/2020&den=12/01/2021&dang=goi")).await;
        assert_eq!(pack.header("content-type"), "application/zip");
        assert_eq!(
            pack.header("content-disposition"),
            "attachment; filename=\"goi-bang-chung-so-a-2020-01-01-2021-01-12.zip\""
        );
        assert_eq!(examined(&pack.body).faults, vec![], "{engine:?}");
        let table = ask(&format!("{take}&tu=01/01/2020&den=12/01/2021&dang=csv")).await;
        assert!(table.text().contains("Sở A,1,"), "{}", table.text());
        assert_eq!(
            ask(&format!("{take}khong-co&tu=01/01/2020&den=12/01/2021&dang=csv"))
                .await
                .status,
            404
        );
        house.end().await.unwrap();
    }
}
