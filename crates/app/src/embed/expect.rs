//! What the pages of a site should show, for whoever looks at them.

use pbgdpl_estate::{Expected, Former};
use pbgdpl_model::clock::Moment;
use pbgdpl_store::tenant::{EmbedRow, FormerKey};
use pbgdpl_vietnamese::date;

/// What the pages of this site should show. `embed`: origin of the frames; `section`: address of the section, with its last slash.
#[must_use]
pub fn expected(
    (embed, section): (&str, &str),
    site: &EmbedRow,
    former: &[FormerKey],
    now: Moment,
) -> Expected {
    let former = former.iter().map(|former| Former {
        key: former.key.clone(),
        until: former.replaced.ends.map(|ends| date::dmy(ends.day())),
        holds: former.replaced.holds(now),
    });
    Expected {
        embed: embed.to_owned(),
        section: section.to_owned(),
        key: site.key.clone(),
        former: former.collect(),
        origins: site.origins.clone(),
        open: site.open,
    }
}
