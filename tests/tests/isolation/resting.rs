//! TEN-05 over the province's own outputs, generated from the route table: pages, feeds, calendar, sitemap, API, OAI-PMH, datasets,
//! catalogue, oEmbed and pictures name nothing of a section that is hidden, and go on naming the others.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use http::Method;
use pbgdpl_app::article::{Outcome, approve, create, submit};
use pbgdpl_model::agency::Status;
use pbgdpl_model::article::{Content, Document, Kind};
use pbgdpl_testkit::furnish::Furnished;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use pbgdpl_web::arrival::Table;
use pbgdpl_web::routes::{Keep, Route, all};

use crate::slots::{PUBLIC, two};
use crate::suspended::put;

/// Routes of the province that show what agencies published while their sections are open; the rest shows none of it.
const SHOWING: &[&str] = &[
    "GET /",
    "GET /api/v1/bai",
    "GET /api/v1/bai/{item}",
    "GET /api/v1/co-quan",
    "GET /du-lieu/{file}",
    "GET /feed.atom",
    "GET /feed.json",
    "GET /feed.rss",
    "GET /lich.ics",
    "GET /oai",
    "GET /oembed",
    "GET /sitemap.xml",
    "GET /tim-kiem",
    "POST /oai",
];

/// Every way in which a route of the province could be asked for something of an agency: paths with their queries. A new route
/// with a parameter, or with keys of a query, gets an entry here.
fn questions(route: &Route, of: &Furnished) -> Vec<String> {
    let (slug, item) = (of.tenant.slug(), of.article);
    let with = |queries: &[String]| -> Vec<String> {
        queries
            .iter()
            .map(|query| format!("{}{query}", route.path))
            .collect()
    };
    let id = format!("urn:uuid:{}", item.0);
    match (route.path, route.keep) {
        ("/tim-kiem", _) => with(&["?q=tieu+de".to_owned(), "?q=luat+moi&trang=1".to_owned()]),
        ("/feed.atom" | "/feed.rss" | "/feed.json", _) => {
            with(&[String::new(), "?tieng=vi".to_owned(), "?tieng=bdq".to_owned()])
        }
        ("/sitemap.xml", _) => with(&[String::new(), "?trang=1".to_owned()]),
        ("/oembed", _) => {
            let key = &of.embed.key;
            let pages = [
                format!("https%3A%2F%2Fthu.example%2F{slug}%2F"),
                format!("https%3A%2F%2Fthu.example%2F{slug}%2Fbai%2F{item}"),
                format!("https%3A%2F%2F{slug}.thu.example%2Fbai%2F{item}"),
                format!("https%3A%2F%2Fnhung.thu.example%2Fk%2F{key}%2Fbai%2F{item}"),
            ];
            let asked = pages
                .iter()
                .flat_map(|page| ["json", "xml"].map(|format| format!("?url={page}&format={format}")));
            with(&asked.collect::<Vec<_>>())
        }
        ("/oai", _) => with(&[
            "?verb=Identify".to_owned(),
            "?verb=ListSets".to_owned(),
            "?verb=ListRecords&metadataPrefix=oai_dc".to_owned(),
            "?verb=ListRecords&metadataPrefix=oai_dc&set=loai.tin".to_owned(),
            format!("?verb=ListRecords&metadataPrefix=oai_dc&set=co-quan.{slug}"),
            "?verb=ListIdentifiers&metadataPrefix=oai_dc&from=2020-01-01".to_owned(),
            format!("?verb=GetRecord&metadataPrefix=oai_dc&identifier={id}"),
            format!("?verb=ListMetadataFormats&identifier={id}"),
        ]),
        ("/api/v1/bai", _) => with(&[
            String::new(),
            "?so=200&tu=2020-01-01".to_owned(),
            "?loai=tin".to_owned(),
            format!("?co-quan={slug}"),
        ]),
        ("/api/v1/bai/{item}", _) => vec![format!("/api/v1/bai/{item}"), format!("/api/v1/bai/{}", item.0)],
        ("/api/v1/co-quan", _) => with(&[String::new(), "?so=500".to_owned()]),
        ("/du-lieu/{file}", _) => ["bai", "co-quan", "so-lieu"]
            .iter()
            .flat_map(|dataset| {
                ["csv", "json", "csv-metadata.json"].map(|ending| format!("{dataset}.{ending}"))
            })
            .map(|file| format!("/du-lieu/{file}"))
            .collect(),
        ("/anh/{card}", _) => vec![
            format!("/anh/{item}"),
            format!("/anh/{item}-0.png"),
            "/anh/tinh-0.png".to_owned(),
        ],
        ("/tai-nguyen/{file}", _) => vec!["/tai-nguyen/page.css".to_owned()],
        (path, _) if path.contains("{figure}") => vec![path.replace("{figure}", &item.to_string())],
        (path, Keep::Page([]) | Keep::Nothing) if !path.contains('{') => vec![path.to_owned()],
        _ => panic!("{route:?}: how could it be asked for something of an agency? Give it an entry"),
    }
}

