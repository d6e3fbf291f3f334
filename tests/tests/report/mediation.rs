//! Form 10 from the register of tổ hòa giải: counted on any day, declared where the register does not say it, frozen, followed
//! down to the groups.

use pbgdpl_app::mediation::correct::{Right, correct};
use pbgdpl_app::mediation::{
    NewGroup, Outcome as Written, Seen, change, dissolve::dissolve, enter::enter, take_back::take_back,
};
use pbgdpl_model::id::GroupId;
use pbgdpl_model::manifest::MediationFigure;
use pbgdpl_model::mediation::{Body as Said, Details, Figures, count as count_groups};
use pbgdpl_model::register::Decision;
use pbgdpl_model::report::{Cells, Origin};
use pbgdpl_province::trace::{Asked, records};

use super::*;

pub(crate) fn day(text: &str) -> chrono::NaiveDate {
    pbgdpl_vietnamese::date::parse_dmy(text).unwrap()
}

/// A group of B with so many men, women, with law, of a minority, trained in the year of `from`.
fn group(
    name: &str,
    commune: &str,
    from: &str,
    [men, women, law, minority]: [i64; 4],
    trained: Option<i64>,
) -> NewGroup {
    NewGroup {
        details: Details {
            name: name.into(),
            village: "Thôn 1".into(),
            commune: commune.into(),
            decision: Decision {
                number: "7/QĐ-UBND".into(),
                day: day("02/03/2015"),
                issuer: "Chủ tịch Ủy ban nhân dân xã".into(),
            },
        },
        founded: day("02/03/2015"),
        figures: Figures {
            men,
            women,
            law,
            minority,
            trained,
        },
        from: day(from),
    }
}

