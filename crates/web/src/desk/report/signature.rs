//! Digital signatures of a version that was sent: the file that is signed, the signature that comes back, what holds when it is opened.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::Error as Refusal;
use pbgdpl_app::report::sign::sign;
use pbgdpl_app::report::{Outcome, View};
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{Signature, period_word};
use pbgdpl_pages::desk::report::{AddSignature, SignatureBox, SignatureLine};
use pbgdpl_pages::form::{ErrorSummary, Field};
use pbgdpl_pages::part::{Link, State as Shape, Tone};
use pbgdpl_signature::{Anchors, verify};
use pbgdpl_store::province::OfReport;
use pbgdpl_vietnamese::date::dmy;

use super::show::Which;
use super::{Address, address, draw, report_at, show};
use crate::error::Error;
use crate::extract::{Path, Query, Staff, Upload};
use crate::page;
use crate::state::AppState;

/// `GET /quan-tri/{agency}/bieu/{form}/{period}/{year}/tep-ky?ban=`: the frozen figures, byte for byte as they were hashed.
///
/// # Errors
/// Where there is none, it was not sent, or the store fails.
pub async fn content(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &at, which.ban).await?;
    if !seen.report.stage.is_frozen() {
        return Err(Error::NotFound);
    }
    let (_, form, period, year) = &at;
    let (slug, version) = (staff.ctx.tenant().slug(), seen.report.version);
    let name = format!("{form}-{period}-{year}-{slug}-ban-{version}.json");
    Ok(page::attachment(
        &name,
        "application/json",
        seen.report.body.into_bytes(),
    ))
}

/// `POST /quan-tri/{agency}/bieu/{form}/{period}/{year}/chu-ky`
///
/// # Errors
/// What the act refuses.
pub async fn add(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    upload: Upload,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &at, upload.field("ban").parse().ok()).await?;
    let here = address(staff.ctx.tenant(), &seen.form.id, seen.span.kind, seen.span.year);
    let anchors = state.settings.anchors.clone().ok_or(Error::NotFound)?;
    let Some((_, file)) = upload.file else {
        return again(&state, &staff, &seen, "chưa chọn; chọn tệp .p7s").await;
    };
    match sign(&state.app, &staff.ctx, &anchors, seen.report.id, &file).await {
        Ok(Outcome::Done(_)) => {
            let version = seen.report.version;
            Ok(page::go(&format!("{here}?ban={version}&xong=ky-so")))
        }
        Ok(Outcome::Refused(why)) => Err(Error::Conflict(why)),
        Ok(Outcome::Unmet(_) | Outcome::Moved(_)) => Err(Refusal::Stale.into()),
        Err(Refusal::Invalid { reason, .. }) => again(&state, &staff, &seen, &reason).await,
        Err(other) => Err(other.into()),
    }
}

/// The page once more, with what is wrong with the file.
async fn again(state: &AppState, staff: &Staff, seen: &View, reason: &str) -> Result<Response, Error> {
    let mut shown = show::report_page(state, staff, seen, None);
    let mut signed = signatures(state, staff, seen).await?;
    if let Some(add) = signed.as_mut().and_then(|signed| signed.add.as_mut()) {
        add.file = add.file.clone().with_error(Some(reason));
        shown.errors = ErrorSummary::of("Chưa kèm được chữ ký số", [&add.file]);
    }
    shown.signatures = signed;
    page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

/// What the page of a report says of its signatures; nothing of a draft, nor where no authority is named and none was added.
pub(super) async fn signatures(
    state: &AppState,
    staff: &Staff,
    seen: &View,
) -> Result<Option<SignatureBox>, Error> {
    if !seen.report.stage.is_frozen() {
        return Ok(None);
    }
    let of = OfReport {
        form: &seen.report.form,
        period: period_word(seen.report.period),
        year: seen.report.year,
    };
    let reader = state.read.tenant(staff.ctx.tenant()).await?;
    let found = reader.signatures(of, seen.report.version).await?;
    let mut shown = shown(state, &seen.report.body, &found);
    if let Some(signed) = shown
        .as_mut()
        .filter(|_| state.settings.anchors.is_some() && staff.ctx.could(Action::ReportSign))
    {
        let here = address(staff.ctx.tenant(), &seen.form.id, seen.span.kind, seen.span.year);
        let version = seen.report.version.to_string();
        signed.add = Some(AddSignature {
            content: Link::new("Tải tệp số liệu để ký", format!("{here}/tep-ky?ban={version}")),
            action: format!("{here}/chu-ky"),
            version,
            file: Field::files(
                "tep-ky",
                "Tệp chữ ký (.p7s)",
                ".p7s,.pem,application/pkcs7-signature",
                false,
            )
            .with_hint("Lớn nhất 64 KB."),
        });
    }
    Ok(shown)
}

/// Each signature, verified now over what is kept.
pub(crate) fn shown(state: &AppState, content: &str, signatures: &[Signature]) -> Option<SignatureBox> {
    let anchors = state.settings.anchors.as_deref();
    (anchors.is_some() || !signatures.is_empty()).then(|| SignatureBox {
        lines: signatures.iter().map(|one| line(anchors, content, one)).collect(),
        add: None,
    })
}

fn line(anchors: Option<&Anchors>, content: &str, signature: &Signature) -> SignatureLine {
    let added = format!("Kèm vào {}", draw::when(signature.at));
    let broken = |why: String| SignatureLine {
        state: Shape::new(Tone::Late, "Không hợp lệ"),
        who: format!("Chữ ký thứ {}", signature.number),
        detail: format!("{added}. {why}"),
    };
    let Some(anchors) = anchors else {
        return SignatureLine {
            state: Shape::new(Tone::Wait, "Chưa kiểm được"),
            ..broken("Máy chủ chưa đặt tệp chứng thư của cơ quan chứng thực; báo người vận hành.".to_owned())
        };
    };
    match verify(&signature.cms, content.as_bytes(), anchors, signature.at) {
        Err(why) => broken(format!(
            "Kiểm lại hôm nay: {why}. Báo ngay cho người vận hành hệ thống."
        )),
        Ok(signer) => SignatureLine {
            state: Shape::new(Tone::Ok, "Hợp lệ"),
            who: match signer.organisation.as_str() {
                "" => signer.name,
                organisation => format!("{}, {organisation}", signer.name),
            },
            detail: format!(
                "Chứng thư số {} do {} cấp, có hiệu lực đến {}. {added}.",
                signer.serial,
                signer.issuer,
                dmy(signer.until.day())
            ),
        },
    }
}
