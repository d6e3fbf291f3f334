//! The province's administration and oversight, on both databases: TEN-01, 02, 05; AUZ-14; DSH-03, 04; AUD-01, 02, 04.

use std::path::Path;
use std::sync::Arc;

use pbgdpl_app::App;
use pbgdpl_app::article::Outcome;
use pbgdpl_app::article::create::create as create_article;
use pbgdpl_model::agency::{ReportRow, Status};
use pbgdpl_model::article::{Content, Kind};
use pbgdpl_model::audit::Broken;
use pbgdpl_model::clock::{Clock, Moment, SetClock};
use pbgdpl_model::ledger::{Dimensions, Measure, NewRow, Source};
use pbgdpl_model::manifest::{Accent, Contact, Membership, UnitKind};
use pbgdpl_model::policy::{Action, Role};
use pbgdpl_province::agency::create::{NewAgency, create};
use pbgdpl_province::agency::reactivate::reactivate;
use pbgdpl_province::agency::suspend::{Rest, suspend};
use pbgdpl_province::manifest::apply::apply;
use pbgdpl_province::manifest::export::export;
use pbgdpl_province::manifest::plan::plan;
use pbgdpl_province::manifest::{Change, Folder, Plan};
use pbgdpl_province::member::grant::grant;
use pbgdpl_province::member::revoke::revoke;
use pbgdpl_province::member::{Place, list as members};
use pbgdpl_province::oversight::drill::{Asked, figure, rows};
use pbgdpl_province::oversight::verify::{Verification, verify};
use pbgdpl_province::oversight::{audit_log, dashboard::dashboard, evidence::evidence};
use pbgdpl_province::{Error, Province};
use pbgdpl_scope::{Ctx, Found, ProvinceCtx, RequestId};
use pbgdpl_store::province::AuditFilter;
use pbgdpl_store::{Database, Engine, Files, Hints, Store};
use pbgdpl_testkit::house::{BOTH, Ground, House, ground, settings};
use pbgdpl_testkit::servers::ScratchDirectory;
use sea_orm::ConnectionTrait;

fn kon_tum() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tenants/kon-tum");
    let mut files = Vec::new();
    for folder in ["", "agencies", "forms", "vocabulary"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.path().is_file() {
                let name = Path::new(folder).join(entry.file_name());
                files.push((
                    name.to_str().unwrap().to_owned(),
                    std::fs::read_to_string(entry.path()).unwrap(),
                ));
            }
        }
    }
    files
}

async fn write(app: &App, editor: &Ctx) -> Result<(), pbgdpl_app::Error> {
    let content = Content {
        title: "Tin thử".into(),
        ..Content::default()
    };
    match create_article(app, editor, Kind::Tin, content).await? {
        Outcome::Done(_) => Ok(()),
        other => panic!("not written: {other:?}"),
    }
}

/// An empty database with nothing but its schema.
struct Empty {
    province: Province,
    clock: Arc<SetClock>,
    _ground: Ground,
    _files: ScratchDirectory,
}

impl Empty {
    async fn on(engine: Engine) -> Self {
        let ground = ground(engine).await.unwrap();
        let folder = ScratchDirectory::new().unwrap();
        let database = Database::open(&settings(&ground)).await.unwrap();
        let store = Store::new(database, Files::folder(folder.path()).unwrap(), Hints::local())
            .await
            .unwrap();
        let clock = Arc::new(SetClock::at(Moment::from_millis(1_592_182_800_000)));
        let shared: Arc<dyn Clock> = Arc::<SetClock>::clone(&clock);
        Self {
            province: Province::new(store, shared),
            clock,
            _ground: ground,
            _files: folder,
        }
    }

    fn ctx(&self) -> ProvinceCtx {
        ProvinceCtx::of_system(
            self.province.store().registry().now(),
            "pbgdpl tenants",
            self.clock.now(),
            RequestId::new("test".into()),
        )
    }

    async fn apply(&self, folder: &Folder) -> Result<Plan, Error> {
        apply(&self.province, &self.ctx(), folder, &mut |_| {}).await
    }

