//! Writes a new item with its first version.

use pbgdpl_model::article::{Article, Content, Kind, Stage, Version};
use pbgdpl_model::id::ArticleId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::ArticleWrite;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::article::Outcome;
use crate::{App, Error};

/// Writes a new item. It is a draft: nothing is public.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "article.create", skip_all)]
pub async fn create(app: &App, ctx: &Ctx, kind: Kind, content: Content) -> Result<Outcome<ArticleId>, Error> {
    let permit = ctx.permit::<ArticleWrite>(&Nothing)?;
    let problems = content.cannot_be_saved();
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let mut agency = app.open(ctx).await?;
    let problems = super::sister::problems(&agency, None, &content).await?;
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let id = ArticleId::fresh(ctx.now());
    let version = first_version(ctx, content);
    let item = Article {
        id,
        kind,
        stage: Stage::Draft,
        title: version.content.title.clone(),
        latest_version: 1,
        live_version: None,
        first_published_at: None,
        published_at: None,
        withdrawn: None,
        submitted_by: None,
        returned_note: None,
        created_by: ctx.actor().account(),
        created_at: ctx.now(),
        changed_at: ctx.now(),
        row_version: 1,
        contributors: vec![ctx.actor().account()],
    };
    agency.add_article(&permit, &item, &version).await?;
    let record = Record {
        action: Action::ArticleWrite,
        object_kind: "article",
        object_id: id.0,
        verb: "Soạn bản đầu",
        note: "",
        reason: "",
        version: Some(1),
        detail: json!({ "kind": kind.word(), "hash": version.content_hash }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(Outcome::Done(id))
}

fn first_version(ctx: &Ctx, content: Content) -> Version {
    Version {
        number: 1,
        content_hash: content.hash(),
        content,
        note: String::new(),
        author: ctx.actor().account(),
        author_name: ctx.actor().name().to_owned(),
        created_at: ctx.now(),
    }
}
