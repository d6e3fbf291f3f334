//! The Ministry's sixteen record types, taken out as CSV and JSON: whole, by the officer who reports alone, recorded, the same
//! records under the same name.

use pbgdpl_app::activity::{Facts, Outcome as Written, correct};
use pbgdpl_model::activity::Content;
use pbgdpl_model::dataset::Dataset;
use pbgdpl_province::dataset::take::take;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::BOTH;
use serde_json::Value;

use super::*;

const SESSIONS: &str = "/tinh/du-lieu/cuoc-pbgdpl/2020";

/// The name that the file is saved under.
fn saved_as(answer: &Answer) -> String {
    let said = answer.header("content-disposition");
    said.split('"').nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn the_sixteen_types_are_taken_out_whole_and_recorded() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        furnish::vocabulary(&house).await.unwrap();
        furnish::forms(&house).await.unwrap();
        furnish::furnish(&house, &house.a, &house.in_a, None, "MỘT,")
            .await
            .unwrap();
        furnish::furnish(&house, &house.b, &house.in_b, None, "=HAI")
            .await
            .unwrap();
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.consolidator).await.unwrap();
        let get = async |path: &str| web.ask(&Ask::get(DESK, path).signed_in(&session)).await.unwrap();

        let page = get("/tinh/du-lieu?nam=2020").await.text();
        for dataset in Dataset::ALL {
            assert!(page.contains(dataset.label()), "{engine:?}: {dataset:?}");
            let offered = page.contains(&format!("/tinh/du-lieu/{}/2020/csv", dataset.word()));
            assert_eq!(offered, dataset.is_kept(), "{engine:?}: {dataset:?}");
        }

        assert!(
            page.contains("Chỉ giữ số người theo từng tổ hòa giải"),
            "{engine:?}: why no mediator is kept"
        );

        // One record an activity, of every agency; a name of another kind is in another file.
        let answer = get(&format!("{SESSIONS}/json")).await;
        assert_eq!(answer.status, 200, "{engine:?}");
        let first = saved_as(&answer);
        let file: Value = serde_json::from_str(&answer.text()).unwrap();
        let records = file["records"].as_array().unwrap();
        let mut names: Vec<&str> = records.iter().map(|one| one["ten"].as_str().unwrap()).collect();
        names.sort_unstable();
        assert_eq!(names, ["=HAI hội nghị", "MỘT, hội nghị"], "{engine:?}");
        assert_eq!(
            (
                &records[0]["so_luot_nguoi"],
                &records[0]["so_luot_nu"],
                &records[0]["ngay"]
            ),
            (&40.into(), &Value::Null, &"2020-05-09".into())
        );
        let columns = file["columns"].as_array().unwrap();
        for record in records {
            assert_eq!(record.as_object().unwrap().len(), columns.len());
        }
        assert!(first.starts_with("15-cuoc-pbgdpl-2020-"), "{first}");
        let none = get("/tinh/du-lieu/cuoc-thi/2020/json").await.text();
        assert!(none.contains("\"records\":[]"), "{none}");

        // The same as a table: the same content hash, and no cell that a spreadsheet would run.
        let table = get(&format!("{SESSIONS}/csv")).await;
        assert_eq!(saved_as(&table), first.replace(".json", ".csv"), "{engine:?}");
        let text = table.text();
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        assert!(
            lines.len() == 3 && lines[0].starts_with("ma,phien_ban,co_quan_ma,co_quan,"),
            "{text}"
        );
        assert!(
            text.contains(",'=HAI hội nghị,") && text.contains(",\"MỘT, hội nghị\","),
            "{text}"
        );

        // People stand as on the last day of the year: recognised in January 2021, they are not in the register of 2020.
        let before = get("/tinh/du-lieu/bao-cao-vien/2020/json").await.text();
        assert!(before.contains("\"records\":[]"), "{before}");
        let people = get("/tinh/du-lieu/bao-cao-vien/2021/json").await.text();
        assert!(
            people.contains("MỘT, Y Hlan")
                && people.contains("\"quyet_dinh_so\":\"12/QĐ-UBND\"")
                && people.contains("Đất đai"),
            "{people}"
        );
        let plans = get("/tinh/du-lieu/chuong-trinh-ke-hoach/2020/json").await.text();
        assert!(plans.contains("\"ma\":\"de-an-471\""), "{plans}");

        // A correction is another content, and another name.
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let (id, version, content) = an_activity(&house).await;
        let facts = Facts {
            kind: pbgdpl_model::activity::Kind::HoiNghi,
            day: "2020-05-09".parse().unwrap(),
            content: Content {
                attendees: 44,
                ..content
            },
            partners: Vec::new(),
        };
        let again = saved_as(&get(&format!("{SESSIONS}/json")).await);
        assert_eq!(again, first, "{engine:?}: the same records, the same name");
        let order = correct::Correct {
            activity: id,
            based_on: version,
            facts,
            reason: "đếm lại".into(),
        };
        let corrected = correct::correct(&house.app, &reporter, order).await;
        assert!(matches!(corrected, Ok(Written::Done(_))), "{corrected:?}");
        let other = get(&format!("{SESSIONS}/json")).await;
        assert!(other.text().contains("\"so_luot_nguoi\":44"));
        assert_ne!(saved_as(&other), first, "{engine:?}");

        // Each taking is in the province's log, with how much and the hash.
        let officer = house.province_ctx(&house.auditor).await.unwrap();
        let log = audit_log::of_province(&house.province, &officer, &AuditFilter::default(), 1)
            .await
            .unwrap();
        let said = format!("{log:?}");
        let hash = first.trim_end_matches(".json").rsplit('-').next().unwrap();
        assert!(
            said.contains("cuoc-pbgdpl") && said.contains(hash) && said.contains("bao-cao-vien"),
            "{engine:?}: {said}"
        );

        // What is not kept, has not begun, or is no type, is not there; and others may not.
        for path in [
            "/tinh/du-lieu/hoa-giai-vien/2020/csv",
            "/tinh/du-lieu/cuoc-pbgdpl/2022/csv",
            "/tinh/du-lieu/khac/2020/csv",
            "/tinh/du-lieu?nam=2022",
        ] {
            assert_eq!(get(path).await.status, 404, "{path}");
        }
        for other in [&house.auditor, &house.officer] {
            let ctx = house.province_ctx(other).await.unwrap();
            let refused = take(&house.province, &ctx, Dataset::Sessions, 2020).await;
            assert!(
                matches!(refused, Err(Error::Denied(_))),
                "{engine:?}: {refused:?}"
            );
        }
    }
}

/// The activity of A with what it says.
async fn an_activity(house: &House) -> (pbgdpl_model::id::ActivityId, i32, Content) {
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    let filter = pbgdpl_store::tenant::ActivityFilter::default();
    let (mut found, _) = reader.activities(filter, 1, 10).await.unwrap();
    let found = found.pop().unwrap();
    (found.id, found.latest_version, found.content)
}
