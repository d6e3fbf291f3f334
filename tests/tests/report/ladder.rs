//! The ladder's state table: every act, in every state, by every role, as `ladder.csv` states it (REP-09).

use pbgdpl_app::Error as Refusal;
use pbgdpl_app::extension::ask::{Ask, ask};
use pbgdpl_store::Engine;
use pbgdpl_testkit::house::Someone;

use super::*;

const TABLE: &str = include_str!("ladder.csv");

/// A house in which A's report of the year stands somewhere, and whoever may act on it.
struct Stand {
    house: House,
    report: ReportId,
}

impl Stand {
    async fn at(engine: Engine, state: &str) -> Self {
        let house = house(engine).await;
        count(&house, &house.a, &house.in_a, 410).await;
        let mut identity = house.store.identity().await.unwrap();
        let (who, by, now) = (house.in_both.account, house.in_a.admin.account, house.clock.now());
        identity
            .grant(who, house.a.id().into(), Role::Reporter, by, now)
            .await
            .unwrap();
        identity.save().await.unwrap();
        let mut there = Self {
            report: ReportId::fresh(house.clock.now()),
            house,
        };
        there.reach(state.trim_end_matches("-locked")).await;
        if state.ends_with("-locked") {
            there.house.clock.set(at(2022, 1, 4));
        }
        there
    }

    async fn reach(&mut self, state: &str) {
        let house = &self.house;
        if state == "none" {
            return;
        }
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        self.report = done(open(&house.app, &reporter, order("09d", None)).await.unwrap());
        says(house, &reporter, self.report, "tong_so", &[(1, 5), (2, 4)]).await;
        let read = figures(house, &house.a, self.report).await;
        if state == "draft" {
            return;
        }
        done(
            check(&house.app, &approver, self.report, &read, "")
                .await
                .unwrap(),
        );
        if state == "checked" {
            return;
        }
        done(
            submit(&house.app, &reporter, self.report, &read, "")
                .await
                .unwrap(),
        );
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let which = ("09d", YEAR);
        match state {
            "submitted" => return,
            "returned" => {
                send_back::send_back(&house.province, &officer, house.a.id(), which, 1, "Cột 1?").await
            }
            "accepted" => accept::accept(&house.province, &officer, house.a.id(), which, 1).await,
            other => panic!("no state {other}"),
        }
        .unwrap();
        decision_arrives(house, &house.a, "09d", 1).await;
    }

    fn who(&self, role: &str) -> &Someone {
        let house = &self.house;
        match role {
            "agency-admin" => &house.in_a.admin,
            "editor" => &house.in_a.editor,
            "approver" => &house.in_a.approver,
            "reporter" => &house.in_a.reporter,
            "another-reporter" => &house.in_both,
            "province-admin" => &house.officer,
            "province-reporter" => &house.consolidator,
            "auditor" => &house.auditor,
            other => panic!("no role {other}"),
        }
    }

    /// What comes of an act, in the words of the table.
    async fn tries(&self, act: &str, role: &str) -> &'static str {
        let (house, who) = (&self.house, self.who(role));
        let (app, province, id) = (&house.app, &house.province, self.report);
        let ctx = house.ctx(&house.a, who).await.unwrap();
        let officer = house.province_ctx(who).await.unwrap();
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let read = view(&reader, house.a.agency(), id)
            .await
            .map_or_else(|_| String::new(), |seen| seen.figures);
        drop(reader);
        let which = ("09d", YEAR);
        match act {
            "open" => self.opened(open(app, &ctx, order("09d", None)).await),
            "amend" => self.opened(open(app, &ctx, order("09d", Some("Rà soát lại"))).await),
            "declare" => {
                let figure = Figure {
                    column: 1,
                    actual: Some(6),
                    ..Figure::default()
                };
                let order = Declare {
                    report: id,
                    row: "tong_so".into(),
                    figures: vec![figure],
                    reason: "QĐ 12".into(),
                };
                came(declare(app, &ctx, order).await)
            }
            "check" => came(check(app, &ctx, id, &read, "").await),
            "submit" => came(submit(app, &ctx, id, &read, "").await),
            "ask" => {
                let order = Ask {
                    form: "09d".into(),
                    period: PeriodKind::OfficialYear,
                    year: 2020,
                    until: house.clock_day(),
                    reason: "Chờ số liệu".into(),
                };
                came(ask(app, &ctx, order).await)
            }
            "accept" => decided(accept::accept(province, &officer, house.a.id(), which, 1).await),
            "return" => {
                decided(send_back::send_back(province, &officer, house.a.id(), which, 1, "Cột 1?").await)
            }
            other => panic!("no act {other}"),
        }
    }

    fn opened(&self, outcome: Result<Outcome<ReportId>, Refusal>) -> &'static str {
        match outcome {
            Ok(Outcome::Done(id)) if id == self.report => "same",
            other => came(other),
        }
    }
}

fn came<T>(outcome: Result<Outcome<T>, Refusal>) -> &'static str {
    match outcome {
        Ok(Outcome::Done(_)) => "done",
        Ok(Outcome::Refused(_)) | Err(Refusal::Stale) => "409",
        Ok(Outcome::Unmet(_)) => "422",
        Ok(Outcome::Moved(_)) => "moved",
        Err(Refusal::Denied(_)) => "403",
        Err(Refusal::NotFound) => "404",
        Err(_) => "fault",
    }
}

fn decided(outcome: Result<(), pbgdpl_province::Error>) -> &'static str {
    match outcome {
        Ok(()) => "done",
        Err(pbgdpl_province::Error::Stale) => "409",
        Err(pbgdpl_province::Error::Denied(_)) => "403",
        Err(pbgdpl_province::Error::NotFound) => "404",
        Err(_) => "fault",
    }
}

/// Tries every cell of the table; whatever was done is undone by a new house. The last house is still to be ended.
async fn mismatches(engine: Engine) -> (House, usize, Vec<String>) {
    let mut lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let roles: Vec<&str> = lines.next().unwrap().split(',').skip(2).collect();
    let (mut stand, mut at) = (None, "");
    let (mut cells, mut wrong) = (0, Vec::new());
    for line in lines {
        let mut parts = line.split(',');
        let (state, act) = (parts.next().unwrap(), parts.next().unwrap());
        for (role, stated) in roles.iter().zip(parts) {
            if state != at {
                stand = None;
                at = state;
            }
            let there = match stand.take() {
                Some(there) => there,
                None => Stand::at(engine, state).await,
            };
            let came = there.tries(act, role).await;
            if came != stated {
                wrong.push(format!("{state}: {act} by {role} is {came}, stated {stated}"));
            }
            cells += 1;
            stand = (came != "done").then_some(there);
        }
    }
    let last = Stand::at(engine, "accepted").await;
    (last.house, cells, wrong)
}

#[tokio::test]
async fn rep_09_every_cell_of_the_state_table() {
    let (sqlite, postgres) = tokio::join!(mismatches(BOTH[0]), mismatches(BOTH[1]));
    for (house, cells, wrong) in [sqlite, postgres] {
        assert_eq!((cells, wrong), (8 * 8 * 8, Vec::new()));
        house.end().await.unwrap();
    }
}