    async fn log_length(&self) -> u64 {
        let filter = AuditFilter::default();
        audit_log::of_province(&self.province, &self.ctx(), &filter, 1)
            .await
            .unwrap()
            .count
    }
}

#[tokio::test]
async fn ten_01_the_folder_is_applied_once_and_comes_back_equal() {
    for engine in BOTH {
        let house = Empty::on(engine).await;
        let folder = Folder::of(kon_tum()).unwrap();
        let planned = plan(&house.province, &house.ctx(), &folder).await.unwrap();
        let files = planned.lines.len();
        assert!(
            planned.lines.iter().all(|line| line.change == Change::Add),
            "{planned:?}"
        );

        let mut heard = Vec::new();
        let first = apply(&house.province, &house.ctx(), &folder, &mut |progress| {
            heard.push((progress.done, progress.total));
        })
        .await
        .unwrap();
        assert_eq!(first, planned);
        assert_eq!(heard.last(), Some(&(files, files)));
        let snapshot = house.province.store().registry().now();
        assert_eq!(snapshot.len(), folder.manifest().agencies.len());
        assert!(snapshot.province_policy().could(
            pbgdpl_model::policy::RoleSet::of(&[Role::Auditor]),
            Action::OversightRead
        ));
        let Some(Found::Here(health)) = snapshot.by_slug("so-y-te") else {
            panic!("no section at so-y-te");
        };
        let profile = house
            .province
            .store()
            .read()
            .tenant(&health)
            .await
            .unwrap()
            .profile()
            .await
            .unwrap();
        assert_eq!(profile, folder.manifest().agency("so-y-te").unwrap().profile());
        assert_eq!(house.log_length().await, 1);

        let second = house.apply(&folder).await.unwrap();
        assert_eq!(second.changes(), 0, "{engine:?}: {second:?}");
        assert_eq!(house.log_length().await, 1, "nothing changed, nothing recorded");

        let exported = export(&house.province, &house.ctx()).await.unwrap();
        let again = Folder::of(exported).unwrap();
        assert_eq!(again.manifest().agencies, folder.manifest().agencies);
        assert_eq!(again.manifest().forms, folder.manifest().forms);
        assert_eq!(again.manifest().vocabulary, folder.manifest().vocabulary);
        assert_eq!(house.apply(&again).await.unwrap().changes(), 0, "{engine:?}");
    }
}

#[tokio::test]
async fn a_bad_file_names_its_line_and_changes_nothing() {
    for engine in BOTH {
        let house = Empty::on(engine).await;
        house.apply(&Folder::of(kon_tum()).unwrap()).await.unwrap();
        let mut files = kon_tum();
        for (name, text) in &mut files {
            match name.as_str() {
                "agencies/so-y-te.toml" => {
                    *text = text.replace("report_row = \"so_nganh\"", "report_row = \"so_nganhh\"")
                }
                "agencies/so-noi-vu.toml" => {
                    *text = text.replace("short = \"Sở Nội vụ\"", "short = \"Sở khác\"")
                }
                _ => {}
            }
        }
        let Err(Error::Files(problems)) = Folder::of(files) else {
            panic!("a wrong word was taken");
        };
        assert_eq!(problems.len(), 1);
        assert_eq!(
            (problems[0].file.as_str(), problems[0].line),
            ("agencies/so-y-te.toml", 6)
        );
        let planned = plan(&house.province, &house.ctx(), &Folder::of(kon_tum()).unwrap())
            .await
            .unwrap();
        assert_eq!(planned.changes(), 0);
    }
}

