//! Opens a piece of evidence: the reading is logged, then the browser is sent to a link that is the reader's own and
//! good for minutes.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::id::MediaId;
use pbgdpl_province::oversight::evidence::evidence;

use crate::error::Error;
use crate::extract::{Officer, Path};
use crate::files;
use crate::province::agency::found;
use crate::state::AppState;

/// `GET /giam-sat/minh-chung/{agency}/{media}`
///
/// # Errors
/// Where there is none, the auditor may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((slug, media)): Path<(String, MediaId)>,
) -> Result<Response, Error> {
    let agency = found(&officer, &slug)?;
    let file = evidence(&state.province, &officer.ctx, agency, media).await?;
    let reader = officer.ctx.actor().account();
    files::open(&state, (agency, file.id), reader, officer.ctx.now())
}
