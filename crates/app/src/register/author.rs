//! Who may write the details of somebody down: of what everybody reads, only whoever may decide.

use pbgdpl_model::register::{Entry, Problem, PublicEntry};
use pbgdpl_scope::action::{Act, RegisterDecide, RegisterWrite};
use pbgdpl_scope::{Ctx, Nothing};

use crate::Error;
use crate::register::{Held, New, Outcome, fact};

/// Who writes the details of somebody down.
pub(super) enum Author {
    /// Nothing that everybody may read changes.
    Writes(Held<RegisterWrite>),
    /// What everybody may read of somebody recognised changes at once: whoever decides does that.
    Decides(Held<RegisterDecide>),
}

impl Author {
    /// Appends the fact, in the name of what was asked.
    pub(super) async fn append(self, ctx: &Ctx, new: New<'_>) -> Result<Outcome<i32>, Error> {
        match self {
            Self::Writes(held) => held.append(ctx, new).await,
            Self::Decides(held) => held.append(ctx, new).await,
        }
    }
}

/// Who may write `new` down: of what is public, only whoever may decide.
pub(super) fn author_of(
    held: Held<RegisterWrite>,
    ctx: &Ctx,
    new: &New<'_>,
) -> Result<Result<Author, Vec<Problem>>, Error> {
    let today = ctx.now().day();
    let after = held.entry.with(fact(ctx, held.entry.latest() + 1, new));
    let told = |entry: &Entry| PublicEntry::of(entry, today, str::to_owned);
    let Some((before, after)) = told(&held.entry).zip(told(&after)).filter(|(a, b)| a != b) else {
        return Ok(Ok(Author::Writes(held)));
    };
    match ctx.permit::<RegisterDecide>(&Nothing) {
        Ok(permit) => Ok(Ok(Author::Decides(Held {
            agency: held.agency,
            permit,
            entry: held.entry,
        }))),
        Err(denied) if ctx.could(RegisterDecide::ACTION) => Err(denied.into()),
        Err(_) => Ok(Err(before
            .differs(&after)
            .into_iter()
            .map(|field| {
                Problem::new(
                    field,
                    "đang công khai. Người duyệt của cơ quan mới đổi được mục này.",
                )
            })
            .collect())),
    }
}
