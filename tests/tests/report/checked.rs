//! "Checked" and "sent" are said of the figures that a person saw, and of no others.

use pbgdpl_app::report::Moved;

use super::*;

/// A report of A with its declared cells, ready to be checked.
async fn filled(house: &House) -> ReportId {
    count(house, &house.a, &house.in_a, 410).await;
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let report = done(open(&house.app, &reporter, order("09d", None)).await.unwrap());
    says(house, &reporter, report, "tong_so", &[(1, 5), (2, 4)]).await;
    report
}

async fn stage(house: &House, report: ReportId) -> (Stage, Stage) {
    let seen = seen(house, &house.a, report).await;
    (seen.report.stage, seen.stage())
}

#[tokio::test]
async fn what_moved_since_it_was_checked_is_not_sent() {
    for engine in BOTH {
        let house = house(engine).await;
        let report = filled(&house).await;
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let read = figures(&house, &house.a, report).await;
        done(check(&house.app, &approver, report, &read, "khớp").await.unwrap());
        assert_eq!(stage(&house, report).await, (Stage::Checked, Stage::Checked));

        // The ledger goes on: the figures are no longer those that were checked.
        count(&house, &house.a, &house.in_a, 60).await;
        assert_eq!(
            stage(&house, report).await,
            (Stage::Checked, Stage::Draft),
            "{engine:?}: it shows before anybody sends"
        );
        let now = figures(&house, &house.a, report).await;
        let Outcome::Moved(Moved::SinceChecked(moved)) =
            submit(&house.app, &reporter, report, &now, "").await.unwrap()
        else {
            panic!("{engine:?}: other figures than the checked ones were sent")
        };
        let cell = moved.iter().find(|cell| cell.column == 4).unwrap();
        assert_eq!((cell.before, cell.now), (Some(410), Some(470)), "{engine:?}");
        assert_eq!(stage(&house, report).await, (Stage::Draft, Stage::Draft));
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let none = read::read(&house.province, &officer, house.a.id(), ("09d", YEAR), None).await;
        assert!(
            matches!(none, Err(pbgdpl_province::Error::NotFound)),
            "{engine:?}"
        );
        let seen = seen(&house, &house.a, report).await;
        let back = seen.walk.iter().find(|walk| walk.step == "Phải kiểm tra lại");
        assert!(
            back.is_some_and(|back| back.note.contains("cột 4: 410 → 470")),
            "{engine:?}: {back:?}"
        );

        // Checked again, the frozen form carries the checker of just these figures.
        go_out(&house, &house.a, &house.in_a, report).await;
        let sent = read::read(&house.province, &officer, house.a.id(), ("09d", YEAR), None)
            .await
            .unwrap();
        assert_eq!(sent.body.rows[0].cells[&4].total(), Some(470), "{engine:?}");
        assert_eq!(sent.body.signers[1], house.in_a.approver.name, "{engine:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn nobody_checks_or_sends_figures_unseen() {
    for engine in BOTH {
        let house = house(engine).await;
        let report = filled(&house).await;
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let old = figures(&house, &house.a, report).await;
        says(&house, &reporter, report, "tong_so", &[(1, 6)]).await;
        let unseen = check(&house.app, &approver, report, &old, "").await.unwrap();
        assert!(
            matches!(unseen, Outcome::Moved(Moved::SinceRead)),
            "{engine:?}: {unseen:?}"
        );
        let now = figures(&house, &house.a, report).await;
        done(check(&house.app, &approver, report, &now, "").await.unwrap());
        let unseen = submit(&house.app, &reporter, report, &old, "").await.unwrap();
        assert!(
            matches!(unseen, Outcome::Moved(Moved::SinceRead)),
            "{engine:?}: {unseen:?}"
        );
        assert_eq!(
            stage(&house, report).await,
            (Stage::Checked, Stage::Checked),
            "{engine:?}: what was checked stays checked"
        );
        done(submit(&house.app, &reporter, report, &now, "").await.unwrap());
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn the_pages_say_what_moved_and_keep_what_was_typed() {
    for engine in BOTH {
        let house = house(engine).await;
        filled(&house).await;
        let web = Web::of(&house, true).unwrap();
        let desk = Desk { web: &web };
        let reporter = house.session(&house.in_a.reporter).await.unwrap();
        let approver = house.session(&house.in_a.approver).await.unwrap();
        let here = "/quan-tri/so-a/bieu/09d/nam-chinh-thuc/2020";
        let (check_at, send_at) = (format!("{here}/kiem-tra"), format!("{here}/gui"));

        let old = figures_on(&desk.get(&approver, here).await);
        count(&house, &house.a, &house.in_a, 60).await;
        let moved = desk
            .refused_with(
                409,
                &approver,
                &check_at,
                &[("ma", &old), ("nhan-xet", "Đã đối chiếu sổ")],
            )
            .await;
        assert!(
            moved.contains("Số liệu đã đổi từ khi bạn mở trang") && moved.contains("Đã đối chiếu sổ"),
            "{moved}"
        );
        let now = figures_on(&moved);
        assert_ne!(old, now);
        desk.does(&approver, &check_at, &[("ma", &now)]).await;
        desk.refused(&reporter, &send_at, &[]).await;

        let page = figures_on(&desk.get(&reporter, here).await);
        count(&house, &house.a, &house.in_a, 5).await;
        let moved = desk
            .refused_with(
                409,
                &reporter,
                &send_at,
                &[("ma", &page), ("thuyet-minh", "Tăng do ra quân")],
            )
            .await;
        for words in [
            "không còn là số đã kiểm tra",
            "cột 4: 470 → 475",
            "Tăng do ra quân",
            "Phải kiểm tra lại",
        ] {
            assert!(moved.contains(words), "{engine:?} {words}: {moved}");
        }
        // The checker reads what differs, and decides again.
        let again = desk.get(&approver, here).await;
        assert!(
            again.contains("Số liệu đã đổi sau lần kiểm tra gần nhất") && again.contains("470 → 475"),
            "{again}"
        );
        desk.does(&approver, &check_at, &[("ma", &figures_on(&again))])
            .await;
        let good = desk.get(&reporter, here).await;
        assert!(!good.contains("Số liệu đã đổi"), "{good}");
        desk.does(&reporter, &send_at, &[("ma", &figures_on(&good))])
            .await;
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn two_people_who_open_the_same_form_at_once_are_told() {
    for engine in BOTH {
        let house = house(engine).await;
        let web = Web::of(&house, true).unwrap();
        let reporter = house.session(&house.in_a.reporter).await.unwrap();
        let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let permit = ctx
            .permit::<pbgdpl_scope::action::ReportFill>(&pbgdpl_scope::Nothing)
            .unwrap();
        // Somebody else is opening it: written, not yet committed.
        let mut first = house.app.open(&ctx).await.unwrap();
        let report = Report {
            id: ReportId::fresh(ctx.now()),
            form: "09d".into(),
            period: PeriodKind::OfficialYear,
            year: 2020,
            version: 1,
            stage: Stage::Draft,
            ledger_seq: 0,
            body: String::new(),
            hash: String::new(),
            created_by: ctx.actor().account(),
            created_at: ctx.now(),
            changed_at: ctx.now(),
            submitted_at: None,
            checked: None,
            row_version: 1,
        };
        first.add_report(&permit, &report).await.unwrap();
        let ask = Ask::post(DESK, "/quan-tri/so-a/bieu/09d/nam-chinh-thuc/2020/mo", &[]).signed_in(&reporter);
        let (second, saved) = tokio::join!(web.ask(&ask), async {
            tokio::time::sleep(std::time::Duration::from_millis(400)).await;
            first.save().await
        });
        saved.unwrap();
        let second = second.unwrap();
        // On SQLite the second one waits at the door, and finds the form open.
        let expected = if engine == pbgdpl_store::Engine::Sqlite {
            303
        } else {
            409
        };
        assert_eq!(second.status, expected, "{engine:?}: {}", second.text());
        house.end().await.unwrap();
    }
}
