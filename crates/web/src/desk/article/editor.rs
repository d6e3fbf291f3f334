//! The editor's page: the fields of the kind with what stands in them, and what stands beside.

use pbgdpl_model::article::{Article, Base, ContentProblem, Kind, Version, difference};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::article::{BasisRow, Beside, Editor, PictureBox, Returned};
use pbgdpl_pages::form::{Button, Buttons, Choice, ErrorSummary, Field};
use pbgdpl_pages::part::{Link, Notice};
use pbgdpl_store::tenant::TenantReader;

use super::draft::{BASES, Draft, Trouble};
use super::sister;
use super::words::Words;
use super::{address, list_address, preview, reading, saved, stage_state};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::Staff;
use crate::state::AppState;

/// What stands beside the form.
pub(super) enum Side {
    /// How to write.
    Tips,
    /// What was typed, as the public will see it.
    Preview,
    /// Somebody saved in between: their version.
    Newest(Box<Version>),
}

/// What the page is drawn from.
pub(super) struct Editing {
    /// Kind of item.
    pub(super) kind: Kind,
    /// The item and its newest version; none before the first save.
    pub(super) item: Option<(Article, Version)>,
    /// What stands in the form.
    pub(super) draft: Draft,
    /// What is wrong.
    pub(super) troubles: Vec<Trouble>,
    /// What was not done because of it.
    pub(super) refused: &'static str,
    /// What to know before going on.
    pub(super) notice: Option<Notice>,
    /// What stands beside the form.
    pub(super) side: Side,
    /// What was typed is not saved yet.
    pub(super) unsaved: bool,
}

impl Editing {
    /// The form of an item, or of one that does not exist yet.
    pub(super) fn new(kind: Kind, item: Option<(Article, Version)>, draft: Draft) -> Self {
        Self {
            kind,
            item,
            draft,
            troubles: Vec::new(),
            refused: "",
            notice: None,
            side: Side::Tips,
            unsaved: false,
        }
    }

    /// With what is wrong, in the words of the act.
    pub(super) fn refused(mut self, what: &'static str, troubles: Vec<Trouble>) -> Self {
        (self.refused, self.troubles, self.unsaved) = (what, troubles, true);
        self
    }

    /// With what stands beside.
    pub(super) fn beside(mut self, side: Side) -> Self {
        (self.side, self.unsaved) = (side, true);
        self
    }
}

/// Problems of content as troubles of the form.
pub(super) fn troubles(problems: &[ContentProblem]) -> Vec<Trouble> {
    problems.iter().map(|p| (p.field, p.reason.to_owned())).collect()
}

/// Draws the editor.
pub(super) async fn page(
    state: &AppState,
    staff: &Staff,
    agency: &TenantReader,
    editing: Editing,
) -> Result<Editor, Error> {
    let tenant = staff.ctx.tenant();
    let mut words = Words::read(agency).await?;
    let form = FormFields {
        draft: &editing.draft,
        troubles: &editing.troubles,
    };
    let item = editing.item.as_ref().map(|(item, _)| item);
    let own = item.map(|item| item.id);
    let (content, _) = editing.draft.content(state, agency, own, editing.kind).await?;
    if let Side::Newest(newest) = &editing.side {
        words.learn_originals(agency, [&newest.content, &content]).await?;
    }
    let base = item.map(|item| address(tenant, item.id));
    let attached = content
        .picture
        .as_ref()
        .zip(preview::picture(state, staff, &content))
        .map(|(picture, shown)| (picture.media.to_string(), shown));
    let based_on = editing.draft.based_on();
    let beside = match &editing.side {
        Side::Tips => Beside::Tips,
        Side::Preview => Beside::Preview(Box::new(preview::of(state, staff, editing.kind, item, &content))),
        Side::Newest(newest) => Beside::Newest {
            who: format!("Bản {}, {}", newest.number, saved(newest)),
            preview: Box::new(preview::of(state, staff, editing.kind, item, &newest.content)),
            fields: difference::between(&newest.content, &content, |id| words.name(id)),
        },
    };
    let log = match item {
        Some(item) => agency.timeline(item.id.0).await?,
        None => Vec::new(),
    };
    let originals = sister::choices(agency, item, content.translates).await?;
    let copies = sister::copies(state, staff, item, &content).await?;
    let mut editor = Editor {
        frame: frame::staff(state, staff, "bai"),
        heading: heading(&editing).into(),
        list: Link::new("Bài và tài liệu", list_address(tenant)),
        kind: editing.kind.label().into(),
        state: item.map(|item| stage_state(item.stage)),
        saved: editing
            .item
            .as_ref()
            .map_or_else(String::new, |(_, v)| format!("Bản {}, {}", v.number, saved(v))),
        returned: item
            .and_then(|item| reading::returned(item, &log))
            .map(|(who, remark)| Returned { who, remark }),
        notice: editing.notice.clone(),
        errors: ErrorSummary::default(),
        action: base
            .as_ref()
            .map_or_else(|| list_address(tenant), |base| format!("{base}/sua")),
        unsaved: editing.unsaved,
        hidden: vec![
            ("kind", editing.kind.word().to_owned()),
            ("based_on", based_on.to_string()),
        ],
        head: form.head(),
        document: form.document(editing.kind, &words),
        words: form.words(&words),
        language: form.language(originals, &sister::copies_said(&copies)),
        said: sister::said(&content),
        bases: bases(&content.bases),
        body: form.body(editing.kind),
        picture: PictureBox {
            attached,
            alt: form.alt(),
            bring: base.map(|base| (form.file(), format!("{base}/anh"))),
        },
        foot: form.foot(item.is_some()),
        beside,
        steps: editing
            .item
            .as_ref()
            .map(|(item, version)| reading::steps(item, version, &log)),
        buttons: buttons(staff, &editing),
    };
    editor.errors = summary(&editor, editing.refused);
    Ok(editor)
}

