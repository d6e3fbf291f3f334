//! The ledger and the roll-up under many writers, on both databases: CT-15, N-05, DESIGN.md 4.5.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::NaiveDate;
use pbgdpl_app::App;
use pbgdpl_app::activity::correct::{Correct, correct};
use pbgdpl_app::activity::{
    Facts, Outcome, add_evidence::add_evidence, answer_share::answer_share, draft, record::record,
    reverse::reverse,
};
use pbgdpl_app::media::upload::{Purpose, Upload, upload};
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::{Sender, list_folder};
use pbgdpl_model::activity::{Answer, Content, Kind, Stage};
use pbgdpl_model::agency::{Agency, DatedName, Status};
use pbgdpl_model::id::{ActivityId, TenantId};
use pbgdpl_model::ledger::Measure;
use pbgdpl_scope::action::{ManifestApply, OversightRead};
use pbgdpl_scope::{Ctx, ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::province::NewAgency;
use pbgdpl_store::{Engine, Hints};
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// What must come out: kept by hand, row by row, without the ledger's own arithmetic.
type Book = BTreeMap<(TenantId, NaiveDate, Measure), i64>;

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

fn jobs(app: &App, house: &House) -> Jobs {
    let url = format!("file:{}", mailbox(house).display());
    let sender = Sender::open(&url, "pbgdpl@thu.example").unwrap();
    Jobs::new(app.clone(), sender, "http://quantri.thu.example/")
}

fn mailbox(house: &House) -> std::path::PathBuf {
    house.folder.path().join("mail")
}

fn content(attendees: i64, materials: i64) -> Content {
    Content {
        title: format!("Hội nghị {attendees} người"),
        form: "truc-tiep".into(),
        place: "Xã Văn Lem".into(),
        sessions: 1,
        attendees,
        materials,
        no_evidence_reason: "Thử nghiệm không có biên bản".into(),
        ..Content::default()
    }
}

fn facts(day: NaiveDate, attendees: i64, materials: i64, partners: &[TenantId]) -> Facts {
    Facts {
        kind: Kind::HoiNghi,
        day,
        content: content(attendees, materials),
        partners: partners.to_vec(),
    }
}

fn count(book: &mut Book, tenant: &Tenant, facts: &Facts, sign: i64) {
    let figures = [
        (Measure::DirectSessions, 1),
        (Measure::DirectAttendees, facts.content.attendees),
        (Measure::MaterialsIssued, facts.content.materials),
    ];
    for (measure, quantity) in figures {
        *book.entry((tenant.id(), facts.day, measure)).or_insert(0) += sign * quantity;
    }
}

/// Small, repeatable chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn figure(&mut self, bound: u64) -> i64 {
        i64::try_from(self.below(bound)).unwrap() + 1
    }

    async fn wait(&mut self) {
        tokio::time::sleep(Duration::from_millis(self.below(12))).await;
    }
}

/// One reporter: records, corrects and takes back, and keeps a book of it.
async fn write(app: App, ctx: Ctx, partner: TenantId, seed: u64, rounds: u32) -> Book {
    let mut chance = Chance(seed);
    let mut book = Book::new();
    let tenant = ctx.tenant().clone();
    for _ in 0..rounds {
        // Few days, so that writers meet on them.
        let day = NaiveDate::from_ymd_opt(2020, 5, u32::try_from(chance.below(5)).unwrap() + 1).unwrap();
        let joint = chance.below(2) == 0;
        let partners: &[TenantId] = if joint { &[partner] } else { &[] };
        let first = facts(day, chance.figure(90), chance.figure(40), partners);
        let id = done(draft::create(&app, &ctx, first.clone()).await.unwrap());
        chance.wait().await;
        done(record(&app, &ctx, id, 1).await.unwrap());
        count(&mut book, &tenant, &first, 1);
        chance.wait().await;
        match chance.below(4) {
            0 => {
                let other_day = day.succ_opt().unwrap();
                let right = facts(other_day, chance.figure(90), chance.figure(40), partners);
                let order = Correct {
                    activity: id,
                    based_on: 1,
                    facts: right.clone(),
                    reason: "gõ nhầm số".into(),
                };
                done(correct(&app, &ctx, order).await.unwrap());
                count(&mut book, &tenant, &first, -1);
                count(&mut book, &tenant, &right, 1);
            }
            1 => {
                done(reverse(&app, &ctx, id, "ghi trùng với cuộc khác").await.unwrap());
                count(&mut book, &tenant, &first, -1);
            }
            _ => {}
        }
        chance.wait().await;
    }
    book
}

