//! Bad input over HTTP: a clear 4xx that says what to do, never a fault of ours.

use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};

const DESK: &str = "quantri.thu.example";

#[tokio::test]
async fn bad_input_is_a_clear_refusal_on_both_databases() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let desk = "quantri.thu.example";
        let session = house.session(&house.in_a.editor).await.unwrap();
        let zero = Ask::post(desk, "/dang-nhap", &[("email", "a\u{0}b"), ("password", "x")]);
        assert_eq!(web.ask(&zero).await.unwrap().status, 400);
        assert_eq!(
            web.ask(&Ask::get("thu.example", "/tim-kiem?q=a%00b"))
                .await
                .unwrap()
                .status,
            400
        );
        for path in ["bai", "hoat-dong", "phoi-hop"] {
            let far = format!("/quan-tri/so-a/{path}?trang=18446744073709551615");
            let answer = web.ask(&Ask::get(desk, &far).signed_in(&session)).await.unwrap();
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_said_to_be_so() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.editor).await.unwrap();
        let admin = house.session(&house.in_a.admin).await.unwrap();
        let form = "application/x-www-form-urlencoded";
        let large = format!("site={}", "x".repeat(70_000));
        let boundary = "multipart/form-data; boundary=x";
        let cut = "--x\r\ncontent-disposition: form-data; name=\"alt\"\r\n\r\nmột";
        let mut broken = b"--x\r\ncontent-disposition: form-data; name=\"alt\"\r\n\r\nch".to_vec();
        broken.extend([0xe1, 0xbb]);
        broken.extend(b"\r\n--x--\r\n");
        let article = pbgdpl_testkit::furnish::item(&house, &house.a, &house.in_a, "A")
            .await
            .unwrap()
            .0;
        let picture = format!("/quan-tri/so-a/bai/{article}/anh");
        let huge = vec![b'x'; 13 * 1024 * 1024];
        let cases = [
            // Broken UTF-8, in every place where words come in.
            (Ask::get("thu.example", "/tim-kiem?q=%FF%FE"), 400, "dấu “?”"),
            (Ask::get("thu.example", "/so-a/tim-kiem?q=%C3"), 400, "dấu “?”"),
            (
                Ask::get("thu.example", "/so-a/bai/%FF"),
                404,
                "Không có trang này",
            ),
            (
                Ask::post_raw(DESK, "/dang-nhap", form, "email=%FF%FE&password=x"),
                400,
                "không đọc được",
            ),
            (
                Ask::post_raw(DESK, "/dang-nhap", form, &b"email=\xff\xfe&password=x"[..]),
                400,
                "không đọc được",
            ),
            (
                Ask::post_raw(DESK, &picture, boundary, broken).signed_in(&session),
                400,
                "“alt”",
            ),
            // Other kinds of bodies.
            (
                Ask::post_raw(DESK, "/dang-nhap", "application/json", "{}"),
                415,
                "từ trang của hệ thống",
            ),
            (
                Ask::post_raw(DESK, &picture, "text/plain", "x").signed_in(&session),
                400,
                "Hãy gửi lại",
            ),
            (
                Ask::post_raw(DESK, &picture, boundary, cut).signed_in(&session),
                400,
                "Hãy gửi lại",
            ),
            // Too large: a form, a file.
            (
                Ask::post_raw(DESK, "/quan-tri/so-a/gan", form, large).signed_in(&admin),
                413,
                "quá lớn",
            ),
            (
                Ask::post_raw(DESK, &picture, boundary, huge).signed_in(&session),
                413,
                "10 MB",
            ),
            // A form without its fields, a number that is none.
            (Ask::post(DESK, "/dang-nhap", &[]), 422, ""),
            (
                Ask::get(DESK, "/quan-tri/so-a/bai?trang=mot").signed_in(&session),
                400,
                "trang",
            ),
        ];
        for (ask, status, says) in cases {
            let answer = web.ask(&ask).await.unwrap();
            let text = answer.text();
            assert_eq!(
                answer.status.as_u16(),
                status,
                "{engine:?} {} {}: {text}",
                ask.method,
                ask.path
            );
            assert!(text.contains(says), "{} does not say {says}: {text}", ask.path);
        }
    }
}

/// SECURITY 5.5: reports are small, few, and answered with nothing.
#[tokio::test]
async fn violation_reports_are_bounded() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let report = |body: &str| {
        let mut ask = Ask::post_raw(DESK, "/csp", "application/reports+json", body.to_owned());
        // A browser reports from any of our pages.
        ask.headers = vec![("sec-fetch-site".into(), "cross-site".into())];
        ask
    };
    let status = async |body: &str| web.ask(&report(body)).await.unwrap().status.as_u16();
    let good = r#"[{"type":"csp-violation","body":{"documentURL":"https://thu.example/?q=x"}}]"#;
    assert_eq!(status(good).await, 204);
    assert_eq!(status("{").await, 400);
    assert_eq!(status(&format!("\"{}\"", "x".repeat(5000))).await, 413);
    let mut answers = Vec::new();
    for _ in 0..pbgdpl_web::violation::A_MINUTE {
        answers.push(status(good).await);
    }
    assert_eq!(answers.last(), Some(&429), "a flood is not written down");
    house.clock.advance_seconds(60);
    assert_eq!(status(good).await, 204);
}
