//! OPN-06: a harvester reads everything, goes on where it stopped, and sees withdrawals; every code of OAI-PMH 2.0 is given.

use std::collections::BTreeSet;

use pbgdpl_app::profile::change::{Facts, Outcome, change};
use pbgdpl_model::agency::{ReportRow, Status};
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use serde_json::Value;

use super::feeds::texts;
use super::{PUBLIC, copies, four_items, got, made, put, settled, take_back};

async fn asked(web: &Web, query: &str) -> String {
    let answer = got(web, &format!("/oai?{query}")).await;
    assert_eq!(answer.status, 200, "{query}");
    assert_eq!(answer.header("content-type"), "text/xml; charset=utf-8");
    let text = answer.text();
    assert_eq!(texts(&text, "responseDate").len(), 1);
    text
}

fn code(xml: &str) -> &str {
    let from = xml.split_once("<error code=\"").map_or("", |(_, rest)| rest);
    from.split('"').next().unwrap_or_default()
}

/// Reads a list to its end: identifiers, those that are deleted, how many answers.
async fn harvested(web: &Web, query: &str) -> (BTreeSet<String>, usize, usize) {
    let (mut ids, mut deleted, mut answers, mut records) = (BTreeSet::new(), 0, 0, 0);
    let mut next = query.to_owned();
    loop {
        let xml = asked(web, &next).await;
        assert_eq!(code(&xml), "", "{xml}");
        answers += 1;
        let found = texts(&xml, "identifier");
        records += found.len();
        ids.extend(found);
        deleted += xml.matches("<header status=\"deleted\">").count();
        match texts(&xml, "resumptionToken")
            .first()
            .filter(|token| !token.is_empty())
        {
            Some(token) => next = format!("verb=ListRecords&resumptionToken={token}"),
            None => break,
        }
    }
    assert_eq!(ids.len(), records, "a record stands twice");
    (ids, deleted, answers)
}

