//! A joint activity: one fact, three agencies (N-05).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_app::activity::correct::{Correct, correct};
use pbgdpl_app::activity::{Outcome, answer_share::answer_share, draft, record::record, reverse::reverse};
use pbgdpl_mail::list_folder;
use pbgdpl_model::activity::Answer;
use pbgdpl_model::agency::{Agency, DatedName, Status};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_scope::{Ctx, ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::province::NewAgency;
use pbgdpl_testkit::house::{BOTH, House};
use uuid::Uuid;

use crate::by_hand::{done, facts, jobs, mailbox, province_year, share_of};

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
        house.end().await.unwrap();
    }
}
