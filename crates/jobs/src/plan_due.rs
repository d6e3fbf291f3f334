//! Reports on plans whose last day is near: a word to who must send them, and to the province about who did not. Looked for with
//! the forms, every hour; each letter comes once.

use std::collections::BTreeSet;

use pbgdpl_app::plan::plans;
use pbgdpl_mail::letter::{ReportDue, ReportsLate};
use pbgdpl_model::agency::Status;
use pbgdpl_model::plan::{PlanReminder, is_asked};
use pbgdpl_model::policy::Role;
use pbgdpl_model::report::Nearness;
use pbgdpl_province::plan::due::{PlanNotSent, due};
use pbgdpl_scope::{ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::machinery::outbox::{Follower, Header};
use pbgdpl_store::province::Decision;

use crate::failure::Failure;
use crate::letter::{addressed, for_holders, send, still_there};
use crate::report_due::{SPEAKER, for_role, of_nobody, of_the_province, when, who_must_send};
use crate::work::Work;

/// The letter to one of those who must send a report on a plan.
pub(crate) const LETTER: &str = "letter-plan-due";
/// The letter to one of those who wait for them in the province.
pub(crate) const LATE: &str = "letter-plans-late";

const NAME: &str = "plan-due";

async fn not_sent(work: &Work) -> Result<Vec<PlanNotSent>, Failure> {
    let snapshot = work.app.store().registry().now();
    let ctx = ProvinceCtx::of_system(snapshot, NAME, work.app.now(), RequestId::new(NAME.into()));
    Ok(due(&work.province, &ctx).await?)
}

/// The letters of this day.
pub(crate) async fn letters(work: &Work) -> Result<Vec<Follower>, Failure> {
    let lacking = not_sent(work).await?;
    let mut letters = Vec::new();
    for report in &lacking {
        letters.extend(to_who_must_send(work, report).await?);
    }
    let late: BTreeSet<&PlanReminder> = lacking
        .iter()
        .map(|report| &report.reminder)
        .filter(|reminder| reminder.nearness == Nearness::Late)
        .collect();
    if !late.is_empty() {
        let members = of_the_province(work).await?;
        for reminder in late {
            let readers = for_role(&members, Role::ProvinceReporter);
            letters.extend(of_nobody(readers, LATE, &reminder.to_string()));
        }
    }
    Ok(letters)
}

/// A week before it the reporter; from the eve on those too who answer for the agency.
async fn to_who_must_send(work: &Work, report: &PlanNotSent) -> Result<Vec<Follower>, Failure> {
    let tenant = work.tenant(report.tenant)?;
    // Nobody can write where the section rests.
    if tenant.status() != Status::Open {
        return Ok(Vec::new());
    }
    let about = report.reminder.to_string();
    for_holders(
        work,
        LETTER,
        &tenant,
        who_must_send(report.reminder.nearness),
        &about,
    )
    .await
}

/// Tells one of those who must send, unless it was sent meanwhile, or a later word is due.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let tenant = work.tenant_of(header)?;
    let (to, what) = addressed(header)?;
    let reminder = read(what)?;
    let Some(report) = lacks(work, &tenant, &reminder).await? else {
        return Ok(());
    };
    let mut reader = None;
    for role in [Role::Reporter, Role::AgencyAdmin] {
        if reader.is_none() {
            reader = still_there(work, to, tenant.id().into(), Some(role)).await?;
        }
    }
    let Some(reader) = reader else {
        return Ok(());
    };
    let today = work.app.now().day();
    let words = ReportDue {
        agency: tenant.official(today),
        lacks: report.lacks,
        form: &plan_words(&report.title),
        period: &report.term,
        due: reminder.due,
        when: &when(today, reminder.due),
        link: &work.desk_link(&tenant, &place(&reminder.plan, reminder.year)),
    };
    send(work, header, SPEAKER, &words, &reader).await
}

struct Lacking {
    title: String,
    term: String,
    lacks: &'static str,
}

/// What an agency's report lacks at this moment, read through its own door; nothing where there is nothing to say.
async fn lacks(work: &Work, tenant: &Tenant, reminder: &PlanReminder) -> Result<Option<Lacking>, Failure> {
    let reader = work.app.store().read().tenant(tenant).await?;
    let plans = plans(&reader).await?;
    let today = work.app.now().day();
    let Some(plan) = plans.of_year(&reminder.plan, reminder.year) else {
        return Ok(None);
    };
    if plans.due(&plan.id, reminder.year) != Some(reminder.due)
        || Nearness::of(today, reminder.due) != Some(reminder.nearness)
        || !is_asked(plan, tenant.agency(), reminder.year)
    {
        return Ok(None);
    }
    let sent = reader.sent_contributions(&plan.id, reminder.year).await?;
    if sent.iter().any(|sent| sent.decision == Decision::Accepted) {
        return Ok(None);
    }
    // The newest comes first.
    let lacks = match sent.first().map(|sent| sent.decision) {
        None => "chưa gửi",
        Some(Decision::Returned) => "chưa gửi lại",
        Some(_) => return Ok(None),
    };
    Ok(Some(Lacking {
        title: plan.title.clone(),
        term: plan.term_words(reminder.year),
        lacks,
    }))
}

/// Tells one of those who wait who is still late.
pub(crate) async fn late(work: &Work, header: &Header) -> Result<(), Failure> {
    let (to, what) = addressed(header)?;
    let reminder = read(what)?;
    let mut lacking = not_sent(work).await?;
    lacking.retain(|report| report.reminder == reminder);
    let Some(first) = lacking.first() else {
        return Ok(());
    };
    let province = work.app.store().registry().now().province().id;
    let Some(reader) = still_there(work, to, province.into(), Some(Role::ProvinceReporter)).await? else {
        return Ok(());
    };
    let agencies: Vec<&str> = lacking.iter().map(|report| report.name.as_str()).collect();
    let words = ReportsLate {
        agencies: &agencies,
        form: &plan_words(&first.title),
        period: &first.term,
        due: reminder.due,
        link: &format!("{}/tinh/ke-hoach/{}/{}", work.desk, reminder.plan, reminder.year),
    };
    send(work, header, SPEAKER, &words, &reader).await
}

fn read(what: &str) -> Result<PlanReminder, Failure> {
    PlanReminder::read(what).ok_or_else(|| Failure::never("the subject names no report on a plan"))
}

/// As people call it: `báo cáo “Kế hoạch …”`.
pub(crate) fn plan_words(title: &str) -> String {
    format!("báo cáo “{title}”")
}

/// Where it stands on the agency's desk.
pub(crate) fn place(plan: &str, year: i32) -> String {
    format!("bao-cao-ke-hoach/{plan}/{year}")
}
