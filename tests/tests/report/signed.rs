//! REP-20: a form that was sent carries digital signatures made elsewhere; each is verified when it is added, and whenever it is opened.

use std::sync::Arc;

use pbgdpl_app::Error;
use pbgdpl_app::report::sign::{LARGEST, sign};
use pbgdpl_testkit::owner::Owner;
use pbgdpl_testkit::signer::DigitalSigner;
use pbgdpl_testkit::web::{Answer, settings};
use pbgdpl_web::WebSettings;
use pbgdpl_web::routes::all;

use super::*;

const HERE: &str = "/quan-tri/so-a/bieu/09d/nam-chinh-thuc/2020";
const MOVED: &str = "update province_report set body = replace(body, '410', '411') where form = '09d'";
const ABOVE: &str = "/tinh/bao-cao/09d/nam-chinh-thuc/2020/so-a";

/// A node that believes who vouches for this signer.
fn node(house: &House, signer: &DigitalSigner) -> Web {
    let settings = WebSettings {
        anchors: Some(Arc::new(signer.anchors().unwrap())),
        ..settings(true).unwrap()
    };
    Web::with(house.app.clone(), &house.clock, settings, &all())
}

async fn brought(web: &Web, session: &str, version: &str, file: &[u8]) -> Answer {
    const EDGE: &str = "ranh-gioi";
    let mut body = format!(
        "--{EDGE}\r\ncontent-disposition: form-data; name=\"ban\"\r\n\r\n{version}\r\n\
         --{EDGE}\r\ncontent-disposition: form-data; name=\"tep-ky\"; filename=\"bieu.p7s\"\r\n\r\n"
    )
    .into_bytes();
    body.extend(file);
    body.extend(format!("\r\n--{EDGE}--\r\n").into_bytes());
    let media = format!("multipart/form-data; boundary={EDGE}");
    let post = Ask::post_raw(DESK, &format!("{HERE}/chu-ky"), &media, body);
    web.ask(&post.signed_in(session)).await.unwrap()
}

#[tokio::test]
async fn rep_20_a_signature_over_what_was_sent_is_verified_and_shown_to_both() {
    for engine in BOTH {
        let house = house(engine).await;
        both_sent(&house).await;
        let signer = DigitalSigner::new("Trần Văn Thủ Trưởng").unwrap();
        let web = node(&house, &signer);
        let desk = Desk { web: &web };
        let reporter = house.session(&house.in_a.reporter).await.unwrap();
        let officer = house.session(&house.consolidator).await.unwrap();
        assert!(
            desk.get(&reporter, HERE)
                .await
                .contains("Bản này chưa có chữ ký số")
        );

        // What is signed is what was hashed, byte for byte.
        let content = web
            .ask(&Ask::get(DESK, &format!("{HERE}/tep-ky")).signed_in(&reporter))
            .await
            .unwrap();
        assert_eq!(
            content.header("content-disposition"),
            "attachment; filename=\"09d-nam-chinh-thuc-2020-so-a-ban-1.json\""
        );
        let content = content.text();
        assert!(
            desk.get(&reporter, HERE).await.contains(&hash_of(&content)),
            "{engine:?}"
        );
        let good = signer.sign(content.as_bytes()).unwrap();

        // What is none is refused with its reason, and the page stands as it did.
        let stranger = DigitalSigner::new("Người lạ").unwrap();
        let foreign = stranger.sign(content.as_bytes()).unwrap();
        let other = signer.sign(b"{}").unwrap();
        for (file, why) in [
            (&foreign[..], "không do cơ quan chứng thực được chấp nhận cấp"),
            (&other[..], "nội dung khác từng byte"),
            (&b"chu ky"[..], "không phải chữ ký số dạng CMS"),
            (&vec![0; LARGEST + 1][..], "lớn quá 64 KB"),
        ] {
            let answer = brought(&web, &reporter, "1", file).await;
            assert_eq!(answer.status, 422, "{engine:?}: {why}");
            let page = answer.text();
            assert!(
                page.contains(why) && page.contains("Chưa kèm được chữ ký số"),
                "{engine:?}: {page}"
            );
        }
        let answer = brought(&web, &reporter, "1", &good).await;
        assert_eq!(answer.status, 303, "{engine:?}: {}", answer.text());
        for (session, page) in [(&reporter, HERE), (&officer, ABOVE)] {
            let page = desk.get(session, page).await;
            assert!(
                page.contains("Hợp lệ")
                    && page.contains("Trần Văn Thủ Trưởng")
                    && page.contains("Cơ quan chứng thực thử"),
                "{engine:?}: {page}"
            );
        }
        let twice = brought(&web, &reporter, "1", &good).await;
        assert_eq!(twice.status, 422, "{engine:?}");
        assert!(twice.text().contains("đã ký bản này rồi"), "{engine:?}");

        // Whoever only checks does not sign, and a node without authorities takes none and says that it cannot verify.
        let approver = house.session(&house.in_a.approver).await.unwrap();
        assert_eq!(
            brought(&web, &approver, "1", &good).await.status,
            403,
            "{engine:?}"
        );
        let without = Web::of(&house, true).unwrap();
        assert_eq!(
            brought(&without, &reporter, "1", &good).await.status,
            404,
            "{engine:?}"
        );
        let page = Desk { web: &without }.get(&officer, ABOVE).await;
        assert!(page.contains("Chưa kiểm được"), "{engine:?}: {page}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn rep_20_figures_that_were_changed_since_are_told_when_they_are_opened() {
    for engine in BOTH {
        let house = house(engine).await;
        both_sent(&house).await;
        let signer = DigitalSigner::new("Trần Văn Thủ Trưởng").unwrap();
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let report = reader.reports().await.unwrap().remove(0);
        drop(reader);
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let good = signer.sign(report.body.as_bytes()).unwrap();
        let anchors = signer.anchors().unwrap();
        done(
            sign(&house.app, &reporter, &anchors, report.id, &good)
                .await
                .unwrap(),
        );

        // By whoever owns the database: one figure, past everything.
        let mut owner = Owner::of(&house.ground).await.unwrap();
        owner.run(&[MOVED], &[MOVED]).await.unwrap();
        let web = node(&house, &signer);
        let officer = house.session(&house.consolidator).await.unwrap();
        let page = Desk { web: &web }.get(&officer, ABOVE).await;
        assert!(
            page.contains("Không hợp lệ") && page.contains("nội dung khác từng byte"),
            "{engine:?}: {page}"
        );
        // The agency's own copy is whole.
        let own = house.session(&house.in_a.reporter).await.unwrap();
        let page = Desk { web: &web }.get(&own, HERE).await;
        assert!(
            page.contains("Hợp lệ") && !page.contains("Không hợp lệ"),
            "{engine:?}"
        );

        // A draft is not signed.
        let draft = done(open(&house.app, &reporter, order_of_next_year()).await.unwrap());
        let refused = sign(&house.app, &reporter, &anchors, draft, &good).await.unwrap();
        assert!(
            matches!(&refused, Outcome::Refused(why) if why.contains("chưa gửi")),
            "{refused:?}"
        );
        let unknown = sign(
            &house.app,
            &reporter,
            &anchors,
            ReportId::fresh(house.app.now()),
            &good,
        )
        .await;
        assert!(matches!(unknown, Err(Error::NotFound)), "{unknown:?}");
        house.end().await.unwrap();
    }
}

fn order_of_next_year() -> Open {
    Open {
        form: "09d".into(),
        period: PeriodKind::OfficialYear,
        year: 2021,
        amend: None,
    }
}
