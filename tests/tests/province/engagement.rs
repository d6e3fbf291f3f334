//! Engaged use (N-16) and people (N-17) from the beacon to the pages: ways, exclusions, nodes, a database that refuses, salts that go.

use std::collections::BTreeMap;

use pbgdpl_model::engagement::{Channel, Counted, DayUse, Exclusion, Mark, PageKind, Views};
use pbgdpl_store::Hints;
use pbgdpl_store::tenant::Flush;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::owner::Owner;
use pbgdpl_testkit::web::{Answer, Ask, Web, settings};
use pbgdpl_web::routes::all;
use uuid::Uuid;

const PUBLIC: &str = "thu.example";
const DESK: &str = "quantri.thu.example";
const EMBED: &str = "nhung.thu.example";
const PHONE: &str = "Mozilla/5.0 (Linux; Android 10; SM-A105F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0 Mobile Safari/537.36";
const OFFICE: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/83.0 Safari/537.36";
const READER: &str = "203.0.113.7";

/// A node behind a proxy that says who asks.
fn node(house: &House) -> Web {
    over(house, house.app.clone())
}

fn over(house: &House, app: pbgdpl_app::App) -> Web {
    let mut believing = settings(true).unwrap();
    believing.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    Web::with(app, &house.clock, believing, &all())
}

/// What the script sends from a page that was read.
fn reads(host: &str, mount: &str, page: &str, client: &str, agent: &str) -> Ask {
    Ask::post_raw(
        host,
        &format!("{mount}/dem"),
        "text/plain;charset=UTF-8",
        page.to_owned(),
    )
    .with("user-agent", agent)
    .with("x-forwarded-for", client)
}

async fn send(web: &Web, ask: &Ask) -> Answer {
    web.ask(ask).await.unwrap()
}

async fn counted(web: &Web, host: &str, mount: &str, page: &str, client: &str) {
    let answer = send(web, &reads(host, mount, page, client, PHONE)).await;
    assert_eq!(answer.status, 204, "{host}{mount} {}", answer.text());
    assert!(answer.body.is_empty() && answer.header("set-cookie").is_empty());
    assert_eq!(answer.header("cache-control"), "no-store");
}

/// Everything of today's day of the first agency.
async fn today(house: &House) -> Views {
    let day = house.clock_day();
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    let mut days = reader.engagement(day, day).await.unwrap();
    days.remove(&day).unwrap_or_default()
}

fn of(views: &Views, counted: Counted) -> u64 {
    views.get(&counted).copied().unwrap_or(0)
}

fn all_of(views: &Views) -> u64 {
    Channel::ALL
        .iter()
        .map(|channel| of(views, Counted::Channel(*channel)))
        .sum()
}

async fn people(house: &House) -> u64 {
    let day = house.clock_day();
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    let days = reader.engagement_people(day, day).await.unwrap();
    days.get(&day).copied().unwrap_or(0)
}

