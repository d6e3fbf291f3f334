//! DSH-11: only what was proposed by one and agreed to by another is read outside, in pages, frames and files; it follows the acts.

use http::StatusCode;
use pbgdpl_model::figure::Scope;
use pbgdpl_model::id::{FigureId, TenantId};
use pbgdpl_model::policy::{Action, PolicyRow};
use pbgdpl_province::public_figure::{approve::approve, propose::Propose, propose::propose, revoke::revoke};
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, PROVINCE, Someone, kon_tum_policy};

use super::dashboards::{append, copied, day};
use super::*;

const PUBLIC: &str = HOSTS[0].1;
const EMBED: &str = HOSTS[2].1;

fn order(measure: Measure, scope: Scope) -> Propose {
    Propose {
        measure,
        scope,
        year: None,
        title: format!("Số liệu {measure}"),
        note: "Lời ghi kèm".into(),
        from: day(6, 15),
    }
}

async fn proposed(house: &House, who: &Someone, order: Propose) -> FigureId {
    let ctx = house.province_ctx(who).await.unwrap();
    propose(&house.province, &ctx, order).await.unwrap()
}

/// Every address at which a figure could be read outside.
fn addresses(key: &str, id: FigureId) -> Vec<(&'static str, String)> {
    vec![
        (PUBLIC, format!("/so-lieu/{id}")),
        (PUBLIC, format!("/so-lieu/{id}/du-lieu.csv")),
        (PUBLIC, format!("/so-lieu/{id}/du-lieu.json")),
        (PUBLIC, format!("/so-a/so-lieu/{id}")),
        (EMBED, format!("/k/{key}/so-lieu/{id}")),
    ]
}

async fn got(web: &Web, host: &str, path: &str) -> Answer {
    let ask = Ask::get(host, path)
        .with(
            "sec-fetch-dest",
            if host == EMBED { "iframe" } else { "document" },
        )
        .with("referer", "https://co-quan.example/");
    web.ask(&ask).await.unwrap()
}

