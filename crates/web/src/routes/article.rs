//! Routes: what waits for a person in an agency, and its items.

use pbgdpl_model::policy::Action;

use super::Audience::Staff;
use super::{FILE_BYTES, Route, TEXT_BYTES};
use crate::arrival::Table::Desk;
use crate::desk::article::{acts, list, picture, reading, version, write};
use crate::desk::task;

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    let (read, write_) = (Staff(Action::ArticleRead), Staff(Action::ArticleWrite));
    vec![
        Route::get(Desk, "/quan-tri/{agency}", read, task::show),
        Route::get(Desk, "/quan-tri/{agency}/bai", read, list::show),
        Route::post(Desk, "/quan-tri/{agency}/bai", write_, write::add).body(TEXT_BYTES),
        Route::get(Desk, "/quan-tri/{agency}/bai/moi", write_, write::blank),
        Route::get(Desk, "/quan-tri/{agency}/bai/{id}", read, reading::show),
        Route::get(Desk, "/quan-tri/{agency}/bai/{id}/sua", write_, write::form),
        Route::post(Desk, "/quan-tri/{agency}/bai/{id}/sua", write_, write::change).body(TEXT_BYTES),
        Route::post(Desk, "/quan-tri/{agency}/bai/{id}/anh", write_, picture::bring).body(FILE_BYTES),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bai/{id}/gui-duyet",
            Staff(Action::ArticleSubmit),
            acts::send,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bai/{id}/tra-lai",
            Staff(Action::ArticleReturn),
            acts::give_back,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bai/{id}/cong-bo",
            Staff(Action::ArticleApprove),
            acts::publish,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bai/{id}/go",
            Staff(Action::ArticleWithdraw),
            acts::take_back,
        ),
        Route::get(Desk, "/quan-tri/{agency}/bai/{id}/ban", read, version::list),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bai/{id}/ban/{number}",
            read,
            version::show,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bai/{id}/ban/{number}/khoi-phuc",
            write_,
            acts::bring_back,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bai/{id}/so-sanh",
            read,
            version::compare,
        ),
    ]
}
