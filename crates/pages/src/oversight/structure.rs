//! By which structure a page's figures are drawn, and the form that asks for another. Works without scripts.

use askama::Template;

use crate::form::Field;
use crate::part::{Link, prints_itself};

/// The choice, and what was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "oversight/structure.html")]
pub struct StructureChoice {
    /// What the figures are drawn by, as a sentence.
    pub said: String,
    /// The page itself.
    pub action: String,
    /// What else the page was asked.
    pub hidden: Vec<(String, String)>,
    /// As it was or as it is, and the day.
    pub fields: Vec<Field>,
    /// Both sums and that they are equal; empty where figures are drawn as they were.
    pub equal: String,
}

/// A unit that stands for others, with what each of them made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GatheredLine {
    /// Who stands, and how much.
    pub name: String,
    /// Who made it, and how much; leads to the rows where the reader may read them.
    pub parts: Vec<Link>,
}

prints_itself!(StructureChoice);
