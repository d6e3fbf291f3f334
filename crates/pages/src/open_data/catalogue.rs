//! The catalogue of the datasets in DCAT 3 (W3C), in the shape that DCAT-AP asks for, as JSON-LD.

use serde_json::{Value, json};

use super::{ALL, Dataset};

const LANGUAGE: &str = "http://publications.europa.eu/resource/authority/language/VIE";
const THEME: &str = "http://publications.europa.eu/resource/authority/data-theme/JUST";
const OFTEN: &str = "http://publications.europa.eu/resource/authority/frequency/CONT";
const TYPES: &str = "http://www.iana.org/assignments/media-types";

/// The catalogue. `server`: the public origin; `province`: who publishes.
#[must_use]
pub fn catalogue(server: &str, province: &str) -> Value {
    let home = format!("{server}/du-lieu");
    let publisher = json!({ "@id": format!("{server}/#tinh"), "@type": "foaf:Organization", "foaf:name": in_vietnamese(province) });
    let datasets: Vec<Value> = ALL
        .iter()
        .map(|dataset| told(dataset, &home, &publisher))
        .collect();
    let service = |id: &str, title: &str, end: &str, description: String| {
        json!({
            "@id": format!("{home}#{id}"), "@type": "dcat:DataService", "dct:title": in_vietnamese(title),
            "dcat:endpointURL": { "@id": end }, "dcat:endpointDescription": { "@id": description },
            "dcat:servesDataset": ALL.iter().map(|dataset| json!({ "@id": format!("{home}#{}", dataset.id) })).collect::<Vec<_>>(),
            "dct:license": license(&home),
        })
    };
    json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": home, "@type": "dcat:Catalog",
        "dct:title": in_vietnamese(&format!("Dữ liệu mở về phổ biến, giáo dục pháp luật – {province}")),
        "dct:description": in_vietnamese("Bài đã công bố, số liệu công khai và cơ quan, để dùng lại tự do khi ghi nguồn."),
        "dct:publisher": publisher, "dct:language": { "@id": LANGUAGE }, "dct:license": license(&home),
        "foaf:homepage": { "@id": home },
        "dcat:dataset": datasets,
        "dcat:service": [
            service("api", "API đọc dữ liệu", &format!("{server}/api/v1"), format!("{server}/api/openapi.json")),
            service("oai", "Thu thập bằng OAI-PMH", &format!("{server}/oai"), format!("{server}/oai?verb=Identify")),
        ],
    })
}

fn told(dataset: &Dataset, home: &str, publisher: &Value) -> Value {
    let file = |ending: &str, media: &str, title: &str| {
        let address = format!("{home}/{}.{ending}", dataset.id);
        let mut value = json!({
            "@id": address, "@type": "dcat:Distribution", "dct:title": in_vietnamese(title),
            "dcat:accessURL": { "@id": format!("{home}#{}", dataset.id) }, "dcat:downloadURL": { "@id": address },
            "dcat:mediaType": { "@id": format!("{TYPES}/{media}") }, "dct:license": license(home),
        });
        if let (true, Some(object)) = (ending == "csv", value.as_object_mut()) {
            let schema = format!("{home}/{}.csv-metadata.json", dataset.id);
            object.insert("dct:conformsTo".into(), json!({ "@id": schema }));
        }
        value
    };
    let keywords: Vec<Value> = dataset.keywords.iter().map(|word| in_vietnamese(word)).collect();
    json!({
        "@id": format!("{home}#{}", dataset.id), "@type": "dcat:Dataset", "dct:identifier": dataset.id,
        "dct:title": in_vietnamese(dataset.title), "dct:description": in_vietnamese(dataset.description),
        "dcat:keyword": keywords, "dcat:theme": { "@id": THEME }, "dct:publisher": publisher,
        "dct:language": { "@id": LANGUAGE }, "dct:accrualPeriodicity": { "@id": OFTEN },
        "dcat:landingPage": { "@id": format!("{home}#{}", dataset.id) },
        "dcat:distribution": [file("csv", "text/csv", "Tệp CSV"), file("json", "application/json", "Tệp JSON")],
    })
}

fn license(home: &str) -> Value {
    json!({ "@id": format!("{home}#dieu-kien") })
}

fn in_vietnamese(text: &str) -> Value {
    json!({ "@value": text, "@language": "vi" })
}
