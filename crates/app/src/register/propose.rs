//! Writes down a request for recognition, as it was received: the terms of the law run from that day.

use chrono::NaiveDate;
use pbgdpl_model::id::EntryId;
use pbgdpl_model::register::{Details, Level, Standing, State, of_details};
use pbgdpl_scope::action::RegisterWrite;
use pbgdpl_scope::{Ctx, Nothing};

use crate::register::{Outcome, begin, level_is_open, received_by};
use crate::{App, Error};

/// A request.
#[derive(Debug, Clone)]
pub struct Propose {
    /// Who is proposed.
    pub details: Details,
    /// At which level.
    pub level: Level,
    /// The day the request was received.
    pub received: NaiveDate,
}

/// Writes the request down.
///
/// # Errors
/// [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.propose", skip_all)]
pub async fn propose(app: &App, ctx: &Ctx, order: Propose) -> Result<Outcome<EntryId>, Error> {
    let permit = ctx.permit::<RegisterWrite>(&Nothing)?;
    let standing = Standing {
        state: State::Proposed,
        level: order.level,
        received: Some(order.received),
        recognition: None,
        ending: None,
        case: String::new(),
    };
    let mut problems = of_details(&order.details);
    problems.extend(received_by(order.received, ctx));
    problems.extend(level_is_open(&standing, order.received));
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let verb = "Tiếp nhận đề nghị công nhận";
    begin(app, ctx, &permit, order.details, standing, order.received, verb).await
}
