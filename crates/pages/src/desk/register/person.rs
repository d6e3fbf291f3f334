//! One person of the register: who they are, how they stand, what was ever written down, where they spoke.

use askama::Template;
use pbgdpl_model::register::State;

use super::state;
use crate::desk::DeskFrame;
use crate::part::{self, Cell, Column, Link, Row, Table, Tone};

/// A term that runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Term {
    /// What must have been done.
    pub what: String,
    /// The last day, dd/mm/yyyy.
    pub last: String,
    /// The last day is over.
    pub over: bool,
}

impl Term {
    fn state(&self) -> part::State {
        if self.over {
            part::State::new(Tone::Late, format!("Đã quá hạn {}", self.last))
        } else {
            part::State::new(Tone::Soon, format!("Hạn {}", self.last))
        }
    }
}

/// One fact that was written down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryLine {
    /// The day it holds from.
    pub from: String,
    /// What it says.
    pub what: String,
    /// Decision, case, reason.
    pub note: String,
    /// Who wrote it down, and when.
    pub by: String,
    /// Another fact took its place.
    pub struck: bool,
}

/// An activity at which the person spoke.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionLine {
    /// What it was called.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The day.
    pub day: String,
    /// Sessions.
    pub sessions: String,
    /// Attendances.
    pub attendees: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/register_person.html")]
pub struct RegisterPerson {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The list.
    pub back: String,
    /// Họ và tên.
    pub name: String,
    /// Level, and since when.
    pub line: String,
    /// How the person stands; nothing where everything was taken back.
    pub state: Option<State>,
    /// Who the person is: name and value.
    pub facts: Vec<(String, String)>,
    /// Terms that run.
    pub terms: Vec<Term>,
    /// What was written down, newest first.
    pub history: Vec<HistoryLine>,
    /// Where the person spoke, latest first.
    pub sessions: Vec<SessionLine>,
    /// "12 buổi, 640 lượt người".
    pub spoken: String,
    /// What may be done now.
    pub acts: Vec<Link>,
}

impl RegisterPerson {
    fn shown(&self) -> Option<part::State> {
        self.state.map(state)
    }

    fn table(&self) -> Table {
        Table {
            caption: "Các buổi phổ biến trực tiếp đã ghi sổ".into(),
            caption_hidden: true,
            columns: vec![
                Column::words("Hoạt động"),
                Column::words("Ngày"),
                Column::figures("Số cuộc"),
                Column::figures("Lượt người"),
            ],
            rows: self
                .sessions
                .iter()
                .map(|session| Row {
                    cells: vec![
                        Cell::link(&session.title, &session.href),
                        session.day.clone().into(),
                        session.sessions.clone().into(),
                        session.attendees.clone().into(),
                    ],
                })
                .collect(),
            total: None,
        }
    }
}
