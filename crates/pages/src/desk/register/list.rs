//! The register as it was on a day, narrowed by level, state and field of law.

use askama::Template;
use pbgdpl_model::register::{Level, State};

use super::state;
use crate::desk::DeskFrame;
use crate::form::{Choice, Field};
use crate::part::{Cell, Column, Empty, Link, Notice, Pager, Row, Table};

/// One person in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterLine {
    /// Họ và tên.
    pub name: String,
    /// Their page.
    pub href: String,
    /// Post and office.
    pub work: String,
    /// Level.
    pub level: Level,
    /// Fields of law, in words.
    pub fields: String,
    /// How they stood.
    pub state: State,
    /// "từ 02/03/2020", or the last day of what waits.
    pub since: String,
}

/// What the list is narrowed to; empty says all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// The day, dd/mm/yyyy.
    pub day: String,
    /// The day is today.
    pub today: bool,
    /// Level.
    pub level: String,
    /// State; empty says everybody who is neither refused nor dismissed.
    pub state: String,
    /// Field of law.
    pub field: String,
}

impl Narrowed {
    /// An address of the register with what it is narrowed to.
    #[must_use]
    pub fn address(&self, base: &str) -> String {
        let day = if self.today { "" } else { self.day.as_str() };
        let parts: Vec<String> = [
            ("ngay", day),
            ("cap", &self.level),
            ("tinh-trang", &self.state),
            ("linh-vuc", &self.field),
        ]
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
        if parts.is_empty() {
            base.to_owned()
        } else {
            format!("{base}?{}", parts.join("&"))
        }
    }

    fn is_whole(&self) -> bool {
        self.today && self.level.is_empty() && self.state.is_empty() && self.field.is_empty()
    }
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/register_list.html")]
pub struct RegisterList {
    /// Surroundings.
    pub frame: DeskFrame,
    /// This list's address.
    pub here: String,
    /// What it is narrowed to.
    pub narrowed: Narrowed,
    /// What is wrong with the day that was typed.
    pub day_error: Option<String>,
    /// Fields of law: id and label.
    pub fields: Vec<(String, String)>,
    /// How many there are.
    pub total: usize,
    /// This page of them.
    pub lines: Vec<RegisterLine>,
    /// The way through them.
    pub pager: Pager,
    /// Requests whose last day is over.
    pub overdue: Option<Notice>,
    /// Where somebody is added; none for those who may not.
    pub new: Option<String>,
    /// The list as everybody reads it.
    pub public: String,
}

fn select(
    name: &str,
    label: &str,
    all: &str,
    words: impl Iterator<Item = (String, String)>,
    chosen: &str,
) -> Field {
    let first = Choice {
        label: all.into(),
        ..Choice::default()
    };
    let rest = words.map(|(value, label)| Choice {
        value,
        label,
        ..Choice::default()
    });
    Field::select(name, label, std::iter::once(first).chain(rest).collect()).with_value(chosen)
}

impl RegisterList {
    fn filters(&self) -> [Field; 4] {
        let levels = Level::ALL.map(|level| (level.word().to_owned(), level.label().to_owned()));
        let states = State::ALL
            .iter()
            .map(|state| (state.word().to_owned(), state.label().to_owned()));
        let every = std::iter::once(("moi".to_owned(), "Mọi tình trạng".to_owned()));
        [
            Field::day("ngay", "Tính đến ngày")
                .unmarked()
                .with_value(&self.narrowed.day)
                .with_error(self.day_error.clone()),
            select("cap", "Cấp", "Mọi cấp", levels.into_iter(), &self.narrowed.level),
            select(
                "tinh-trang",
                "Tình trạng",
                "Trong danh sách",
                states.chain(every),
                &self.narrowed.state,
            ),
            select(
                "linh-vuc",
                "Lĩnh vực",
                "Mọi lĩnh vực",
                self.fields.iter().cloned(),
                &self.narrowed.field,
            ),
        ]
    }

    fn csv(&self) -> String {
        self.narrowed.address(&format!("{}/danh-sach.csv", self.here))
    }

    fn heading(&self) -> String {
        format!("Danh sách tính đến ngày {}", self.narrowed.day)
    }

    fn table(&self) -> Table {
        Table {
            caption: format!(
                "Báo cáo viên, tuyên truyền viên pháp luật tính đến ngày {}",
                self.narrowed.day
            ),
            caption_hidden: true,
            columns: [
                "Họ và tên",
                "Chức vụ, cơ quan",
                "Cấp",
                "Lĩnh vực chuyên môn sâu",
                "Tình trạng",
                "Từ ngày, hạn",
            ]
            .map(Column::words)
            .into(),
            rows: self.lines.iter().map(row).collect(),
            total: None,
        }
    }

    fn empty(&self) -> Empty {
        if self.narrowed.is_whole() {
            return Empty {
                title: "Chưa có ai trong danh sách.".into(),
                text: "Ghi người được đề nghị hoặc đã được công nhận: cột 1 và cột 2 của biểu 09 tự đếm từ đây, tên người được công nhận hiện trong danh sách công khai.".into(),
                links: self.new.iter().map(|new| Link::new("Thêm người", new)).collect(),
            };
        }
        Empty {
            title: "Không có ai như đã chọn.".into(),
            text: "Bỏ bớt điều kiện lọc, hoặc chọn ngày khác.".into(),
            links: vec![Link::new("Xem danh sách hôm nay", &self.here)],
        }
    }
}

fn row(line: &RegisterLine) -> Row {
    Row {
        cells: vec![
            Cell::link(&line.name, &line.href),
            line.work.clone().into(),
            line.level.label().into(),
            line.fields.clone().into(),
            Cell::state(state(line.state)),
            line.since.clone().into(),
        ],
    }
}
