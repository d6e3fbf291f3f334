//! Routes that everybody may read: the province's pages, and a section however it is reached.

use axum::handler::Handler;

use super::{Audience, Keep, Route};
use crate::arrival::Table;
use crate::csp::Csp;
use crate::public::{
    about, card, count, feed, figures, fragment, front, item, list, oembed, pack, register, search, section,
    sitemap, widget,
};
use crate::state::AppState;

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
        Route::get(Province, "/anh/{card}", everybody, card::province)
            .keep(Keep::Immutable)
            .csp(Csp::Locked)
            .limited(1),
        file(Province, "/feed.atom", feed::province).keep(Keep::Page(feed::KEYS)),
        file(Province, "/feed.rss", feed::province).keep(Keep::Page(feed::KEYS)),
        file(Province, "/feed.json", feed::province).keep(Keep::Page(feed::KEYS)),
        file(Province, "/lich.ics", feed::province_calendar),
        file(Province, "/sitemap.xml", sitemap::province).keep(Keep::Page(&["trang"])),
        file(Province, "/robots.txt", sitemap::province_robots),
        Route::get(Province, "/oembed", everybody, oembed::show)
            .keep(Keep::Page(oembed::KEYS))
            .csp(Csp::Locked)
            .shared(),
        Route::get(Section, fragment::PATH, everybody, fragment::show)
            .keep(Keep::Page(fragment::KEYS))
            .for_listed(),
        Route::get(Section, "/goi.zip", everybody, pack::show)
            .keep(Keep::Page(&[]))
            .csp(Csp::Locked)
            .limited(10)
            .of_key(),
        Route::get(Section, "/o/danh-sach", everybody, widget::list)
            .keep(Keep::Page(widget::KEYS))
            .of_key(),
        Route::get(Section, "/o/tim-kiem", everybody, widget::search)
            .keep(Keep::Page(&[]))
            .of_key(),
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
            .csp(Csp::Locked)
            .limited(1),
        Route::get(Section, "/anh/{card}", everybody, card::show)
            .keep(Keep::Immutable)
            .csp(Csp::Locked)
            .limited(1),
        file(Section, "/feed.atom", feed::section).keep(Keep::Page(feed::KEYS)),
        file(Section, "/feed.rss", feed::section).keep(Keep::Page(feed::KEYS)),
        file(Section, "/feed.json", feed::section).keep(Keep::Page(feed::KEYS)),
        file(Section, "/loai/{kind}/feed.atom", feed::kind).keep(Keep::Page(feed::KEYS)),
        file(Section, "/loai/{kind}/feed.rss", feed::kind).keep(Keep::Page(feed::KEYS)),
        file(Section, "/loai/{kind}/feed.json", feed::kind).keep(Keep::Page(feed::KEYS)),
        file(Section, "/lich.ics", feed::calendar),
        file(Section, "/sitemap.xml", sitemap::section).keep(Keep::Page(&["trang"])),
        file(Section, "/robots.txt", sitemap::robots),
    ]
}

/// A kept file that is no page.
fn file<H, T>(table: Table, path: &'static str, handler: H) -> Route
where
    H: Handler<T, AppState>,
    T: 'static,
{
    Route::get(table, path, Audience::Visitor, handler)
        .keep(Keep::Page(&[]))
        .csp(Csp::Locked)
}
