//! A public page that is made anew costs at most three statements, and a kept one none.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::{PUBLIC, published};

/// Counts what sea-orm says it sends.
#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Begin and commit frame a page's reading; they are not questions.
        metadata.name().starts_with("sea_orm.query") || metadata.name().starts_with("sea_orm.execute")
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        self.0.fetch_add(1, Ordering::SeqCst);
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

// One thread: the subscriber is this test's own, and every statement is sent from here.
#[tokio::test]
async fn a_public_page_costs_at_most_three_statements_and_a_kept_one_none() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let item = published(&house, "Bài đếm câu lệnh").await;
        let web = Web::of(&house, true).unwrap();
        let counter = Counter::default();
        let watching = tracing::subscriber::set_default(counter.clone());
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
            let before = counter.0.load(Ordering::SeqCst);
            let answer = web.ask(&ask).await.unwrap();
            assert_eq!(answer.status, 200, "{engine:?} {path}");
            let made = counter.0.load(Ordering::SeqCst) - before;
            assert!((0..=3).contains(&made), "{engine:?} {path}: {made} statements");
            web.ask(&ask).await.unwrap();
            let kept = counter.0.load(Ordering::SeqCst) - before - made;
            assert_eq!(
                kept, 0,
                "{engine:?} {path}: a kept page asks the database nothing"
            );
        }
        assert!(
            counter.0.load(Ordering::SeqCst) > 5,
            "{engine:?}: nothing was counted"
        );
        drop(watching);
    }
}