/// The days of both agencies, as their own doors give them.
async fn days(house: &House) -> Book {
    let mut all = Book::new();
    for tenant in [&house.a, &house.b] {
        let reader = house.store.read().tenant(tenant).await.unwrap();
        for ((day, measure), quantity) in reader.day_totals().await.unwrap() {
            all.insert((tenant.id(), day, measure), quantity);
        }
    }
    all
}

/// A year of the province, as its copies of days give it.
async fn province_year(house: &House) -> BTreeMap<(TenantId, Measure), i64> {
    let ctx = ProvinceCtx::of_system(
        house.store.registry().now(),
        "test",
        house.province.now(),
        RequestId::new("t".into()),
    );
    let store = house
        .store
        .province(&ctx.warrant::<OversightRead>().unwrap())
        .await
        .unwrap();
    let mut sums = BTreeMap::new();
    for slice in store.months(2020).await.unwrap() {
        *sums.entry((slice.tenant, slice.measure)).or_insert(0) += slice.quantity;
    }
    sums
}

fn without_zeros<K: Ord>(book: BTreeMap<K, i64>) -> BTreeMap<K, i64> {
    book.into_iter().filter(|(_, quantity)| *quantity != 0).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_writers_and_two_nodes_leave_days_that_an_independent_recount_confirms() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let node = house.second_node(Hints::local()).await.unwrap();
        let stop = CancellationToken::new();
        let working: Vec<_> = [&house.app, &node]
            .map(|app| {
                let (jobs, stop) = (jobs(app, &house), stop.clone());
                tokio::spawn(async move { jobs.run_until(stop).await })
            })
            .into();
        let mut writing = Vec::new();
        for writer in 0..16_u64 {
            let (tenant, other, people) = if writer % 2 == 0 {
                (&house.a, &house.b, &house.in_a)
            } else {
                (&house.b, &house.a, &house.in_b)
            };
            let ctx = house.ctx(tenant, &people.reporter).await.unwrap();
            let app = if writer % 4 < 2 {
                house.app.clone()
            } else {
                node.clone()
            };
            writing.push(tokio::spawn(write(app, ctx, other.id(), writer + 1, 8)));
        }
        let mut book = Book::new();
        for task in writing {
            for (key, quantity) in task.await.unwrap() {
                *book.entry(key).or_insert(0) += quantity;
            }
        }
        stop.cancel();
        for task in working {
            task.await.unwrap();
        }
        // Whatever waits for another attempt is due now.
        house.clock.advance_seconds(7200);
        let last = jobs(&house.app, &house);
        last.run_once_until_idle().await.unwrap();
        assert_eq!(
            house.store.read().backlog().await.unwrap(),
            (0, 0, 0),
            "{engine:?}: something still waits"
        );

        let found = days(&house).await;
        assert_eq!(
            without_zeros(found.clone()),
            without_zeros(book.clone()),
            "{engine:?}: days"
        );
        let mut year = BTreeMap::new();
        for ((tenant, _, measure), quantity) in &book {
            *year.entry((*tenant, *measure)).or_insert(0) += quantity;
        }
        assert_eq!(
            without_zeros(province_year(&house).await),
            without_zeros(year),
            "{engine:?}: the province"
        );
        // Twice gives the same.
        rebuild_all(&house).await;
        assert_eq!(days(&house).await, found, "{engine:?}: rebuilt");
        for tenant in [&house.a, &house.b] {
            let reader = house.store.read().tenant(tenant).await.unwrap();
            let (_, shares) = reader.shares(None, 1, 500).await.unwrap();
            assert!(shares > 0, "{engine:?}: invitations arrived");
        }
    }
}