#[tokio::test]
async fn every_way_is_counted_under_its_name_and_no_word_of_a_visitor_is_kept() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let (item, _) = furnish::item(&house, &house.a, &house.in_a, "A").await.unwrap();
        let site = furnish::site(&house, &house.a, &house.in_a, "A").await.unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        let web = node(&house);
        let frame = format!("/k/{}", site.key);
        let page = format!("/bai/{item}-a-tieu-de");
        counted(&web, PUBLIC, "/so-a", "/", READER).await;
        counted(&web, "so-a.thu.example", "", &page, READER).await;
        counted(&web, EMBED, &frame, &page, READER).await;
        let mounted =
            reads(PUBLIC, "/so-a", "/loai/tin", "203.0.113.8", PHONE).with("x-forwarded-prefix", "/pl");
        assert_eq!(send(&web, &mounted).await.status, 204);
        // Of another agency, and of nobody.
        counted(&web, PUBLIC, "/so-a", &format!("/bai/{}", Uuid::now_v7()), READER).await;
        web.flush_engagement().await;
        let found = today(&house).await;
        assert_eq!(of(&found, Counted::Channel(Channel::Path)), 2, "{engine:?}");
        assert_eq!(of(&found, Counted::Channel(Channel::Host)), 1, "{engine:?}");
        assert_eq!(of(&found, Counted::Channel(Channel::Mount)), 1, "{engine:?}");
        assert_eq!(of(&found, Counted::Channel(Channel::Frame)), 1, "{engine:?}");
        assert_eq!(of(&found, Counted::Site(site.id.to_string())), 1, "{engine:?}");
        assert_eq!(of(&found, Counted::Page(PageKind::Item)), 3, "{engine:?}");
        assert_eq!(people(&house).await, 2, "{engine:?}");
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let day = house.clock_day();
        let most = reader.most_read(day, day, 10).await.unwrap();
        drop(reader);
        assert_eq!(most.len(), 1, "{engine:?}: an id that somebody made up is no row");
        assert_eq!((most[0].item, most[0].views), (item, 2), "{engine:?}");

        let office = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        assert!(office.could(pbgdpl_model::policy::Action::ArticleRead));
        let session = house.session(&house.in_a.editor).await.unwrap();
        let shown = send(
            &web,
            &Ask::get(DESK, "/quan-tri/so-a/luot-doc").signed_in(&session),
        )
        .await;
        let text = shown.text();
        assert_eq!(shown.status, 200, "{text}");
        assert!(
            text.contains("<dt>Lượt đọc có tương tác</dt><dd>5</dd>"),
            "{text}"
        );
        assert!(
            text.contains("khung ở A trang") && text.contains("A tiêu đề"),
            "{text}"
        );
        let file = Ask::get(DESK, "/quan-tri/so-a/luot-doc/ngay.csv?ngay=90").signed_in(&session);
        let file = send(&web, &file).await.text();
        assert!(file.contains("15/06/2020,5,2,0\r\n"), "{file}");
        assert_eq!(file.lines().count(), 91);
        let no = Ask::get(DESK, "/quan-tri/so-a/luot-doc?ngay=7").signed_in(&session);
        assert_eq!(send(&web, &no).await.status, 404);
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn what_no_page_of_ours_sends_is_refused() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = node(&house);
    let bare = |headers: &[(&str, &str)]| {
        let mut ask = reads(PUBLIC, "/so-a", "/", READER, PHONE);
        ask.headers.retain(|(name, _)| name != "sec-fetch-site");
        headers
            .iter()
            .fold(ask, |ask, (name, value)| ask.with(name, value))
    };
    for (headers, status) in [
        (vec![("sec-fetch-site", "cross-site")], 403),
        (vec![("sec-fetch-site", "same-site")], 403),
        (vec![("sec-fetch-site", "none")], 403),
        (
            vec![
                ("sec-fetch-site", "cross-site"),
                ("origin", "https://thu.example"),
            ],
            403,
        ),
        (vec![("origin", "https://khac.example")], 403),
        (vec![("origin", "null")], 403),
        (vec![], 403),
        // A browser from before 2023.
        (vec![("origin", "https://thu.example")], 204),
    ] {
        let answer = send(&web, &bare(&headers)).await;
        assert_eq!(answer.status, status, "{headers:?} {}", answer.text());
    }
    let long = format!("/{}", "a".repeat(600));
    let longer = "/".repeat(4096);
    for (body, status) in [
        ("", 400),
        ("bai", 400),
        ("/a\nb", 400),
        (&long, 400),
        (&longer, 413),
    ] {
        let answer = send(&web, &reads(PUBLIC, "/so-a", body, READER, PHONE)).await;
        assert_eq!(answer.status, status, "{} {}", body.len(), answer.text());
    }
    // Loading a page, whole or only its head, counts nothing; nor does a cookie change anything.
    let session = house.session(&house.in_a.editor).await.unwrap();
    for _ in 0..3 {
        let page = send(&web, &Ask::get(PUBLIC, "/so-a/").with("purpose", "prefetch")).await;
        assert!(page.text().contains("data-dem=\"/so-a/dem\""), "{}", page.text());
    }
    web.flush_engagement().await;
    assert_eq!(all_of(&today(&house).await), 1);
    let with_cookie = reads(PUBLIC, "/so-a", "/", READER, PHONE).signed_in(&session);
    assert_eq!(send(&web, &with_cookie).await.status, 204);
    web.flush_engagement().await;
    assert_eq!(all_of(&today(&house).await), 2, "PUBLIC sees no session");
    house.end().await.unwrap();
}

