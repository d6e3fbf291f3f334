//! What a person may do with an offline activity: write, count, correct, take back, prove; and with a share in one.

pub mod add_evidence;
pub mod answer_share;
pub mod correct;
pub mod draft;
pub mod receive_answer;
pub mod receive_share;
pub mod record;
pub mod reverse;

use chrono::NaiveDate;
use pbgdpl_model::activity::{Activity, Answer, Content, Kind, Partner, Problem, Stage, Version};
use pbgdpl_model::id::{ActivityId, EntryId, TenantId};
use pbgdpl_model::ledger::NewRow;
use pbgdpl_model::outbox::Message;
use pbgdpl_scope::Ctx;
use pbgdpl_store::tenant::TenantStore;

use crate::{App, Error};

/// What came of an act on an activity.
#[derive(Debug)]
pub enum Outcome<T> {
    /// Done.
    Done(T),
    /// Something must be put right first: every field with its reason.
    Unmet(Vec<Problem>),
    /// Somebody saved in between: their version, to be laid beside what was typed.
    Stale(Box<Version>),
    /// It cannot be done in this stage.
    Stands(Stage),
}

/// What a reporter says of an activity.
#[derive(Debug, Clone)]
pub struct Facts {
    /// What it was.
    pub kind: Kind,
    /// The day it took place.
    pub day: NaiveDate,
    /// What happened, in figures and words.
    pub content: Content,
    /// Agencies that organised it too.
    pub partners: Vec<TenantId>,
}

/// The co-organisers with their names; answers already given stay with those who gave them.
fn partners(app: &App, ctx: &Ctx, named: &[TenantId], before: &[Partner]) -> Result<Vec<Partner>, Problem> {
    let agencies = app.store().registry().now();
    let mut partners: Vec<Partner> = Vec::new();
    for id in named {
        if *id == ctx.tenant().id() {
            let reason = "là chính cơ quan bạn. Chỉ chọn cơ quan khác cùng tổ chức.";
            return Err(Problem::new("partners", reason));
        }
        let Some(agency) = agencies.by_id(*id) else {
            return Err(Problem::new(
                "partners",
                "không có trong danh bạ của tỉnh. Chọn lại.",
            ));
        };
        if partners.iter().any(|partner| partner.tenant == *id) {
            continue;
        }
        partners.push(Partner {
            tenant: *id,
            name: agency.short(ctx.now().day()).to_owned(),
            answer: before
                .iter()
                .find(|partner| partner.tenant == *id)
                .map_or(Answer::Invited, |partner| partner.answer),
        });
    }
    Ok(partners)
}

fn version(ctx: &Ctx, number: i32, facts: &Facts, reason: &str) -> Version {
    Version {
        number,
        kind: facts.kind,
        day: facts.day,
        content: facts.content.clone(),
        reason: reason.to_owned(),
        author: ctx.actor().account(),
        author_name: ctx.actor().name().to_owned(),
        created_at: ctx.now(),
    }
}

/// What is wrong with the people of the register who spoke: each must have been recognised on the day (TRN-15).
async fn speakers(agency: &TenantStore, named: &[EntryId], day: NaiveDate) -> Result<Option<Problem>, Error> {
    if named.is_empty() {
        return Ok(None);
    }
    let register = agency.register().await?;
    let recognised = |id: &EntryId| {
        let entry = register.iter().find(|entry| entry.id == *id);
        entry.is_some_and(|entry| entry.is_recognised_on(day))
    };
    let day = pbgdpl_vietnamese::date::dmy(day);
    Ok((!named.iter().all(recognised)).then(|| {
        let reason =
            format!("có người chưa hoặc không còn được công nhận vào ngày {day}. Bỏ chọn, hoặc sửa ngày.");
        Problem::new("registered", reason)
    }))
}

/// The ledger rows of an activity as it stands.
fn rows(of: &Activity) -> Vec<NewRow> {
    let names: Vec<String> = of.partners.iter().map(|partner| partner.name.clone()).collect();
    of.content.rows(of.id, of.kind, of.latest_version, of.day, &names)
}

/// Tells these co-organisers how the activity stands now; each learns it through its own door.
async fn tell(
    agency: &mut TenantStore,
    ctx: &Ctx,
    activity: ActivityId,
    partners: Vec<TenantId>,
) -> Result<(), Error> {
    for partner in partners {
        agency
            .send(ctx, &Message::ShareInvited { activity, partner })
            .await?;
    }
    Ok(())
}
