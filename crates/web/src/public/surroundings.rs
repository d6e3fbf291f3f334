//! What surrounds a public page: who speaks, the mount, the one canonical address, the foot.

use pbgdpl_model::agency::{Profile, ReportRow, Status};
use pbgdpl_model::manifest::UnitKind;
use pbgdpl_pages::Frame;
use pbgdpl_pages::frame::{Footer, Speaker};
use pbgdpl_pages::linked::Organization;
use pbgdpl_pages::part::Link;
use pbgdpl_scope::Tenant;
use pbgdpl_vietnamese::date;

use crate::arrival::Arrival;
use crate::error::Error;
use crate::extract::{Citizen, Visitor};
use crate::public::card;
use crate::public::oembed;
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
    let kind = kind_of(visitor);
    let speaker = Speaker {
        official: tenant.official(day).to_owned(),
        short: tenant.short(day).to_owned(),
        line: line(kind, tenant.agency().parent_on(day)),
        strap: "Chuyên mục phổ biến, giáo dục pháp luật".into(),
    };
    let embed = visitor.arrival.embed.is_some();
    let canonical = canonical(state, tenant.slug(), path);
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
        counted: !visitor.arrival.preview && !visitor.arrival.still,
        assets: visitor.arrival.assets.clone(),
        as_of: date::dmy(day),
        oembed: Some(oembed::address(state, &visitor.arrival, &canonical, path)),
        key_notice: key_notice(&visitor.arrival),
        preview: visitor.arrival.preview,
        card: Some(card::section_link(state, tenant, day)),
        ..Frame::section(
            &visitor.arrival.mount,
            canonical,
            &tenant.agency().accent,
            speaker,
        )
    }
}

/// What the webmaster of the page around a frame should know: its key was replaced.
fn key_notice(arrival: &Arrival) -> Option<String> {
    let replaced = arrival.embed.as_ref()?.replaced?;
    let until = replaced
        .ends
        .map(|ends| format!(", dùng được đến ngày {}", date::dmy(ends.day())));
    Some(format!(
        "Người quản trị trang: mã gắn ở đây đã có mã khác thay{}. Mã mới ở bàn biên tập của cơ quan, mục “Gắn vào trang của cơ quan”.",
        until.unwrap_or_default()
    ))
}

fn kind_of(visitor: &Visitor) -> Option<UnitKind> {
    let word = visitor.tenant.agency().kind_on(visitor.now.day());
    UnitKind::ALL.iter().copied().find(|kind| kind.word() == word)
}

/// Who speaks in a section, for programs.
#[must_use]
pub fn organization(state: &AppState, visitor: &Visitor, frame: &Frame) -> Organization {
    let other = matches!(
        kind_of(visitor),
        Some(UnitKind::Mttq | UnitKind::DoanThe | UnitKind::HoiNgheNghiep)
    );
    let agency = visitor.tenant.agency();
    Organization {
        of_state: !other,
        name: frame.speaker.official.clone(),
        short: frame.speaker.short.clone(),
        home: canonical(state, visitor.tenant.slug(), ""),
        parent: agency.parent_on(visitor.now.day()).map(str::to_owned),
        address: frame.footer.address.clone(),
        phone: frame.footer.phone.clone(),
        email: frame.footer.email.clone(),
        website: frame.footer.website.clone(),
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

/// Who answers letters about the whole: the agency of justice, which keeps the secretariat of the province's council for law
/// education, where its section names an address; else the sender of the service's own letters.
///
/// # Errors
/// Where the store fails.
pub async fn contact(state: &AppState) -> Result<String, Error> {
    let agencies = state.read.registry().now();
    let of_justice = agencies
        .tenants()
        .find(|tenant| tenant.agency().report_row == ReportRow::SoTuPhap && tenant.status() != Status::Hidden)
        .map(Tenant::id);
    let named = match of_justice {
        Some(id) => state.read.public().profile(id).await?.email,
        None => String::new(),
    };
    Ok(Some(named)
        .filter(|address| !address.is_empty())
        .unwrap_or_else(|| state.settings.contact.clone()))
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
        card: Some(card::province_link(state)),
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
