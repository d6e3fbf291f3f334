//! Policies: the bits say what casbin says, its pitfalls (SECURITY C4-C14) cannot happen here, and what was taken is gone everywhere.

use casbin::CoreApi;
use pbgdpl_model::id::AccountId;
use pbgdpl_model::policy::{Action, Condition, PolicyRow, Role, RoleSet};
use pbgdpl_scope::action::{ManifestApply, ProvinceMemberRevoke};
use pbgdpl_scope::{Guarded, MODEL, PolicyTable, compile, oracle};
use pbgdpl_store::Hints;
use pbgdpl_testkit::house::{BOTH, Ground, House};
use pbgdpl_testkit::servers::RedisServer;
use pbgdpl_testkit::web::{Ask, Web};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const DESK: &str = "quantri.thu.example";

fn any_row() -> impl Strategy<Value = PolicyRow> {
    let pick = |n: usize| 0..n;
    (
        pick(Role::ALL.len()),
        pick(Action::ALL.len()),
        pick(Condition::ALL.len()),
    )
        .prop_map(|(r, a, c)| PolicyRow {
            role: Role::ALL[r],
            action: Action::ALL[a],
            condition: Condition::ALL[c],
        })
}

struct Thing {
    owner: AccountId,
    contributors: Vec<AccountId>,
}

impl Guarded for Thing {
    fn owner(&self) -> Option<AccountId> {
        Some(self.owner)
    }
    fn contributors(&self) -> &[AccountId] {
        &self.contributors
    }
}

/// A naive reading of the rules, apart from the code under test.
fn holds(condition: Condition, me: AccountId, second_factor: bool, thing: &Thing) -> bool {
    match condition {
        Condition::Always => true,
        Condition::OwnItem => thing.owner == me,
        Condition::NotContributor => !thing.contributors.contains(&me),
        Condition::SecondFactor => second_factor,
        Condition::NotContributorSecondFactor => second_factor && !thing.contributors.contains(&me),
    }
}

/// T3: 50,000 random (rows, request) pairs, conditions included.
#[tokio::test]
async fn bits_equal_casbin_on_fifty_thousand_random_pairs() {
    let mut runner = TestRunner::deterministic();
    let sets = proptest::collection::vec(any_row(), 0..24);
    let mut pairs = 0;
    let mut allowed = 0;
    for _ in 0..250 {
        let rows = sets.new_tree(&mut runner).unwrap().current();
        let table = compile(&rows).await.unwrap();
        let enforcer = oracle(&rows).await.unwrap();
        for _ in 0..200 {
            let request = (any_row(), any::<u16>(), any::<bool>(), 0..4u8, any::<bool>())
                .new_tree(&mut runner)
                .unwrap()
                .current();
            let (about, bits, second_factor, touched, from_rows) = request;
            let action = if from_rows && !rows.is_empty() {
                rows[usize::from(bits) % rows.len()].action
            } else {
                about.action
            };
            let roles = RoleSet::from_bits(bits & 0x7f);
            let me = AccountId(Uuid::from_u128(1));
            let other = AccountId(Uuid::from_u128(2));
            let thing = Thing {
                owner: if touched & 1 == 1 { me } else { other },
                contributors: if touched & 2 == 2 {
                    vec![other, me]
                } else {
                    vec![other]
                },
            };
            let bits_say = table.allows(roles, action, |condition| {
                holds(condition, me, second_factor, &thing)
            });
            let casbin_says = roles.iter().any(|role| {
                Condition::ALL.iter().any(|condition| {
                    holds(*condition, me, second_factor, &thing)
                        && enforcer
                            .enforce((format!("r:{role}"), action.word(), condition.word()))
                            .unwrap()
                })
            });
            assert_eq!(bits_say, casbin_says, "{rows:?} {roles:?} {action}");
            pairs += 1;
            allowed += u32::from(bits_say);
        }
    }
    assert_eq!(pairs, 50_000);
    assert!(
        (1_000..49_000).contains(&allowed),
        "the pairs must both allow and refuse: {allowed}"
    );
}

/// C4, C10, C11: no groupings, so no domain patterns, no chains, no `DEFAULT` domain.
#[test]
fn c4_c10_c11_the_model_has_no_groupings() {
    assert!(!MODEL.contains("role_definition") && !MODEL.contains("g("));
}

/// C5, C6: equality only: no pattern that panics on Vietnamese or lets `/axb` match `/a.b`.
#[tokio::test]
async fn c5_c6_the_matcher_knows_equality_only() {
    for function in ["keyMatch", "regexMatch", "globMatch", "ipMatch"] {
        assert!(!MODEL.contains(function));
    }
    let enforcer = oracle(&[]).await.unwrap();
    assert!(!enforcer.enforce(("r:ế", "/aếb*", "(")).unwrap());
}

/// C7: a person whose id equals a role's name is not that role: casbin hears of roles only, and with a prefix.
#[tokio::test]
async fn c7_a_name_is_not_a_role() {
    let row = PolicyRow {
        role: Role::Editor,
        action: Action::ArticleWrite,
        condition: Condition::Always,
    };
    let enforcer = oracle(&[row]).await.unwrap();
    assert!(enforcer.enforce(("r:editor", "article-write", "always")).unwrap());
    assert!(!enforcer.enforce(("editor", "article-write", "always")).unwrap());
}

