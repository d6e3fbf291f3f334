//! Plots of the dashboards equal the figures they draw: days, districts, peers, freshness, files (DSH-07, DSH-08, DSH-10).

use std::collections::BTreeMap;

use http::StatusCode;
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::structure::View;
use pbgdpl_province::oversight::dashboard::dashboard;
use pbgdpl_province::oversight::drill::figure;
use pbgdpl_province::oversight::heat::heat;
use pbgdpl_province::oversight::peers::{LEAST_RANKED, Size, peers};
use pbgdpl_province::oversight::tiles::tiles;
use pbgdpl_testkit::house::BOTH;

use super::*;

pub(super) const MEASURE: Measure = Measure::DirectSessions;

pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap()
}

/// Rows on several days, marked to be copied and not copied yet.
pub(super) async fn append(house: &House, ctx: &Ctx, days: &[(NaiveDate, i64)]) {
    let rows: Vec<NewRow> = days
        .iter()
        .map(|(day, quantity)| row_of(78, *day, MEASURE, *quantity))
        .collect();
    let mut store = house.store.tenant(ctx.tenant()).await.unwrap();
    store.append_ledger(ctx, &rows).await.unwrap();
    store.save().await.unwrap();
}

pub(super) async fn copied(house: &House) {
    let mail = format!("file:{}", house.folder.path().join("mail").display());
    let jobs = Jobs::new(
        house.app.clone(),
        Sender::open(&mail, "pbgdpl@thu.example").unwrap(),
        "https://quantri.thu.example",
    );
    jobs.run_once_until_idle().await.unwrap();
}

/// Two agencies with something on three days, one of them shared, and one day that was taken back whole; all copied.
pub(super) async fn two_agencies(house: &House) {
    let in_a = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let in_b = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    append(house, &in_a, &[(day(2, 3), 4), (day(3, 9), 2), (day(3, 9), -2)]).await;
    append(house, &in_b, &[(day(2, 3), 1), (day(5, 20), 6)]).await;
    copied(house).await;
}

#[tokio::test]
async fn the_days_of_a_year_add_up_to_its_figure() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        two_agencies(&house).await;
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let found = figure(&house.province, &auditor, MEASURE, 2020, View::AsWas)
            .await
            .unwrap();
        let year = heat(&house.province, &auditor, MEASURE, 2020, None)
            .await
            .unwrap();
        let days: BTreeMap<NaiveDate, i64> = [(day(2, 3), 5), (day(3, 9), 0), (day(5, 20), 6)].into();
        assert_eq!(year.days, days, "{engine:?}");
        assert_eq!((year.total(), year.last), (found.total, house.clock_day()));
        let own = heat(&house.province, &auditor, MEASURE, 2020, Some(house.b.id()))
            .await
            .unwrap();
        let share = found.shares.iter().find(|share| share.agency == house.b.id());
        assert_eq!(own.total(), share.unwrap().quantity);
        let before = heat(&house.province, &auditor, MEASURE, 2019, None)
            .await
            .unwrap();
        assert!(before.days.is_empty(), "{engine:?}: the year before is empty");
        // On the page: the day with its figure, the gap in words, the same in the table.
        let screen = Screen::of_the_auditor(&house).await;
        let page = screen.get("/giam-sat/so-lieu/direct_sessions/2020/huyen-b").await;
        let page = page.text();
        for words in [
            "Thứ Tư, 20/05/2020: 6 cuộc",
            "2 ngày có ghi; nhiều nhất 20/05/2020: 6 cuộc.",
            "106 ngày, 04/02/2020 đến 19/05/2020",
        ] {
            assert!(page.contains(words), "{engine:?}: {words}");
        }
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn every_district_stands_in_its_place_and_none_is_lost() {
    for engine in BOTH {
        let house = Empty::on(engine).await;
        house.apply(&Folder::of(kon_tum()).unwrap()).await.unwrap();
        let found = tiles(&house.province, &house.ctx(), MEASURE, 2020).await.unwrap();
        assert_eq!(found.districts.len(), 10, "{engine:?}");
        let communes: i64 = found.districts.iter().filter_map(|there| there.communes).sum();
        assert_eq!(communes, 102);
        let place = |slug: &str| {
            found
                .districts
                .iter()
                .find(|there| there.slug == slug)
                .unwrap()
                .place
        };
        let (north, west, east, south) = (
            place("huyen-dak-glei").unwrap(),
            place("huyen-ngoc-hoi").unwrap(),
            place("huyen-kon-plong").unwrap(),
            place("huyen-ia-hdrai").unwrap(),
        );
        assert!(north.1 < south.1 && west.0 < east.0);
        let taken: std::collections::BTreeSet<_> = found.districts.iter().map(|there| there.place).collect();
        assert_eq!(taken.len(), 10, "no two upon each other, none without a place");

        // Places are data: without them the districts are listed beside, with the same figures.
        let mut files = kon_tum();
        let (_, province) = files
            .iter_mut()
            .find(|(name, _)| name == "province.toml")
            .unwrap();
        province.truncate(province.find("[[tile]]").unwrap());
        house.apply(&Folder::of(files).unwrap()).await.unwrap();
        let found = tiles(&house.province, &house.ctx(), MEASURE, 2020).await.unwrap();
        assert_eq!(found.districts.len(), 10);
        assert!(found.districts.iter().all(|there| there.place.is_none()));
    }
}