const fn heading(editing: &Editing) -> &'static str {
    match (&editing.side, &editing.item) {
        (Side::Newest(_), _) => "Hai người cùng sửa bài này",
        (_, None) => "Soạn bài mới",
        (_, Some(_)) => "Sửa bài",
    }
}

/// What is wrong, field by field, in the order of the page.
fn summary(editor: &Editor, refused: &str) -> ErrorSummary {
    let picture = editor.picture.bring.iter().map(|(file, _)| file);
    let fields = editor
        .head
        .iter()
        .chain(&editor.document)
        .chain([&editor.body, &editor.picture.alt])
        .chain(picture)
        .chain(&editor.language)
        .chain(&editor.foot);
    let summary = ErrorSummary::of(refused, fields);
    if summary.is_empty() {
        ErrorSummary::default()
    } else {
        summary
    }
}

fn buttons(staff: &Staff, editing: &Editing) -> Buttons {
    let mut buttons = vec![Button::quiet("Xem trước", "xem-truoc")];
    if let Side::Newest(_) = editing.side {
        buttons.push(Button::primary("Lưu bản của tôi thành bản mới").with_act("luu"));
        let note = "Cả hai bản đều được giữ: bản bên phải đã lưu; bản của bạn sẽ là bản mới hơn.";
        return Buttons {
            note: note.into(),
            buttons,
        };
    }
    if staff.ctx.could(Action::ArticleSubmit) {
        buttons.push(Button::quiet("Lưu nháp", "luu"));
        buttons.push(Button::primary("Gửi duyệt").with_act("gui"));
    } else {
        buttons.push(Button::primary("Lưu nháp").with_act("luu"));
    }
    Buttons {
        note: "Lưu nháp giữ một bản mới; chưa ai ngoài cơ quan nhìn thấy.".into(),
        buttons,
    }
}

fn bases(filled: &[Base]) -> Vec<BasisRow> {
    let filled = filled.iter().map(|base| BasisRow {
        number: base.number.clone(),
        title: base.title.clone(),
        articles: base.articles.clone(),
    });
    let mut rows: Vec<BasisRow> = filled.collect();
    let wanted = BASES.max(rows.len().saturating_add(1));
    rows.resize_with(wanted, BasisRow::default);
    rows
}

/// The fields with what was typed and what is wrong.
struct FormFields<'a> {
    draft: &'a Draft,
    troubles: &'a [Trouble],
}

