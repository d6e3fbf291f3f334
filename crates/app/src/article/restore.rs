//! Makes an old version the newest again: a new version with the old words (PUB-08).

use pbgdpl_model::article::{Article, Step, Version, next};
use pbgdpl_model::id::ArticleId;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::ArticleWrite;

use crate::{App, Error};

/// Restores version `number`; returns the number of the new version. Everything in between stays readable.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Illegal`] while it waits for approval, or a fault of the store.
#[tracing::instrument(name = "article.restore", skip_all)]
pub async fn restore(app: &App, ctx: &Ctx, article: ArticleId, number: i32) -> Result<i32, Error> {
    let mut agency = app.open(ctx).await?;
    let item = agency.article(article).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<ArticleWrite>(&item)?;
    let old = agency
        .article_version(article, number)
        .await?
        .ok_or(Error::NotFound)?;
    let stage = next(item.stage, Step::Save, item.is_live())?;
    let version = Version {
        number: item.latest_version + 1,
        note: format!("Khôi phục bản {number}"),
        author: ctx.actor().account(),
        author_name: ctx.actor().name().to_owned(),
        created_at: ctx.now(),
        ..old
    };
    let changed = Article {
        stage,
        title: version.content.title.clone(),
        latest_version: version.number,
        submitted_by: None,
        changed_at: ctx.now(),
        ..item
    };
    agency.add_version(&permit, &changed, &version).await?;
    super::save::record(&mut agency, ctx, &changed, &version, "Khôi phục bản cũ").await?;
    agency.save().await?;
    Ok(version.number)
}
