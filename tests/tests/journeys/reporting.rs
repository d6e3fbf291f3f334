//! A reporter records an activity, opens the year's form and brings it to the province; an auditor comes down to the ledger row.

use pbgdpl_testkit::browser::Window;
use pbgdpl_testkit::browser::fantoccini::Locator;

use crate::declaring;
use crate::demo::{agency, demo};
use crate::walk::Walk;

const TITLE: &str = "Hội nghị phổ biến Luật Hòa giải ở cơ sở";

#[tokio::test]
async fn an_activity_comes_into_the_form_and_can_be_traced() {
    let demo = demo();
    let (mut reporters, mut forms) = (Vec::new(), Vec::new());
    for window in Window::BOTH {
        let slug = agency(window);
        let reporter = Walk::begin("reporting", window).await;
        reporter.go(demo.way_in("reporter", Some(slug))).await;
        forms.push(record(&reporter, &format!("{}/quan-tri/{slug}", demo.desk())).await);
        reporters.push(reporter);
    }

    let desk = Walk::begin("reporting", Window::Desk).await;
    let phone = Walk::begin("reporting", Window::Phone).await;
    enter(&desk, &phone, "province-reporter").await;
    for walk in [&desk, &phone] {
        walk.go(&format!("{}/tinh/bao-cao", demo.desk())).await;
        walk.look("who-sent").await;
        walk.press("main a[href*='/tinh/tong-hop/']").await;
        walk.arrive("/tinh/tong-hop/").await;
        walk.look("consolidated").await;
    }
    // Frozen at the desk; the telephone sees the frozen one, and what is printed.
    let sum = desk.at().await;
    desk.press("form[action$='/chot'] button").await;
    desk.arrive("xong=").await;
    for walk in [&desk, &phone] {
        walk.go(&sum).await;
        assert_eq!(
            walk.count("form[action$='/chot']").await,
            0,
            "what is frozen stays"
        );
        walk.look("frozen").await;
        walk.press("a[href*='/in']").await;
        walk.arrive("/in").await;
        assert!(
            walk.text("body")
                .await
                .contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        );
        walk.look("paper").await;
    }
    for (((reporter, officer), window), form) in reporters
        .iter()
        .zip([&desk, &phone])
        .zip(Window::BOTH)
        .zip(&forms)
    {
        declaring::whole_way(reporter, officer, window, form).await;
    }
    for reporter in reporters {
        reporter.end().await;
    }
    let year = forms[0].rsplit('/').next().unwrap();
    enter(&desk, &phone, "auditor").await;
    for (walk, window) in [&desk, &phone].into_iter().zip(Window::BOTH) {
        walk.go(&format!("{}/giam-sat", demo.desk())).await;
        walk.look("dashboard").await;
        walk.press("main th a[href^='/giam-sat/so-lieu/direct_sessions/']")
            .await;
        walk.arrive("/giam-sat/so-lieu/").await;
        walk.look("figure").await;
        let rows = format!(
            "{}/giam-sat/so-lieu/direct_sessions/{year}/{}",
            demo.desk(),
            agency(window)
        );
        walk.until(&rows, TITLE).await;
        walk.look("ledger").await;
        walk.go(&format!("{}/giam-sat/kiem-chung", demo.desk())).await;
        walk.look("verified").await;
    }
    desk.end().await;
    phone.end().await;
}

/// One way in serves both windows of a person: the telephone takes over the session.
async fn enter(desk: &Walk, phone: &Walk, role: &str) {
    let demo = demo();
    desk.go(demo.way_in(role, None)).await;
    phone.go(demo.desk()).await;
    // Whoever asks for the desk unknown is shown the way in: its console is not part of the journey.
    for cookie in desk.browser.get_all_cookies().await.unwrap() {
        phone.browser.add_cookie(cookie).await.unwrap();
    }
    phone.browser.console_errors().await.unwrap();
}

/// Records an activity of the year whose form is not drawn yet, draws the form; returns its path.
async fn record(reporter: &Walk, desk: &str) -> String {
    reporter.go(&format!("{desk}/bieu")).await;
    reporter.look("forms").await;
    reporter.picture("bao-cao-cac-bieu", "main").await;
    let forms = reporter
        .browser
        .find_all(Locator::Css("form[action*='/nam/']"))
        .await
        .unwrap();
    // The last one is of a year that is over.
    let open = forms.last().unwrap().attr("action").await.unwrap().unwrap();
    let year = open.rsplit('/').nth(1).unwrap().to_owned();

    reporter.go(&format!("{desk}/hoat-dong/moi")).await;
    reporter.press("input[name=kind][value=hoi-nghi]").await;
    reporter.press("input[name=form][value=truc-tiep]").await;
    for (field, words) in [
        ("#title", TITLE),
        ("#day", &format!("15/03/{year}")),
        ("#place", "Thị trấn"),
        ("#sessions", "1"),
        ("#attendees", "58"),
        ("#women", "31"),
        ("#no_evidence_reason", "Biên bản bị ướt trong trận lũ tháng ba."),
    ] {
        reporter.fill(field, words).await;
    }
    reporter.look("activity-form").await;
    reporter.press(".dock button:not(.q)").await;
    reporter.arrive("xong=ghi").await;
    reporter.see("section[aria-labelledby=so] tbody tr").await;
    reporter.look("activity-recorded").await;

    reporter.go(&format!("{desk}/bieu")).await;
    reporter.press(&format!("form[action='{open}'] button")).await;
    let form = open.trim_end_matches("/mo");
    reporter.arrive(form).await;
    assert!(
        reporter.text("main").await.contains("58"),
        "the form counts who came"
    );
    reporter.look("form").await;
    form.to_owned()
}