#[tokio::test]
async fn a_district_without_a_place_is_listed_beside_the_map() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        two_agencies(&house).await;
        let screen = Screen::of_the_auditor(&house).await;
        let page = screen.get("/giam-sat/so-lieu/direct_sessions/2020").await.text();
        assert!(
            page.contains("Chưa có vị trí trên bản đồ") && page.contains("Huyện B: 7"),
            "{engine:?}: {page}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn n_25_peers_are_ranked_among_their_like_and_never_among_fewer_than_three() {
    for engine in BOTH {
        let house = Empty::on(engine).await;
        let folder = Folder::of(kon_tum()).unwrap();
        house.apply(&folder).await.unwrap();
        let found = peers(&house.province, &house.ctx(), MEASURE, 2020).await.unwrap();
        let members: usize = found.groups.iter().map(|group| group.peers.len()).sum();
        assert_eq!(
            members,
            folder.manifest().agencies.len(),
            "{engine:?}: none is left out"
        );
        let districts: Vec<_> = found
            .groups
            .iter()
            .filter(|group| group.kind == "huyen")
            .collect();
        let sizes: Vec<_> = districts
            .iter()
            .map(|group| (group.size, group.peers.len()))
            .collect();
        assert_eq!(sizes, [(Size::Below(11), 5), (Size::From(11), 5)]);
        assert!(districts.iter().all(|group| group.peers.iter().all(|peer| {
            peer.communes
                .is_some_and(|communes| (communes < 11) == (group.size == Size::Below(11)))
        })));
        let mut small = 0;
        for group in &found.groups {
            let ranked = group.peers.iter().filter(|peer| peer.rank.is_some()).count();
            if group.peers.len() < LEAST_RANKED {
                small += 1;
                assert_eq!(ranked, 0, "{}", group.kind);
            } else {
                assert_eq!(ranked, group.peers.len(), "{}", group.kind);
            }
        }
        assert!(small > 0, "Kon Tum has kinds with one or two agencies");
    }
}

#[tokio::test]
async fn n_25_the_page_says_denominator_definition_and_why_nobody_is_ranked() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        two_agencies(&house).await;
        let screen = Screen::of_the_auditor(&house).await;
        let here = "/giam-sat/so-sanh/direct_sessions/2020";
        let page = screen.get(here).await;
        assert_eq!(page.status, StatusCode::OK, "{engine:?}");
        for words in [
            "cuộc phối hợp chỉ tính cho cơ quan chủ trì",
            "chưa có số biên chế hay số dân",
            "Không xếp thứ tự: nhóm có 1 đơn vị, ít hơn 3.",
        ] {
            assert!(page.text().contains(words), "{engine:?}: {words}");
        }
        let file = screen.get(&format!("{here}/xuat.csv")).await;
        assert_eq!(
            file.header("content-disposition"),
            "attachment; filename=\"so-sanh-direct_sessions-2020.csv\""
        );
        assert!(file.text().starts_with('\u{feff}') && file.text().contains("Huyện B,,7,,\r\n"));
        for path in [
            "/giam-sat/so-sanh/khong-co/2020",
            "/giam-sat/so-sanh/contests/3000",
        ] {
            assert_eq!(
                screen.get(path).await.status,
                StatusCode::NOT_FOUND,
                "{engine:?} {path}"
            );
        }
        house.end().await.unwrap();
    }
}

