//! A report out of turn, on written request: of these days and no others, from whom it is asked, with its own last day.

use pbgdpl_app::extension::ask::{Ask as Wanted, ask};
use pbgdpl_province::Error;
use pbgdpl_province::extension::answer::{Says, answer};
use pbgdpl_province::oversight::dashboard::dashboard;
use pbgdpl_province::report::due::due;
use pbgdpl_province::request::list::list;
use pbgdpl_province::request::open::{Order, open as ask_for};
use pbgdpl_province::request::withdraw::withdraw;
use pbgdpl_testkit::web::Web;

use super::*;

fn asked_of(agencies: &[&str]) -> Order {
    Order {
        form: "09c".into(),
        agencies: agencies.iter().map(|slug| (*slug).to_owned()).collect(),
        from: at(2020, 12, 10).day(),
        to: at(2020, 12, 20).day(),
        due: at(2021, 1, 20).day(),
        reference: "Công văn số 12/STP-PBGDPL".into(),
        reason: "Phục vụ phiên họp của Hội đồng".into(),
    }
}

fn term(number: u8) -> Term {
    Term {
        kind: PeriodKind::OnRequest(pbgdpl_model::manifest::RequestNumber::new(number).unwrap()),
        year: 2021,
    }
}

/// Counts a meeting with these attendees on a day.
async fn met(house: &House, tenant: &Tenant, people: &People, day: Moment, attendees: i64) {
    let ctx = house.ctx(tenant, &people.reporter).await.unwrap();
    let mut store = house.app.open(&ctx).await.unwrap();
    let meeting = Content {
        sessions: 1,
        attendees,
        ..Content::default()
    };
    let id = ActivityId::fresh(ctx.now());
    let rows = meeting.rows(id, Kind::HoiNghi, 1, day.day(), &[]);
    store.append_ledger(&ctx, &rows).await.unwrap();
    store.save().await.unwrap();
}

/// A leaflet is published at this moment: it counts for the day of Kon Tum, seven hours ahead.
async fn published(house: &House, moment: &str) {
    let before = house.clock.now();
    let moment = chrono::DateTime::parse_from_rfc3339(moment).unwrap();
    house.clock.set(Moment::from(moment.to_utc()));
    furnish::item(house, &house.a, &house.in_a, "Tờ gấp")
        .await
        .unwrap();
    house.clock.set(before);
}

async fn sent(house: &House) -> ReportId {
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
    let order = Open {
        form: "09d".into(),
        period: term(1).kind,
        year: 2021,
        amend: None,
    };
    let report = done(open(&house.app, &reporter, order).await.unwrap());
    let people = declaration(report, "tong_so", &[(1, 5), (2, 4)], "QĐ số 12");
    done(declare(&house.app, &reporter, people).await.unwrap());
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    let read = view(&reader, house.a.agency(), report).await.unwrap().figures;
    drop(reader);
    done(check(&house.app, &approver, report, &read, "").await.unwrap());
    done(submit(&house.app, &reporter, report, &read, "").await.unwrap());
    report
}

