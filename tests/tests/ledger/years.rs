//! The ledger by years on PostgreSQL (ADR 0020): an old one is carried over whole, a row without a year waits for it, a part named by
//! itself shows nothing, and a year's question reads a year.

use pbgdpl_app::activity::draft;
use pbgdpl_app::activity::record::record;
use pbgdpl_store::{Engine, migrate};
use pbgdpl_testkit::house::{Ground, House};
use pbgdpl_testkit::servers::Databases;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use uuid::Uuid;

use crate::by_hand::{done, facts, jobs};

/// Rows of two agencies over four years, with corrections and long texts.
const OLD_ROWS: &str = "insert into ledger (tenant_id, seq, at, day, source, source_id, source_version, measure, quantity, dimensions, \
      reverses, reason, actor, actor_name) \
    select tenant_id, n, 1577836800000 + n * 1000, date '2018-12-30' + (n * 37 % 1100)::int, case n % 3 when 0 then 'article' else 'activity' end, \
      gen_random_uuid(), n % 4, (array['direct_sessions', 'direct_attendees', 'contests'])[1 + n % 3], (n * 7919 % 1000) - 500, \
      jsonb_build_object('kind', 'hội nghị', 'fields', array_fill('đất đai'::text, array[(n % 5)::int]))::text, \
      case when n % 11 = 0 then n - 1 end, case when n % 11 = 0 then 'ghi trùng' else '' end, gen_random_uuid(), 'Y Blang' \
    from agency, generate_series(1, 3000) as n";

fn databases(house: &House) -> &Databases {
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    databases
}

async fn administrator(house: &House) -> PgConnection {
    PgConnection::connect(&databases(house).superuser_url)
        .await
        .unwrap()
}

/// As the program's role inside an agency.
async fn inside(house: &House, agency: Uuid) -> PgConnection {
    let mut db = PgConnection::connect(&databases(house).app_url).await.unwrap();
    db.execute("begin").await.unwrap();
    sqlx::query("select set_config('app.tenant', $1, true)")
        .bind(agency.to_string())
        .execute(&mut db)
        .await
        .unwrap();
    db
}

/// Every row by its number, with its hash.
async fn rows(db: &mut PgConnection) -> Vec<(Uuid, i64, String)> {
    sqlx::query_as("select tenant_id, seq, md5(row::text) from ledger row order by tenant_id, seq, day")
        .fetch_all(db)
        .await
        .unwrap()
}

/// In which table the rows of a day stand, without repeats.
async fn stands_in(db: &mut PgConnection, day: &str) -> Vec<String> {
    let sql = format!("select distinct tableoid::regclass::text from ledger where day = '{day}'");
    sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_all(db)
        .await
        .unwrap()
}

async fn parts(db: &mut PgConnection) -> Vec<String> {
    let sql =
        "select inhrelid::regclass::text from pg_inherits where inhparent = 'ledger'::regclass order by 1";
    sqlx::query_scalar(sql).fetch_all(db).await.unwrap()
}

/// What stands on the table besides rows: keys, policies, grants, triggers.
async fn walls(db: &mut PgConnection) -> Vec<String> {
    let sql = "select 'index ' || indexname || ' ' || regexp_replace(indexdef, '.* USING ', '') from pg_indexes where tablename = 'ledger'
        union all select 'policy ' || policyname || ' ' || cmd || ' ' || coalesce(qual, '') || coalesce(with_check, '') from pg_policies where tablename = 'ledger'
        union all select 'grant ' || grantee || ' ' || privilege_type from information_schema.role_table_grants where table_name = 'ledger' and grantee <> 'pbgdpl_owner'
        union all select 'trigger ' || tgname from pg_trigger where tgrelid = 'ledger'::regclass and not tgisinternal
        union all select 'key ' || conname || ' ' || contype::text from pg_constraint where conrelid = 'ledger'::regclass
        union all select 'forced ' || relforcerowsecurity::text from pg_class where oid = 'ledger'::regclass
        order by 1";
    sqlx::query_scalar(sql).fetch_all(db).await.unwrap()
}

