//! Units that stood part of a year: shown with their days, never ranked, never called silent (N-25, DSH-02).

use pbgdpl_model::agency::{Agency, DatedName};
use pbgdpl_model::id::TenantId;
use pbgdpl_province::oversight::peers::peers;
use pbgdpl_store::province::NewAgency;
use pbgdpl_testkit::house::BOTH;

use super::dashboards::{MEASURE, day, two_agencies};
use super::*;

/// Five departments: A, C and D of the whole year, E from 1 April 2020, F to 30 April.
async fn departments(house: &House) {
    let system = of_the_system(house);
    let named = |number: u128, letter: &str, from: NaiveDate, last_day| {
        let agency = house.a.agency().clone();
        Agency {
            id: TenantId(uuid::Uuid::from_u128(
                0x0190_0000_0000_7000_8000_0000_0000_2000 + number,
            )),
            slug: format!("so-{}", letter.to_lowercase()),
            names: vec![DatedName {
                valid_from: from,
                short: format!("Sở {letter}"),
                ..agency.names[0].clone()
            }],
            last_day,
            ..agency
        }
    };
    let begin = NaiveDate::from_ymd_opt(2019, 1, 1).unwrap();
    let mut store = house
        .store
        .province(&system.warrant::<pbgdpl_scope::action::ManifestApply>().unwrap())
        .await
        .unwrap();
    for agency in [
        named(1, "C", begin, None),
        named(2, "D", begin, None),
        named(3, "E", day(4, 1), None),
        named(4, "F", begin, Some(day(4, 30))),
    ] {
        let new = NewAgency {
            agency,
            hosts: vec![],
            body: "{}".into(),
        };
        store.put_agency(&new, system.now()).await.unwrap();
    }
    store.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
}

#[tokio::test]
async fn n_25_who_stood_part_of_the_year_is_shown_and_not_ranked() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        departments(&house).await;
        two_agencies(&house).await;
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let found = peers(&house.province, &auditor, MEASURE, 2020).await.unwrap();
        let group = found.groups.iter().find(|group| group.kind == "so").unwrap();
        let ranks: Vec<_> = group
            .peers
            .iter()
            .map(|peer| (peer.name.as_str(), peer.rank))
            .collect();
        assert_eq!(
            ranks,
            [
                ("Sở A", Some(1)),
                ("Sở C", Some(2)),
                ("Sở D", Some(2)),
                ("Sở E", None),
                ("Sở F", None)
            ],
            "{engine:?}"
        );
        let screen = Screen::of_the_auditor(&house).await;
        let here = "/giam-sat/so-sanh/direct_sessions/2020";
        let page = screen.get(here).await.text();
        for words in [
            "Sở E (hoạt động từ ngày 01/04/2020)",
            "Sở F (hoạt động đến ngày 30/04/2020)",
            "Đơn vị không hoạt động cả năm thì không xếp thứ tự.",
            "1. Sở A",
        ] {
            assert!(page.contains(words), "{engine:?}: {words}: {page}");
        }
        let file = screen.get(&format!("{here}/xuat.csv")).await.text();
        for line in ["Sở A,1,4,,\r\n", "Sở E (hoạt động từ ngày 01/04/2020),,0,,\r\n"] {
            assert!(file.contains(line), "{engine:?}: {line}: {file}");
        }

        // Where nobody did anything nobody is first.
        let here = "/giam-sat/so-sanh/contests/2020";
        let page = screen.get(here).await.text();
        assert!(
            page.contains("Chưa đơn vị nào ghi sổ trong năm.") && !page.contains("1. Sở A"),
            "{engine:?}: {page}"
        );
        let file = screen.get(&format!("{here}/xuat.csv")).await.text();
        assert!(file.contains("Sở A,,0,,\r\n"), "{engine:?}: {file}");
        house.end().await.unwrap();
    }
}

/// No red box and no silent quarter for months in which a unit did not stand; the table says the same.
#[tokio::test]
async fn months_outside_a_units_days_are_not_empty_months() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        departments(&house).await;
        two_agencies(&house).await;
        let screen = Screen::of_the_auditor(&house).await;
        let page = screen.get("/giam-sat?nam=2020").await.text();
        let page = scraper::Html::parse_document(&page);
        let [items, boxes] = [".many li", "rect[stroke='var(--bad)']"]
            .map(|selector| scraper::Selector::parse(selector).unwrap());
        let spark = |name: &str| {
            let found = page
                .select(&items)
                .find(|item| item.text().collect::<String>().trim_start().starts_with(name));
            let item = found.unwrap_or_else(|| panic!("no {name}"));
            (item.select(&boxes).count(), item.text().collect::<String>())
        };
        let (empty, words) = spark("Sở C");
        assert_eq!(empty, 6, "{engine:?}: January to June");
        assert!(
            words.contains("quý I: 0") && !words.contains("hoạt động"),
            "{words}"
        );
        let (empty, words) = spark("Sở E");
        assert_eq!(empty, 3, "{engine:?}: April to June");
        assert!(
            words.contains("hoạt động từ ngày 01/04/2020") && !words.contains("quý I"),
            "{words}"
        );
        let (empty, words) = spark("Sở F");
        assert_eq!(empty, 4, "{engine:?}: January to April");
        assert!(
            words.contains("quý I: 0"),
            "{engine:?}: it stood in all of it: {words}"
        );
        let file = screen
            .get("/giam-sat/xuat.csv?nam=2020&bang=co-quan")
            .await
            .text();
        for line in [
            "Sở E (hoạt động từ ngày 01/04/2020),,,,0,0,0,0\r\n",
            "Sở F (hoạt động đến ngày 30/04/2020),0,0,0,0,,,0\r\n",
        ] {
            assert!(file.contains(line), "{engine:?}: {line}: {file}");
        }
        house.end().await.unwrap();
    }
}
