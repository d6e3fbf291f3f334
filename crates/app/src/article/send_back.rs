//! Sends an item back to its writers with a remark; the submitter gets a letter.

use pbgdpl_model::article::{Article, Step, next};
use pbgdpl_model::id::ArticleId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::ArticleReturn;
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::{App, Error};

/// Sends a submitted item back.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Illegal`], [`Error::Invalid`] without a remark, or a fault of the store.
#[tracing::instrument(name = "article.send_back", skip_all)]
pub async fn send_back(app: &App, ctx: &Ctx, article: ArticleId, remark: &str) -> Result<(), Error> {
    let remark = remark.trim();
    let mut agency = app.open(ctx).await?;
    let item = agency.article(article).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<ArticleReturn>(&item)?;
    let stage = next(item.stage, Step::Return, item.is_live())?;
    if remark.is_empty() {
        return Err(Error::invalid(
            "remark",
            "Chưa ghi ý kiến. Khi trả lại, hãy viết điều người soạn cần sửa.",
        ));
    }
    let to = item.submitted_by.unwrap_or(item.created_by);
    let version = item.latest_version;
    let changed = Article {
        stage,
        returned_note: Some(remark.to_owned()),
        changed_at: ctx.now(),
        ..item
    };
    agency.move_article(&permit, &changed).await?;
    let record = Record {
        action: Action::ArticleReturn,
        object_kind: "article",
        object_id: article.0,
        verb: "Trả lại",
        note: remark,
        reason: remark,
        version: Some(version),
        detail: json!({ "version": version }),
    };
    agency.record(ctx, record).await?;
    agency
        .send(ctx, &Message::ArticleReturned { article, to })
        .await?;
    agency.save().await?;
    Ok(())
}