#[tokio::test]
async fn opn_06_a_harvester_reads_everything_and_sees_withdrawals() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        copies(&house, items[1], 246).await;
        let web = Web::of(&house, true).unwrap();
        let who = asked(&web, "verb=Identify").await;
        for (element, value) in [
            ("baseURL", "https://thu.example/oai"),
            ("protocolVersion", "2.0"),
            ("adminEmail", "pbgdpl@thu.example"),
            ("earliestDatestamp", "2020-06-15T01:00:00Z"),
            ("deletedRecord", "persistent"),
            ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        ] {
            assert_eq!(texts(&who, element), [value], "{engine:?}");
        }
        let sets = texts(&asked(&web, "verb=ListSets").await, "setSpec");
        assert_eq!(
            sets,
            [
                "loai.tin",
                "loai.van-ban-moi",
                "loai.to-gap",
                "co-quan.huyen-b",
                "co-quan.so-a"
            ]
        );
        assert_eq!(
            texts(&asked(&web, "verb=ListMetadataFormats").await, "metadataPrefix"),
            ["oai_dc"]
        );

        let list = "verb=ListRecords&metadataPrefix=oai_dc";
        let (whole, deleted, answers) = harvested(&web, list).await;
        assert_eq!((whole.len(), deleted, answers), (250, 0, 3), "{engine:?}");
        for (set, count) in [
            ("loai.tin", 2),
            ("loai.van-ban-moi", 247),
            ("co-quan.huyen-b", 1),
            ("co-quan.so-a", 249),
        ] {
            let (of_set, _, _) = harvested(&web, &format!("{list}&set={set}")).await;
            assert_eq!(of_set.len(), count, "{engine:?} {set}");
            assert!(of_set.is_subset(&whole));
        }
        // Later only what changed since, both ends belonging to the span.
        house.clock.advance_seconds(3_600);
        take_back(&house, items[0]).await;
        settled(&house).await;
        let id = format!("urn:uuid:{}", items[0].0);
        for span in [
            "from=2020-06-15T01:00:01Z",
            "from=2020-06-15T02:00:00Z&until=2020-06-15T02:00:00Z",
        ] {
            let (changed, deleted, _) = harvested(&web, &format!("{list}&{span}")).await;
            assert_eq!(
                (changed, deleted),
                (BTreeSet::from([id.clone()]), 1),
                "{engine:?} {span}"
            );
        }
        let (again, deleted, _) = harvested(&web, list).await;
        assert_eq!(
            (again, deleted),
            (whole.clone(), 1),
            "{engine:?}: nothing is lost, one is deleted"
        );
        let (before, _, _) = harvested(&web, &format!("{list}&until=2020-06-15T01:30:00Z")).await;
        assert_eq!(before.len(), 249, "{engine:?}");

        let gone = asked(
            &web,
            &format!("verb=GetRecord&metadataPrefix=oai_dc&identifier={id}"),
        )
        .await;
        assert!(
            gone.contains("<header status=\"deleted\">") && !gone.contains("<metadata>"),
            "{gone}"
        );
        assert!(!gone.contains("Đất chưa"), "{gone}");
        let law = format!("urn:uuid:{}", items[1].0);
        let law = asked(
            &web,
            &format!("verb=GetRecord&metadataPrefix=oai_dc&identifier={law}"),
        )
        .await;
        for (element, value) in [
            ("dc:title", "Luật mới về hòa giải"),
            ("dc:language", "vi"),
            ("dc:source", "https://vbpl.vn/64-2020"),
            ("dc:relation", "Luật 64/2020/QH14"),
        ] {
            assert_eq!(texts(&law, element), [value], "{engine:?}: {law}");
        }
        let address = texts(&law, "dc:identifier")[0]
            .strip_prefix("https://thu.example")
            .unwrap()
            .to_owned();
        assert_eq!(got(&web, &address).await.status, 200);
        // The protocol wants the same of a form.
        let form = [
            ("verb", "ListIdentifiers"),
            ("metadataPrefix", "oai_dc"),
            ("set", "co-quan.huyen-b"),
        ];
        let posted = web.ask(&Ask::post(PUBLIC, "/oai", &form)).await.unwrap();
        assert_eq!(posted.status, 200, "{}", posted.text());
        assert_eq!(
            texts(&posted.text(), "identifier"),
            [format!("urn:uuid:{}", items[3].0)]
        );
        assert!(posted.text().contains(
            "<request verb=\"ListIdentifiers\" metadataPrefix=\"oai_dc\" set=\"co-quan.huyen-b\">"
        ));
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn opn_06_every_code_of_the_protocol_is_given() {
    let house = House::on(BOTH[0]).await.unwrap();
    let empty = Web::of(&house, true).unwrap();
    let none = asked(&empty, "verb=ListRecords&metadataPrefix=oai_dc").await;
    assert_eq!(code(&none), "noRecordsMatch");
    let items = four_items(&house).await;
    copies(&house, items[1], 100).await;
    let web = Web::of(&house, true).unwrap();
    let id = format!("urn:uuid:{}", items[1].0);
    let first = asked(&web, "verb=ListRecords&metadataPrefix=oai_dc").await;
    let token = texts(&first, "resumptionToken").remove(0);
    let cut = &token[1..];
    // The state of another list under this one's mark: its arguments were changed.
    let other = asked(&web, "verb=ListRecords&metadataPrefix=oai_dc&set=co-quan.so-a").await;
    let other = texts(&other, "resumptionToken").remove(0);
    let (state, mark) = (other.split('.').next().unwrap(), token.split('.').nth(1).unwrap());
    for (query, expected) in [
        (String::new(), "badVerb"),
        ("verb=Khac".into(), "badVerb"),
        ("verb=Identify&verb=Identify".into(), "badVerb"),
        ("verb=Identify&set=x".into(), "badArgument"),
        ("verb=ListRecords".into(), "badArgument"),
        (
            "verb=ListRecords&metadataPrefix=oai_dc&from=hom-qua".into(),
            "badArgument",
        ),
        (
            format!("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken={token}"),
            "badArgument",
        ),
        (
            format!("verb=ListRecords&resumptionToken={cut}"),
            "badResumptionToken",
        ),
        (
            format!("verb=ListRecords&resumptionToken={state}.{mark}"),
            "badResumptionToken",
        ),
        (
            format!("verb=ListIdentifiers&resumptionToken={token}"),
            "badResumptionToken",
        ),
        ("verb=ListRecords&resumptionToken=".into(), "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x".into(), "badResumptionToken"),
        (
            "verb=ListRecords&metadataPrefix=marc21".into(),
            "cannotDisseminateFormat",
        ),
        (
            format!("verb=GetRecord&metadataPrefix=marc21&identifier={id}"),
            "cannotDisseminateFormat",
        ),
        (
            "verb=GetRecord&metadataPrefix=oai_dc&identifier=urn:uuid:x".into(),
            "idDoesNotExist",
        ),
        ("verb=ListMetadataFormats&identifier=x".into(), "idDoesNotExist"),
        (
            "verb=ListRecords&metadataPrefix=oai_dc&set=khong-co".into(),
            "noRecordsMatch",
        ),
        (
            "verb=ListRecords&metadataPrefix=oai_dc&until=2019-01-01".into(),
            "noRecordsMatch",
        ),
        (
            "verb=ListIdentifiers&metadataPrefix=oai_dc&from=2021-01-01".into(),
            "noRecordsMatch",
        ),
    ] {
        let xml = asked(&web, &query).await;
        assert_eq!(code(&xml), expected, "{query}: {xml}");
        // Where verb or arguments are wrong they are not repeated (3.2).
        let bare = xml.contains("<request>https://thu.example/oai</request>");
        assert_eq!(
            bare,
            matches!(expected, "badVerb" | "badArgument"),
            "{query}: {xml}"
        );
    }
    // A list of identifiers goes on by its own token, and ends with an empty one.
    let first = asked(&web, "verb=ListIdentifiers&metadataPrefix=oai_dc").await;
    let own = texts(&first, "resumptionToken").remove(0);
    let rest = asked(&web, &format!("verb=ListIdentifiers&resumptionToken={own}")).await;
    assert_eq!(texts(&rest, "identifier").len(), 4);
    assert_eq!(texts(&rest, "resumptionToken"), [String::new()]);
    // A list that was begun is gone with its section: to be begun anew.
    put(&house, Status::Hidden).await;
    let gone = asked(&web, &format!("verb=ListRecords&resumptionToken={other}")).await;
    assert_eq!(code(&gone), "badResumptionToken", "{gone}");
    house.end().await.unwrap();
}

