//! Every page with example values, full and empty: what the preview draws and what the guards read.

mod activity;
mod agency;
mod article;
mod audit;
mod datasets;
mod desk;
mod editor;
mod embedding;
mod engagement;
mod exchange;
mod figures;
mod frames;
mod indicator;
mod item;
mod lists;
mod mediation;
mod oversight;
mod own_hosts;
mod plan;
mod plots;
mod register;
pub(crate) mod report;
mod request;
mod retention;
mod rows;
mod sign_in;
mod signature;
mod trace;
mod trouble;
mod views;

#[cfg(test)]
mod tests;

use crate::Page;

/// One rendered page.
#[derive(Debug)]
pub struct Sample {
    /// File name without ending; `-trong` marks the empty variant.
    pub name: String,
    /// The page.
    pub html: Result<String, askama::Error>,
}

/// All of them.
#[must_use]
pub fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    lists::add(&mut samples);
    item::add(&mut samples);
    trouble::add(&mut samples);
    sign_in::add(&mut samples);
    desk::add(&mut samples);
    agency::add(&mut samples);
    article::add(&mut samples);
    editor::add(&mut samples);
    embedding::add(&mut samples);
    activity::add(&mut samples);
    mediation::add(&mut samples);
    register::add(&mut samples);
    exchange::add(&mut samples);
    report::add(&mut samples);
    request::add(&mut samples);
    retention::add(&mut samples);
    indicator::add(&mut samples);
    plan::add(&mut samples);
    datasets::add(&mut samples);
    oversight::add(&mut samples);
    own_hosts::add(&mut samples);
    trace::add(&mut samples);
    audit::add(&mut samples);
    views::add(&mut samples);
    figures::add(&mut samples);
    engagement::add(&mut samples);
    samples
}

/// A page with everything and one with nothing.
fn both<P: Page>(samples: &mut Vec<Sample>, name: &str, page: impl Fn(bool) -> P) {
    draw(samples, name, &page(true));
    draw(samples, &format!("{name}-trong"), &page(false));
}

fn draw(samples: &mut Vec<Sample>, name: &str, page: &impl Page) {
    samples.push(Sample {
        name: name.to_owned(),
        html: page.render(),
    });
}
