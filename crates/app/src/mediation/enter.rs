//! Enters a tổ hòa giải with the decision that founded it and the mediators it has.

use pbgdpl_model::id::GroupId;
use pbgdpl_scope::action::RegisterWrite;
use pbgdpl_scope::{Ctx, Nothing};

use super::{NewGroup, Outcome, begun, codes, problems, same, write};
use crate::{App, Error};

/// Enters the group.
///
/// # Errors
/// [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "mediation.enter", skip_all)]
pub async fn enter(app: &App, ctx: &Ctx, new: NewGroup) -> Result<Outcome<GroupId>, Error> {
    let permit = ctx.permit::<RegisterWrite>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    agency.hold_ledger().await?;
    let at = app.now();
    let today = ctx.now().day();
    let wrong = problems(&new, &codes(&agency, ctx).await?, today);
    if !wrong.is_empty() {
        return Ok(Outcome::Unmet(wrong));
    }
    // Whoever waits for this lock by a second click finds what the first one wrote.
    if let Some(known) = same(&agency.mediation_groups().await?, &new.details, today) {
        return Ok(Outcome::Known(known));
    }
    let (group, facts) = begun(ctx, at, &new, "Ghi tổ hòa giải");
    write(&mut agency, ctx, &permit, &group, &facts).await?;
    agency.save().await?;
    Ok(Outcome::Done(group.id))
}
