//! G12: what the province holds over all agencies names no person, but for those who answer for a paper with their name.

use std::collections::BTreeSet;

use pbgdpl_migrations::tables::{Kind, all};
use pbgdpl_model::id::to_base32;
use pbgdpl_store::Engine;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, Ground, House, People};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};

/// Columns of province tables that name a person, each with its reason. May only shrink.
const PERSONS: &[(&str, &str)] = &[
    (
        "province_place.address",
        "the address of a web page that anybody can open; whom to call for it stays with the agency",
    ),
    (
        "province_report.submitted_name",
        "who signs a sent form stands on it (TT 03/2019/TT-BTP)",
    ),
    (
        "province_report.decided_by",
        "an officer of the province answers for accepting or returning",
    ),
    (
        "province_report.decided_name",
        "the same, as it stood on that day",
    ),
    (
        "province_extension.asked_by",
        "who asks for more time does not grant it (N-07)",
    ),
    (
        "province_extension.asked_name",
        "the foot of the report names who asked",
    ),
    (
        "province_extension.answered_by",
        "an officer of the province answers for granting or refusing",
    ),
    (
        "province_extension.answered_name",
        "the same, as it stood on that day",
    ),
    (
        "province_consolidation.made_by",
        "an officer of the province answers for the sum",
    ),
    (
        "province_consolidation.made_name",
        "the same, as it stood on that day",
    ),
    (
        "province_consolidation.frozen_by",
        "whoever freezes is another one than whoever made it",
    ),
    (
        "province_consolidation.frozen_name",
        "the same, as it stood on that day",
    ),
    (
        "province_contribution.sent_name",
        "who sends the agency's report on a plan answers for it",
    ),
    (
        "province_contribution.decided_by",
        "an officer of the province answers for accepting or returning",
    ),
    (
        "province_contribution.decided_name",
        "the same, as it stood on that day",
    ),
    (
        "province_plan_report.changed_by",
        "an officer of the province answers for the texts of the report",
    ),
    (
        "province_plan_report.changed_name",
        "the same, as it stood on that day",
    ),
    (
        "province_plan_report.frozen_by",
        "an officer of the province answers for freezing",
    ),
    (
        "province_plan_report.frozen_name",
        "the same, as it stood on that day",
    ),
    (
        "province_figure.proposed_by",
        "an officer of the province answers for proposing a public figure",
    ),
    (
        "province_figure.proposed_name",
        "the same, as it stood on that day",
    ),
    (
        "province_figure.approved_by",
        "another officer answers for agreeing to it",
    ),
    (
        "province_figure.approved_name",
        "the same, as it stood on that day",
    ),
    (
        "province_figure.revoked_by",
        "an officer answers for taking it back",
    ),
    (
        "province_figure.revoked_name",
        "the same, as it stood on that day",
    ),
    (
        "province_alarm.subject",
        "an alarm is about somebody's acts; auditors and administrators read it (AUD-07)",
    ),
    (
        "province_alarm.answered_by",
        "an administrator answers for what was found behind an alarm",
    ),
    (
        "province_alarm.answered_name",
        "the same, as it stood on that day",
    ),
    (
        "province_alarm_entry.actor",
        "who acted in an entry that raised an alarm, as the log says it",
    ),
    (
        "province_alarm_entry.person",
        "whom it was done to, as the log says it",
    ),
    (
        "province_audit.actor",
        "the audit log says who acted; it is read by auditors only",
    ),
    ("province_audit.actor_name", "the same, as it stood on that day"),
];

/// Columns that hold an id, and of what: of no person.
const THINGS: &[&str] = &[
    "tenant_id",
    "report_id",
    "contribution_id",
    "id",
    "object_id",
    "alarm_id",
    "picture",
];
/// Parts of a column's name that speak of a person.
const OF_A_PERSON: &[&str] = &[
    "name", "by", "actor", "account", "person", "user", "email", "phone", "mobile", "address", "birth",
    "gender", "ip", "device", "signer", "author", "contact",
];

fn names_a_person(column: &str, kind: &str) -> bool {
    let id = kind == "uuid" && !THINGS.contains(&column);
    id || column.split('_').any(|part| OF_A_PERSON.contains(&part))
}

