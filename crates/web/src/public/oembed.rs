//! oEmbed 1.0 (oembed.com): what a page of ours is, for programs that were given its address (EMB-11).
//!
//! The address of a framed page carries its key and is answered with the frame; that of a public page with a link, because no
//! site may frame it without a key of its own.

use axum::extract::State;
use axum::response::Response;
use http::{Method, Request, StatusCode};
use pbgdpl_model::id::{ArticleId, FigureId};
use pbgdpl_pages::desk::embed;
use pbgdpl_pages::feed::{Oembed, OembedFrame, oembed_json, oembed_xml};
use serde::Deserialize;

use crate::arrival::{Arrival, Table, resolve};
use crate::error::Error;
use crate::extract::{Citizen, Query};
use crate::page;
use crate::public::widget;
use crate::state::AppState;

/// Query keys that make it another answer.
pub const KEYS: &[&str] = &["url", "format", "maxwidth", "maxheight"];
/// Width and height of a frame where nothing is said, in CSS pixels; and the least that still can be read.
const USUAL: (u32, u32) = (720, 900);
const LEAST: (u32, u32) = (280, 200);

/// `?url=&format=&maxwidth=&maxheight=`
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    url: Option<String>,
    format: Option<String>,
    maxwidth: Option<u32>,
    maxheight: Option<u32>,
}

/// Where programs learn how to embed a page; `path`: inside its mount.
#[must_use]
pub fn address(state: &AppState, arrival: &Arrival, canonical: &str, path: &str) -> String {
    let page = match &arrival.embed {
        Some(site) => format!("{}/k/{}/{path}", state.settings.embed.as_str(), site.key),
        None => canonical.to_owned(),
    };
    let page = percent_encoding::utf8_percent_encode(&page, percent_encoding::NON_ALPHANUMERIC);
    format!("{}/oembed?url={page}&format=json", state.settings.public.as_str())
}

/// `GET /oembed`
///
/// # Errors
/// 400 without an address, 404 where it is no page of ours, 501 for another format; or where the store fails.
pub async fn show(
    State(state): State<AppState>,
    citizen: Citizen,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let Some(url) = asked.url.as_deref().filter(|url| !url.is_empty()) else {
        return Err(Error::Refused(
            StatusCode::BAD_REQUEST,
            "Thiếu tham số “url”: địa chỉ của trang cần nhúng.".into(),
        ));
    };
    let url = url::Url::parse(url).map_err(|_| Error::NotFound)?;
    let place = place(&state, &url).ok_or(Error::NotFound)?;
    let path = framed(&place, &url)?;
    let title = title(&state, &place, citizen.now.day()).await?;
    let tenant = place.tenant.as_ref().ok_or(Error::NotFound)?;
    let day = citizen.now.day();
    let public = state.settings.public.as_str();
    let (width, height) = (
        asked.maxwidth.unwrap_or(USUAL.0).clamp(LEAST.0, USUAL.0),
        asked.maxheight.unwrap_or(USUAL.1).clamp(LEAST.1, USUAL.1),
    );
    let frame = place.embed.as_ref().map(|site| {
        let src = format!("{}/k/{}/{path}", state.settings.embed.as_str(), site.key);
        OembedFrame {
            html: embed::frame(&src, &title, ("100%", height)),
            width,
            height,
        }
    });
    let answer = Oembed {
        title,
        author: tenant.official(day).to_owned(),
        author_url: format!("{public}/{}/", tenant.slug()),
        provider: format!(
            "Phổ biến, giáo dục pháp luật: {}",
            state.read.registry().now().province().name
        ),
        provider_url: format!("{public}/"),
        frame,
    };
    let answered = |kind, body: std::io::Result<Vec<u8>>| {
        let body = body.map_err(|error| Error::Internal(Box::new(error)))?;
        Ok(page::bytes(StatusCode::OK, kind, body))
    };
    match asked.format.as_deref().unwrap_or("json") {
        "json" => answered("application/json", Ok(oembed_json(&answer))),
        "xml" => answered("text/xml; charset=utf-8", oembed_xml(&answer)),
        _ => Err(Error::Refused(
            StatusCode::NOT_IMPLEMENTED,
            "Tham số “format” chỉ nhận json hoặc xml.".into(),
        )),
    }
}

/// What the frame shows, inside its mount: of the address's query only what makes a list another one.
fn framed(place: &Arrival, url: &url::Url) -> Result<String, Error> {
    let path = place.path.trim_start_matches('/');
    if path != widget::LIST {
        return Ok(path.to_owned());
    }
    let query = url.query().unwrap_or_default();
    let list: widget::Asked = serde_html_form::from_str(query).map_err(|_| Error::NotFound)?;
    list.path().map_err(|_| Error::NotFound)
}

/// The page of ours that an address leads to, as a request for it would arrive. No address of another host is ever asked for.
fn place(state: &AppState, url: &url::Url) -> Option<Arrival> {
    let own = |origin: &pbgdpl_config::Origin| url.origin().ascii_serialization() == origin.as_str();
    let agencies = state.read.registry().now();
    let authority = match (url.host_str()?, url.port()) {
        (host, Some(port)) => format!("{host}:{port}"),
        (host, None) => host.to_owned(),
    };
    let known =
        own(&state.settings.public) || own(&state.settings.embed) || agencies.by_host(&authority).is_some();
    if !known {
        return None;
    }
    let asked = Request::builder()
        .method(Method::GET)
        .uri(url.path())
        .header(http::header::HOST, authority)
        .body(())
        .ok()?;
    let (parts, ()) = asked.into_parts();
    let place = resolve(&parts, None, &state.settings, &agencies).ok()?;
    let open = place.tenant.as_ref()?.status() != pbgdpl_model::agency::Status::Hidden;
    let holds = place
        .embed
        .as_ref()
        .is_none_or(|site| site.open && site.replaced.is_none_or(|replaced| replaced.holds(state.now())));
    (place.table == Table::Section && open && holds).then_some(place)
}

/// What the page is called; an item that is not there, or was taken back, is not embedded.
async fn title(state: &AppState, place: &Arrival, day: chrono::NaiveDate) -> Result<String, Error> {
    let tenant = place.tenant.as_ref().ok_or(Error::NotFound)?;
    let public = state.read.public();
    let parts: Vec<&str> = place.path.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        ["bai", item] => {
            let id = item.split_once('-').map_or(*item, |(id, _)| id);
            let id: ArticleId = id.parse().map_err(|_| Error::NotFound)?;
            let found = public.item(tenant.id(), id).await?;
            let found = found.filter(|item| item.withdrawn.is_none());
            Ok(found.ok_or(Error::NotFound)?.title)
        }
        ["so-lieu", figure] => {
            let id: FigureId = figure.parse().map_err(|_| Error::NotFound)?;
            Ok(public.figure(id, day).await?.ok_or(Error::NotFound)?.title)
        }
        [""] | ["loai" | "o", _] | ["gioi-thieu" | "lien-he" | "bao-cao-vien" | "tim-kiem"] => Ok(format!(
            "Chuyên mục phổ biến, giáo dục pháp luật của {}",
            tenant.short(day)
        )),
        _ => Err(Error::NotFound),
    }
}
