//! The groups as they were on a day, narrowed by commune, name and state, with their sums as form 10 asks for them.

use std::fmt::Write as _;

use askama::Template;
use pbgdpl_model::manifest::MediationFigure;
use pbgdpl_vietnamese::number::grouped;

use crate::desk::DeskFrame;
use crate::form::{Choice, Field};
use crate::part::{Cell, Column, Empty, Link, Notice, Pager, Row, State, Table};

/// The figures of form 10, in the order of its columns.
const COLUMNS: [(MediationFigure, &str); 8] = [
    (MediationFigure::Groups, "Số tổ"),
    (MediationFigure::Mediators, "Tổng số"),
    (MediationFigure::Men, "Nam"),
    (MediationFigure::Women, "Nữ"),
    (MediationFigure::Law, "Chuyên môn Luật"),
    (MediationFigure::NoLaw, "Chưa qua đào tạo Luật"),
    (MediationFigure::Minority, "Dân tộc thiểu số"),
    (MediationFigure::Trained, "Bồi dưỡng"),
];

/// Figures in the order of [`MediationFigure`]; nothing where nothing was said.
pub type Sums = [Option<i64>; 8];

/// A figure on the screen; a dash where nothing was said.
#[must_use]
pub fn figure(figure: Option<i64>) -> String {
    figure.map_or_else(|| "–".to_owned(), grouped)
}

/// One group in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLine {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Thôn, làng, tổ dân phố, and commune.
    pub place: String,
    /// How it stood.
    pub state: State,
    /// Its figures: mediators, men, women, law, no law, minority, trained.
    pub figures: Sums,
}

/// The sum of a commune.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SumLine {
    /// Its name.
    pub name: String,
    /// Its groups.
    pub href: String,
    /// Its figures; nothing where not every standing group says it.
    pub figures: Sums,
}

/// What the list is narrowed to; empty says all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NarrowedGroups {
    /// The day, dd/mm/yyyy.
    pub day: String,
    /// The day is today.
    pub today: bool,
    /// Code of a commune.
    pub commune: String,
    /// Words of a name or a village.
    pub name: String,
    /// `giai-the`, `thieu`; empty says those that stand.
    pub state: String,
    /// Nothing that was written after this moment, in milliseconds: what a sent report counted.
    pub written: Option<i64>,
}

impl NarrowedGroups {
    /// An address of the list with what it is narrowed to.
    #[must_use]
    pub fn address(&self, base: &str) -> String {
        let mut query = Vec::new();
        let day = if self.today { "" } else { self.day.as_str() };
        let written = self.written.map_or_else(String::new, |moment| moment.to_string());
        for (name, value) in [
            ("ngay", day),
            ("xa", &self.commune),
            ("ten", &self.name),
            ("tinh-trang", &self.state),
            ("ghi-den", &written),
        ] {
            if !value.is_empty() {
                query.push(format!("{name}={}", escaped(value)));
            }
        }
        if query.is_empty() {
            base.to_owned()
        } else {
            format!("{base}?{}", query.join("&"))
        }
    }

    fn is_whole(&self) -> bool {
        self.address("").is_empty()
    }
}

