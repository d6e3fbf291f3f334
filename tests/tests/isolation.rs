//! The isolation matrix (SECURITY T1), generated from the route table: every route × role × id position ×
//! {A→B, B→A, member of both, suspended} × {SQLite, PostgreSQL}. Another agency's id and a random one answer alike.

use std::collections::BTreeSet;

use http::Method;
use pbgdpl_app::activity::{Facts, add_evidence, draft};
use pbgdpl_app::article::{Outcome, approve, create, submit};
use pbgdpl_app::media::upload::{Purpose, Upload, upload};
use pbgdpl_model::activity;
use pbgdpl_model::agency::Status;
use pbgdpl_model::article::{Content, Kind};
use pbgdpl_model::id::{ActivityId, ArticleId, EmbedId, MediaId};
use pbgdpl_scope::Tenant;
use pbgdpl_scope::action::AgencySuspend;
use pbgdpl_store::tenant::EmbedRow;
use pbgdpl_testkit::house::{BOTH, House, People, Someone};
use pbgdpl_testkit::web::{Answer, Ask, Web};
use pbgdpl_web::arrival::Table;
use pbgdpl_web::routes::{Audience, Route, all};
use uuid::Uuid;

const PUBLIC: &str = "thu.example";
const DESK: &str = "quantri.thu.example";
const EMBED: &str = "nhung.thu.example";

/// What a parameter of a path stands for. A new parameter without an entry fails the test: say here what a foreign one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// The agency's slug.
    Agency,
    /// An id of a thing of the agency.
    Id(Thing),
    /// A word that belongs to nobody: a year, a form's code, a version's number.
    Word(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Article,
    PublishedArticle,
    Activity,
    Embed,
    Media,
}

fn slot(route: &Route, name: &str) -> Slot {
    let desk = route.table == Table::Desk;
    match (name, route.path) {
        ("agency", _) => Slot::Agency,
        ("item", _) => Slot::Id(Thing::PublishedArticle),
        ("id", path) if path.contains("/bai/") => Slot::Id(Thing::Article),
        ("id", path) if path.contains("/hoat-dong/") => Slot::Id(Thing::Activity),
        ("activity", _) => Slot::Id(Thing::Activity),
        ("embed", _) => Slot::Id(Thing::Embed),
        ("media", _) => Slot::Id(Thing::Media),
        ("id", _) if !desk => Slot::Id(Thing::Media),
        ("number", _) => Slot::Word("1"),
        ("column", _) => Slot::Word("3"),
        ("form", _) => Slot::Word("09d"),
        ("period", _) => Slot::Word("nam"),
        ("year", _) => Slot::Word("2020"),
        ("measure", _) => Slot::Word("direct_sessions"),
        ("kind", _) => Slot::Word("tin"),
        ("file", _) => Slot::Word("page.css"),
        ("link" | "token", _) => Slot::Word("khong-co"),
        _ => panic!("{route:?}: what is a foreign `{name}`? Give it an entry in the isolation matrix"),
    }
}

/// One agency with a thing in every place that a path can name.
struct Furnished {
    tenant: Tenant,
    people: People,
    article: ArticleId,
    activity: ActivityId,
    media: MediaId,
    embed: EmbedRow,
}

/// An activity with a file that proves it.
async fn activity(house: &House, tenant: &Tenant, people: &People, mark: &str) -> (ActivityId, MediaId) {
    let ctx = house.ctx(tenant, &people.reporter).await.unwrap();
    let facts = Facts {
        kind: activity::Kind::HoiNghi,
        day: house.clock_day(),
        content: activity::Content {
            title: format!("{mark} hội nghị"),
            form: "truc-tiep".into(),
            place: "Nhà rông".into(),
            sessions: 1,
            attendees: 40,
            language: "tieng-viet".into(),
            mode: "truc-tiep".into(),
            no_evidence_reason: format!("{mark} lý do"),
            ..activity::Content::default()
        },
        partners: Vec::new(),
    };
    let made = draft::create(&house.app, &ctx, facts).await.unwrap();
    let pbgdpl_app::activity::Outcome::Done(id) = made else {
        panic!("{made:?}")
    };
    let file = Upload {
        purpose: Purpose::Evidence,
        file_name: "a.png".into(),
        bytes: PNG.into(),
        alt: String::new(),
    };
    let media = upload(&house.app, &ctx, file).await.unwrap().id;
    add_evidence::add_evidence(&house.app, &ctx, id, media, mark)
        .await
        .unwrap();
    (id, media)
}

