//! G1, G2: every table is listed, and every table of an agency is keyed and walled as one.

use pbgdpl_migrations::tables::{Kind, all};
use pbgdpl_store::Engine;
use pbgdpl_testkit::house::{Ground, ground};
use sqlx::{Connection, PgConnection, Row};

/// Tables of the machinery of migrations and of full-text search.
const NOT_OURS: &[&str] = &["seaql_migrations"];

async fn postgres() -> (Ground, PgConnection) {
    let ground = ground(Engine::Postgres).await.unwrap();
    let Ground::Postgres(databases) = &ground else {
        unreachable!("asked for PostgreSQL")
    };
    let connection = PgConnection::connect(&databases.superuser_url).await.unwrap();
    (ground, connection)
}

#[tokio::test]
async fn g1_every_table_is_listed_and_every_listed_table_exists() {
    let listed = all().unwrap();
    let (_ground, mut pg) = postgres().await;
    // Partitions are parts of a listed table; `g2_every_part` below looks at their walls.
    let rows = sqlx::query("select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition")
        .fetch_all(&mut pg)
        .await
        .unwrap();
    let mut real: Vec<String> = rows.iter().map(|r| r.get(0)).collect();
    real.retain(|t| !NOT_OURS.contains(&t.as_str()));
    real.sort();
    assert_eq!(
        real,
        listed.keys().cloned().collect::<Vec<_>>(),
        "migrations/tables.toml and the schema differ"
    );

    let file = ground(Engine::Sqlite).await.unwrap();
    let Ground::Sqlite(file) = &file else {
        unreachable!("asked for SQLite")
    };
    let mut lite = sqlx::SqliteConnection::connect(&file.url()).await.unwrap();
    let rows =
        sqlx::query("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
            .fetch_all(&mut lite)
            .await
            .unwrap();
    let mut real: Vec<String> = rows.iter().map(|r| r.get(0)).collect();
    real.retain(|t| !NOT_OURS.contains(&t.as_str()) && !t.starts_with("published_search"));
    real.sort();
    assert_eq!(real, listed.keys().cloned().collect::<Vec<_>>());
}

#[tokio::test]
async fn g2_every_table_of_an_agency_is_keyed_and_walled() {
    let (_ground, mut pg) = postgres().await;
    for (name, table) in all().unwrap() {
        let row =
            sqlx::query("select relrowsecurity, relforcerowsecurity from pg_class where oid = $1::regclass")
                .bind(&name)
                .fetch_one(&mut pg)
                .await
                .unwrap();
        let (enabled, forced): (bool, bool) = (row.get(0), row.get(1));
        if table.kind == Kind::Shared {
            continue;
        }
        assert!(enabled && forced, "{name}: row security is not forced");
        let policies: i64 = sqlx::query_scalar("select count(*) from pg_policies where tablename = $1")
            .bind(&name)
            .fetch_one(&mut pg)
            .await
            .unwrap();
        assert!(policies > 0, "{name}: no policy");
        if table.kind != Kind::Tenant {
            continue;
        }
        let first: String = sqlx::query_scalar(
            "select a.attname::text from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
             where i.indrelid = $1::regclass and i.indisprimary",
        )
        .bind(&name)
        .fetch_one(&mut pg)
        .await
        .unwrap();
        assert_eq!(
            first, "tenant_id",
            "{name}: tenant_id does not lead the primary key"
        );
        let loose: Vec<String> = sqlx::query_scalar(
            "select conname::text from pg_constraint c where conrelid = $1::regclass and contype = 'f' and not exists (
                select from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any(c.conkey) and a.attname = 'tenant_id')",
        )
        .bind(&name)
        .fetch_all(&mut pg)
        .await
        .unwrap();
        assert!(
            loose.is_empty(),
            "{name}: foreign keys without tenant_id: {loose:?}"
        );
        let unique_without: Vec<String> = sqlx::query_scalar(
            "select i.indexrelid::regclass::text from pg_index i where i.indrelid = $1::regclass and i.indisunique and not exists (
                select from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any(i.indkey) and a.attname = 'tenant_id')",
        )
        .bind(&name)
        .fetch_all(&mut pg)
        .await
        .unwrap();
        assert!(
            unique_without.is_empty(),
            "{name}: a unique key over all agencies tells about others: {unique_without:?}"
        );
    }
}