#[tokio::test]
async fn dsh_11_only_approved_figures_are_read_and_a_frame_shows_the_new_figure_after_an_act() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let site = furnish::site(&house, &house.a, &house.in_a, "A").await.unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        let in_a = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        append(&house, &in_a, &[(day(2, 3), 4), (day(5, 20), 7)]).await;
        copied(&house).await;
        let web = Web::of(&house, true).unwrap();
        // Of every measure one is proposed: none is read anywhere, and answers as what never was.
        let mut figures = Vec::new();
        for measure in Measure::ALL {
            figures.push(proposed(&house, &house.officer, order(*measure, Scope::Province)).await);
        }
        let none: FigureId = "00000000000000000000000000".parse().unwrap();
        let hidden = async |id: FigureId| {
            for ((host, path), (_, other)) in addresses(&site.key, id)
                .into_iter()
                .zip(addresses(&site.key, none))
            {
                let answer = got(&web, host, &path).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{engine:?} {host}{path}");
                let never = got(&web, host, &other).await;
                assert_eq!(
                    answer.masked(),
                    never.masked().replace(&none.to_string(), &id.to_string()),
                    "{engine:?} {path}"
                );
            }
            let list = got(&web, PUBLIC, "/so-lieu").await.text();
            assert!(!list.contains(&id.to_string()), "{engine:?}: listed");
        };
        for id in &figures {
            hidden(*id).await;
        }
        // One is agreed to, by somebody else than whoever proposed it: that one is read, the others are not.
        let shown = figures[0];
        let officer = house.province_ctx(&house.officer).await.unwrap();
        let refused = approve(&house.province, &officer, shown).await;
        assert!(
            matches!(refused, Err(Error::Denied(_))),
            "{engine:?}: {refused:?}"
        );
        let second = house.province_ctx(&house.consolidator).await.unwrap();
        approve(&house.province, &second, shown).await.unwrap();
        let again = approve(&house.province, &second, shown).await;
        assert!(matches!(again, Err(Error::Stale)), "{engine:?}: {again:?}");
        for id in &figures[1..] {
            hidden(*id).await;
        }
        for (host, path) in addresses(&site.key, shown) {
            let answer = got(&web, host, &path).await;
            assert_eq!(answer.status, StatusCode::OK, "{engine:?} {host}{path}");
            assert!(
                answer.text().contains("11"),
                "{engine:?} {path}: {}",
                answer.text()
            );
            assert!(
                answer.header("set-cookie").is_empty() && answer.header("cache-control").contains("s-maxage")
            );
        }
        let page = got(&web, PUBLIC, &format!("/so-lieu/{shown}")).await.text();
        for words in [
            "Lời ghi kèm",
            "năm 2020, đến hết ngày 15/06/2020",
            "Số liệu cập nhật lúc 8 giờ 00 ngày 15/06/2020",
            "mỗi hội nghị, lớp, buổi nói chuyện là một cuộc",
            "/du-lieu.csv",
        ] {
            assert!(page.contains(words), "{engine:?}: {words}: {page}");
        }
        let frame = got(&web, EMBED, &format!("/k/{}/so-lieu/{shown}", site.key)).await;
        assert!(
            frame
                .header("content-security-policy")
                .contains("frame-ancestors https://co-quan.example;"),
            "{engine:?}"
        );
        let json = got(&web, PUBLIC, &format!("/so-lieu/{shown}/du-lieu.json")).await;
        assert_eq!(json.header("access-control-allow-origin"), "*");
        let told: serde_json::Value = serde_json::from_slice(&json.body).unwrap();
        assert_eq!(
            (&told["total"], &told["groups"][0]["lines"][4]["value"]),
            (&11.into(), &7.into())
        );

        // An act: the jobs carry it to the page, the frame and the files, also on a node that kept the old ones.
        append(&house, &in_a, &[(day(5, 21), 30)]).await;
        copied(&house).await;
        for (host, path) in addresses(&site.key, shown) {
            let answer = got(&web, host, &path).await;
            assert!(
                answer.text().contains("41"),
                "{engine:?} {path}: {}",
                answer.text()
            );
        }
        // Nothing new, nothing written: pages that were made stay.
        let generation = house.store.generations().get(PROVINCE.0);
        let jobs = jobs(&house);
        assert_eq!(jobs.draw_figures().await.unwrap(), 0, "{engine:?}");
        assert_eq!(house.store.generations().get(PROVINCE.0), generation);
        // Another day: the year has moved on.
        house.clock.advance_seconds(86_400);
        assert_eq!(jobs.draw_figures().await.unwrap(), 1, "{engine:?}");
        let page = got(&web, PUBLIC, &format!("/so-lieu/{shown}")).await.text();
        assert!(page.contains("đến hết ngày 16/06/2020"), "{engine:?}");

        // Taken back: gone everywhere at once, and the jobs do not bring it back.
        let officer = house.province_ctx(&house.officer).await.unwrap();
        revoke(&house.province, &officer, shown, "Đang rà soát")
            .await
            .unwrap();
        append(&house, &in_a, &[(day(5, 22), 1)]).await;
        copied(&house).await;
        hidden(shown).await;
        house.end().await.unwrap();
    }
}

fn jobs(house: &House) -> pbgdpl_jobs::Jobs {
    let mail = format!("file:{}", house.folder.path().join("mail").display());
    pbgdpl_jobs::Jobs::new(
        house.app.clone(),
        pbgdpl_mail::Sender::open(&mail, "pbgdpl@thu.example").unwrap(),
        "https://quantri.thu.example",
    )
}