#[tokio::test]
async fn an_address_of_another_agency_is_refused_whole() {
    for engine in BOTH {
        let house = Empty::on(engine).await;
        house.apply(&Folder::of(kon_tum()).unwrap()).await.unwrap();
        let mut files = kon_tum();
        for (name, text) in &mut files {
            match name.as_str() {
                // Another id at the same address, and an honest change that must not slip in with it.
                "agencies/so-y-te.toml" => *text = text.replace("6395b02e-8bac", "6395b02e-8bad"),
                "agencies/so-noi-vu.toml" => *text = text.replace("accent = ", "accent = \"tim\" # "),
                _ => {}
            }
        }
        let Err(Error::Files(problems)) = house.apply(&Folder::of(files).unwrap()).await else {
            panic!("a stolen address was taken");
        };
        assert_eq!(
            (problems[0].file.as_str(), problems[0].line),
            ("agencies/so-y-te.toml", 2)
        );
        let unchanged = plan(&house.province, &house.ctx(), &Folder::of(kon_tum()).unwrap())
            .await
            .unwrap();
        assert_eq!(unchanged.changes(), 0, "{engine:?}");
    }
}

#[tokio::test]
async fn a_changed_file_changes_one_thing_and_says_which() {
    for engine in BOTH {
        let house = Empty::on(engine).await;
        house.apply(&Folder::of(kon_tum()).unwrap()).await.unwrap();
        let mut files = kon_tum();
        for (name, text) in &mut files {
            match name.as_str() {
                "agencies/so-y-te.toml" => *text = text.replace("accent = \"sen\"", "accent = \"tim\""),
                "roles.csv" => text.push_str("editor,audit-read,always\n"),
                _ => {}
            }
        }
        let folder = Folder::of(files).unwrap();
        let done = house.apply(&folder).await.unwrap();
        let changed: Vec<_> = done.lines.iter().filter(|line| line.changes()).collect();
        assert_eq!(changed.len(), 2, "{changed:?}");
        assert_eq!(
            changed[0].change,
            Change::Change {
                keys: vec!["accent".into()]
            }
        );
        assert_eq!(
            changed[1].change,
            Change::Change {
                keys: vec!["+editor,audit-read,always".into()]
            }
        );
        let snapshot = house.province.store().registry().now();
        let Some(Found::Here(health)) = snapshot.by_slug("so-y-te") else {
            panic!()
        };
        assert_eq!(health.agency().accent, "tim");
        let editor = pbgdpl_model::policy::RoleSet::of(&[Role::Editor]);
        assert!(
            health.policy().could(editor, Action::AuditRead),
            "agencies follow the base rows"
        );
    }
}

fn new_agency(short: &str, slug: &str) -> NewAgency {
    NewAgency {
        official: format!("{short} tỉnh Thử"),
        short: short.to_owned(),
        slug: slug.to_owned(),
        kind: UnitKind::So,
        membership: Membership::Subordinate,
        report_row: ReportRow::SoNganh,
        accent: Accent::Cham,
        parent: String::new(),
        contact: Contact {
            address: Some("1 đường Thử".into()),
            ..Contact::default()
        },
        administrator: String::new(),
    }
}

#[tokio::test]
async fn ten_02_an_agency_is_made_in_one_act() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let ctx = house.province_ctx(&house.officer).await.unwrap();
        let asked = NewAgency {
            administrator: house.in_a.admin.email.clone(),
            ..new_agency("Sở Mới", "")
        };
        let id = create(&house.province, &ctx, &asked).await.unwrap();
        let snapshot = house.store.registry().now();
        let Some(Found::Here(tenant)) = snapshot.by_slug("so-moi") else {
            panic!("not in the registry")
        };
        assert_eq!((tenant.id(), tenant.status()), (id, Status::Open));
        let profile = house
            .store
            .read()
            .tenant(&tenant)
            .await
            .unwrap()
            .profile()
            .await
            .unwrap();
        assert_eq!(profile.address, "1 đường Thử");
        // Its first administrator can act there at once.
        let admin = house.ctx(&tenant, &house.in_a.admin).await.unwrap();
        assert!(admin.could(Action::EmbedWrite) && admin.could(Action::MemberGrant));

        for (asked, field) in [
            (new_agency("Sở Mới", ""), "dia-chi"),
            (new_agency("Tỉnh", ""), "dia-chi"),
            (new_agency("Sở Khác", "tim-kiem"), "dia-chi"),
            (new_agency("Sở Khác", "Sở"), "dia-chi"),
            (new_agency("", "so-khac"), "ten-gon"),
            (
                NewAgency {
                    parent: "khong-co".into(),
                    ..new_agency("Sở Khác", "")
                },
                "co-quan-chu-quan",
            ),
            (
                NewAgency {
                    administrator: "ai@do.vn".into(),
                    ..new_agency("Sở Khác", "")
                },
                "quan-tri",
            ),
        ] {
            match create(&house.province, &ctx, &asked).await {
                Err(Error::Invalid { field: wrong, .. }) => assert_eq!(wrong, field),
                other => panic!("{engine:?} {}: {other:?}", asked.short),
            }
        }
        house.store.machinery().poll_registry().await.unwrap();
        assert_eq!(house.store.registry().now().len(), 3, "nothing half-made");
        let others = house.province_ctx(&house.auditor).await.unwrap();
        assert!(matches!(
            create(&house.province, &others, &new_agency("Sở Khác", "")).await,
            Err(Error::Denied(_))
        ));
    }
}

