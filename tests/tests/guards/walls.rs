//! G13 and T1b: each wall alone. Row security without the store's filter, table by table; the store without row security.

use std::collections::BTreeSet;

use pbgdpl_app::activity::{Facts, Outcome, draft, record, reverse};
use pbgdpl_app::article::{approve, save, submit};
use pbgdpl_app::place::depict::depict;
use pbgdpl_migrations::tables::{Kind as TableKind, Read, all};
use pbgdpl_model::activity;
use pbgdpl_model::article::Content;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{ActivityId, MediaId, OutboxId};
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::{Ctx, RequestId};
use pbgdpl_store::province::{AuditFilter, OfReport};
use pbgdpl_store::tenant::{ActivityFilter, ArticleFilter, Led, LedgerSlice, TenantReader};
use pbgdpl_store::{Database, Engine, Files, Hints, Store};
use pbgdpl_testkit::furnish::{self, Furnished};
use pbgdpl_testkit::house::{Ground, House, settings};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};

async fn in_scope_of(url: &str, tenant: uuid::Uuid) -> PgConnection {
    let mut db = PgConnection::connect(url).await.unwrap();
    db.execute("begin").await.unwrap();
    sqlx::query("select set_config('app.tenant', $1, true)")
        .bind(tenant.to_string())
        .execute(&mut db)
        .await
        .unwrap();
    db
}

/// A house in which A has a row in every table of an agency: a published item, a counted activity, a share in another's, a
/// sent form, a site, a profile.
async fn lived_in() -> (House, Furnished) {
    let house = House::on(Engine::Postgres).await.unwrap();
    furnish::forms(&house).await.unwrap();
    let a = furnish::furnish(&house, &house.a, &house.in_a, Some(&house.b), "CANARY")
        .await
        .unwrap();
    change_the_item(&house, &a).await;
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    pbgdpl_app::embed::replace::replace(&house.app, &admin, a.embed.id, Some(90))
        .await
        .unwrap();
    let request = RequestId::new("thu".into());
    let schedule = Ctx::of_system(house.a.clone(), "thu", house.app.now(), request);
    let picture = furnish::png().unwrap();
    depict(&house.app, &schedule, a.place, Ok(picture.into()))
        .await
        .unwrap();
    take_one_back(&house).await;
    speak(&house, &a).await;
    furnish::furnish(&house, &house.b, &house.in_b, Some(&house.a), "B")
        .await
        .unwrap();
    // B is empty again: whatever B sees now is of A.
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    let mut admin = PgConnection::connect(&databases.superuser_url).await.unwrap();
    admin
        .execute("set session_replication_role = replica")
        .await
        .unwrap();
    for (name, table) in all().unwrap() {
        if table.kind != TableKind::Tenant {
            continue;
        }
        sqlx::query(AssertSqlSafe(format!("delete from {name} where tenant_id = $1")))
            .bind(house.b.id().0)
            .execute(&mut admin)
            .await
            .unwrap();
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(format!(
            "select count(*) from {name} where tenant_id = $1"
        )))
        .bind(house.a.id().0)
        .fetch_one(&mut admin)
        .await
        .unwrap();
        assert!(
            rows > 0,
            "{name}: A has no row, so that nothing would be proved of it; let `testkit::furnish` make one"
        );
    }
    (house, a)
}

/// A counted activity of A, with what a case adds to it.
async fn recorded(house: &House, reporter: &Ctx, what: activity::Content) -> ActivityId {
    let facts = Facts {
        kind: activity::Kind::HoiNghi,
        day: house.clock_day(),
        content: activity::Content {
            form: "truc-tiep".into(),
            place: "Nhà rông".into(),
            sessions: 1,
            ..what
        },
        partners: Vec::new(),
    };
    let Outcome::Done(id) = draft::create(&house.app, reporter, facts).await.unwrap() else {
        panic!("drafted")
    };
    let recorded = record::record(&house.app, reporter, id, 1).await.unwrap();
    assert!(matches!(recorded, Outcome::Done(_)), "{recorded:?}");
    id
}

