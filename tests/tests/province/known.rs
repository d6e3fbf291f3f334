//! As-of dates: a past day shows what was known at its end, whatever was written since (DSH-05).

use std::collections::BTreeMap;

use http::StatusCode;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::structure::View;
use pbgdpl_province::oversight::dashboard::dashboard;
use pbgdpl_province::oversight::drill::{Asked, figure, rows};
use pbgdpl_province::oversight::standpoint::Standpoint;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_store::migrate;
use pbgdpl_testkit::house::BOTH;

use super::dashboards::{MEASURE, append, copied, day};
use super::*;

/// What the pages of the province say of a year.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    figure: i64,
    shares: BTreeMap<TenantId, i64>,
    days: BTreeMap<NaiveDate, i64>,
    districts: Vec<i64>,
    months: [(i64, i64); 12],
    totals: Vec<(Measure, i64, i64)>,
    agencies: Vec<(TenantId, [i64; 12])>,
}

async fn said(house: &House, at: Standpoint) -> Said {
    let auditor = house.province_ctx(&house.auditor).await.unwrap();
    let found = figure(&house.province, &auditor, MEASURE, 2020, at)
        .await
        .unwrap();
    let year = dashboard(&house.province, &auditor, Some(2020), at)
        .await
        .unwrap();
    let busy = |quantity: &i64| *quantity != 0;
    Said {
        figure: found.total,
        shares: found
            .shares
            .iter()
            .map(|share| (share.agency, share.quantity))
            .filter(|(_, quantity)| busy(quantity))
            .collect(),
        days: found.days.days.into_iter().filter(|(_, sum)| busy(sum)).collect(),
        districts: year.tiles.districts.iter().map(|there| there.quantity).collect(),
        months: year.months,
        totals: year
            .totals
            .iter()
            .map(|total| (total.measure, total.this, total.before))
            .collect(),
        agencies: year
            .agencies
            .iter()
            .map(|there| (there.agency.id, there.months))
            .collect(),
    }
}

/// Seven days on which both agencies write, late and backwards too; what the pages said at the end of each.
async fn a_week(house: &House) -> Vec<(NaiveDate, Said)> {
    let mut week = Vec::new();
    let mut seed: u32 = 20_200_615;
    let mut next = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % below
    };
    for evening in 0..7 {
        for (tenant, reporter) in [(&house.a, &house.in_a.reporter), (&house.b, &house.in_b.reporter)] {
            let ctx = house.ctx(tenant, reporter).await.unwrap();
            for _ in 0..next(4) {
                let quantity = i64::from(next(9)) - 3;
                append(house, &ctx, &[(day(1 + next(6), 1 + next(14)), quantity)]).await;
                // Half of it is copied at once, the rest with the next row or in the evening.
                if next(2) == 0 {
                    copied(house).await;
                }
            }
        }
        // The last second of the day counts.
        let now = house.clock.now();
        house.clock.set(pbgdpl_model::clock::Moment::end_of(now.day()));
        let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        append(house, &ctx, &[(day(6, 1), evening + 1)]).await;
        copied(house).await;
        week.push((now.day(), said(house, View::AsWas.into()).await));
        // One millisecond later it is another day.
        house
            .clock
            .set(pbgdpl_model::clock::Moment::end_of(now.day()).plus_millis(1));
    }
    week
}

