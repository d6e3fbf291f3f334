//! Sends an item to be approved; the approvers get a letter.

use pbgdpl_model::article::{Article, Step, next};
use pbgdpl_model::id::ArticleId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::ArticleSubmit;
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::article::Outcome;
use crate::{App, Error};

/// Sends the latest version to be approved.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Illegal`], or a fault of the store.
#[tracing::instrument(name = "article.submit", skip_all)]
pub async fn submit(app: &App, ctx: &Ctx, article: ArticleId) -> Result<Outcome<()>, Error> {
    let mut agency = app.open(ctx).await?;
    let item = agency.article(article).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<ArticleSubmit>(&item)?;
    let stage = next(item.stage, Step::Submit, item.is_live())?;
    let version = agency
        .article_version(article, item.latest_version)
        .await?
        .ok_or(Error::NotFound)?;
    let problems = version.content.cannot_be_submitted(item.kind);
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let changed = Article {
        stage,
        submitted_by: Some(ctx.actor().account()),
        returned_note: None,
        changed_at: ctx.now(),
        ..item
    };
    agency.move_article(&permit, &changed).await?;
    let record = Record {
        action: Action::ArticleSubmit,
        object_kind: "article",
        object_id: article.0,
        verb: "Gửi duyệt",
        note: "",
        reason: "",
        version: Some(version.number),
        detail: json!({ "version": version.number, "hash": version.content_hash }),
    };
    agency.record(ctx, record).await?;
    agency.send(ctx, &Message::ArticleSubmitted { article }).await?;
    agency.save().await?;
    Ok(Outcome::Done(()))
}
