//! Dated facts from rows that come in the order of things and numbers.

use pbgdpl_model::dated::{Dated, Fact};

use crate::error::StoreError;

/// The things, each with its facts.
pub(super) fn gathered<I: PartialEq, B>(
    facts: impl Iterator<Item = Result<(I, Fact<B>), StoreError>>,
) -> Result<Vec<Dated<I, B>>, StoreError> {
    let mut things: Vec<Dated<I, B>> = Vec::new();
    for row in facts {
        let (id, fact) = row?;
        match things.last_mut().filter(|thing| thing.id == id) {
            Some(thing) => thing.facts.push(fact),
            None => things.push(Dated {
                id,
                facts: vec![fact],
            }),
        }
    }
    Ok(things)
}