#[tokio::test]
async fn a_request_counts_its_days_to_the_last_minute_and_is_added_up() {
    for engine in BOTH {
        let house = house(engine).await;
        for (day, attendees) in [(9, 5), (10, 7), (20, 11), (21, 13)] {
            met(&house, &house.a, &house.in_a, at(2020, 12, day), attendees).await;
        }
        // 17:00 UTC is midnight in Kon Tum: the first is of 20 December, the second of the 21st.
        published(&house, "2020-12-20T16:59:00Z").await;
        published(&house, "2020-12-20T17:01:00Z").await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let request = ask_for(&house.province, &officer, asked_of(&["so-a"]))
            .await
            .unwrap();
        assert_eq!((request.number, request.year), (1, 2021), "{engine:?}");

        sent(&house).await;
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let stands = reader.sent_reports("dot-xuat-1", 2021).await.unwrap();
        let body = Body::read(&stands[0].body).unwrap();
        let unit = &body.rows[0].cells;
        assert_eq!(
            (unit[&3].actual, unit[&4].actual),
            (Some(2), Some(18)),
            "{engine:?}"
        );
        assert_eq!(unit[&8].actual, Some(1), "{engine:?}: one minute before midnight");
        assert_eq!((body.from, body.to), (request.from, request.to));
        drop(reader);

        // Only who is asked; accepted, added up, frozen like any other.
        let followed = follow::follow(&house.province, &officer, "09c", term(1))
            .await
            .unwrap();
        let who: Vec<_> = followed.agencies.iter().map(|one| one.slug.as_str()).collect();
        assert_eq!(who, ["so-a"], "{engine:?}");
        accept::accept(&house.province, &officer, house.a.id(), ("09d", term(1)), 1)
            .await
            .unwrap();
        let sum = consolidate::consolidate(&house.province, &officer, "09c", term(1))
            .await
            .unwrap();
        freeze::freeze(&house.province, &officer, "09c", term(1), &sum.hash)
            .await
            .unwrap();
        let made = consolidate::read(&house.province, &officer, "09c", term(1), None)
            .await
            .unwrap();
        let total = made
            .figures
            .rows
            .iter()
            .find(|row| row.kind == LineKind::Total)
            .unwrap();
        assert_eq!(total.cells[&4].actual, Some(18), "{engine:?}");
        let seen = list(&house.province, &officer).await.unwrap();
        assert_eq!((seen.all[0].asked, seen.all[0].sent), (1, 1), "{engine:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn who_is_asked_is_told_and_reminded_and_who_is_not_sees_nothing() {
    for engine in BOTH {
        let house = house(engine).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        ask_for(&house.province, &officer, asked_of(&["so-a"]))
            .await
            .unwrap();
        let web = Web::of(&house, true).unwrap();
        let desk = Desk { web: &web };
        let a = house.session(&house.in_a.reporter).await.unwrap();
        let b = house.session(&house.in_b.reporter).await.unwrap();
        let page = desk.get(&a, "/quan-tri/so-a/bieu").await;
        assert!(
            page.contains("Đột xuất số 1 năm 2021")
                && page.contains("hạn gửi 20/01/2021")
                && page.contains("số liệu 10/12/2020 – 20/12/2020, theo Công văn số 12/STP-PBGDPL"),
            "{page}"
        );
        let page = desk.get(&b, "/quan-tri/huyen-b/bieu").await;
        assert!(!page.contains("Đột xuất số 1"), "{engine:?}");
        let refused = web
            .ask(&Ask::post(DESK, "/quan-tri/huyen-b/bieu/09b/dot-xuat-1/2021/mo", &[]).signed_in(&b))
            .await
            .unwrap();
        assert_eq!(refused.status, 404, "{engine:?}");

        // A week before its own last day; on the auditor's list once it is over.
        house.clock.set(at(2021, 1, 13));
        let lacking = due(&house.province, &of_the_system(&house)).await.unwrap();
        let about: Vec<String> = lacking.iter().map(|one| one.reminder.to_string()).collect();
        assert!(
            about.contains(&"09d/dot-xuat-1/2021/week/2021-01-20".to_owned()),
            "{engine:?}: {about:?}"
        );
        assert!(
            !about.iter().any(|text| text.starts_with("09b/dot-xuat")),
            "{about:?}"
        );
        house.clock.set(at(2021, 1, 22));
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let year = dashboard(
            &house.province,
            &auditor,
            Some(2021),
            pbgdpl_model::structure::View::AsWas,
        )
        .await
        .unwrap();
        let late = year.exceptions.iter().any(|one| {
            one.agencies == [house.a.id()]
                && one
                    .report
                    .as_ref()
                    .is_some_and(|report| report.period == term(1).kind)
        });
        assert!(late, "{engine:?}: {:?}", year.exceptions);
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_request_is_withdrawn_with_a_reason_and_what_was_sent_stays() {
    for engine in BOTH {
        let house = house(engine).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        ask_for(&house.province, &officer, asked_of(&[])).await.unwrap();
        sent(&house).await;
        let web = Web::of(&house, true).unwrap();
        let desk = Desk { web: &web };
        let b = house.session(&house.in_b.reporter).await.unwrap();
        desk.does(&b, "/quan-tri/huyen-b/bieu/09b/dot-xuat-1/2021/mo", &[])
            .await;

        // Granted before, more time does not open what is withdrawn.
        let reporter = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
        let wanted = Wanted {
            form: "09b".into(),
            period: term(1).kind,
            year: 2021,
            until: at(2021, 2, 20).day(),
            reason: "Chờ số liệu của xã".into(),
        };
        ask(&house.app, &reporter, wanted).await.unwrap();
        let granted = |number| Says {
            number,
            until: Some(at(2021, 2, 20).day()),
            reason: "Đồng ý",
        };
        let of = ("09b", term(1));
        answer(&house.province, &officer, house.b.id(), of, granted(1))
            .await
            .unwrap();

        let silent = withdraw(&house.province, &officer, (2021, 1), "  ").await;
        assert!(matches!(silent, Err(Error::Invalid { .. })), "{silent:?}");
        withdraw(&house.province, &officer, (2021, 1), "Văn bản đã được thay thế")
            .await
            .unwrap();
        let twice = withdraw(&house.province, &officer, (2021, 1), "Lần nữa").await;
        assert!(matches!(twice, Err(Error::Stale)), "{twice:?}");

        // B begun it: nothing more is written, and the page says why. A's report stays.
        let here = "/quan-tri/huyen-b/bieu/09b/dot-xuat-1/2021";
        let page = desk.get(&b, here).await;
        assert!(
            page.contains("Sở Tư pháp đã rút yêu cầu này") && page.contains("Văn bản đã được thay thế"),
            "{page}"
        );
        assert!(!page.contains("Xin gia hạn"), "{page}");
        let open = house.store.read().tenant(&house.b).await.unwrap();
        let begun = open.reports().await.unwrap();
        let begun = begun
            .iter()
            .find(|report| report.period == term(1).kind)
            .unwrap()
            .id;
        drop(open);
        house.clock.set(at(2021, 1, 14));
        let reporter = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
        let late = declaration(begun, "cap_huyen", &[(1, 5)], "Quyết định số 12");
        let refused = declare(&house.app, &reporter, late).await.unwrap();
        assert!(
            matches!(&refused, Outcome::Refused(why) if why.contains("đã rút yêu cầu")),
            "{engine:?}: {refused:?}"
        );
        let sends = house.session(&house.consolidator).await.unwrap();
        let page = desk.get(&sends, "/tinh/bao-cao/09c/dot-xuat-1/2021").await;
        assert!(page.contains("Sở A"), "{page}");
        let page = desk.get(&sends, "/tinh/dot-xuat").await;
        assert!(
            page.contains("Đã rút 12/01/2021: Văn bản đã được thay thế"),
            "{page}"
        );
        // The next one has the next number.
        let next = ask_for(&house.province, &officer, asked_of(&[])).await.unwrap();
        assert_eq!(next.number, 2, "{engine:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_refused_with_what_was_typed() {
    for engine in BOTH {
        let house = house(engine).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let refused = |order: Order| {
            let (province, officer) = (&house.province, &officer);
            async move {
                match ask_for(province, officer, order).await {
                    Err(Error::Invalid { field, .. }) => field,
                    other => panic!("{other:?}"),
                }
            }
        };
        let stranger = asked_of(&["khong-co"]);
        assert_eq!(refused(stranger).await, "co-quan", "{engine:?}");
        let part = Order {
            form: "09d".into(),
            ..asked_of(&[])
        };
        assert_eq!(refused(part).await, "bieu", "{engine:?}: collected under 09c");
        let early = Order {
            due: at(2021, 1, 11).day(),
            ..asked_of(&[])
        };
        assert_eq!(refused(early).await, "han", "{engine:?}: over already");

        let web = Web::of(&house, true).unwrap();
        let sends = house.session(&house.consolidator).await.unwrap();
        let typed = [
            ("bieu", "09c"),
            ("co-quan", "so-a"),
            ("tu", "10/12/2020"),
            ("den", "32/12/2020"),
            ("han", "20/01/2021"),
            ("van-ban", "Công văn “12”"),
            ("ly-do", "Gấp"),
        ];
        let answer = web
            .ask(&Ask::post(DESK, "/tinh/dot-xuat", &typed).signed_in(&sends))
            .await
            .unwrap();
        let page = answer.text();
        assert_eq!(answer.status, 422, "{page}");
        assert!(
            page.contains("32/12/2020")
                && page.contains("Công văn “12”")
                && page.contains("Ghi ngày/tháng/năm"),
            "{page}"
        );
        house.end().await.unwrap();
    }
}