#[tokio::test]
async fn g12_province_tables_name_no_person_but_those_who_sign() {
    let house = House::on(Engine::Postgres).await.unwrap();
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    let mut db = PgConnection::connect(&databases.superuser_url).await.unwrap();
    let rows = sqlx::query(
        "select table_name::text, column_name::text, data_type::text from information_schema.columns
         where table_schema = 'public'",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    let tables = all().unwrap();
    let mut found = BTreeSet::new();
    for row in rows {
        let (table, column, kind): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let of_the_province = tables.get(&table).is_some_and(|t| t.kind == Kind::Province);
        if of_the_province && names_a_person(&column, &kind) {
            found.insert(format!("{table}.{column}"));
        }
    }
    let listed: BTreeSet<String> = PERSONS.iter().map(|(column, _)| (*column).to_owned()).collect();
    let new: Vec<&String> = found.difference(&listed).collect();
    assert!(
        new.is_empty(),
        "{new:?} would tell the province about persons: send figures only, or list the column with its reason"
    );
    let gone: Vec<&String> = listed.difference(&found).collect();
    assert!(gone.is_empty(), "{gone:?} are gone: take them from the list");
}

/// Every value in every column of the province's tables, after a whole form was sent: nobody's account, nobody's address.
#[tokio::test]
async fn g12_no_value_in_the_province_leads_to_a_person_of_an_agency() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        furnish::forms(&house).await.unwrap();
        furnish::furnish(&house, &house.a, &house.in_a, Some(&house.b), "A")
            .await
            .unwrap();
        furnish::furnish(&house, &house.b, &house.in_b, Some(&house.a), "B")
            .await
            .unwrap();
        let values = values(&house).await;
        assert!(
            values.iter().any(|(place, _)| place == "province_report.body")
                && values.iter().any(|(place, _)| place == "province_day.measure"),
            "{engine:?}: nothing reached the province"
        );
        for person in people(&house.in_a).chain(people(&house.in_b)) {
            let traces = [
                person.email.clone(),
                person.account.0.to_string(),
                person.account.0.simple().to_string(),
                to_base32(person.account.0),
            ];
            for (place, value) in &values {
                if PERSONS.iter().any(|(known, _)| known == place) {
                    continue;
                }
                for trace in &traces {
                    assert!(
                        !value.contains(trace),
                        "{engine:?} {place} leads to {}: {value}",
                        person.name
                    );
                }
            }
        }
    }
}

fn people(people: &People) -> impl Iterator<Item = &pbgdpl_testkit::house::Someone> {
    [&people.admin, &people.editor, &people.approver, &people.reporter].into_iter()
}

/// `table.column` and value, as text.
async fn values(house: &House) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let tables = all().unwrap();
    let tables = tables.iter().filter(|(_, table)| table.kind == Kind::Province);
    match &house.ground {
        Ground::Postgres(databases) => {
            let mut db = PgConnection::connect(&databases.superuser_url).await.unwrap();
            for (name, _) in tables {
                let sql = format!("select to_jsonb(t)::text from {name} t");
                let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
                    .fetch_all(&mut db)
                    .await
                    .unwrap();
                for row in rows {
                    let row: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&row).unwrap();
                    found.extend(row.into_iter().map(|(column, value)| {
                        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                        (format!("{name}.{column}"), text)
                    }));
                }
            }
        }
        Ground::Sqlite(file) => {
            let mut db = SqliteConnection::connect(&file.url()).await.unwrap();
            for (name, _) in tables {
                let sql = format!("select name from pragma_table_info('{name}')");
                let columns: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
                    .fetch_all(&mut db)
                    .await
                    .unwrap();
                for column in columns {
                    let sql = format!(
                        "select case typeof({column}) when 'blob' then lower(hex({column})) else cast({column} as text) end
                         from {name} where {column} is not null"
                    );
                    let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
                        .fetch_all(&mut db)
                        .await
                        .unwrap();
                    found.extend(rows.into_iter().map(|value| (format!("{name}.{column}"), value)));
                }
            }
        }
    }
    found
}
