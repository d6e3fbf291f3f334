//! Signing in and the own account: pages of a person, of no agency.

pub mod link;
pub mod own;
pub mod password;
pub mod second_factor;
pub mod sign_in;
pub(crate) mod step_up;
mod visiting;

use axum::response::Response;
use http::{HeaderValue, header};
use pbgdpl_app::account::session::Cookie;
use pbgdpl_model::clock::Moment;
use pbgdpl_pages::Bare;
use pbgdpl_pages::part::Link;
use pbgdpl_vietnamese::date;

use crate::state::AppState;
use crate::{page, session};

pub use visiting::Visiting;

/// The surroundings of the pages of signing in.
fn bare(state: &AppState) -> Bare {
    let province = state.read.registry().now().province().name.clone();
    Bare {
        assets: String::new(),
        accent: "son".into(),
        brand: Some(Link::new(
            province,
            format!("{}/", state.settings.public.as_str()),
        )),
        strap: "Phổ biến, giáo dục pháp luật".into(),
        demo_notice: state.settings.demo,
        embed: false,
    }
}

/// To a page of our own, with a new session.
fn go_with(state: &AppState, to: &str, cookie: &Cookie) -> Response {
    let mut response = page::go(to);
    add_cookie(
        &mut response,
        &session::set_cookie(&state.settings, cookie.value()),
    );
    add_cookie(
        &mut response,
        &session::clear_cookie(&state.settings, session::step_cookie_name(&state.settings)),
    );
    response
}

fn add_cookie(response: &mut Response, line: &str) {
    if let Ok(value) = HeaderValue::from_str(line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// What is wrong with a code.
fn wrong_code(left: u64) -> String {
    format!("mã chưa đúng, đã qua 30 giây hoặc đã dùng rồi. Còn {left} lần thử.")
}

/// What is said of a door that is closed for a while, after the label of a field.
fn closed(until: Moment, now: Moment) -> String {
    format!("đã sai nhiều lần. Thử lại sau {}.", time_of(until, now))
}

/// The minute after which to try again: "14:06", with its day where that is another.
fn time_of(until: Moment, now: Moment) -> String {
    // The next whole minute, so that it is not too early.
    let whole = Moment::from_millis(until.millis().saturating_add(59_999) / 60_000 * 60_000);
    let local = date::local_datetime(whole.utc());
    if whole.day() == now.day() {
        date::hour_minute(&local)
    } else {
        format!(
            "{} ngày {}",
            date::hour_minute(&local),
            date::dmy(local.date_naive())
        )
    }
}

/// The same for programs.
fn come_again(response: &mut Response, until: Moment, now: Moment) {
    let seconds = until.millis().saturating_sub(now.millis()).max(0) / 1000 + 1;
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
}

/// Where to go after signing in: a page of a desk, or the choice of a place. Nothing else, whatever a link says.
fn after(next: Option<&str>) -> &str {
    const DESKS: [&str; 4] = ["/quan-tri", "/tinh", "/giam-sat", "/tai-khoan"];
    next.filter(|path| {
        DESKS.iter().any(|desk| {
            path.strip_prefix(desk)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        })
    })
    .unwrap_or("/quan-tri")
}

#[cfg(test)]
mod tests {
    use super::after;

    #[test]
    fn links_cannot_lead_away() {
        assert_eq!(
            after(Some("/quan-tri/so-tu-phap/bai?trang=2")),
            "/quan-tri/so-tu-phap/bai?trang=2"
        );
        for away in [
            "//x.vn",
            "https://x.vn",
            "/quan-tri.x.vn",
            "/dang-xuat",
            "\\x",
            "",
        ] {
            assert_eq!(after(Some(away)), "/quan-tri", "{away}");
        }
        assert_eq!(after(None), "/quan-tri");
    }
}
