//! The demo's items: front matter and Markdown, written, sent, approved and published by the people of their agency.

use anyhow::{Context, anyhow, bail};
use bytes::Bytes;
use chrono::NaiveDate;
use include_dir::{Dir, include_dir};
use pbgdpl_app::App;
use pbgdpl_app::article::{Outcome, approve, create, submit};
use pbgdpl_app::media::upload::{Purpose, Upload, upload};
use pbgdpl_model::article::{Base, Content, Document, Kind, PictureRef};
use pbgdpl_model::clock::SetClock;
use pbgdpl_model::policy::Role;
use pbgdpl_scope::{Found, Tenant};
use serde::Deserialize;

use crate::demo::people::People;
use crate::demo::time::at;

static ITEMS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/demo/items");
static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/demo/pictures");

/// One item as its file says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    #[serde(rename = "type")]
    kind: Kind,
    agency: String,
    title: String,
    summary: String,
    /// The day it becomes public.
    pub published: NaiveDate,
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    audiences: Vec<String>,
    #[serde(default)]
    bases: Vec<Base>,
    document: Option<DocumentFile>,
    #[serde(skip)]
    body: String,
    #[serde(skip)]
    picture: Option<Picture>,
}

impl Item {
    /// Slug of its agency.
    pub fn agency(&self) -> &str {
        &self.agency
    }
}

/// TOML has days of its own, or days as text: both are read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentFile {
    number: String,
    kind: String,
    issuer: String,
    issued: Option<NaiveDate>,
    effective: Option<NaiveDate>,
    expires: Option<NaiveDate>,
    #[serde(default)]
    affected: String,
    #[serde(default)]
    source_url: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Picture {
    file: String,
    alt: String,
}

#[derive(Debug, Deserialize)]
struct Pictures {
    picture: Vec<Picture>,
}

/// All items, in the order of their files. Every news item of a kind takes the next picture in turn.
///
/// # Errors
/// The file that does not stand, and why.
pub fn all() -> anyhow::Result<Vec<Item>> {
    let list = PICTURES
        .get_file("pictures.toml")
        .and_then(|file| file.contents_utf8());
    let pictures: Pictures = toml::from_str(list.context("pictures.toml")?)?;
    let mut files: Vec<_> = ITEMS.files().collect();
    files.sort_by_key(|file| file.path());
    let mut turns = pictures.picture.iter().cycle();
    let mut items = Vec::with_capacity(files.len());
    for file in files {
        let name = file.path().display().to_string();
        let text = file.contents_utf8().with_context(|| name.clone())?;
        let mut item = read(text).with_context(|| name)?;
        if item.kind == Kind::Tin {
            item.picture = turns.next().cloned();
        }
        items.push(item);
    }
    Ok(items)
}

fn read(text: &str) -> anyhow::Result<Item> {
    let (front, body) = text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"))
        .context("no front matter")?;
    let item: Item = toml::from_str(front)?;
    Ok(Item {
        body: body.trim().to_owned(),
        ..item
    })
}

/// Publishes an item: its editor writes and sends it early in the morning, another person approves it later.
///
/// # Errors
/// What the item lacks, or a fault of the store.
pub async fn publish(app: &App, clock: &SetClock, people: &People, item: &Item) -> anyhow::Result<()> {
    let found = app.store().registry().now().by_slug(&item.agency);
    let Some(Found::Here(tenant)) = found else {
        bail!("{}: no such agency", item.agency);
    };
    let editor = people.of(&tenant, Role::Editor)?;
    let approver = people.of(&tenant, Role::Approver)?;
    clock.set(at(item.published, 7 * 60 + 20));
    let picture = match &item.picture {
        Some(picture) => Some(taken(app, people, &tenant, picture).await?),
        None => None,
    };
    clock.set(at(item.published, 7 * 60 + 35));
    let content = content(item, picture);
    let ctx = editor.ctx(&tenant, app.now());
    let id = done(create::create(app, &ctx, item.kind, content).await?, &item.title)?;
    clock.set(at(item.published, 8 * 60));
    let ctx = editor.ctx(&tenant, app.now());
    done(submit::submit(app, &ctx, id).await?, &item.title)?;
    clock.set(at(item.published, 9 * 60 + 30));
    let ctx = approver.ctx(&tenant, app.now());
    done(approve::approve(app, &ctx, id, 1, "").await?, &item.title)
}

fn content(item: &Item, picture: Option<PictureRef>) -> Content {
    Content {
        title: item.title.clone(),
        summary: item.summary.clone(),
        body: item.body.clone(),
        fields: item.fields.clone(),
        audiences: item.audiences.clone(),
        bases: item.bases.clone(),
        document: item.document.clone().map(|document| Document {
            number: document.number,
            kind: document.kind,
            issuer: document.issuer,
            issued: document.issued,
            effective: document.effective,
            expires: document.expires,
            affected: document.affected,
            source_url: document.source_url,
        }),
        picture,
        source: String::new(),
        ..Content::default()
    }
}

async fn taken(app: &App, people: &People, tenant: &Tenant, picture: &Picture) -> anyhow::Result<PictureRef> {
    let bytes = PICTURES
        .get_file(&picture.file)
        .with_context(|| picture.file.clone())?
        .contents();
    let ctx = people.of(tenant, Role::Editor)?.ctx(tenant, app.now());
    let order = Upload {
        purpose: Purpose::Picture,
        file_name: picture.file.clone(),
        bytes: Bytes::from_static(bytes),
        alt: picture.alt.clone(),
    };
    let media = upload(app, &ctx, order).await?;
    Ok(PictureRef {
        media: media.id,
        alt: media.alt,
        width: media.width.unwrap_or(0),
        height: media.height.unwrap_or(0),
    })
}

fn done<T>(outcome: Outcome<T>, title: &str) -> anyhow::Result<T> {
    match outcome {
        Outcome::Done(value) => Ok(value),
        Outcome::Unmet(problems) => Err(anyhow!("{title}: {problems:?}")),
        Outcome::Stale(_) => Err(anyhow!("{title}: somebody else wrote")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_of_the_demo_can_be_published() {
        let items = all().unwrap();
        assert_eq!(items.len(), 24);
        for item in &items {
            let problems = content(item, None).cannot_be_submitted(item.kind);
            assert!(problems.is_empty(), "{}: {problems:?}", item.title);
        }
    }
}