#[tokio::test]
async fn staff_auditors_and_programs_are_excluded_and_shown() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = node(&house);
        let other_node = over(&house, house.second_node(Hints::local()).await.unwrap());
        let desk = |path: &str, session: &str, client: &str| {
            Ask::get(DESK, path)
                .signed_in(session)
                .with("user-agent", OFFICE)
                .with("x-forwarded-for", client)
        };
        let editor = house.session(&house.in_a.editor).await.unwrap();
        let auditor = house.session(&house.auditor).await.unwrap();
        let opened = send(&web, &desk("/quan-tri/so-a", &editor, "198.51.100.1")).await;
        assert_eq!(opened.status, 200);
        let opened = send(&web, &desk("/giam-sat/luot-doc", &auditor, "198.51.100.2")).await;
        assert_eq!(opened.status, 200);
        web.flush_engagement().await;
        // The same browsers in public, on another node; then others of the same house, and a program.
        for client in ["198.51.100.1", "198.51.100.2"] {
            for _ in 0..10 {
                let ask = reads(PUBLIC, "/so-a", "/", client, OFFICE);
                assert_eq!(send(&other_node, &ask).await.status, 204);
            }
            counted(&other_node, PUBLIC, "/so-a", "/", client).await;
        }
        let robot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
        for agent in [robot, "curl/8.5.0"] {
            let ask = reads(PUBLIC, "/so-a", "/", READER, agent);
            assert_eq!(send(&other_node, &ask).await.status, 204);
        }
        other_node.flush_engagement().await;
        let found = today(&house).await;
        assert_eq!(all_of(&found), 2, "{engine:?}: two telephones beside the desks");
        assert_eq!(of(&found, Counted::Excluded(Exclusion::Staff)), 20, "{engine:?}");
        assert_eq!(of(&found, Counted::Excluded(Exclusion::Robot)), 2, "{engine:?}");
        assert_eq!(people(&house).await, 2, "{engine:?}");
        let shown = send(&web, &desk("/quan-tri/so-a/luot-doc", &editor, "198.51.100.1")).await;
        assert!(
            shown.text().contains("Cán bộ, người giám sát"),
            "{}",
            shown.text()
        );
        let shown = send(&web, &desk("/giam-sat/luot-doc", &auditor, "198.51.100.2")).await;
        assert!(
            shown.text().contains("<dt>Không tính</dt><dd>22</dd>"),
            "{}",
            shown.text()
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn two_nodes_and_two_agencies_count_a_person_once_a_day() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let nodes = [
            node(&house),
            over(&house, house.second_node(Hints::local()).await.unwrap()),
        ];
        for web in &nodes {
            for reader in 0..20 {
                let client = format!("203.0.113.{reader}");
                counted(web, PUBLIC, "/so-a", "/", &client).await;
                counted(web, PUBLIC, "/huyen-b", "/", &client).await;
            }
        }
        tokio::join!(nodes[0].flush_engagement(), nodes[1].flush_engagement());
        // What met in passing on SQLite or was locked on PostgreSQL is there after the next time at the latest.
        nodes[0].flush_engagement().await;
        nodes[1].flush_engagement().await;
        let found = today(&house).await;
        assert_eq!(all_of(&found), 40, "{engine:?}");
        assert_eq!(people(&house).await, 20, "{engine:?}");
        let auditor = house.session(&house.auditor).await.unwrap();
        let ask = Ask::get(DESK, "/giam-sat/luot-doc/ngay.csv").signed_in(&auditor);
        let file = send(&nodes[0], &ask).await.text();
        assert!(file.contains("15/06/2020,80,20,0\r\n"), "{engine:?} {file}");
        let ask = Ask::get(DESK, "/giam-sat/luot-doc").signed_in(&auditor);
        let page = send(&nodes[0], &ask).await.text();
        assert!(page.contains("Sở A") && page.contains("Huyện B"), "{page}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn what_cannot_be_written_waits_and_is_written_once() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = node(&house);
        counted(&web, PUBLIC, "/so-a", "/", READER).await;
        let mut owner = Owner::of(&house.ground).await.unwrap();
        owner.refuse_inserts(&["engagement_count"]).await.unwrap();
        web.flush_engagement().await;
        counted(&web, PUBLIC, "/so-a", "/", READER).await;
        web.flush_engagement().await;
        assert_eq!(all_of(&today(&house).await), 0, "{engine:?}");
        owner.take_inserts(&["engagement_count"]).await.unwrap();
        web.flush_engagement().await;
        assert_eq!(all_of(&today(&house).await), 2, "{engine:?}");
        assert_eq!(people(&house).await, 1, "{engine:?}");
        web.flush_engagement().await;
        assert_eq!(all_of(&today(&house).await), 2, "{engine:?}");

        // An answer that was lost: the same writing comes again.
        let flush = Flush {
            node: Uuid::new_v4(),
            number: 1,
            now: house.app.now(),
        };
        let mut of_day = DayUse::default();
        of_day.views.insert(Counted::Channel(Channel::Path), 3);
        let days = BTreeMap::from([(house.clock_day(), of_day)]);
        for _ in 0..2 {
            house.app.count_engagement(&house.a, flush, &days).await.unwrap();
        }
        assert_eq!(all_of(&today(&house).await), 5, "{engine:?}");
        house.end().await.unwrap();
    }
}

