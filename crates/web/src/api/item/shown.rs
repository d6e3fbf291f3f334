//! What the interface says of an item: published with its facts, or withdrawn with the reason and nothing more.

use chrono::NaiveDate;
use pbgdpl_model::article::PublishedItem;
use pbgdpl_scope::Tenant;
use pbgdpl_store::public::{Changed, PublicLine};
use schemars::JsonSchema;
use serde::Serialize;

use crate::public::rows::item_path;
use crate::public::surroundings::canonical;
use crate::state::AppState;

/// Items.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Một trang danh sách bài.")]
pub struct ItemList {
    #[schemars(description = "Các bài, theo lần thay đổi sau cùng, cũ trước mới sau.")]
    pub(super) items: Vec<Entry>,
    #[schemars(description = "Giá trị của tham số “sau” để đọc tiếp; null khi đã hết.")]
    pub(super) next: Option<String>,
}

/// An item in a list.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
#[schemars(description = "Một bài: đang công bố, hoặc đã gỡ.")]
pub enum Entry {
    /// Published.
    #[schemars(description = "Bài đang công bố.")]
    Published(Box<Item>),
    /// Withdrawn.
    #[schemars(description = "Bài đã gỡ.")]
    Withdrawn(Withdrawn),
}

/// An item with its text.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
#[schemars(description = "Một bài với toàn văn, hoặc đã gỡ.")]
pub enum WholeItem {
    /// Published.
    #[schemars(description = "Bài đang công bố.")]
    Published(Box<Whole>),
    /// Withdrawn.
    #[schemars(description = "Bài đã gỡ.")]
    Withdrawn(Withdrawn),
}

/// What is told of a published item.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Bài đang công bố, không có nội dung.")]
pub struct Item {
    #[serde(flatten)]
    identity: Identity,
    #[schemars(description = "Tiêu đề.")]
    title: String,
    #[schemars(description = "Một câu thay cho cả bài.")]
    summary: String,
    #[schemars(description = "Ngôn ngữ (BCP 47).")]
    language: &'static str,
    #[schemars(description = "Định danh của bài gốc, khi bài này là bản dịch.")]
    translation_of: Option<String>,
    #[schemars(description = "Lần đầu công bố (RFC 3339).")]
    published_at: String,
    #[schemars(description = "Mã lĩnh vực pháp luật.")]
    fields: Vec<String>,
    #[schemars(description = "Mã đối tượng.")]
    audiences: Vec<String>,
    #[schemars(description = "Văn bản được giới thiệu; chỉ có ở loại van-ban-moi.")]
    document: Option<Document>,
    #[schemars(description = "Căn cứ pháp lý.")]
    bases: Vec<Basis>,
    #[schemars(description = "Ảnh của bài.")]
    picture: Option<Picture>,
    #[schemars(description = "Nguồn, khi nội dung không phải của cơ quan.")]
    source: Option<String>,
    #[schemars(description = "Nơi đăng bản gốc, khi bài được đăng lại từ trang khác.")]
    original: Option<Original>,
}

/// The same with the text.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Bài đang công bố với toàn văn.")]
pub struct Whole {
    #[serde(flatten)]
    item: Item,
    #[schemars(
        description = "Nội dung: HTML đã làm sạch, chỉ gồm thẻ đoạn, mục, danh sách, bảng, liên kết."
    )]
    html: String,
}

/// What is told of every item.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Identity {
    #[schemars(
        description = "Định danh không đổi (urn:uuid); cũng là định danh trong nguồn tin và OAI-PMH."
    )]
    id: String,
    #[schemars(description = "Định danh trong địa chỉ, 26 ký tự.")]
    key: String,
    #[schemars(description = "Mã của cơ quan trong địa chỉ.")]
    agency: String,
    #[schemars(description = "Loại.")]
    kind: String,
    #[schemars(description = "Địa chỉ duy nhất của bài.")]
    address: String,
    #[schemars(
        description = "Lần thay đổi sau cùng: công bố hoặc gỡ (RFC 3339). Không đổi khi cơ quan đổi tên, đổi mã, ẩn hoặc mở lại chuyên mục."
    )]
    changed_at: String,
}

/// What is left of a withdrawn item.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Bài đã gỡ: không còn nội dung.")]
pub struct Withdrawn {
    #[serde(flatten)]
    identity: Identity,
    #[schemars(description = "Vì sao gỡ.")]
    reason: String,
}

