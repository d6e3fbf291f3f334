//! Enters somebody who was recognised before the register was kept here, with the decision.

use chrono::NaiveDate;
use pbgdpl_model::id::EntryId;
use pbgdpl_model::register::{Decision, Details, Level, Problem, Standing, State, of_decision, of_details};
use pbgdpl_scope::action::RegisterDecide;
use pbgdpl_scope::{Ctx, Nothing};

use crate::register::{Outcome, begin, level_is_open};
use crate::{App, Error};

/// Somebody recognised.
#[derive(Debug, Clone)]
pub struct Enter {
    /// Who.
    pub details: Details,
    /// At which level.
    pub level: Level,
    /// The decision.
    pub decision: Decision,
    /// First day of the recognition.
    pub from: NaiveDate,
}

/// Enters the person; everybody may read the name from now on.
///
/// # Errors
/// [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.enter", skip_all)]
pub async fn enter(app: &App, ctx: &Ctx, order: Enter) -> Result<Outcome<EntryId>, Error> {
    let permit = ctx.permit::<RegisterDecide>(&Nothing)?;
    let today = ctx.now().day();
    let mut problems = of_details(&order.details);
    problems.extend(of_decision(&order.decision, today));
    if order.from > today {
        problems.push(Problem::new("from", "ở tương lai. Ghi ngày không sau hôm nay."));
    }
    let standing = Standing {
        state: State::Recognised,
        level: order.level,
        received: None,
        recognition: Some(order.decision),
        ending: None,
        case: String::new(),
    };
    problems.extend(level_is_open(&standing, order.from));
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let verb = "Ghi người đã được công nhận";
    begin(app, ctx, &permit, order.details, standing, order.from, verb).await
}
