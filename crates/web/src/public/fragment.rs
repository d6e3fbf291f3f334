//! A piece of a section as bare HTML, for servers that put it into pages of their own (SSI, ESI, PHP, proxies) and for shadow roots (EMB-03, EMB-04).
//!
//! Whoever includes it shows whatever comes: so a section that rests, a key that ended and an item that is not there are fragments too.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::agency::Status;
use pbgdpl_model::article::{Kind, PublishedItem};
use pbgdpl_model::id::ArticleId;
use pbgdpl_pages::assets::asset;
use pbgdpl_pages::part::Link;
use pbgdpl_pages::public::{Fragment, FragmentBody, FragmentLine, FragmentPreview, below};
use pbgdpl_scope::EmbedSite;
use pbgdpl_store::public::PublicLine;
use pbgdpl_vietnamese::date;
use serde::Deserialize;

use crate::error::Error;
use crate::extract::{Query, Visitor};
use crate::page;
use crate::public::surroundings::canonical;
use crate::public::{rows, surroundings};
use crate::state::AppState;

/// Where it stands under a key.
pub const PATH: &str = "/manh";
/// Query keys that make it another fragment.
pub const KEYS: &[&str] = &["loai", "so", "bai", "kieu"];
/// Lines where nothing is said, and most lines.
const LINES: (u64, u64) = (5, 20);

/// `?loai=&so=&bai=&kieu=`
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Items of this kind only.
    #[serde(default)]
    pub loai: String,
    /// How many.
    pub so: Option<u64>,
    /// One item instead of a list.
    #[serde(default)]
    pub bai: String,
    /// `bong`: in a shadow root, with our style.
    #[serde(default)]
    pub kieu: String,
}

/// `GET /k/{key}/manh`
///
/// # Errors
/// Where the store fails.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let (status, fragment) = fragment(&state, &visitor, &asked).await?;
    page::html_with(status, &fragment)
}

/// The same in a page that stands for the agency's: for a look at it.
///
/// # Errors
/// Where the store fails.
pub async fn preview(state: &AppState, visitor: &Visitor, asked: &Asked) -> Result<Response, Error> {
    let (_, fragment) = fragment(state, visitor, asked).await?;
    let frame = surroundings::section(state, visitor, "").await?;
    page::html(&FragmentPreview { frame, fragment })
}

async fn fragment(
    state: &AppState,
    visitor: &Visitor,
    asked: &Asked,
) -> Result<(StatusCode, Fragment), Error> {
    let site = visitor.arrival.embed.as_ref().ok_or(Error::NotFound)?;
    let style = match asked.kieu.as_str() {
        "" | "tron" => None,
        "bong" => Some(format!("{}{}", state.settings.embed.as_str(), asset("manh.css"))),
        _ => {
            return Err(refused(
                "kieu",
                "tron (không kèm hình thức) hoặc bong (trong bóng)",
            ));
        }
    };
    let (status, content) = content(state, visitor, site, asked).await?;
    let fragment = Fragment {
        speaker: visitor.tenant.official(visitor.now.day()).to_owned(),
        heading: content.heading,
        body: content.body,
        all: content.all,
        day: date::dmy(visitor.now.day()),
        style,
    };
    Ok((status, fragment))
}

struct Content {
    heading: String,
    body: FragmentBody,
    all: Option<Link>,
}

async fn content(
    state: &AppState,
    visitor: &Visitor,
    site: &EmbedSite,
    asked: &Asked,
) -> Result<(StatusCode, Content), Error> {
    if let Some(words) = stopped(visitor, site) {
        return Ok((StatusCode::OK, notice(words, None)));
    }
    let whole = Link::new("Xem cả chuyên mục", canonical(state, visitor.tenant.slug(), ""));
    if !asked.bai.is_empty() {
        let (id, _) = asked.bai.split_once('-').unwrap_or((asked.bai.as_str(), ""));
        let found = match id.parse::<ArticleId>() {
            Ok(id) => state.read.public().item(visitor.tenant.id(), id).await?,
            Err(_) => None,
        };
        return Ok(match found {
            Some(item) => (StatusCode::OK, one(state, visitor, &item, whole)),
            None => (
                StatusCode::NOT_FOUND,
                notice("Không có bài này trong chuyên mục.", Some(whole)),
            ),
        });
    }
    let kind = kind(&asked.loai)?;
    let public = state.read.public();
    let lines = public
        .latest(Some(visitor.tenant.id()), kind, 1, lines(asked.so))
        .await?;
    Ok((StatusCode::OK, list(state, visitor, kind, &lines, whole)))
}

