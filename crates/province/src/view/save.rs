//! Saves the view in front of somebody under a name: living, or fixed with all that its figures are drawn by.

use pbgdpl_model::dashboard::{Fixed, SavedView, ViewAddress};
use pbgdpl_model::id::{TenantId, ViewId};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use serde_json::json;

use super::{allowed, place, record};
use crate::oversight::dashboard::definition_on;
use crate::oversight::tiles::communes;
use crate::structure::REORGANISATION;
use crate::{Error, Province};

/// Most views that one person keeps.
pub const MOST: u64 = 200;

/// What is to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Save {
    /// Its name.
    pub title: String,
    /// The page with its choices.
    pub address: ViewAddress,
    /// The year that is shown, where the address names none.
    pub year: Option<i32>,
    /// Whether its figures stay as they are at the end of the day it shows: the past day that was chosen, or today.
    pub fixed: bool,
    /// Whether everybody of the province may open it.
    pub shared: bool,
}

/// Saves.
///
/// # Errors
/// [`Error::Denied`], [`Error::Invalid`] of `ten` or `giu-nguyen`, or a fault of the store.
#[tracing::instrument(name = "province.view.save", skip_all)]
pub async fn save(province: &Province, ctx: &ProvinceCtx, order: Save) -> Result<ViewId, Error> {
    let title = allowed(ctx, &order.title, order.shared)?;
    let mut address = order.address;
    let mut fixed = None;
    if order.fixed {
        if !address.can_be_fixed() {
            return Err(Error::invalid(
                "giu-nguyen",
                "so sánh trong nhóm chỉ theo số liệu hiện nay nên không giữ nguyên được",
            ));
        }
        address.year = address.year.or(order.year);
        if address.year.is_none() {
            return Err(Error::invalid("giu-nguyen", "chọn một năm rồi lưu lại"));
        }
        let by = drawn_by(province, ctx, &address).await?;
        address.known = Some(by.day);
        fixed = Some(by);
    }
    let (domain, owner) = place(ctx);
    let mut identity = province.store().identity().await?;
    if identity.count_views(domain, owner).await? >= MOST {
        return Err(Error::invalid(
            "ten",
            format!("đã lưu {MOST} cách xem; xóa bớt rồi lưu"),
        ));
    }
    let view = SavedView {
        id: ViewId::fresh(ctx.now()),
        owner,
        owner_name: ctx.actor().name().to_owned(),
        title: title.to_owned(),
        shared: order.shared,
        address,
        fixed,
        made_at: ctx.now(),
    };
    identity.add_view(domain, &view).await?;
    let detail = json!({ "shared": view.shared, "fixed": view.fixed.as_ref().map(|fixed| fixed.day) });
    record(&mut identity, ctx, "account-save-view", view.id, detail).await?;
    identity.save().await?;
    Ok(view.id)
}

/// What the figures are drawn by today, for the day that the page shows.
async fn drawn_by(province: &Province, ctx: &ProvinceCtx, address: &ViewAddress) -> Result<Fixed, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let store = province.store().province_reader(&warrant).await?;
    let today = ctx.now().day();
    let day = address.known.unwrap_or(today).min(today);
    let units: Vec<TenantId> = ctx.snapshot().tenants().map(pbgdpl_scope::Tenant::id).collect();
    Ok(Fixed {
        day,
        definition: definition_on(&store, day).await?,
        reorganisations: store.catalogue(REORGANISATION).await?,
        communes: communes(&store, &units).await?,
        units: units.into_iter().collect(),
    })
}