/// An activity that was recorded by mistake.
async fn take_one_back(house: &House) {
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let mistake = activity::Content {
        title: "CANARY ghi nhầm".into(),
        attendees: 3,
        no_evidence_reason: "CANARY không có biên bản".into(),
        ..activity::Content::default()
    };
    let id = recorded(house, &reporter, mistake).await;
    let taken = reverse::reverse(&house.app, &reporter, id, "CANARY ghi nhầm")
        .await
        .unwrap();
    assert!(matches!(taken, Outcome::Done(())), "{taken:?}");
}

/// An activity at which somebody of the register spoke.
async fn speak(house: &House, a: &Furnished) {
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let spoken = activity::Content {
        title: "CANARY có báo cáo viên".into(),
        attendees: 30,
        registered: vec![a.entry],
        no_evidence_reason: "CANARY biên bản ở xã".into(),
        ..activity::Content::default()
    };
    recorded(house, &reporter, spoken).await;
}

/// A second publication, with the note that the public reads.
async fn change_the_item(house: &House, a: &Furnished) {
    let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    let first = reader.article_version(a.article, 1).await.unwrap().unwrap();
    drop(reader);
    let order = save::Save {
        article: a.article,
        based_on: 1,
        content: Content {
            body: "CANARY sửa".into(),
            ..first.content
        },
        note: "CANARY sửa số liệu".into(),
    };
    save::save(&house.app, &editor, order).await.unwrap();
    submit::submit(&house.app, &editor, a.article).await.unwrap();
    approve::approve(&house.app, &approver, a.article, 2, "CANARY sửa số liệu")
        .await
        .unwrap();
}

#[tokio::test]
async fn g13_row_security_alone_lets_nothing_through() {
    let (house, _) = lived_in().await;
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    let (a, b) = (house.a.id().0, house.b.id().0);
    for (name, table) in all().unwrap() {
        if table.kind != TableKind::Tenant {
            continue;
        }
        // No agency named: nothing is seen, and nothing fails (fails closed).
        let mut nobody = PgConnection::connect(&databases.app_url).await.unwrap();
        let seen: i64 = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {name}")))
            .fetch_one(&mut nobody)
            .await
            .unwrap();
        if table.read == Read::Own {
            assert_eq!(seen, 0, "{name}: seen without an agency");
        }
        // B named, the filter forgotten.
        let mut db = in_scope_of(&databases.app_url, b).await;
        let foreign: i64 = sqlx::query_scalar(AssertSqlSafe(format!(
            "select count(*) from {name} where tenant_id = $1"
        )))
        .bind(a)
        .fetch_one(&mut db)
        .await
        .unwrap();
        if table.read == Read::Own {
            assert_eq!(foreign, 0, "{name}: B sees rows of A");
        }
        if table.append {
            continue;
        }
        let mut db = in_scope_of(&databases.app_url, b).await;
        let changed = sqlx::query(AssertSqlSafe(format!(
            "update {name} set tenant_id = $1 where tenant_id = $2"
        )))
        .bind(b)
        .bind(a)
        .execute(&mut db)
        .await
        .unwrap();
        assert_eq!(changed.rows_affected(), 0, "{name}: B changes rows of A");
        let mut db = in_scope_of(&databases.app_url, b).await;
        let gone = sqlx::query(AssertSqlSafe(format!("delete from {name} where tenant_id = $1")))
            .bind(a)
            .execute(&mut db)
            .await
            .unwrap();
        assert_eq!(gone.rows_affected(), 0, "{name}: B removes rows of A");
    }
    // A row for A, written while B is named.
    let mut db = in_scope_of(&databases.app_url, b).await;
    let refused = sqlx::query(
        "insert into chain_head (tenant_id, audit_seq, audit_hash, ledger_seq) values ($1, 0, ''::bytea, 0)",
    )
    .bind(a)
    .execute(&mut db)
    .await;
    assert!(refused.unwrap_err().to_string().contains("row-level security"));
    // The province's role reads no row of any agency's own.
    for (name, table) in all().unwrap() {
        if table.kind == TableKind::Tenant && table.read == Read::Own {
            let mut province = PgConnection::connect(&databases.province_url).await.unwrap();
            let read = sqlx::query(AssertSqlSafe(format!("select 1 from {name}")))
                .fetch_optional(&mut province)
                .await;
            assert!(read.is_err(), "{name}: the province's role may read it");
        }
    }
}