/// What only this section, or who lists it, could say.
fn words(of: &Furnished, mark: &str) -> Vec<String> {
    let slug = of.tenant.slug();
    vec![
        mark.to_owned(),
        mark.to_lowercase(),
        format!("/{slug}/"),
        format!("co-quan.{slug}"),
        of.tenant.short(NaiveDate::default()).to_owned(),
        of.article.to_string(),
        of.article.0.to_string(),
        of.tenant.id().0.to_string(),
    ]
}

/// Asks every route of the province in every way; those that say any of the words that were not in the question.
async fn saying(house: &House, web: &Web, of: &Furnished, mark: &str, what: &str) -> BTreeSet<String> {
    let words = words(of, mark);
    let mut found = BTreeSet::new();
    for route in all().iter().filter(|route| route.table == Table::Province) {
        // Counted routes: each has a full bucket.
        house.clock.advance_seconds(60);
        for question in questions(route, of) {
            // Twice: made, then kept.
            for _ in 0..2 {
                let ask = if route.method == Method::POST {
                    let query = question.split_once('?').map_or("", |(_, query)| query);
                    let fields: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes())
                        .into_owned()
                        .collect();
                    let fields: Vec<(&str, &str)> = fields
                        .iter()
                        .map(|(name, value)| (name.as_str(), value.as_str()))
                        .collect();
                    Ask::post(PUBLIC, route.path, &fields)
                } else {
                    Ask::get(PUBLIC, &question)
                };
                let answer = web.ask(&ask).await.unwrap();
                assert!(
                    !answer.status.is_server_error() && answer.status != 429,
                    "{what} {question}: {}",
                    answer.status
                );
                // Headers too: no redirect leads there.
                let told = answer.masked();
                if words
                    .iter()
                    .any(|word| !question.contains(word.as_str()) && told.contains(word.as_str()))
                {
                    found.insert(format!("{} {}", route.method, route.path));
                }
            }
        }
    }
    found
}

/// A document of law, so that the calendar has a day.
async fn law(house: &House, of: &Furnished, mark: &str) {
    let editor = house.ctx(&of.tenant, &of.people.editor).await.unwrap();
    let approver = house.ctx(&of.tenant, &of.people.approver).await.unwrap();
    let content = Content {
        title: format!("{mark} luật mới"),
        summary: format!("{mark} tóm tắt"),
        body: format!("{mark} nội dung"),
        document: Some(Document {
            number: "64/2020/QH14".into(),
            kind: "Luật".into(),
            issuer: "Quốc hội".into(),
            issued: NaiveDate::from_ymd_opt(2020, 6, 18),
            effective: NaiveDate::from_ymd_opt(2021, 7, 1),
            expires: None,
            affected: "Người dân".into(),
            source_url: "https://vbpl.vn/64-2020".into(),
        }),
        ..Content::default()
    };
    let made = create::create(&house.app, &editor, Kind::VanBanMoi, content)
        .await
        .unwrap();
    let Outcome::Done(id) = made else {
        panic!("not done: {made:?}")
    };
    submit::submit(&house.app, &editor, id).await.unwrap();
    approve::approve(&house.app, &approver, id, 1, "").await.unwrap();
}

#[tokio::test]
async fn ten_05_no_output_of_the_province_names_a_section_that_is_hidden() {
    let showing: BTreeSet<String> = SHOWING.iter().map(|route| (*route).to_owned()).collect();
    for engine in BOTH {
        let (house, a, b) = two(engine).await;
        law(&house, &a, "CANARY-A").await;
        law(&house, &b, "CANARY-B").await;
        let web = Web::of(&house, true).unwrap();
        for (status, shown) in [
            (Status::Open, true),
            (Status::Hidden, false),
            (Status::ReadOnly, true),
            (Status::Hidden, false),
            (Status::Open, true),
        ] {
            put(&house, &a, status).await;
            let what = format!("{engine:?} {status:?}");
            let found = saying(&house, &web, &a, "CANARY-A", &what).await;
            let expected = if shown { showing.clone() } else { BTreeSet::new() };
            assert_eq!(found, expected, "{what}");
            let others = saying(&house, &web, &b, "CANARY-B", &what).await;
            assert_eq!(others, showing, "{what}: the others stay");
        }
    }
}