impl FormFields<'_> {
    fn filled(&self, field: Field) -> Field {
        let error = self
            .troubles
            .iter()
            .find(|(name, _)| *name == field.name)
            .map(|(_, reason)| reason.clone());
        let value = self.draft.get(&field.name).to_owned();
        field.with_value(value).with_error(error)
    }

    fn head(&self) -> Vec<Field> {
        let title = Field {
            longest: 250,
            ..Field::text("title", "Tên bài")
        };
        let summary = Field {
            longest: 500,
            ..Field::area("summary", "Một câu nói hết ý", 3)
        };
        vec![
            self.filled(title),
            self.filled(summary.with_hint("Hiện dưới tên bài, trong danh sách và khi chia sẻ.")),
        ]
    }

    fn document(&self, kind: Kind, words: &Words) -> Vec<Field> {
        if kind != Kind::VanBanMoi {
            return Vec::new();
        }
        let kinds = words.document_kinds(self.draft.get("document_kind"));
        let fields = [
            Field::select("document_kind", "Loại văn bản", kinds),
            Field::text("document_number", "Số, ký hiệu").with_hint("Ví dụ 52/2014/QH13"),
            Field::text("document_issuer", "Cơ quan ban hành"),
            Field::day("document_issued", "Ngày ban hành"),
            Field::day("document_effective", "Có hiệu lực từ ngày"),
            Field::day("document_expires", "Hết hiệu lực sau ngày")
                .with_hint("Chỉ ghi khi văn bản đã hết hiệu lực")
                .optional(),
            Field::text("document_affected", "Liên quan đến ai").optional(),
            Field::line("document_source_url", "Bản chính thức", "url")
                .with_hint("Địa chỉ trên vbpl.vn hoặc Công báo")
                .optional(),
        ];
        fields.into_iter().map(|field| self.filled(field)).collect()
    }

    fn words(&self, words: &Words) -> Vec<Field> {
        let boxes = |name: &str, label: &str| {
            Field::boxes(name, label, words.choices(name, &self.draft.chosen(name)))
        };
        vec![
            boxes("fields", "Lĩnh vực pháp luật"),
            boxes("audiences", "Đối tượng"),
        ]
    }

    fn language(&self, originals: Vec<Choice>, copies: &str) -> Vec<Field> {
        let language = Field::select("language", "Ngôn ngữ của bài", sister::languages());
        let original = Field::select("translates", "Dịch từ bài", originals).unmarked();
        let address = Field::line("translates_address", "Hoặc địa chỉ của bài gốc", "url").optional();
        vec![
            self.filled(language),
            self.filled(original.with_hint("Bài gốc đang công bố trong chuyên mục này.")),
            self.filled(address.with_hint("Dán địa chỉ của bài, khi không thấy bài ở trên.")),
            self.filled(
                Field::line("copied_from", "Bản gốc đăng ở", "url")
                    .with_hint(copies)
                    .optional(),
            ),
            self.filled(Field::boxes(
                "verbatim",
                "Cách đăng lại",
                vec![Choice {
                    value: "1".into(),
                    label: "Bài này sao nguyên văn bản gốc".into(),
                    hint: "Máy tìm kiếm sẽ dẫn người đọc đến bản gốc.".into(),
                    chosen: false,
                }],
            )),
        ]
    }

    fn body(&self, kind: Kind) -> Field {
        let hint = match kind {
            Kind::ToGap => "Mỗi dòng bắt đầu bằng ## mở một mục của tờ gấp. Một dòng trống là một đoạn.",
            _ => "Một dòng trống là một đoạn. ## ở đầu dòng là đề mục. Nhận chữ dán từ Word.",
        };
        self.filled(Field::area("body", "Nội dung", 16).with_hint(hint))
    }

    fn alt(&self) -> Field {
        let field = Field::text("alt", "Lời mô tả ảnh").optional();
        self.filled(field.with_hint("Điều người không nhìn thấy ảnh cần biết, trong một câu."))
    }

    fn file(&self) -> Field {
        let field = Field::files("file", "Tệp ảnh", "image/png,image/jpeg,image/webp", false).optional();
        Field {
            value: String::new(),
            ..self.filled(field.with_hint("PNG, JPEG hoặc WebP, nhiều nhất 10 MB."))
        }
    }

    fn foot(&self, exists: bool) -> Vec<Field> {
        let source = Field::text("source", "Nguồn").optional();
        let mut fields = vec![self.filled(source.with_hint("Ghi khi dùng lại nội dung của nơi khác."))];
        if exists {
            let note = Field::text("note", "Điều đã đổi trong bản này").optional();
            fields.push(self.filled(note.with_hint("Cho đồng nghiệp đọc lại lịch sử bài.")));
        }
        fields
    }
}
