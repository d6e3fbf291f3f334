//! Whether a file that came back is what went out, of this report as it stands, and filled so that it can be taken.

use pbgdpl_app::report::View;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::report::{Difference, Span, differences, period_of, period_word};
use pbgdpl_pages::workbook::working::{
    Comparison, Held, Identity, Issue, Opened, Touched, Typed, Unreadable, compare, open,
};
use pbgdpl_scope::Tenant;

use super::broken;
use crate::error::Error;
use crate::signature;

/// Why a file is not taken.
#[derive(Debug, Clone)]
pub(super) enum Why {
    /// No file was chosen.
    NoFile,
    /// It cannot be opened.
    Unreadable(Unreadable),
    /// It did not come from here.
    NotOurs,
    /// What it says of itself was changed.
    Forged,
    /// It is of something else: what, of the file, of this page.
    Elsewhere(Vec<(&'static str, String, String)>),
    /// The form, the calendar or the program draws other cells by now.
    OldForm,
    /// Cells were changed that nobody may change.
    Touched,
    /// The report moved since it was drawn: when that was, where it is known.
    Stale(Option<(Moment, i32)>),
    /// Something in it is wrong.
    Issues,
    /// Nothing can be filled now.
    Closed(String),
    /// The act said so.
    Words(String),
}

/// What is said of a file.
#[derive(Debug, Clone, Default)]
pub(super) struct Verdict {
    /// Why it is not taken.
    pub(super) why: Option<Why>,
    /// Cells that nobody may change.
    pub(super) touched: Vec<Touched>,
    /// What is wrong with what was typed.
    pub(super) issues: Vec<Issue>,
    /// What it changes.
    pub(super) typed: Vec<Typed>,
    /// What differs between the report as it was drawn and as it stands.
    pub(super) moved: Vec<Difference>,
    /// What the file holds.
    pub(super) held: Vec<Held>,
}

impl Verdict {
    pub(super) fn none_chosen() -> Self {
        Self::not_taken(Why::NoFile, Vec::new())
    }

    pub(super) fn not_taken(why: Why, held: Vec<Held>) -> Self {
        Self {
            why: Some(why),
            held,
            ..Self::default()
        }
    }

    /// Nothing can be filled now, whatever the file says.
    pub(super) fn closed(self, why: String) -> Self {
        Self::not_taken(Why::Closed(why), self.held)
    }
}

/// Judges a file.
pub(super) fn judge(seen: &View, tenant: &Tenant, key: &[u8; 32], bytes: &[u8]) -> Result<Verdict, Error> {
    let opened = match open(bytes) {
        Ok(opened) => opened,
        Err(why) => return Ok(Verdict::not_taken(Why::Unreadable(why), Vec::new())),
    };
    let refused = |why: Why| Ok(Verdict::not_taken(why, opened.held()));
    let Some((text, signature)) = opened.identity() else {
        return refused(Why::NotOurs);
    };
    if !signature::is_of_working_form(key, &text, &signature) {
        return refused(Why::Forged);
    }
    let Some(identity) = Identity::read(&text) else {
        return refused(Why::OldForm);
    };
    let elsewhere = elsewhere(seen, tenant, &identity);
    if !elsewhere.is_empty() {
        return refused(Why::Elsewhere(elsewhere));
    }
    if !identity.is_of_wording(&seen.form, &seen.span) {
        return refused(Why::OldForm);
    }
    let found = compare(&seen.form, &seen.span, &identity, &signature, &opened).map_err(broken)?;
    Ok(weigh(seen, &identity, found, &opened))
}

/// Agency, form, period and year, where the file is of others.
fn elsewhere(seen: &View, tenant: &Tenant, identity: &Identity) -> Vec<(&'static str, String, String)> {
    let mut other = Vec::new();
    if identity.agency != tenant.id() {
        let own = tenant.official(seen.span.to).to_owned();
        other.push(("Cơ quan", identity.issuer.clone(), own));
    }
    if identity.form != seen.form.id {
        other.push(("Biểu", identity.code.clone(), seen.form.code.clone()));
    }
    let period = period_word(seen.span.kind);
    if identity.period != period || identity.year != seen.span.year {
        let words = |period: &str, year: i32| {
            let of = |kind| Span {
                kind,
                year,
                ..seen.span.clone()
            };
            period_of(period).map_or(period.to_owned(), |kind| of(kind).title())
        };
        let (theirs, ours) = (words(&identity.period, identity.year), seen.span.title());
        other.push(("Kỳ báo cáo", theirs, ours));
    }
    other
}

fn weigh(seen: &View, identity: &Identity, found: Comparison, opened: &Opened) -> Verdict {
    let stale = identity.version != seen.report.version || identity.figures != seen.figures;
    let why = if found.old_layout {
        Some(Why::OldForm)
    } else if !found.touched.is_empty() {
        Some(Why::Touched)
    } else if stale {
        Some(Why::Stale(Some((identity.drawn_at(), identity.version))))
    } else if !found.issues.is_empty() {
        Some(Why::Issues)
    } else {
        None
    };
    Verdict {
        moved: if stale {
            differences(&identity.lines, &seen.lines)
        } else {
            Vec::new()
        },
        held: if found.old_layout {
            opened.held()
        } else {
            found.held
        },
        why,
        touched: found.touched,
        issues: found.issues,
        typed: found.typed,
    }
}
