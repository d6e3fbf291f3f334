//! Approves an item and publishes it: nobody who touched the text since the last publication can (N-19).

use pbgdpl_model::article::{Article, PublishedFacts, PublishedItem, Step, Version, next};
use pbgdpl_model::id::ArticleId;
use pbgdpl_model::ledger::{Dimensions, Measure, NewRow, Source};
use pbgdpl_model::markdown;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::ArticleApprove;
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::article::Outcome;
use crate::{App, Error};

/// Publishes the submitted version in place of the one that was public. `read`: the version that the approver had before
/// their eyes; where another one waits by now, that one comes back and nothing is published.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`] also to everybody who wrote at it, [`Error::Illegal`], or a fault of the store.
#[tracing::instrument(name = "article.approve", skip_all)]
pub async fn approve(
    app: &App,
    ctx: &Ctx,
    article: ArticleId,
    read: i32,
    public_note: &str,
) -> Result<Outcome<()>, Error> {
    let mut agency = app.open(ctx).await?;
    let item = agency.article(article).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<ArticleApprove>(&item)?;
    let stage = next(item.stage, Step::Publish, item.is_live())?;
    let version = agency
        .article_version(article, item.latest_version)
        .await?
        .ok_or(Error::NotFound)?;
    if version.number != read {
        return Ok(Outcome::Stale(Box::new(version)));
    }
    // Of two translations into one language, approved in the same moment, the second sees the first.
    let original = version.content.translates;
    let family: Vec<ArticleId> = original.into_iter().chain([article]).collect();
    agency.hold_articles(&family).await?;
    let mut problems = version.content.cannot_be_submitted(item.kind);
    problems.extend(super::sister::problems(&agency, Some(article), &version.content).await?);
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let changes = agency.change_notes(article).await?;
    let first_time = item.first_published_at.is_none();
    let published = published_item(ctx, &item, &version, changes, public_note.trim());
    let changed = Article {
        stage,
        live_version: Some(version.number),
        first_published_at: item.first_published_at.or(Some(ctx.now())),
        published_at: Some(ctx.now()),
        withdrawn: None,
        returned_note: None,
        changed_at: ctx.now(),
        ..item
    };
    agency.move_article(&permit, &changed).await?;
    agency.publish(&permit, &published).await?;
    let record = Record {
        action: Action::ArticleApprove,
        object_kind: "article",
        object_id: article.0,
        verb: "Duyệt và công bố",
        note: public_note.trim(),
        reason: "",
        version: Some(version.number),
        detail: json!({ "version": version.number, "hash": version.content_hash }),
    };
    agency.record(ctx, record).await?;
    if first_time {
        agency.append_ledger(ctx, &counted(ctx, &published)).await?;
    }
    agency.send(ctx, &Message::SectionChanged).await?;
    agency.save().await?;
    Ok(Outcome::Done(()))
}

fn published_item(
    ctx: &Ctx,
    item: &Article,
    version: &Version,
    mut changes: Vec<(chrono::NaiveDate, String)>,
    public_note: &str,
) -> PublishedItem {
    let content = &version.content;
    if !public_note.is_empty() && item.first_published_at.is_some() {
        changes.insert(0, (ctx.now().day(), public_note.to_owned()));
    }
    PublishedItem {
        tenant: ctx.tenant().id(),
        id: item.id,
        kind: item.kind,
        slug: pbgdpl_vietnamese::slug(&content.title),
        title: content.title.clone(),
        summary: content.summary.clone(),
        html: markdown::render(&content.body),
        facts: PublishedFacts {
            version: version.number,
            language: content.language,
            translates: content.translates,
            copied: content.copied.clone(),
            bases: content.bases.clone(),
            document: content.document.clone(),
            fields: content.fields.clone(),
            audiences: content.audiences.clone(),
            picture: content.picture.clone(),
            source: content.source.clone(),
            author: version.author_name.clone(),
            approver: ctx.actor().name().to_owned(),
            checked_on: Some(ctx.now().day()),
            changes,
            illustrative: false,
        },
        first_published_at: item.first_published_at.unwrap_or_else(|| ctx.now()),
        published_at: ctx.now(),
        withdrawn: None,
    }
}

/// An item put on the internet counts once, as a material posted (form 09, column 8; column 7 adds both kinds).
fn counted(ctx: &Ctx, item: &PublishedItem) -> Vec<NewRow> {
    let dimensions = Dimensions {
        kind: item.kind.word().to_owned(),
        // Luật 14/2012/QH13 Đ.11 khoản 3: trang thông tin điện tử.
        form: "truyen-thong".to_owned(),
        fields: item.facts.fields.clone(),
        audiences: item.facts.audiences.clone(),
        language: item.facts.language.term().to_owned(),
        mode: "truc-tuyen".to_owned(),
        ..Dimensions::default()
    };
    vec![NewRow {
        day: ctx.now().day(),
        source: Source::Article,
        source_id: item.id.0,
        source_version: item.facts.version,
        measure: Measure::MaterialsOnline,
        quantity: 1,
        dimensions,
        reverses: None,
        reason: String::new(),
    }]
}