fn written<T: std::fmt::Debug>(outcome: Written<T>) -> T {
    match outcome {
        Written::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

fn unmet<T: std::fmt::Debug>(outcome: Written<T>) -> Vec<&'static str> {
    match outcome {
        Written::Unmet(problems) => problems.iter().map(|problem| problem.field).collect(),
        other => panic!("taken: {other:?}"),
    }
}

async fn entered(house: &House, new: NewGroup) -> GroupId {
    let reporter = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    written(enter(&house.app, &reporter, new).await.unwrap())
}

/// Actual figures of a line, columns 1 to 8, and whether each was counted.
fn eight(cells: &Cells) -> [(Option<i64>, Origin); 8] {
    std::array::from_fn(|at| {
        let cell = &cells[&(u8::try_from(at).unwrap() + 1)];
        (cell.actual, cell.origin)
    })
}

async fn line(house: &House, report: ReportId, key: &str) -> [(Option<i64>, Origin); 8] {
    let seen = seen(house, &house.b, report).await;
    eight(&seen.lines.iter().find(|line| line.key == key).unwrap().cells)
}

fn counted(figures: [i64; 8]) -> [(Option<i64>, Origin); 8] {
    figures.map(|figure| (Some(figure), Origin::Mediation))
}

async fn form_10b(house: &House) -> ReportId {
    let reporter = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    done(open(&house.app, &reporter, order("10b", None)).await.unwrap())
}

/// What the register says of mediators on a day.
async fn mediators(house: &House, on: &str) -> Option<i64> {
    let reader = house.store.read().tenant(&house.b).await.unwrap();
    let groups = reader.mediation_groups().await.unwrap();
    count_groups(&groups, day(on)).of(MediationFigure::Mediators)
}

#[tokio::test]
async fn groups_are_counted_on_any_day_and_kept_right() {
    for engine in BOTH {
        let house = house(engine).await;
        let (app, reporter) = (
            &house.app,
            house.ctx(&house.b, &house.in_b.reporter).await.unwrap(),
        );
        let id = entered(&house, group("Tổ A", "1", "05/01/2020", [4, 3, 1, 5], Some(6))).await;
        let seen = |based_on| Seen { group: id, based_on };
        let more = |men| Figures {
            men,
            women: 3,
            ..Figures::default()
        };
        written(
            change::figures(app, &reporter, seen(2), more(6), day("01/07/2020"))
                .await
                .unwrap(),
        );
        assert_eq!(
            (
                mediators(&house, "04/01/2020").await,
                mediators(&house, "30/06/2020").await,
                mediators(&house, "01/07/2020").await
            ),
            (None, Some(7), Some(9)),
            "{engine:?}"
        );
        // A figure of a day between is written down late; the later one holds on from its own day.
        written(
            change::figures(app, &reporter, seen(3), more(5), day("01/03/2020"))
                .await
                .unwrap(),
        );
        assert_eq!(
            (
                mediators(&house, "01/03/2020").await,
                mediators(&house, "01/07/2020").await
            ),
            (Some(8), Some(9))
        );
        let right = Right {
            of: 3,
            body: Said::Figures(more(7)),
            from: day("01/08/2020"),
        };
        let no_reason = correct(app, &reporter, seen(4), right.clone(), " ")
            .await
            .unwrap();
        assert_eq!(unmet(no_reason), ["reason"]);
        written(
            correct(app, &reporter, seen(4), right.clone(), "đếm nhầm người")
                .await
                .unwrap(),
        );
        assert_eq!(
            (
                mediators(&house, "31/07/2020").await,
                mediators(&house, "01/08/2020").await
            ),
            (Some(8), Some(10))
        );
        let again = correct(app, &reporter, seen(5), right, "đếm nhầm người").await;
        assert!(
            again.is_err(),
            "{engine:?}: what was corrected is corrected where it stands now"
        );
        let stale = dissolve(app, &reporter, seen(4), day("01/10/2020"), "Nhập hai thôn")
            .await
            .unwrap();
        assert!(matches!(stale, Written::Stale), "{stale:?}");

        // Dissolved in the middle of a year, wrongly, and taken back.
        written(
            dissolve(app, &reporter, seen(5), day("01/10/2020"), "Nhập hai thôn")
                .await
                .unwrap(),
        );
        assert_eq!(
            (
                mediators(&house, "30/09/2020").await,
                mediators(&house, "01/10/2020").await
            ),
            (Some(10), Some(0))
        );
        let after = change::figures(app, &reporter, seen(6), more(4), day("01/11/2020"))
            .await
            .unwrap();
        assert_eq!(unmet(after), ["from"], "{engine:?}: no figures after the end");
        written(
            take_back(app, &reporter, seen(6), 6, "ghi cho nhầm tổ")
                .await
                .unwrap(),
        );
        assert_eq!(mediators(&house, "31/12/2020").await, Some(10));

        // Nor does it stand again beside one that took its place.
        let end = dissolve(app, &reporter, seen(7), day("01/10/2020"), "Nhập hai thôn").await;
        written(end.unwrap());
        let other = entered(&house, group("Tổ A", "1", "01/10/2020", [1, 1, 0, 0], None)).await;
        let twice = take_back(app, &reporter, seen(8), 8, "vẫn còn tổ này")
            .await
            .unwrap();
        assert!(
            matches!(twice, Written::Known(known) if known == other),
            "{engine:?}: {twice:?}"
        );
        let of_other = Seen {
            group: other,
            based_on: 2,
        };
        written(
            take_back(app, &reporter, of_other, 1, "ghi hai lần")
                .await
                .unwrap(),
        );
        written(
            take_back(app, &reporter, seen(8), 8, "vẫn còn tổ này")
                .await
                .unwrap(),
        );

        let reader = house.store.read().tenant(&house.b).await.unwrap();
        let kept = reader.mediation_group(id).await.unwrap().unwrap();
        assert_eq!(kept.facts.len(), 9, "{engine:?}: nothing was overwritten");
        assert_eq!(kept.facts[4].reason, "đếm nhầm người");
        drop(reader);

        let wrong = group("Tổ B", "9", "03/02/2021", [4, 3, 9, 8], Some(8));
        assert_eq!(
            unmet(enter(app, &reporter, wrong).await.unwrap()),
            ["commune", "law", "minority", "trained", "from"],
            "{engine:?}: a commune of nobody, more than all, a day to come"
        );
        let twice = group(" tổ  a".trim(), "1", "05/01/2020", [1, 1, 0, 0], None);
        let twice = NewGroup {
            details: Details {
                name: "TỔ A".into(),
                ..twice.details
            },
            ..twice
        };
        let known = enter(app, &reporter, twice).await.unwrap();
        assert!(matches!(known, Written::Known(other) if other == id), "{known:?}");
        let approver = house.ctx(&house.b, &house.in_b.editor).await.unwrap();
        let denied = dissolve(app, &approver, seen(9), day("01/10/2020"), "Nhập hai thôn").await;
        assert!(matches!(denied, Err(pbgdpl_app::Error::Denied(_))), "{denied:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn what_the_register_does_not_say_is_declared() {
    for engine in BOTH {
        let house = house(engine).await;
        let reporter = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
        let report = form_10b(&house).await;
        let empty = [(None, Origin::Declared); 8];
        assert_eq!(
            line(&house, report, "xa-1").await,
            empty,
            "{engine:?}: empty is not zero"
        );
        let typed: Vec<(u8, i64)> = (1..=8).zip([3, 21, 16, 5, 1, 20, 18, 9]).collect();
        says(&house, &reporter, report, "xa-1", &typed).await;
        says(&house, &reporter, report, "xa-2", &typed).await;

        // One group of one commune: that commune is counted, the other is declared as before.
        entered(&house, group("Tổ A", "1", "05/01/2020", [4, 3, 1, 5], Some(6))).await;
        assert_eq!(
            line(&house, report, "xa-1").await,
            counted([1, 7, 4, 3, 1, 6, 5, 6])
        );
        assert_eq!(line(&house, report, "xa-2").await[0], (Some(3), Origin::Declared));
        let total = line(&house, report, "tong_so")
            .await
            .map(|(figure, _)| figure.unwrap());
        assert_eq!(total, [4, 28, 20, 8, 2, 26, 23, 15], "{engine:?}: both together");
        let order = declaration(report, "xa-1", &[(1, 2)], "QĐ số 12/QĐ-STP");
        let refused = declare(&house.app, &reporter, order).await;
        assert!(
            refused.is_err(),
            "{engine:?}: what is counted is not typed: {refused:?}"
        );

        // A second group that says nothing of training: column 8 is the agency's again, with what it typed before.
        let bare = entered(&house, group("Tổ B", "1", "05/02/2020", [2, 2, 0, 1], None)).await;
        let seen_now = line(&house, report, "xa-1").await;
        assert_eq!(seen_now[..7], counted([2, 11, 6, 5, 1, 10, 6, 0])[..7]);
        assert_eq!(seen_now[7], (Some(9), Origin::Declared), "{engine:?}");
        says(&house, &reporter, report, "xa-1", &[(8, 8)]).await;
        assert_eq!(line(&house, report, "xa-1").await[7], (Some(8), Origin::Declared));
        let figures = Figures {
            men: 2,
            women: 2,
            law: 0,
            minority: 1,
            trained: Some(0),
        };
        let seen = Seen {
            group: bare,
            based_on: 2,
        };
        written(
            change::figures(&house.app, &reporter, seen, figures, day("01/12/2020"))
                .await
                .unwrap(),
        );
        assert_eq!(
            line(&house, report, "xa-1").await,
            counted([2, 11, 6, 5, 1, 10, 6, 6]),
            "{engine:?}: nobody trained is zero, and said"
        );
        house.end().await.unwrap();
    }
}

/// Asks for the groups behind a cell of B's form 10b.
async fn behind(house: &House, row: &str, column: u8) -> pbgdpl_province::trace::RecordTrace {
    let auditor = house.province_ctx(&house.auditor).await.unwrap();
    let asked = Asked {
        version: None,
        row: Some(row),
        column,
        page: 1,
        per_page: 50,
    };
    records(&house.province, &auditor, house.b.id(), ("10b", YEAR), asked)
        .await
        .unwrap()
}

#[tokio::test]
async fn n_06_form_10_is_followed_down_to_its_groups() {
    for engine in BOTH {
        let house = house(engine).await;
        let (app, reporter) = (
            &house.app,
            house.ctx(&house.b, &house.in_b.reporter).await.unwrap(),
        );
        let of_two = [
            ("Tổ A", "1", [4, 3, 1, 5], Some(6)),
            ("Tổ B", "1", [2, 2, 0, 1], Some(0)),
            ("Tổ C", "2", [5, 0, 2, 5], Some(3)),
        ];
        let mut ids = Vec::new();
        for (name, commune, people, trained) in of_two {
            ids.push(entered(&house, group(name, commune, "05/01/2020", people, trained)).await);
        }
        // Gone before the last day; founded after it: neither counts.
        let gone = entered(&house, group("Tổ D", "2", "05/01/2020", [9, 9, 9, 9], Some(9))).await;
        let seen_gone = Seen {
            group: gone,
            based_on: 2,
        };
        written(
            dissolve(app, &reporter, seen_gone, day("31/12/2020"), "Nhập hai thôn")
                .await
                .unwrap(),
        );
        let late = NewGroup {
            founded: day("04/01/2021"),
            ..group("Tổ E", "2", "04/01/2021", [9, 9, 9, 9], Some(9))
        };
        entered(&house, late).await;

        // An independent sum, from what was entered.
        let sum = |commune: Option<&str>| {
            let mut sums = [0; 8];
            let mine = of_two
                .iter()
                .filter(|(_, of, ..)| commune.is_none_or(|commune| *of == commune));
            for (_, _, [men, women, law, minority], trained) in mine {
                let one = [
                    1,
                    men + women,
                    *men,
                    *women,
                    *law,
                    men + women - law,
                    *minority,
                    trained.unwrap(),
                ];
                for (sum, figure) in sums.iter_mut().zip(one) {
                    *sum += figure;
                }
            }
            sums
        };
        let report = form_10b(&house).await;
        assert_eq!(
            line(&house, report, "xa-1").await,
            counted(sum(Some("1"))),
            "{engine:?}"
        );
        assert_eq!(
            line(&house, report, "xa-2").await,
            counted(sum(Some("2"))),
            "{engine:?}"
        );
        go_out(&house, &house.b, &house.in_b, report).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        accept::accept(&house.province, &officer, house.b.id(), ("10b", YEAR), 1)
            .await
            .unwrap();
        let province = consolidate::consolidate(&house.province, &officer, "10c", YEAR)
            .await
            .unwrap();
        let total = &Consolidated::read(&province.body).unwrap().rows[0].cells;
        let columns: [i64; 8] =
            std::array::from_fn(|at| total[&(u8::try_from(at).unwrap() + 1)].total().unwrap());
        assert_eq!(columns, sum(None), "{engine:?}: the province's form");

        let names = |trace: &pbgdpl_province::trace::RecordTrace| {
            let names = trace.groups.counted.iter().map(|group| group.name.clone());
            names.collect::<Vec<_>>()
        };
        for (column, figure) in (1..=8).zip(sum(Some("1"))) {
            let trace = behind(&house, "xa-1", column).await;
            assert_eq!(
                (trace.cell.actual, trace.groups.sum(), names(&trace).len()),
                (Some(figure), figure, 2),
                "{engine:?}: column {column}"
            );
            assert!(
                trace.groups.moved.is_empty(),
                "{engine:?}: {:?}",
                trace.groups.moved
            );
            assert!(trace.groups.counted[0].place.contains("Xã Diên Bình"));
        }

        // What is written down afterwards changes nothing that was sent, and is named as the difference.
        house.clock.set(at(2021, 1, 14));
        let reporter = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
        let right = Right {
            of: 2,
            body: Said::Figures(Figures {
                men: 5,
                women: 3,
                law: 1,
                minority: 5,
                trained: Some(6),
            }),
            from: day("05/01/2020"),
        };
        let first = Seen {
            group: ids[0],
            based_on: 2,
        };
        written(
            correct(app, &reporter, first, right, "sót một người")
                .await
                .unwrap(),
        );
        let second = Seen {
            group: ids[1],
            based_on: 2,
        };
        written(
            dissolve(
                app,
                &reporter,
                second,
                day("01/12/2020"),
                "Ghi muộn: nhập hai thôn",
            )
            .await
            .unwrap(),
        );
        assert_eq!(
            line(&house, report, "xa-1").await,
            counted(sum(Some("1"))),
            "{engine:?}: frozen"
        );
        let men = behind(&house, "xa-1", 3).await;
        assert_eq!(
            (men.groups.sum(), names(&men).len()),
            (6, 2),
            "{engine:?}: as it was sent"
        );
        let moved: Vec<_> = men
            .groups
            .moved
            .iter()
            .map(|group| (group.name.as_str(), group.then, group.today))
            .collect();
        assert_eq!(
            moved,
            [
                ("Tổ A", Some(Some(4)), Some(Some(5))),
                ("Tổ B", Some(Some(2)), None)
            ],
            "{engine:?}"
        );
        assert_eq!(men.groups.difference(), Some(-1));
        let since = seen(&house, &house.b, report).await.since;
        let of_men = since
            .iter()
            .find(|moved| moved.row == "xa-1" && moved.column == 3)
            .unwrap();
        assert_eq!((of_men.frozen, of_men.today), (6, Some(5)), "{engine:?}");
        assert!(
            since.iter().all(|moved| moved.row != "xa-2"),
            "{engine:?}: {since:?}"
        );
        let all = since.iter().find(|moved| moved.row == "tong_so");
        assert!(all.is_none(), "sums of lines are said line by line: {all:?}");

        // The list behind the cell on the desk, and the auditor's page.
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_b.reporter).await.unwrap();
        let get = async |path: &str, session: &str| {
            let answer = web.ask(&Ask::get(DESK, path).signed_in(session)).await.unwrap();
            assert_eq!(answer.status, 200, "{path}");
            answer.text().replace("&#38;", "&").replace("&amp;", "&")
        };
        let page = get(
            "/quan-tri/huyen-b/bieu/10b/nam-chinh-thuc/2020?dong=xa-1",
            &session,
        )
        .await;
        let link = page.split("Mở sổ tổ hòa giải").next().unwrap();
        let link = link
            .rsplit_once("href=\"")
            .unwrap()
            .1
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        assert!(
            page.contains("Xã Diên Bình: "),
            "{engine:?}: what differs is named with its line"
        );
        let list = get(&link, &session).await;
        assert!(
            list.contains("Tổ A")
                && list.contains("Tổ B")
                && !list.contains("Tổ C")
                && list.contains("2 tổ</span>"),
            "{engine:?}: {link}"
        );
        let now = get(link.split("&ghi-den").next().unwrap(), &session).await;
        assert!(
            now.contains("Tổ A") && !now.contains("Tổ B"),
            "{engine:?}: as it is known today"
        );
        // A group that says nothing of its training: the figure is no zero, there is none.
        let untold = group("Tổ G", "1", "05/01/2020", [1, 1, 0, 0], None);
        written(enter(app, &reporter, untold).await.unwrap());
        let since = seen(&house, &house.b, report).await.since;
        let trained = since
            .iter()
            .find(|moved| moved.row == "xa-1" && moved.column == 8);
        assert_eq!(
            trained.map(|moved| moved.today),
            Some(None),
            "{engine:?}: {since:?}"
        );
        assert_eq!(
            behind(&house, "xa-1", 8).await.groups.difference(),
            None,
            "{engine:?}"
        );
        let page = get(
            "/quan-tri/huyen-b/bieu/10b/nam-chinh-thuc/2020?dong=xa-1",
            &session,
        )
        .await;
        assert!(page.contains("chưa ghi đủ"), "{engine:?}: {page}");
        let auditor = house.session(&house.auditor).await.unwrap();
        let page = get(
            "/giam-sat/bieu/10b/nam-chinh-thuc/2020/huyen-b/cot/8?dong=xa-1",
            &auditor,
        )
        .await;
        assert!(
            page.contains("sổ hôm nay chưa ghi đủ")
                && page.contains("Tổ G: lúc gửi không tính, nay chưa ghi"),
            "{engine:?}: {page}"
        );
        let page = get(
            "/giam-sat/bieu/10b/nam-chinh-thuc/2020/huyen-b/cot/3?dong=xa-1",
            &auditor,
        )
        .await;
        assert!(
            page.contains("Bằng tổng 2 tổ hòa giải") && page.contains("Tổ B: lúc gửi 2, nay không tính"),
            "{engine:?}: {page}"
        );
        house.end().await.unwrap();
    }
}
