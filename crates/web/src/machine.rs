//! What machines and browsers ask besides pages: assets, the demo's mailbox.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_pages::assets;

use crate::arrival::{Origin, Table};
use crate::error::Error;
use crate::extract::Path;
use crate::page;
use crate::state::AppState;

/// `GET /tai-nguyen/{file}`: a style sheet, a font, a picture of our own, under a name with its hash.
pub async fn asset(Path(file): Path<String>) -> Result<Response, Error> {
    let found = assets::lookup(&format!("{}{file}", assets::FOLDER)).ok_or(Error::NotFound)?;
    Ok(page::bytes(
        StatusCode::OK,
        found.mime,
        Bytes::from_static(found.bytes.as_slice()),
    ))
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
