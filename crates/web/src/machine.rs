//! What machines and browsers ask besides pages: assets, the demo's mailbox.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_pages::assets;

use crate::arrival::{Origin, Table};
use crate::cache::Encodings;
use crate::error::Error;
use crate::extract::{Path, Taken};
use crate::page;
use crate::state::AppState;

/// Media type and bytes of every asset, by its path, for as long as the process runs.
static FILES: LazyLock<HashMap<&'static str, (&'static str, Encodings)>> = LazyLock::new(|| {
    let file = |asset: &'static assets::Asset| {
        let bytes = Bytes::from_static(asset.bytes.as_slice());
        (
            asset.path.as_str(),
            (asset.mime, Encodings::of(asset.mime, bytes)),
        )
    };
    assets::all().iter().map(file).collect()
});

/// `GET /tai-nguyen/{file}`: a style sheet, a font, a picture of our own, under a name with its hash.
pub async fn asset(Taken(taken): Taken, Path(file): Path<String>) -> Result<Response, Error> {
    let path = format!("{}{file}", assets::FOLDER);
    let (mime, file) = FILES.get(path.as_str()).ok_or(Error::NotFound)?;
    Ok(page::lasting(mime, file, taken))
}

/// `GET /hop-thu`: the demo's letters. Elsewhere there is no such page.
pub async fn mailbox(State(state): State<AppState>) -> Result<Response, Error> {
    let folder = state.settings.mailbox.as_ref().ok_or(Error::NotFound)?;
    let letters = pbgdpl_mail::list_folder(folder)
        .await
        .map_err(|e| Error::Internal(Box::new(e)))?;
    let mut text = String::from("Hộp thư của bản dùng thử. Thư mới nhất ở trên.\n");
    for letter in letters {
        text.push_str(&format!("\n──────────\n{}\n", letter.subject));
        text.push_str(&format!("Gửi: {}\n\n{}\n", letter.to, letter.text));
    }
    Ok(page::bytes(StatusCode::OK, "text/plain; charset=utf-8", text))
}

/// Which tables serve assets: every origin its own, so that nothing comes from elsewhere.
pub(crate) const ASSET_TABLES: [Table; 4] = [Table::Province, Table::Section, Table::Desk, Table::Embed];

/// The origin whose host serves a table.
#[must_use]
pub const fn origin_of(table: Table) -> Origin {
    match table {
        Table::Province | Table::Section => Origin::Public,
        Table::Desk => Origin::Desk,
        Table::Embed => Origin::Embed,
        Table::Files => Origin::Files,
    }
}