#[tokio::test]
async fn ten_05_a_suspended_section_is_read_but_not_written() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let ctx = house.province_ctx(&house.officer).await.unwrap();
        let id = house.a.id();
        assert!(matches!(
            suspend(&house.province, &ctx, id, Rest::ReadOnly, "  ").await,
            Err(Error::Invalid { field: "ly-do", .. })
        ));
        for (rest, status) in [(Rest::ReadOnly, Status::ReadOnly), (Rest::Hidden, Status::Hidden)] {
            suspend(&house.province, &ctx, id, rest, "Sắp xếp lại")
                .await
                .unwrap();
            assert!(matches!(
                suspend(&house.province, &ctx, id, rest, "lần nữa").await,
                Err(Error::Invalid { .. })
            ));
            let tenant = house.store.registry().now().by_id(id).unwrap();
            assert_eq!(tenant.status(), status);
            let editor = house.ctx(&tenant, &house.in_a.editor).await.unwrap();
            let refused = write(&house.app, &editor).await;
            assert!(
                matches!(refused, Err(pbgdpl_app::Error::Suspended)),
                "{engine:?}: {refused:?}"
            );
        }
        reactivate(&house.province, &ctx, id, "").await.unwrap();
        let tenant = house.store.registry().now().by_id(id).unwrap();
        let editor = house.ctx(&tenant, &house.in_a.editor).await.unwrap();
        write(&house.app, &editor).await.unwrap();
        assert!(reactivate(&house.province, &ctx, id, "").await.is_err());
    }
}

#[tokio::test]
async fn auz_14_the_last_administrator_of_the_province_stays() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let ctx = house.province_ctx(&house.officer).await.unwrap();
        let (here, admin) = (Place::Province, Role::ProvinceAdmin);
        let last = revoke(&house.province, &ctx, here, house.officer.account, admin).await;
        assert!(
            matches!(last, Err(Error::Invalid { field: "vai-tro", .. })),
            "{last:?}"
        );
        grant(&house.province, &ctx, here, &house.consolidator.email, admin)
            .await
            .unwrap();
        // Two who remove each other at once: one stays.
        let other = house.province_ctx(&house.consolidator).await.unwrap();
        let (first, second) = tokio::join!(
            revoke(&house.province, &ctx, here, house.consolidator.account, admin),
            revoke(&house.province, &other, here, house.officer.account, admin),
        );
        assert_eq!(
            [first.is_ok(), second.is_ok()]
                .iter()
                .filter(|done| **done)
                .count(),
            1,
            "{engine:?}: {first:?} {second:?}"
        );
        let people = members::list(&house.province, &ctx).await.unwrap();
        assert_eq!(people.iter().filter(|held| held.role == admin).count(), 1);
        assert!(matches!(
            grant(
                &house.province,
                &ctx,
                Place::Agency(house.a.id()),
                &house.auditor.email,
                Role::Auditor
            )
            .await,
            Err(Error::Invalid { field: "vai-tro", .. })
        ));
        assert!(matches!(
            grant(&house.province, &ctx, here, &house.auditor.email, Role::Editor).await,
            Err(Error::Invalid { field: "vai-tro", .. })
        ));
    }
}

