//! A public page that is made anew costs at most three statements, and a kept one none.

use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::statements::Statements;
use pbgdpl_testkit::web::{Ask, Web};

use crate::{PUBLIC, published};

// One thread: the subscriber is this test's own, and every statement is sent from here.
#[tokio::test]
async fn a_public_page_costs_at_most_three_statements_and_a_kept_one_none() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let item = published(&house, "Bài đếm câu lệnh").await;
        let web = Web::of(&house, true).unwrap();
        let statements = Statements::counted();
        for path in [
            "/".to_owned(),
            "/feed.atom".into(),
            "/sitemap.xml".into(),
            "/tim-kiem?q=câu".into(),
            "/so-a/".into(),
            format!("/so-a/bai/{item}-bai-dem-cau-lenh"),
            "/so-a/loai/tin".into(),
            "/so-a/tim-kiem?q=dem".into(),
            "/so-a/gioi-thieu".into(),
            "/so-a/lien-he".into(),
            "/so-a/feed.atom".into(),
            "/so-a/feed.json".into(),
            "/so-a/sitemap.xml".into(),
        ] {
            let path = path.replace('â', "%C3%A2");
            let ask = Ask::get(PUBLIC, &path);
            let before = statements.so_far();
            let answer = web.ask(&ask).await.unwrap();
            assert_eq!(answer.status, 200, "{engine:?} {path}");
            let made = statements.so_far() - before;
            assert!((0..=3).contains(&made), "{engine:?} {path}: {made} statements");
            web.ask(&ask).await.unwrap();
            let kept = statements.so_far() - before - made;
            assert_eq!(
                kept, 0,
                "{engine:?} {path}: a kept page asks the database nothing"
            );
        }
        assert!(statements.so_far() > 5, "{engine:?}: nothing was counted");
    }
}