#[tokio::test]
async fn an_old_ledger_is_carried_over_row_by_row_and_back() {
    let house = House::on(Engine::Postgres).await.unwrap();
    let owner = &databases(&house).owner_url;
    let mut admin = administrator(&house).await;
    let fresh = walls(&mut admin).await;
    let changes = migrate::status(owner).await.unwrap();
    let place = changes
        .iter()
        .position(|change| change.name.contains("m0023"))
        .unwrap();
    migrate::down(owner, u32::try_from(changes.len() - place).unwrap())
        .await
        .unwrap();
    assert!(parts(&mut admin).await.is_empty(), "one table");
    admin.execute(OLD_ROWS).await.unwrap();
    let before = rows(&mut admin).await;
    assert_eq!(before.len(), 6_000);

    migrate::up(owner).await.unwrap();
    assert_eq!(rows(&mut admin).await, before, "every row, as it was");
    assert_eq!(
        walls(&mut admin).await,
        fresh,
        "the same walls as a new house has"
    );
    let found = parts(&mut admin).await;
    for year in [
        "ledger_y2018",
        "ledger_y2019",
        "ledger_y2020",
        "ledger_y2021",
        "ledger_default",
    ] {
        assert!(found.iter().any(|part| part == year), "{year} of {found:?}");
    }
    assert_eq!(stands_in(&mut admin, "2019-06-15").await, ["ledger_y2019"]);
    let by_its_agency: i64 = sqlx::query_scalar("select count(*) from ledger")
        .fetch_one(&mut inside(&house, house.a.id().0).await)
        .await
        .unwrap();
    assert_eq!(by_its_agency, 3_000);

    let changes = migrate::status(owner).await.unwrap();
    migrate::down(owner, u32::try_from(changes.len() - place).unwrap())
        .await
        .unwrap();
    assert_eq!(rows(&mut admin).await, before, "nor is one lost on the way back");
    migrate::up(owner).await.unwrap();
    house.end().await.unwrap();
}

#[tokio::test]
async fn a_row_of_a_year_without_a_part_is_kept_and_moved_when_its_part_comes() {
    let house = House::on(Engine::Postgres).await.unwrap();
    let mut admin = administrator(&house).await;
    let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let day = chrono::NaiveDate::from_ymd_opt(2020, 5, 2).unwrap();
    let recorded = async |attendees| {
        let id = done(
            draft::create(&house.app, &ctx, facts(day, attendees, 0, &[]))
                .await
                .unwrap(),
        );
        done(record(&house.app, &ctx, id, 1).await.unwrap());
    };
    recorded(180).await;
    assert_eq!(
        stands_in(&mut admin, "2020-05-02").await,
        ["ledger_default"],
        "no insert is refused"
    );
    // A day that no year is made for stays where it is.
    admin
        .execute(sqlx::raw_sql(AssertSqlSafe(format!(
            "insert into ledger select tenant_id, 999, at, date '1899-12-31', source, source_id, 1, measure, 7, dimensions, null, '', actor, actor_name \
             from ledger where tenant_id = '{}' and seq = 1",
            house.a.id().0
        ))))
        .await
        .unwrap();
    let before = rows(&mut admin).await;

    // A node without the role makes nothing and says so in its log; the one that has it does.
    let without = jobs(&house.app, &house);
    assert!(without.make_ledger_years().await.unwrap().is_empty());
    let with = jobs(&house.app, &house).with_owner(Some(databases(&house).owner_url.clone()));
    let both = tokio::join!(with.make_ledger_years(), with.make_ledger_years());
    let (first, second) = (both.0.unwrap(), both.1.unwrap());
    assert_eq!([first, second].concat(), [2020], "once, whoever comes first");
    assert_eq!(stands_in(&mut admin, "2020-05-02").await, ["ledger_y2020"]);
    assert_eq!(stands_in(&mut admin, "1899-12-31").await, ["ledger_default"]);
    assert_eq!(rows(&mut admin).await, before, "moved, not changed");
    recorded(20).await;
    assert_eq!(stands_in(&mut admin, "2020-05-02").await, ["ledger_y2020"]);
    assert!(with.make_ledger_years().await.unwrap().is_empty());
    let refused = admin.execute("truncate ledger_default").await.unwrap_err();
    assert!(
        refused.to_string().contains("append-only"),
        "its walls stand again: {refused}"
    );
    with.run_once_until_idle().await.unwrap();
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    let totals = reader.totals(day, day).await.unwrap();
    assert_eq!(totals[&pbgdpl_model::ledger::Measure::DirectAttendees], 200);
    drop(reader);
    house.end().await.unwrap();
}

