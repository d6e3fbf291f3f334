//! The agency's activities of a year, and those of others that it shared in.

use askama::Template;
use pbgdpl_model::activity::{Kind, Stage};

use crate::desk::DeskFrame;
use crate::form::{Choice, Field};
use crate::part::{Cell, Column, Empty, Link, Pager, Row, State, Table, Tone};

/// One activity in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityLine {
    /// What it was called.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Day, dd/mm/yyyy.
    pub day: String,
    /// What it was.
    pub kind: Kind,
    /// Attendances, copies or broadcasts, with their unit.
    pub figure: String,
    /// Several agencies organised it.
    pub joint: bool,
    /// Whether it counts.
    pub stage: Stage,
}

/// What the list is narrowed to; empty says all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Year.
    pub year: String,
    /// Kind.
    pub kind: String,
    /// Stage.
    pub stage: String,
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/activities.html")]
pub struct ActivityList {
    /// Surroundings.
    pub frame: DeskFrame,
    /// This list's address.
    pub here: String,
    /// What it is narrowed to.
    pub chosen: Chosen,
    /// Years there is something of.
    pub years: Vec<i32>,
    /// How many there are.
    pub total: u64,
    /// This page of them.
    pub lines: Vec<ActivityLine>,
    /// The way through them.
    pub pager: Pager,
    /// Where a new one is written; none for those who may not.
    pub new: Option<String>,
    /// Confirmed shares in other agencies' activities: title, owner, day.
    pub shares: Vec<(String, String, String)>,
}

/// The list's address with what it is narrowed to, for the pager.
#[must_use]
pub fn list_address(here: &str, chosen: &Chosen) -> String {
    let parts: Vec<String> = [
        ("nam", &chosen.year),
        ("loai", &chosen.kind),
        ("trang-thai", &chosen.stage),
    ]
    .iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| format!("{name}={value}"))
    .collect();
    if parts.is_empty() {
        here.to_owned()
    } else {
        format!("{here}?{}", parts.join("&"))
    }
}

/// How a stage looks.
pub(super) fn state(stage: Stage) -> State {
    let tone = match stage {
        Stage::Draft => Tone::Wait,
        Stage::Recorded => Tone::Ok,
        Stage::Reversed => Tone::Back,
    };
    State::new(tone, stage.label())
}

fn select(name: &str, label: &str, all: &str, words: Vec<(String, String)>, chosen: &str) -> Field {
    let first = Choice {
        label: all.into(),
        ..Choice::default()
    };
    let rest = words.into_iter().map(|(value, label)| Choice {
        value,
        label,
        ..Choice::default()
    });
    Field::select(name, label, std::iter::once(first).chain(rest).collect()).with_value(chosen)
}

impl ActivityList {
    fn filters(&self) -> [Field; 3] {
        let years = self
            .years
            .iter()
            .map(|year| (year.to_string(), format!("Năm {year}")));
        let kinds = Kind::ALL.map(|kind| (kind.word().to_owned(), kind.label().to_owned()));
        let stages = [Stage::Recorded, Stage::Draft, Stage::Reversed]
            .map(|stage| (stage.word().to_owned(), stage.label().to_owned()));
        [
            select("nam", "Năm", "Mọi năm", years.collect(), &self.chosen.year),
            select("loai", "Loại", "Mọi loại", kinds.into(), &self.chosen.kind),
            select(
                "trang-thai",
                "Tình trạng",
                "Mọi tình trạng",
                stages.into(),
                &self.chosen.stage,
            ),
        ]
    }

    fn table(&self) -> Table {
        Table {
            caption: "Hoạt động phổ biến, giáo dục pháp luật của cơ quan".into(),
            caption_hidden: true,
            columns: vec![
                Column::words("Hoạt động"),
                Column::words("Ngày"),
                Column::words("Loại"),
                Column::figures("Số liệu chính"),
                Column::words("Tình trạng"),
            ],
            rows: self.lines.iter().map(row).collect(),
            total: None,
        }
    }

    fn shared(&self) -> Table {
        Table {
            caption: "Hoạt động chung do cơ quan khác chủ trì và tính số liệu".into(),
            caption_hidden: true,
            columns: vec![
                Column::words("Hoạt động"),
                Column::words("Cơ quan chủ trì"),
                Column::words("Ngày"),
            ],
            rows: self
                .shares
                .iter()
                .map(|(title, owner, day)| Row {
                    cells: vec![title.clone().into(), owner.clone().into(), day.clone().into()],
                })
                .collect(),
            total: None,
        }
    }

    fn empty(&self) -> Empty {
        let links = self.new.iter().map(|new| Link::new("Ghi một hoạt động", new));
        let narrowed = self.chosen != Chosen::default();
        if narrowed {
            return Empty {
                title: "Không có hoạt động nào như đã chọn.".into(),
                text: "Bỏ bớt điều kiện lọc để thấy các hoạt động khác.".into(),
                links: vec![Link::new("Xem mọi hoạt động", &self.here)],
            };
        }
        Empty {
            title: "Chưa có hoạt động nào.".into(),
            text: "Hội nghị, lớp tập huấn, cuộc thi, phát tài liệu, phát thanh ghi ở đây sẽ tự vào biểu 09."
                .into(),
            links: links.collect(),
        }
    }
}

fn row(line: &ActivityLine) -> Row {
    let kind = if line.joint {
        format!("{} · hoạt động chung", line.kind.label())
    } else {
        line.kind.label().to_owned()
    };
    Row {
        cells: vec![
            Cell::link(&line.title, &line.href),
            line.day.clone().into(),
            kind.into(),
            line.figure.clone().into(),
            Cell::state(state(line.stage)),
        ],
    }
}
