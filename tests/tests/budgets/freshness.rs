//! What was acknowledged on one node is seen on the other within two seconds, and on the province's dashboard within ten.

use std::time::{Duration, Instant};

use pbgdpl_app::activity::{Facts, Outcome, draft, record::record};
use pbgdpl_app::embed::add::add;
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::activity::{Content, Kind};
use pbgdpl_store::Hints;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::servers::RedisServer;
use pbgdpl_testkit::web::{Ask, HOSTS, Web};
use tokio_util::sync::CancellationToken;

use crate::{PUBLIC, published};

/// Asks until the answer holds the words; how long that took since `from`.
async fn seen(web: &Web, ask: &Ask, words: &str, from: Instant, bound: Duration) -> Duration {
    loop {
        let answer = web.ask(ask).await.unwrap();
        if answer.text().contains(words) {
            return from.elapsed();
        }
        assert!(
            from.elapsed() < bound,
            "{}: no «{words}» within {bound:?}",
            ask.path
        );
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// A second node, and jobs on the first, as two `pbgdpl serve` over one database.
async fn two_nodes(house: &House, hints: impl Fn() -> Hints, stop: &CancellationToken) -> Web {
    let second = house.second_node(hints()).await.unwrap();
    tokio::spawn(pbgdpl_jobs::keep_current(second.clone(), stop.clone()));
    let folder = format!("file:{}", house.folder.path().join("mail").display());
    let sender = Sender::open(&folder, "pbgdpl@thu.example").unwrap();
    let jobs = Jobs::new(house.app.clone(), sender, "https://quantri.thu.example/");
    let stop = stop.clone();
    tokio::spawn(async move { jobs.run_until(stop).await });
    Web::over(second, &house.clock, true).unwrap()
}

#[tokio::test]
async fn a_publication_is_everywhere_within_two_seconds() {
    for engine in BOTH {
        for redis_is_up in [true, false] {
            let house = House::on(engine).await.unwrap();
            let redis = RedisServer::start().unwrap();
            let url = redis.url();
            let stop = CancellationToken::new();
            let web = two_nodes(&house, || Hints::with_redis(&url).unwrap(), &stop).await;
            if !redis_is_up {
                drop(redis);
            }
            let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
            let embed = add(&house.app, &admin, "Cổng của Sở", "https://so-a.example")
                .await
                .unwrap();
            house.store.machinery().poll_registry().await.unwrap();
            let asks = [
                Ask::get(PUBLIC, "/so-a/"),
                Ask::get(PUBLIC, "/so-a/loai/tin"),
                Ask::get(PUBLIC, "/so-a/feed.atom"),
                Ask::get(PUBLIC, "/so-a/feed.json"),
                Ask::get(PUBLIC, "/so-a/tim-kiem?q=kip+thoi"),
                Ask::get("so-a.thu.example", "/"),
                Ask::get(HOSTS[2].1, &format!("/k/{}/", embed.key)),
                Ask::get(HOSTS[2].1, &format!("/k/{}/manh", embed.key)),
                Ask::get(HOSTS[2].1, &format!("/k/{}/o/danh-sach", embed.key)),
                Ask::get(PUBLIC, "/"),
                Ask::get(PUBLIC, "/feed.atom"),
                Ask::get(PUBLIC, "/tim-kiem?q=kip+thoi"),
            ];
            // Kept before, so that what is shown afterwards was made anew.
            for ask in &asks {
                seen(&web, ask, "", Instant::now(), Duration::from_secs(1)).await;
            }
            let item = published(&house, "Tin công bố kịp thời").await;
            let acknowledged = Instant::now();
            for ask in &asks {
                // Every list, feed and result links to the item by its permanent id.
                let link = format!("/bai/{item}");
                seen(&web, ask, &link, acknowledged, Duration::from_secs(2)).await;
            }
            stop.cancel();
        }
    }
}

#[tokio::test]
async fn an_activity_is_on_the_dashboard_within_ten_seconds() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let stop = CancellationToken::new();
        let web = two_nodes(&house, Hints::local, &stop).await;
        let session = house.session(&house.auditor).await.unwrap();
        let dashboard = Ask::get(HOSTS[1].1, "/giam-sat?nam=2020").signed_in(&session);
        let before = web.ask(&dashboard).await.unwrap();
        assert!(
            before.status == 200 && !before.text().contains("7.391"),
            "{engine:?}"
        );

        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let facts = Facts {
            kind: Kind::HoiNghi,
            day: house.clock_day(),
            content: Content {
                title: "Hội nghị đông người".into(),
                form: "truc-tiep".into(),
                place: "Xã Văn Lem".into(),
                sessions: 1,
                attendees: 7391,
                no_evidence_reason: "Thử nghiệm không có biên bản".into(),
                ..Content::default()
            },
            partners: Vec::new(),
        };
        let Outcome::Done(id) = draft::create(&house.app, &reporter, facts).await.unwrap() else {
            panic!("not drafted")
        };
        let Outcome::Done(_) = record(&house.app, &reporter, id, 1).await.unwrap() else {
            panic!("not recorded")
        };
        seen(&web, &dashboard, "7.391", Instant::now(), Duration::from_secs(10)).await;
        stop.cancel();
    }
}
