//! The catalogue of the datasets in DCAT 3 (W3C), in the shape that DCAT-AP asks for, as JSON-LD.

use serde_json::{Value, json};

use super::{ALL, Dataset};

const LANGUAGE: &str = "http://publications.europa.eu/resource/authority/language/VIE";
const THEME: &str = "http://publications.europa.eu/resource/authority/data-theme/JUST";
const OFTEN: &str = "http://publications.europa.eu/resource/authority/frequency/CONT";
const PUBLIC: &str = "http://publications.europa.eu/resource/authority/access-right/PUBLIC";
const FORMATS: &str = "http://publications.europa.eu/resource/authority/file-type";
const TYPES: &str = "http://www.iana.org/assignments/media-types";

/// Who publishes, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publisher {
    /// The public origin.
    pub server: String,
    /// The province.
    pub province: String,
    /// Whom to write to: an address of e-mail.
    pub contact: String,
}

/// Since when there is something to read, and when it changed last: RFC 3339; nothing where nothing is there.
pub type Span = Option<(String, String)>;

/// The catalogue. `spans`: of the datasets, in their order.
#[must_use]
pub fn catalogue(who: &Publisher, spans: &[Span; ALL.len()]) -> Value {
    let (server, province) = (&who.server, &who.province);
    let home = format!("{server}/du-lieu");
    // The profile asks for an agent by that very name.
    let publisher = json!({
        "@id": format!("{server}/#tinh"), "@type": ["foaf:Agent", "foaf:Organization"], "foaf:name": in_vietnamese(province),
    });
    let contact = json!({
        "@type": "vcard:Organization", "vcard:fn": in_vietnamese(province),
        "vcard:hasEmail": { "@id": format!("mailto:{}", who.contact) },
    });
    let datasets: Vec<Value> = ALL
        .iter()
        .zip(spans)
        .map(|(dataset, span)| {
            let mut value = told(dataset, &home, &publisher, &contact);
            dated(&mut value, span.as_ref());
            value
        })
        .collect();
    // RFC 3339 of one offset: the texts stand in the order of their moments.
    let first = spans.iter().flatten().map(|(first, _)| first).min();
    let last = spans.iter().flatten().map(|(_, last)| last).max();
    let whole = first.zip(last).map(|(first, last)| (first.clone(), last.clone()));
    let service = |id: &str, title: &str, end: &str, description: String| {
        json!({
            "@id": format!("{home}#{id}"), "@type": "dcat:DataService", "dct:title": in_vietnamese(title),
            "dcat:endpointURL": { "@id": end }, "dcat:endpointDescription": { "@id": description },
            "dcat:servesDataset": ALL.iter().map(|dataset| json!({ "@id": format!("{home}#{}", dataset.id) })).collect::<Vec<_>>(),
            "dct:license": license(&home),
        })
    };
    let mut catalogue = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
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
    });
    dated(&mut catalogue, whole.as_ref());
    catalogue
}

/// Adds when it was first there, and when it changed last.
fn dated(value: &mut Value, span: Option<&(String, String)>) {
    if let (Some((issued, modified)), Some(object)) = (span, value.as_object_mut()) {
        let at = |moment: &str| json!({ "@value": moment, "@type": "xsd:dateTime" });
        object.insert("dct:issued".into(), at(issued));
        object.insert("dct:modified".into(), at(modified));
    }
}

fn told(dataset: &Dataset, home: &str, publisher: &Value, contact: &Value) -> Value {
    let file = |ending: &str, media: &str, title: &str| {
        let address = format!("{home}/{}.{ending}", dataset.id);
        let mut value = json!({
            "@id": address, "@type": "dcat:Distribution", "dct:title": in_vietnamese(title),
            "dcat:accessURL": { "@id": format!("{home}#{}", dataset.id) }, "dcat:downloadURL": { "@id": address },
            "dcat:mediaType": { "@id": format!("{TYPES}/{media}") }, "dct:license": license(home),
            "dct:format": { "@id": format!("{FORMATS}/{}", ending.to_uppercase()) }, "dct:language": { "@id": LANGUAGE },
        });
        if let (true, Some(object)) = (ending == "csv", value.as_object_mut()) {
            let schema = format!("{home}/{}.csv-metadata.json", dataset.id);
            object.insert(
                "dct:conformsTo".into(),
                json!({ "@id": schema, "@type": "dct:Standard" }),
            );
        }
        value
    };
    let keywords: Vec<Value> = dataset.keywords.iter().map(|word| in_vietnamese(word)).collect();
    json!({
        "@id": format!("{home}#{}", dataset.id), "@type": "dcat:Dataset", "dct:identifier": dataset.id,
        "dct:title": in_vietnamese(dataset.title), "dct:description": in_vietnamese(dataset.description),
        "dcat:keyword": keywords, "dcat:theme": { "@id": THEME }, "dct:publisher": publisher,
        "dct:language": { "@id": LANGUAGE }, "dct:accrualPeriodicity": { "@id": OFTEN }, "dct:accessRights": { "@id": PUBLIC },
        "dcat:contactPoint": contact,
        "dcat:landingPage": { "@id": format!("{home}#{}", dataset.id) },
        "dcat:distribution": [file("csv", "text/csv", "Tệp CSV"), file("json", "application/json", "Tệp JSON")],
    })
}

fn license(home: &str) -> Value {
    json!({ "@id": format!("{home}#dieu-kien"), "@type": "dct:LicenseDocument" })
}

fn in_vietnamese(text: &str) -> Value {
    json!({ "@value": text, "@language": "vi" })
}