#[tokio::test]
async fn aud_09_no_role_of_the_program_can_trim_the_log_or_the_ledger() {
    let (house, _) = lived_in().await;
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    for (name, table) in all().unwrap() {
        if !table.append {
            continue;
        }
        for url in [&databases.app_url, &databases.province_url, &databases.owner_url] {
            for statement in [format!("delete from {name}"), format!("truncate {name}")] {
                let mut db = in_scope_of(url, house.a.id().0).await;
                assert!(
                    db.execute(sqlx::raw_sql(AssertSqlSafe(statement.clone())))
                        .await
                        .is_err(),
                    "{statement}"
                );
            }
        }
    }
}

/// N-07 in the database too: the role that asks for more time cannot grant it, and the one that grants cannot ask.
#[tokio::test]
async fn n_07_no_role_of_the_program_asks_and_grants() {
    let (house, _) = lived_in().await;
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    let row = |answer: &str, until: &str| {
        format!(
            "insert into province_extension (tenant_id, form, period, year, number, wanted_until, reason, asked_by, asked_name,
             asked_at, answer, granted_until, answer_reason)
             values ('{0}', '09d', 'nam', 2020, 9, '2021-01-31', 'x', '{0}', 'x', 0, '{answer}', {until}, '')",
            house.a.id().0
        )
    };
    let grant = "update province_extension set answer = 'granted', granted_until = '2099-01-01'".to_owned();
    let remove = "delete from province_extension".to_owned();
    for (url, statement) in [
        (&databases.app_url, row("granted", "'2099-01-01'")),
        (&databases.app_url, grant),
        (&databases.app_url, remove.clone()),
        (&databases.province_url, row("waiting", "null")),
        (&databases.province_url, remove),
    ] {
        let mut db = in_scope_of(url, house.a.id().0).await;
        let done = db.execute(sqlx::raw_sql(AssertSqlSafe(statement.clone()))).await;
        assert!(done.is_err(), "{statement}");
    }
    let mut db = in_scope_of(&databases.app_url, house.a.id().0).await;
    db.execute(sqlx::raw_sql(AssertSqlSafe(row("waiting", "null"))))
        .await
        .unwrap();
}

