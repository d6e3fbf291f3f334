//! Routes of the register of báo cáo viên pháp luật: the list as of a day, one person, what is written down of them.

use pbgdpl_model::policy::Action;

use super::{Audience::Staff, Route};
use crate::arrival::Table::Desk;
use crate::desk::register;

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    let read = Staff(Action::RegisterRead);
    let write = Staff(Action::RegisterWrite);
    let decide = Staff(Action::RegisterDecide);
    vec![
        Route::get(Desk, "/quan-tri/{agency}/bao-cao-vien", read, register::list),
        Route::post(Desk, "/quan-tri/{agency}/bao-cao-vien", write, register::add),
        Route::get(Desk, "/quan-tri/{agency}/bao-cao-vien/moi", write, register::new),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bao-cao-vien/danh-sach.csv",
            read,
            register::csv,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bao-cao-vien/{entry}",
            read,
            register::show,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bao-cao-vien/{entry}/viec/{step}",
            write,
            register::work,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bao-cao-vien/{entry}/viec/{step}",
            write,
            register::do_work,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bao-cao-vien/{entry}/quyet-dinh/{step}",
            decide,
            register::decision,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bao-cao-vien/{entry}/quyet-dinh/{step}",
            decide,
            register::do_decision,
        ),
    ]
}
