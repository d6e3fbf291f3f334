//! A version as the public will see it, drawn by the public page itself.

use pbgdpl_model::article::{Article, Content, Kind, PublishedFacts, PublishedItem};
use pbgdpl_model::id::ArticleId;
use pbgdpl_model::markdown;
use pbgdpl_pages::Frame;
use pbgdpl_pages::desk::article::Preview;
use pbgdpl_pages::frame::Speaker;
use pbgdpl_pages::public::Picture;

use crate::extract::Staff;
use crate::files;
use crate::public::item;
use crate::state::AppState;

/// The content of an item, or of one that does not exist yet.
pub(super) fn of(
    state: &AppState,
    staff: &Staff,
    kind: Kind,
    item: Option<&Article>,
    content: &Content,
) -> Preview {
    let tenant = staff.ctx.tenant();
    let html = markdown::render(&content.body);
    let published = PublishedItem {
        tenant: tenant.id(),
        id: item.map_or_else(|| ArticleId::fresh(staff.ctx.now()), |item| item.id),
        kind,
        slug: pbgdpl_vietnamese::slug(&content.title),
        title: content.title.clone(),
        summary: content.summary.clone(),
        html: html.clone(),
        facts: PublishedFacts {
            bases: content.bases.clone(),
            document: content.document.clone(),
            source: content.source.clone(),
            language: content.language,
            copied: content.copied.clone(),
            ..PublishedFacts::default()
        },
        first_published_at: staff.ctx.now(),
        published_at: staff.ctx.now(),
        withdrawn: None,
    };
    let shown = item::shown(
        frame(staff),
        &published,
        state.settings.files.as_str(),
        staff.today(),
    );
    Preview {
        picture: picture(state, staff, content),
        ..Preview::of(shown, html)
    }
}

/// The picture by a link of its own: it may not be public yet.
pub(super) fn picture(state: &AppState, staff: &Staff, content: &Content) -> Option<Picture> {
    let picture = content.picture.as_ref()?;
    let (tenant, account) = (staff.ctx.tenant().id(), staff.ctx.actor().account());
    Some(Picture {
        src: files::signed_address(state, tenant, picture.media, account, staff.ctx.now()),
        alt: picture.alt.clone(),
        width: u32::try_from(picture.width).unwrap_or(0),
        height: u32::try_from(picture.height).unwrap_or(0),
    })
}

/// The public page asks for its surroundings; the preview shows none of them.
fn frame(staff: &Staff) -> Frame {
    let (tenant, day) = (staff.ctx.tenant(), staff.today());
    let speaker = Speaker {
        official: tenant.official(day).to_owned(),
        short: tenant.short(day).to_owned(),
        line: String::new(),
        strap: String::new(),
    };
    Frame::section(
        format!("/{}", tenant.slug()),
        "",
        &tenant.agency().accent,
        speaker,
    )
}
