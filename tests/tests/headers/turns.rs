//! Many ask for a page that is not kept: it is made once, and nobody waits for one who left or failed.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use futures::future::join_all;
use http::StatusCode;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web, settings};
use pbgdpl_web::arrival::Table;
use pbgdpl_web::routes::{Audience, Keep, Route};

static MADE: AtomicUsize = AtomicUsize::new(0);
static FAILED: AtomicUsize = AtomicUsize::new(0);

async fn slow() -> Response {
    MADE.fetch_add(1, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut response = Response::new(Body::from("làm xong"));
    let text = http::HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(http::header::CONTENT_TYPE, text);
    response
}

async fn failing() -> Response {
    FAILED.fetch_add(1, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(20)).await;
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

async fn served() -> (House, Web) {
    let house = House::on(BOTH[0]).await.unwrap();
    let everybody = Audience::Visitor;
    let routes = [
        Route::get(Table::Province, "/so-lieu/cham", everybody, slow).keep(Keep::Page(&["q"])),
        Route::get(Table::Province, "/so-lieu/hong", everybody, failing).keep(Keep::Page(&[])),
    ];
    let web = Web::with(house.app.clone(), &house.clock, settings(true).unwrap(), &routes);
    (house, web)
}

#[tokio::test]
async fn a_page_that_many_ask_for_is_made_once() {
    let (house, web) = served().await;
    let ask = Ask::get("thu.example", "/so-lieu/cham");
    let answers = join_all((0..40).map(|_| web.ask(&ask))).await;
    for answer in answers {
        assert_eq!(answer.unwrap().text(), "làm xong");
    }
    assert_eq!(MADE.load(Ordering::SeqCst), 1);
    // Another page does not wait for this one.
    let asks: Vec<Ask> = (0..3)
        .map(|n| Ask::get("thu.example", &format!("/so-lieu/cham?q={n}")))
        .collect();
    join_all(asks.iter().map(|ask| web.ask(ask))).await;
    assert_eq!(MADE.load(Ordering::SeqCst), 4);
    // One who left gives the turn away.
    let left = Ask::get("thu.example", "/so-lieu/cham?q=bo");
    let gone = tokio::time::timeout(Duration::from_millis(10), web.ask(&left)).await;
    assert!(gone.is_err(), "it left before the page was made");
    assert_eq!(web.ask(&left).await.unwrap().status, 200);
    let many = join_all((0..10).map(|_| async {
        web.ask(&Ask::get("thu.example", "/so-lieu/hong"))
            .await
            .unwrap()
            .status
    }))
    .await;
    assert!(many.iter().all(|status| *status == 404));
    let failed = FAILED.load(Ordering::SeqCst);
    assert_eq!(
        failed, 10,
        "what is not kept is made for everybody, after one wait"
    );
    house.end().await.unwrap();
}
