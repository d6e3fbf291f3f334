//! Findability and open data: feeds, sitemaps, what pages say of themselves, pictures, the read interface, harvesting, datasets.

mod api;
mod cards;
mod data;
mod feeds;
mod framed;
mod harvest;
mod languages;
mod mounts;
mod national;
mod said;

use chrono::NaiveDate;
use pbgdpl_app::article::{Outcome, approve, create, submit, withdraw};
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::agency::{Agency, Status};
use pbgdpl_model::article::{Content, Document, Kind};
use pbgdpl_model::id::ArticleId;
use pbgdpl_scope::Tenant;
use pbgdpl_scope::action::{AgencySuspend, ManifestApply};
use pbgdpl_store::province::NewAgency;
use pbgdpl_testkit::house::{Ground, House, People};
use pbgdpl_testkit::web::{Answer, Ask, HOSTS, Web};
use scraper::{Html, Selector};
use serde_json::Value;
use sqlx::Connection;

const PUBLIC: &str = HOSTS[0].1;
const EMBED: &str = HOSTS[2].1;

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap()
}

fn content(kind: Kind, title: &str) -> Content {
    Content {
        title: title.into(),
        summary: format!("Tóm tắt: {title}"),
        body: "## Ai cần biết\n\nNgười dân **mọi nơi**.".into(),
        document: (kind == Kind::VanBanMoi).then(|| Document {
            number: "64/2020/QH14".into(),
            kind: "Luật".into(),
            issuer: "Quốc hội".into(),
            issued: Some(day(6, 18)),
            effective: Some(day(7, 1)),
            expires: None,
            affected: "Người dân".into(),
            source_url: "https://vbpl.vn/64-2020".into(),
        }),
        ..Content::default()
    }
}

/// The first agency and its people.
fn of_a(house: &House) -> (&Tenant, &People) {
    (&house.a, &house.in_a)
}

/// Writes, sends and approves an item.
async fn publish(house: &House, tenant: &Tenant, people: &People, kind: Kind, title: &str) -> ArticleId {
    published(house, (tenant, people), kind, content(kind, title)).await
}

/// The same of any content.
async fn published(
    house: &House,
    (tenant, people): (&Tenant, &People),
    kind: Kind,
    content: Content,
) -> ArticleId {
    let editor = house.ctx(tenant, &people.editor).await.unwrap();
    let approver = house.ctx(tenant, &people.approver).await.unwrap();
    let made = create::create(&house.app, &editor, kind, content).await;
    let id = done(made.unwrap());
    done(submit::submit(&house.app, &editor, id).await.unwrap());
    done(approve::approve(&house.app, &approver, id, 1, "").await.unwrap());
    id
}

async fn take_back(house: &House, id: ArticleId) {
    let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
    withdraw::withdraw(&house.app, &approver, id, "Nội dung đã cũ.")
        .await
        .unwrap();
}

/// One item of each kind in the first agency, one in the second; what follows from them has run.
async fn four_items(house: &House) -> [ArticleId; 4] {
    let a = async |kind, title| publish(house, &house.a, &house.in_a, kind, title).await;
    let items = [
        a(Kind::Tin, "Đất chưa có sổ & <nhà> ở").await,
        a(Kind::VanBanMoi, "Luật mới về hòa giải").await,
        a(Kind::ToGap, "Tờ gấp khai sinh").await,
        publish(house, &house.b, &house.in_b, Kind::Tin, "Tin của huyện").await,
    ];
    settled(house).await;
    items
}

/// Runs what acts left to do: the province's pages follow.
async fn settled(house: &House) {
    let mail = format!("file:{}", house.folder.path().join("mail").display());
    let sender = Sender::open(&mail, "pbgdpl@thu.example").unwrap();
    let jobs = Jobs::new(house.app.clone(), sender, "https://quantri.thu.example");
    jobs.run_once_until_idle().await.unwrap();
}

async fn got(web: &Web, path: &str) -> Answer {
    web.ask(&Ask::get(PUBLIC, path)).await.unwrap()
}

/// Where an item is read.
async fn path_of(web: &Web, slug: &str, id: ArticleId) -> String {
    let moved = got(web, &format!("/{slug}/bai/{id}")).await;
    moved.header("location").to_owned()
}

/// What a page says of itself to search engines: the first of its things.
fn linked(html: &str) -> Value {
    let html = Html::parse_document(html);
    let data = Selector::parse("script[type='application/ld+json']").unwrap();
    let text: String = html.select(&data).next().unwrap().text().collect();
    let value: Value = serde_json::from_str(&text).unwrap();
    value["@graph"][0].clone()
}

/// Puts copies of an item beside it, all changed in the same millisecond: more than any page of a list holds.
async fn copies(house: &House, item: ArticleId, many: u32) {
    let columns = "kind, slug, title, summary, html, facts, first_published_at, published_at, effective_on";
    let words =
        "folded_title, folded_body, exact_title, exact_body, language, translates, copied_from, verbatim";
    let (fresh, row, id, series) = match &house.ground {
        Ground::Sqlite(_) => (
            "randomblob(16)",
            "random()",
            format!("x'{}'", item.0.simple()),
            format!(
                "(with recursive n(i) as (select 1 union all select i + 1 from n where i < {many}) select i from n)"
            ),
        ),
        Ground::Postgres(_) => (
            "gen_random_uuid()",
            "(random() * 1000000000000)::bigint",
            format!("'{}'", item.0),
            format!("(select i from generate_series(1, {many}) as g(i))"),
        ),
    };
    let insert = format!(
        "insert into published (tenant_id, item_id, {columns}, search_row, {words})
         select tenant_id, {fresh}, {columns}, {row}, {words} from published p, {series} as s where p.item_id = {id}"
    );
    run(house, insert).await;
}

/// Runs a statement as the owner of the database: what no act of ours would do.
async fn run(house: &House, statement: String) {
    match &house.ground {
        Ground::Sqlite(file) => {
            let mut db = sqlx::SqliteConnection::connect(&file.url()).await.unwrap();
            sqlx::query(sqlx::AssertSqlSafe(statement))
                .execute(&mut db)
                .await
                .unwrap();
        }
        Ground::Postgres(databases) => {
            let mut db = sqlx::PgConnection::connect(&databases.superuser_url)
                .await
                .unwrap();
            sqlx::query(sqlx::AssertSqlSafe(statement))
                .execute(&mut db)
                .await
                .unwrap();
        }
    }
}

/// Makes another of the first agency: with a new slug, another place among the agencies; this node knows it at once.
async fn made(house: &House, change: impl FnOnce(&mut Agency)) {
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let warrant = officer.warrant::<ManifestApply>().unwrap();
    let mut province = house.store.province(&warrant).await.unwrap();
    let mut agency = house.a.agency().clone();
    change(&mut agency);
    let new = NewAgency {
        agency,
        hosts: vec!["so-a.thu.example".into()],
        body: "{}".into(),
    };
    province.put_agency(&new, officer.now()).await.unwrap();
    province.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
}

/// Opens or closes the section of the first agency; this node knows it at once.
async fn put(house: &House, status: Status) {
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let warrant = officer.warrant::<AgencySuspend>().unwrap();
    let mut province = house.store.province(&warrant).await.unwrap();
    province
        .put_status(house.a.id(), status, officer.now())
        .await
        .unwrap();
    province.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
}
