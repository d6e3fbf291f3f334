//! AUD-06: whoever asks to be forgotten is named nowhere but on papers of the office, words go after their term, and every chain stays
//! whole; words that go without an act are a fault.

use pbgdpl_app::account::By;
use pbgdpl_app::account::create::{self, NewAccount};
use pbgdpl_app::account::erase::{Whose, erase};
use pbgdpl_app::words::erase::{older, person as erase_person};
use pbgdpl_app::{Error, article};
use pbgdpl_model::article::Kind;
use pbgdpl_model::audit::{Broken, Entry};
use pbgdpl_model::manifest::RetentionFile;
use pbgdpl_model::policy::{Action, Role};
use pbgdpl_province::member::{Place, revoke::revoke};
use pbgdpl_province::oversight::verify::{Verification, verify};
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_scope::{Ctx, ProvinceCtx, RequestId};
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House, Someone};
use pbgdpl_testkit::web::{Ask, Web};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::purge::all_seeing;
use crate::jobs;

const NAME: &str = "Hoàng Thị Chim Vàng";
const EMAIL: &str = "chim.vang@thu.example";
const BY: By<'static> = By::system("thử", "yeu-cau");

/// Where the name of somebody who was erased still stands: papers of the office, which say who answers for them.
const PAPERS: [&str; 1] = ["article_version.author_name"];

/// Somebody who writes in A.
async fn worked(house: &House) -> Someone {
    let new = NewAccount {
        email: EMAIL.into(),
        display_name: NAME.into(),
        password: "năm con voi qua suối".into(),
        totp_secret: None,
    };
    let account = create::create(&house.app, new).await.unwrap();
    let mut identity = house.store.identity().await.unwrap();
    for role in [Role::Editor, Role::Reporter] {
        let by = house.officer.account;
        identity
            .grant(account, house.a.id().into(), role, by, house.app.now())
            .await
            .unwrap();
    }
    identity.save().await.unwrap();
    let person = Someone {
        account,
        name: NAME.into(),
        email: EMAIL.into(),
    };
    let ctx = house.ctx(&house.a, &person).await.unwrap();
    let content = pbgdpl_model::article::Content {
        title: "Luật mới".into(),
        ..pbgdpl_model::article::Content::default()
    };
    article::create::create(&house.app, &ctx, Kind::Tin, content)
        .await
        .unwrap();
    person
}

async fn verified(house: &House) -> Verification {
    let auditor = house.province_ctx(&house.auditor).await.unwrap();
    verify(&house.province, &auditor, None, &mut |_, _| {})
        .await
        .unwrap()
}

/// How many entries of A's chain lost their words, and how it is broken.
async fn of_a(house: &House) -> (u64, Option<Broken>) {
    let found = verified(house).await;
    let mut chains = found.chains.into_iter();
    let chain = chains.find(|chain| chain.agency == Some(house.a.id())).unwrap();
    (chain.erased, chain.fault)
}

async fn entries(house: &House) -> Vec<Entry> {
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    reader.audit_after(0, 1_000).await.unwrap()
}