async fn rebuild_all(house: &House) {
    for tenant in [&house.a, &house.b] {
        let every = house
            .store
            .read()
            .tenant(tenant)
            .await
            .unwrap()
            .day_totals()
            .await
            .unwrap();
        let mut agency = house.store.tenant(tenant).await.unwrap();
        for (day, _) in every.keys() {
            agency.rebuild_day(*day, house.province.now()).await.unwrap();
        }
        agency.save().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_corrections_at_once_one_is_taken() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let day = NaiveDate::from_ymd_opt(2020, 5, 2).unwrap();
        let id = done(
            draft::create(&house.app, &ctx, facts(day, 180, 3, &[]))
                .await
                .unwrap(),
        );
        done(record(&house.app, &ctx, id, 1).await.unwrap());
        let mut tasks = Vec::new();
        for n in 0..8 {
            let (app, ctx) = (house.app.clone(), ctx.clone());
            let order = Correct {
                activity: id,
                based_on: 1,
                facts: facts(day, 100 + n, 3, &[]),
                reason: "biên bản ghi khác".into(),
            };
            tasks.push(tokio::spawn(async move { correct(&app, &ctx, order).await }));
        }
        let mut taken = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(Outcome::Done(2)) => taken += 1,
                Ok(Outcome::Stale(_)) | Err(pbgdpl_app::Error::Stale) => {}
                other => panic!("{engine:?}: {other:?}"),
            }
        }
        assert_eq!(taken, 1, "{engine:?}");
        jobs(&house.app, &house).run_once_until_idle().await.unwrap();
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let now = reader.activity(id).await.unwrap().unwrap();
        let totals = reader.totals(day, day).await.unwrap();
        assert_eq!(
            totals[&Measure::DirectAttendees],
            now.content.attendees,
            "{engine:?}"
        );
        assert_eq!(totals[&Measure::DirectSessions], 1, "{engine:?}");
        // 3 rows, their reversals, 3 new rows: nothing was edited.
        let rows = reader.ledger_of(id.0).await.unwrap();
        assert_eq!(rows.len(), 9, "{engine:?}");
        assert!(
            rows.iter()
                .filter(|row| row.row.reverses.is_some())
                .all(|row| !row.row.reason.is_empty())
        );
    }
}

/// A third agency, without people.
async fn third(house: &House) -> Tenant {
    let ctx = ProvinceCtx::of_system(
        house.store.registry().now(),
        "test",
        house.province.now(),
        RequestId::new("t".into()),
    );
    let mut store = house
        .store
        .province(&ctx.warrant::<ManifestApply>().unwrap())
        .await
        .unwrap();
    let name = DatedName {
        valid_from: NaiveDate::from_ymd_opt(2019, 1, 1).unwrap(),
        valid_to: None,
        official: "Hội C tỉnh Thử".into(),
        short: "Hội C".into(),
    };
    let agency = Agency {
        id: TenantId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_1003)),
        slug: "hoi-c".into(),
        status: Status::Open,
        names: vec![name],
        ..house.a.agency().clone()
    };
    let new = NewAgency {
        agency: agency.clone(),
        hosts: vec![],
        body: "{}".into(),
    };
    store.put_agency(&new, ctx.now()).await.unwrap();
    store.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    house.store.registry().now().by_id(agency.id).unwrap()
}