/// A document of law.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Văn bản pháp luật được giới thiệu.")]
pub struct Document {
    #[schemars(description = "Số, ký hiệu.")]
    number: String,
    #[schemars(description = "Loại văn bản.")]
    kind: String,
    #[schemars(description = "Cơ quan ban hành.")]
    issuer: String,
    #[schemars(description = "Ngày ban hành.")]
    issued: Option<NaiveDate>,
    #[schemars(description = "Ngày có hiệu lực.")]
    effective: Option<NaiveDate>,
    #[schemars(description = "Ngày hết hiệu lực.")]
    expires: Option<NaiveDate>,
    #[schemars(description = "Nơi có bản chính thức.")]
    official_text: Option<String>,
}

/// Where an item stands first.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Trang đăng bản gốc.")]
pub struct Original {
    #[schemars(description = "Địa chỉ (https).")]
    address: String,
    #[schemars(description = "Bài là bản sao nguyên văn: địa chỉ chính là trang gốc.")]
    verbatim: bool,
}

/// A legal basis.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Một căn cứ pháp lý.")]
pub struct Basis {
    #[schemars(description = "Số, ký hiệu.")]
    number: String,
    #[schemars(description = "Tên văn bản.")]
    title: String,
    #[schemars(description = "Điều, khoản.")]
    articles: String,
}

/// A picture.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Ảnh của bài.")]
pub struct Picture {
    #[schemars(description = "Địa chỉ tệp.")]
    address: String,
    #[schemars(description = "Lời mô tả cho người không nhìn thấy ảnh.")]
    alt: String,
    #[schemars(description = "Chiều rộng, điểm ảnh.")]
    width: i32,
    #[schemars(description = "Chiều cao, điểm ảnh.")]
    height: i32,
}

impl Entry {
    pub(super) fn of(state: &AppState, tenant: &Tenant, changed: &Changed) -> Self {
        match &changed.withdrawn {
            Some((_, reason)) => Self::Withdrawn(Withdrawn {
                identity: Identity::of(state, tenant, changed),
                reason: reason.clone(),
            }),
            None => Self::Published(Box::new(Item::of(state, tenant, changed))),
        }
    }
}

impl WholeItem {
    pub(super) fn of(state: &AppState, tenant: &Tenant, mut item: PublishedItem) -> Self {
        let html = std::mem::take(&mut item.html);
        match Entry::of(state, tenant, &item.into()) {
            Entry::Withdrawn(withdrawn) => Self::Withdrawn(withdrawn),
            Entry::Published(item) => Self::Published(Box::new(Whole { item: *item, html })),
        }
    }
}

impl Identity {
    fn of(state: &AppState, tenant: &Tenant, changed: &Changed) -> Self {
        let line = &changed.line;
        Self {
            id: format!("urn:uuid:{}", line.id.0),
            key: line.id.to_string(),
            agency: tenant.slug().to_owned(),
            kind: line.kind.word().to_owned(),
            address: canonical(state, tenant.slug(), &item_path(line)),
            changed_at: changed.at().rfc3339(),
        }
    }
}

impl Item {
    fn of(state: &AppState, tenant: &Tenant, changed: &Changed) -> Self {
        let line = &changed.line;
        let facts = &line.facts;
        let known = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Self {
            identity: Identity::of(state, tenant, changed),
            title: line.title.clone(),
            summary: line.summary.clone(),
            language: line.facts.language.word(),
            translation_of: line.facts.translates.map(|id| format!("urn:uuid:{}", id.0)),
            published_at: line.first_published_at.rfc3339(),
            fields: facts.fields.clone(),
            audiences: facts.audiences.clone(),
            document: facts.document.as_ref().map(|document| Document {
                number: document.number.clone(),
                kind: document.kind.clone(),
                issuer: document.issuer.clone(),
                issued: document.issued,
                effective: document.effective,
                expires: document.expires,
                official_text: known(&document.source_url),
            }),
            bases: facts
                .bases
                .iter()
                .map(|base| Basis {
                    number: base.number.clone(),
                    title: base.title.clone(),
                    articles: base.articles.clone(),
                })
                .collect(),
            picture: picture(state, line),
            source: known(&facts.source),
            original: facts.copied.as_ref().map(|copied| Original {
                address: copied.from.as_str().to_owned(),
                verbatim: copied.verbatim,
            }),
        }
    }
}

fn picture(state: &AppState, line: &PublicLine) -> Option<Picture> {
    let picture = line.facts.picture.as_ref()?;
    Some(Picture {
        address: format!("{}/t/{}", state.settings.files.as_str(), picture.media),
        alt: picture.alt.clone(),
        width: picture.width,
        height: picture.height,
    })
}
