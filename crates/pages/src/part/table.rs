//! A table of figures or things; on a phone each row becomes a small list with the column's name before each value.

use askama::Template;

use crate::part::{State, prints_itself};

/// A column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub label: String,
    /// Figures stand right, in tabular digits.
    pub numeric: bool,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn words(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            numeric: false,
        }
    }

    /// A column of figures.
    #[must_use]
    pub fn figures(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            numeric: true,
        }
    }
}

/// One cell: text, and where it leads or how it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says; with a state, the state says it.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
    /// A state in place of the text.
    pub state: Option<State>,
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

impl Cell {
    /// A cell that leads somewhere.
    #[must_use]
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: Some(href.into()),
            state: None,
        }
    }

    /// A cell that shows a state.
    #[must_use]
    pub fn state(state: State) -> Self {
        Self {
            state: Some(state),
            ..Self::default()
        }
    }
}

/// One row; its first cell is its head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Cells in the order of the columns.
    pub cells: Vec<Cell>,
}

/// A table. Give it a caption: it says what the figures are, and of when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "part/table.html")]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The heading above says the same: keep the caption for screen readers only.
    pub caption_hidden: bool,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// A last row of sums.
    pub total: Option<Row>,
}

impl Table {
    /// A column by position, for the template.
    #[must_use]
    pub fn column(&self, at: &usize) -> &Column {
        const NONE: &Column = &Column {
            label: String::new(),
            numeric: false,
        };
        self.columns.get(*at).unwrap_or(NONE)
    }
}

prints_itself!(Table);