async fn share_of(house: &House, tenant: &Tenant, id: ActivityId) -> Option<pbgdpl_model::activity::Share> {
    house
        .store
        .read()
        .tenant(tenant)
        .await
        .unwrap()
        .share(id)
        .await
        .unwrap()
}

#[tokio::test]
async fn n_05_three_agencies_one_fact_the_province_counts_one() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let c = third(&house).await;
        let jobs = jobs(&house.app, &house);
        let owner = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let day = NaiveDate::from_ymd_opt(2020, 5, 2).unwrap();
        let partners = [house.b.id(), c.id()];
        let id = done(
            draft::create(&house.app, &owner, facts(day, 58, 0, &partners))
                .await
                .unwrap(),
        );
        jobs.run_once_until_idle().await.unwrap();
        assert!(
            share_of(&house, &house.b, id).await.is_none(),
            "a draft invites nobody"
        );
        done(record(&house.app, &owner, id, 1).await.unwrap());
        jobs.run_once_until_idle().await.unwrap();

        // The co-organisers confirm and refuse through their own doors.
        let b = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
        assert_eq!(
            share_of(&house, &house.b, id).await.unwrap().answer,
            Answer::Invited
        );
        done(answer_share(&house.app, &b, id, true, "").await.unwrap());
        let in_c = Ctx::of_system(
            c.clone(),
            "test",
            house.province.now(),
            RequestId::new("t".into()),
        );
        assert!(matches!(
            answer_share(&house.app, &in_c, id, false, " ").await.unwrap(),
            Outcome::Unmet(_)
        ));
        done(
            answer_share(&house.app, &in_c, id, false, "Không cử người")
                .await
                .unwrap(),
        );
        jobs.run_once_until_idle().await.unwrap();

        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let seen = reader.activity(id).await.unwrap().unwrap();
        let answers: BTreeMap<_, _> = seen
            .partners
            .iter()
            .map(|p| (p.name.as_str(), p.answer))
            .collect();
        assert_eq!(answers["Huyện B"], Answer::Confirmed, "{engine:?}");
        assert_eq!(answers["Hội C"], Answer::Refused, "{engine:?}");
        assert!(seen.is_joint());
        drop(reader);

        // Counted once, by its owner.
        let year = province_year(&house).await;
        let sessions: i64 = year
            .iter()
            .filter(|((_, m), _)| *m == Measure::DirectSessions)
            .map(|(_, q)| q)
            .sum();
        assert_eq!(sessions, 1, "{engine:?}");
        for tenant in [&house.b, &c] {
            let reader = house.store.read().tenant(tenant).await.unwrap();
            assert_eq!(
                reader.ledger_position().await.unwrap(),
                0,
                "{engine:?}: a share counts nothing"
            );
        }

        // A correction is followed, the answers stay; taking back withdraws the shares.
        let right = Correct {
            activity: id,
            based_on: 1,
            facts: facts(day, 85, 0, &partners),
            reason: "gõ nhầm 58".into(),
        };
        done(correct(&house.app, &owner, right).await.unwrap());
        jobs.run_once_until_idle().await.unwrap();
        let share = share_of(&house, &house.b, id).await.unwrap();
        assert_eq!(
            (share.title.as_str(), share.answer),
            ("Hội nghị 85 người", Answer::Confirmed),
            "{engine:?}"
        );
        done(reverse(&house.app, &owner, id, "ghi trùng").await.unwrap());
        jobs.run_once_until_idle().await.unwrap();
        assert_eq!(
            share_of(&house, &house.b, id).await.unwrap().answer,
            Answer::Withdrawn,
            "{engine:?}"
        );
        let left: i64 = province_year(&house).await.values().map(|q| q.abs()).sum();
        assert_eq!(left, 0, "{engine:?}: nothing counts any more");

        // One letter, to B's reporter, named by the outbox row.
        let letters = list_folder(&mailbox(&house)).await.unwrap();
        assert_eq!(letters.len(), 1, "{engine:?}: {letters:?}");
        assert!(letters[0].to.contains(&house.in_b.reporter.email), "{engine:?}");
        assert!(
            letters[0].text.contains("/quan-tri/huyen-b/phoi-hop"),
            "{engine:?}"
        );
    }
}

