//! Things of which dated facts are written down and none is overwritten (ADR 0013): a person of the register, a tổ hòa giải.
//!
//! A fact holds from its day; one that corrects another takes its place, with the reason, and the wrong one is kept.

use chrono::NaiveDate;

use crate::clock::Moment;

/// What a fact says.
pub trait Said: Clone {
    /// Whether it says nothing: the fact that it corrects was written down by mistake.
    fn is_taken_back(&self) -> bool;
}

/// One dated fact of a thing. Never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<B> {
    /// 1, 2, 3 … in the order they were written down.
    pub number: i32,
    /// First day it holds.
    pub from: NaiveDate,
    /// What it says.
    pub body: B,
    /// The fact whose place it takes.
    pub corrects: Option<i32>,
    /// Why.
    pub reason: String,
    /// Who wrote it down.
    pub author_name: String,
    /// When.
    pub at: Moment,
}

/// A thing: every fact ever written down, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<I, B> {
    /// Permanent id.
    pub id: I,
    /// By number.
    pub facts: Vec<Fact<B>>,
}

impl<I: Clone, B: Said> Dated<I, B> {
    /// The number of the newest fact: what somebody who acts on the thing must have seen.
    #[must_use]
    pub fn latest(&self) -> i32 {
        self.facts.last().map_or(0, |fact| fact.number)
    }

    /// The same with one fact more.
    #[must_use]
    pub fn with(&self, fact: Fact<B>) -> Self {
        let mut after = self.clone();
        after.facts.push(fact);
        after
    }

    /// As it was written down until a moment.
    #[must_use]
    pub fn written_until(mut self, moment: Moment) -> Self {
        self.facts.retain(|fact| fact.at <= moment);
        self
    }

    /// Whether a fact holds: it says something, and nothing took its place.
    #[must_use]
    pub fn holds(&self, fact: &Fact<B>) -> bool {
        !fact.body.is_taken_back() && !self.facts.iter().any(|other| other.corrects == Some(fact.number))
    }

    /// A fact by its number.
    #[must_use]
    pub fn fact(&self, number: i32) -> Option<&Fact<B>> {
        self.facts.iter().find(|fact| fact.number == number)
    }

    /// The fact that this one, over all corrections, took the place of: its place in the order.
    pub(crate) fn place(&self, fact: &Fact<B>) -> i32 {
        let before = fact.corrects.and_then(|number| self.fact(number));
        before.map_or(fact.number, |before| self.place(before))
    }
}
