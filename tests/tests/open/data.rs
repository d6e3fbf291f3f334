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
    let datatype = &column["datatype"];
    match datatype["base"].as_str().or(datatype.as_str()).unwrap() {
        "integer" => json!(cell.parse::<i64>().unwrap()),
        "date" => {
            assert_eq!(datatype["format"], "yyyy-MM-dd", "{name}");
            assert_eq!(cell.len(), 10, "{name}: {cell}");
            NaiveDate::parse_from_str(cell, "%Y-%m-%d").unwrap();
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

/// The dialect is that of the bytes: no mark before them, each line ended as it says; quotes, delimiter and head serve the reader.
fn by_dialect<'a>(csv: &'a [u8], schema: &Value) -> csv::Reader<&'a [u8]> {
    let dialect = &schema["dialect"];
    assert_eq!(dialect["encoding"], "utf-8");
    let text = std::str::from_utf8(csv).unwrap();
    assert!(!text.starts_with('\u{feff}'), "a mark that nothing says");
    assert_eq!(dialect["lineTerminators"], json!(["\r\n"]));
    let (mut quoted, mut before) = (false, ' ');
    for sign in text.chars() {
        quoted ^= sign == '"';
        assert!(
            quoted || sign != '\n' || before == '\r',
            "a line ends otherwise: {text}"
        );
        before = sign;
    }
    assert!(text.ends_with("\r\n") && !quoted);
    let byte = |name: &str| dialect[name].as_str().unwrap().as_bytes()[0];
    for (name, value) in [
        ("header", json!(true)),
        ("headerRowCount", json!(1)),
        ("doubleQuote", json!(true)),
        ("trim", json!(false)),
        ("skipInitialSpace", json!(false)),
    ] {
        assert_eq!(dialect[name], value, "{name}");
    }
    csv::ReaderBuilder::new()
        .delimiter(byte("delimiter"))
        .quote(byte("quoteChar"))
        .from_reader(csv)
}

/// The rows of a CSV file as its schema has them.
fn by_schema(csv: &[u8], schema: &Value) -> Vec<Value> {
    let columns = schema["tableSchema"]["columns"].as_array().unwrap();
    let mut reader = by_dialect(csv, schema);
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
            // The second of the two may hold `@language` and `@base` alone (CSVW, 5.2).
            let context = json!(["http://www.w3.org/ns/csvw", { "@language": "vi" }]);
            assert_eq!(schema["@context"], context);
            assert_eq!((&schema["null"], &schema["lang"]), (&json!(""), &json!("vi")));
            let csv = file("csv").await;
            let note = &schema["notes"][0];
            assert_eq!(note["target"], schema["url"]);
            assert!(note["body"].as_str().unwrap().contains("dấu ' ở đầu"), "{note}");
            assert_eq!(
                csv.text().contains("'=1+1"),
                dataset == "bai",
                "{engine:?} {dataset}"
            );
            let rows = by_schema(&csv.body, &schema);
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
async fn opn_07_a_file_ends_with_the_moment_at_which_it_was_asked_for() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        house.clock.advance_seconds(60);
        let late = publish(&house, &house.a, &house.in_a, Kind::Tin, "Bài đến sau").await;
        settled(&house).await;
        let web = Web::of(&house, true).unwrap();
        let holds = async |id: pbgdpl_model::id::ArticleId| {
            let mut found = Vec::new();
            for ending in ["csv", "json"] {
                let text = got(&web, &format!("/du-lieu/bai.{ending}")).await.text();
                found.push(text.contains(&format!("urn:uuid:{}", id.0)));
            }
            found
        };
        // As if it were published while the file is being sent.
        house.clock.advance_seconds(-60);
        assert_eq!(holds(late).await, [false, false], "{engine:?}");
        assert_eq!(holds(items[0]).await, [true, true], "{engine:?}");
        house.clock.advance_seconds(60);
        assert_eq!(holds(late).await, [true, true], "{engine:?}");
        house.end().await.unwrap();
    }
}

/// What DCAT-AP 3 asks of each class as mandatory, and what it recommends that we say.
const ASKED: [(&str, &[&str]); 4] = [
    (
        "dcat:Catalog",
        &[
            "dct:title",
            "dct:description",
            "dct:publisher",
            "dcat:dataset",
            "dcat:service",
            "dct:issued",
            "dct:modified",
            "dct:language",
            "dct:license",
            "foaf:homepage",
        ],
    ),
    (
        "dcat:Dataset",
        &[
            "dct:title",
            "dct:description",
            "dct:publisher",
            "dcat:contactPoint",
            "dcat:distribution",
            "dcat:keyword",
            "dcat:theme",
            "dct:issued",
            "dct:modified",
            "dct:identifier",
            "dct:accessRights",
        ],
    ),
    (
        "dcat:Distribution",
        &[
            "dcat:accessURL",
            "dcat:downloadURL",
            "dct:format",
            "dcat:mediaType",
            "dct:license",
        ],
    ),
    (
        "dcat:DataService",
        &["dct:title", "dcat:endpointURL", "dcat:servesDataset"],
    ),
];

