//! The same through the web: every page answers, a wrong form comes back with what was typed.

use http::StatusCode;
use pbgdpl_testkit::house::BOTH;

use super::*;

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

        let role = |address| [("act", "giao"), ("thu-dien-tu", address), ("vai-tro", "editor")];
        let roles = "/tinh/co-quan/so-moi/vai-tro";
        let refused = web.ask(&post(roles, &role("không phải thư"))).await.unwrap();
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.text().contains("không phải thư"),
            "what was typed is kept"
        );
        // Somebody without an account is invited by letter, and stands in the list at once.
        let invited = web.ask(&post(roles, &role("ai@do.vn"))).await.unwrap();
        assert_eq!(invited.status, StatusCode::SEE_OTHER, "{}", invited.text());
        let page = web
            .ask(&Ask::get(DESK, "/tinh/co-quan/so-moi").signed_in(&session))
            .await
            .unwrap();
        assert!(page.text().contains("ai@do.vn"));
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

/// Every link of a page, as it stands in it.
fn links(page: &str) -> Vec<String> {
    page.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|href| href.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

#[tokio::test]
async fn dsh_02_whoever_reads_the_dashboard_may_open_what_it_links_to() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let officer = house.province_ctx(&house.officer).await.unwrap();
        // Something of every kind that leads elsewhere: a suspended section, silence, reports.
        pbgdpl_province::agency::suspend::suspend(
            &house.province,
            &officer,
            house.b.id(),
            pbgdpl_province::agency::suspend::Rest::ReadOnly,
            "Sắp xếp lại",
        )
        .await
        .unwrap();
        late_reports(&house).await;
        let web = Web::of(&house, true).unwrap();
        for (who, elsewhere) in [
            (&house.auditor, false),
            (&house.consolidator, true),
            (&house.officer, true),
        ] {
            let session = house.session(who).await.unwrap();
            let page = web
                .ask(&Ask::get(DESK, "/giam-sat?nam=2020").signed_in(&session))
                .await
                .unwrap()
                .text();
            assert!(
                page.contains("chưa gửi biểu 09") && page.contains("đang tạm dừng"),
                "{page}"
            );
            let links = links(&page);
            assert_eq!(
                links.iter().any(|href| href.starts_with("/tinh/bao-cao/")),
                elsewhere,
                "{engine:?} {}: {links:?}",
                who.name
            );
            for href in links.iter().filter(|href| href.starts_with('/')) {
                let status = status(&web, &session, href).await;
                assert!(
                    status.is_success() || status.is_redirection(),
                    "{engine:?} {}: {href} answers {status}",
                    who.name
                );
            }
        }
    }
}

/// Forms and a calendar whose day is past: both agencies are late.
async fn late_reports(house: &House) {
    let files = kon_tum();
    let ctx = of_the_system(house);
    let folder = Folder::of(files).unwrap();
    let warrant = ctx.warrant::<pbgdpl_scope::action::ManifestApply>().unwrap();
    let mut store = house.store.province(&warrant).await.unwrap();
    for form in &folder.manifest().forms {
        let body = serde_json::to_string(form).unwrap();
        store
            .put_catalogue("form", &form.id, &body, ctx.now())
            .await
            .unwrap();
    }
    let calendar = serde_json::to_string(&folder.manifest().calendar).unwrap();
    store
        .put_catalogue("calendar", "calendar", &calendar, ctx.now())
        .await
        .unwrap();
    store.save().await.unwrap();
    house
        .clock
        .set(Moment::from_millis(1_592_182_800_000 + 20 * 86_400_000));
}

/// What a file marks `verify` is said to administrators, and to nobody else.
#[tokio::test]
async fn what_is_to_be_checked_is_said_to_administrators_only() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let ctx = house.province_ctx(&house.officer).await.unwrap();
        let folder = Folder::of(kon_tum()).unwrap();
        let unverified = folder
            .manifest()
            .agencies
            .iter()
            .find(|file| !file.unverified().is_empty())
            .expect("the real files hold something to be checked");
        let new = pbgdpl_store::province::NewAgency {
            agency: house.a.agency().clone(),
            hosts: vec![],
            body: serde_json::to_string(unverified).unwrap(),
        };
        let warrant = ctx.warrant::<pbgdpl_scope::action::AgencyCreate>().unwrap();
        let mut store = house.store.province(&warrant).await.unwrap();
        store.put_agency(&new, ctx.now()).await.unwrap();
        store.save().await.unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        let web = Web::of(&house, true).unwrap();
        for (who, sees) in [
            (&house.officer, true),
            (&house.consolidator, false),
            (&house.auditor, false),
            (&house.in_a.editor, false),
        ] {
            let session = house.session(who).await.unwrap();
            let mut told = 0;
            for path in [
                "/tinh",
                "/tinh/co-quan",
                "/tinh/co-quan/so-a",
                "/giam-sat",
                "/quan-tri/so-a",
                "/quan-tri/so-a/bieu",
            ] {
                let page = web.ask(&Ask::get(DESK, path).signed_in(&session)).await.unwrap();
                if page.text().to_lowercase().contains("cần đối chiếu") {
                    told += 1;
                }
            }
            assert_eq!(told > 0, sees, "{engine:?} {}", who.name);
            if sees {
                assert_eq!(told, 3, "{engine:?}: home, list, one");
            }
        }
        let public = web.ask(&Ask::get(HOSTS[0].1, "/so-a/")).await.unwrap().text();
        assert!(!public.to_lowercase().contains("cần đối chiếu"), "{engine:?}");
    }
}