#[tokio::test]
async fn dsh_05_a_past_day_shows_what_was_known_at_its_end() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let before = house.clock_day().pred_opt().unwrap();
        let week = a_week(&house).await;
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        for (evening, then) in &week {
            let at = Standpoint::from(View::AsWas).known_on(*evening);
            assert_eq!(&said(&house, at).await, then, "{engine:?}: {evening}");
            for agency in [house.a.id(), house.b.id()] {
                let asked = Asked {
                    measure: MEASURE,
                    year: 2020,
                    month: None,
                    known: Some(*evening),
                    page: 1,
                    per_page: 500,
                };
                let found = rows(&house.province, &auditor, agency, asked).await.unwrap();
                let share = then.shares.get(&agency).copied().unwrap_or(0);
                assert_eq!((found.sum, found.copied), (share, share), "{engine:?}: {evening}");
                assert_eq!(found.province_total, then.figure, "{engine:?}: {evening}");
                assert!(found.lines.iter().all(|line| line.row.at.day() <= *evening));
            }
        }
        let different: Vec<_> = week.windows(2).filter(|two| two[0].1 == two[1].1).collect();
        assert!(
            different.is_empty(),
            "every evening knew more than the one before"
        );
        let nothing = said(&house, Standpoint::from(View::AsWas).known_on(before)).await;
        assert_eq!((nothing.figure, nothing.days.len()), (0, 0), "{engine:?}");
        // Nothing was known of the year before either: by the structure of a day the sum is the same.
        let (evening, then) = &week[3];
        let gathered = Standpoint::from(View::On(day(6, 20))).known_on(*evening);
        assert_eq!(said(&house, gathered).await.figure, then.figure, "{engine:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn dsh_05_days_that_are_counted_again_change_nothing_of_the_past() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let week = a_week(&house).await;
        let warrant = of_the_system(&house);
        let warrant = warrant.warrant::<OversightRead>().unwrap();
        for tenant in [&house.a, &house.b] {
            let copies = house.store.province_reader(&warrant).await.unwrap();
            let days = copies.days_of(tenant.id()).await.unwrap();
            drop(copies);
            for (at, _) in days.keys() {
                let mut store = house.store.tenant(tenant).await.unwrap();
                store.rebuild_day(*at, house.clock.now()).await.unwrap();
                store.rebuild_day(*at, house.clock.now()).await.unwrap();
                store.save().await.unwrap();
            }
            let copies = house.store.province_reader(&warrant).await.unwrap();
            let mut changes = copies.changes_of(tenant.id()).await.unwrap();
            changes.retain(|_, sum| *sum != 0);
            let kept = days.into_iter().filter(|(_, sum)| *sum != 0).collect();
            assert_eq!(changes, kept, "{engine:?}: changes add up to the copies");
        }
        for (evening, then) in &week {
            let at = Standpoint::from(View::AsWas).known_on(*evening);
            assert_eq!(&said(&house, at).await, then, "{engine:?}: {evening}");
        }
        house.end().await.unwrap();
    }
}

/// A database from before knows its past: the change of the schema reads it off the ledger, past row security.
#[tokio::test]
async fn dsh_05_a_database_from_before_learns_its_past_from_the_ledger() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let week = a_week(&house).await;
        let owner = match &house.ground {
            Ground::Sqlite(file) => file.url(),
            Ground::Postgres(databases) => databases.owner_url.clone(),
        };
        let changes = migrate::status(&owner).await.unwrap();
        let newer = changes
            .iter()
            .rev()
            .take_while(|change| !change.name.contains("known_days"));
        let steps = u32::try_from(newer.count() + 1).unwrap();
        migrate::down(&owner, steps).await.unwrap();
        migrate::up(&owner).await.unwrap();
        for (evening, then) in &week {
            let at = Standpoint::from(View::AsWas).known_on(*evening);
            assert_eq!(&said(&house, at).await, then, "{engine:?}: {evening}");
        }
        // The walls stand again.
        let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        append(&house, &ctx, &[(day(6, 2), 5)]).await;
        copied(&house).await;
        let then = week.last().unwrap().1.figure;
        assert_eq!(
            said(&house, View::AsWas.into()).await.figure,
            then + 5,
            "{engine:?}"
        );
        house.end().await.unwrap();
    }
}

/// Rows that wait for days to be copied are known from the day they were written on.
#[tokio::test]
async fn dsh_05_a_copy_that_comes_late_moves_nothing() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        for (later, quantity) in [(0, 1), (1, 2), (2, 4)] {
            house.clock.advance_seconds(later * 86_400);
            let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
            append(&house, &ctx, &[(day(3, 2), quantity)]).await;
        }
        // Until they are copied the page of that day does not call itself whole.
        let said_of = async |day: &str| {
            let screen = Screen::of_the_auditor(&house).await;
            let path = format!("/giam-sat?nam=2020&tinh-den={day}");
            screen.get(&path).await.text().contains("ngày sổ chờ cộng")
        };
        assert!(
            said_of("2020-06-15").await,
            "{engine:?}: rows of the first evening wait"
        );
        assert!(!said_of("2020-06-14").await, "{engine:?}: none of the day before");
        copied(&house).await;
        assert!(!said_of("2020-06-15").await, "{engine:?}");
        for (known, figure) in [(14, 0), (15, 1), (16, 3), (17, 3), (18, 7)] {
            let at = Standpoint::from(View::AsWas).known_on(day(6, known));
            assert_eq!(said(&house, at).await.figure, figure, "{engine:?}: {known}/6");
        }
        house.end().await.unwrap();
    }
}

