//! Reports on plans have a last day too: a week before, the day before, once it is over; and a word when one comes back.

use chrono::NaiveDate;
use pbgdpl_mail::StoredLetter;
use pbgdpl_model::clock::Moment;
use pbgdpl_province::plan::accept::accept;
use pbgdpl_province::plan::send_back::send_back;
use pbgdpl_testkit::furnish::{self, PLAN};
use pbgdpl_testkit::house::{BOTH, House};

use crate::{jobs, letters};

const OF: (&str, i32) = (PLAN, 2020);

/// What a morning of December 2020 brings; the last day is the tenth.
async fn morning(house: &House, day: u32) -> Vec<StoredLetter> {
    let date = NaiveDate::from_ymd_opt(2020, 12, day).unwrap();
    let now = Moment::from(date.and_hms_opt(1, 0, 0).unwrap().and_utc());
    house.clock.set(now);
    jobs(house).remind().await.unwrap();
    assert_eq!(jobs(house).remind().await.unwrap(), 0, "once is enough");
    let mut all = letters(house, (0, 0, 0)).await;
    all.retain(|letter| letter.date == Some(now) && letter.subject.contains("báo cáo “"));
    all
}

fn is_to(letters: &[StoredLetter], email: &str) -> usize {
    letters.iter().filter(|letter| letter.to.contains(email)).count()
}

#[tokio::test]
async fn a_report_on_a_plan_is_asked_for_a_week_and_a_day_before_and_once_it_is_over() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        furnish::forms_of_kon_tum(&house, &[]).await.unwrap();
        let (a, b) = (&house.in_a, &house.in_b);
        assert!(morning(&house, 2).await.is_empty(), "{engine:?}: too early");

        let week = morning(&house, 3).await;
        assert_eq!(week.len(), 2, "{engine:?}: {week:?}");
        assert_eq!(is_to(&week, &a.reporter.email), 1);
        let told = &week[0];
        assert!(
            told.subject
                .starts_with("Hạn gửi báo cáo “Kế hoạch thực hiện Đề án")
                && told.subject.ends_with(", năm 2020: còn 7 ngày"),
            "{}",
            told.subject
        );
        assert!(
            told.text.contains("10/12/2020") && told.text.contains("/bao-cao-ke-hoach/de-an-471/2020"),
            "{}",
            told.text
        );

        // A sends; who answers for B is told on the eve, A is left alone.
        furnish::contribution(&house, &house.a, a, "A", true)
            .await
            .unwrap();
        let eve = morning(&house, 9).await;
        assert_eq!(
            (is_to(&eve, &b.reporter.email), is_to(&eve, &b.admin.email)),
            (1, 1)
        );
        assert_eq!(eve.len(), 2, "{engine:?}: {eve:?}");

        // It comes back: A's reporter is told with the remark, once; what stands in the outbox twice is one letter.
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        send_back(
            &house.province,
            &officer,
            house.a.id(),
            OF,
            1,
            "Ghi rõ tên tờ gấp",
        )
        .await
        .unwrap();
        let mut back = letters(&house, (0, 0, 0)).await;
        back.retain(|letter| letter.text.contains("Ghi rõ tên tờ gấp"));
        assert_eq!((back.len(), is_to(&back, &a.reporter.email)), (1, 1), "{back:?}");
        assert!(
            back[0]
                .subject
                .starts_with("Báo cáo được trả lại: báo cáo “Kế hoạch"),
            "{}",
            back[0].subject
        );
        assert!(
            back[0]
                .text
                .contains("/quan-tri/so-a/bao-cao-ke-hoach/de-an-471/2020")
        );

        // The day is over: both lack it, A in its own words, and the province learns of both in one letter.
        let late = morning(&house, 11).await;
        let own: Vec<_> = late
            .iter()
            .filter(|letter| letter.to.contains(&a.reporter.email))
            .collect();
        assert_eq!(own.len(), 1, "{late:?}");
        assert!(own[0].text.contains("chưa gửi lại"), "{}", own[0].text);
        let province: Vec<_> = late
            .iter()
            .filter(|letter| letter.to.contains(&house.consolidator.email))
            .collect();
        assert_eq!(province.len(), 1, "{late:?}");
        assert!(
            province[0].subject.starts_with("2 cơ quan chưa gửi báo cáo")
                && province[0].text.contains("- Sở A tỉnh Thử")
                && province[0].text.contains("/tinh/ke-hoach/de-an-471/2020"),
            "{province:?}"
        );
        house.end().await.unwrap();
    }
}

/// What was decided meanwhile is said no more: a return that was followed by a new version, a report that was accepted.
#[tokio::test]
async fn what_was_sent_before_the_letter_left_is_not_asked_for() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        furnish::forms_of_kon_tum(&house, &[]).await.unwrap();
        let date = NaiveDate::from_ymd_opt(2020, 12, 4).unwrap();
        house
            .clock
            .set(Moment::from(date.and_hms_opt(1, 0, 0).unwrap().and_utc()));
        assert_eq!(jobs(&house).remind().await.unwrap(), 2, "{engine:?}");
        furnish::contribution(&house, &house.a, &house.in_a, "A", true)
            .await
            .unwrap();
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        accept(&house.province, &officer, house.a.id(), OF, 1)
            .await
            .unwrap();
        let sent = letters(&house, (0, 0, 0)).await;
        let asked: Vec<_> = sent
            .iter()
            .filter(|letter| letter.subject.starts_with("Hạn gửi báo cáo"))
            .collect();
        assert_eq!(asked.len(), 1, "{engine:?}: {sent:?}");
        assert!(asked[0].to.contains(&house.in_b.reporter.email), "{engine:?}");
        house.end().await.unwrap();
    }
}
