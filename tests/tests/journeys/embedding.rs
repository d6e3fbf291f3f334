//! A webmaster takes the snippet to pages of another origin: the frame grows to its content; an unlisted page is told why not. On a
//! telephone also where the page allows less.

use pbgdpl_testkit::browser::Window;

use crate::demo::{agency, demo};
use crate::foreign::Foreign;
use crate::framed::{self, enter, fits, leave};
use crate::walk::Walk;
use crate::{paper, strict};

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
        let site = Foreign::serve().await;
        let port = site.port;
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
        site.paste(&snippet);
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
        if window == Window::Phone {
            let host = format!("http://localhost:{port}/");
            strict::under_a_policy(&walk, &host).await;
            strict::without_scripts(&walk, &host).await;
        }

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