#[tokio::test]
async fn t1b_the_store_alone_lets_nothing_through_where_row_security_is_off() {
    let (house, a) = lived_in().await;
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    let mut admin = PgConnection::connect(&databases.superuser_url).await.unwrap();
    for (name, table) in all().unwrap() {
        if table.kind == TableKind::Tenant {
            let off = format!(
                "alter table {name} no force row level security; alter table {name} disable row level security"
            );
            admin.execute(sqlx::raw_sql(AssertSqlSafe(off))).await.unwrap();
        }
    }
    let files = Files::folder(&house.folder.path().join("files")).unwrap();
    let store = Store::new(
        Database::open_unchecked(&settings(&house.ground)).await.unwrap(),
        files,
        Hints::local(),
    )
    .await
    .unwrap();
    let in_a = store.read().tenant(&house.a).await.unwrap();
    let seen = seen_by(&in_a, &a, &mut admin).await;
    let blind: Vec<&str> = seen
        .iter()
        .filter(|(_, rows)| *rows == 0)
        .map(|(name, _)| *name)
        .collect();
    assert!(
        blind.is_empty(),
        "A itself sees nothing through {blind:?}: the test would prove nothing of them"
    );
    let in_b = store.read().tenant(&house.b).await.unwrap();
    for (name, rows) in seen_by(&in_b, &a, &mut admin).await {
        assert_eq!(rows, 0, "`{name}` shows B what is of A");
    }
    let called: BTreeSet<&str> = seen.iter().map(|(name, _)| *name).collect();
    let others: BTreeSet<String> = reader_methods()
        .into_iter()
        .filter(|name| !called.contains(name.as_str()) && name != "communes" && name != "members")
        .collect();
    assert!(
        others.is_empty(),
        "ask these too what B sees through them: {others:?}"
    );
    let ctx = house.ctx(&house.b, &house.in_b.editor).await.unwrap();
    let app = house.second_node(Hints::local()).await.unwrap();
    let order = save::Save {
        article: a.article,
        based_on: 1,
        content: Content {
            title: "x".into(),
            ..Content::default()
        },
        note: String::new(),
    };
    assert!(matches!(
        save::save(&app, &ctx, order).await,
        Err(pbgdpl_app::Error::NotFound)
    ));
    let title: String = sqlx::query("select title from article")
        .fetch_one(&mut admin)
        .await
        .unwrap()
        .get(0);
    assert_eq!(title, "CANARY tiêu đề");
}

const fn of_report<'a>(form: &'a str, period: &'a str) -> OfReport<'a> {
    OfReport {
        form,
        period,
        year: 2020,
    }
}