#[tokio::test]
async fn opn_06_letters_go_to_the_agency_of_justice_where_it_names_an_address() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let addresses = async || {
            let identify = asked(&web, "verb=Identify").await;
            let dcat = got(&web, "/du-lieu/dcat.jsonld").await;
            let dcat: Value = serde_json::from_slice(&dcat.body).unwrap();
            let dcat = dcat["dcat:dataset"][0]["dcat:contactPoint"]["vcard:hasEmail"]["@id"].as_str();
            (texts(&identify, "adminEmail").remove(0), dcat.unwrap().to_owned())
        };
        let told = |address: &str| (address.to_owned(), format!("mailto:{address}"));
        let (of_letters, of_justice) = (told("pbgdpl@thu.example"), told("pbgdpl@so-a.example"));
        assert_eq!(addresses().await, of_letters, "{engine:?}: no agency of justice");
        made(&house, |agency| agency.report_row = ReportRow::SoTuPhap).await;
        assert_eq!(addresses().await, of_letters, "{engine:?}: it names none");
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        let facts = Facts {
            responsible: "Phó Giám đốc".into(),
            email: "pbgdpl@so-a.example".into(),
            ..Facts::default()
        };
        let written = change(&house.app, &admin, facts).await.unwrap();
        assert_eq!(written, Outcome::Done);
        settled(&house).await;
        assert_eq!(addresses().await, of_justice, "{engine:?}");
        put(&house, Status::Hidden).await;
        assert_eq!(addresses().await, of_letters, "{engine:?}: its section rests");
        house.end().await.unwrap();
    }
}
