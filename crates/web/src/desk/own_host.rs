//! Host names of the agency's own: claimed, looked at, given back (EMB-20, TEN-22).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::own_host::{change, claim, look, release};
use pbgdpl_model::estate::Weight;
use pbgdpl_model::id::HostId;
use pbgdpl_model::own_host::{Finding, PROOF_LABEL, Standing, is_root};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::embed::Found;
use pbgdpl_pages::desk::own_host::{DnsRecord, HostRow, HostsPage, host_field};
use pbgdpl_pages::part::{State as Shape, Tone};
use pbgdpl_store::tenant::HostClaim;
use pbgdpl_vietnamese::date;
use serde::Deserialize;

use super::embed::places::when;
use super::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Form, Path, Query, Staff};
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 4] = [
    (
        "them",
        "Đã thêm. Thêm hai bản ghi dưới đây ở nơi quản lý tên miền.",
    ),
    ("luu", "Đã lưu ngày hết hạn đăng ký."),
    ("xem", "Đang kiểm tra. Tải lại trang sau ít giây để xem kết quả."),
    (
        "tra",
        "Đã trả lại tên miền. Xóa bản ghi CNAME của tên này ở nơi quản lý tên miền.",
    ),
];

/// What is sent of a name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    host: String,
    registered_until: String,
}

/// What was typed, and what is wrong with it.
type Wrong<'a> = Option<(HostId, &'a str, String)>;

/// `GET /quan-tri/{agency}/ten-mien`
///
/// # Errors
/// Where the store fails.
pub async fn list(
    State(state): State<AppState>,
    staff: Staff,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let mut page = shown(&state, &staff, None).await?;
    page.frame = page.frame.with_notice(done.notice(&DONE));
    page::html(&page)
}

/// `POST /quan-tri/{agency}/ten-mien`
///
/// # Errors
/// Where the actor may not, or the store fails.
pub async fn add(
    State(state): State<AppState>,
    staff: Staff,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    let settings = &state.settings;
    let ours = [
        settings.public.host(),
        settings.desk.host(),
        settings.embed.host(),
        settings.files.host(),
        settings.host_target.as_str(),
    ];
    match claim::claim(&state.app, &staff.ctx, &typed.host, &ours).await {
        Ok(id) => Ok(page::go(&format!("{}?xong=them#ten-{id}", here(&staff)))),
        Err(pbgdpl_app::Error::Invalid { reason, .. }) => {
            let mut page = shown(&state, &staff, None).await?;
            page.host = host_field(&typed.host);
            page.host.error = Some(reason);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /quan-tri/{agency}/ten-mien/{host}`
///
/// # Errors
/// Where there is no such name, the actor may not, or the store fails.
pub async fn change(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, host)): Path<(String, HostId)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    match change::change(&state.app, &staff.ctx, host, &typed.registered_until).await {
        Ok(()) => Ok(page::go(&format!("{}?xong=luu#ten-{host}", here(&staff)))),
        Err(pbgdpl_app::Error::Invalid { reason, .. }) => {
            let page = shown(&state, &staff, Some((host, &typed.registered_until, reason))).await?;
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /quan-tri/{agency}/ten-mien/{host}/kiem-tra`
///
/// # Errors
/// Where there is no such name, the actor may not, or the store fails.
pub async fn look(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, host)): Path<(String, HostId)>,
) -> Result<Response, Error> {
    look::look(&state.app, &staff.ctx, host).await?;
    Ok(page::go(&format!("{}?xong=xem#ten-{host}", here(&staff))))
}

/// `POST /quan-tri/{agency}/ten-mien/{host}/tra-lai`
///
/// # Errors
/// Where there is no such name, the actor may not, or the store fails.
pub async fn release(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, host)): Path<(String, HostId)>,
) -> Result<Response, Error> {
    release::release(&state.app, &staff.ctx, host).await?;
    Ok(page::go(&format!("{}?xong=tra#ten-{host}", here(&staff))))
}

async fn shown(state: &AppState, staff: &Staff, wrong: Wrong<'_>) -> Result<HostsPage, Error> {
    let mut claims = state.read.tenant(staff.ctx.tenant()).await?.host_claims().await?;
    claims.sort_by_key(|claim| claim.claim.standing() == Standing::Released);
    Ok(HostsPage {
        frame: frame::staff(state, staff, "ten-mien"),
        hosts: claims
            .iter()
            .map(|claim| row(state, staff, claim, &wrong))
            .collect(),
        action: here(staff),
        may_change: staff.ctx.could(Action::EmbedWrite),
        host: host_field(""),
    })
}

fn row(state: &AppState, staff: &Staff, claim: &HostClaim, wrong: &Wrong<'_>) -> HostRow {
    let wrong = wrong.as_ref().filter(|(id, ..)| *id == claim.id);
    let registered = claim.registered_until.map(date::dmy).unwrap_or_default();
    HostRow {
        id: claim.id.to_string(),
        host: readable(&claim.host),
        href: claim.claim.serves().then(|| format!("https://{}/", claim.host)),
        state: shape(claim.claim.standing()),
        records: vec![
            DnsRecord {
                kind: "TXT",
                name: format!("{PROOF_LABEL}.{}", claim.host),
                value: claim.token.clone(),
                why: "chứng minh tên miền thuộc cơ quan; giữ mãi",
            },
            DnsRecord {
                // The root of a zone can hold no CNAME (RFC 1912 2.4).
                kind: if is_root(&claim.host) {
                    "ALIAS hoặc ANAME"
                } else {
                    "CNAME"
                },
                name: claim.host.clone(),
                value: state.settings.host_target.clone(),
                why: if is_root(&claim.host) {
                    "dẫn tới hệ thống; nơi quản lý tên miền không có hai loại này thì ghi A, AAAA với địa chỉ của tên ở dưới"
                } else {
                    "dẫn tới hệ thống"
                },
            },
        ],
        found: claim.findings.iter().map(one).collect(),
        proved: claim.claim.proved_at.map(when),
        looked: claim.looked_at.map(when),
        held: claim.claim.held_until().map(|until| date::dmy(until.day())),
        registered_until: wrong.map_or(registered, |(_, typed, _)| (*typed).to_owned()),
        error: wrong.map(|(_, _, reason)| reason.clone()),
        action: format!("{}/{}", here(staff), claim.id),
        released: claim.claim.standing() == Standing::Released,
    }
}

/// As people write it: letters with marks instead of their ASCII form.
fn readable(host: &str) -> String {
    idna::domain_to_unicode(host).0
}

fn one(finding: &Finding) -> Found {
    let (tone, word) = match finding.weight() {
        Weight::Fine => (Tone::Ok, "đúng"),
        Weight::Mend => (Tone::Soon, "nên xem"),
        Weight::Broken => (Tone::Late, "phải chỉnh"),
        Weight::Alarm => (Tone::Late, "báo động"),
    };
    Found {
        state: Shape::new(tone, word),
        says: finding.says(),
        advises: finding.advises().to_owned(),
    }
}

/// How a claim stands, as word and shape.
pub(crate) fn shape(standing: Standing) -> Shape {
    let tone = match standing {
        Standing::Serving => Tone::Ok,
        Standing::Waiting | Standing::Released => Tone::Wait,
        Standing::Losing => Tone::Soon,
        Standing::Suspended => Tone::Late,
    };
    Shape::new(tone, standing.label())
}

fn here(staff: &Staff) -> String {
    format!("/quan-tri/{}/ten-mien", staff.ctx.tenant().slug())
}
