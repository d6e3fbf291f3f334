//! DSH-09: an old view is reproducible. A fixed one shows the figures of its day whatever comes later, a living one moves; each
//! belongs to its owner; what the dashboard counts is data with versions.

use http::StatusCode;
use pbgdpl_model::agency::Agency;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::dashboard::{DashboardFile, SavedView};
use pbgdpl_province::view::{list, save};
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_store::province::NewAgency;
use pbgdpl_testkit::house::{BOTH, Someone};

use super::dashboards::{append, copied, day};
use super::*;

const FILE: &str = include_str!("../../../tenants/kon-tum/dashboard.toml");
const TABLES: [&str; 5] = ["thang", "dia-ban", "ngay", "co-quan", "chi-tieu"];

async fn count_by(house: &House, file: &DashboardFile) {
    put(
        house,
        "dashboard",
        "dashboard",
        &serde_json::to_string(file).unwrap(),
    )
    .await;
}

async fn put(house: &House, kind: &str, code: &str, body: &str) {
    let system = of_the_system(house);
    let warrant = system.warrant::<ManifestApply>().unwrap();
    let mut store = house.store.province(&warrant).await.unwrap();
    store.put_catalogue(kind, code, body, system.now()).await.unwrap();
    store.save().await.unwrap();
}

async fn save_as(house: &House, who: &Someone, address: &str, fixed: bool, shared: bool) -> SavedView {
    let ctx = house.province_ctx(who).await.unwrap();
    let order = save::Save {
        title: format!("{address} {fixed}"),
        address: address.parse().unwrap(),
        year: Some(2020),
        fixed,
        shared,
    };
    let id = save::save(&house.province, &ctx, order).await.unwrap();
    list::one(&house.province, &ctx, id).await.unwrap()
}

/// What a reader of a view sees: its blocks without what it says of itself, and its files.
async fn figures_of(screen: &Screen, view: &SavedView) -> String {
    let path = format!("/giam-sat/cach-xem/{}", view.id);
    let mut answer = screen.get(&path).await;
    if answer.status == StatusCode::SEE_OTHER {
        let to = answer.header("location").to_owned();
        answer = screen.get(&to).await;
    }
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    let page = scraper::Html::parse_document(&answer.text());
    let blocks = scraper::Selector::parse("main section").unwrap();
    let mut all: Vec<String> = page.select(&blocks).map(|block| block.html()).collect();
    if view.fixed.is_some() && !view.address.to_string().contains("so-lieu") {
        for table in TABLES {
            let file = screen.get(&format!("{path}/xuat.csv?bang={table}")).await;
            assert_eq!(file.status, StatusCode::OK, "{table}");
            all.push(file.text());
        }
    }
    all.join("\n")
}

