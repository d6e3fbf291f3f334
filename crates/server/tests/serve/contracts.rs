//! What commands print for programs keeps to the schemas of `docs/schemas`, every one of them, on SQLite.

use std::collections::BTreeSet;

use serde_json::json;

use crate::place::{KON_TUM, Place, conforms, schemas};

const CONFIG: &str = "[database]\nurl = \"sqlite:pbgdpl.db\"\n[storage]\nurl = \"file:files\"\n\
                      [mail]\nurl = \"file:mail\"\n";

#[test]
fn every_command_for_programs_keeps_to_its_schema() {
    let place = Place::with(CONFIG);
    let before = place.json("migrate-status", &["migrate", "status", "--json"]);
    assert_eq!(before["migrations"][0]["applied"], false);
    place.say(&["migrate", "up"]);
    let after = place.json("migrate-status", &["migrate", "status", "--json"]);
    assert_eq!(after["migrations"][0]["applied"], true);

    let plan = place.json("tenants-plan", &["tenants", "plan", KON_TUM, "--json"]);
    assert_eq!(plan["lines"][0]["change"], "add");
    let done = place.json("tenants-plan", &["tenants", "apply", KON_TUM, "--json"]);
    assert_eq!(done, plan, "what was planned is what was done");
    let again = place.json("tenants-plan", &["tenants", "apply", KON_TUM, "--json"]);
    assert_eq!(again["lines"][0]["change"], "nothing");
    let out = place.path("ra");
    let out = out.to_str().unwrap();
    let files = place.json("tenants-export", &["tenants", "export", out, "--json"]);
    assert_eq!(files["files"], files["written"]);
    assert!(files["files"].as_u64() > Some(40), "{files}");

    place.json(
        "account-invite",
        &[
            "account",
            "invite",
            "huong@thu.example",
            "--name",
            "Trần Thị Hương",
            "--json",
        ],
    );
    place.say(&["account", "disable", "huong@thu.example"]);
    let accounts = place.json("account-list", &["account", "list", "--json"]);
    assert_eq!(accounts["accounts"][0]["status"], "disabled");
    let erase = [
        "account",
        "erase",
        "huong@thu.example",
        "--basis",
        "Đơn số 12",
        "--json",
    ];
    let erased = place.json("account-erase", &erase);
    assert_eq!(erased["account"], accounts["accounts"][0]["account"]);

    let form = |what, agency| ["report", what, "09d", agency, "nam-chinh-thuc-2020", "--json"];
    place.json("report-open", &form("open", "so-y-te"));
    let status = place.json("report-status", &form("status", "so-y-te"));
    assert_eq!(status["stage"], "draft");
    place.json("report", &form("export", "so-y-te"));
    let all = place.json("report-following", &form("status", "tinh"));
    assert!(all["agencies"].as_array().unwrap().len() > 30, "{all}");
    let province = |what| ["report", what, "09c", "tinh", "nam-chinh-thuc-2020", "--json"];
    place.json("consolidation", &province("consolidate"));
    place.json("consolidation", &province("export"));
    place.json(
        "ledger",
        &[
            "ledger",
            "export",
            "--from",
            "2020-01-01",
            "--to",
            "2020-12-31",
            "--json",
        ],
    );
    place.json("rollup-verify", &["rollup", "verify", "--json"]);
    place.json("audit-verify", &["audit", "verify", "--json"]);
    packs(&place);

    // All of them; the demo's line is compared beside its maker.
    let compared = place.compared();
    let mut there: BTreeSet<String> = std::fs::read_dir(schemas())
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert!(there.remove("demo"));
    assert_eq!(
        compared, there,
        "a schema that nothing is compared with says nothing"
    );
}

/// AUD-05: logs and packs from the command line; the pack is verified without the house.
fn packs(place: &Place) {
    let days = |what| ["audit", what, "--from", "2020-01-01", "--to", "2099-12-31"];
    let lines = place.say(&days("export"));
    let entries = lines.lines().map(|line| serde_json::from_str(line).unwrap());
    let entries: Vec<serde_json::Value> = entries.collect();
    assert_eq!(entries[0]["chain"], "province");
    assert_eq!(entries[0]["action"], "manifest-apply");
    let table = place.say(&[days("export").as_slice(), &["--format", "csv"]].concat());
    assert!(table.starts_with("\u{feff}Chuỗi,Mục,"), "{table}");
    assert!(
        table.contains("audit-export"),
        "the first taking is an entry itself"
    );
    let file = place.path("goi.zip");
    let file = file.to_str().unwrap();
    let made = place.json(
        "audit-pack",
        &[days("pack").as_slice(), &["--out", file, "--json"]].concat(),
    );
    let elsewhere = Place::with("");
    let verified = elsewhere.json("audit-pack", &["audit", "pack-verify", file, "--json"]);
    assert_eq!(made, verified, "as it was made, so it is verified elsewhere");
    assert!(verified["entries"].as_u64() > Some(3), "{verified}");
    std::fs::write(place.path("cut.zip"), &std::fs::read(file).unwrap()[..900]).unwrap();
    let cut = elsewhere.run(&["audit", "pack-verify", place.path("cut.zip").to_str().unwrap()]);
    assert!(!cut.status.success());
    assert!(String::from_utf8_lossy(&cut.stdout).contains("cắt cụt"));
}

#[test]
fn a_fault_of_a_day_keeps_to_the_schema_and_a_wrong_one_does_not() {
    let of = |fault| json!({ "agencies": 1, "sums": 1, "faults": [fault] });
    let day = json!({ "agency": "so-y-te", "day": "2020-05-02", "measure": "contests", "ledger": 2, "day_total": null });
    conforms("rollup-verify", &of(day.clone()));
    conforms(
        "rollup-verify",
        &of(json!({ "agency": "so-y-te", "measure": "contests", "day_total": 2, "province": 1 })),
    );
    conforms(
        "rollup-verify",
        &of(
            json!({ "agency": "so-y-te", "day": "2020-05-02", "measure": "contests", "ledger": 2, "day_total": 2, "province": null, "changes": 2 }),
        ),
    );
    conforms(
        "rollup-verify",
        &of(
            json!({ "agency": "so-y-te", "month": "2020-05-01", "measure": "contests", "day_total": 2, "month_total": null }),
        ),
    );
    let mut wrong = day;
    wrong["measure"] = json!(7);
    let refused = std::panic::catch_unwind(|| conforms("rollup-verify", &of(wrong.clone())));
    assert!(refused.is_err(), "a schema that accepts everything says nothing");
}
