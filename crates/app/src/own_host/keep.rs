//! Keeps what a look at a host name showed: whose it is, where it leads, and whether somebody is to be told.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::HostId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::own_host::{Answer, Finding, Standing};
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::EmbedWatch;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::{HostClaim, Led};
use serde_json::json;

use super::record;
use crate::{App, Error};

/// A name that was claimed within so many seconds may have no certificate yet.
const YOUNG_SECONDS: i64 = 3 * 24 * 3600;
/// A domain whose registration ends within so many days is to be renewed.
const RENEW_DAYS: i64 = 60;

/// What a look showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Moment,
    /// What was asked for: a claim that was made anew meanwhile has another.
    pub token: String,
    /// What was said of the proof.
    pub answer: Answer,
    /// What else is to be said.
    pub findings: Vec<Finding>,
}

/// Keeps a look; one that is older than what is kept, or of another claim, changes nothing. Returns how the claim stands now.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "own_host.keep", skip_all)]
pub async fn keep(app: &App, ctx: &Ctx, id: HostId, look: Look) -> Result<Standing, Error> {
    let mut agency = app.open(ctx).await?;
    let old = agency.host_claim_held(id).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<EmbedWatch>(&Nothing)?;
    if old.token != look.token || old.looked_at.is_some_and(|looked| looked >= look.at) {
        return Ok(old.claim.standing());
    }
    let mut findings = look.findings;
    if findings.contains(&Finding::Silent) {
        // Nothing is known of the way: what was the matter still is.
        findings.extend(
            old.findings
                .iter()
                .filter(|finding| finding.is_of_the_way())
                .cloned(),
        );
    }
    let seen = old.claim.seen(look.answer, look.at);
    let taken = seen.serves() && agency.host_leads(&old.host).await? == Led::ToAnother;
    if taken {
        findings.push(Finding::Taken);
    }
    let renew = look.at.plus_seconds(RENEW_DAYS * 24 * 3600).day();
    if let Some(day) = old.registered_until.filter(|day| *day <= renew && seen.serves()) {
        findings.push(Finding::RegistrationEnds { day });
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.weight()));
    let new = HostClaim {
        // Proved, and another shows it: nothing changes until that one lets go.
        claim: if taken { old.claim } else { seen },
        findings,
        looked_at: Some(look.at),
        ..old.clone()
    };
    agency.keep_host_look(&permit, &new, look.at).await?;
    let (before, after) = (old.claim.standing(), new.claim.standing());
    if before != after {
        let detail = json!({
            "before": before.word(), "after": after.word(), "finding": new.findings.first().map(Finding::says),
        });
        agency
            .record(ctx, record(Action::EmbedWatch, verb(after), &new, detail))
            .await?;
    }
    if is_news(&old, &new, look.at) {
        agency.send(ctx, &Message::HostTroubled { host: id }).await?;
    }
    agency.save().await?;
    Ok(after)
}

/// Whether something is the matter with a name that showed the section, and was not the last time. Who only waits looks at the page.
fn is_news(old: &HostClaim, new: &HostClaim, now: Moment) -> bool {
    let known = |finding: &Finding| old.findings.iter().any(|before| before.same_matter(finding));
    let young = now < old.claim.claimed_at.plus_seconds(YOUNG_SECONDS);
    let told = |finding: &Finding| match finding {
        // The fault may be ours, and then it is of every name at once.
        Finding::Silent => false,
        // Ordered when somebody first comes.
        Finding::NoCertificate { .. } => !young,
        _ => true,
    };
    let stopped = |claim: &HostClaim| claim.claim.standing() == Standing::Suspended;
    new.claim.proved_at.is_some()
        && (!stopped(old) && stopped(new)
            || new
                .findings
                .iter()
                .any(|finding| told(finding) && !known(finding)))
}

const fn verb(standing: Standing) -> &'static str {
    match standing {
        Standing::Waiting => "Chờ chứng minh tên miền",
        Standing::Serving => "Tên miền riêng được dùng",
        Standing::Losing => "Tên miền riêng mất bản ghi TXT",
        Standing::Suspended => "Tạm ngừng tên miền riêng",
        Standing::Released => "Thôi giữ tên miền riêng",
    }
}