/// On the page: the day is said on every block, goes down with every link and into the file's name; debts are of today only.
#[tokio::test]
async fn dsh_05_a_past_day_goes_down_with_every_link() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        append(&house, &ctx, &[(day(3, 2), 4)]).await;
        copied(&house).await;
        house.clock.advance_seconds(2 * 86_400);
        let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        append(&house, &ctx, &[(day(3, 3), 40)]).await;
        copied(&house).await;
        let screen = Screen::of_the_auditor(&house).await;
        let of = async |path: &str| {
            let answer = screen.get(path).await;
            assert_eq!(
                answer.status,
                StatusCode::OK,
                "{engine:?} {path}: {}",
                answer.text()
            );
            answer
        };
        let page = of("/giam-sat?nam=2020&tinh-den=15/06/2020").await.text();
        for words in [
            "Số liệu như đã biết đến hết ngày 15/06/2020",
            "Việc cần xử lý chỉ nêu theo hôm nay",
            "href=\"/giam-sat/so-lieu/direct_sessions/2020?tinh-den=2020-06-15\"",
            "href=\"/giam-sat/so-lieu/direct_sessions/2020/so-a?tinh-den=2020-06-15\"",
            "value=\"15/06/2020\"",
        ] {
            assert!(page.contains(words), "{engine:?}: {words}: {page}");
        }
        assert!(!page.contains("Cần xử lý trước"), "{engine:?}");
        // Every way down, those of the map too; nothing leads to figures of now but the link that says so.
        for path in [
            "/giam-sat?nam=2020&tinh-den=2020-06-15",
            "/giam-sat/so-lieu/direct_sessions/2020?tinh-den=2020-06-15",
            "/giam-sat/so-lieu/direct_sessions/2020/huyen-b?tinh-den=2020-06-15",
        ] {
            let text = of(path).await.text();
            let page = scraper::Html::parse_document(&text);
            let links = scraper::Selector::parse("main a[href^='/giam-sat/so-']").unwrap();
            let mut seen = 0;
            for link in page.select(&links) {
                let href = link.attr("href").unwrap();
                assert!(href.contains("tinh-den=2020-06-15"), "{engine:?} {path}: {href}");
                seen += 1;
            }
            assert!(seen > 2, "{engine:?} {path}");
        }
        let figure = of("/giam-sat/so-lieu/direct_sessions/2020?tinh-den=2020-06-15")
            .await
            .text();
        assert!(
            figure.contains("<span class=\"fig\">4</span>"),
            "{engine:?}: {figure}"
        );
        assert!(
            figure.contains("/so-a?tinh-den=2020-06-15\""),
            "{engine:?}: {figure}"
        );
        let rows = of("/giam-sat/so-lieu/direct_sessions/2020/so-a?tinh-den=2020-06-15")
            .await
            .text();
        assert!(rows.contains("Bằng tổng 1 dòng sổ"), "{engine:?}: {rows}");
        assert!(
            rows.contains("?thang=3&#38;tinh-den=2020-06-15\""),
            "{engine:?}: {rows}"
        );
        let now = of("/giam-sat/so-lieu/direct_sessions/2020?tinh-den=17/06/2020")
            .await
            .text();
        assert!(now.contains("<span class=\"fig\">44</span>"), "{engine:?}: {now}");
        let file = of("/giam-sat/xuat.csv?nam=2020&bang=co-quan&tinh-den=2020-06-15").await;
        let named = file.headers[http::header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(
            named.contains("so-lieu-co-quan-2020-tinh-den-2020-06-15.csv"),
            "{named}"
        );
        for wrong in ["18/06/2020", "31/02/2020", "hom-qua", "-5000-01-01"] {
            let answer = screen.get(&format!("/giam-sat?tinh-den={wrong}")).await;
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{engine:?} {wrong}"
            );
        }
        house.end().await.unwrap();
    }
}
