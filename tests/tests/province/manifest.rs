//! `tenants/` against the database: TEN-01.

use super::*;
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::policy::Action;
use pbgdpl_model::policy::Role;
use pbgdpl_province::Error;
use pbgdpl_province::manifest::Change;
use pbgdpl_province::manifest::Folder;
use pbgdpl_province::manifest::apply::apply;
use pbgdpl_province::manifest::export::export;
use pbgdpl_province::manifest::plan::plan;
use pbgdpl_province::report::Term;
use pbgdpl_province::report::follow::follow;
use pbgdpl_scope::Found;
use pbgdpl_store::migrate;
use pbgdpl_testkit::house::BOTH;
use pbgdpl_testkit::owner::Owner;

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
        let first = apply(&house.province, &house.ctx(), &folder, "", &mut |progress| {
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
        assert_eq!(
            again.manifest().reorganisations,
            folder.manifest().reorganisations
        );
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
            ("agencies/so-y-te.toml", 5)
        );
        let planned = plan(&house.province, &house.ctx(), &Folder::of(kon_tum()).unwrap())
            .await
            .unwrap();
        assert_eq!(planned.changes(), 0);
    }
}

#[tokio::test]
async fn pub_02_one_person_publishes_alone_only_with_a_reason() {
    for engine in BOTH {
        let house = Empty::on(engine).await;
        house.apply(&Folder::of(kon_tum()).unwrap()).await.unwrap();
        let two = "approver,article-approve,not-contributor+second-factor";
        let alone = "approver,article-approve,second-factor";
        let mut files = kon_tum();
        let (_, roles) = files.iter_mut().find(|(name, _)| name == "roles.csv").unwrap();
        assert!(roles.contains(two));
        let line = roles.lines().position(|l| l == two).unwrap() + 1;
        *roles = roles.replace(two, alone);
        let folder = Folder::of(files).unwrap();

        let planned = plan(&house.province, &house.ctx(), &folder).await.unwrap();
        assert_eq!(
            planned.alone.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [alone]
        );
        for empty in ["", "  "] {
            let refused = apply(&house.province, &house.ctx(), &folder, empty, &mut |_| {}).await;
            let Err(Error::Files(problems)) = refused else {
                panic!("{engine:?}: switched off without a reason")
            };
            assert_eq!((problems[0].file.as_str(), problems[0].line), ("roles.csv", line));
            assert!(problems[0].message.contains("--reason"), "{problems:?}");
        }
        assert_eq!(house.log_length().await, 1, "{engine:?}: refused whole");

        let reason = "Xã chỉ có một công chức tư pháp (tờ trình 15/TTr-STP)";
        let done = apply(&house.province, &house.ctx(), &folder, reason, &mut |_| {})
            .await
            .unwrap();
        assert_eq!(done, planned);
        let log = audit_log::of_province(&house.province, &house.ctx(), &AuditFilter::default(), 1)
            .await
            .unwrap();
        assert!(
            log.entries.iter().any(|entry| entry.reason == reason),
            "{engine:?}: {log:?}"
        );
        // What is there already asks for nothing, and the way back neither.
        assert_eq!(house.apply(&folder).await.unwrap().changes(), 0);
        assert_eq!(
            house
                .apply(&Folder::of(kon_tum()).unwrap())
                .await
                .unwrap()
                .changes(),
            1
        );
    }
}