/// `table.column` of every text in the database that says this.
async fn places(database: &DatabaseConnection, said: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (table, _) in pbgdpl_migrations::tables::all().unwrap() {
        let sql = format!("select * from {table}");
        let statement = Statement::from_string(database.get_database_backend(), sql);
        for row in database.query_all_raw(statement).await.unwrap() {
            for column in row.column_names() {
                let text: Option<String> = row.try_get("", &column).ok();
                if text.is_some_and(|text| text.contains(said)) {
                    found.push(format!("{table}.{column}"));
                }
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

#[tokio::test]
async fn aud_06_who_is_erased_is_named_on_papers_only_and_the_chains_stay_whole() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let person = worked(&house).await;
        furnish::event(&house, &house.a, &house.in_a, None, "A")
            .await
            .unwrap();
        jobs(&house).run_once_until_idle().await.unwrap();
        let before = entries(&house).await;
        assert!(before.iter().any(|entry| entry.actor_name == NAME), "{engine:?}");

        // Not while they hold a role, not without a paper, not somebody who is not there.
        let refused = erase(&house.app, BY, Whose::Address(EMAIL), "Đơn số 12 ngày 01/12/2020").await;
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
        let officer = house.province_ctx(&house.officer).await.unwrap();
        for role in [Role::Editor, Role::Reporter] {
            let place = Place::Agency(house.a.id());
            revoke(&house.province, &officer, place, person.account, role)
                .await
                .unwrap();
        }
        let refused = erase(&house.app, BY, Whose::Address(EMAIL), " ").await;
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
        let told = erase(
            &house.app,
            BY,
            Whose::Address(EMAIL),
            "Đơn của Hoàng Thị Chim Vàng",
        )
        .await;
        assert!(matches!(told, Err(Error::Invalid { .. })), "{told:?}");
        let unknown = erase(&house.app, BY, Whose::Address("ai@thu.example"), "Đơn số 12").await;
        assert!(matches!(unknown, Err(Error::NotFound)), "{unknown:?}");

        let id = erase(&house.app, BY, Whose::Address(EMAIL), "Đơn số 12 ngày 01/12/2020")
            .await
            .unwrap();
        assert_eq!(id, person.account);
        jobs(&house).run_once_until_idle().await.unwrap();
        let seen = all_seeing(&house).await;
        assert_eq!(places(&seen, EMAIL).await, Vec::<String>::new(), "{engine:?}");
        assert_eq!(places(&seen, NAME).await, PAPERS, "{engine:?}");
        // Who took their roles stands under their own name.
        let silenced = "select count(*) from province_audit where actor_name = ''";
        assert_eq!(number(&seen, silenced).await, 0, "{engine:?}");

        // The chain is the same, entry by entry, and nobody else's words went.
        let after = entries(&house).await;
        for (old, new) in before.iter().zip(&after) {
            assert_eq!(old.hash, new.hash, "{engine:?}");
            let name = if old.actor == person.account {
                ""
            } else {
                &old.actor_name
            };
            assert_eq!(new.actor_name, name, "{engine:?}: {}", old.seq);
        }
        let own = before
            .iter()
            .filter(|entry| entry.actor == person.account)
            .count();
        let (erased, fault) = of_a(&house).await;
        assert_eq!(
            (usize::try_from(erased).unwrap(), fault),
            (own, None),
            "{engine:?}"
        );
        assert!(verified(&house).await.is_whole(), "{engine:?}");
        let last = after.last().unwrap();
        assert_eq!(last.action, Action::PersonErase.word(), "{engine:?}");

        // Again, by the id that is left, as after a backup was brought back that has their roles: these go, nothing more does.
        let mut identity = house.store.identity().await.unwrap();
        let (place, by) = (house.a.id().into(), house.officer.account);
        identity
            .grant(id, place, Role::Editor, by, house.app.now())
            .await
            .unwrap();
        identity.save().await.unwrap();
        erase(&house.app, BY, Whose::Account(id), "Khôi phục từ bản sao lưu")
            .await
            .unwrap();
        jobs(&house).run_once_until_idle().await.unwrap();
        assert_eq!(entries(&house).await.len(), after.len(), "{engine:?}");
        let identity = house.store.read().identity().await.unwrap();
        assert!(identity.memberships(id).await.unwrap().is_empty(), "{engine:?}");
        drop(identity);
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.auditor).await.unwrap();
        let log = Ask::get("quantri.thu.example", "/giam-sat/nhat-ky?co-quan=so-a").signed_in(&session);
        let page = web.ask(&log).await.unwrap().text();
        assert!(
            page.contains("(đã xóa tên)") && !page.contains(NAME),
            "{engine:?}: {page}"
        );
        seen.close().await.unwrap();
        house.end().await.unwrap();
    }
}

async fn number(database: &DatabaseConnection, sql: &str) -> i64 {
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let row = database.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

async fn execute(database: &DatabaseConnection, sql: &str) -> Result<u64, sea_orm::DbErr> {
    let statement = Statement::from_string(database.get_database_backend(), sql);
    Ok(database.execute_raw(statement).await?.rows_affected())
}

#[tokio::test]
async fn aud_06_words_that_go_without_an_act_are_a_fault_and_nothing_else_goes() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        worked(&house).await;
        let seen = all_seeing(&house).await;
        for forged in [
            "reason = 'khác'",
            "actor_name = 'khác', reason = '', salt = null",
            "actor_name = '', reason = '', salt = null, detail = '{}'",
            "actor_name = '', reason = '', salt = null, at = at + 1",
            "actor_name = '', reason = '', salt = null, seal = null",
            "actor_name = '', reason = ''",
        ] {
            for table in ["audit", "province_audit"] {
                let sql = format!("update {table} set {forged}");
                // The province's chain may be empty yet: what is refused for each row is then refused for none.
                let done = execute(&seen, &sql).await;
                assert!(!matches!(done, Ok(1..)), "{engine:?}: {sql}");
            }
        }
        let renamed = execute(&seen, "update timeline set actor_name = 'khác'").await;
        assert!(renamed.is_err(), "{engine:?}");
        assert_eq!(of_a(&house).await, (0, None), "{engine:?}");
        let silenced = "update audit set actor_name = '', reason = '', salt = null where seq = 1";
        assert_eq!(execute(&seen, silenced).await.unwrap(), 1, "{engine:?}");
        let (_, fault) = of_a(&house).await;
        assert_eq!(fault, Some(Broken::Silenced(1)), "{engine:?}");
        // What went does not come back.
        let back = format!("update audit set actor_name = '{NAME}' where seq = 1");
        assert!(execute(&seen, &back).await.is_err(), "{engine:?}");
        seen.close().await.unwrap();
        house.end().await.unwrap();
    }
}

