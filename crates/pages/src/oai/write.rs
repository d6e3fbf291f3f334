//! The XML of the answers, with the names and the order that the schemas of the protocol give.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::{Answer, Dublin, Identify, OaiError, Record};
use crate::xml::{content, legal, text};

type Out = Writer<Vec<u8>>;
type Written = std::io::Result<()>;

const ROOT: [(&str, &str); 3] = [
    ("xmlns", "http://www.openarchives.org/OAI/2.0/"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    (
        "xsi:schemaLocation",
        "http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
    ),
];
const DUBLIN: [(&str, &str); 4] = [
    ("xmlns:oai_dc", NAMESPACE),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    (
        "xsi:schemaLocation",
        "http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
    ),
];
const NAMESPACE: &str = "http://www.openarchives.org/OAI/2.0/oai_dc/";
const SCHEMA: &str = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd";

/// The whole answer, `text/xml`. `asked`: the arguments, repeated where they were right; `at`: when, UTC.
///
/// # Errors
/// Never in practice: it writes into memory.
pub fn document(
    base: &str,
    at: &str,
    asked: &[(String, String)],
    answer: &Result<Answer, OaiError>,
) -> std::io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::with_capacity(16 * 1024));
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.create_element("OAI-PMH")
        .with_attributes(ROOT)
        .write_inner_content(|out| {
            text(out, "responseDate", at)?;
            let asked: Vec<(String, String)> = asked
                .iter()
                .map(|(name, value)| (name.clone(), legal(value)))
                .collect();
            out.create_element("request")
                .with_attributes(asked.iter().map(|(name, value)| (name.as_str(), value.as_str())))
                .write_text_content(content(base))?;
            match answer {
                Ok(answer) => told(out, base, answer),
                Err(error) => {
                    out.create_element("error")
                        .with_attribute(("code", error.code()))
                        .write_text_content(content(error.words()))?;
                    Ok(())
                }
            }
        })?;
    Ok(out.into_inner())
}

fn told(out: &mut Out, base: &str, answer: &Answer) -> Written {
    match answer {
        Answer::Identify(who) => within(out, "Identify", |out| identify(out, base, who)),
        Answer::Formats => within(out, "ListMetadataFormats", |out| {
            within(out, "metadataFormat", |out| {
                text(out, "metadataPrefix", "oai_dc")?;
                text(out, "schema", SCHEMA)?;
                text(out, "metadataNamespace", NAMESPACE)
            })
        }),
        Answer::Sets(sets) => within(out, "ListSets", |out| {
            sets.iter().try_for_each(|set| {
                within(out, "set", |out| {
                    text(out, "setSpec", &set.spec)?;
                    text(out, "setName", &set.name)
                })
            })
        }),
        Answer::Record(one) => within(out, "GetRecord", |out| record(out, one)),
        Answer::List {
            records,
            token,
            whole,
        } => {
            let name = if *whole { "ListRecords" } else { "ListIdentifiers" };
            within(out, name, |out| {
                for one in records {
                    if *whole {
                        record(out, one)?;
                    } else {
                        header(out, one)?;
                    }
                }
                token
                    .iter()
                    .try_for_each(|token| text(out, "resumptionToken", token))
            })
        }
    }
}

fn identify(out: &mut Out, base: &str, who: &Identify) -> Written {
    text(out, "repositoryName", &who.name)?;
    text(out, "baseURL", base)?;
    text(out, "protocolVersion", "2.0")?;
    text(out, "adminEmail", &who.mail)?;
    text(out, "earliestDatestamp", &who.earliest)?;
    text(out, "deletedRecord", "persistent")?;
    text(out, "granularity", "YYYY-MM-DDThh:mm:ssZ")
}

fn header(out: &mut Out, record: &Record) -> Written {
    let element = out.create_element("header");
    let element = if record.about.is_none() {
        element.with_attribute(("status", "deleted"))
    } else {
        element
    };
    element.write_inner_content(|out| {
        text(out, "identifier", &record.identifier)?;
        text(out, "datestamp", &record.stamp)?;
        record.sets.iter().try_for_each(|set| text(out, "setSpec", set))
    })?;
    Ok(())
}

fn record(out: &mut Out, record: &Record) -> Written {
    within(out, "record", |out| {
        header(out, record)?;
        match &record.about {
            Some(about) => within(out, "metadata", |out| dublin(out, record, about)),
            None => Ok(()),
        }
    })
}

fn dublin(out: &mut Out, record: &Record, about: &Dublin) -> Written {
    out.create_element("oai_dc:dc")
        .with_attributes(DUBLIN)
        .write_inner_content(|out| {
            text(out, "dc:title", &about.title)?;
            text(out, "dc:creator", &about.creator)?;
            about
                .subjects
                .iter()
                .try_for_each(|subject| text(out, "dc:subject", subject))?;
            text(out, "dc:description", &about.description)?;
            text(out, "dc:publisher", &about.publisher)?;
            text(out, "dc:date", &about.date)?;
            text(out, "dc:type", "Text")?;
            text(out, "dc:format", "text/html")?;
            text(out, "dc:identifier", &about.identifier)?;
            text(out, "dc:identifier", &record.identifier)?;
            about
                .sources
                .iter()
                .try_for_each(|source| text(out, "dc:source", source))?;
            text(out, "dc:language", about.language)?;
            about
                .relation
                .iter()
                .try_for_each(|relation| text(out, "dc:relation", relation))?;
            text(out, "dc:rights", &about.rights)
        })?;
    Ok(())
}

fn within(out: &mut Out, name: &str, inner: impl FnOnce(&mut Out) -> Written) -> Written {
    out.create_element(name).write_inner_content(inner)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawn_record_is_a_header_that_says_so() {
        let record = Record {
            identifier: "urn:uuid:1".into(),
            stamp: "2020-06-15T01:00:00Z".into(),
            sets: vec!["loai.tin".into()],
            about: None,
        };
        let asked = [("verb".to_owned(), "GetRecord\u{1}&<".to_owned())];
        let xml = document(
            "https://a.vn/oai",
            "2020-06-15T01:00:00Z",
            &asked,
            &Ok(Answer::Record(Box::new(record))),
        );
        let xml = String::from_utf8(xml.unwrap()).unwrap();
        assert!(
            xml.contains("<request verb=\"GetRecord&amp;&lt;\">https://a.vn/oai</request>"),
            "{xml}"
        );
        assert!(
            xml.contains(
                "<GetRecord><record><header status=\"deleted\"><identifier>urn:uuid:1</identifier>\
                 <datestamp>2020-06-15T01:00:00Z</datestamp><setSpec>loai.tin</setSpec></header></record></GetRecord>"
            ),
            "{xml}"
        );
    }
}
