//! Saves a new version of an item; an older page never overwrites a newer version.

use pbgdpl_model::article::{Article, Content, Step, Version, next};
use pbgdpl_model::id::ArticleId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::ArticleWrite;
use pbgdpl_store::tenant::{Record, TenantStore};
use serde_json::json;

use crate::article::Outcome;
use crate::{App, Error};

/// What the editor sends.
#[derive(Debug, Clone)]
pub struct Save {
    /// Which item.
    pub article: ArticleId,
    /// The version the editor had before their eyes.
    pub based_on: i32,
    /// What was written.
    pub content: Content,
    /// What changed, in the author's words.
    pub note: String,
}

/// Saves a new version. Returns its number; the same number where nothing changed.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Illegal`] while it waits for approval, or a fault of the store.
#[tracing::instrument(name = "article.save", skip_all)]
pub async fn save(app: &App, ctx: &Ctx, order: Save) -> Result<Outcome<i32>, Error> {
    let mut agency = app.open(ctx).await?;
    let item = agency.article(order.article).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<ArticleWrite>(&item)?;
    let problems = order.content.cannot_be_saved();
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let newest = agency
        .article_version(item.id, item.latest_version)
        .await?
        .ok_or(Error::NotFound)?;
    if order.based_on != item.latest_version {
        return Ok(Outcome::Stale(Box::new(newest)));
    }
    let stage = next(item.stage, Step::Save, item.is_live())?;
    if newest.content == order.content {
        return Ok(Outcome::Done(newest.number));
    }
    let problems = super::sister::problems(&agency, Some(item.id), &order.content).await?;
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let version = Version {
        number: item.latest_version + 1,
        content_hash: order.content.hash(),
        content: order.content,
        note: order.note,
        author: ctx.actor().account(),
        author_name: ctx.actor().name().to_owned(),
        created_at: ctx.now(),
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
    record(&mut agency, ctx, &changed, &version, "Sửa").await?;
    agency.save().await?;
    Ok(Outcome::Done(version.number))
}

pub(super) async fn record(
    agency: &mut TenantStore,
    ctx: &Ctx,
    item: &Article,
    version: &Version,
    verb: &str,
) -> Result<(), Error> {
    let record = Record {
        action: Action::ArticleWrite,
        object_kind: "article",
        object_id: item.id.0,
        verb,
        note: &version.note,
        reason: "",
        version: Some(version.number),
        detail: json!({ "version": version.number, "hash": version.content_hash }),
    };
    Ok(agency.record(ctx, record).await?)
}
