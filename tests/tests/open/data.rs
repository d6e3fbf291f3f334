//! OPN-07: the datasets are what their dictionaries say: each CSV file read by its CSVW equals its JSON file; the catalogue leads to all.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use pbgdpl_model::article::Kind;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::Web;
use scraper::{Html, Selector};
use serde_json::{Map, Value, json};

use super::{copies, four_items, got, publish, settled, take_back};

/// A cell as its column says, or why it cannot be read.
fn typed(column: &Value, cell: &str) -> Value {
    let name = column["name"].as_str().unwrap();
    if let Some(separator) = column["separator"].as_str() {
        // CSVW: an empty cell is an empty list.
        let words = cell.split(separator).filter(|word| !word.is_empty());
        return words.map(|word| json!(word)).collect();
    }
    if cell.is_empty() {
        assert_ne!(column["required"], true, "{name} is missing");
        return Value::Null;
    }
    match column["datatype"].as_str().unwrap() {
        "integer" => json!(cell.parse::<i64>().unwrap()),
        "date" => {
            cell.parse::<NaiveDate>().unwrap();
            json!(cell)
        }
        "dateTimeStamp" => {
            DateTime::parse_from_rfc3339(cell).unwrap();
            json!(cell)
        }
        "anyURI" => {
            url::Url::parse(cell).unwrap();
            json!(cell)
        }
        "string" => {
            // What a spreadsheet would run as a formula carries a mark.
            let bare = cell
                .strip_prefix('\'')
                .filter(|rest| rest.starts_with(['=', '+', '-', '@']));
            json!(bare.unwrap_or(cell))
        }
        other => panic!("{name}: no such type: {other}"),
    }
}

/// The rows of a CSV file as its schema has them.
fn by_schema(csv: &[u8], schema: &Value) -> Vec<Value> {
    let columns = schema["tableSchema"]["columns"].as_array().unwrap();
    let mut reader = csv::Reader::from_reader(csv);
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let titles: Vec<&str> = columns
        .iter()
        .map(|column| column["titles"].as_str().unwrap())
        .collect();
    assert_eq!(heads, titles);
    reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            let cells = columns
                .iter()
                .zip(row.iter())
                .map(|(column, cell)| (column["name"].as_str().unwrap().to_owned(), typed(column, cell)));
            Value::Object(cells.collect::<Map<_, _>>())
        })
        .collect()
}