/// The smallest picture.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63,
    0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

async fn furnish(house: &House, tenant: &Tenant, people: &People, mark: &str) -> Furnished {
    let editor = house.ctx(tenant, &people.editor).await.unwrap();
    let approver = house.ctx(tenant, &people.approver).await.unwrap();
    let content = Content {
        title: format!("{mark} tiêu đề"),
        summary: format!("{mark} tóm tắt"),
        body: format!("{mark} nội dung"),
        ..Content::default()
    };
    let Outcome::Done(article) = create::create(&house.app, &editor, Kind::Tin, content)
        .await
        .unwrap()
    else {
        panic!("created")
    };
    submit::submit(&house.app, &editor, article).await.unwrap();
    approve::approve(&house.app, &approver, article, 1, "")
        .await
        .unwrap();
    let admin = house.ctx(tenant, &people.admin).await.unwrap();
    let permit = admin
        .permit::<pbgdpl_scope::action::EmbedWrite>(&pbgdpl_scope::Nothing)
        .unwrap();
    let mut store = house.store.tenant(tenant).await.unwrap();
    let embed = EmbedRow {
        id: EmbedId::fresh(admin.now()),
        key: pbgdpl_model::id::to_base32(Uuid::new_v4()),
        site: format!("{mark} trang"),
        origins: vec!["https://co-quan.example".into()],
        open: true,
        created_by: people.admin.account,
        created_at: admin.now(),
    };
    store.add_embed(&permit, &embed).await.unwrap();
    store.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    let (activity, media) = activity(house, tenant, people, mark).await;
    let tenant = house.store.registry().now().by_id(tenant.id()).unwrap();
    Furnished {
        tenant,
        people: people.clone(),
        article,
        activity,
        media,
        embed,
    }
}

impl Furnished {
    fn id(&self, thing: Thing) -> Uuid {
        match thing {
            Thing::Article | Thing::PublishedArticle => self.article.0,
            Thing::Embed => self.embed.id.0,
            Thing::Activity => self.activity.0,
            Thing::Media => self.media.0,
        }
    }