#[tokio::test]
async fn dsh_02_who_is_silent_and_who_is_late_stands_first() {
    use pbgdpl_model::manifest::PeriodKind;
    use pbgdpl_province::oversight::ExceptionKind;
    for engine in BOTH {
        let house = Empty::on(engine).await;
        let folder = Folder::of(kon_tum()).unwrap();
        house.apply(&folder).await.unwrap();
        let reporting = folder.manifest().agencies.iter();
        let reporting = reporting
            .filter(|agency| agency.report_row != ReportRow::None)
            .count();
        // 2020-06-15: the half-year's report is due within days; nothing has happened in the first quarter.
        let year = dashboard(&house.province, &house.ctx(), Some(2020))
            .await
            .unwrap();
        let kinds: Vec<_> = year
            .exceptions
            .iter()
            .map(|there| (there.kind, there.agencies.len()))
            .collect();
        assert!(
            kinds.contains(&(ExceptionKind::Silent { quarter: 1 }, reporting)),
            "{kinds:?}"
        );
        assert!(
            kinds.iter().any(|(kind, _)| *kind == ExceptionKind::DueSoon),
            "{kinds:?}"
        );
        assert!(
            !kinds.iter().any(|(kind, _)| *kind == ExceptionKind::Late),
            "{kinds:?}"
        );
        // A year later the last report of the year is late, once for every agency; the earlier ones are superseded.
        house.clock.advance_seconds(400 * 86_400);
        let year = dashboard(&house.province, &house.ctx(), Some(2020))
            .await
            .unwrap();
        let late = year
            .exceptions
            .iter()
            .filter(|there| there.kind == ExceptionKind::Late);
        let late: Vec<_> = late
            .map(|there| (there.report.unwrap().0, there.agencies.len()))
            .collect();
        assert!(
            late.iter().all(|(period, _)| *period == PeriodKind::OfficialYear),
            "{late:?}"
        );
        assert_eq!(
            late.iter().map(|(_, count)| count).sum::<usize>(),
            reporting,
            "{engine:?}"
        );
    }
}

async fn fill_ledger(house: &House, ctx: &Ctx) {
    let day = house.clock_day();
    let row = |quantity, measure| NewRow {
        day,
        source: Source::Activity,
        source_id: uuid::Uuid::from_u128(77),
        source_version: 1,
        measure,
        quantity,
        dimensions: Dimensions::default(),
        reverses: None,
        reason: String::new(),
    };
    let mut store = house.store.tenant(ctx.tenant()).await.unwrap();
    let rows = [
        row(3, Measure::DirectSessions),
        row(120, Measure::DirectAttendees),
        row(2, Measure::DirectSessions),
    ];
    store.append_ledger(ctx, &rows).await.unwrap();
    store.rebuild_day(day, ctx.now()).await.unwrap();
    store.save().await.unwrap();
}

