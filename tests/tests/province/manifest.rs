//! `tenants/` against the database: TEN-01.

use super::*;
use pbgdpl_model::policy::Action;
use pbgdpl_model::policy::Role;
use pbgdpl_province::Error;
use pbgdpl_province::manifest::Change;
use pbgdpl_province::manifest::Folder;
use pbgdpl_province::manifest::apply::apply;
use pbgdpl_province::manifest::export::export;
use pbgdpl_province::manifest::plan::plan;
use pbgdpl_scope::Found;
use pbgdpl_testkit::house::BOTH;

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
