//! Routes that everybody may read: the province's pages, and a section however it is reached.

use super::{Audience, Keep, Route};
use crate::arrival::Table;
use crate::csp::Csp;
use crate::public::{about, count, feed, figures, front, item, list, register, search, section};

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    use Table::{Province, Section};
    let everybody = Audience::Visitor;
    vec![
        Route::get(Province, "/", everybody, front::show).keep(Keep::Page(&[])),
        Route::get(Province, "/tim-kiem", everybody, search::province).keep(Keep::Page(&["q", "trang"])),
        Route::get(Province, "/so-lieu", everybody, figures::list).keep(Keep::Page(&[])),
        Route::get(Province, "/so-lieu/{figure}", everybody, figures::show).keep(Keep::Page(&[])),
        Route::get(Province, "/so-lieu/{figure}/du-lieu.csv", everybody, figures::csv)
            .keep(Keep::Page(&[]))
            .csp(Csp::Locked)
            .shared(),
        Route::get(
            Province,
            "/so-lieu/{figure}/du-lieu.json",
            everybody,
            figures::json,
        )
        .keep(Keep::Page(&[]))
        .csp(Csp::Locked)
        .shared(),
        Route::get(Province, "/feed.atom", everybody, feed::province_atom)
            .keep(Keep::Page(&[]))
            .csp(Csp::Locked),
        Route::get(Province, "/sitemap.xml", everybody, feed::province_sitemap)
            .keep(Keep::Page(&[]))
            .csp(Csp::Locked),
        Route::get(Province, "/robots.txt", everybody, feed::province_robots)
            .keep(Keep::Page(&[]))
            .csp(Csp::Locked),
        Route::get(Section, "/", everybody, section::show).keep(Keep::Page(&[])),
        Route::get(Section, "/bai/{item}", everybody, item::show).keep(Keep::Page(&[])),
        Route::get(Section, "/loai/{kind}", everybody, list::show).keep(Keep::Page(&["trang"])),
        Route::get(Section, "/tim-kiem", everybody, search::section).keep(Keep::Page(&["q", "trang"])),
        Route::get(Section, "/gioi-thieu", everybody, about::about).keep(Keep::Page(&[])),
        Route::get(Section, "/bao-cao-vien", everybody, register::show).keep(Keep::Page(&["trang"])),
        Route::get(Section, "/lien-he", everybody, about::contact).keep(Keep::Page(&[])),
        Route::get(Section, "/so-lieu/{figure}", everybody, figures::framed)
            .keep(Keep::Page(&[]))
            .of_province(),
        Route::post(Section, "/dem", everybody, count::take)
            .body(count::LONGEST_BODY)
            .csp(Csp::Locked),
        Route::get(Section, "/feed.atom", everybody, feed::atom)
            .keep(Keep::Page(&[]))
            .csp(Csp::Locked),
        Route::get(Section, "/feed.json", everybody, feed::json)
            .keep(Keep::Page(&[]))
            .csp(Csp::Locked),
        Route::get(Section, "/sitemap.xml", everybody, feed::sitemap)
            .keep(Keep::Page(&[]))
            .csp(Csp::Locked),
        Route::get(Section, "/robots.txt", everybody, feed::robots)
            .keep(Keep::Page(&[]))
            .csp(Csp::Locked),
    ]
}
