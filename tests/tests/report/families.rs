//! REP-01: several forms of one agency go their own ways; a new form is a file.

use super::*;

async fn standing(house: &House, officer: &ProvinceCtx, form: &str) -> Vec<(String, String, Standing)> {
    let following = follow::follow(&house.province, officer, form, YEAR)
        .await
        .unwrap();
    following
        .agencies
        .into_iter()
        .map(|agency| (agency.slug, agency.form, agency.standing))
        .collect()
}

#[tokio::test]
async fn rep_01_two_forms_of_one_agency_go_their_own_ways() {
    for engine in BOTH {
        let house = house(engine).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let reporter = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
        count(&house, &house.b, &house.in_b, 300).await;
        let of_activity = sent(
            &house,
            &house.b,
            &house.in_b,
            "09b",
            "cap_huyen",
            &[(1, 20), (2, 15)],
        )
        .await;
        let mediation = done(open(&house.app, &reporter, order("10b", None)).await.unwrap());
        assert_ne!(of_activity, mediation);
        let first = [
            (1, 4),
            (2, 30),
            (3, 20),
            (4, 10),
            (5, 2),
            (6, 28),
            (7, 25),
            (8, 12),
        ];
        says(&house, &reporter, mediation, "xa-1", &first).await;
        let second = [(1, 3), (2, 21), (3, 16), (4, 5), (5, 1), (6, 20), (7, 18), (8, 9)];
        says(&house, &reporter, mediation, "xa-2", &second).await;
        go_out(&house, &house.b, &house.in_b, mediation).await;

        let b = |form: &str, standing| ("huyen-b".to_owned(), form.to_owned(), standing);
        assert_eq!(
            standing(&house, &officer, "10c").await,
            [b("10b", Standing::Waiting)],
            "{engine:?}"
        );
        assert_eq!(
            standing(&house, &officer, "10b").await,
            standing(&house, &officer, "10c").await,
            "the agency's form leads to its collection"
        );
        accept::accept(&house.province, &officer, house.b.id(), ("10b", YEAR), 1)
            .await
            .unwrap();
        let of_activity = standing(&house, &officer, "09c").await;
        assert!(
            of_activity.contains(&b("09b", Standing::Waiting)),
            "{engine:?}: {of_activity:?}"
        );
        assert_eq!(
            standing(&house, &officer, "10c").await,
            [b("10b", Standing::Accepted)]
        );
        let other = accept::accept(&house.province, &officer, house.b.id(), ("09d", YEAR), 1).await;
        assert!(
            matches!(other, Err(pbgdpl_province::Error::NotFound)),
            "{other:?}"
        );

        let sum = consolidate::consolidate(&house.province, &officer, "10c", YEAR)
            .await
            .unwrap();
        let figures = Consolidated::read(&sum.body).unwrap();
        let total = &figures.rows[0].cells;
        let seen: Vec<_> = (1..=8).map(|column| total[&column].total().unwrap()).collect();
        assert_eq!(seen, [7, 51, 36, 15, 3, 48, 43, 21], "{engine:?}");
        assert!(figures.missing.is_empty(), "{engine:?}: only districts fill it");
        let activity = consolidate::consolidate(&house.province, &officer, "09c", YEAR)
            .await
            .unwrap();
        let missing = Consolidated::read(&activity.body).unwrap().missing;
        assert_eq!(
            missing.len(),
            2,
            "{engine:?}: what was accepted of form 10 is nothing of form 09"
        );
        let part = consolidate::consolidate(&house.province, &officer, "10b", YEAR).await;
        assert!(matches!(part, Err(pbgdpl_province::Error::NotFound)), "{part:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_broken_sum_of_mediators_is_named() {
    let house = house(pbgdpl_store::Engine::Sqlite).await;
    let reporter = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    let report = done(open(&house.app, &reporter, order("10b", None)).await.unwrap());
    says(&house, &reporter, report, "xa-1", &[(2, 30), (3, 20), (4, 9)]).await;
    let seen = seen(&house, &house.b, report).await;
    let said: Vec<_> = seen
        .findings
        .iter()
        .map(|finding| finding.message.as_str())
        .collect();
    assert!(
        said.iter()
            .any(|message| message.contains("là 30, phải bằng tổng cột 3 (Nam) và cột 4 (Nữ) là 29")),
        "{said:?}"
    );
    house.end().await.unwrap();
}
