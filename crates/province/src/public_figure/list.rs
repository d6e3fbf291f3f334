//! All figures that were ever proposed, and how those that wait would read.

use pbgdpl_model::figure::{PublicFigure, PublishedFigure, Stage};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;

use super::draw::drawn;
use super::needs_approval;
use crate::oversight::dashboard::years;
use crate::{Error, Province};

/// The list.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Each with what is, or would be, read of it; none of what was taken back.
    pub figures: Vec<(PublicFigure, Option<PublishedFigure>)>,
    /// Years that figures speak of, newest first.
    pub years: Vec<i32>,
    /// Whether somebody else must agree.
    pub needs_approval: bool,
}

/// Reads it.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.public_figure.list", skip_all)]
pub async fn list(province: &Province, ctx: &ProvinceCtx) -> Result<Figures, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let store = province.store().province_reader(&warrant).await?;
    let mut figures = Vec::new();
    for figure in store.public_figures(None).await? {
        let body = match figure.stage {
            Stage::Revoked => None,
            Stage::Proposed | Stage::Public => Some(drawn(&store, ctx, &figure).await?),
        };
        figures.push((figure, body));
    }
    Ok(Figures {
        figures,
        years: years(&store, ctx.now().day()).await?,
        needs_approval: needs_approval(ctx),
    })
}
