//! The summary of the province for leaders (DSH-12): on working days, from the hour that the province set, one letter a day to each of
//! those who asked for it on their account page. Nothing to say, no letter; but on the first working day of a week that all is well.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use pbgdpl_mail::letter::SummaryLetter;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::policy::Action;
use pbgdpl_province::oversight::summary::{Summary, schedule, summary};
use pbgdpl_province::oversight::{Exception, ExceptionKind};
use pbgdpl_scope::{ProvinceCtx, RequestId};
use pbgdpl_store::machinery::outbox::{Follower, Header};
use pbgdpl_vietnamese::Calendar;
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::grouped;
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::letter::{addressed, send, still_there};
use crate::schedule::Round;
use crate::work::Work;

/// The letter to one of them; its subject is `account/day`.
pub(crate) const LETTER: &str = "letter-summary";

const NAME: &str = "summary";
const EVERY: Duration = Duration::from_secs(10 * 60);
/// Names said in a line; the rest is counted.
const NAMES: usize = 6;

/// Looks at the start, then every ten minutes, until stopped.
pub(crate) async fn regularly(work: Arc<Work>, stop: CancellationToken) {
    let round = Round {
        every: EVERY,
        cut: false,
        done: "summaries for leaders",
        failed: "no summary is written yet",
    };
    round.go(work, stop, async |work| run(&work).await).await;
}

/// Leaves the letters of this day, once it is a working day and the hour has come; returns how many are new. The row of a letter is
/// named by its reader and its day: on any number of nodes there is one.
pub(crate) async fn run(work: &Work) -> Result<u64, Failure> {
    let now = work.app.now();
    let (calendar, hour) = schedule(&work.province, &ctx(work)).await?;
    if !calendar.is_working_day(now.day()) || !hour_has_come(now, hour) {
        return Ok(0);
    }
    let province = work.app.store().registry().now().province().id;
    let identity = work.app.store().read().identity().await?;
    let readers = identity.summary_readers(province.into()).await?;
    drop(identity);
    let letters: Vec<Follower> = readers
        .into_iter()
        .map(|reader| Follower {
            tenant: None,
            kind: LETTER,
            subject: format!("{}/{}", reader.account, now.day()),
        })
        .collect();
    Ok(work.app.store().machinery().add_once(&letters, now).await?)
}

fn hour_has_come(now: Moment, hour: u32) -> bool {
    now >= Moment::start_of(now.day()).plus_seconds(i64::from(hour) * 3600)
}

fn ctx(work: &Work) -> ProvinceCtx {
    let snapshot = work.app.store().registry().now();
    ProvinceCtx::of_system(snapshot, NAME, work.app.now(), RequestId::new(NAME.into()))
}

/// Tells one of them, unless they left, want no more, or the day is over.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let (to, what) = addressed(header)?;
    let day: NaiveDate = what
        .parse()
        .map_err(|_| Failure::never("the subject names no day"))?;
    // What waited for a mail server until the next day is told by the letter of that day.
    if day != work.app.now().day() {
        return Ok(());
    }
    let snapshot = work.app.store().registry().now();
    let province = snapshot.province().clone();
    let identity = work.app.store().read().identity().await?;
    let chosen = identity.summary_reader(province.id.into(), to).await?;
    let places = identity.memberships(to).await?;
    drop(identity);
    let roles = places
        .iter()
        .find(|(place, _)| *place == province.id.into())
        .map(|(_, roles)| *roles)
        .unwrap_or_default();
    let may = snapshot.province_policy().could(roles, Action::OversightRead);
    let (Some(chosen), true) = (chosen, may) else {
        return Ok(());
    };
    let Some(reader) = still_there(work, to, province.id.into(), None).await? else {
        return Ok(());
    };
    if chosen.told_on == Some(day) {
        return Ok(());
    }
    let found = summary(&work.province, &ctx(work), (to, roles), chosen.told_on).await?;
    let (calendar, _) = schedule(&work.province, &ctx(work)).await?;
    if found.is_empty() && !begins_week(&calendar, day) {
        return Ok(());
    }
    let (waiting, exceptions, changes) = (waiting(&found), exceptions(&found), changes(&found));
    let words = SummaryLetter {
        province: &province.name,
        day,
        exceptions: &exceptions,
        waiting: &waiting,
        changes: &changes,
        since: chosen.told_on,
        link: &format!("{}/giam-sat", work.desk),
        stop: &format!("{}/tai-khoan#thu-tom-tat", work.desk),
    };
    let speaker = format!("Phổ biến, giáo dục pháp luật {}", province.name);
    send(work, header, &speaker, &words, &reader).await?;
    // Where this fails the letter is sent again under the same name: once in the reader's box.
    let mut identity = work.app.store().identity().await?;
    identity.told_summary(province.id.into(), to, day).await?;
    Ok(identity.save().await?)
}

