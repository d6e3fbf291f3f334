//! The province's form by another structure: the same reports, gathered under the units that stand on a day.

use pbgdpl_model::report::{Cells, Redrawn};
use pbgdpl_model::structure::View;
use pbgdpl_pages::desk::report::{LineOf, Marks, Sheet};
use pbgdpl_pages::province::report::ConsolidationPage;
use pbgdpl_province::report::Term;
use pbgdpl_province::report::consolidate::{Made, redraw};
use pbgdpl_vietnamese::number::grouped;

use super::sum_address;
use crate::error::Error;
use crate::extract::Officer;
use crate::oversight::structure;
use crate::state::AppState;

/// Draws the sheet of the page by the structure that is asked for.
pub(super) async fn by_structure(
    state: &AppState,
    officer: &Officer,
    (made, version): (&Made, Option<i32>),
    view: View,
    page: &mut ConsolidationPage,
) -> Result<(), Error> {
    let term = Term {
        kind: made.span.kind,
        year: made.span.year,
    };
    let here = sum_address(&made.form.id, term);
    let version = version.map(|version| ("ban".to_owned(), version.to_string()));
    let hidden = version.into_iter().collect();
    let mut equal = String::new();
    if view != View::AsWas {
        let drawn = redraw(&state.province, &officer.ctx, made, view).await?;
        let name = officer.ctx.snapshot().province().name.clone();
        let lines = drawn.lines.iter().map(|line| LineOf {
            key: &line.key,
            label: &line.label,
            kind: line.kind,
            cells: &line.cells,
        });
        page.sheet = Some(Sheet::draw(&made.form, &made.span, &name, lines, Marks::NONE));
        equal = equal_sums(&drawn);
    }
    page.structure = Some(structure::choice(
        view,
        officer.ctx.now().day(),
        &here,
        hidden,
        equal,
    ));
    Ok(())
}

/// Both sums, column by column.
fn equal_sums(drawn: &Redrawn) -> String {
    let figures = |cells: &Cells| {
        let told = cells
            .iter()
            .filter_map(|(column, cell)| Some(format!("({column}) {}", grouped(cell.total()?))));
        told.collect::<Vec<_>>().join("; ")
    };
    let as_was = figures(&drawn.as_was);
    if drawn.is_equal() {
        format!(
            "Tổng toàn tỉnh theo hai cách bằng nhau ở mọi cột: {as_was}. Bản chốt luôn giữ như khi phát sinh."
        )
    } else {
        format!(
            "Tổng toàn tỉnh theo hai cách khác nhau. Như khi phát sinh: {as_was}. Theo tổ chức: {}.",
            figures(&drawn.as_it_is)
        )
    }
}
