//! Finds the entries that fall under a rule. What belongs to one odd act is found as one, however long it goes on.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Fact, Of, Pattern, Rule};

/// Entries that fall under a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Whose acts, or what they were done to.
    pub subject: Uuid,
    /// The entries, oldest first.
    pub facts: Vec<&'a Fact>,
}

/// Looks for every rule. The order of the entries does not matter.
#[must_use]
pub fn find<'a>(rules: &'a [Rule], facts: &'a [Fact]) -> Vec<Found<'a>> {
    let mut ordered: Vec<&Fact> = facts.iter().collect();
    ordered.sort_by(|a, b| (a.at, &a.chain, a.seq).cmp(&(b.at, &b.chain, b.seq)));
    let mut all = Vec::new();
    for rule in rules {
        let mut of: BTreeMap<Uuid, Vec<&Fact>> = BTreeMap::new();
        for fact in &ordered {
            let named = rule.acts.contains(&fact.action) || rule.then.contains(&fact.action);
            let hours = rule.hours.is_none_or(|hours| hours.hold(fact.at));
            let subject = match rule.of {
                Of::Actor => fact.actor.0,
                Of::Object => fact.object,
            };
            if named && hours && !subject.is_nil() {
                of.entry(subject).or_default().push(fact);
            }
        }
        for (subject, facts) in of {
            let runs = match rule.pattern {
                Pattern::Many => many(rule, &facts),
                Pattern::Then => then(rule, &facts),
            };
            all.extend(runs.into_iter().map(|facts| Found { rule, subject, facts }));
        }
    }
    all
}

/// Runs of entries in which some window holds enough; windows that share an entry are one run.
fn many<'a>(rule: &Rule, facts: &[&'a Fact]) -> Vec<Vec<&'a Fact>> {
    let Some(at_least) = rule.at_least.map(u64::from) else {
        return Vec::new();
    };
    // First and one after the last entry of each run.
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let (mut first, mut count) = (0, 0);
    for (last, fact) in facts.iter().enumerate() {
        count += u64::from(fact.count);
        while let Some(oldest) = facts.get(first)
            && fact.at.millis() - oldest.at.millis() > rule.within_millis()
        {
            count -= u64::from(oldest.count);
            first += 1;
        }
        if count < at_least {
            continue;
        }
        match runs.last_mut() {
            Some(run) if first < run.1 => run.1 = last + 1,
            _ => runs.push((first, last + 1)),
        }
    }
    runs.into_iter()
        .filter_map(|(from, to)| Some(facts.get(from..to)?.to_vec()))
        .collect()
}

/// Each first act with those that followed soon, where neither speaks of another role or place than the other.
fn then<'a>(rule: &Rule, facts: &[&'a Fact]) -> Vec<Vec<&'a Fact>> {
    let mut runs: Vec<Vec<&Fact>> = Vec::new();
    for fact in facts.iter().filter(|fact| rule.then.contains(&fact.action)) {
        let belongs = |first: &Fact| {
            let near = fact.at.millis() - first.at.millis();
            let same = first.mark.is_empty() || fact.mark.is_empty() || first.mark == fact.mark;
            rule.acts.contains(&first.action) && (0..=rule.within_millis()).contains(&near) && same
        };
        // The nearest one before it; of what happened at the same moment, the chains' order decides.
        let Some(first) = facts
            .iter()
            .take_while(|before| !std::ptr::eq(**before, *fact))
            .filter(|first| belongs(first))
            .last()
        else {
            continue;
        };
        match runs
            .iter_mut()
            .find(|run| run.first().is_some_and(|there| std::ptr::eq(*there, *first)))
        {
            Some(run) => run.push(fact),
            None => runs.push(vec![first, fact]),
        }
    }
    runs
}