#[tokio::test]
async fn what_cannot_count_is_refused_and_nothing_is_half_written() {
    let house = House::on(Engine::Sqlite).await.unwrap();
    let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let tomorrow = house.clock_day().succ_opt().unwrap();
    let id = done(
        draft::create(&house.app, &ctx, facts(tomorrow, 58, 0, &[]))
            .await
            .unwrap(),
    );
    let Outcome::Unmet(problems) = record(&house.app, &ctx, id, 1).await.unwrap() else {
        panic!("counted")
    };
    assert_eq!(problems.iter().map(|p| p.field).collect::<Vec<_>>(), ["day"]);
    // Its own agency, an unknown one: refused at the field.
    for partner in [house.a.id(), TenantId(Uuid::nil())] {
        let refused = draft::create(&house.app, &ctx, facts(house.clock_day(), 1, 0, &[partner]))
            .await
            .unwrap();
        assert!(matches!(refused, Outcome::Unmet(p) if p[0].field == "partners"));
    }
    // An older page does not overwrite a newer version.
    let today = facts(house.clock_day(), 58, 0, &[]);
    assert_eq!(
        done(draft::save(&house.app, &ctx, id, 1, today.clone()).await.unwrap()),
        2
    );
    assert!(matches!(
        draft::save(&house.app, &ctx, id, 1, today).await.unwrap(),
        Outcome::Stale(_)
    ));
    done(record(&house.app, &ctx, id, 2).await.unwrap());
    assert!(matches!(
        record(&house.app, &ctx, id, 2).await.unwrap(),
        Outcome::Stands(Stage::Recorded)
    ));
    // Another agency's id answers like a random one; an editor may not.
    let foreign = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    assert!(matches!(
        record(&house.app, &foreign, id, 2).await,
        Err(pbgdpl_app::Error::NotFound)
    ));
    let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    assert!(matches!(
        reverse(&house.app, &editor, id, "không được").await,
        Err(pbgdpl_app::Error::Denied(_))
    ));
}

const DESK: &str = "quantri.thu.example";

/// What a browser sends for the form, with these fields in place of the good ones.
fn typed<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let good = [
        ("kind", "hoi-nghi"),
        ("form", "truc-tiep"),
        ("title", "Phổ biến Luật Đất đai"),
        ("day", "02/05/2020"),
        ("place", "Xã Văn Lem"),
        ("sessions", "1"),
        ("attendees", "58"),
        ("no_evidence_reason", "Biên bản bị thất lạc khi chuyển trụ sở"),
    ];
    let kept = good
        .into_iter()
        .filter(|(name, _)| !other.iter().any(|(known, _)| known == name));
    kept.chain(other.iter().copied()).collect()
}

