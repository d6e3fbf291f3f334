//! What stands in the path of a route, and how two answers are compared.

use http::Method;
use pbgdpl_app::place::depict::depict;
use pbgdpl_model::id::{from_base32, to_base32};
use pbgdpl_scope::{Ctx, RequestId};
use pbgdpl_store::Engine;
use pbgdpl_testkit::furnish::{self, Furnished};
use pbgdpl_testkit::house::{House, Someone};
use pbgdpl_testkit::statements::Statements;
use pbgdpl_testkit::web::{Answer, Ask, Web};
use pbgdpl_web::arrival::Table;
use pbgdpl_web::routes::Route;
use uuid::Uuid;

pub(crate) const PUBLIC: &str = "thu.example";
pub(crate) const DESK: &str = "quantri.thu.example";
pub(crate) const EMBED: &str = "nhung.thu.example";
pub(crate) const FILES: &str = "tep.thu.example";

/// What a parameter of a path stands for. A new parameter without an entry fails the test: say here what a foreign one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The agency's slug.
    Agency,
    /// An id of a thing of the agency.
    Id(Thing),
    /// The form that the agency fills.
    Form,
    /// A word that belongs to nobody: a year, a version's number.
    Word(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    Article,
    Activity,
    Embed,
    /// A key that a site had before.
    FormerKey,
    Evidence,
    Entry,
    Group,
    Place,
    Host,
}

pub(crate) fn slot(route: &Route, name: &str) -> Slot {
    let desk = route.table == Table::Desk;
    match (name, route.path) {
        ("agency", _) => Slot::Agency,
        ("item" | "card", _) => Slot::Id(Thing::Article),
        ("id", path) if path.contains("/bai/") => Slot::Id(Thing::Article),
        ("activity", _) => Slot::Id(Thing::Activity),
        ("entry", _) => Slot::Id(Thing::Entry),
        ("group", _) => Slot::Id(Thing::Group),
        ("step", path) if path.contains("/quyet-dinh/") => Slot::Word("tam-khong-cu"),
        ("step", _) => Slot::Word("thay-doi"),
        ("embed", _) => Slot::Id(Thing::Embed),
        ("media", _) => Slot::Id(Thing::Evidence),
        ("id", _) if !desk => Slot::Id(Thing::Evidence),
        ("form", _) => Slot::Form,
        ("dataset", _) => Slot::Word("cuoc-pbgdpl"),
        ("plan", _) => Slot::Word(furnish::PLAN),
        ("indicator", _) => Slot::Word("cuoc-truc-tiep"),
        ("part", _) => Slot::Word("II.4"),
        ("alarm" | "view" | "figure", _) => Slot::Word("00000000000000000000000000"),
        ("number", _) => Slot::Word("1"),
        ("column", _) => Slot::Word("3"),
        ("period", _) => Slot::Word("nam-chinh-thuc"),
        ("year", _) => Slot::Word("2020"),
        ("measure", _) => Slot::Word("direct_sessions"),
        ("kind", _) => Slot::Word("tin"),
        ("place", _) => Slot::Id(Thing::Place),
        ("host", _) => Slot::Id(Thing::Host),
        ("key", path) if path.contains("/ma-cu/") => Slot::Id(Thing::FormerKey),
        ("file", _) => Slot::Word("page.css"),
        ("link" | "token", _) => Slot::Word("khong-co"),
        _ => panic!("{route:?}: what is a foreign `{name}`? Give it an entry in the isolation matrix"),
    }
}

/// A house with two furnished agencies that have nothing to do with each other.
pub(crate) async fn two(engine: Engine) -> (House, Furnished, Furnished) {
    let house = House::on(engine).await.unwrap();
    furnish::forms(&house).await.unwrap();
    let a = furnish::furnish(&house, &house.a, &house.in_a, None, "CANARY-A")
        .await
        .unwrap();
    let b = furnish::furnish(&house, &house.b, &house.in_b, None, "CANARY-B")
        .await
        .unwrap();
    for of in [&a, &b] {
        let request = RequestId::new("thu".into());
        let schedule = Ctx::of_system(of.tenant.clone(), "thu", house.app.now(), request);
        let picture = furnish::png().unwrap();
        depict(&house.app, &schedule, of.place, Ok(picture.into()))
            .await
            .unwrap();
    }
    (house, a, b)
}

