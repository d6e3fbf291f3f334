//! Takes a published item back: it stays readable under a notice that says why (PUB-09, first of its three acts).

use pbgdpl_model::article::{Article, Step, next};
use pbgdpl_model::id::ArticleId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::ArticleWithdraw;
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::{App, Error};

/// Withdraws an item with a notice.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Illegal`], [`Error::Invalid`] without a notice, or a fault of the store.
#[tracing::instrument(name = "article.withdraw", skip_all)]
pub async fn withdraw(app: &App, ctx: &Ctx, article: ArticleId, notice: &str) -> Result<(), Error> {
    let notice = notice.trim();
    let mut agency = app.open(ctx).await?;
    let item = agency.article(article).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<ArticleWithdraw>(&item)?;
    let stage = next(item.stage, Step::Withdraw, item.is_live())?;
    if notice.is_empty() {
        return Err(Error::invalid(
            "notice",
            "Chưa ghi lý do gỡ. Người đọc sẽ thấy lý do này thay cho bài.",
        ));
    }
    let live = item.live_version;
    let changed = Article {
        stage,
        withdrawn: Some((ctx.now(), notice.to_owned())),
        changed_at: ctx.now(),
        ..item
    };
    agency.move_article(&permit, &changed).await?;
    agency.withdraw(&permit, article, ctx.now(), notice).await?;
    let record = Record {
        action: Action::ArticleWithdraw,
        object_kind: "article",
        object_id: article.0,
        verb: "Gỡ bài",
        note: notice,
        reason: notice,
        version: live,
        detail: json!({ "version": live }),
    };
    agency.record(ctx, record).await?;
    agency.send(ctx, &Message::SectionChanged).await?;
    agency.save().await?;
    Ok(())
}