/// What waited while the database was away is decided on at once: a flood takes its own minute and nothing else of the day.
#[tokio::test]
async fn a_flood_of_a_minute_silences_no_other() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = node(&house);
        let mut owner = Owner::of(&house.ground).await.unwrap();
        owner.refuse_inserts(&["engagement_count"]).await.unwrap();
        // Written down in vain: what comes now waits for it.
        counted(&web, PUBLIC, "/so-a", "/", "203.0.113.8").await;
        web.flush_engagement().await;
        for times in [70, 50, 50] {
            for _ in 0..times {
                counted(&web, PUBLIC, "/so-a", "/", READER).await;
            }
            house.clock.advance_seconds(60);
            web.flush_engagement().await;
        }
        owner.take_inserts(&["engagement_count"]).await.unwrap();
        web.flush_engagement().await;
        let found = today(&house).await;
        assert_eq!(all_of(&found), 1 + 60 + 50 + 50, "{engine:?}");
        assert_eq!(of(&found, Counted::Excluded(Exclusion::Burst)), 10, "{engine:?}");
        assert_eq!(people(&house).await, 2, "{engine:?}");
        house.end().await.unwrap();
    }
}

/// A network reports so much a minute and no more; what it reports beyond that takes no room of others.
#[tokio::test]
async fn a_network_reports_so_much_a_minute() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = node(&house);
    let most = u64::try_from(pbgdpl_web::dispatch::BURST).unwrap();
    // Of two browsers, so that neither is a flood by itself.
    for turn in 0..most {
        let agent = if turn % 2 == 0 { PHONE } else { OFFICE };
        let answer = send(&web, &reads(PUBLIC, "/so-a", "/", READER, agent)).await;
        assert_eq!(answer.status, 204, "{turn}");
    }
    let refused = send(&web, &reads(PUBLIC, "/so-a", "/", READER, PHONE)).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "1");
    counted(&web, PUBLIC, "/so-a", "/", "203.0.113.8").await;
    house.clock.advance_seconds(60);
    counted(&web, PUBLIC, "/so-a", "/", READER).await;
    web.flush_engagement().await;
    assert_eq!(all_of(&today(&house).await), most + 2);
    house.end().await.unwrap();
}

