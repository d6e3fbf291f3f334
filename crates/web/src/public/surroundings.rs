//! What surrounds a public page: who speaks, the mount, the one canonical address, the foot.

use pbgdpl_model::agency::Profile;
use pbgdpl_model::manifest::UnitKind;
use pbgdpl_pages::Frame;
use pbgdpl_pages::frame::{Footer, Speaker};
use pbgdpl_pages::part::Link;

use crate::error::Error;
use crate::extract::{Citizen, Visitor};
use crate::state::AppState;

/// The frame of a section's page. `path`: inside the mount, without its first slash.
///
/// # Errors
/// Where the store fails.
pub async fn section(state: &AppState, visitor: &Visitor, path: &str) -> Result<Frame, Error> {
    let profile = state.read.public().profile(visitor.tenant.id()).await?;
    Ok(section_with(state, visitor, path, &profile))
}

/// The same, with a profile already read.
#[must_use]
pub fn section_with(state: &AppState, visitor: &Visitor, path: &str, profile: &Profile) -> Frame {
    let tenant = &visitor.tenant;
    let day = visitor.now.day();
    let kind = UnitKind::ALL
        .iter()
        .copied()
        .find(|k| k.word() == tenant.agency().kind_on(day));
    let speaker = Speaker {
        official: tenant.official(day).to_owned(),
        short: tenant.short(day).to_owned(),
        line: line(kind, tenant.agency().parent_on(day)),
        strap: "Chuyên mục phổ biến, giáo dục pháp luật".into(),
    };
    let embed = visitor.arrival.embed.is_some();
    let known = |text: &String| Some(text.clone()).filter(|t| !t.is_empty());
    Frame {
        footer: Footer {
            responsible: known(&profile.responsible),
            address: known(&profile.address),
            phone: known(&profile.phone),
            email: known(&profile.email),
            website: known(&profile.website),
        },
        province: Some(Link::new(
            &state.read.registry().now().province().name,
            format!("{}/", state.settings.public.as_str()),
        )),
        sign_in: (!embed).then(|| format!("{}/dang-nhap", state.settings.desk.as_str())),
        demo_notice: state.settings.demo,
        embed,
        counted: true,
        assets: visitor.arrival.assets.clone(),
        ..Frame::section(
            &visitor.arrival.mount,
            canonical(state, tenant.slug(), path),
            &tenant.agency().accent,
            speaker,
        )
    }
}

/// What an agency is, in one line: "Cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh Kon Tum".
fn line(kind: Option<UnitKind>, parent: Option<&str>) -> String {
    let Some(kind) = kind else { return String::new() };
    let what = match kind {
        UnitKind::So => "Cơ quan chuyên môn",
        UnitKind::BanNganh => "Cơ quan",
        UnitKind::Huyen => "Chính quyền cấp huyện",
        other => other.label(),
    };
    parent.map_or_else(|| what.to_owned(), |parent| format!("{what} thuộc {parent}"))
}

/// The one address of a section's page, over all mounts.
#[must_use]
pub fn canonical(state: &AppState, slug: &str, path: &str) -> String {
    format!("{}/{slug}/{path}", state.settings.public.as_str())
}

/// The frame of the province's own pages.
#[must_use]
pub fn province(state: &AppState, _citizen: &Citizen, path: &str) -> Frame {
    let agencies = state.read.registry().now();
    let name = &agencies.province().name;
    let speaker = Speaker {
        official: format!("Phổ biến, giáo dục pháp luật {}", lower_first(name)),
        short: name.clone(),
        line: format!(
            "Trang thông tin phổ biến, giáo dục pháp luật của {}",
            lower_first(name)
        ),
        strap: "Trang thông tin phổ biến, giáo dục pháp luật".into(),
    };
    Frame {
        sign_in: Some(format!("{}/dang-nhap", state.settings.desk.as_str())),
        demo_notice: state.settings.demo,
        ..Frame::province(
            "",
            format!("{}/{path}", state.settings.public.as_str()),
            "son",
            speaker,
        )
    }
}

/// "Tỉnh Kon Tum" inside a sentence: "tỉnh Kon Tum".
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
