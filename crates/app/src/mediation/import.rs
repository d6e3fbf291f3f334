//! Enters many groups at once, from a table: all of them or, where one row is wrong, none.

use pbgdpl_model::id::GroupId;
use pbgdpl_model::mediation::Problem;
use pbgdpl_scope::action::RegisterWrite;
use pbgdpl_scope::{Ctx, Nothing};

use super::{NewGroup, begun, codes, problems, same, write};
use crate::{App, Error};

/// The most rows that are taken at once.
pub const MOST: usize = 300;

/// What came of it.
#[derive(Debug)]
pub enum Imported {
    /// All were entered.
    Done(Vec<GroupId>),
    /// Nothing was: what is wrong, by the number of the row, from 1.
    Refused(Vec<(usize, Problem)>),
}

/// What is wrong with a table of so many rows: it is empty, or longer than [`MOST`].
#[must_use]
pub fn of_length(rows: usize) -> Option<Problem> {
    let fits = (1..=MOST).contains(&rows);
    (!fits).then(|| {
        let reason = format!("cần từ 1 đến {MOST} dòng. Dán lại bảng.");
        Problem::new("table", reason)
    })
}

/// Enters the groups.
///
/// # Errors
/// [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "mediation.import", skip_all)]
pub async fn import(app: &App, ctx: &Ctx, rows: &[NewGroup]) -> Result<Imported, Error> {
    let permit = ctx.permit::<RegisterWrite>(&Nothing)?;
    if let Some(problem) = of_length(rows.len()) {
        return Ok(Imported::Refused(vec![(0, problem)]));
    }
    let mut agency = app.open(ctx).await?;
    agency.hold_ledger().await?;
    let at = app.now();
    let today = ctx.now().day();
    let communes = codes(&agency, ctx).await?;
    let mut groups = agency.mediation_groups().await?;
    let before = groups.len();
    let mut wrong = Vec::new();
    for (row, number) in rows.iter().zip(1..) {
        let found = problems(row, &communes, today);
        if found.is_empty() {
            match same(&groups, &row.details, today) {
                Some(_) => wrong.push((number, twice())),
                None => groups.push(begun(ctx, at, row, "Nhập tổ hòa giải từ bảng").0),
            }
        }
        wrong.extend(found.into_iter().map(|problem| (number, problem)));
    }
    if !wrong.is_empty() {
        return Ok(Imported::Refused(wrong));
    }
    let new: Vec<_> = groups.split_off(before);
    for (group, row) in new.iter().zip(rows) {
        let (_, facts) = begun(ctx, at, row, "Nhập tổ hòa giải từ bảng");
        write(&mut agency, ctx, &permit, group, &facts).await?;
    }
    agency.save().await?;
    Ok(Imported::Done(new.into_iter().map(|group| group.id).collect()))
}

fn twice() -> Problem {
    Problem::new(
        "name",
        "đã có trong sổ hoặc ở dòng trên: cùng tên, cùng thôn, cùng xã. Bỏ dòng này.",
    )
}