/// How many things a reader sees of A's, method by method, when it is asked for A's own ids.
async fn seen_by(
    reader: &TenantReader,
    a: &Furnished,
    admin: &mut PgConnection,
) -> Vec<(&'static str, usize)> {
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2020, month, day).unwrap();
    let (from, to) = (day(1, 1), day(12, 31));
    let message: uuid::Uuid = sqlx::query("select id from outbox_message limit 1")
        .fetch_one(&mut *admin)
        .await
        .unwrap()
        .get(0);
    let picture: uuid::Uuid = sqlx::query("select picture from embed_place where picture is not null")
        .fetch_one(admin)
        .await
        .unwrap()
        .get(0);
    let ever = (Moment::from_millis(0), Moment::from_millis(i64::MAX));
    let approvals = [Action::ArticleApprove.word().to_owned()];
    let one = usize::from;
    let many = |n: u64| usize::try_from(n).unwrap();
    let period = "nam-chinh-thuc";
    let (article, activity, report) = (a.article, a.activity, a.report);
    let articles = reader.articles(ArticleFilter::default(), 1, 10).await.unwrap();
    let activities = reader.activities(ActivityFilter::default(), 1, 10).await.unwrap();
    let shares = reader.shares(None, 1, 10).await.unwrap();
    let invited = shares.0.first().map_or(activity, |share| share.activity);
    let audit = reader.audit_page(1, 10).await.unwrap();
    let search = reader.audit_search(&AuditFilter::default(), 1, 10).await.unwrap();
    let slice = LedgerSlice {
        from,
        to,
        measures: &[Measure::DirectSessions],
        up_to: None,
        after: None,
        known: None,
    };
    let ledger = reader.ledger_page(&slice, 1, 10).await.unwrap();
    vec![
        ("article", one(reader.article(article).await.unwrap().is_some())),
        (
            "article_version",
            one(reader.article_version(article, 1).await.unwrap().is_some()),
        ),
        (
            "article_versions",
            reader.article_versions(article).await.unwrap().len(),
        ),
        ("articles", articles.0.len() + many(articles.1)),
        (
            "signatures",
            reader
                .signatures(of_report("09d", period), 1)
                .await
                .unwrap()
                .len(),
        ),
        (
            "last_worded",
            one(reader.last_worded(ever.1).await.unwrap().is_some()),
        ),
        ("timeline", reader.timeline(article.0).await.unwrap().len()),
        (
            "profile",
            one(!reader.profile().await.unwrap().responsible.is_empty()),
        ),
        ("embeds", reader.embeds().await.unwrap().len()),
        ("former_keys", reader.former_keys(a.embed.id).await.unwrap().len()),
        ("places", reader.places(a.embed.id).await.unwrap().len()),
        ("host_claims", reader.host_claims().await.unwrap().len()),
        (
            "host_claim",
            one(reader.host_claim(a.host).await.unwrap().is_some()),
        ),
        (
            "host_leads",
            one(reader.host_leads("so-a.thu.example").await.unwrap() == Led::Here),
        ),
        (
            "is_picture",
            one(reader.is_picture(MediaId(picture)).await.unwrap()),
        ),
        ("place", one(reader.place(a.place).await.unwrap().is_some())),
        (
            "place_at",
            one(reader
                .place_at("https://co-quan.example/canary")
                .await
                .unwrap()
                .is_some()),
        ),
        ("embed", one(reader.embed(a.embed.id).await.unwrap().is_some())),
        ("engagement", reader.engagement(from, to).await.unwrap().len()),
        (
            "engagement_people",
            reader.engagement_people(from, to).await.unwrap().len(),
        ),
        ("most_read", reader.most_read(from, to, 10).await.unwrap().len()),
        ("media", one(reader.media(a.evidence).await.unwrap().is_some())),
        ("is_evidence", one(reader.is_evidence(a.evidence).await.unwrap())),
        (
            "sources",
            reader.sources(&[activity.0], None).await.unwrap().len(),
        ),
        (
            "activity",
            one(reader.activity(activity).await.unwrap().is_some()),
        ),
        ("activities", activities.0.len() + many(activities.1)),
        (
            "activity_years",
            one(reader.activity_years().await.unwrap().is_some()),
        ),
        (
            "activity_versions",
            reader.activity_versions(activity).await.unwrap().len(),
        ),
        ("evidence_count", reader.evidence_count(activity).await.unwrap()),
        ("shares", shares.0.len() + many(shares.1)),
        ("share", one(reader.share(invited).await.unwrap().is_some())),
        ("totals", reader.totals(from, to).await.unwrap().len()),
        (
            "contribution",
            one(reader.contribution(furnish::PLAN, 2020).await.unwrap().is_some()),
        ),
        ("contributions", reader.contributions().await.unwrap().len()),
        (
            "sent_contributions",
            reader
                .sent_contributions(furnish::PLAN, 2020)
                .await
                .unwrap()
                .len(),
        ),
        (
            "ledger_totals",
            reader.ledger_totals(from, to).await.unwrap().len(),
        ),
        (
            "ledger_totals_up_to",
            reader
                .ledger_totals_up_to(from, to, i64::MAX)
                .await
                .unwrap()
                .len(),
        ),
        ("day_totals", reader.day_totals().await.unwrap().len()),
        ("ledger_days", reader.ledger_days().await.unwrap().len()),
        ("ledger_months", reader.ledger_months(2020).await.unwrap().len()),
        (
            "ledger_freshness",
            one(reader.ledger_freshness().await.unwrap().0.is_some()),
        ),
        ("evidenced", many(reader.evidenced(2020).await.unwrap().1)),
        (
            "ledger_between",
            reader.ledger_between(from, to, None).await.unwrap().len(),
        ),
        ("ledger_page", ledger.rows.len() + many(ledger.count)),
        (
            "reversed_among",
            reader
                .reversed_among(&(1..50).collect::<Vec<i64>>(), None)
                .await
                .unwrap()
                .len(),
        ),
        ("ledger_of", reader.ledger_of(activity.0).await.unwrap().len()),
        (
            "ledger_position",
            usize::try_from(reader.ledger_position().await.unwrap()).unwrap(),
        ),
        ("audit_after", reader.audit_after(0, 10).await.unwrap().len()),
        ("audit_page", audit.0.len() + many(audit.1)),
        (
            "audit_span",
            one(reader.audit_span(ever.0, ever.1).await.unwrap().is_some()),
        ),
        (
            "audit_acts",
            reader.audit_acts(&approvals, ever.0).await.unwrap().len(),
        ),
        (
            "audit_acts_after",
            reader.audit_acts_after(&approvals, 0).await.unwrap().len(),
        ),
        (
            "publications",
            reader.publications(ever.0, ever.1).await.unwrap().len(),
        ),
        ("unproved", many(reader.unproved(2021, 1, 10).await.unwrap().1)),
        (
            "ledger_after",
            reader.ledger_after((from, to), 0, 10).await.unwrap().len(),
        ),
        ("audit_search", search.0.len() + many(search.1)),
        (
            "audit_head",
            usize::try_from(reader.audit_head().await.unwrap().0).unwrap(),
        ),
        (
            "message",
            one(reader.message(OutboxId(message)).await.unwrap().is_some()),
        ),
        (
            "change_notes",
            one(reader
                .change_notes(article)
                .await
                .is_ok_and(|notes| !notes.is_empty())),
        ),
        ("family", reader.family(article).await.unwrap().len()),
        ("originals", reader.originals(10).await.unwrap().len()),
        ("register", reader.register().await.unwrap().len()),
        (
            "registered",
            one(reader.registered(a.entry).await.unwrap().is_some()),
        ),
        ("mediation_groups", reader.mediation_groups().await.unwrap().len()),
        (
            "mediation_group",
            one(reader.mediation_group(a.group).await.unwrap().is_some()),
        ),
        ("sessions_of", reader.sessions_of(a.entry).await.unwrap().len()),
        (
            "spoke",
            reader
                .spoke(
                    from,
                    chrono::NaiveDate::from_ymd_opt(2021, 12, 31).unwrap(),
                    i64::MAX,
                )
                .await
                .unwrap()
                .len(),
        ),
        ("report", one(reader.report(report).await.unwrap().is_some())),
        (
            "report_versions",
            reader.report_versions(a.form, period, 2020).await.unwrap().len(),
        ),
        ("reports", reader.reports().await.unwrap().len()),
        ("declared", reader.declared(report).await.unwrap().len()),
        ("report_walk", reader.report_walk(report).await.unwrap().len()),
        (
            "extensions",
            reader.extensions(of_report(a.form, period)).await.unwrap().len(),
        ),
        (
            "sent_reports",
            reader.sent_reports(period, 2020).await.unwrap().len(),
        ),
    ]
}

/// Every method by which something of an agency is read, from the store's own text.
fn reader_methods() -> BTreeSet<String> {
    let store = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/store/src");
    let mut found = BTreeSet::new();
    for folder in ["tenant", "province", "identity", "."] {
        for file in std::fs::read_dir(format!("{store}/{folder}")).unwrap().flatten() {
            let Ok(text) = std::fs::read_to_string(file.path()) else {
                continue;
            };
            for item in syn::parse_file(&text).unwrap().items {
                let syn::Item::Impl(item) = item else { continue };
                let named =
                    matches!(&*item.self_ty, syn::Type::Path(path) if path.path.is_ident("TenantReader"));
                if !named {
                    continue;
                }
                for part in item.items {
                    let syn::ImplItem::Fn(method) = part else { continue };
                    let public = matches!(method.vis, syn::Visibility::Public(_));
                    if public && method.sig.asyncness.is_some() {
                        found.insert(method.sig.ident.to_string());
                    }
                }
            }
        }
    }
    assert!(
        found.len() > 30,
        "only {found:?}: does the guard look in the right place?"
    );
    found
}