#[tokio::test]
async fn dsh_09_a_fixed_view_stays_and_a_living_one_moves() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let mut file: DashboardFile = toml::from_str(FILE).unwrap();
        count_by(&house, &file).await;
        let (a, b) = (&house.in_a.reporter, &house.in_b.reporter);
        let in_a = house.ctx(&house.a, a).await.unwrap();
        append(&house, &in_a, &[(day(2, 3), 4), (day(5, 20), 7)]).await;
        copied(&house).await;
        let screen = Screen::of_the_auditor(&house).await;
        let addresses = [
            "/giam-sat?nam=2020",
            "/giam-sat?nam=2020&co-cau=hien-tai&ngay=2020-06-01",
            "/giam-sat/so-lieu/direct_sessions/2020",
        ];
        let (mut fixed, mut living) = (Vec::new(), Vec::new());
        for address in addresses {
            fixed.push(save_as(&house, &house.auditor, address, true, false).await);
            living.push(save_as(&house, &house.auditor, address, false, false).await);
        }
        let own_day = screen
            .get(&format!("/giam-sat/cach-xem/{}", fixed[0].id))
            .await
            .text();
        assert!(own_day.contains("Hôm nay chưa hết"), "{engine:?}");
        // Of the rest of the day it still knows, as it says.
        append(&house, &in_a, &[(day(6, 1), 2)]).await;
        copied(&house).await;
        let mut before = Vec::new();
        for view in fixed.iter().chain(&living) {
            before.push(figures_of(&screen, view).await);
        }
        assert!(before[0].contains("13"), "{engine:?}: the year's 13 sessions");

        // A later day: entries and corrections of the past, a new version, a reorganisation written down late, other communes.
        house.clock.set(Moment::end_of(house.clock_day()).plus_millis(1));
        let in_a = house.ctx(&house.a, a).await.unwrap();
        let in_b = house.ctx(&house.b, b).await.unwrap();
        append(&house, &in_a, &[(day(2, 3), -4), (day(3, 1), 30)]).await;
        append(&house, &in_b, &[(day(4, 2), 11)]).await;
        copied(&house).await;
        let mut next = file.versions[0].clone();
        next.number = 2;
        next.valid_from = day(6, 15);
        next.why = "Thử".into();
        next.measures.reverse();
        next.measures[0].label = "Lời mới".into();
        next.months_question = "Câu hỏi mới?".into();
        file.versions.push(next);
        count_by(&house, &file).await;
        let merged = r#"{"id":"x","title":"X","succession":[{"kind":"merge","from":"so-a","to":["huyen-b"],"day":"2020-02-01",
            "series_to":"huyen-b","verify":true}]}"#;
        put(&house, "reorganisation", "x", merged).await;
        // As `tenants apply` writes it with the reorganisation: A ended in the middle of the year that was seen whole.
        let ended = Agency {
            last_day: Some(day(1, 31)),
            ..house.a.agency().clone()
        };
        let system = of_the_system(&house);
        let warrant = system.warrant::<ManifestApply>().unwrap();
        let mut store = house.store.province(&warrant).await.unwrap();
        let new = NewAgency {
            agency: ended,
            hosts: vec![],
            body: "{}".into(),
        };
        store.put_agency(&new, system.now()).await.unwrap();
        store.save().await.unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        house.clock.advance_seconds(400 * 86_400);
        let screen = Screen::of_the_auditor(&house).await;
        for (at, view) in fixed.iter().chain(&living).enumerate() {
            let now = figures_of(&screen, view).await;
            if at < fixed.len() {
                assert_eq!(now, before[at], "{engine:?}: {}", view.title);
            } else {
                assert_ne!(now, before[at], "{engine:?}: {}", view.title);
            }
        }
        let opened = screen
            .get(&format!("/giam-sat/cach-xem/{}", fixed[0].id))
            .await
            .text();
        for words in [
            "giữ nguyên như đã biết đến hết ngày 15/06/2020",
            "Bản 1 của bảng chỉ tiêu, dùng từ ngày 01/01/2019",
        ] {
            assert!(opened.contains(words), "{engine:?}: {words}");
        }
        assert!(!opened.contains("Hôm nay chưa hết") && !opened.contains("Lời mới"));
        let now = screen.get("/giam-sat?nam=2020").await.text();
        assert!(
            now.contains("Lời mới") && now.contains("Câu hỏi mới?") && now.contains("Bản 2"),
            "{engine:?}"
        );
        // A past day is drawn by the version of that day, with its questions.
        let past = screen.get("/giam-sat?nam=2020&tinh-den=2020-06-14").await.text();
        assert!(past.contains("Bản 1") && !past.contains("Lời mới"), "{engine:?}");
        house.end().await.unwrap();
    }
}