/// A value as it stands in an address: slashes of a day stay, everything else but letters and digits is escaped.
fn escaped(value: &str) -> String {
    let mut out = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/mediation_list.html")]
pub struct GroupList {
    /// Surroundings.
    pub frame: DeskFrame,
    /// This list's address.
    pub here: String,
    /// What it is narrowed to.
    pub narrowed: NarrowedGroups,
    /// What is wrong with the day that was typed.
    pub day_error: Option<String>,
    /// Until when what was written down is looked at, as a sentence; empty says until now.
    pub written: String,
    /// Communes: code and name.
    pub communes: Vec<(String, String)>,
    /// The register holds no group at all.
    pub bare: bool,
    /// How many groups there are.
    pub total: usize,
    /// This page of them.
    pub lines: Vec<GroupLine>,
    /// What all of them sum to.
    pub sum: Sums,
    /// The sums of the communes.
    pub by_commune: Vec<SumLine>,
    /// The way through them.
    pub pager: Pager,
    /// What keeps the form from being counted whole.
    pub lacking: Option<Notice>,
    /// Where a group is added, and where a table is pasted; none for those who may not.
    pub new: Option<(String, String)>,
}

impl GroupList {
    fn filters(&self) -> Vec<Field> {
        let choice = |(value, label): (String, String)| Choice {
            value,
            label,
            ..Choice::default()
        };
        let choices = |all: &str, rest: Vec<(String, String)>| -> Vec<Choice> {
            let all = (String::new(), all.to_owned());
            std::iter::once(all).chain(rest).map(choice).collect()
        };
        let states = [
            ("thieu", "Còn thiếu số liệu"),
            ("giai-the", "Đã giải thể, đã hủy"),
        ]
        .map(|(word, label)| (word.to_owned(), label.to_owned()));
        let mut filters = vec![
            Field::day("ngay", "Tính đến ngày")
                .unmarked()
                .with_value(&self.narrowed.day)
                .with_error(self.day_error.clone()),
            Field::text("ten", "Tên tổ, thôn")
                .unmarked()
                .with_value(&self.narrowed.name),
        ];
        if !self.communes.is_empty() {
            let communes = choices("Mọi xã", self.communes.clone());
            filters.push(
                Field::select("xa", "Xã, phường, thị trấn", communes)
                    .unmarked()
                    .with_value(&self.narrowed.commune),
            );
        }
        filters.push(
            Field::select(
                "tinh-trang",
                "Tình trạng",
                choices("Đang hoạt động", states.into()),
            )
            .unmarked()
            .with_value(&self.narrowed.state),
        );
        filters
    }

    fn csv(&self) -> String {
        self.narrowed.address(&format!("{}/danh-sach.csv", self.here))
    }

    fn heading(&self) -> String {
        format!("Các tổ hòa giải tính đến ngày {}", self.narrowed.day)
    }

    fn year(&self) -> &str {
        self.narrowed.day.rsplit('/').next().unwrap_or_default()
    }

    /// The groups with their figures; what is left after those with law stands in the sums alone.
    fn table(&self) -> Table {
        let ended = !self.narrowed.state.is_empty();
        let listed =
            |which: MediationFigure| !matches!(which, MediationFigure::Groups | MediationFigure::NoLaw);
        let figures = |of: &Sums| -> Vec<Cell> {
            let said = of.iter().zip(COLUMNS).filter(|(_, (which, _))| listed(*which));
            said.map(|(value, _)| Cell::from(figure(*value))).collect()
        };
        let mut columns = vec![Column::words("Tổ hòa giải"), Column::words("Nơi hoạt động")];
        if ended {
            columns.push(Column::words("Tình trạng"));
        }
        let of_figures = self.figure_columns().zip(COLUMNS);
        columns.extend(of_figures.filter_map(|(column, (which, _))| listed(which).then_some(column)));
        let row = |line: &GroupLine| {
            let mut cells = vec![Cell::link(&line.name, &line.href), line.place.clone().into()];
            if ended {
                cells.push(Cell::state(line.state.clone()));
            }
            cells.extend(figures(&line.figures));
            Row { cells }
        };
        let mut total: Vec<Cell> = vec!["Cộng".into(), format!("{} tổ", grouped_count(self.total)).into()];
        if ended {
            total.push("".into());
        }
        total.extend(figures(&self.sum));
        Table {
            caption: self.heading(),
            caption_hidden: true,
            columns,
            rows: self.lines.iter().map(row).collect(),
            total: Some(Row { cells: total }),
        }
    }

    fn figure_columns(&self) -> impl Iterator<Item = Column> {
        COLUMNS.iter().map(|(figure, label)| match figure {
            MediationFigure::Trained => Column::figures(format!("{label} {}", self.year())),
            _ => Column::figures(*label),
        })
    }

    fn communes_table(&self) -> Table {
        let columns = std::iter::once(Column::words("Xã, phường, thị trấn")).chain(self.figure_columns());
        let row = |line: &SumLine| {
            let figures = line.figures.iter().map(|value| Cell::from(figure(*value)));
            Row {
                cells: std::iter::once(Cell::link(&line.name, &line.href))
                    .chain(figures)
                    .collect(),
            }
        };
        Table {
            caption: format!("Cộng theo xã, tính đến ngày {}", self.narrowed.day),
            caption_hidden: true,
            columns: columns.collect(),
            rows: self.by_commune.iter().map(row).collect(),
            total: None,
        }
    }

    fn empty(&self) -> Empty {
        if self.bare && self.narrowed.is_whole() {
            let links = self.new.iter().flat_map(|(new, paste)| {
                [
                    Link::new("Thêm tổ hòa giải", new),
                    Link::new("Dán bảng từ Excel", paste),
                ]
            });
            return Empty {
                title: "Sổ chưa có tổ hòa giải nào.".into(),
                text: "Ghi từng tổ, hoặc dán cả bảng từ Excel: biểu 10 tự cộng từ đây theo từng xã. Xã chưa ghi tổ nào thì số liệu vẫn do cơ quan kê khai như trước.".into(),
                links: links.collect(),
            };
        }
        if self.narrowed.is_whole() {
            let ended = NarrowedGroups {
                state: "giai-the".into(),
                ..self.narrowed.clone()
            };
            return Empty {
                title: "Hôm nay không có tổ nào đang hoạt động.".into(),
                text: "Các tổ trong sổ đã giải thể hoặc đã hủy lần ghi.".into(),
                links: vec![Link::new("Xem các tổ ấy", ended.address(&self.here))],
            };
        }
        Empty {
            title: "Không có tổ nào như đã chọn.".into(),
            text: "Bỏ bớt điều kiện lọc, hoặc chọn ngày khác.".into(),
            links: vec![Link::new("Xem các tổ hôm nay", &self.here)],
        }
    }
}

pub(super) fn grouped_count(count: usize) -> String {
    grouped(i64::try_from(count).unwrap_or(i64::MAX))
}