/// A reporter's way over the web, page by page.
#[tokio::test]
async fn a_reporter_records_corrects_and_takes_back_over_the_web() {
    let house = House::on(Engine::Sqlite).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let reporter = house.session(&house.in_a.reporter).await.unwrap();
    let post = async |path: &str, form: &[(&str, &str)]| {
        web.ask(&Ask::post(DESK, path, form).signed_in(&reporter))
            .await
            .unwrap()
    };
    let get = async |path: &str| web.ask(&Ask::get(DESK, path).signed_in(&reporter)).await.unwrap();
    let here = "/quan-tri/so-a/hoat-dong";

    assert!(get(here).await.text().contains("Chưa có hoạt động nào"));
    assert_eq!(get(&format!("{here}/moi")).await.status, 200);

    // Refused: every fault at its field, everything typed kept, nothing written.
    let partner = house.b.id().to_string();
    let wrong = typed(&[
        ("day", "31/02/2020"),
        ("women", "64"),
        ("topic", "Điều 5 \"kê khai\""),
    ]);
    let answer = post(here, &wrong).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
    for words in [
        "Chưa ghi được: còn 2 chỗ",
        "31/02/2020",
        "lớn hơn tổng lượt người (58).",
        "Điều 5 &#34;kê khai&#34;",
    ] {
        assert!(answer.text().contains(words), "{words}\n{}", answer.text());
    }
    assert!(get(here).await.text().contains("Chưa có hoạt động nào"));

    // Saved and counted in one step; the co-organiser is invited.
    let answer = post(here, &typed(&[("partners", &partner), ("act", "ghi")])).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let one = answer.header("location").split('?').next().unwrap().to_owned();
    jobs(&house.app, &house).run_once_until_idle().await.unwrap();
    let page = get(&one).await.text();
    for words in [
        "Đã ghi sổ",
        "58 lượt người",
        "Huyện B",
        "Chờ xác nhận",
        "Hoạt động chung",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }

    // The invited agency answers on its own desk.
    let other = house.session(&house.in_b.reporter).await.unwrap();
    let invited = web
        .ask(&Ask::get(DESK, "/quan-tri/huyen-b/phoi-hop").signed_in(&other))
        .await
        .unwrap();
    assert!(
        invited.text().contains("Phổ biến Luật Đất đai"),
        "{}",
        invited.text()
    );
    let id = one.rsplit('/').next().unwrap();
    let answering = Ask::post(
        DESK,
        &format!("/quan-tri/huyen-b/phoi-hop/{id}/tra-loi"),
        &[("act", "xac-nhan")],
    );
    assert_eq!(web.ask(&answering.signed_in(&other)).await.unwrap().status, 303);
    jobs(&house.app, &house).run_once_until_idle().await.unwrap();
    assert!(get(&one).await.text().contains("Đã xác nhận phối hợp"));
    let foreign = web
        .ask(&Ask::get(DESK, &format!("/quan-tri/huyen-b/hoat-dong/{id}")).signed_in(&other))
        .await
        .unwrap();
    assert_eq!(foreign.status, 404, "the owner's page is not the co-organiser's");

    // A correction needs its reason; an old page is answered with both texts.
    let correct = format!("{one}/dinh-chinh");
    let right = typed(&[("attendees", "85"), ("partners", &partner), ("based_on", "1")]);
    let answer = post(&correct, &right).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Lý do đính chính"));
    let with_reason: Vec<_> = right.iter().copied().chain([("reason", "gõ nhầm 58")]).collect();
    assert_eq!(post(&correct, &with_reason).await.status, 303);
    let answer = post(&correct, &with_reason).await;
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("vừa lưu bản 2"), "{}", answer.text());
    let page = get(&one).await.text();
    assert!(
        page.contains("<del>Lượt người tham dự</del>") && page.contains("gõ nhầm 58"),
        "{page}"
    );

    // Taken back whole, with a reason.
    assert_eq!(post(&format!("{one}/huy"), &[("reason", "")]).await.status, 422);
    assert_eq!(
        post(&format!("{one}/huy"), &[("reason", "ghi trùng với cuộc khác")])
            .await
            .status,
        303
    );
    assert_eq!(
        post(&format!("{one}/huy"), &[("reason", "ghi trùng với cuộc khác")])
            .await
            .status,
        409
    );
    jobs(&house.app, &house).run_once_until_idle().await.unwrap();
    let left: i64 = province_year(&house).await.values().map(|q| q.abs()).sum();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn rep_03_a_file_proves_the_figure_and_only_its_own_agency_opens_it() {
    let house = House::on(Engine::Sqlite).await.unwrap();
    let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let bare = Content {
        no_evidence_reason: String::new(),
        ..content(58, 0)
    };
    let facts = Facts {
        content: bare,
        ..facts(house.clock_day(), 58, 0, &[])
    };
    let id = done(draft::create(&house.app, &ctx, facts).await.unwrap());
    let Outcome::Unmet(problems) = record(&house.app, &ctx, id, 1).await.unwrap() else {
        panic!("counted without evidence")
    };
    assert_eq!(problems[0].field, "no_evidence_reason");
    let order = Upload {
        purpose: Purpose::Evidence,
        file_name: "bien-ban.pdf".into(),
        bytes: bytes::Bytes::from_static(
            b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
        ),
        alt: String::new(),
    };
    let file = upload(&house.app, &ctx, order).await.unwrap();
    done(
        add_evidence(&house.app, &ctx, id, file.id, "Biên bản")
            .await
            .unwrap(),
    );
    // The other agency's file is no evidence here.
    let foreign = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    let theirs = done(
        draft::create(&house.app, &foreign, today(&house, 3))
            .await
            .unwrap(),
    );
    let refused = add_evidence(&house.app, &foreign, theirs, file.id, "").await;
    assert!(matches!(refused, Err(pbgdpl_app::Error::NotFound)));
    done(record(&house.app, &ctx, id, 1).await.unwrap());

    let web = Web::of(&house, true).unwrap();
    let reporter = house.session(&house.in_a.reporter).await.unwrap();
    let other = house.session(&house.in_b.reporter).await.unwrap();
    let at = |agency: &str, id| format!("/quan-tri/{agency}/hoat-dong/{id}/minh-chung/{}", file.id);
    let asked = Ask::get(DESK, &at("so-a", id)).signed_in(&reporter);
    let opened = web.ask(&asked).await.unwrap();
    assert_eq!(opened.status, 303);
    assert!(opened.header("location").starts_with("https://tep.thu.example/"));
    let asked = Ask::get(DESK, &at("huyen-b", theirs)).signed_in(&other);
    assert_eq!(web.ask(&asked).await.unwrap().status, 404);
}