/// On the desk: proposed with what was typed kept, read before it is agreed to, each step with its name; small numbers are not told.
#[tokio::test]
async fn dsh_11_on_the_desk_one_proposes_another_reads_and_agrees() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let in_a = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        append(&house, &in_a, &[(day(1, 3), 2), (day(2, 3), 9), (day(3, 3), 12)]).await;
        copied(&house).await;
        let web = Web::of(&house, true).unwrap();
        let officer = house.session(&house.officer).await.unwrap();
        let second = house.session(&house.consolidator).await.unwrap();
        let auditor = house.session(&house.auditor).await.unwrap();
        let post = async |path: &str, fields: &[(&str, &str)], session: &str| {
            web.ask(&Ask::post(DESK, path, fields).signed_in(session))
                .await
                .unwrap()
        };
        let get = async |session: &str| {
            let ask = Ask::get(DESK, "/tinh/cong-khai").signed_in(session);
            web.ask(&ask).await.unwrap().text()
        };
        let agencies: Vec<String> = [&house.a, &house.b].map(|there| there.id().to_string()).into();
        for (fields, words) in [
            (
                vec![("ten", "Tên của tôi"), ("pham-vi", "toan-tinh")],
                "Chỉ tiêu: chưa chọn",
            ),
            (
                vec![("ten", " "), ("chi-tieu", "contests"), ("pham-vi", "toan-tinh")],
                "còn trống",
            ),
            (
                vec![
                    ("ten", "Tên của tôi"),
                    ("chi-tieu", "contests"),
                    ("pham-vi", "co-quan"),
                    ("co-quan", &agencies[0]),
                    ("co-quan", &agencies[1]),
                ],
                "chọn ít nhất 3 cơ quan",
            ),
            (
                vec![
                    ("ten", "Tên của tôi"),
                    ("chi-tieu", "contests"),
                    ("pham-vi", "toan-tinh"),
                    ("tu-ngay", "14/06/2020"),
                ],
                "đã qua",
            ),
        ] {
            let answer = post("/tinh/cong-khai", &fields, &officer).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{engine:?}");
            assert!(
                answer.text().contains(words),
                "{engine:?}: {words}: {}",
                answer.text()
            );
            assert!(words == "còn trống" || answer.text().contains("value=\"Tên của tôi\""));
        }
        let fields = [
            ("ten", "Cuộc phổ biến"),
            ("chi-tieu", "direct_sessions"),
            ("pham-vi", "toan-tinh"),
        ];
        for nobody in [&second, &auditor] {
            let answer = post("/tinh/cong-khai", &fields, nobody).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{engine:?}");
        }
        let done = post("/tinh/cong-khai", &fields, &officer).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{engine:?}: {}", done.text());
        let page = get(&second).await;
        // January's two are not told, and one beside them neither; the sum is.
        for words in [
            "chờ duyệt",
            "Toàn tỉnh: 23 cuộc, năm 2020, đến hết ngày 15/06/2020",
            "Đề nghị: Quản trị tỉnh",
            "Duyệt công khai",
        ] {
            assert!(page.contains(words), "{engine:?}: {words}: {page}");
        }
        assert_eq!(page.matches("không nêu").count(), 2, "{engine:?}: {page}");
        assert!(!get(&officer).await.contains("Duyệt công khai</button>"));
        let action = page.split("action=\"/tinh/cong-khai/").nth(1).unwrap();
        let id = action.split('/').next().unwrap().to_owned();
        let own = post(&format!("/tinh/cong-khai/{id}/duyet"), &[], &officer).await;
        assert_eq!(own.status, StatusCode::FORBIDDEN, "{engine:?}");
        let done = post(&format!("/tinh/cong-khai/{id}/duyet"), &[], &second).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{engine:?}");
        let csv = got(&web, PUBLIC, &format!("/so-lieu/{id}/du-lieu.csv"))
            .await
            .text();
        assert!(
            csv.contains("Tháng 1,không nêu")
                && csv.contains("Tháng 2,không nêu")
                && csv.contains("Tháng 3,12"),
            "{engine:?}: {csv}"
        );
        let why = post(&format!("/tinh/cong-khai/{id}/thoi"), &[("ly-do", " ")], &second).await;
        assert_eq!(why.status, StatusCode::UNPROCESSABLE_ENTITY, "{engine:?}");
        let done = post(
            &format!("/tinh/cong-khai/{id}/thoi"),
            &[("ly-do", "Sai định nghĩa")],
            &second,
        )
        .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{engine:?}");
        let page = get(&auditor).await;
        assert!(page.contains("Lý do: Sai định nghĩa") && page.contains("Thôi công khai: Tổng hợp tỉnh"));
        house.end().await.unwrap();
    }
}