/// DSH-08: acts go on while nobody copies days; every block turns grey with the time, and recovers by itself.
#[tokio::test]
async fn dsh_08_a_stopped_job_turns_every_block_grey_with_the_time() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let screen = Screen::of_the_auditor(&house).await;
        let dashboard = async || screen.get("/giam-sat?nam=2020").await.text();
        let blocks = |page: &str| page.matches("<section").count();
        two_agencies(&house).await;
        let page = dashboard().await;
        assert!(!page.contains("class=\"stale\""), "{engine:?}: fresh");
        assert!(
            page.matches("Số liệu đến ").count() >= blocks(&page),
            "on each block"
        );

        // The job stops; the next act waits.
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let marked = house.clock.now();
        append(&house, &reporter, &[(day(6, 1), 3)]).await;
        house.clock.advance_seconds(600);
        let page = dashboard().await;
        assert!(
            !page.contains("class=\"stale\""),
            "{engine:?}: ten minutes are no stop"
        );
        assert!(page.contains("còn 1 ngày sổ chờ cộng"), "{engine:?}");
        house.clock.advance_seconds(1);
        let page = dashboard().await;
        assert_eq!(
            page.matches("class=\"stale\"").count(),
            blocks(&page),
            "{engine:?}"
        );
        let since = pbgdpl_vietnamese::date::local_datetime(marked.utc());
        let words = format!(
            "còn 1 ngày sổ chờ cộng từ {} ngày",
            pbgdpl_vietnamese::date::hour_minute(&since)
        );
        assert!(
            page.contains(&words) && page.contains("Số liệu cũ"),
            "{engine:?}: {words}"
        );

        copied(&house).await;
        let page = dashboard().await;
        assert!(!page.contains("class=\"stale\"") && page.contains("01/06/2020: 3 cuộc"));
        house.end().await.unwrap();
    }
}

/// DSH-10: what is on the screen can be taken along, and says the same.
#[tokio::test]
async fn dsh_10_the_tables_of_the_dashboard_are_files_too() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        two_agencies(&house).await;
        let screen = Screen::of_the_auditor(&house).await;
        for (table, line) in [
            ("thang", "Tháng 2,5,0,5\r\n"),
            ("co-quan", "Huyện B,0,1,0,0,6,0,7\r\n"),
            ("chi-tieu", "Cuộc phổ biến trực tiếp,cuộc,11,0\r\n"),
            ("ngay", "Ngày 3,0,5,0,0,0,0\r\n"),
            ("dia-ban", "Huyện B,7\r\n"),
        ] {
            let file = screen
                .get(&format!("/giam-sat/xuat.csv?nam=2020&bang={table}"))
                .await;
            assert_eq!(file.status, StatusCode::OK, "{engine:?} {table}");
            assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
            assert!(file.text().contains(line), "{engine:?} {table}: {}", file.text());
        }
        let page = screen.get("/giam-sat?nam=2020").await.text();
        assert_eq!(page.matches("/giam-sat/xuat.csv?nam=2020").count(), 5);
        for path in ["/giam-sat/xuat.csv?bang=khac", "/giam-sat/xuat.csv?nam=3000"] {
            assert_eq!(
                screen.get(path).await.status,
                StatusCode::NOT_FOUND,
                "{engine:?} {path}"
            );
        }
        house.end().await.unwrap();
    }
}

