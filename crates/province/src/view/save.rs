//! Saves the view in front of somebody under a name: living, or fixed with all that its figures are drawn by.

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::agency::Agency;
use pbgdpl_model::dashboard::{Fixed, SavedView, ViewAddress};
use pbgdpl_model::id::{TenantId, ViewId};
use pbgdpl_model::structure::View;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use serde_json::json;

use super::{allowed, place, record};
use crate::oversight::dashboard::definition_on;
use crate::oversight::drill::is_year;
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
    if !can_be_opened(&address, ctx.now().day()) {
        return Err(Error::invalid(
            "giu-nguyen",
            "trang này không mở được nên không lưu được; chọn lại năm và ngày",
        ));
    }
    let mut fixed = None;
    if order.fixed {
        if !address.can_be_fixed() {
            return Err(Error::invalid(
                "giu-nguyen",
                "so sánh trong nhóm chỉ theo số liệu hiện nay nên không giữ nguyên được",
            ));
        }
        address.year = address.year.or(order.year);
        if address.year.is_none() || !can_be_opened(&address, ctx.now().day()) {
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

/// Whether the page of an address would be drawn: its days and its year are ones that figures can speak of, and the year had begun.
fn can_be_opened(address: &ViewAddress, today: NaiveDate) -> bool {
    let structure = match address.structure {
        View::On(day) => Some(day),
        View::AsWas => None,
    };
    let mut days = address.known.into_iter().chain(structure);
    let known = address.known.unwrap_or(today);
    days.all(|day| is_year(day.year(), today))
        && address.known.is_none_or(|day| day <= today)
        && address
            .year
            .is_none_or(|year| is_year(year, today) && year <= known.year())
}

/// What the figures are drawn by today, for the day that the page shows.
async fn drawn_by(province: &Province, ctx: &ProvinceCtx, address: &ViewAddress) -> Result<Fixed, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let store = province.store().province_reader(&warrant).await?;
    let today = ctx.now().day();
    let day = address.known.unwrap_or(today).min(today);
    let tenants = ctx.snapshot().tenants();
    let mut units: Vec<Agency> = tenants.map(|tenant| tenant.agency().clone()).collect();
    units.sort_by_key(|agency| agency.id);
    let ids: Vec<TenantId> = units.iter().map(|agency| agency.id).collect();
    Ok(Fixed {
        day,
        definition: definition_on(&store, day).await?,
        reorganisations: store.catalogue(REORGANISATION).await?,
        communes: communes(&store, &ids).await?,
        units,
    })
}