/// Agencies stand by kind and by name, never by rank; a day to come is waited for; without a role that agrees one act is enough.
#[tokio::test]
async fn dsh_11_agencies_are_not_ranked_and_the_policy_may_have_no_second_role() {
    let house = Empty::on(Engine::Sqlite).await;
    house.apply(&Folder::of(kon_tum()).unwrap()).await.unwrap();
    let ctx = house.ctx();
    let agencies: Vec<TenantId> = ctx
        .snapshot()
        .tenants()
        .filter(|tenant| tenant.agency().kind_on(day(6, 15)) == "huyen")
        .map(pbgdpl_scope::Tenant::id)
        .collect();
    let wanted = Propose {
        from: day(6, 16),
        ..order(Measure::DirectSessions, Scope::Agencies { agencies })
    };
    let id = propose(&house.province, &ctx, wanted.clone()).await.unwrap();
    approve(&house.province, &ctx, id).await.unwrap();
    // Beside it a second one with some of the same agencies would tell what either hides.
    let Scope::Agencies { agencies } = &wanted.scope else {
        unreachable!("asked for agencies")
    };
    let some = Propose {
        scope: Scope::Agencies {
            agencies: agencies[..3].to_vec(),
        },
        ..wanted.clone()
    };
    let beside = propose(&house.province, &ctx, some.clone()).await;
    assert!(
        matches!(beside, Err(Error::Invalid { field: "co-quan", .. })),
        "{beside:?}"
    );
    let other = Propose {
        measure: Measure::Contests,
        ..some
    };
    propose(&house.province, &ctx, other).await.unwrap();
    let public = house.province.store().read().public();
    assert!(public.figure(id, day(6, 15)).await.unwrap().is_none(), "not yet");
    let figure = public.figure(id, day(6, 16)).await.unwrap().unwrap();
    let names: Vec<&str> = figure.groups[0]
        .lines
        .iter()
        .map(|line| line.label.as_str())
        .collect();
    assert_eq!(names.len(), 10);
    let mut sorted = names.clone();
    pbgdpl_vietnamese::sort_by_name(&mut sorted, |name| *name);
    assert_eq!(names, sorted);

    // The same province without a role that agrees.
    let rows: Vec<PolicyRow> = kon_tum_policy()
        .unwrap()
        .into_iter()
        .filter(|row| row.action != Action::FigureApprove)
        .collect();
    let table = pbgdpl_scope::compile(&rows).await.unwrap();
    let province = ctx.snapshot().province().id;
    let mut store = house
        .province
        .store()
        .province(&ctx.warrant::<ManifestApply>().unwrap())
        .await
        .unwrap();
    store
        .put_policy(province.into(), &rows, &rows, &table, ctx.now())
        .await
        .unwrap();
    store.save().await.unwrap();
    house.province.store().machinery().poll_registry().await.unwrap();
    let wanted = Propose {
        measure: Measure::Broadcasts,
        ..wanted
    };
    let alone = propose(&house.province, &house.ctx(), wanted).await.unwrap();
    assert!(public.figure(alone, day(6, 16)).await.unwrap().is_some());
}

/// The wall of the table alone: the role that serves the public reads what is public and writes none of it, and sees nothing of how
/// it came about.
#[tokio::test]
async fn dsh_11_the_role_that_serves_the_public_reads_public_figures_only() {
    use sqlx::Connection;
    let house = House::on(Engine::Postgres).await.unwrap();
    proposed(&house, &house.officer, order(Measure::Contests, Scope::Province)).await;
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    let mut app = sqlx::PgConnection::connect(&databases.app_url).await.unwrap();
    let public: i64 = sqlx::query_scalar("select count(*) from published_figure")
        .fetch_one(&mut app)
        .await
        .unwrap();
    assert_eq!(public, 0, "proposed is not public");
    for refused in [
        "select 1 from province_figure",
        "insert into published_figure (id, from_day, body, changed_at) values (gen_random_uuid(), now(), '{}', 0)",
        "update published_figure set body = '{}'",
        "delete from published_figure",
    ] {
        let answer = sqlx::query(refused).execute(&mut app).await;
        let error = answer.unwrap_err().to_string();
        assert!(error.contains("permission denied"), "{refused}: {error}");
    }
}
