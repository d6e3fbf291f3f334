//! Routes of an agency's desk besides its items, activities and forms: people, settings, embedding.

use pbgdpl_model::policy::Action;

use super::{Audience::Staff, Route};
use crate::arrival::Table::Desk;
use crate::csp::Csp;
use crate::desk::{embed, engagement, member, profile};

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            Desk,
            "/quan-tri/{agency}/thanh-vien",
            Staff(Action::MemberRead),
            member::show,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/thanh-vien",
            Staff(Action::MemberGrant),
            member::grant,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/thanh-vien/thoi",
            Staff(Action::MemberRevoke),
            member::revoke,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/thiet-lap",
            Staff(Action::AgencySettings),
            profile::form,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/thiet-lap",
            Staff(Action::AgencySettings),
            profile::change,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/luot-doc",
            Staff(Action::ArticleRead),
            engagement::show,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/luot-doc/ngay.csv",
            Staff(Action::ArticleRead),
            engagement::csv,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/gan",
            Staff(Action::EmbedRead),
            embed::list,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/gan",
            Staff(Action::EmbedWrite),
            embed::add,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/gan/{embed}",
            Staff(Action::EmbedRead),
            embed::show,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/gan/{embed}",
            Staff(Action::EmbedWrite),
            embed::change,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/gan/{embed}/xem",
            Staff(Action::EmbedRead),
            embed::preview::show,
        )
        .csp(Csp::Preview),
        Route::post(
            Desk,
            "/quan-tri/{agency}/gan/{embed}/doi-ma",
            Staff(Action::EmbedWrite),
            embed::keys::another,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/gan/{embed}/ma-cu/{key}/ngung",
            Staff(Action::EmbedWrite),
            embed::keys::stop,
        ),
    ]
}