#[tokio::test]
async fn a_part_named_by_itself_shows_and_takes_nothing() {
    let house = House::on(Engine::Postgres).await.unwrap();
    let mut admin = administrator(&house).await;
    admin.execute(OLD_ROWS).await.unwrap();
    migrate::ledger_years(&databases(&house).owner_url).await.unwrap();
    let (a, b) = (house.a.id().0, house.b.id().0);
    let all = parts(&mut admin).await;
    assert!(all.len() > 5, "{all:?}");
    for part in all {
        let here: i64 = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {part}")))
            .fetch_one(&mut admin)
            .await
            .unwrap();
        for statement in [
            format!("select 1 from {part}"),
            format!("insert into {part} select * from ledger limit 1"),
            format!("update {part} set quantity = 0"),
            format!("delete from {part}"),
            format!("truncate {part}"),
        ] {
            for url in [&databases(&house).app_url, &databases(&house).province_url] {
                let mut db = PgConnection::connect(url).await.unwrap();
                let named = format!("select set_config('app.tenant', '{b}', false)");
                db.execute(sqlx::raw_sql(AssertSqlSafe(named))).await.unwrap();
                let refused = db
                    .execute(sqlx::raw_sql(AssertSqlSafe(statement.clone())))
                    .await
                    .unwrap_err();
                assert!(
                    refused.to_string().contains("permission denied"),
                    "{statement}: {refused}"
                );
            }
        }
        // The owner changes nothing either, and a grant that somebody gives by mistake shows nothing.
        let mut owner = PgConnection::connect(&databases(&house).owner_url).await.unwrap();
        for statement in [
            format!("delete from {part}"),
            format!("update {part} set quantity = 0"),
            format!("truncate {part}"),
        ] {
            let refused = owner
                .execute(sqlx::raw_sql(AssertSqlSafe(statement.clone())))
                .await
                .unwrap_err();
            assert!(
                refused.to_string().contains("append-only"),
                "{statement}: {refused}"
            );
        }
        let grant = format!("grant select on {part} to pbgdpl_app");
        admin.execute(sqlx::raw_sql(AssertSqlSafe(grant))).await.unwrap();
        for agency in [a, b] {
            let seen: i64 = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {part}")))
                .fetch_one(&mut inside(&house, agency).await)
                .await
                .unwrap();
            assert_eq!(seen, 0, "{part}: {seen} of {here} rows");
        }
    }
    // Through the ledger each sees its own.
    for agency in [a, b] {
        let seen: (i64, i64) =
            sqlx::query_as("select count(*), count(*) filter (where tenant_id = $1) from ledger")
                .bind(agency)
                .fetch_one(&mut inside(&house, agency).await)
                .await
                .unwrap();
        assert_eq!(seen, (3_000, 3_000));
    }
    house.end().await.unwrap();
}

#[tokio::test]
async fn a_years_question_reads_a_year() {
    let house = House::on(Engine::Postgres).await.unwrap();
    let mut admin = administrator(&house).await;
    admin.execute(OLD_ROWS).await.unwrap();
    migrate::ledger_years(&databases(&house).owner_url).await.unwrap();
    let mut db = inside(&house, house.a.id().0).await;
    let question = "select measure, sum(quantity) from ledger where tenant_id = $1 and day >= $2 and day <= $3 group by measure";
    db.execute(sqlx::raw_sql(AssertSqlSafe(format!(
        "prepare year (uuid, date, date) as {question}"
    ))))
    .await
    .unwrap();
    let ask = |from: &str, to: &str| {
        let (a, from, to) = (house.a.id().0, from.to_owned(), to.to_owned());
        format!(
            "explain (analyze, costs off, timing off, summary off) execute year ('{a}', '{from}', '{to}')"
        )
    };
    let read = |plan: &[String]| {
        let years: std::collections::BTreeSet<&str> = plan
            .iter()
            .filter_map(|line| line.split(" on ledger_").nth(1))
            .filter_map(|rest| rest.split([' ', '_']).next())
            .collect();
        years.into_iter().map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    // As the driver asks the first times, and as it asks once the plan is kept.
    for mode in ["force_custom_plan", "force_generic_plan"] {
        db.execute(sqlx::raw_sql(AssertSqlSafe(format!(
            "set plan_cache_mode = {mode}"
        ))))
        .await
        .unwrap();
        let plan: Vec<String> = sqlx::query_scalar(AssertSqlSafe(ask("2020-01-01", "2020-12-31")))
            .fetch_all(&mut db)
            .await
            .unwrap();
        assert_eq!(read(&plan), ["y2020"], "{mode}: {plan:#?}");
        let plan: Vec<String> = sqlx::query_scalar(AssertSqlSafe(ask("2019-12-01", "2020-01-31")))
            .fetch_all(&mut db)
            .await
            .unwrap();
        assert_eq!(read(&plan), ["y2019", "y2020"], "{mode}: {plan:#?}");
    }
    drop(db);
    house.end().await.unwrap();
}

/// The unique key must contain the day; that a number is given once is known from the head of the chain.
#[tokio::test]
async fn a_number_is_given_once_whatever_the_day() {
    let house = House::on(Engine::Postgres).await.unwrap();
    let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let id = done(
        draft::create(&house.app, &ctx, facts(house.clock_day(), 9, 0, &[]))
            .await
            .unwrap(),
    );
    done(record(&house.app, &ctx, id, 1).await.unwrap());
    let mut db = inside(&house, house.a.id().0).await;
    let again = "insert into ledger select tenant_id, seq, at, date '2019-01-01', source, source_id, 1, measure, 7, dimensions, null, '', actor, actor_name from ledger";
    let refused = db.execute(again).await.unwrap_err();
    assert!(refused.to_string().contains("was given before"), "{refused}");
    assert_eq!(
        refused.as_database_error().and_then(|e| e.code()).as_deref(),
        Some("23505")
    );
    jobs(&house.app, &house).run_once_until_idle().await.unwrap();
    house.end().await.unwrap();
}
