//! N-07, REP-11: a closed period opens for one agency only, by another person than who asked, with a reason, and closes by itself.

use pbgdpl_app::extension::ask::{Ask, ask};
use pbgdpl_province::extension::answer::{Says, answer};
use pbgdpl_province::extension::list;

use super::pages::Desk;
use super::*;

/// The last day on which the official forms of 2020 can be written in Kon Tum's calendar.
const CLOSED: (i32, u32, u32) = (2021, 12, 31);

fn wanted(until: chrono::NaiveDate, reason: &str) -> Ask {
    Ask {
        form: "09d".into(),
        period: PeriodKind::OfficialYear,
        year: 2020,
        until,
        reason: reason.into(),
    }
}

const fn granted(until: chrono::NaiveDate) -> Says<'static> {
    Says {
        number: 1,
        until: Some(until),
        reason: "Số liệu của ba xã về chậm vì mưa lũ",
    }
}

#[tokio::test]
async fn n_07_a_closed_period_opens_by_two_people_and_closes_by_itself() {
    for engine in BOTH {
        let house = house(engine).await;
        count(&house, &house.a, &house.in_a, 410).await;
        let (y, m, d) = CLOSED;
        house.clock.set(at(y, m, d));
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let report = done(open(&house.app, &reporter, order("09d", None)).await.unwrap());
        says(&house, &reporter, report, "tong_so", &[(1, 5), (2, 4)]).await;
        assert!(
            seen(&house, &house.a, report)
                .await
                .lock(at(y, m, d).day())
                .is_none(),
            "open on its last day"
        );

        // The day after, every step that writes says why it is refused.
        house.clock.set(at(2022, 1, 4));
        let today = at(2022, 1, 4).day();
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let read = figures(&house, &house.a, report).await;
        let bare = declaration(report, "tong_so", &[(1, 6)], "x");
        let why = "khóa sau ngày 31/12/2021";
        let refused = declare(&house.app, &reporter, bare).await.unwrap();
        assert!(
            matches!(refused, Outcome::Refused(ref words) if words.contains(why)),
            "{refused:?}"
        );
        let refused = check(&house.app, &approver, report, &read, "").await.unwrap();
        assert!(
            matches!(refused, Outcome::Refused(ref words) if words.contains(why)),
            "{refused:?}"
        );

        // Asked once, with a reason and a day to come.
        let soon = today + chrono::Days::new(6);
        assert!(ask(&house.app, &reporter, wanted(soon, " ")).await.is_err());
        assert!(
            ask(&house.app, &reporter, wanted(today.pred_opt().unwrap(), "x"))
                .await
                .is_err()
        );
        assert!(
            ask(&house.app, &approver, wanted(soon, "x")).await.is_err(),
            "approvers do not ask"
        );
        let number = done(
            ask(&house.app, &reporter, wanted(soon, "Chờ số liệu của ba xã"))
                .await
                .unwrap(),
        );
        assert_eq!(number, 1);
        let twice = ask(&house.app, &reporter, wanted(soon, "x")).await.unwrap();
        assert!(matches!(twice, Outcome::Refused(_)));

        // Who asked does not grant it, also with the role of the province: 403 by the policy itself.
        let answers = async |ctx: &ProvinceCtx, says: Says<'static>| {
            answer(&house.province, ctx, house.a.id(), ("09d", YEAR), says).await
        };
        let oneself = also_consolidates(&house, &house.in_a.reporter).await;
        let denied = answers(&oneself, granted(soon)).await;
        assert!(
            matches!(denied, Err(pbgdpl_province::Error::Denied(_))),
            "{denied:?}"
        );
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        assert!(answers(&auditor, granted(soon)).await.is_err());

        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let mute = Says {
            reason: " ",
            ..granted(soon)
        };
        assert!(answers(&officer, mute).await.is_err());
        let for_ever = granted(today + chrono::Days::new(91));
        let too_long = answers(&officer, for_ever).await;
        assert!(
            matches!(too_long, Err(pbgdpl_province::Error::Invalid { .. })),
            "{too_long:?}"
        );
        answers(&officer, granted(soon)).await.unwrap();
        let again = answers(&officer, granted(soon)).await;
        assert!(matches!(again, Err(pbgdpl_province::Error::Stale)), "{again:?}");

        // Another agency stays closed; this one is open to its last day, and closed the day after by nobody's act.
        let listed = list::list(&house.province, &officer, house.b.id(), ("09b", YEAR)).await;
        assert!(listed.is_err(), "B asked nothing");
        let reopened = seen(&house, &house.a, report).await;
        assert!(reopened.lock(soon).is_none());
        assert!(reopened.lock(soon.succ_opt().unwrap()).is_some());

        // Sent under it: the foot of the report names who asked, who granted, why, until when; the sum says so too.
        go_out(&house, &house.a, &house.in_a, report).await;
        let sent = read::read(&house.province, &officer, house.a.id(), ("09d", YEAR), None)
            .await
            .unwrap();
        let extended = sent.body.timeliness.extended.clone().unwrap();
        assert!(sent.sent.late && sent.body.timeliness.late);
        assert_eq!(
            (extended.until, extended.reason.as_str()),
            (soon, "Chờ số liệu của ba xã")
        );
        accept::accept(&house.province, &officer, house.a.id(), ("09d", YEAR), 1)
            .await
            .unwrap();
        consolidate::consolidate(&house.province, &officer, "09c", YEAR)
            .await
            .unwrap();
        let taken = province_export::take(&house.province, &officer, "09c", YEAR, None)
            .await
            .unwrap();
        assert!(
            province_export::csv(&taken.form, &taken.figures)
                .unwrap()
                .contains("gửi sau hạn")
        );
        conforms("consolidation", &ConsolidationExport::of(taken));
        conforms(
            "report",
            &export::report(&house.app, &reporter, report).await.unwrap(),
        );

        // After its last day an amendment finds the period closed again.
        house.clock.set(at(2022, 1, 20));
        decision_arrives(&house, &house.a, "09d", 1).await;
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let second = done(
            open(&house.app, &reporter, order("09d", Some("Rà soát")))
                .await
                .unwrap(),
        );
        assert!(
            seen(&house, &house.a, second)
                .await
                .lock(at(2022, 1, 20).day())
                .is_some()
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn n_07_asked_and_answered_through_the_pages() {
    for engine in BOTH {
        let house = house(engine).await;
        count(&house, &house.a, &house.in_a, 410).await;
        house.clock.set(at(2022, 1, 4));
        let web = Web::of(&house, true).unwrap();
        let reporter = house.session(&house.in_a.reporter).await.unwrap();
        let officer = house.session(&house.consolidator).await.unwrap();
        let desk = Desk { web: &web };
        let here = "/quan-tri/so-a/bieu/09d/nam-chinh-thuc/2020";
        desk.does(&reporter, &format!("{here}/mo"), &[]).await;
        let locked = desk.get(&reporter, here).await;
        assert!(
            locked.contains("Kỳ báo cáo đã khóa") && !locked.contains("name=\"c1\""),
            "{locked}"
        );
        let bad = [("den-ngay", "mai"), ("ly-do-gia-han", "Chờ <xã>")];
        let page = desk.refused(&reporter, &format!("{here}/gia-han"), &bad).await;
        assert!(
            page.contains("value=\"mai\"") && page.contains("Chờ &#60;xã&#62;"),
            "{page}"
        );
        let good = [
            ("den-ngay", "10/01/2022"),
            ("ly-do-gia-han", "Chờ số liệu của xã"),
        ];
        desk.does(&reporter, &format!("{here}/gia-han"), &good).await;
        let again = desk
            .refused_with(409, &reporter, &format!("{here}/gia-han"), &good)
            .await;
        assert!(again.contains("đang chờ Sở Tư pháp trả lời"));

        let list = desk.get(&officer, "/tinh/bao-cao/09c/nam-chinh-thuc/2020").await;
        let there = "/tinh/bao-cao/09d/nam-chinh-thuc/2020/so-a/gia-han";
        assert!(
            list.contains(there) && list.contains("đến hết ngày 10/01/2022"),
            "{list}"
        );
        let dashboard = desk.get(&officer, "/giam-sat?nam=2020").await;
        assert!(dashboard.contains("xin gia hạn"), "{dashboard}");
        let none = desk
            .refused(&officer, there, &[("so", "1"), ("ly-do", "vì lũ")])
            .await;
        assert!(none.contains("chưa chọn") && none.contains("vì lũ"), "{none}");
        let grant = [
            ("so", "1"),
            ("quyet-dinh", "dong-y"),
            ("den-ngay", "12/01/2022"),
            ("ly-do", "vì lũ"),
        ];
        desk.does(&officer, there, &grant).await;
        let late = desk.refused_with(409, &officer, there, &grant).await;
        assert!(!late.contains("Đã trả lời"));
        let open = desk.get(&reporter, here).await;
        assert!(
            open.contains("Được gia hạn đến hết ngày 12/01/2022") && open.contains("name=\"c1\""),
            "{open}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn n_07_an_amendment_after_the_closing_names_its_extension_and_is_not_late() {
    for engine in BOTH {
        let house = house(engine).await;
        count(&house, &house.a, &house.in_a, 410).await;
        sent(&house, &house.a, &house.in_a, "09d", "tong_so", &[(1, 5), (2, 4)]).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        accept::accept(&house.province, &officer, house.a.id(), ("09d", YEAR), 1)
            .await
            .unwrap();
        decision_arrives(&house, &house.a, "09d", 1).await;

        house.clock.set(at(2022, 1, 4));
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let until = at(2022, 1, 10).day();
        let second = done(
            open(&house.app, &reporter, order("09d", Some("Rà soát")))
                .await
                .unwrap(),
        );
        let asked = ask(&house.app, &reporter, wanted(until, "Sửa theo kết luận kiểm tra")).await;
        done(asked.unwrap());
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        answer(
            &house.province,
            &officer,
            house.a.id(),
            ("09d", YEAR),
            granted(until),
        )
        .await
        .unwrap();
        go_out(&house, &house.a, &house.in_a, second).await;
        let read = read::read(&house.province, &officer, house.a.id(), ("09d", YEAR), None)
            .await
            .unwrap();
        let how = &read.body.timeliness;
        assert_eq!(
            (how.late, read.sent.late),
            (false, false),
            "what it replaces came in time"
        );
        assert_eq!(how.extended.as_ref().map(|extended| extended.until), Some(until));
        assert!(
            how.words().contains("được gia hạn đến 10/01/2022"),
            "{}",
            how.words()
        );
        house.end().await.unwrap();
    }
}