/// The province keeps words of its logs for so long.
async fn kept(house: &House) {
    let text = include_str!("../../../tenants/kon-tum/retention.toml");
    let file: RetentionFile = toml::from_str(text).unwrap();
    let system = ProvinceCtx::of_system(
        house.store.registry().now(),
        "thử",
        house.app.now(),
        RequestId::new("thu".into()),
    );
    let warrant = system.warrant::<ManifestApply>().unwrap();
    let mut store = house.store.province(&warrant).await.unwrap();
    let body = serde_json::to_string(&file).unwrap();
    store
        .put_catalogue("retention", "retention", &body, system.now())
        .await
        .unwrap();
    store.save().await.unwrap();
}

#[tokio::test]
async fn aud_06_words_go_after_their_term_and_the_younger_ones_stay() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        worked(&house).await;
        verified(&house).await;
        jobs(&house).run_once_until_idle().await.unwrap();
        let old = entries(&house).await.len();
        house.clock.advance_seconds(11 * 366 * 24 * 3600);
        furnish::event(&house, &house.a, &house.in_a, None, "A")
            .await
            .unwrap();
        jobs(&house).run_once_until_idle().await.unwrap();
        jobs(&house).purge().await.unwrap();
        assert_eq!(of_a(&house).await, (0, None), "{engine:?}: no term, nothing goes");

        kept(&house).await;
        // Two nodes at once, and once more.
        let (one, other) = (jobs(&house), jobs(&house));
        let (one, other) = tokio::join!(one.purge(), other.purge());
        assert!(
            one.unwrap() + other.unwrap() >= u64::try_from(old).unwrap(),
            "{engine:?}"
        );
        assert_eq!(jobs(&house).purge().await.unwrap(), 0, "{engine:?}");
        let (erased, fault) = of_a(&house).await;
        assert_eq!(
            (usize::try_from(erased).unwrap(), fault),
            (old, None),
            "{engine:?}"
        );
        let after = entries(&house).await;
        assert!(after[..old].iter().all(|entry| entry.actor_name.is_empty()));
        assert!(
            after[old..].iter().all(|entry| !entry.actor_name.is_empty()),
            "{engine:?}"
        );
        assert!(verified(&house).await.is_whole(), "{engine:?}");

        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.auditor).await.unwrap();
        let asked = Ask::get("quantri.thu.example", "/giam-sat/luu-giu").signed_in(&session);
        let page = web.ask(&asked).await.unwrap().text();
        assert!(
            page.contains("10 năm") && page.contains("Hết thời hạn lưu giữ"),
            "{engine:?}: {page}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn aud_06_names_on_timelines_go_also_where_the_chain_lost_them_before() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let person = worked(&house).await;
        let machine = Ctx::of_system(
            house.a.clone(),
            "thử",
            house.app.now(),
            RequestId::new("thu".into()),
        );
        let gone = older(&house.app, &machine, house.app.now().plus_seconds(1))
            .await
            .unwrap();
        assert!(gone > 0, "{engine:?}");
        let seen = all_seeing(&house).await;
        assert!(
            places(&seen, NAME)
                .await
                .contains(&"timeline.actor_name".to_owned()),
            "{engine:?}"
        );
        assert_eq!(
            erase_person(&house.app, &machine, person.account).await.unwrap(),
            0
        );
        let left = places(&seen, NAME).await;
        assert!(
            !left.contains(&"timeline.actor_name".to_owned()),
            "{engine:?}: {left:?}"
        );
        assert_eq!(of_a(&house).await.1, None, "{engine:?}");
        seen.close().await.unwrap();
        house.end().await.unwrap();
    }
}
