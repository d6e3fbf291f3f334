//! The browser sees what a journey needs to be told, on a page with the strictest headers.

use axum::response::{Html, IntoResponse};
use axum::routing::get;

use super::*;

/// The public policy of SECURITY 5, except what names other hosts.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

const GOOD: &str = "<!doctype html><html lang=vi><meta name=viewport content='width=device-width'>\
    <title>Trang</title><link rel=icon href='data:,'><main><h1>Phổ biến pháp luật</h1><p>Nội dung</p></main>";

const BAD: &str = "<!doctype html><html><meta name=viewport content='width=device-width'><title>Trang</title>\
    <link rel=icon href='data:,'><style>p{color:red}</style><div style='width:2000px'>rộng</div>\
    <img src='data:,'><script src='/khong-co.js'></script>";

async fn pages() -> String {
    let strict = |page: &'static str| async move {
        ([("content-security-policy", POLICY)], Html(page)).into_response()
    };
    let routes = axum::Router::new()
        .route("/good", get(move || strict(GOOD)))
        .route("/bad", get(move || strict(BAD)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://so-tu-phap.example:{port}")
}

#[tokio::test]
async fn a_good_page_is_clean_in_both_windows() {
    let site = pages().await;
    let folder = crate::servers::ScratchDirectory::new().unwrap();
    for window in Window::BOTH {
        let browser = Browser::open(window).await.unwrap();
        browser.goto(&format!("{site}/good")).await.unwrap();
        let width = browser.execute("return innerWidth", vec![]).await.unwrap();
        assert_eq!(width, json!(window.size().0));
        assert_eq!(browser.accessibility_violations().await.unwrap(), []);
        assert_eq!(browser.console_errors().await.unwrap(), [""; 0]);
        assert!(!browser.scrolls_sideways().await.unwrap());
        let picture = folder.path().join(format!("{window:?}.png"));
        browser.screenshot(&picture).await.unwrap();
        assert!(std::fs::read(&picture).unwrap().starts_with(b"\x89PNG"));
        browser.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_bad_page_is_found_out() {
    let site = pages().await;
    let browser = Browser::open(Window::Phone).await.unwrap();
    browser.goto(&format!("{site}/bad")).await.unwrap();
    let rules: Vec<String> = browser
        .accessibility_violations()
        .await
        .unwrap()
        .into_iter()
        .map(|v| v.rule)
        .collect();
    assert!(
        rules.contains(&"image-alt".to_owned()) && rules.contains(&"html-has-lang".to_owned()),
        "{rules:?}"
    );
    let errors = browser.console_errors().await.unwrap();
    assert!(
        errors.iter().any(|e| e.contains("Content Security Policy")),
        "{errors:?}"
    );
    assert!(errors.iter().any(|e| e.contains("khong-co.js")), "{errors:?}");
    assert_eq!(browser.console_errors().await.unwrap(), [""; 0]);
    browser.close().await.unwrap();
}
