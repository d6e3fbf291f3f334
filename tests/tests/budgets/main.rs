//! Budgets of DESIGN.md 7 that are counts or promises, not speed: statements a page, and how soon an act is seen elsewhere.

mod freshness;
mod many;
mod statements;
mod watching;

use pbgdpl_app::article::{Outcome, approve::approve, create as write, submit::submit};
use pbgdpl_model::article::{Content, Kind};
use pbgdpl_model::id::ArticleId;
use pbgdpl_testkit::house::House;

/// The public origin.
const PUBLIC: &str = "thu.example";

/// An item of A from the editor to the public, through the acts.
async fn published(house: &House, title: &str) -> ArticleId {
    let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
    let content = Content {
        title: title.into(),
        summary: "Một câu tóm tắt.".into(),
        body: "Nội dung của bài.".into(),
        ..Content::default()
    };
    let Outcome::Done(item) = write::create(&house.app, &editor, Kind::Tin, content)
        .await
        .unwrap()
    else {
        panic!("not written")
    };
    submit(&house.app, &editor, item).await.unwrap();
    approve(&house.app, &approver, item, 1, "").await.unwrap();
    item
}