/// Looking at the verification again, or by many, walks the chains once a minute and writes one mark.
#[tokio::test]
async fn looking_at_the_verification_again_writes_nothing() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.auditor).await.unwrap();
        let marks = async || {
            let ctx = house.province_ctx(&house.auditor).await.unwrap();
            let filter = AuditFilter {
                action: "audit-verify".into(),
                ..AuditFilter::default()
            };
            audit_log::of_province(&house.province, &ctx, &filter, 1)
                .await
                .unwrap()
                .count
        };
        let look = || status(&web, &session, "/giam-sat/kiem-chung");
        let (first, second) = tokio::join!(look(), look());
        assert_eq!((first, second), (StatusCode::OK, StatusCode::OK));
        assert_eq!(look().await, StatusCode::OK);
        assert_eq!(
            status(&web, &session, "/giam-sat/kiem-chung/dau-moc.json").await,
            StatusCode::OK
        );
        assert_eq!(marks().await, 1, "{engine:?}");
        house.clock.set(house.clock.now().plus_seconds(61));
        assert_eq!(look().await, StatusCode::OK);
        assert_eq!(marks().await, 2, "{engine:?}: anew after a minute");
        // Who may not verify is not shown what another saw.
        let consolidator = house.session(&house.consolidator).await.unwrap();
        assert_eq!(
            status(&web, &consolidator, "/giam-sat/kiem-chung").await,
            StatusCode::FORBIDDEN
        );
    }
}

/// While somebody writes, the province's pages are read: on SQLite too there is only one writer, and many readers.
#[tokio::test]
async fn the_province_is_read_while_somebody_writes() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.officer).await.unwrap();
        let writing = house.store.tenant(&house.a).await.unwrap();
        for path in ["/tinh", "/tinh/co-quan", "/giam-sat"] {
            let read =
                tokio::time::timeout(std::time::Duration::from_secs(3), status(&web, &session, path)).await;
            assert_eq!(read.ok(), Some(StatusCode::OK), "{engine:?} {path}");
        }
        drop(writing);
    }
}

/// TEN-02: made in one act by the web, staffed, and its section stands in a frame of another site; no operator was needed.
#[tokio::test]
async fn ten_02_a_new_agency_is_embeddable_at_once() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let officer = house.session(&house.officer).await.unwrap();
        let form = [
            ("ten-day-du", "Sở Mới tỉnh Thử"),
            ("ten-gon", "Sở Mới"),
            ("dia-chi", ""),
            ("loai", "so"),
            ("quan-he", "subordinate"),
            ("dong-bao-cao", "so_nganh"),
            ("mau", "cham"),
            ("quan-tri", house.in_a.admin.email.as_str()),
        ];
        let made = web
            .ask(&Ask::post(DESK, "/tinh/co-quan/moi", &form).signed_in(&officer))
            .await
            .unwrap();
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{engine:?}: {}", made.text());

        let snapshot = house.store.registry().now();
        let Some(pbgdpl_scope::Found::Here(tenant)) = snapshot.by_slug("so-moi") else {
            panic!("not in the registry")
        };
        let admin = house.ctx(&tenant, &house.in_a.admin).await.unwrap();
        let site = pbgdpl_app::embed::add::add(&house.app, &admin, "Cổng của Sở", "https://so-moi.example")
            .await
            .unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        let frame = Ask::get(HOSTS[2].1, &format!("/k/{}/", site.key))
            .with("sec-fetch-dest", "iframe")
            .with("referer", "https://so-moi.example/trang");
        let framed = web.ask(&frame).await.unwrap();
        assert_eq!(framed.status, StatusCode::OK, "{engine:?}");
        assert!(framed.text().contains("Sở Mới"));
        assert!(
            framed
                .header("content-security-policy")
                .contains("frame-ancestors https://so-moi.example")
        );
    }
}

/// IDN-01: one session serves every place of a person, and each page says where they are.
#[tokio::test]
async fn idn_01_one_account_many_agencies_and_the_present_one_is_named() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_both).await.unwrap();
        let open = async |path: &str| web.ask(&Ask::get(DESK, path).signed_in(&session)).await.unwrap();
        let chooser = open("/quan-tri").await;
        assert_eq!(chooser.status, StatusCode::OK, "{engine:?}");
        for (tenant, name, other) in [(&house.a, "Sở A", "Huyện B"), (&house.b, "Huyện B", "Sở A")] {
            let place = format!("/quan-tri/{}", tenant.slug());
            assert!(
                chooser.text().contains(&place),
                "{engine:?}: {place} is not offered"
            );
            let page = open(&place).await;
            assert_eq!(page.status, StatusCode::OK, "{engine:?}");
            let title = page.text();
            let title = title.split("</title>").next().unwrap_or_default();
            assert!(
                title.contains(name) && !title.contains(other),
                "{engine:?}: {title}"
            );
        }
    }
}