/// C8: a row with a missing field cannot be written, on either database.
#[tokio::test]
async fn c8_an_empty_field_is_refused_by_the_database() {
    use sqlx::Connection;
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let refused = match &house.ground {
            Ground::Postgres(databases) => {
                let mut db = sqlx::PgConnection::connect(&databases.app_url).await.unwrap();
                sqlx::query("insert into policy_row (domain, role, action, condition) values ($1, 'editor', 'article-write', '')")
                    .bind(Uuid::nil())
                    .execute(&mut db)
                    .await
                    .is_err()
            }
            Ground::Sqlite(file) => {
                let mut db = sqlx::SqliteConnection::connect(&file.url()).await.unwrap();
                sqlx::query("insert into policy_row (domain, role, action, condition) values (x'00', 'editor', 'article-write', '')")
                    .execute(&mut db)
                    .await
                    .is_err()
            }
        };
        assert!(refused, "{engine:?}");
    }
}

/// C8, C13, C14: words are closed lists; nothing empty, no star, nothing unknown can be asked or written.
#[test]
fn c8_c13_c14_words_are_closed_lists() {
    for word in ["", "*", " ", "DEFAULT", "admin", "r:editor", "Editor"] {
        assert!(
            word.parse::<Role>().is_err()
                && word.parse::<Action>().is_err()
                && word.parse::<Condition>().is_err()
        );
    }
}

/// C14: no policy refuses everything.
#[tokio::test]
async fn c14_no_policy_refuses_everything() {
    let table = compile(&[]).await.unwrap();
    assert_eq!(table, PolicyTable::empty());
    for action in Action::ALL {
        assert!(!table.could(RoleSet::of(Role::ALL), *action));
    }
}

/// C9, C12: requests ask bits; a table that cannot be read is compiled anew, never half loaded.
#[test]
fn c9_c12_a_table_is_whole_or_absent() {
    assert!(PolicyTable::from_text("article-write always 2\narticle-x always 1\n").is_none());
}

/// The decision costs no casbin and no allocation: the same enforcer-free table serves every agency.
#[test]
fn casbin_is_named_in_one_file_only() {
    let scope = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/scope/src");
    for entry in std::fs::read_dir(scope).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            path.ends_with("compile.rs") || !text.contains("use casbin"),
            "{}",
            path.display()
        );
        assert!(
            !text.contains("remove_filtered_policy") && !text.contains("enable_enforce"),
            "{}",
            path.display()
        );
    }
}

/// A node that serves and keeps itself current, as `pbgdpl serve` does; it stops with the token.
async fn node(house: &House, hints: Hints, stop: &CancellationToken) -> Web {
    let app = house.second_node(hints).await.unwrap();
    tokio::spawn(pbgdpl_jobs::keep_current(app.clone(), stop.clone()));
    Web::over(app, &house.clock, true).unwrap()
}

/// Asks until the answer is this one, two seconds at most (DESIGN.md 4.3).
async fn within_two_seconds(web: &Web, ask: &Ask, status: u16) -> String {
    let started = std::time::Instant::now();
    loop {
        let answer = web.ask(ask).await.unwrap();
        if answer.status == status {
            return answer.header("x-refusal").to_owned();
        }
        let waited = started.elapsed();
        assert!(
            waited < Duration::from_secs(2),
            "still {} after {waited:?}",
            answer.status
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// AUZ-13: what is taken on one node, a role or a rule, is refused on the other within two seconds, Redis up and Redis down.
#[tokio::test]
async fn auz_13_what_was_taken_is_refused_on_two_nodes() {
    for engine in BOTH {
        for redis_is_up in [true, false] {
            let house = House::on(engine).await.unwrap();
            let redis = RedisServer::start().unwrap();
            let url = redis.url();
            let stop = CancellationToken::new();
            let hints = || Hints::with_redis(&url).unwrap();
            let first = house.second_node(hints()).await.unwrap();
            let one = Web::over(first.clone(), &house.clock, true).unwrap();
            tokio::spawn(pbgdpl_jobs::keep_current(first.clone(), stop.clone()));
            let two = node(&house, hints(), &stop).await;
            if !redis_is_up {
                drop(redis);
            }
            let list = |session: &str| {
                Ask::get(DESK, &format!("/quan-tri/{}/bai", house.a.slug())).signed_in(session)
            };
            let editor = list(&house.session(&house.in_a.editor).await.unwrap());
            let approver = list(&house.session(&house.in_a.approver).await.unwrap());
            for (web, ask) in [
                (&one, &editor),
                (&two, &editor),
                (&one, &approver),
                (&two, &approver),
            ] {
                assert_eq!(web.ask(ask).await.unwrap().status, 200);
            }

            let officer = house.province_ctx(&house.officer).await.unwrap();
            let warrant = officer.warrant::<ProvinceMemberRevoke>().unwrap();
            let mut province = first.store().province(&warrant).await.unwrap();
            let taken = province.revoke(house.in_a.editor.account, house.a.id().into(), Role::Editor);
            assert!(taken.await.unwrap());
            province.save().await.unwrap();
            for web in [&one, &two] {
                within_two_seconds(web, &editor, 404).await;
            }

            let warrant = officer.warrant::<ManifestApply>().unwrap();
            let mut province = first.store().province(&warrant).await.unwrap();
            let nothing = compile(&[]).await.unwrap();
            province
                .put_policy(house.a.id().into(), &[], &[], &nothing, officer.now())
                .await
                .unwrap();
            province.save().await.unwrap();
            for web in [&one, &two] {
                // Still a colleague, but no row allows it.
                let refusal = within_two_seconds(web, &approver, 403).await;
                assert_eq!(
                    refusal, "article-read/role",
                    "{engine:?}, Redis up: {redis_is_up}"
                );
            }
            stop.cancel();
        }
    }
}