#[tokio::test]
async fn dsh_04_each_step_down_equals_its_parts_and_is_logged() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        fill_ledger(&house, &reporter).await;
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let year = dashboard(&house.province, &auditor, None).await.unwrap();
        assert_eq!((year.year, year.through, year.quarter), (2020, 6, Some(1)));
        let sessions = year
            .totals
            .iter()
            .find(|total| total.measure == Measure::DirectSessions)
            .unwrap();
        assert_eq!((sessions.this, sessions.before), (5, 0));
        assert_eq!(year.months[5], (5, 0));

        let found = figure(&house.province, &auditor, Measure::DirectSessions, 2020)
            .await
            .unwrap();
        assert_eq!(
            found.total,
            found.shares.iter().map(|share| share.quantity).sum::<i64>()
        );
        assert_eq!(
            (found.shares[0].agency, found.shares[0].quantity),
            (house.a.id(), 5)
        );

        let asked = Asked {
            measure: Measure::DirectSessions,
            year: 2020,
            month: Some(6),
            page: 1,
            per_page: 50,
        };
        let before = log(&house, "evidence-read").await;
        let shown = rows(&house.province, &auditor, house.a.id(), asked)
            .await
            .unwrap();
        assert_eq!((shown.sum, shown.copied, shown.count), (5, 5, 2));
        assert_eq!(shown.months.iter().sum::<i64>(), found.shares[0].quantity);
        assert_eq!(
            log(&house, "evidence-read").await,
            before + 1,
            "AUD-04: every reading is logged"
        );

        // A file that is no evidence, or of another agency, does not exist; the attempt is logged too.
        let file = pbgdpl_model::id::MediaId::fresh(house.clock.now());
        let refused = evidence(&house.province, &auditor, house.a.id(), file).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        assert_eq!(log(&house, "evidence-read").await, before + 2);
        // Officers without the auditor's role read no rows.
        let officer = house.province_ctx(&house.officer).await.unwrap();
        let denied = rows(&house.province, &officer, house.a.id(), asked).await;
        assert!(matches!(denied, Err(Error::Denied(_))));
        assert_eq!(log(&house, "evidence-read").await, before + 2);
        let filter = AuditFilter::default();
        audit_log::of_agency(&house.province, &auditor, house.a.id(), &filter, 1)
            .await
            .unwrap();
        assert_eq!(log(&house, "audit-read").await, 1);
    }
}

async fn log(house: &House, action: &str) -> u64 {
    let ctx = house.province_ctx(&house.auditor).await.unwrap();
    let filter = AuditFilter {
        action: action.to_owned(),
        ..AuditFilter::default()
    };
    audit_log::of_province(&house.province, &ctx, &filter, 1)
        .await
        .unwrap()
        .count
}

#[tokio::test]
async fn dsh_03_an_auditor_has_no_writing_route() {
    let house = House::on(Engine::Sqlite).await.unwrap();
    let auditor = house.province_ctx(&house.auditor).await.unwrap();
    for route in pbgdpl_web::routes::all() {
        if let pbgdpl_web::routes::Audience::Officer(action) = route.audience
            && route.method != http::Method::GET
        {
            assert!(!auditor.could(action), "{route:?}");
        }
    }
}

async fn verified(house: &House) -> Verification {
    let ctx = house.province_ctx(&house.auditor).await.unwrap();
    verify(&house.province, &ctx, None, &mut |_, _| {}).await.unwrap()
}

fn fault_of(verification: &Verification, house: &House) -> Option<Broken> {
    let chain = verification
        .chains
        .iter()
        .find(|chain| chain.agency == Some(house.a.id()));
    chain.unwrap().fault.clone()
}

