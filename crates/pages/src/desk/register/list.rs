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
    /// The day from which a recognition is over because its level is, dd/mm/yyyy; empty while it holds.
    pub lapsed: String,
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
    /// State, `duoc-cong-nhan` or `moi`; empty says everybody who is neither refused nor dismissed.
    pub state: String,
    /// Field of law.
    pub field: String,
    /// Only those with a direct session from this day to that one, dd/mm/yyyy.
    pub spoke_from: String,
    /// Nothing that was written later: a moment in milliseconds, and the last row of the ledger. What a sent report counted.
    pub written: Option<(i64, i64)>,
}

impl Narrowed {
    /// An address of the register with what it is narrowed to.
    #[must_use]
    pub fn address(&self, base: &str) -> String {
        let day = if self.today { "" } else { self.day.as_str() };
        let (moment, row) = self.written.map_or_else(Default::default, |(moment, row)| {
            (moment.to_string(), row.to_string())
        });
        let parts: Vec<String> = [
            ("ngay", day),
            ("cap", &self.level),
            ("tinh-trang", &self.state),
            ("linh-vuc", &self.field),
            ("noi-tu", &self.spoke_from),
            ("ghi-den", &moment),
            ("dong-so", &row),
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
        self.address("").is_empty()
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
    /// What is wrong with the first day of sessions.
    pub spoke_error: Option<String>,
    /// Until when what was written down is looked at, as a sentence; empty says until now.
    pub written: String,
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
    fn filters(&self) -> [Field; 5] {
        let levels = Level::ALL
            .iter()
            .map(|level| (level.word().to_owned(), level.label().to_owned()));
        let states = State::ALL
            .iter()
            .map(|state| (state.word().to_owned(), state.label().to_owned()));
        let every = [("duoc-cong-nhan", "Được công nhận"), ("moi", "Mọi tình trạng")]
            .map(|(word, label)| (word.to_owned(), label.to_owned()));
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
            Field::day("noi-tu", "Có phổ biến trực tiếp từ ngày")
                .unmarked()
                .with_value(&self.narrowed.spoke_from)
                .with_error(self.spoke_error.clone()),
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
            Cell::state(state(line.state, &line.lapsed)),
            line.since.clone().into(),
        ],
    }
}