/// Why nothing of the section is shown, where it is so.
fn stopped(visitor: &Visitor, site: &EmbedSite) -> Option<&'static str> {
    if visitor.tenant.status() == Status::Hidden {
        return Some("Chuyên mục đang tạm ngừng. Mời bạn quay lại sau.");
    }
    if !site.open {
        return Some("Cơ quan đã ngừng hiển thị chuyên mục ở trang này.");
    }
    let ended = site.replaced.is_some_and(|replaced| !replaced.holds(visitor.now));
    ended.then_some(
        "Mã gắn trên trang này đã được thay bằng mã khác và không còn dùng được. Người quản trị trang lấy mã mới ở bàn biên tập của cơ quan.",
    )
}

fn notice(words: &str, all: Option<Link>) -> Content {
    Content {
        heading: "Phổ biến, giáo dục pháp luật".into(),
        body: FragmentBody::Notice(words.to_owned()),
        all,
    }
}

fn list(
    state: &AppState,
    visitor: &Visitor,
    kind: Option<Kind>,
    lines: &[PublicLine],
    whole: Link,
) -> Content {
    let slug = visitor.tenant.slug();
    let all = kind.map_or(whole, |kind| {
        Link::new(
            format!("Xem tất cả {}", kind.label().to_lowercase()),
            canonical(state, slug, &format!("loai/{}", kind.word())),
        )
    });
    let body = if lines.is_empty() {
        let short = visitor.tenant.short(visitor.now.day());
        FragmentBody::Notice(format!("{short} chưa công bố mục nào ở đây."))
    } else {
        let href = |line: &PublicLine| canonical(state, slug, &rows::item_path(line));
        FragmentBody::Lines(
            lines
                .iter()
                .map(|line| FragmentLine {
                    title: line.title.clone(),
                    href: href(line),
                    summary: line.summary.clone(),
                    lang: line.facts.language.foreign(),
                    kind: line.kind.label().to_owned(),
                    published: date::dmy(line.first_published_at.day()),
                })
                .collect(),
        )
    };
    Content {
        heading: heading(kind).to_owned(),
        body,
        all: Some(all),
    }
}

/// What the newest of a kind are called.
#[must_use]
pub const fn heading(kind: Option<Kind>) -> &'static str {
    match kind {
        None => "Phổ biến, giáo dục pháp luật",
        Some(Kind::Tin) => "Tin, bài mới",
        Some(Kind::VanBanMoi) => "Văn bản pháp luật mới",
        Some(Kind::ToGap) => "Tờ gấp",
    }
}

fn one(state: &AppState, visitor: &Visitor, item: &PublishedItem, whole: Link) -> Content {
    let path = format!("bai/{}-{}", item.id, item.slug);
    let withdrawn = item.withdrawn.as_ref().map(|(_, reason)| reason.clone());
    Content {
        heading: String::new(),
        body: FragmentBody::Item {
            line: FragmentLine {
                title: item.title.clone(),
                href: canonical(state, visitor.tenant.slug(), &path),
                summary: item.summary.clone(),
                lang: item.facts.language.foreign(),
                kind: item.kind.label().to_owned(),
                published: date::dmy(item.first_published_at.day()),
            },
            html: if withdrawn.is_some() {
                String::new()
            } else {
                below(&item.html)
            },
            withdrawn,
        },
        all: Some(whole),
    }
}

fn refused(field: &str, may_be: &str) -> Error {
    Error::Refused(
        StatusCode::BAD_REQUEST,
        format!("Tham số “{field}” không đọc được. Giá trị có thể là: {may_be}."),
    )
}

/// Lines of a small list: as many as asked for, within what a frame holds.
#[must_use]
pub fn lines(asked: Option<u64>) -> u64 {
    asked.unwrap_or(LINES.0).clamp(1, LINES.1)
}

/// The kind that was asked for, where one was.
///
/// # Errors
/// Where there is no such kind.
pub fn kind(asked: &str) -> Result<Option<Kind>, Error> {
    if asked.is_empty() {
        return Ok(None);
    }
    let kind = asked.parse::<Kind>();
    kind.map(Some)
        .map_err(|_| refused("loai", "tin, van-ban-moi hoặc to-gap"))
}