/// As somebody who owns the database, its triggers put aside.
async fn as_owner(house: &House, statements: &[&str]) {
    let (url, open): (String, &[&str]) = match &house.ground {
        Ground::Sqlite(file) => (
            file.url(),
            &[
                "drop trigger if exists audit_refuses_update",
                "drop trigger if exists audit_refuses_delete",
            ],
        ),
        Ground::Postgres(databases) => (
            databases.superuser_url.clone(),
            &["alter table audit disable trigger all"],
        ),
    };
    let owner = sea_orm::Database::connect(url).await.unwrap();
    for statement in open.iter().chain(statements) {
        owner
            .execute_unprepared(statement)
            .await
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    owner.close().await.unwrap();
}

#[tokio::test]
async fn aud_02_every_tampering_is_found() {
    // What is done to the chain of an agency with six entries, and whether this is how it is found.
    type Found = fn(&Broken) -> bool;
    let tamperings: [(&[&str], Found); 6] = [
        (&["update audit set detail = '{}' where seq = 3"], |b| {
            *b == Broken::Content(3)
        }),
        (&["update audit set actor_name = 'x' where seq = 6"], |b| {
            *b == Broken::Content(6)
        }),
        (&["delete from audit where seq = 3"], |b| {
            *b == Broken::Gap {
                expected: 3,
                found: 4,
            }
        }),
        (&["delete from audit where seq = 6"], |b| {
            *b == Broken::Tail { found: 5, head: 6 }
        }),
        (
            // The tail and the head together: only the anchor of the verification before knows.
            &[
                "delete from audit where seq = 6",
                "update chain_head set audit_seq = 5, audit_hash = (select hash from audit where seq = 5)",
            ],
            |b| *b == Broken::Tail { found: 5, head: 6 },
        ),
        (&["delete from audit", "delete from chain_head"], |b| {
            matches!(b, Broken::Tail { found: 0, .. })
        }),
    ];
    for engine in BOTH {
        for (statements, expected) in tamperings {
            let house = House::on(engine).await.unwrap();
            let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
            for _ in 0..6 {
                write(&house.app, &editor).await.unwrap();
            }
            let before = verified(&house).await;
            assert!(before.is_whole(), "{engine:?}: {before:?}");
            assert!(before.entries() >= 6);
            as_owner(&house, statements).await;
            let after = verified(&house).await;
            let fault = fault_of(&after, &house);
            assert!(
                fault.as_ref().is_some_and(expected),
                "{engine:?} {statements:?}: {fault:?}"
            );
            assert!(
                !verified(&house).await.is_whole(),
                "the anchor is not moved onto a broken chain"
            );
            // A checkpoint kept outside says the same to a database that lost its own anchor.
            let ctx = house.province_ctx(&house.auditor).await.unwrap();
            let kept = before.checkpoint();
            let text = serde_json::to_string(&kept).unwrap();
            let kept = serde_json::from_str(&text).unwrap();
            let again = verify(&house.province, &ctx, Some(&kept), &mut |_, _| {})
                .await
                .unwrap();
            assert!(!again.is_whole());
        }
    }
}

#[tokio::test]
async fn aud_02_acts_during_the_verification_do_not_break_it() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let writing = async {
            for _ in 0..30 {
                write(&house.app, &editor).await.unwrap();
            }
        };
        let reading = async {
            for _ in 0..8 {
                let found = verified(&house).await;
                assert!(found.is_whole(), "{engine:?}: {found:?}");
            }
        };
        tokio::join!(writing, reading);
        assert!(verified(&house).await.is_whole());
    }
}

mod on_screen {
    //! The same through the web: every page answers, a wrong form comes back with what was typed.

    use http::StatusCode;
    use pbgdpl_testkit::web::{Ask, HOSTS, Web};

    use super::*;

    const DESK: &str = HOSTS[1].1;

    async fn status(web: &Web, session: &str, path: &str) -> StatusCode {
        web.ask(&Ask::get(DESK, path).signed_in(session))
            .await
            .unwrap()
            .status
    }

