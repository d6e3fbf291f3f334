//! A webmaster takes the snippet to a page of another origin: the frame grows to its content; an unlisted page is told why not.

use std::sync::{Arc, OnceLock};

use axum::response::Html;
use axum::routing::get;
use pbgdpl_testkit::browser::Window;

use crate::demo::{agency, demo};
use crate::framed::{self, OVERTAKEN, enter, fits, leave};
use crate::paper;
use crate::walk::Walk;

/// As soon as the loader follows a deep link, the frame is sent back to where it began.
const FIRST_LOAD_WINS: &str = "<script>new MutationObserver((_, watching) => {
    const frame = document.querySelector('iframe');
    if (!frame || !frame.dataset.pbgdpl) return;
    watching.disconnect();
    frame.src = frame.src.split('/').slice(0, 5).join('/') + '/';
}).observe(document, { subtree: true, attributes: true, childList: true })</script>";

/// A foreign site that shows what it is given. Returns its port.
async fn site(pasted: Arc<OnceLock<String>>) -> u16 {
    let page = move |before: &'static str| {
        let pasted = pasted.get().cloned().unwrap_or_default();
        Html(format!(
            "<!doctype html><html lang=vi><meta charset=utf-8><meta name=viewport content='width=device-width'>\
             <title>Cổng thông tin</title><link rel=icon href='data:,'>\
             <main><h1>Cổng thông tin của cơ quan</h1><p><a id=truoc href='#sau'>Bỏ qua chuyên mục</a></p>{before}{pasted}\
             <p><a id=sau href='#truoc'>Về đầu trang</a></p></main></html>"
        ))
    };
    let slow = page.clone();
    let routes = axum::Router::new()
        .route("/", get(move || async move { page("") }))
        .route(
            &format!("/{OVERTAKEN}"),
            get(move || async move { slow(FIRST_LOAD_WINS) }),
        );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    port
}

/// What follows from a choice is there without a button: the files of the way, what the usual way is now, what could not be used.
async fn follows(walk: &Walk) {
    walk.press("#tren option[value='nukeviet']").await;
    walk.see("#ma-tep-1").await;
    let usual = "return document.querySelector('#cach option').textContent";
    let usual = walk.browser.execute(usual, vec![]).await.unwrap();
    assert_eq!(usual, "Tự chọn: Mảnh HTML ghép bằng PHP");
    walk.fill("#cao", "9").await;
    walk.press("h1").await;
    walk.see("#ma a[href='#cao']").await;
    walk.look("chosen").await;
}

#[tokio::test]
async fn a_section_stands_in_a_foreign_page() {
    for window in Window::BOTH {
        let (demo, slug) = (demo(), agency(window));
        let pasted = Arc::new(OnceLock::new());
        let port = site(Arc::clone(&pasted)).await;
        let walk = Walk::begin("embedding", window).await;
        walk.go(demo.way_in("agency-admin", Some(slug))).await;
        walk.go(&format!("{}/quan-tri/{slug}/gan", demo.desk())).await;
        walk.look("sites").await;
        walk.fill("#site", "Cổng thông tin").await;
        walk.fill("#origins", &format!("http://localhost:{port}")).await;
        walk.press("form[action$='/gan'] button").await;
        let snippet = walk.see("#ma-dan").await.prop("value").await.unwrap().unwrap();
        assert!(
            snippet.contains("<iframe") && snippet.contains("/nhung.js"),
            "{snippet}"
        );
        pasted.set(snippet).unwrap();
        walk.see("iframe.preview").await.enter_frame().await.unwrap();
        assert!(
            !walk.text("h1").await.is_empty(),
            "the desk shows what will be seen"
        );
        leave(&walk).await;
        walk.look("snippet").await;
        follows(&walk).await;

        walk.go(&format!("http://localhost:{port}/")).await;
        walk.see("iframe[style*=height]").await;
        enter(&walk).await;
        assert!(!walk.text("h1").await.is_empty());
        let broken = walk.browser.accessibility_violations().await.unwrap();
        assert_eq!(broken, []);
        leave(&walk).await;
        fits(&walk).await;
        walk.look("foreign-page").await;
        framed::reads(&walk, &format!("http://localhost:{port}/")).await;
        paper::prints(&walk).await;

        walk.go(&format!("http://127.0.0.1:{port}/")).await;
        enter(&walk).await;
        let told = walk.see("main").await.text().await.unwrap();
        assert!(told.contains(&format!("http://127.0.0.1:{port}")), "{told}");
        leave(&walk).await;
        fits(&walk).await;
        walk.look_at("unlisted", "403").await;
        walk.end().await;
    }
}