fn today(house: &House, attendees: i64) -> Facts {
    facts(house.clock_day(), attendees, 0, &[])
}

static FOLLOWED: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());

#[tokio::test]
async fn a_node_that_dies_gives_its_messages_back_and_the_trace_goes_on() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let trace = format!("00-{}-00f067aa0ba902b7-01", Uuid::new_v4().simple());
        let before = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let request = RequestId::new("r".into()).with_trace(Some(trace.clone()));
        let ctx = Ctx::of_person(
            before.tenant().clone(),
            before.actor().clone(),
            before.now(),
            request,
        );
        let partners = [house.b.id()];
        let new = facts(house.clock_day(), 58, 0, &partners);
        let id = done(draft::create(&house.app, &ctx, new).await.unwrap());
        done(record(&house.app, &ctx, id, 1).await.unwrap());
        // A node takes the lease and is killed.
        let taken = house.store.machinery().lease(ctx.now(), 180, 8).await.unwrap();
        assert_eq!(taken.len(), 1, "{engine:?}");
        let url = format!("file:{}", mailbox(&house).display());
        let sender = Sender::open(&url, "pbgdpl@thu.example").unwrap();
        let other = Jobs::following(
            house.app.clone(),
            sender,
            "http://quantri.thu.example",
            |_, trace| {
                FOLLOWED.lock().unwrap().push(trace.to_owned());
            },
        );
        other.run_once_until_idle().await.unwrap();
        assert!(
            share_of(&house, &house.b, id).await.is_none(),
            "{engine:?}: leased elsewhere"
        );
        house.clock.advance_seconds(181);
        other.run_once_until_idle().await.unwrap();
        assert!(share_of(&house, &house.b, id).await.is_some(), "{engine:?}");
        assert!(FOLLOWED.lock().unwrap().contains(&trace), "{engine:?}");
        assert_eq!(
            house.store.read().backlog().await.unwrap(),
            (0, 0, 0),
            "{engine:?}"
        );
    }
}