/// The province's dashboards compare the same days: of the year before nothing counts that came after this day of it.
#[tokio::test]
async fn the_year_before_is_compared_to_the_same_day() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let in_a = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let before = |month, day| NaiveDate::from_ymd_opt(2019, month, day).unwrap();
        let rows = [
            (before(2, 1), 1),
            (before(6, 15), 4),
            (before(6, 16), 7),
            (before(9, 1), 9),
            (day(6, 1), 2),
        ];
        append(&house, &in_a, &rows).await;
        copied(&house).await;
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let of = async |year| {
            let year = dashboard(&house.province, &auditor, Some(year), View::AsWas)
                .await
                .unwrap();
            let total = year.totals.iter().find(|total| total.measure == MEASURE).unwrap();
            (total.this, total.before, year.months[1], year.months[5])
        };
        assert_eq!(of(2020).await, (2, 5, (0, 1), (2, 4)), "{engine:?}: 15 June");
        assert_eq!(
            of(2019).await,
            (21, 0, (1, 0), (11, 0)),
            "{engine:?}: a year that is over"
        );

        let screen = Screen::of_the_auditor(&house).await;
        let page = screen.get("/giam-sat?nam=2020").await.text();
        for words in [
            "Năm 2020 so với cùng kỳ năm 2019, đến ngày 15/06",
            "2019 (đến 15/06)",
            "giảm 60,0 %",
        ] {
            assert!(page.contains(words), "{engine:?}: {words}: {page}");
        }
        let figure = screen.get("/giam-sat/so-lieu/direct_sessions/2020").await.text();
        let words = "So với cùng kỳ năm 2019, đến ngày 15/06: 5 cuộc, giảm 60,0 %.";
        assert!(figure.contains(words), "{engine:?}: {figure}");
        for (table, lines) in [
            (
                "thang",
                [
                    "Tháng,2020,2019 (đến 15/06),",
                    "Tháng 6,2,4,-2\r\nCộng,2,5,-3\r\n",
                ],
            ),
            (
                "chi-tieu",
                [
                    ",2020,2019 (đến 15/06)\r\n",
                    "Cuộc phổ biến trực tiếp,cuộc,2,5\r\n",
                ],
            ),
        ] {
            let file = screen
                .get(&format!("/giam-sat/xuat.csv?nam=2020&bang={table}"))
                .await
                .text();
            assert!(
                lines.iter().all(|line| file.contains(line)),
                "{engine:?} {table}: {file}"
            );
        }
        let past = screen.get("/giam-sat?nam=2019").await.text();
        assert!(past.contains("Năm 2019 so với năm 2018"), "{engine:?}: {past}");
        house.end().await.unwrap();
    }
}

/// DSH-08 on the way down and among peers: every block that comes from copies has its line, and turns grey with it.
#[tokio::test]
async fn dsh_08_figures_rows_and_peers_say_it_on_each_block_too() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        two_agencies(&house).await;
        let mut screen = Screen::of_the_auditor(&house).await;
        let [lines, blocks, grey] = ["p.fresh", "section:has(p.fresh)", "section.stale:has(p.fresh)"]
            .map(|selector| scraper::Selector::parse(selector).unwrap());
        // The sum, districts, days, parts; the sum, days, months; what is measured and two groups.
        let pages = [
            ("/giam-sat/so-lieu/direct_sessions/2020", 4),
            ("/giam-sat/so-lieu/direct_sessions/2020/so-a", 3),
            ("/giam-sat/so-sanh/direct_sessions/2020", 3),
        ];
        let counted = async |screen: &Screen, path: &str| {
            let answer = screen.get(path).await;
            assert_eq!(
                answer.status,
                StatusCode::OK,
                "{engine:?} {path}: {}",
                answer.text()
            );
            let page = scraper::Html::parse_document(&answer.text());
            [&lines, &blocks, &grey].map(|selector| page.select(selector).count())
        };
        for (path, wanted) in pages {
            assert_eq!(
                counted(&screen, path).await,
                [wanted, wanted, 0],
                "{engine:?} {path}"
            );
        }
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        append(&house, &reporter, &[(day(6, 1), 3)]).await;
        house.clock.advance_seconds(601);
        // Rows ask for the second factor again by now.
        screen = Screen::of_the_auditor(&house).await;
        for (path, wanted) in pages {
            assert_eq!(counted(&screen, path).await, [wanted; 3], "{engine:?} {path}");
        }
        copied(&house).await;
        for (path, wanted) in pages {
            assert_eq!(
                counted(&screen, path).await,
                [wanted, wanted, 0],
                "{engine:?} {path}"
            );
        }
        house.end().await.unwrap();
    }
}

/// DSH-10: a file of agencies gathered by a structure carries the day of that structure.
#[tokio::test]
async fn dsh_10_a_file_by_a_structure_carries_its_day() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        two_agencies(&house).await;
        let screen = Screen::of_the_auditor(&house).await;
        let by = "/giam-sat/xuat.csv?nam=2020&co-cau=hien-tai&ngay=2020-06-01&bang=";
        for (table, name) in [
            ("co-quan", "so-lieu-co-quan-2020-co-cau-2020-06-01.csv"),
            ("chi-tieu", "so-lieu-chi-tieu-2020.csv"),
        ] {
            let file = screen.get(&format!("{by}{table}")).await;
            assert_eq!(
                file.header("content-disposition"),
                format!("attachment; filename=\"{name}\""),
                "{engine:?}"
            );
        }
        house.end().await.unwrap();
    }
}