#[tokio::test]
async fn opn_07_each_dataset_round_trips_with_its_schema() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        publish(
            &house,
            &house.a,
            &house.in_a,
            Kind::Tin,
            "=1+1, \"trích\"\nvà xuống dòng",
        )
        .await;
        super::api::figure(&house).await;
        copies(&house, items[1], 700).await;
        take_back(&house, items[0]).await;
        settled(&house).await;
        let web = Web::of(&house, true).unwrap();
        let mut sizes = Vec::new();
        for dataset in ["bai", "so-lieu", "co-quan"] {
            let file = async |ending: &str| {
                let answer = got(&web, &format!("/du-lieu/{dataset}.{ending}")).await;
                assert_eq!(answer.status, 200, "{engine:?} {dataset}.{ending}");
                assert_eq!(answer.header("access-control-allow-origin"), "*");
                answer
            };
            let schema: Value = serde_json::from_slice(&file("csv-metadata.json").await.body).unwrap();
            assert_eq!(
                schema["url"],
                format!("https://thu.example/du-lieu/{dataset}.csv")
            );
            let rows = by_schema(&file("csv").await.body, &schema);
            let told: Vec<Value> = serde_json::from_slice(&file("json").await.body).unwrap();
            assert_eq!(rows, told, "{engine:?} {dataset}: the files differ");
            let key = schema["tableSchema"]["primaryKey"].as_array().unwrap();
            let keys: BTreeSet<String> = rows
                .iter()
                .map(|row| {
                    key.iter()
                        .map(|name| row[name.as_str().unwrap()].to_string())
                        .collect()
                })
                .collect();
            assert_eq!(keys.len(), rows.len(), "{engine:?} {dataset}: the key is none");
            sizes.push(rows.len());
            if dataset == "bai" {
                let gone = items[0].0.to_string();
                assert!(
                    rows.iter()
                        .all(|row| !row["id"].as_str().unwrap().ends_with(&gone))
                );
                let odd = rows
                    .iter()
                    .any(|row| row["title"].as_str().unwrap().starts_with("=1+1, \"trích\""));
                assert!(odd, "{engine:?}: the odd title is lost");
                let law = rows.iter().find(|row| row["kind"] == "van-ban-moi").unwrap();
                assert_eq!(law["document_effective"], "2020-07-01");
            }
        }
        assert_eq!((sizes[0], sizes[2]), (704, 2), "{engine:?}");
        assert!(sizes[1] > 0, "{engine:?}: no figure");
        for none in ["/du-lieu/khac.csv", "/du-lieu/bai.xml", "/du-lieu/bai"] {
            assert_eq!(got(&web, none).await.status, 404, "{none}");
        }
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn opn_07_the_catalogue_leads_to_every_dataset_with_its_terms() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let page = got(&web, "/du-lieu").await.text();
    let html = Html::parse_document(&page);
    let answer = got(&web, "/du-lieu/dcat.jsonld").await;
    assert_eq!(answer.header("content-type"), "application/ld+json");
    let catalogue: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(catalogue["@type"], "dcat:Catalog");
    let at_home = |address: &Value| {
        let address = address["@id"].as_str().unwrap();
        address.strip_prefix("https://thu.example").unwrap().to_owned()
    };
    let anchor = |address: &Value| {
        let path = at_home(address);
        let (path, id) = path.split_once('#').unwrap();
        assert_eq!(path, "/du-lieu");
        let there = Selector::parse(&format!("[id='{id}']")).unwrap();
        assert_eq!(html.select(&there).count(), 1, "no #{id} on the page");
    };
    anchor(&catalogue["dct:license"]);
    let datasets = catalogue["dcat:dataset"].as_array().unwrap();
    assert_eq!(datasets.len(), 3);
    for dataset in datasets {
        for needed in [
            "dct:title",
            "dct:description",
            "dct:publisher",
            "dcat:keyword",
            "dct:identifier",
        ] {
            assert!(!dataset[needed].is_null(), "{needed}");
        }
        anchor(&dataset["dcat:landingPage"]);
        for distribution in dataset["dcat:distribution"].as_array().unwrap() {
            let path = at_home(&distribution["dcat:downloadURL"]);
            let file = got(&web, &path).await;
            assert_eq!(file.status, 200, "{path}");
            let media = distribution["dcat:mediaType"]["@id"].as_str().unwrap();
            let said = file.header("content-type").split(';').next().unwrap();
            assert!(media.ends_with(said), "{path}: {media}, {said}");
            anchor(&distribution["dct:license"]);
            assert!(
                page.contains(&format!("href=\"{path}\"")),
                "{path} is not on the page"
            );
            if let Some(schema) = distribution.get("dct:conformsTo") {
                let described: Value =
                    serde_json::from_slice(&got(&web, &at_home(schema)).await.body).unwrap();
                for column in described["tableSchema"]["columns"].as_array().unwrap() {
                    assert!(!column["dc:description"].as_str().unwrap().is_empty());
                    let name = column["name"].as_str().unwrap();
                    assert!(
                        page.contains(&format!(">{name}<")),
                        "{name} is not in the dictionary"
                    );
                }
            }
        }
    }
    for service in catalogue["dcat:service"].as_array().unwrap() {
        let described = at_home(&service["dcat:endpointDescription"]);
        assert_eq!(got(&web, &described).await.status, 200, "{described}");
    }
    house.end().await.unwrap();
}
