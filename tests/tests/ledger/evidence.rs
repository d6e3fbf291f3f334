//! No figure without evidence or a signed reason (REP-03).

use pbgdpl_app::activity::{Facts, Outcome, add_evidence::add_evidence, draft, record::record};
use pbgdpl_app::media::upload::{Purpose, Upload, upload};
use pbgdpl_model::activity::Content;
use pbgdpl_store::Engine;
use pbgdpl_testkit::house::House;
use pbgdpl_testkit::web::{Ask, Web};

use crate::by_hand::{content, done, facts, today};

const DESK: &str = "quantri.thu.example";

#[tokio::test]
async fn rep_03_a_file_proves_the_figure_and_only_its_own_agency_opens_it() {
    let house = House::on(Engine::Sqlite).await.unwrap();
    let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let bare = Content {
        no_evidence_reason: String::new(),
        ..content(58, 0)
    };
    let facts = Facts {
        content: bare,
        ..facts(house.clock_day(), 58, 0, &[])
    };
    let id = done(draft::create(&house.app, &ctx, facts).await.unwrap());
    let Outcome::Unmet(problems) = record(&house.app, &ctx, id, 1).await.unwrap() else {
        panic!("counted without evidence")
    };
    assert_eq!(problems[0].field, "no_evidence_reason");
    let order = Upload {
        purpose: Purpose::Evidence,
        file_name: "bien-ban.pdf".into(),
        bytes: bytes::Bytes::from_static(
            b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
        ),
        alt: String::new(),
    };
    let file = upload(&house.app, &ctx, order).await.unwrap();
    done(
        add_evidence(&house.app, &ctx, id, file.id, "Biên bản")
            .await
            .unwrap(),
    );
    // The other agency's file is no evidence here.
    let foreign = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    let theirs = done(
        draft::create(&house.app, &foreign, today(&house, 3))
            .await
            .unwrap(),
    );
    let refused = add_evidence(&house.app, &foreign, theirs, file.id, "").await;
    assert!(matches!(refused, Err(pbgdpl_app::Error::NotFound)));
    done(record(&house.app, &ctx, id, 1).await.unwrap());

    let web = Web::of(&house, true).unwrap();
    let reporter = house.session(&house.in_a.reporter).await.unwrap();
    let other = house.session(&house.in_b.reporter).await.unwrap();
    let at = |agency: &str, id| format!("/quan-tri/{agency}/hoat-dong/{id}/minh-chung/{}", file.id);
    let asked = Ask::get(DESK, &at("so-a", id)).signed_in(&reporter);
    let opened = web.ask(&asked).await.unwrap();
    assert_eq!(opened.status, 303);
    assert!(opened.header("location").starts_with("https://tep.thu.example/"));
    let asked = Ask::get(DESK, &at("huyen-b", theirs)).signed_in(&other);
    assert_eq!(web.ask(&asked).await.unwrap().status, 404);
    house.end().await.unwrap();
}
