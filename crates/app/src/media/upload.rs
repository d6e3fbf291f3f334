//! Takes a picture or a piece of evidence: known by its bytes, drawn anew, kept under a random name.

use bytes::Bytes;
use pbgdpl_model::id::MediaId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::MediaUpload;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::{Media, Record};
use pbgdpl_store::{Files, StoreError};
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::{alt, file_name, picture, sniff};
use crate::{App, Error};

/// Largest file taken, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// Pictures being drawn: each may take 128 MiB.
static DRAWING: Semaphore = Semaphore::const_new(2);

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Shown in an item.
    Picture,
    /// Proves an activity: a picture or a PDF.
    Evidence,
}

/// A file to take.
#[derive(Debug, Clone)]
pub struct Upload {
    /// What it is for.
    pub purpose: Purpose,
    /// The name it comes with.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Bytes,
    /// What a picture shows; of evidence, may be empty.
    pub alt: String,
}

/// Takes the file; it is not public yet.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Invalid`] of `file` or `alt` with the reason; or a fault of the store.
#[tracing::instrument(name = "media.upload", skip_all)]
pub async fn upload(app: &App, ctx: &Ctx, order: Upload) -> Result<Media, Error> {
    let permit = ctx.permit::<MediaUpload>(&Nothing)?;
    if order.bytes.len() > LARGEST {
        return Err(Error::invalid("file", "lớn quá. Mỗi tệp nhiều nhất 10 MB."));
    }
    if order.purpose == Purpose::Picture
        && let Some(reason) = alt::cannot_be_used(&order.alt, &order.file_name)
    {
        return Err(Error::invalid("alt", reason));
    }
    let Kept {
        format,
        bytes,
        width,
        height,
    } = examine(&order).await?;
    let id = MediaId::fresh(ctx.now());
    let file = Media {
        id,
        purpose: match order.purpose {
            Purpose::Picture => "picture".to_owned(),
            Purpose::Evidence => "evidence".to_owned(),
        },
        file_name: file_name::cleaned(&order.file_name, format.ending()),
        mime: format.mime().to_owned(),
        bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        width,
        height,
        sha256: hex::encode(Sha256::digest(&bytes)),
        alt: order.alt.trim().to_owned(),
        path: Files::path(ctx.tenant().id(), id),
        published: false,
        uploaded_by: ctx.actor().account(),
        created_at: ctx.now(),
    };
    app.store().files().put(&file.path, bytes).await?;
    let mut agency = app.open(ctx).await?;
    agency.add_media(&permit, &file).await?;
    let record = Record {
        action: Action::MediaUpload,
        object_kind: "media",
        object_id: id.0,
        verb: "Tải tệp lên",
        note: "",
        reason: "",
        version: None,
        detail: json!({ "purpose": file.purpose, "mime": file.mime, "bytes": file.bytes, "sha256": file.sha256 }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(file)
}

struct Kept {
    format: sniff::Format,
    bytes: Bytes,
    width: Option<i32>,
    height: Option<i32>,
}

/// What of the file is kept: papers as they are, pictures drawn anew.
async fn examine(order: &Upload) -> Result<Kept, Error> {
    let for_a_page = order.purpose == Purpose::Picture;
    let refused = |reason: String| Error::invalid("file", reason);
    let format = sniff::format_of(&order.file_name, &order.bytes, !for_a_page).map_err(refused)?;
    if format == sniff::Format::Pdf {
        return Ok(Kept {
            format,
            bytes: order.bytes.clone(),
            width: None,
            height: None,
        });
    }
    let stopped = |what: String| Error::Store(StoreError::Unfit(format!("drawing stopped: {what}")));
    let turn = DRAWING.acquire().await.map_err(|e| stopped(e.to_string()))?;
    let bytes = order.bytes.clone();
    let drawn = tokio::task::spawn_blocking(move || picture::draw_anew(&bytes, format, for_a_page))
        .await
        .map_err(|e| stopped(e.to_string()))?
        .map_err(refused)?;
    drop(turn);
    Ok(Kept {
        format: drawn.format,
        width: i32::try_from(drawn.width).ok(),
        height: i32::try_from(drawn.height).ok(),
        bytes: drawn.bytes.into(),
    })
}
