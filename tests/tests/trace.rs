//! One trace joins request, act, SQL and the outbox job at a collector; a collector that is down costs no request.
//!
//! A program of its own: what other tests do on threads without a subscriber would be kept as "nobody listens" for
//! every span that they meet first.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use bytes::Bytes;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use pbgdpl_app::article::{Outcome, create as write};
use pbgdpl_config::{Settings, Telemetry};
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::article::{Content, Kind};
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::statements::ask_everybody;
use pbgdpl_testkit::web::{Ask, HOSTS, Web};
use prost::Message;

type Received = Arc<Mutex<Vec<Span>>>;

/// A collector on a thread of its own: it decodes what arrives with the protocol's published message types.
fn collector() -> (String, Received) {
    let received = Received::default();
    let spans = Arc::clone(&received);
    let (ready, address) = std::sync::mpsc::channel::<SocketAddr>();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            ready.send(listener.local_addr().unwrap()).unwrap();
            let routes = Router::new().route("/v1/traces", post(take)).with_state(spans);
            axum::serve(listener, routes).await.unwrap();
        });
    });
    (format!("http://{}", address.recv().unwrap()), received)
}

async fn take(State(received): State<Received>, body: Bytes) {
    let request = ExportTraceServiceRequest::decode(body).unwrap();
    let spans = request.resource_spans.into_iter().flat_map(|r| r.scope_spans);
    received.lock().unwrap().extend(spans.flat_map(|s| s.spans));
}

fn telemetry(endpoint: String) -> Telemetry {
    let mut settings = Settings::load(None, std::iter::empty()).unwrap().telemetry;
    settings.otlp_endpoint = Some(endpoint);
    settings.filter = "off".into();
    settings
}

/// An editor sends an item to the approvers: over the web, then the jobs. Returns what the answer was.
async fn submitted_over_the_web(house: &House) -> u16 {
    let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    let content = Content {
        title: "Bài có vết".into(),
        summary: "Một câu.".into(),
        body: "Nội dung.".into(),
        ..Content::default()
    };
    let Outcome::Done(item) = write::create(&house.app, &editor, Kind::Tin, content)
        .await
        .unwrap()
    else {
        panic!("not written")
    };
    let web = Web::of(house, true).unwrap();
    let session = house.session(&house.in_a.editor).await.unwrap();
    let (_, desk) = HOSTS[1];
    let path = format!("/quan-tri/{}/bai/{item}/gui-duyet", house.a.slug());
    let answer = web
        .ask(&Ask::post(desk, &path, &[]).signed_in(&session))
        .await
        .unwrap();
    let folder = format!("file:{}", house.folder.path().join("mail").display());
    let sender = Sender::open(&folder, "pbgdpl@thu.example").unwrap();
    let follow = pbgdpl_telemetry::continue_from;
    Jobs::following(house.app.clone(), sender, "https://quantri.thu.example/", follow)
        .run_once_until_idle()
        .await
        .unwrap();
    assert_eq!(house.store.read().backlog().await.unwrap(), (0, 0, 0));
    answer.status.as_u16()
}

/// Waits until a request of this route is at the collector: spans leave once a second.
async fn arrives(received: &Received, route: &str) {
    for _ in 0..200 {
        let there = |span: &Span| span.name == "request" && texts(span).contains(route);
        if received.lock().unwrap().iter().any(there) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

/// Who is whose parent, within one trace.
struct Tree<'a>(BTreeMap<&'a [u8], &'a Span>);

impl Tree<'_> {
    fn is_below(&self, span: &Span, ancestor: &Span) -> bool {
        let mut at = span.parent_span_id.as_slice();
        while let Some(parent) = self.0.get(at) {
            if parent.span_id == ancestor.span_id {
                return true;
            }
            at = parent.parent_span_id.as_slice();
        }
        false
    }
}

fn texts(span: &Span) -> String {
    format!("{:?}", span.attributes)
}

// One thread: the subscriber is this test's own, and every task of it runs here.
#[tokio::test]
async fn request_act_sql_and_job_are_one_trace() {
    for engine in BOTH {
        let (endpoint, received) = collector();
        let house = House::on(engine).await.unwrap();
        let (subscriber, guard) = pbgdpl_telemetry::subscriber(&telemetry(endpoint), "pbgdpl-test").unwrap();
        ask_everybody();
        let watching = tracing::subscriber::set_default(subscriber);
        assert_eq!(submitted_over_the_web(&house).await, 303, "{engine:?}");
        drop(watching);
        arrives(&received, "/gui-duyet").await;
        drop(guard);

        let spans: Vec<Span> = received.lock().unwrap().clone();
        let request = spans
            .iter()
            .find(|span| span.name == "request" && texts(span).contains("/gui-duyet"))
            .unwrap_or_else(|| panic!("{engine:?}: no request among {} spans", spans.len()));
        let of_trace = || spans.iter().filter(|span| span.trace_id == request.trace_id);
        let tree = Tree(of_trace().map(|span| (span.span_id.as_slice(), span)).collect());
        let named = |name: &str| {
            let found: Vec<&Span> = of_trace().filter(|span| span.name == name).collect();
            assert_eq!(found.len(), 1, "{engine:?}: {name}");
            found[0]
        };
        assert!(request.parent_span_id.is_empty(), "a trace begins with us");
        let act = named("article.submit");
        assert!(tree.is_below(act, request), "{engine:?}");
        // The job, and the letters it led to: one for each of both who may approve.
        let jobs: Vec<&Span> = of_trace().filter(|span| span.name == "job").collect();
        assert_eq!(jobs.len(), 3, "{engine:?}");
        assert!(jobs.iter().all(|job| tree.is_below(job, request)), "{engine:?}");
        let letters = jobs.iter().filter(|job| texts(job).contains("letter-"));
        assert_eq!(letters.count(), 2, "{engine:?}");
        let job = jobs.iter().find(|job| !texts(job).contains("letter-")).unwrap();
        assert!(
            texts(job).contains("article-submitted"),
            "{engine:?}: {}",
            texts(job)
        );
        for (what, above) in [("act", act), ("job", job)] {
            let statements: Vec<&Span> = of_trace()
                .filter(|span| span.name.starts_with("sea_orm.") && tree.is_below(span, above))
                .collect();
            assert!(statements.len() >= 2, "{engine:?}: {what} without SQL");
            assert!(
                statements.iter().any(|span| texts(span).contains("db.statement")),
                "{engine:?}: no statement is said"
            );
        }
        let everything = format!("{spans:?}");
        for private in [
            &house.in_a.editor.email,
            &house.in_a.editor.name,
            &"Bài có vết".to_owned(),
        ] {
            assert!(
                !everything.contains(private.as_str()),
                "{engine:?}: «{private}» left"
            );
        }
        drop(spans);
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_collector_that_is_down_costs_no_request() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let house = House::on(pbgdpl_store::Engine::Sqlite).await.unwrap();
    let (subscriber, guard) = pbgdpl_telemetry::subscriber(&telemetry(endpoint), "pbgdpl-test").unwrap();
    ask_everybody();
    let watching = tracing::subscriber::set_default(subscriber);
    assert_eq!(submitted_over_the_web(&house).await, 303);
    drop(watching);
    drop(guard);
    let counters = pbgdpl_telemetry::metrics().unwrap().render();
    assert!(
        counters.contains("pbgdpl_spans_lost_total"),
        "what was lost is counted"
    );
    house.end().await.unwrap();
}