/// A living view without a year follows the newest one.
#[tokio::test]
async fn dsh_09_a_view_belongs_to_its_owner_and_is_shared_by_choice() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let own = save_as(&house, &house.officer, "/giam-sat", false, false).await;
        let shared = save_as(&house, &house.officer, "/giam-sat", true, true).await;
        let web = Web::of(&house, true).unwrap();
        let session = |who: Someone| {
            let house = &house;
            async move { house.session(&who).await.unwrap() }
        };
        let officer = session(house.officer.clone()).await;
        let other = session(house.consolidator.clone()).await;
        let auditor = session(house.auditor.clone()).await;
        let editor = session(house.in_a.editor.clone()).await;
        let get = async |path: String, session: &str| {
            web.ask(&Ask::get(DESK, &path).signed_in(session)).await.unwrap()
        };
        let post = async |path: String, fields: &[(&str, &str)], session: &str| {
            web.ask(&Ask::post(DESK, &path, fields).signed_in(session))
                .await
                .unwrap()
        };
        let nobodys = "00000000000000000000000000";
        for who in [&other, &auditor] {
            // What is not shared answers as what is not there.
            for path in ["/giam-sat/cach-xem/", "/tai-khoan/cach-xem/"] {
                let theirs = get(format!("{path}{}", own.id), who).await;
                let none = get(format!("{path}{nobodys}"), who).await;
                assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{engine:?} {path}");
                assert_eq!(
                    theirs.masked(),
                    none.masked().replace(nobodys, &own.id.to_string()),
                    "{engine:?}"
                );
            }
            assert_eq!(
                get(format!("/giam-sat/cach-xem/{}", shared.id), who).await.status,
                StatusCode::OK
            );
            // Shared is to be opened, not to be changed.
            for (path, fields) in [
                (String::new(), vec![("ten", "Của tôi")]),
                ("/xoa".to_owned(), vec![]),
                ("/hoan-tac".to_owned(), vec![]),
            ] {
                let answer = post(format!("/tai-khoan/cach-xem/{}{path}", shared.id), &fields, who).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{engine:?} {path}");
            }
            let list = get("/giam-sat/cach-xem".into(), who).await.text();
            assert!(
                list.contains(&shared.id.to_string()) && !list.contains(&own.id.to_string()),
                "{engine:?}"
            );
        }
        // An auditor keeps views of their own and shares none; who holds no role in the province keeps none.
        let fields = [("ten", "Riêng"), ("dia-chi", "/giam-sat?nam=2020")];
        let kept = post("/tai-khoan/cach-xem".into(), &fields, &auditor).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{engine:?}: {}", kept.text());
        let sharing = [fields[0], fields[1], ("chon", "chung")];
        let refused = post("/tai-khoan/cach-xem".into(), &sharing, &auditor).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{engine:?}");
        let stranger = post("/tai-khoan/cach-xem".into(), &fields, &editor).await;
        assert_eq!(stranger.status, StatusCode::NOT_FOUND, "{engine:?}");

        // Renamed, removed, brought back; bad input keeps what was typed and lets no address out of the figures.
        let path = format!("/tai-khoan/cach-xem/{}", own.id);
        let renamed = post(path.clone(), &[("ten", "Tên khác")], &officer).await;
        assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{engine:?}");
        let removed = post(format!("{path}/xoa"), &[], &officer).await;
        let list = get(removed.header("location").to_owned(), &officer).await.text();
        assert!(
            !list.contains("Tên khác") && list.contains("Lấy lại"),
            "{engine:?}: {list}"
        );
        assert_eq!(
            get(format!("/giam-sat/cach-xem/{}", own.id), &officer)
                .await
                .status,
            StatusCode::NOT_FOUND
        );
        let back = post(format!("{path}/hoan-tac"), &[], &officer).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{engine:?}");
        let list = get("/giam-sat/cach-xem".into(), &officer).await.text();
        assert!(list.contains("Tên khác"), "{engine:?}");
        let empty = [("ten", " "), ("dia-chi", "/giam-sat?nam=2020"), ("chon", "chung")];
        let again = post("/tai-khoan/cach-xem".into(), &empty, &officer).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{engine:?}");
        assert!(again.text().contains("Tên: còn trống") && again.text().contains("/giam-sat?nam=2020"));
        for elsewhere in ["//evil.vn", "/giam-sat/nhat-ky", "/tinh"] {
            let answer = post(
                "/tai-khoan/cach-xem".into(),
                &[("ten", "x"), ("dia-chi", elsewhere)],
                &officer,
            )
            .await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{elsewhere}");
        }
        // Whoever leaves the province takes what they shared along.
        let system = of_the_system(&house);
        pbgdpl_province::member::grant::grant(
            &house.province,
            &system,
            pbgdpl_province::member::Place::Province,
            &house.consolidator.email,
            pbgdpl_model::policy::Role::ProvinceAdmin,
        )
        .await
        .unwrap();
        pbgdpl_province::member::revoke::revoke(
            &house.province,
            &system,
            pbgdpl_province::member::Place::Province,
            house.officer.account,
            pbgdpl_model::policy::Role::ProvinceAdmin,
        )
        .await
        .unwrap();
        let gone = get(format!("/giam-sat/cach-xem/{}", shared.id), &auditor).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND, "{engine:?}");
        house.end().await.unwrap();
    }
}

/// Files: a bad one says where and why; a version that has begun is never changed.
#[tokio::test]
async fn dsh_09_a_version_that_has_begun_stays() {
    let house = Empty::on(Engine::Sqlite).await;
    house.apply(&Folder::of(kon_tum()).unwrap()).await.unwrap();
    let with = |text: String| {
        let mut files = kon_tum();
        let (_, there) = files
            .iter_mut()
            .find(|(name, _)| name == "dashboard.toml")
            .unwrap();
        *there = text;
        Folder::of(files)
    };
    let changed = with(FILE.replacen("label = \"Lượt người dự thi\"", "label = \"Người thi\"", 1)).unwrap();
    let Err(Error::Files(problems)) = house.apply(&changed).await else {
        panic!("a version that has begun was changed")
    };
    assert_eq!(problems.len(), 1, "{problems:?}");
    let line = FILE.lines().position(|line| line == "number = 1").unwrap() + 1;
    let expected = format!("dashboard.toml:{line}: bản 1 đã dùng");
    assert!(problems[0].to_string().starts_with(&expected), "{}", problems[0]);
    let second = |from: &str| {
        let version = FILE.split_once("[[version]]\n").unwrap().1;
        let version = version
            .replacen("number = 1", "number = 2\nwhy = \"Thêm\"", 1)
            .replacen("2019-01-01", from, 1);
        format!("{FILE}\n[[version]]\n{version}")
    };
    let late = with(second("2020-06-14")).unwrap();
    let Err(Error::Files(problems)) = house.apply(&late).await else {
        panic!("a past day got another version")
    };
    assert!(problems[0].message.contains("từ hôm nay"), "{problems:?}");
    let today = with(second("2020-06-15")).unwrap();
    assert_eq!(house.apply(&today).await.unwrap().changes(), 1);
}
