//! Reports whose last day is near: a word to who must send them, and to the province about who did not (REP-07, NOT-08).
//!
//! Looked for every hour on every node; each letter comes once, because its outbox row is named by what it is about.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use pbgdpl_app::report::forms;
use pbgdpl_mail::letter::{ReportDue, ReportsLate};
use pbgdpl_model::agency::Status;
use pbgdpl_model::policy::Role;
use pbgdpl_model::report::{Nearness, Reminder, period_word};
use pbgdpl_province::report::due::{NotSent, due};
use pbgdpl_scope::{ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::identity::Membership;
use pbgdpl_store::machinery::outbox::{Follower, Header};
use pbgdpl_store::province::Decision;
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::letter::{addressed, for_holders, send, still_there};
use crate::plan_due;
use crate::report_decided::{form_words, period_words};
use crate::schedule::Round;
use crate::work::Work;

/// The letter to one of those who must send a report.
pub(crate) const LETTER: &str = "letter-report-due";
/// The letter to one of those who wait for reports in the province.
pub(crate) const LATE: &str = "letter-reports-late";

const NAME: &str = "report-due";
const EVERY: Duration = Duration::from_secs(3600);
/// Who speaks to the agencies.
pub(crate) const SPEAKER: &str = "Sở Tư pháp";

/// Looks at the start, then every hour, until stopped.
pub(crate) async fn hourly(work: Arc<Work>, stop: CancellationToken) {
    let round = Round {
        every: EVERY,
        cut: false,
        done: "reminders of reports",
        failed: "nobody is reminded yet",
    };
    round.go(work, stop, async |work| run(&work).await).await;
}

/// Leaves the letters of this day; returns how many are new.
pub(crate) async fn run(work: &Work) -> Result<u64, Failure> {
    let lacking = not_sent(work).await?;
    let mut letters = Vec::new();
    for report in &lacking {
        letters.extend(to_who_must_send(work, report).await?);
    }
    letters.extend(to_who_waits(work, &lacking).await?);
    letters.extend(plan_due::letters(work).await?);
    Ok(work
        .app
        .store()
        .machinery()
        .add_once(&letters, work.app.now())
        .await?)
}

async fn not_sent(work: &Work) -> Result<Vec<NotSent>, Failure> {
    let snapshot = work.app.store().registry().now();
    let ctx = ProvinceCtx::of_system(snapshot, NAME, work.app.now(), RequestId::new(NAME.into()));
    Ok(due(&work.province, &ctx).await?)
}

/// A week before it the reporter; from the eve on those too who answer for the agency.
async fn to_who_must_send(work: &Work, report: &NotSent) -> Result<Vec<Follower>, Failure> {
    let about = report.reminder.to_string();
    let Some(tenant) = report.tenant else {
        let members = of_the_province(work).await?;
        return Ok(of_nobody(
            for_role(&members, Role::ProvinceReporter),
            LETTER,
            &about,
        ));
    };
    let tenant = work.tenant(tenant)?;
    // Nobody can write where the section rests.
    if tenant.status() != Status::Open {
        return Ok(Vec::new());
    }
    for_holders(
        work,
        LETTER,
        &tenant,
        who_must_send(report.reminder.nearness),
        &about,
    )
    .await
}

/// Once a last day is over: one letter with all who are late, to each of those who wait.
async fn to_who_waits(work: &Work, lacking: &[NotSent]) -> Result<Vec<Follower>, Failure> {
    let days: BTreeSet<String> = lacking
        .iter()
        .filter(|report| report.tenant.is_some() && report.reminder.nearness == Nearness::Late)
        .map(|report| of_collection(report).to_string())
        .collect();
    if days.is_empty() {
        return Ok(Vec::new());
    }
    let members = of_the_province(work).await?;
    Ok(days
        .iter()
        .flat_map(|about| of_nobody(for_role(&members, Role::ProvinceReporter), LATE, about))
        .collect())
}

/// The same last day, of all forms that are collected together.
fn of_collection(report: &NotSent) -> Reminder {
    Reminder {
        form: report.collection.clone(),
        ..report.reminder.clone()
    }
}

pub(crate) async fn of_the_province(work: &Work) -> Result<Vec<Membership>, Failure> {
    let province = work.app.store().registry().now().province().id;
    let identity = work.app.store().read().identity().await?;
    Ok(identity.members(province.into()).await?)
}

pub(crate) fn for_role(members: &[Membership], role: Role) -> impl Iterator<Item = &Membership> {
    members.iter().filter(move |member| member.role == role)
}

/// Letters of the province's own: they belong to no agency.
pub(crate) fn of_nobody<'a>(
    readers: impl Iterator<Item = &'a Membership>,
    kind: &'static str,
    about: &str,
) -> Vec<Follower> {
    readers
        .map(|member| Follower {
            tenant: None,
            kind,
            subject: format!("{}/{about}", member.account),
        })
        .collect()
}

/// A week before the last day the reporter; from the eve on those too who answer for the agency.
pub(crate) const fn who_must_send(nearness: Nearness) -> &'static [Role] {
    match nearness {
        Nearness::Week => &[Role::Reporter],
        Nearness::Eve | Nearness::Late => &[Role::Reporter, Role::AgencyAdmin],
    }
}

