//! Adds a digital signature to a version that was sent: made outside the house over the frozen figures, with the signer's own key
//! (REP-20). It is verified here before it is kept, and again whenever the version is opened.

use pbgdpl_model::id::ReportId;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{Signature, period_word};
use pbgdpl_scope::action::ReportSign;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_signature::{Anchors, Signer, verify};
use pbgdpl_store::province::OfReport;
use pbgdpl_store::tenant::Record;
use serde_json::json;

use super::Outcome;
use crate::{App, Error};

/// The largest file, in bytes: a signature with its certificates takes a few thousand.
pub const LARGEST: usize = 64 * 1024;

/// Signatures of one version at most: the head, and those who sign beside them.
const MOST: usize = 5;

/// Adds the signature in this file. Returns who signed.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] where it is no signature of anybody over this version, or a fault of
/// the store.
#[tracing::instrument(name = "report.sign", skip_all)]
pub async fn sign(
    app: &App,
    ctx: &Ctx,
    anchors: &Anchors,
    report: ReportId,
    cms: &[u8],
) -> Result<Outcome<Signer>, Error> {
    let permit = ctx.permit::<ReportSign>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    // Whoever waits for the books by a second click finds the first signature.
    agency.hold_ledger().await?;
    let found = agency.report(report).await?.ok_or(Error::NotFound)?;
    if !found.stage.is_frozen() {
        let why = "Biểu chưa gửi nên số liệu còn đổi được. Gửi rồi mới ký số.";
        return Ok(Outcome::Refused(why.to_owned()));
    }
    let refused = |reason: String| Error::invalid("tep-ky", reason);
    if cms.len() > LARGEST {
        return Err(refused("lớn quá 64 KB; chọn đúng tệp chữ ký (.p7s)".to_owned()));
    }
    let content = found.body.as_bytes();
    let signer =
        verify(cms, content, anchors, ctx.now()).map_err(|why| refused(format!("chưa nhận được: {why}")))?;
    let of = OfReport {
        form: &found.form,
        period: period_word(found.period),
        year: found.year,
    };
    let there = agency.signatures(of, found.version).await?;
    let known = there.iter().any(|old| {
        let by = verify(&old.cms, content, anchors, old.at);
        by.is_ok_and(|by| (&by.serial, &by.issuer) == (&signer.serial, &signer.issuer))
    });
    if known {
        return Err(refused("của người đã ký bản này rồi".to_owned()));
    }
    if there.len() >= MOST {
        return Err(refused(format!("vượt quá {MOST} chữ ký của một bản")));
    }
    let new = Signature {
        number: there.last().map_or(1, |last| last.number + 1),
        cms: cms.to_vec(),
        at: ctx.now(),
    };
    agency.add_signature(&permit, of, found.version, &new).await?;
    agency
        .add_report_walk(ctx, report, "Kèm chữ ký số", &signer.name)
        .await?;
    let record = Record {
        action: Action::ReportSign,
        object_kind: "report",
        object_id: report.0,
        verb: "Kèm chữ ký số",
        note: "",
        reason: "",
        version: Some(found.version),
        // The certificate, not the person: the chain names nobody in its details.
        detail: json!({ "of": found.hash, "serial": signer.serial, "number": new.number }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(Outcome::Done(signer))
}
