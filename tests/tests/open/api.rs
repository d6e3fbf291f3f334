//! OPN-04: every operation answers as `/api/openapi.json` says, and every operation stands there; limits, conditions, refusals.

use std::collections::{BTreeMap, BTreeSet};

use pbgdpl_model::agency::Status;
use pbgdpl_model::article::Kind;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::figure::Scope;
use pbgdpl_model::ledger::Measure;
use pbgdpl_province::public_figure::{approve::approve, propose::Propose, propose::propose};
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Answer, Ask, Web};
use pbgdpl_web::dispatch::BURST;
use pbgdpl_web::headers::COUNTED_CACHE;
use pbgdpl_web::routes::all;
use serde_json::{Value, json};

use super::{PUBLIC, copies, day, four_items, got, made, publish, put, settled, take_back};

/// A public figure over the items that were published.
pub(super) async fn figure(house: &House) -> String {
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let order = Propose {
        measure: Measure::MaterialsOnline,
        scope: Scope::Province,
        year: None,
        title: "Tài liệu đăng mạng".into(),
        note: "Lời ghi kèm".into(),
        from: day(6, 15),
    };
    let id = propose(&house.province, &officer, order).await.unwrap();
    let second = house.province_ctx(&house.consolidator).await.unwrap();
    approve(&house.province, &second, id).await.unwrap();
    settled(house).await;
    id.to_string()
}

fn read(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.text()))
}

/// Closes every schema, so that a member that is not described is found: objects behind a branch are closed by the branch.
fn close(value: &mut Value, branch: bool) {
    match value {
        Value::Object(object) => {
            let refers = object.contains_key("$ref");
            if branch && (refers || object.contains_key("properties")) {
                object.insert("unevaluatedProperties".into(), json!(false));
            }
            for (name, inner) in object.iter_mut() {
                if name == "oneOf" {
                    inner
                        .as_array_mut()
                        .unwrap()
                        .iter_mut()
                        .for_each(|one| close(one, true));
                } else {
                    close(inner, false);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| close(one, false)),
        _ => {}
    }
}

/// Names of the schemas that stand behind a branch.
fn behind(value: &Value, in_branch: bool, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            if let (true, Some(name)) = (in_branch, object.get("$ref").and_then(Value::as_str)) {
                found.insert(name.rsplit('/').next().unwrap().to_owned());
            }
            for (name, inner) in object {
                behind(inner, name == "oneOf", found);
            }
        }
        Value::Array(list) => list.iter().for_each(|one| behind(one, in_branch, found)),
        _ => {}
    }
}

fn validator(document: &Value, schema: &Value) -> jsonschema::Validator {
    let mut components = document["components"].clone();
    let mut open = BTreeSet::new();
    behind(&components, false, &mut open);
    close(&mut components, false);
    for (name, schema) in components["schemas"].as_object_mut().unwrap() {
        let object = schema.as_object_mut().unwrap();
        if object.contains_key("properties") && !object.contains_key("oneOf") && !open.contains(name) {
            object.insert("unevaluatedProperties".into(), json!(false));
        }
    }
    let mut whole = schema.clone();
    whole["components"] = components;
    jsonschema::draft202012::new(&whole).unwrap()
}

fn holds(document: &Value, schema: &Value, answer: &Answer, what: &str) {
    let value = read(answer);
    let errors: Vec<String> = validator(document, schema)
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}\n{value:#}");
}

