//! Routes of the register of tổ hòa giải: the list as of a day, one group, what is written down of it, a pasted table.

use pbgdpl_model::policy::Action;

use super::{Audience::Staff, Route, TEXT_BYTES};
use crate::arrival::Table::Desk;
use crate::desk::mediation;

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    let read = Staff(Action::RegisterRead);
    let write = Staff(Action::RegisterWrite);
    vec![
        Route::get(Desk, "/quan-tri/{agency}/to-hoa-giai", read, mediation::list),
        Route::post(Desk, "/quan-tri/{agency}/to-hoa-giai", write, mediation::add),
        Route::get(Desk, "/quan-tri/{agency}/to-hoa-giai/moi", write, mediation::new),
        Route::get(
            Desk,
            "/quan-tri/{agency}/to-hoa-giai/danh-sach.csv",
            read,
            mediation::csv,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/to-hoa-giai/bang-mau.csv",
            write,
            mediation::template,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/to-hoa-giai/dan-bang",
            write,
            mediation::paste,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/to-hoa-giai/dan-bang",
            write,
            mediation::pasted,
        )
        .body(TEXT_BYTES),
        Route::get(
            Desk,
            "/quan-tri/{agency}/to-hoa-giai/{group}",
            read,
            mediation::show,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/to-hoa-giai/{group}/viec/{step}",
            write,
            mediation::work,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/to-hoa-giai/{group}/viec/{step}",
            write,
            mediation::do_work,
        ),
    ]
}