/// Marks of a busy day go too, piece by piece.
#[tokio::test]
async fn marks_of_a_busy_day_all_go() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let machinery = house.store.machinery();
        let (day, today) = ("2020-06-14".parse().unwrap(), house.clock_day());
        machinery.visitor_salt(day, [1; 32]).await.unwrap();
        machinery.visitor_salt(today, [2; 32]).await.unwrap();
        machinery.add_staff_mark(today, Mark([9; 16])).await.unwrap();
        for number in 0..600_u128 {
            let mark = Mark(number.to_be_bytes());
            machinery.add_staff_mark(day, mark).await.unwrap();
        }
        assert_eq!(machinery.forget_visitors(today).await.unwrap(), 601, "{engine:?}");
        let left = machinery.staff_marks(&[day, today].into()).await.unwrap();
        let kept = std::collections::BTreeSet::from([(today, Mark([9; 16]))]);
        assert_eq!(left, kept, "{engine:?}");
        let salt = machinery.visitor_salt(today, [3; 32]).await.unwrap();
        assert_eq!(salt, [2; 32], "{engine:?}: that of today stays");
        let salt = machinery.visitor_salt(day, [3; 32]).await.unwrap();
        assert_eq!(salt, [3; 32], "{engine:?}: that of the day before is gone");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn salts_and_marks_go_with_their_day_and_nothing_says_who_read() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = node(&house);
        let session = house.session(&house.in_a.editor).await.unwrap();
        let desk = Ask::get(DESK, "/quan-tri/so-a").signed_in(&session);
        let desk = desk
            .with("user-agent", OFFICE)
            .with("x-forwarded-for", "198.51.100.1");
        assert_eq!(send(&web, &desk).await.status, 200);
        counted(&web, PUBLIC, "/so-a", "/tim-kiem", READER).await;
        web.flush_engagement().await;
        let mut owner = Owner::of(&house.ground).await.unwrap();
        let tables: Vec<String> = pbgdpl_migrations::tables::all().unwrap().into_keys().collect();
        let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
        for row in owner.rows(&tables).await.unwrap() {
            for trace in [READER, "198.51.100.1", "SM-A105F", "Windows NT 10.0; Win64"] {
                assert!(!row.contains(trace), "{engine:?}: {row}");
            }
        }
        let day = "2020-06-15";
        let of_the_day = async |owner: &mut Owner| {
            let rows = owner.rows(&["visitor_salt", "staff_mark"]).await.unwrap();
            rows.iter().filter(|row| row.contains(day)).count()
        };
        assert_eq!(of_the_day(&mut owner).await, 2, "{engine:?}: a salt and a mark");
        // Past midnight the last views are still decided on, then nobody can tell any more whose they were.
        house.clock.advance_seconds(16 * 3600 + 1800);
        web.flush_engagement().await;
        assert_eq!(of_the_day(&mut owner).await, 2, "{engine:?}");
        house.clock.advance_seconds(3600);
        web.flush_engagement().await;
        assert_eq!(of_the_day(&mut owner).await, 0, "{engine:?}");
        // The same reader is somebody else today.
        counted(&web, PUBLIC, "/so-a", "/", READER).await;
        web.flush_engagement().await;
        assert_eq!(people(&house).await, 1, "{engine:?}");

        // After its term the sketch goes and the figure stays.
        let sketches = async |owner: &mut Owner| {
            owner
                .rows(&["engagement_people", "province_people"])
                .await
                .unwrap()
        };
        let before = sketches(&mut owner).await;
        house.clock.advance_seconds(40 * 24 * 3600);
        let mail = format!("file:{}", house.folder.path().join("mail").display());
        let sender = pbgdpl_mail::Sender::open(&mail, "pbgdpl@thu.example").unwrap();
        let jobs = pbgdpl_jobs::Jobs::new(house.app.clone(), sender, "https://quantri.thu.example");
        assert!(jobs.purge().await.unwrap() >= 4, "{engine:?}");
        let after = sketches(&mut owner).await;
        assert_eq!(before.len(), after.len());
        let longest = |rows: &std::collections::BTreeSet<String>| rows.iter().map(String::len).max();
        assert!(longest(&after) < longest(&before), "{engine:?}: {after:?}");
        let from = "2020-06-15".parse().unwrap();
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let kept = reader.engagement_people(from, house.clock_day()).await.unwrap();
        drop(reader);
        assert_eq!(kept.values().sum::<u64>(), 2, "{engine:?}");
        house.end().await.unwrap();
    }
}