#[tokio::test]
async fn opn_04_every_operation_answers_as_the_document_says() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        let figure = figure(&house).await;
        take_back(&house, items[2]).await;
        settled(&house).await;
        let web = Web::of(&house, true).unwrap();
        let document = read(&got(&web, "/api/openapi.json").await);
        assert_eq!(document["openapi"], "3.1.0");
        let paths = document["paths"].as_object().unwrap();
        let told: BTreeSet<&str> = paths.keys().map(String::as_str).collect();
        let routes = all();
        let routed: BTreeSet<&str> = routes
            .iter()
            .map(|route| route.path)
            .filter(|path| path.starts_with("/api/") && *path != "/api/")
            .collect();
        assert_eq!(told, routed, "the document and the route table differ");
        for (path, operations) in paths {
            let operation = &operations["get"];
            let route = routes.iter().find(|route| route.path == path).unwrap();
            let pbgdpl_web::routes::Keep::Page(keys) = route.keep else {
                panic!("{path} is not kept")
            };
            let parameters = operation["parameters"].as_array().unwrap();
            let of = |place: &str| -> BTreeSet<&str> {
                let mine = parameters.iter().filter(|one| one["in"] == place);
                mine.map(|one| one["name"].as_str().unwrap()).collect()
            };
            assert_eq!(of("query"), keys.iter().copied().collect(), "{path}");
            assert_eq!(of("path"), route.parameters().into_iter().collect(), "{path}");
            let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
            for (item, shown) in [(items[1], "published"), (items[2], "withdrawn")] {
                let path = path
                    .replace("{item}", &item.to_string())
                    .replace("{figure}", &figure);
                let answer = got(&web, &path).await;
                assert_eq!(answer.status, 200, "{engine:?} {path}: {}", answer.text());
                assert_eq!(answer.header("content-type"), "application/json");
                assert_eq!(answer.header("access-control-allow-origin"), "*");
                assert_eq!(answer.header("vary"), "Accept-Encoding");
                assert!(answer.header("ratelimit").starts_with("\"api\";r="), "{path}");
                holds(&document, schema, &answer, &format!("{engine:?} {path}"));
                if path.ends_with(&item.to_string()) {
                    assert_eq!(read(&answer)["state"], shown);
                }
                let again = Ask::get(PUBLIC, &path).with("if-none-match", answer.header("etag"));
                assert_eq!(web.ask(&again).await.unwrap().status, 304, "{path}");
            }
            let wrong = got(&web, &format!("{}?khong-co=1", path.replace(['{', '}'], ""))).await;
            let problem = &operation["responses"]["400"]["content"]["application/problem+json"]["schema"];
            assert_eq!(wrong.status, 400, "{path}");
            assert_eq!(wrong.header("content-type"), "application/problem+json");
            holds(&document, problem, &wrong, path);
            assert_eq!(read(&wrong)["errors"][0]["field"], "khong-co");
        }
        // A schema that fits nothing else: the test itself would notice.
        let whole = &document["paths"]["/api/v1/co-quan"]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        let items = read(&got(&web, "/api/v1/bai").await);
        assert!(!validator(&document, whole).is_valid(&items));
        let mut more = read(&got(&web, "/api/v1/co-quan").await);
        assert!(validator(&document, whole).is_valid(&more));
        more["agencies"][0]["khong-ke"] = json!(1);
        assert!(!validator(&document, whole).is_valid(&more));
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn opn_04_a_list_is_read_to_its_end_and_withdrawals_are_told() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        take_back(&house, items[0]).await;
        copies(&house, items[1], 450).await;
        settled(&house).await;
        let web = Web::of(&house, true).unwrap();
        let (mut seen, mut after, mut calls) = (Vec::new(), String::new(), 0);
        loop {
            let page = read(&got(&web, &format!("/api/v1/bai?so=200{after}")).await);
            calls += 1;
            seen.extend(page["items"].as_array().unwrap().clone());
            match page["next"].as_str() {
                Some(next) => after = format!("&sau={next}"),
                None => break,
            }
        }
        assert_eq!((seen.len(), calls), (454, 3), "{engine:?}");
        let ids: BTreeSet<&str> = seen.iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 454, "{engine:?}: one stands twice");
        let changes: Vec<&str> = seen
            .iter()
            .map(|item| item["changed_at"].as_str().unwrap())
            .collect();
        assert!(changes.is_sorted(), "{engine:?}");
        let gone: Vec<&Value> = seen.iter().filter(|item| item["state"] == "withdrawn").collect();
        assert_eq!(gone.len(), 1);
        assert_eq!(gone[0]["key"], items[0].to_string());
        assert_eq!(gone[0]["reason"], "Nội dung đã cũ.");
        assert!(!gone[0].to_string().contains("Đất chưa có sổ &"), "{}", gone[0]);

        let count = async |query: &str| {
            let page = read(&got(&web, &format!("/api/v1/bai?so=200&{query}")).await);
            page["items"].as_array().unwrap().len()
        };
        assert_eq!(count("co-quan=huyen-b").await, 1, "{engine:?}");
        assert_eq!(count("loai=to-gap").await, 1);
        assert_eq!(count("co-quan=huyen-b&loai=to-gap").await, 0);
        assert_eq!(count("tu=2020-06-15").await, 200);
        assert_eq!(count("tu=2020-06-16").await, 0);
        assert_eq!(count("tu=2020-06-15T00:00:00%2B07:00&loai=tin").await, 2);
        // What changes afterwards is found by its moment.
        house.clock.advance_seconds(600);
        let since = house.app.now().rfc3339().replace('+', "%2B");
        take_back(&house, items[2]).await;
        settled(&house).await;
        let news = read(&got(&web, &format!("/api/v1/bai?tu={since}")).await);
        let news = news["items"].as_array().unwrap();
        assert_eq!(news.len(), 1, "{engine:?}: {news:?}");
        assert_eq!(
            (&news[0]["state"], &news[0]["key"]),
            (&json!("withdrawn"), &json!(items[2].to_string()))
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn opn_04_what_cannot_be_taken_is_refused_with_its_name_and_what_rests_is_not_told() {
    let house = House::on(BOTH[0]).await.unwrap();
    let items = four_items(&house).await;
    let web = Web::of(&house, true).unwrap();
    for (query, field) in [
        ("so=0", "so"),
        ("so=201", "so"),
        ("so=x", "so"),
        ("loai=khac", "loai"),
        ("co-quan=khong-co", "co-quan"),
        ("tu=15/06/2020", "tu"),
        ("sau=x", "sau"),
        ("trang=2", "trang"),
        ("so=1&so=2", "so"),
        ("loai=", "loai"),
        ("tu=2020-06-15&co-quan=", "co-quan"),
    ] {
        let answer = got(&web, &format!("/api/v1/bai?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
        let problem = read(&answer);
        assert_eq!(problem["errors"][0]["field"], field, "{query}");
        assert_eq!(problem["errors"][0]["reason"], problem["detail"]);
        assert_eq!(problem["request_id"], answer.header("x-request-id"));
    }
    for path in [
        "/api/v1/khong-co",
        "/api/v2/bai",
        "/api/v1/bai/khong-co",
        "/api/v1/so-lieu/00000000000000000000000000",
    ] {
        let answer = got(&web, path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (404, "application/problem+json"),
            "{path}"
        );
    }
    let written = web.ask(&Ask::post(PUBLIC, "/api/v1/bai", &[])).await.unwrap();
    assert_eq!(
        (written.status.as_u16(), read(&written)["status"].as_i64()),
        (405, Some(405))
    );
    // Also what no page of ours is asked with (RFC 9110 10.2.1).
    let mut asked = Ask::get(PUBLIC, "/api/v1/bai");
    asked.method = http::Method::OPTIONS;
    let refused = web.ask(&asked).await.unwrap();
    assert_eq!(
        (refused.status.as_u16(), refused.header("allow")),
        (405, "GET, HEAD")
    );
    let page = got(&web, "/api").await;
    assert!(page.text().contains("/api/v1/co-quan") && page.header("content-type").starts_with("text/html"));

    put(&house, Status::Hidden).await;
    let agencies = read(&got(&web, "/api/v1/co-quan").await);
    assert_eq!(agencies["agencies"].as_array().unwrap().len(), 1);
    let left = read(&got(&web, "/api/v1/bai").await);
    assert_eq!(left["items"].as_array().unwrap().len(), 1);
    assert_eq!(got(&web, &format!("/api/v1/bai/{}", items[0])).await.status, 404);
    house.end().await.unwrap();
}

#[tokio::test]
async fn opn_04_a_caller_asks_so_much_and_no_more() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let mut left = BURST;
    while left > 0 {
        let answer = got(
            &web,
            if left % 2 == 0 {
                "/api/v1/co-quan"
            } else {
                "/oai?verb=Identify"
            },
        )
        .await;
        left -= 1;
        assert_eq!(answer.status, 200);
        assert!(
            answer
                .header("ratelimit")
                .starts_with(&format!("\"api\";r={left};")),
            "{left}"
        );
        assert_eq!(answer.header("ratelimit-policy"), "\"api\";q=120;w=60");
    }
    let (page, plain) = ("text/html; charset=utf-8", "text/plain; charset=utf-8");
    for (ask, status, kind, wait) in [
        (
            Ask::get(PUBLIC, "/api/v1/co-quan"),
            429,
            "application/problem+json",
            "1",
        ),
        // The protocol knows one way to be told to wait (OAI-PMH 3.1.2.2).
        (Ask::get(PUBLIC, "/oai?verb=Identify"), 503, plain, "1"),
        (
            Ask::post(PUBLIC, "/oai", &[("verb", "Identify")]),
            503,
            plain,
            "1",
        ),
        (Ask::get(PUBLIC, "/du-lieu/bai.csv"), 429, page, "3"),
        (Ask::get(PUBLIC, "/anh/tinh-0.png"), 429, page, "1"),
        (Ask::get(PUBLIC, "/so-a/anh/chuyen-muc-0.png"), 429, page, "1"),
    ] {
        let path = &ask.path;
        let refused = web.ask(&ask).await.unwrap();
        assert_eq!(
            (refused.status.as_u16(), refused.header("content-type")),
            (status, kind),
            "{path}"
        );
        assert_eq!(refused.header("retry-after"), wait, "{path}");
        assert!(
            refused.header("ratelimit").starts_with("\"api\";r=0;t=60"),
            "{}",
            refused.header("ratelimit")
        );
        assert_eq!(refused.header("cache-control"), "no-store");
    }
    assert_eq!(
        got(&web, "/so-a/feed.atom").await.status,
        200,
        "readers of pages and feeds are not counted"
    );
    house.clock.advance_seconds(1);
    assert_eq!(got(&web, "/api/v1/co-quan").await.status, 200);
    house.end().await.unwrap();
}

#[tokio::test]
async fn opn_04_what_is_left_to_a_caller_is_told_to_nobody_else() {
    let house = House::on(BOTH[0]).await.unwrap();
    four_items(&house).await;
    let web = Web::of(&house, true).unwrap();
    let left = |answer: &Answer| answer.header("ratelimit").to_owned();
    let first = got(&web, "/api/v1/co-quan").await;
    let again = Ask::get(PUBLIC, "/api/v1/co-quan").with("if-none-match", first.header("etag"));
    let answers = [
        got(&web, "/api/v1/co-quan").await,
        web.ask(&again).await.unwrap(),
        first,
    ];
    // The page is kept here, the count is not; and no cache between us and several readers keeps either.
    let told: BTreeSet<String> = answers.iter().map(left).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!(answers[0].body, answers[2].body);
    for answer in &answers {
        assert_eq!(answer.header("cache-control"), COUNTED_CACHE);
        assert_eq!(
            answer.header("access-control-expose-headers"),
            "ETag, RateLimit, RateLimit-Policy, Retry-After"
        );
    }
    assert_eq!(web.answered_at_the_door(), 0);
    // A picture is counted too, and kept by everybody: nothing of a caller stands on it.
    let moved = got(&web, "/anh/tinh-0.png").await;
    let picture = got(&web, moved.header("location")).await;
    assert_eq!(
        (picture.status.as_u16(), left(&picture).as_str()),
        (200, ""),
        "{:?}",
        picture.headers
    );
    let counted = got(&web, "/oai?verb=Identify").await;
    assert!(
        left(&counted).starts_with(&format!("\"api\";r={};", BURST - 6)),
        "{}",
        left(&counted)
    );
    assert_eq!(counted.header("cache-control"), "no-store");
    house.end().await.unwrap();
}

/// What somebody keeps of the public items by the way that `docs/huong-dan/du-lieu-mo.md` tells.
#[derive(Default)]
struct Mirror {
    items: BTreeMap<String, Value>,
    agencies: BTreeSet<String>,
    began: Option<Moment>,
}

impl Mirror {
    /// Reads a list to its end, each line over what is there.
    async fn list(&mut self, web: &Web, query: &str) {
        let mut next = String::new();
        loop {
            let page = read(&got(web, &format!("/api/v1/bai?so=2{query}{next}")).await);
            for item in page["items"].as_array().unwrap() {
                let id = item["id"].as_str().unwrap().to_owned();
                self.items.insert(id, item.clone());
            }
            match page["next"].as_str() {
                Some(place) => next = format!("&sau={place}"),
                None => return,
            }
        }
    }

    async fn follow(&mut self, house: &House, web: &Web) {
        let now = house.app.now();
        let from = self.began.map(|began| {
            let from = began.plus_seconds(-60).utc().format("%Y-%m-%dT%H:%M:%SZ");
            format!("&tu={from}")
        });
        self.list(web, from.as_deref().unwrap_or_default()).await;
        let list = read(&got(web, "/api/v1/co-quan?so=500").await);
        let codes = list["agencies"].as_array().unwrap().iter();
        let open: BTreeSet<String> = codes
            .map(|one| one["code"].as_str().unwrap().to_owned())
            .collect();
        let back: Vec<String> = open.difference(&self.agencies).cloned().collect();
        if self.began.is_some() {
            for code in back {
                self.list(web, &format!("&co-quan={code}")).await;
            }
        }
        self.items
            .retain(|_, item| open.contains(item["agency"].as_str().unwrap()));
        (self.agencies, self.began) = (open, Some(now));
    }
}

#[tokio::test]
async fn opn_04_a_copy_that_is_kept_as_the_guide_says_is_what_is_public() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        let web = Web::of(&house, true).unwrap();
        let mut copy = Mirror::default();
        let equal = async |copy: &Mirror, many: usize, what: &str| {
            let mut anew = Mirror::default();
            anew.follow(&house, &web).await;
            assert_eq!(copy.items, anew.items, "{engine:?}: {what}");
            assert_eq!(anew.items.len(), many, "{engine:?}: {what}");
        };
        copy.follow(&house, &web).await;
        equal(&copy, 4, "at the beginning").await;

        house.clock.advance_seconds(600);
        take_back(&house, items[0]).await;
        publish(&house, &house.a, &house.in_a, Kind::ToGap, "Tờ gấp mới").await;
        settled(&house).await;
        copy.follow(&house, &web).await;
        equal(&copy, 5, "after a withdrawal and a publication").await;
        let gone = &copy.items[&format!("urn:uuid:{}", items[0].0)];
        assert_eq!(gone["state"], "withdrawn", "{engine:?}");

        house.clock.advance_seconds(600);
        put(&house, Status::Hidden).await;
        copy.follow(&house, &web).await;
        equal(&copy, 1, "while a section rests").await;

        house.clock.advance_seconds(600);
        put(&house, Status::Open).await;
        // It comes back without a change of its items: whoever follows changes alone would miss it.
        let since = house
            .app
            .now()
            .plus_seconds(-700)
            .utc()
            .format("%Y-%m-%dT%H:%M:%SZ");
        let changes = read(&got(&web, &format!("/api/v1/bai?tu={since}")).await);
        assert_eq!(changes["items"], json!([]), "{engine:?}");
        copy.follow(&house, &web).await;
        equal(&copy, 5, "when it is back").await;

        house.clock.advance_seconds(600);
        made(&house, |agency| agency.slug = "so-moi".into()).await;
        copy.follow(&house, &web).await;
        equal(&copy, 5, "under another code").await;
        house.end().await.unwrap();
    }
}