    fn roles(&self) -> [(&'static str, &Someone); 4] {
        [
            ("agency-admin", &self.people.admin),
            ("editor", &self.people.editor),
            ("approver", &self.people.approver),
            ("reporter", &self.people.reporter),
        ]
    }
}

/// A form with something in every field that a form of ours has, so that requests get past the reading of it.
fn form() -> Vec<(&'static str, &'static str)> {
    vec![
        ("title", "Chiếm"),
        ("summary", "Chiếm"),
        ("body", "Chiếm"),
        ("note", "x"),
        ("based_on", "1"),
        ("remark", "x"),
        ("notice", "x"),
        ("reason", "x"),
        ("kind", "tin"),
        ("loai", "tin"),
        ("email", "nguoi-1@thu.example"),
        ("role", "editor"),
        ("site", "x"),
        ("origins", "https://la.example"),
        ("answer", "confirmed"),
        ("day", "15/06/2020"),
        ("row_version", "1"),
    ]
}

/// The path with every parameter filled; `foreign` replaces one of them.
fn path(route: &Route, own: &Furnished, foreign: Option<(&str, String)>) -> String {
    route
        .path
        .split('/')
        .map(|part| {
            let Some(name) = part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) else {
                return part.to_owned();
            };
            if let Some((which, value)) = &foreign
                && *which == name
            {
                return value.clone();
            }
            match slot(route, name) {
                Slot::Agency => own.tenant.slug().to_owned(),
                Slot::Id(thing) => pbgdpl_model::id::to_base32(own.id(thing)),
                Slot::Word(word) => word.to_owned(),
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

fn ask(route: &Route, host: &str, path: &str, session: Option<&str>) -> Ask {
    let ask = if route.method == Method::POST {
        Ask::post(host, path, &form())
    } else {
        Ask::get(host, path)
    };
    match session {
        Some(session) => ask.signed_in(session),
        None => ask,
    }
}

/// An answer with the value that was put into the path masked too.
fn masked(answer: &Answer, value: &str) -> String {
    answer.masked().replace(value, "VALUE")
}

async fn state_of(house: &House, tenant: &Tenant) -> (i64, [u8; 32], i64) {
    let reader = house.store.read().tenant(tenant).await.unwrap();
    let (seq, hash) = reader.audit_head().await.unwrap();
    (seq, hash, reader.ledger_position().await.unwrap())
}

#[tokio::test]
async fn t1_every_route_keeps_agencies_apart() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let a = furnish(&house, &house.a, &house.in_a, "CANARY-A").await;
        let b = furnish(&house, &house.b, &house.in_b, "CANARY-B").await;
        let web = Web::of(&house, true).unwrap();
        let mut cells = 0_u32;
        for (own, other, canary) in [(&a, &b, "CANARY-B"), (&b, &a, "CANARY-A")] {
            let before = state_of(&house, &other.tenant).await;
            for (role, person) in own.roles() {
                let session = house.session(person).await.unwrap();
                for route in all().iter().filter(|r| r.table == Table::Desk) {
                    for name in route.parameters() {
                        cells += desk_cell(&web, route, name, (own, other), &session, role, canary).await;
                    }
                    if let Audience::Officer(_) = route.audience {
                        let answer = web
                            .ask(&ask(route, DESK, &path(route, own, None), Some(&session)))
                            .await
                            .unwrap();
                        assert_eq!(
                            answer.status, 404,
                            "{engine:?} {role} {route:?}: the province's desk is not theirs"
                        );
                        cells += 1;
                    }
                }
            }
            assert_eq!(
                before,
                state_of(&house, &other.tenant).await,
                "{engine:?}: something was written into the other agency"
            );
        }
        cells += visitors(&web, &a, &b).await;
        cells += in_both(&house, &web, &a, &b).await;
        cells += suspended(&house, &web, &a).await;
        println!("{engine:?}: {cells} cells, 0 leaks");
        assert!(cells > 150, "the matrix shrank to {cells} cells");
    }
}

/// One id position of one desk route for one role: the foreign value against a random one.
async fn desk_cell(
    web: &Web,
    route: &Route,
    name: &str,
    (own, other): (&Furnished, &Furnished),
    session: &str,
    role: &str,
    canary: &str,
) -> u32 {
    let (foreign, random) = match slot(route, name) {
        Slot::Agency => (other.tenant.slug().to_owned(), "khong-co-that".to_owned()),
        Slot::Id(thing) => (
            pbgdpl_model::id::to_base32(other.id(thing)),
            pbgdpl_model::id::to_base32(Uuid::now_v7()),
        ),
        Slot::Word(_) => return 0,
    };
    if !route.path.starts_with("/quan-tri/{agency}") {
        return 0;
    }
    let theirs = web
        .ask(&ask(
            route,
            DESK,
            &path(route, own, Some((name, foreign.clone()))),
            Some(session),
        ))
        .await
        .unwrap();
    let nobodys = web
        .ask(&ask(
            route,
            DESK,
            &path(route, own, Some((name, random.clone()))),
            Some(session),
        ))
        .await
        .unwrap();
    assert_eq!(
        masked(&theirs, &foreign),
        masked(&nobodys, &random),
        "{role} {route:?} {name}: a foreign id answers otherwise than a random one"
    );
    assert!(!theirs.text().contains(canary), "{role} {route:?} {name}: leaks");
    assert!(
        !theirs.status.is_success() || name != "agency",
        "{role} {route:?}: open to strangers"
    );
    1
}

/// Visitors reach a section four ways; none of them shows another agency's item.
async fn visitors(web: &Web, a: &Furnished, b: &Furnished) -> u32 {
    let mut cells = 0;
    for (own, other, canary) in [(a, b, "CANARY-B"), (b, a, "CANARY-A")] {
        let mounts = [
            (PUBLIC.to_owned(), format!("/{}", own.tenant.slug())),
            (format!("{}.thu.example", own.tenant.slug()), String::new()),
            (EMBED.to_owned(), format!("/k/{}", own.embed.key)),
        ];
        for (host, mount) in &mounts {
            for route in all().iter().filter(|r| r.table == Table::Section) {
                let own_page = web
                    .ask(&Ask::get(host, &format!("{mount}{}", path(route, own, None))))
                    .await
                    .unwrap();
                assert!(
                    !own_page.text().contains(canary),
                    "{route:?} on {host}{mount} leaks"
                );
                cells += 1;
                for name in route.parameters() {
                    let Slot::Id(thing) = slot(route, name) else {
                        continue;
                    };
                    let foreign = format!("{}-x", pbgdpl_model::id::to_base32(other.id(thing)));
                    let random = format!("{}-x", pbgdpl_model::id::to_base32(Uuid::now_v7()));
                    let theirs = web
                        .ask(&Ask::get(
                            host,
                            &format!("{mount}{}", path(route, own, Some((name, foreign.clone())))),
                        ))
                        .await
                        .unwrap();
                    let nobodys = web
                        .ask(&Ask::get(
                            host,
                            &format!("{mount}{}", path(route, own, Some((name, random.clone())))),
                        ))
                        .await
                        .unwrap();
                    assert_eq!(theirs.status, 404);
                    assert_eq!(
                        masked(&theirs, &foreign),
                        masked(&nobodys, &random),
                        "{route:?} on {host}{mount}"
                    );
                    cells += 1;
                }
            }
        }
        let search = web
            .ask(&Ask::get(
                PUBLIC,
                &format!("/{}/tim-kiem?q=tieu+de", own.tenant.slug()),
            ))
            .await
            .unwrap();
        assert!(
            search.text().contains("tiêu đề") && !search.text().contains(canary),
            "search in one agency"
        );
    }
    cells
}

/// A member of both acts in the agency of the path, with the roles held there.
async fn in_both(house: &House, web: &Web, a: &Furnished, b: &Furnished) -> u32 {
    let session = house.session(&house.in_both).await.unwrap();
    let mut cells = 0;
    for route in all().iter().filter(|r| r.path.starts_with("/quan-tri/{agency}")) {
        for name in route.parameters() {
            let Slot::Id(thing) = slot(route, name) else {
                continue;
            };
            for (own, other) in [(a, b), (b, a)] {
                let foreign = pbgdpl_model::id::to_base32(other.id(thing));
                let random = pbgdpl_model::id::to_base32(Uuid::now_v7());
                let theirs = web
                    .ask(&ask(
                        route,
                        DESK,
                        &path(route, own, Some((name, foreign.clone()))),
                        Some(&session),
                    ))
                    .await
                    .unwrap();
                let nobodys = web
                    .ask(&ask(
                        route,
                        DESK,
                        &path(route, own, Some((name, random.clone()))),
                        Some(&session),
                    ))
                    .await
                    .unwrap();
                assert_eq!(
                    masked(&theirs, &foreign),
                    masked(&nobodys, &random),
                    "member of both, {route:?}"
                );
                cells += 1;
            }
        }
    }
    cells
}

/// A suspended agency: hidden from visitors, and nobody of its staff writes.
async fn suspended(house: &House, web: &Web, a: &Furnished) -> u32 {
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let mut province = house
        .store
        .province(&officer.warrant::<AgencySuspend>().unwrap())
        .await
        .unwrap();
    province
        .put_status(a.tenant.id(), Status::Hidden, officer.now())
        .await
        .unwrap();
    province.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    let before = state_of(house, &a.tenant).await;
    let mut cells = 0;
    // What it published rests too, on the province's pages and in its search; these were kept before it was suspended.
    for path in ["/", "/tim-kiem?q=tieu+de", "/feed.atom", "/sitemap.xml"] {
        let answer = web.ask(&Ask::get(PUBLIC, path)).await.unwrap();
        assert!(
            !answer.text().contains("CANARY-A"),
            "{path} shows what a suspended agency published"
        );
        assert!(
            path == "/sitemap.xml" || answer.text().contains("CANARY-B"),
            "{path}"
        );
    }
    for route in all().iter().filter(|r| r.table == Table::Section) {
        let path = format!("/{}{}", a.tenant.slug(), path(route, a, None));
        let answer = web.ask(&Ask::get(PUBLIC, &path)).await.unwrap();
        assert_eq!(answer.status, 503, "{route:?}");
        assert!(!answer.text().contains("CANARY"), "{route:?}");
        cells += 1;
    }
    let mut answers = BTreeSet::new();
    for (_, person) in a.roles() {
        let session = house.session(person).await.unwrap();
        for route in all()
            .iter()
            .filter(|r| r.path.starts_with("/quan-tri/{agency}") && r.method == Method::POST)
        {
            let answer = web
                .ask(&ask(route, DESK, &path(route, a, None), Some(&session)))
                .await
                .unwrap();
            assert!(
                !answer.status.is_success(),
                "{route:?} wrote in a suspended agency: {}",
                answer.status
            );
            answers.insert(answer.status.as_u16());
            cells += 1;
        }
    }
    assert_eq!(
        before,
        state_of(house, &a.tenant).await,
        "something was written while suspended"
    );
    cells
}
