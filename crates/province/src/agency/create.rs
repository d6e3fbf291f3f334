//! Creates an agency in one act: its section can be read, written and embedded at once (TEN-02).

use pbgdpl_model::agency::{ReportRow, Status};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::{
    Accent, AgencyFile, Contact, KindEntry, Membership, NameEntry, ParentEntry, ProvinceFile, TermList,
    UnitKind,
};
use pbgdpl_model::policy::{Action, Role};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::AgencyCreate;
use pbgdpl_store::StoreError;
use pbgdpl_store::province::{ProvinceRecord, ProvinceStore};
use serde_json::json;

use super::{Carry, carry, entry, known, slug};
use crate::member::addressee;
use crate::{Error, Province};

/// What is asked of a new agency.
#[derive(Debug, Clone)]
pub struct NewAgency {
    /// Official name.
    pub official: String,
    /// Short name.
    pub short: String,
    /// Address word; made from the short name where empty.
    pub slug: String,
    /// What it is.
    pub kind: UnitKind,
    /// Subordinate or voluntary.
    pub membership: Membership,
    /// Its place in the province's form.
    pub report_row: ReportRow,
    /// Colour of its section.
    pub accent: Accent,
    /// Id of a superior of the province, or slug of an agency; may be empty.
    pub parent: String,
    /// How to reach it.
    pub contact: Contact,
    /// E-mail of its first administrator, invited where nobody uses it; may be empty.
    pub administrator: String,
}

/// Creates the agency. The policy is the province's; the information groups are all that the vocabulary knows.
///
/// # Errors
/// [`Error::Denied`], [`Error::Invalid`] with the field, or a fault of the store. Nothing is kept then.
#[tracing::instrument(name = "province.agency.create", skip_all)]
pub async fn create(province: &Province, ctx: &ProvinceCtx, asked: &NewAgency) -> Result<TenantId, Error> {
    let warrant = ctx.warrant::<AgencyCreate>()?;
    let mut store = province.store().province(&warrant).await?;
    let file = file_from(&store, ctx, asked).await?;
    if store.slug_owner(&file.slug).await?.is_some() {
        return Err(taken(&file.slug));
    }
    let parents = parents_of(&store, ctx, &file).await?;
    let new = entry(&file, parents, Status::Open)?;
    store
        .put_agency(&new, ctx.now())
        .await
        .map_err(|error| match error {
            StoreError::Exists(_) => taken(&file.slug),
            other => other.into(),
        })?;
    let administrator = administrator(&mut store, ctx, asked, file.tenant()).await?;
    let record = ProvinceRecord {
        action: Action::AgencyCreate,
        object_kind: "agency",
        object_id: file.id,
        reason: "",
        detail: json!({ "slug": file.slug, "kind": asked.kind.word(), "administrator": administrator }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    province.store().machinery().poll_registry().await?;
    carry(
        province,
        file.tenant(),
        &file.profile(),
        Carry::IfEmpty,
        ctx.request(),
        ctx.now(),
    )
    .await?;
    Ok(file.tenant())
}

fn taken(slug: &str) -> Error {
    Error::invalid(
        "dia-chi",
        format!("“{slug}” đang dẫn tới một cơ quan khác; chọn từ khác"),
    )
}

async fn file_from(store: &ProvinceStore, ctx: &ProvinceCtx, asked: &NewAgency) -> Result<AgencyFile, Error> {
    let official = asked.official.trim();
    let short = asked.short.trim();
    if official.is_empty() {
        return Err(Error::invalid(
            "ten-day-du",
            "còn trống; ghi tên theo quyết định thành lập",
        ));
    }
    if short.is_empty() {
        return Err(Error::invalid(
            "ten-gon",
            "còn trống; ghi tên dùng trong danh sách, ví dụ Sở Tư pháp",
        ));
    }
    if asked
        .contact
        .email
        .as_deref()
        .is_some_and(|email| !email.contains('@'))
    {
        return Err(Error::invalid("thu-dien-tu", "thiếu ký tự @"));
    }
    let website = asked.contact.website.as_deref();
    if website.is_some_and(|site| !site.starts_with("https://") && !site.starts_with("http://")) {
        return Err(Error::invalid(
            "trang-web",
            "phải bắt đầu bằng https:// hoặc http://",
        ));
    }
    let today = ctx.now().day();
    let parent = asked.parent.trim();
    Ok(AgencyFile {
        id: TenantId::fresh(ctx.now()).0,
        slug: slug::choose(&asked.slug, short)?,
        membership: asked.membership,
        accent: asked.accent,
        report_row: asked.report_row,
        information_groups: information_groups(store).await?,
        kinds: vec![KindEntry {
            value: asked.kind,
            valid_from: today,
            valid_to: None,
            verify: false,
        }],
        names: vec![NameEntry {
            official: official.to_owned(),
            short: short.to_owned(),
            aliases: Vec::new(),
            valid_from: today,
            valid_to: None,
            verify: false,
        }],
        parents: (!parent.is_empty())
            .then(|| ParentEntry {
                unit: parent.to_owned(),
                valid_from: today,
                valid_to: None,
                verify: false,
            })
            .into_iter()
            .collect(),
        codes: Vec::new(),
        dissolved: None,
        contact: asked.contact.clone(),
        communes: Vec::new(),
    })
}

async fn information_groups(store: &ProvinceStore) -> Result<Vec<String>, Error> {
    let lists = store.catalogue("vocabulary").await?;
    let Some((_, body)) = lists.iter().find(|(code, _)| code == "information-groups") else {
        return Ok(Vec::new());
    };
    let list: TermList = serde_json::from_str(body)?;
    Ok(list.terms.into_iter().map(|term| term.id).collect())
}

/// The bodies above it, by name.
async fn parents_of(
    store: &ProvinceStore,
    ctx: &ProvinceCtx,
    file: &AgencyFile,
) -> Result<Vec<(chrono::NaiveDate, Option<chrono::NaiveDate>, String)>, Error> {
    let mut parents = Vec::new();
    for parent in &file.parents {
        let name = superior(store, ctx, &parent.unit).await?;
        let name =
            name.ok_or_else(|| Error::invalid("co-quan-chu-quan", "không có trong danh mục của tỉnh"))?;
        parents.push((parent.valid_from, parent.valid_to, name));
    }
    Ok(parents)
}

async fn superior(store: &ProvinceStore, ctx: &ProvinceCtx, unit: &str) -> Result<Option<String>, Error> {
    if let Some((_, body)) = store.province_body().await? {
        let file = serde_json::from_str::<ProvinceFile>(&body);
        let superiors = file.map(|file| file.superiors).unwrap_or_default();
        if let Some(found) = superiors.into_iter().find(|superior| superior.id == unit) {
            return Ok(Some(found.name));
        }
    }
    let agencies = store.register().await?;
    agencies
        .iter()
        .find(|agency| agency.slug == unit)
        .map(|agency| {
            Ok(known(agency, ctx.snapshot())?
                .names
                .last()
                .map(|name| name.official.clone()))
        })
        .transpose()
        .map(Option::flatten)
}

async fn administrator(
    store: &mut ProvinceStore,
    ctx: &ProvinceCtx,
    asked: &NewAgency,
    agency: TenantId,
) -> Result<Option<String>, Error> {
    let email = asked.administrator.trim();
    if email.is_empty() {
        return Ok(None);
    }
    let account = addressee(store, ctx, "quan-tri", email).await?.account;
    let by = ctx.actor().account();
    store
        .grant(account, agency.into(), Role::AgencyAdmin, by, ctx.now())
        .await?;
    Ok(Some(account.to_string()))
}