/// Looks at every object of a catalogue: what its class is asked for is there, texts say their language, names their vocabulary.
fn complete(value: &Value, prefixes: &Map<String, Value>, seen: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            let classes = match object.get("@type") {
                Some(Value::String(one)) => vec![one.as_str()],
                Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            };
            for (class, properties) in ASKED {
                if classes.contains(&class) {
                    seen.insert(class.to_owned());
                    for property in properties {
                        let empty = [Value::Null, json!([]), json!("")];
                        let there = object.get(*property).is_some_and(|value| !empty.contains(value));
                        assert!(there, "{class} without {property}: {value:#}");
                    }
                }
            }
            let names = object
                .keys()
                .map(String::as_str)
                .filter(|name| !name.starts_with('@'));
            for name in names.chain(classes) {
                let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
                assert!(prefixes.contains_key(prefix), "{name} is of no vocabulary");
            }
            for text in [
                "dct:title",
                "dct:description",
                "dcat:keyword",
                "foaf:name",
                "vcard:fn",
            ] {
                let said = object.get(text).into_iter();
                for one in said.flat_map(|said| {
                    said.as_array()
                        .map_or_else(|| vec![said], |many| many.iter().collect())
                }) {
                    assert_eq!(one["@language"], "vi", "{text}: {one}");
                    assert!(!one["@value"].as_str().unwrap().is_empty(), "{text}");
                }
            }
            if let Some(issued) = object.get("dct:issued") {
                let at = |value: &Value| {
                    assert_eq!(value["@type"], "xsd:dateTime");
                    DateTime::parse_from_rfc3339(value["@value"].as_str().unwrap()).unwrap()
                };
                assert!(at(issued) <= at(&object["dct:modified"]), "{value:#}");
            }
            object.values().for_each(|value| complete(value, prefixes, seen));
        }
        Value::Array(list) => list.iter().for_each(|value| complete(value, prefixes, seen)),
        _ => {}
    }
}

#[tokio::test]
async fn opn_07_the_catalogue_says_what_dcat_ap_asks_for() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        super::api::figure(&house).await;
        let web = Web::of(&house, true).unwrap();
        let read = async || -> Value {
            serde_json::from_slice(&got(&web, "/du-lieu/dcat.jsonld").await.body).unwrap()
        };
        let catalogue = read().await;
        let prefixes = catalogue["@context"].as_object().unwrap();
        let mut seen = BTreeSet::new();
        let body: Map<String, Value> = catalogue
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, _)| *name != "@context")
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        complete(&Value::Object(body), prefixes, &mut seen);
        assert_eq!(seen.len(), ASKED.len(), "{engine:?}: {seen:?}");
        for distribution in catalogue["dcat:dataset"][0]["dcat:distribution"]
            .as_array()
            .unwrap()
        {
            let format = distribution["dct:format"]["@id"].as_str().unwrap();
            let media = distribution["dcat:mediaType"]["@id"].as_str().unwrap();
            assert!(
                media.ends_with(&format.rsplit('/').next().unwrap().to_lowercase()),
                "{format}, {media}"
            );
        }
        let changed = |catalogue: &Value, dataset: usize| {
            let at = &catalogue["dcat:dataset"][dataset];
            ["dct:issued", "dct:modified"].map(|name| at[name]["@value"].as_str().unwrap().to_owned())
        };
        let first = "2020-06-15T08:00:00+07:00";
        assert_eq!(changed(&catalogue, 0), [first, first], "{engine:?}");
        // A withdrawal is a change of the items and of the whole, not of the agencies.
        house.clock.advance_seconds(3_600);
        take_back(&house, items[0]).await;
        settled(&house).await;
        let later = read().await;
        assert_eq!(
            changed(&later, 0),
            [first, "2020-06-15T09:00:00+07:00"],
            "{engine:?}"
        );
        assert_eq!(later["dct:modified"]["@value"], "2020-06-15T09:00:00+07:00");
        assert_eq!(changed(&later, 2), changed(&catalogue, 2), "{engine:?}");
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
