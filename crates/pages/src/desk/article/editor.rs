//! The editor: why it came back, the fields of the kind, the text, and beside it the preview or a newer version.

use askama::Template;
use pbgdpl_model::article::difference::{FieldDifference, Piece};

use super::Preview;
use crate::desk::{DeskFrame, never_kept};
use crate::form::{Buttons, ErrorSummary, Field};
use crate::part::{Link, Notice, State, Steps};
use crate::public::Picture;
use crate::{CachePolicy, Page};

/// Why the item came back.
#[derive(Debug, Clone, Default)]
pub struct Returned {
    /// "A Thanh trả lại ngày 08/11/2020, 14 giờ 05".
    pub who: String,
    /// The remark.
    pub remark: String,
}

/// One legal basis, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BasisRow {
    /// Number.
    pub number: String,
    /// Title of the document.
    pub title: String,
    /// Articles.
    pub articles: String,
}

impl BasisRow {
    fn is_empty(&self) -> bool {
        self.number.is_empty() && self.title.is_empty() && self.articles.is_empty()
    }
}

/// The picture and how to change it.
#[derive(Debug, Clone)]
pub struct PictureBox {
    /// The picture that is attached, and its id.
    pub attached: Option<(String, Picture)>,
    /// What the picture shows.
    pub alt: Field,
    /// A file to bring, and where it goes; none before the first save.
    pub bring: Option<(Field, String)>,
}

/// What stands beside the form.
#[derive(Debug, Clone)]
pub enum Beside {
    /// How to write.
    Tips,
    /// What was typed, as the public will see it.
    Preview(Box<Preview>),
    /// Somebody saved in between: their version and what differs in what was typed here.
    Newest {
        /// "Bản 5, A Thanh lưu 08/11/2020, 14 giờ 05".
        who: String,
        /// Their text.
        preview: Box<Preview>,
        /// From their version to what was typed here.
        fields: Vec<FieldDifference>,
    },
}

/// The editor.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/article_editor.html")]
pub struct Editor {
    /// Surroundings.
    pub frame: DeskFrame,
    /// "Soạn bài mới", "Sửa bài", "Hai người cùng sửa".
    pub heading: String,
    /// The list.
    pub list: Link,
    /// Kind of item.
    pub kind: String,
    /// Where it stands.
    pub state: Option<State>,
    /// "Bản 2, Y Lan lưu 08/11/2020, 14 giờ 05".
    pub saved: String,
    /// Why it came back.
    pub returned: Option<Returned>,
    /// What to know before going on.
    pub notice: Option<Notice>,
    /// What is wrong.
    pub errors: ErrorSummary,
    /// Where the form goes.
    pub action: String,
    /// What was typed is not saved yet.
    pub unsaved: bool,
    /// Sent along: kind, version read.
    pub hidden: Vec<(&'static str, String)>,
    /// Title and summary.
    pub head: Vec<Field>,
    /// Facts of the document introduced; empty for other kinds.
    pub document: Vec<Field>,
    /// Fields of law, audiences.
    pub words: Vec<Field>,
    /// Language and original.
    pub language: Vec<Field>,
    /// What is chosen of them: "Tiếng Ba Na, bản dịch".
    pub said: String,
    /// Legal bases.
    pub bases: Vec<BasisRow>,
    /// The text.
    pub body: Field,
    /// The picture.
    pub picture: PictureBox,
    /// Source, note of the change.
    pub foot: Vec<Field>,
    /// What stands beside the form.
    pub beside: Beside,
    /// Its way.
    pub steps: Option<Steps>,
    /// At the foot.
    pub buttons: Buttons,
}

/// Rows that are open at first; the others unfold.
const OPEN_ROWS: usize = 2;

impl Editor {
    /// Filled rows and at least one empty one.
    fn open_rows(&self) -> impl Iterator<Item = (usize, &BasisRow)> {
        let open = self.open_count();
        self.bases.iter().enumerate().take(open)
    }

    fn folded_rows(&self) -> impl Iterator<Item = (usize, &BasisRow)> {
        let open = self.open_count();
        self.bases.iter().enumerate().skip(open)
    }

    fn open_count(&self) -> usize {
        let filled = self.bases.iter().filter(|row| !row.is_empty()).count();
        (filled + 1).max(OPEN_ROWS).min(self.bases.len())
    }

    /// Something is wrong with language or original: their fields stand open.
    fn language_wrong(&self) -> bool {
        self.language.iter().any(|field| field.error.is_some())
    }

    /// "Lĩnh vực pháp luật: Đất đai, Dân sự".
    fn chosen(&self, field: &&Field) -> String {
        let crate::form::Control::Boxes(choices) = &field.control else {
            return String::new();
        };
        let names: Vec<&str> = choices
            .iter()
            .filter(|choice| choice.chosen)
            .map(|choice| choice.label.as_str())
            .collect();
        if names.is_empty() {
            "chưa chọn".into()
        } else {
            names.join(", ")
        }
    }
}

never_kept!(Editor);