/// A register that was filled before kinds had dates says the same afterwards.
#[tokio::test]
async fn an_older_register_is_carried_over() {
    for engine in BOTH {
        let house = Empty::on(engine).await;
        let folder = Folder::of(kon_tum()).unwrap();
        house.apply(&folder).await.unwrap();
        let owner = match &house.ground {
            Ground::Sqlite(file) => file.url(),
            Ground::Postgres(databases) => databases.owner_url.clone(),
        };
        let changes = migrate::status(&owner).await.unwrap();
        let younger = changes
            .iter()
            .rev()
            .position(|change| change.name.contains("dated_kinds"))
            .unwrap();
        let mut past = Owner::of(&house.ground).await.unwrap();
        past.lose_seals().await.unwrap();
        migrate::down(&owner, u32::try_from(younger + 1).unwrap())
            .await
            .unwrap();
        migrate::up(&owner).await.unwrap();
        let again = house.apply(&folder).await.unwrap();
        assert_eq!(again.changes(), 0, "{engine:?}: {again:?}");
        let kinds = Owner::of(&house.ground)
            .await
            .unwrap()
            .rows(&["agency_kind"])
            .await
            .unwrap();
        assert_eq!(kinds.len(), folder.manifest().agencies.len(), "{engine:?}");
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

/// An old address leads to its agency for ever: nobody else is called so, in files or on the screen.
#[tokio::test]
async fn a_former_address_of_another_agency_is_refused() {
    for engine in BOTH {
        let house = Empty::on(engine).await;
        house.apply(&Folder::of(kon_tum()).unwrap()).await.unwrap();
        let rename = |files: &mut Vec<(String, String)>, from: &str, to: &str| {
            for (name, text) in files.iter_mut() {
                if *name == format!("agencies/{from}.toml") {
                    *name = format!("agencies/{to}.toml");
                    *text = text.replace(&format!("slug = \"{from}\""), &format!("slug = \"{to}\""));
                } else if name.starts_with("reorganisations/") || name.starts_with("councils/") {
                    *text = text.replace(&format!("\"{from}\""), &format!("\"{to}\""));
                }
            }
        };
        let mut files = kon_tum();
        rename(&mut files, "so-y-te", "so-y-te-va-dan-so");
        house.apply(&Folder::of(files.clone()).unwrap()).await.unwrap();
        let unchanged = Folder::of(files.clone()).unwrap();

        rename(&mut files, "so-noi-vu", "so-y-te");
        let thief = Folder::of(files).unwrap();
        let line = kon_tum()
            .iter()
            .find(|(name, _)| name == "agencies/so-noi-vu.toml")
            .and_then(|(_, text)| text.lines().position(|line| line.starts_with("slug")))
            .unwrap();
        for refused in [
            plan(&house.province, &house.ctx(), &thief).await,
            house.apply(&thief).await,
        ] {
            let Err(Error::Files(problems)) = refused else {
                panic!("{engine:?}: another agency's old address was taken");
            };
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert_eq!(
                (problems[0].file.as_str(), problems[0].line),
                ("agencies/so-y-te.toml", line + 1)
            );
            assert!(problems[0].message.contains("địa chỉ cũ"), "{problems:?}");
        }
        let planned = plan(&house.province, &house.ctx(), &unchanged).await.unwrap();
        assert_eq!(planned.changes(), 0, "{engine:?}");
        let health = unchanged.manifest().agency("so-y-te-va-dan-so").unwrap().tenant();
        assert!(
            matches!(
                house.province.store().registry().now().by_slug("so-y-te"),
                Some(Found::Moved(tenant)) if tenant.id() == health
            ),
            "{engine:?}: the old address still leads to its agency"
        );
        // The store's own door says the same.
        let warrant = house
            .ctx()
            .warrant::<pbgdpl_scope::action::ManifestApply>()
            .unwrap();
        let store = house.province.store().province(&warrant).await.unwrap();
        let other = unchanged.manifest().agency("so-noi-vu").unwrap().tenant();
        for (kind, word) in [("slug", "so-y-te"), ("alias", "so-y-te-va-dan-so")] {
            let taken = store.put_address(kind, word, other, house.clock.now()).await;
            assert!(
                matches!(taken, Err(pbgdpl_store::StoreError::Exists(_))),
                "{engine:?} {kind} {word}: {taken:?}"
            );
        }
    }
}

/// REP-01: a later wording stands beside the first, is applied, and comes back.
#[tokio::test]
async fn two_wordings_of_a_form_are_applied_and_exported() {
    for engine in BOTH {
        let house = Empty::on(engine).await;
        let mut files = kon_tum();
        let first = "valid_from = \"2019-05-15\"";
        let at = files
            .iter()
            .position(|(name, _)| name == "forms/09d.toml")
            .unwrap();
        let later = files[at]
            .1
            .replacen(first, "valid_from = \"2021-01-01\"", 1)
            .replacen("title = \"", "title = \"Mới: ", 1);
        files[at].1 = files[at]
            .1
            .replacen(first, &format!("{first}\nvalid_to = \"2020-12-31\""), 1);
        files.push(("forms/09d.2021-01-01.toml".into(), later));
        let folder = Folder::of(files).unwrap();
        house.apply(&folder).await.unwrap();
        let exported = export(&house.province, &house.ctx()).await.unwrap();
        assert!(
            exported
                .iter()
                .any(|(name, _)| name == "forms/09d.2021-01-01.toml")
        );
        let again = Folder::of(exported).unwrap();
        assert_eq!(again.manifest().forms, folder.manifest().forms, "{engine:?}");
        assert_eq!(house.apply(&again).await.unwrap().changes(), 0, "{engine:?}");
        for (year, new) in [(2020, false), (2021, true)] {
            let term = Term {
                kind: PeriodKind::OfficialYear,
                year,
            };
            let following = follow(&house.province, &house.ctx(), "09c", term).await.unwrap();
            let form = following.forms.form("09d", &following.span).unwrap();
            assert_eq!(form.title.starts_with("Mới: "), new, "{engine:?} {year}");
            assert!(following.agencies.iter().any(|agency| agency.form == "09d"));
        }
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