pub(crate) fn id(of: &Furnished, thing: Thing) -> Uuid {
    match thing {
        Thing::Article => of.article.0,
        Thing::Embed => of.embed.id.0,
        Thing::FormerKey => from_base32(&of.former).unwrap(),
        Thing::Activity => of.activity.0,
        Thing::Evidence => of.evidence.0,
        Thing::Entry => of.entry.0,
        Thing::Group => of.group.0,
        Thing::Place => of.place.0,
        Thing::Host => of.host.0,
    }
}

pub(crate) fn roles(of: &Furnished) -> [(&'static str, &Someone); 4] {
    [
        ("agency-admin", &of.people.admin),
        ("editor", &of.people.editor),
        ("approver", &of.people.approver),
        ("reporter", &of.people.reporter),
    ]
}

/// An id of nobody.
pub(crate) fn nobodys() -> String {
    to_base32(Uuid::now_v7())
}

/// A form with something in every field that a form of ours has, so that requests get past the reading of it.
pub(crate) fn form() -> Vec<(&'static str, &'static str)> {
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
        ("name", "Chiếm"),
        ("post", "x"),
        ("workplace", "x"),
        ("education", "x"),
        ("level", "bcv_tinh"),
        ("received", "15/06/2020"),
        ("from", "15/06/2020"),
        ("village", "x"),
        ("founded", "15/06/2020"),
        ("men", "1"),
        ("women", "1"),
        ("law", "0"),
        ("minority", "0"),
        ("table", "x"),
    ]
}

/// The path with every parameter filled; `foreign` replaces one of them.
pub(crate) fn path(route: &Route, own: &Furnished, foreign: Option<(&str, &str)>) -> String {
    let part = |part: &str| {
        let Some(name) = part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) else {
            return part.to_owned();
        };
        if let Some((which, value)) = foreign
            && which == name
        {
            return value.to_owned();
        }
        match slot(route, name) {
            Slot::Agency => own.tenant.slug().to_owned(),
            Slot::Id(thing) => to_base32(id(own, thing)),
            Slot::Form => own.form.to_owned(),
            Slot::Word(word) => word.to_owned(),
        }
    };
    route.path.split('/').map(part).collect::<Vec<_>>().join("/")
}

pub(crate) fn ask(route: &Route, host: &str, path: &str, session: Option<&str>) -> Ask {
    let ask = if route.method == Method::POST {
        Ask::post(host, path, &form())
    } else if route.path.ends_with("/so-sanh") {
        // Without its query it is refused before it is looked up.
        Ask::get(host, &format!("{path}?cu=1&moi=1"))
    } else {
        Ask::get(host, path)
    };
    match session {
        Some(session) => ask.signed_in(session),
        None => ask,
    }
}

/// An answer with the value that was put into the request masked too, also as it stands in an address.
pub(crate) fn masked(answer: &Answer, value: &str) -> String {
    let encoded: String = value
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_string()
            } else {
                format!("%{:02X}", u32::from(c))
            }
        })
        .collect();
    answer.masked().replace(value, "VALUE").replace(&encoded, "VALUE")
}

/// Two requests that differ in one value are answered alike, and show nothing of the other agency.
pub(crate) async fn alike(
    web: &Web,
    make: impl Fn(&str) -> Ask,
    (foreign, random): (&str, &str),
    canary: &str,
    what: &str,
) -> Answer {
    let statements = Statements::counted();
    let theirs = web.ask(&make(foreign)).await.unwrap();
    let for_theirs = statements.so_far();
    let nobodys = web.ask(&make(random)).await.unwrap();
    let for_nobodys = statements.so_far() - for_theirs;
    // AUZ-11, the same class of time: the same way is gone, question for question.
    assert_eq!(
        for_theirs, for_nobodys,
        "{what}: a foreign id is asked for otherwise than a random one"
    );
    assert_eq!(
        masked(&theirs, foreign),
        masked(&nobodys, random),
        "{what}: a foreign id answers otherwise than a random one"
    );
    assert!(!theirs.text().contains(canary), "{what}: leaks");
    assert!(!theirs.status.is_server_error(), "{what}: {}", theirs.status);
    theirs
}

/// What an agency's records say: another value after anything was written.
pub(crate) async fn state_of(house: &House, of: &Furnished) -> (i64, [u8; 32], i64, Vec<String>) {
    let reader = house.store.read().tenant(&of.tenant).await.unwrap();
    let (seq, hash) = reader.audit_head().await.unwrap();
    let members = reader.members().await.unwrap();
    let members = members.iter().map(|member| format!("{member:?}")).collect();
    (seq, hash, reader.ledger_position().await.unwrap(), members)
}
