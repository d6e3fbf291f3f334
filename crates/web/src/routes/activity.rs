//! Routes of activities: the agency's figures, list, form, one activity, counting, correcting, evidence, shares in others' activities.

use pbgdpl_model::policy::Action;

use super::{Audience::Staff, FILE_BYTES, Route};
use crate::arrival::Table::Desk;
use crate::desk::{activity, figures};

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    let read = Staff(Action::ActivityRead);
    let write = Staff(Action::ActivityWrite);
    let correct = Staff(Action::ActivityCorrect);
    let share = Staff(Action::ActivityConfirmShare);
    vec![
        Route::get(Desk, "/quan-tri/{agency}/so-lieu", read, figures::show),
        Route::get(Desk, "/quan-tri/{agency}/hoat-dong", read, activity::list),
        Route::post(Desk, "/quan-tri/{agency}/hoat-dong", write, activity::create),
        Route::get(Desk, "/quan-tri/{agency}/hoat-dong/moi", write, activity::new),
        Route::get(
            Desk,
            "/quan-tri/{agency}/hoat-dong/{activity}",
            read,
            activity::show,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/hoat-dong/{activity}/sua",
            write,
            activity::edit,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/hoat-dong/{activity}/sua",
            write,
            activity::save,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/hoat-dong/{activity}/ghi-so",
            Staff(Action::ActivityRecord),
            activity::record,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/hoat-dong/{activity}/dinh-chinh",
            correct,
            activity::correction,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/hoat-dong/{activity}/dinh-chinh",
            correct,
            activity::correct,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/hoat-dong/{activity}/huy",
            correct,
            activity::reverse,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/hoat-dong/{activity}/minh-chung",
            write,
            activity::attach,
        )
        .body(FILE_BYTES),
        Route::get(
            Desk,
            "/quan-tri/{agency}/hoat-dong/{activity}/minh-chung/{media}",
            read,
            activity::open,
        ),
        Route::get(Desk, "/quan-tri/{agency}/phoi-hop", share, activity::shares),
        Route::post(
            Desk,
            "/quan-tri/{agency}/phoi-hop/{activity}/tra-loi",
            share,
            activity::answer,
        ),
    ]
}