/// Tells one of those who must send, unless it was sent meanwhile, or a later word is due.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let (to, what) = addressed(header)?;
    let reminder = read(what)?;
    let tenant = header.tenant.map(|tenant| work.tenant(tenant)).transpose()?;
    let (place, roles): (_, &[Role]) = match &tenant {
        Some(tenant) => (tenant.id().into(), &[Role::Reporter, Role::AgencyAdmin]),
        None => (
            work.app.store().registry().now().province().id.into(),
            &[Role::ProvinceReporter],
        ),
    };
    let lacks = match &tenant {
        Some(tenant) => lacks(work, tenant, &reminder).await?,
        None => {
            let open = not_sent(work).await?;
            let still = open
                .iter()
                .any(|report| report.tenant.is_none() && report.reminder == reminder);
            still.then_some("chưa chốt")
        }
    };
    let Some(lacks) = lacks else {
        return Ok(());
    };
    let mut reader = None;
    for role in roles {
        if reader.is_none() {
            reader = still_there(work, to, place, Some(*role)).await?;
        }
    }
    let Some(reader) = reader else {
        return Ok(());
    };
    let today = work.app.now().day();
    let words = ReportDue {
        agency: &speaks_of(work, tenant.as_ref()),
        lacks,
        form: &form_words(&reminder.form),
        period: &period_words(period_word(reminder.period), reminder.year),
        due: reminder.due,
        when: &when(today, reminder.due),
        link: &match &tenant {
            Some(tenant) => work.desk_link(tenant, "bieu"),
            None => province_link(work, "tong-hop", &reminder),
        },
    };
    send(work, header, SPEAKER, &words, &reader).await
}

/// What an agency's report lacks at this moment, read through its own door; nothing where there is nothing to say.
async fn lacks(work: &Work, tenant: &Tenant, reminder: &Reminder) -> Result<Option<&'static str>, Failure> {
    let reader = work.app.store().read().tenant(tenant).await?;
    let forms = forms(&reader).await?;
    let span = forms.span(reminder.period, reminder.year);
    let span = span.filter(|span| span.withdrawn().is_none());
    let due = span.and_then(|span| forms.due(&reminder.form, &span));
    let today = work.app.now().day();
    if due != Some(reminder.due) || Nearness::of(today, reminder.due) != Some(reminder.nearness) {
        return Ok(None);
    }
    let mut sent = reader
        .sent_reports(period_word(reminder.period), reminder.year)
        .await?;
    sent.retain(|report| report.form == reminder.form);
    if sent.iter().any(|report| report.decision == Decision::Accepted) {
        return Ok(None);
    }
    // The newest comes first.
    Ok(match sent.first().map(|report| report.decision) {
        None => Some("chưa gửi"),
        Some(Decision::Returned) => Some("chưa gửi lại"),
        Some(_) => None,
    })
}

/// Tells one of those who wait who is still late.
pub(crate) async fn late(work: &Work, header: &Header) -> Result<(), Failure> {
    let (to, what) = addressed(header)?;
    let reminder = read(what)?;
    let lacking = not_sent(work).await?;
    let late = lacking
        .iter()
        .filter(|report| report.tenant.is_some() && of_collection(report) == reminder);
    let agencies: Vec<&str> = late.map(|report| report.name.as_str()).collect();
    if agencies.is_empty() {
        return Ok(());
    }
    let province = work.app.store().registry().now().province().id;
    let Some(reader) = still_there(work, to, province.into(), Some(Role::ProvinceReporter)).await? else {
        return Ok(());
    };
    let words = ReportsLate {
        agencies: &agencies,
        form: &form_words(&reminder.form),
        period: &period_words(period_word(reminder.period), reminder.year),
        due: reminder.due,
        link: &province_link(work, "bao-cao", &reminder),
    };
    send(work, header, SPEAKER, &words, &reader).await
}

fn read(what: &str) -> Result<Reminder, Failure> {
    Reminder::read(what).ok_or_else(|| Failure::never("the subject names no report"))
}

fn speaks_of(work: &Work, tenant: Option<&Tenant>) -> String {
    match tenant {
        Some(tenant) => tenant.official(work.app.now().day()).to_owned(),
        None => work.app.store().registry().now().province().name.clone(),
    }
}

fn province_link(work: &Work, list: &str, reminder: &Reminder) -> String {
    let period = period_word(reminder.period);
    format!(
        "{}/tinh/{list}/{}/{period}/{}",
        work.desk, reminder.form, reminder.year
    )
}

/// How far the last day is, as people say it.
pub(crate) fn when(today: NaiveDate, due: NaiveDate) -> String {
    match (due - today).num_days() {
        0 => "hôm nay".to_owned(),
        1 => "ngày mai".to_owned(),
        left if left > 1 => format!("còn {left} ngày"),
        over => format!("đã quá hạn {} ngày", -over),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_said_as_people_say_it() {
        let due = NaiveDate::from_ymd_opt(2021, 1, 31).unwrap();
        let said = |left: i64| when(due - chrono::Duration::days(left), due);
        assert_eq!(said(7), "còn 7 ngày");
        assert_eq!(said(1), "ngày mai");
        assert_eq!(said(0), "hôm nay");
        assert_eq!(said(-1), "đã quá hạn 1 ngày");
    }
}
