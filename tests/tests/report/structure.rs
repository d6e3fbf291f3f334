//! The province's form by the structure of a day (REP-16): gathered on the page, untouched where it is frozen.

use pbgdpl_model::agency::{Agency, DatedName};
use pbgdpl_model::id::TenantId;

use super::frozen::drafted;
use super::*;

/// A became C on 1 January 2021.
async fn a_became_c(house: &House) {
    let ctx = of_the_system(house);
    let warrant = ctx.warrant::<ManifestApply>().unwrap();
    let mut store = house.store.province(&warrant).await.unwrap();
    let first = at(2021, 1, 1).day();
    let heir = Agency {
        id: TenantId(uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_1009)),
        slug: "so-c".into(),
        names: vec![DatedName {
            valid_from: first,
            valid_to: None,
            official: "Sở C tỉnh Thử".into(),
            short: "Sở C".into(),
        }],
        ..house.a.agency().clone()
    };
    let ended = Agency {
        last_day: first.pred_opt(),
        ..house.a.agency().clone()
    };
    for agency in [heir, ended] {
        let new = NewAgency {
            agency,
            hosts: vec![],
            body: "{}".into(),
        };
        store.put_agency(&new, ctx.now()).await.unwrap();
    }
    let merge = json!({ "kind": "merge", "from": "so-a", "to": ["so-c"], "day": first, "verify": true });
    let file = json!({ "id": "thu", "title": "Thử", "succession": [merge] });
    store
        .put_catalogue("reorganisation", "thu", &file.to_string(), ctx.now())
        .await
        .unwrap();
    store.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
}

#[tokio::test]
async fn rep_16_the_frozen_form_stays_as_it_was_and_is_read_as_it_is() {
    for engine in BOTH {
        let house = house(engine).await;
        let made = drafted(&house).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let frozen = freeze::freeze(&house.province, &officer, "09c", YEAR, &made.hash)
            .await
            .unwrap();
        a_became_c(&house).await;

        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.consolidator).await.unwrap();
        let here = "/tinh/tong-hop/09c/nam-chinh-thuc/2020";
        let get = async |path: String| {
            let answer = web.ask(&Ask::get(DESK, &path).signed_in(&session)).await.unwrap();
            assert_eq!(answer.status, 200, "{engine:?}: {path}");
            answer.text()
        };
        let as_was = get(here.to_owned()).await;
        assert!(
            as_was.contains("Sở A tỉnh Thử") && !as_was.contains("Sở C tỉnh Thử"),
            "{as_was}"
        );
        let as_it_is = get(format!("{here}?co-cau=hien-tai&ngay=2021-01-01")).await;
        for words in [
            "Sở C tỉnh Thử (gồm Sở A tỉnh Thử)",
            "Trong đó: Sở A tỉnh Thử",
            "theo tổ chức ngày 01/01/2021",
            "bằng nhau ở mọi cột",
            "(4) 410",
        ] {
            assert!(as_it_is.contains(words), "{engine:?}: {words}: {as_it_is}");
        }
        let before = get(format!("{here}?co-cau=hien-tai&ngay=31/12/2020")).await;
        assert!(!before.contains("Sở C tỉnh Thử"), "{engine:?}: not yet");
        // Files take no notice of the structure, and what is frozen is what it was.
        let export = get(format!("{here}/xuat.json?co-cau=hien-tai&ngay=2021-01-01")).await;
        let export: serde_json::Value = serde_json::from_str(&export).unwrap();
        assert_eq!(export["hash"], frozen.hash.as_str(), "{engine:?}");
        assert!(!export.to_string().contains("Sở C tỉnh Thử"), "{engine:?}");
        house.end().await.unwrap();
    }
}