/// A partition named by itself is a table of its own, with grants and policies of its own: it has none.
#[tokio::test]
async fn g2_every_part_of_a_table_is_walled_by_itself() {
    let (_ground, mut pg) = postgres().await;
    let parts = sqlx::query(
        "select inhrelid::regclass::text, inhparent::regclass::text, relrowsecurity, relforcerowsecurity,
           (select count(*) from pg_policy where polrelid = c.oid),
           has_any_column_privilege('pbgdpl_app', c.oid, 'select, insert, update, references')
             or has_any_column_privilege('pbgdpl_province', c.oid, 'select, insert, update, references')
             or has_table_privilege('pbgdpl_app', c.oid, 'delete, truncate, trigger')
             or has_table_privilege('pbgdpl_province', c.oid, 'delete, truncate, trigger'),
           (select count(*) from pg_trigger where tgrelid = c.oid and tgname = c.relname || '_append_only' and tgenabled = 'O')
         from pg_inherits join pg_class c on c.oid = inhrelid where c.relkind = 'r'",
    )
    .fetch_all(&mut pg)
    .await
    .unwrap();
    assert!(
        parts.len() >= 4,
        "last year, this one, the next one, and the one that takes everything"
    );
    let listed = all().unwrap();
    for part in parts {
        let (name, of): (String, String) = (part.get(0), part.get(1));
        assert!(
            part.get::<bool, _>(2) && part.get::<bool, _>(3),
            "{name}: row security is not forced"
        );
        assert_eq!(part.get::<i64, _>(4), 0, "{name}: a policy lets rows through");
        assert!(
            !part.get::<bool, _>(5),
            "{name}: a role of the program may name it"
        );
        assert_eq!(
            part.get::<i64, _>(6),
            i64::from(listed[&of].append),
            "{name}: {of} is append-only and this part is not"
        );
    }
}

#[tokio::test]
async fn no_function_view_or_role_goes_around_the_walls() {
    let (_ground, mut pg) = postgres().await;
    let count = |sql: &'static str| sqlx::query_scalar::<_, i64>(sql);
    let definers = count(
        "select count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and prosecdef",
    );
    assert_eq!(
        definers.fetch_one(&mut pg).await.unwrap(),
        0,
        "a SECURITY DEFINER function sees past row security"
    );
    let leakproof = count(
        "select count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
         where n.nspname = 'public' and proleakproof and not r.rolsuper",
    );
    assert_eq!(leakproof.fetch_one(&mut pg).await.unwrap(), 0);
    let views = count(
        "select (select count(*) from pg_views where schemaname = 'public') + (select count(*) from pg_matviews where schemaname = 'public')",
    );
    assert_eq!(
        views.fetch_one(&mut pg).await.unwrap(),
        0,
        "a view must be security_invoker: list it here with its reason"
    );
    let strong = count(
        "select count(*) from pg_roles where rolname in ('pbgdpl_app', 'pbgdpl_province') and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)",
    );
    assert_eq!(strong.fetch_one(&mut pg).await.unwrap(), 0);
    let owned = count("select count(*) from pg_tables where tableowner in ('pbgdpl_app', 'pbgdpl_province')");
    assert_eq!(owned.fetch_one(&mut pg).await.unwrap(), 0);
    let truncate = count(
        "select count(*) from information_schema.role_table_grants where grantee in ('pbgdpl_app', 'pbgdpl_province') and privilege_type = 'TRUNCATE'",
    );
    assert_eq!(
        truncate.fetch_one(&mut pg).await.unwrap(),
        0,
        "TRUNCATE is not subject to row security"
    );
}
