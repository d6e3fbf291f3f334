//! A look at what a site will show, in a frame of the desk: made here, because frames of EMBED are for the listed sites only (SECURITY 5.5 D').

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::id::EmbedId;
use pbgdpl_pages::desk::embed::{Shown, Way};
use pbgdpl_scope::EmbedSite;
use pbgdpl_store::tenant::EmbedRow;

use super::configure::Wanted;
use super::found;
use crate::arrival::{Arrival, Origin, Table};
use crate::error::Error;
use crate::extract::{Path, Query, Staff, Visitor};
use crate::public::{fragment, item, section, widget};
use crate::state::AppState;

/// Whether a path of the desk is a look at a site: all that a frame may ask for here.
#[must_use]
pub fn is_one(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    matches!(parts.as_slice(), ["", "quan-tri", _, "gan", _, "xem"])
}

/// `GET /quan-tri/{agency}/gan/{embed}/xem`
///
/// # Errors
/// Where there is no such site or item, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, embed)): Path<(String, EmbedId)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Error> {
    let row = found(&state, &staff, embed).await?;
    let choices = wanted.understood();
    let visitor = as_framed(&state, &staff, &row);
    let kind = choices
        .kind
        .map_or("", pbgdpl_model::article::Kind::word)
        .to_owned();
    let item = choices.item.map(|item| item.to_string()).unwrap_or_default();
    if matches!(choices.way, Way::Include | Way::Php) {
        let asked = fragment::Asked {
            loai: if choices.shown == Shown::List {
                kind
            } else {
                String::new()
            },
            so: choices.count.filter(|_| choices.shown == Shown::List),
            bai: if choices.shown == Shown::Item {
                item
            } else {
                String::new()
            },
            kieu: String::new(),
        };
        return fragment::preview(&state, &visitor, &asked).await;
    }
    match choices.shown {
        Shown::Section => section::show(State(state), visitor).await,
        Shown::Search => widget::search(State(state), visitor).await,
        Shown::List => {
            let asked = widget::Asked {
                loai: kind,
                so: choices.count,
            };
            widget::list(State(state), visitor, Query(asked)).await
        }
        Shown::Item => item::preview(&state, &visitor, choices.item.ok_or(Error::NotFound)?).await,
    }
}

/// Who would see it: a citizen in the frame of that site. Links lead to EMBED, assets come from the desk.
fn as_framed(state: &AppState, staff: &Staff, row: &EmbedRow) -> Visitor {
    let tenant = staff.ctx.tenant().clone();
    let site = EmbedSite {
        id: row.id,
        key: row.key.clone(),
        tenant: tenant.clone(),
        origins: row.origins.clone(),
        open: row.open,
        replaced: None,
    };
    let arrival = Arrival {
        origin: Origin::Embed,
        table: Table::Section,
        tenant: Some(tenant.clone()),
        embed: Some(site),
        listed: None,
        mount: format!("{}/k/{}", state.settings.embed.as_str(), row.key),
        assets: String::new(),
        authority: state.settings.embed.authority().to_owned(),
        path: "/".into(),
        query: None,
        ours: true,
        registry: state.read.registry().now().version(),
        back: None,
        client: None,
        preview: true,
        still: false,
    };
    Visitor {
        tenant,
        arrival,
        now: staff.ctx.now(),
    }
}