/// Whether no earlier day of its week is a working day.
fn begins_week(calendar: &Calendar, day: NaiveDate) -> bool {
    let monday = day.week(chrono::Weekday::Mon).first_day();
    let earlier = monday.iter_days().take_while(|earlier| *earlier < day);
    !earlier
        .into_iter()
        .any(|earlier| calendar.is_working_day(earlier))
}

fn count(number: usize) -> String {
    grouped(i64::try_from(number).unwrap_or(i64::MAX))
}

fn waiting(found: &Summary) -> Vec<String> {
    let alarms = usize::try_from(found.alarms).unwrap_or(usize::MAX);
    [
        (found.reports, "báo cáo chờ tiếp nhận"),
        (found.extensions, "đề nghị gia hạn chờ trả lời"),
        (found.figures, "số liệu chờ duyệt công khai"),
        (alarms, "cảnh báo việc lạ chưa có trả lời"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, words)| format!("{} {words}", count(number)))
    .collect()
}

fn exceptions(found: &Summary) -> Vec<String> {
    found
        .exceptions
        .iter()
        .map(|(exception, names)| {
            let rest = names.len().saturating_sub(NAMES);
            let shown: Vec<&str> = names.iter().take(NAMES).map(String::as_str).collect();
            let names = if rest == 0 {
                shown.join(", ")
            } else {
                format!("{} và {rest} cơ quan khác", shown.join(", "))
            };
            format!("{}: {names}", what(exception))
        })
        .collect()
}

fn what(exception: &Exception) -> String {
    let agencies = count(exception.agencies.len());
    let (report, due) = exception.report.as_ref().map_or_else(Default::default, |report| {
        let period = report.period.label().to_lowercase();
        (
            format!("biểu {} kỳ {period} {}", report.family, report.year),
            format!(", hạn {}", dmy(report.due)),
        )
    });
    match exception.kind {
        ExceptionKind::Late | ExceptionKind::DueSoon => {
            let late = if exception.kind == ExceptionKind::Late {
                " (trễ hạn)"
            } else {
                ""
            };
            format!("{agencies} cơ quan chưa gửi {report}{due}{late}")
        }
        ExceptionKind::Silent { quarter } => {
            format!("{agencies} cơ quan không ghi hoạt động nào trong quý {quarter}")
        }
        ExceptionKind::ExtensionAsked => format!("{agencies} cơ quan xin gia hạn {report}"),
        ExceptionKind::OnlyDeclared => {
            format!("{agencies} {report} khai đủ nhưng có số không truy được nguồn")
        }
        ExceptionKind::Returned => format!("{agencies} cơ quan chưa gửi lại {report}"),
        ExceptionKind::Waiting => format!("{agencies} {report} chờ tỉnh tiếp nhận"),
        ExceptionKind::Suspended => format!("{agencies} chuyên mục đang tạm dừng"),
    }
}

fn changes(found: &Summary) -> Vec<String> {
    let line = |(measure, then, now): &(Measure, i64, i64)| {
        let more = now - then;
        let sign = if more < 0 { "giảm" } else { "thêm" };
        format!(
            "{}: {sign} {} {}, cả năm {} là {}",
            label(*measure),
            grouped(more.abs()),
            measure.unit(),
            found.year,
            grouped(*now)
        )
    };
    found.changes.iter().map(line).collect()
}

/// What a measure is called in a letter.
const fn label(measure: Measure) -> &'static str {
    match measure {
        Measure::DirectSessions => "Cuộc phổ biến trực tiếp",
        Measure::DirectAttendees => "Lượt người dự phổ biến trực tiếp",
        Measure::Contests => "Cuộc thi tìm hiểu pháp luật",
        Measure::ContestEntrants => "Lượt người dự thi",
        Measure::MaterialsIssued => "Tài liệu phát hành miễn phí",
        Measure::MaterialsOnline => "Tài liệu đăng tải trên Internet",
        Measure::FundingRegular => "Kinh phí thường xuyên",
        Measure::FundingProgramme => "Kinh phí theo chương trình, đề án",
        Measure::FundingOther => "Kinh phí từ nguồn hỗ trợ khác",
        Measure::Broadcasts => "Lần phát sóng, phát thanh",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_with_its_first_working_day() {
        let day = |day| NaiveDate::from_ymd_opt(2020, 6, day).unwrap();
        let plain = Calendar::default();
        assert!(begins_week(&plain, day(15)), "a Monday");
        assert!(!begins_week(&plain, day(16)));
        // The Monday is off: the week begins on Tuesday.
        let off = Calendar::new([day(15)], []).unwrap();
        assert!(begins_week(&off, day(16)) && !begins_week(&off, day(17)));
    }
}