    #[tokio::test]
    async fn an_administrator_makes_suspends_and_staffs_an_agency() {
        for engine in BOTH {
            let house = House::on(engine).await.unwrap();
            let web = Web::of(&house, true).unwrap();
            let session = house.session(&house.officer).await.unwrap();
            for path in [
                "/tinh",
                "/tinh/co-quan",
                "/tinh/co-quan/moi",
                "/tinh/co-quan/so-a",
            ] {
                assert_eq!(
                    status(&web, &session, path).await,
                    StatusCode::OK,
                    "{engine:?} {path}"
                );
            }
            assert_eq!(
                status(&web, &session, "/tinh/co-quan/khong-co").await,
                StatusCode::NOT_FOUND
            );
            let form = [
                ("ten-day-du", "Sở Mới tỉnh Thử"),
                ("ten-gon", "Sở Mới"),
                ("dia-chi", "tim-kiem"),
                ("loai", "so"),
                ("quan-he", "subordinate"),
                ("dong-bao-cao", "so_nganh"),
                ("mau", "cham"),
            ];
            let post = |path: &str, form: &[(&str, &str)]| Ask::post(DESK, path, form).signed_in(&session);
            let refused = web.ask(&post("/tinh/co-quan/moi", &form)).await.unwrap();
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.text().contains("Sở Mới tỉnh Thử") && refused.text().contains("dành riêng"));
            let mut form = form.to_vec();
            form[2].1 = "";
            let made = web.ask(&post("/tinh/co-quan/moi", &form)).await.unwrap();
            assert_eq!(
                made.header("location"),
                "/tinh/co-quan/so-moi?xong=lap",
                "{}",
                made.text()
            );
            let section = web.ask(&Ask::get(HOSTS[0].1, "/so-moi/")).await.unwrap();
            assert_eq!(section.status, StatusCode::OK, "readable at once");

            let rest = [("cach-dung", "hidden"), ("ly-do", "")];
            let refused = web
                .ask(&post("/tinh/co-quan/so-moi/tam-dung", &rest))
                .await
                .unwrap();
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            let rest = [("cach-dung", "hidden"), ("ly-do", "Sắp xếp lại")];
            let done = web
                .ask(&post("/tinh/co-quan/so-moi/tam-dung", &rest))
                .await
                .unwrap();
            assert_eq!(done.status, StatusCode::SEE_OTHER);
            let hidden = web.ask(&Ask::get(HOSTS[0].1, "/so-moi/")).await.unwrap();
            assert!(!hidden.status.is_success(), "{}", hidden.status);
            let done = web.ask(&post("/tinh/co-quan/so-moi/mo-lai", &[])).await.unwrap();
            assert_eq!(done.status, StatusCode::SEE_OTHER);

            let role = [
                ("act", "giao"),
                ("thu-dien-tu", "ai@do.vn"),
                ("vai-tro", "editor"),
            ];
            let refused = web
                .ask(&post("/tinh/co-quan/so-moi/vai-tro", &role))
                .await
                .unwrap();
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.text().contains("ai@do.vn"));
            let account = house.officer.account.to_string();
            let last = [
                ("act", "thoi"),
                ("tai-khoan", account.as_str()),
                ("vai-tro", "province-admin"),
            ];
            let refused = web.ask(&post("/tinh/vai-tro", &last)).await.unwrap();
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.text().contains("cuối cùng"));
        }
    }

    #[tokio::test]
    async fn an_auditor_comes_down_to_the_rows() {
        for engine in BOTH {
            let house = House::on(engine).await.unwrap();
            let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
            fill_ledger(&house, &reporter).await;
            let web = Web::of(&house, true).unwrap();
            let session = house.session(&house.auditor).await.unwrap();
            for path in [
                "/giam-sat",
                "/giam-sat?nam=2020",
                "/giam-sat/so-lieu/direct_sessions/2020",
                "/giam-sat/so-lieu/direct_sessions/2020/so-a",
                "/giam-sat/so-lieu/direct_sessions/2020/so-a?thang=6&trang=2",
                "/giam-sat/so-lieu/contests/2020/huyen-b",
                "/giam-sat/nhat-ky",
                "/giam-sat/nhat-ky?co-quan=so-a&ai=x&viec=&doi-tuong=",
                "/giam-sat/kiem-chung",
                "/giam-sat/kiem-chung/dau-moc.json",
            ] {
                assert_eq!(
                    status(&web, &session, path).await,
                    StatusCode::OK,
                    "{engine:?} {path}"
                );
            }
            for path in [
                "/giam-sat?nam=3000",
                "/giam-sat/so-lieu/unknown/2020",
                "/giam-sat/so-lieu/direct_sessions/2020/khong-co",
                "/giam-sat/so-lieu/direct_sessions/2020/so-a?thang=13",
                "/giam-sat/minh-chung/so-a/00000000000000000000000000",
            ] {
                assert_eq!(
                    status(&web, &session, path).await,
                    StatusCode::NOT_FOUND,
                    "{engine:?} {path}"
                );
            }
            assert_eq!(status(&web, &session, "/tinh").await, StatusCode::FORBIDDEN);
            let strangers = house.session(&house.in_a.admin).await.unwrap();
            assert_eq!(status(&web, &strangers, "/giam-sat").await, StatusCode::NOT_FOUND);
            let ask = Ask::get(DESK, "/giam-sat/so-lieu/direct_sessions/2020/so-a").signed_in(&session);
            let text = web.ask(&ask).await.unwrap().text();
            assert!(text.contains("Bằng tổng 2 dòng sổ"), "{engine:?}");
        }
    }
}
