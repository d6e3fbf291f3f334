//! A section's first page: who speaks, new law of its field, its latest items.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::article::Kind;
use pbgdpl_pages::linked;
use pbgdpl_pages::part::Link;
use pbgdpl_pages::public::{ItemGroup, Section};

use crate::error::Error;
use crate::extract::Visitor;
use crate::page;
use crate::public::{rows, surroundings};
use crate::state::AppState;

/// `GET {mount}/`
pub async fn show(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Error> {
    let today = visitor.now.day();
    let mut frame = surroundings::section(&state, &visitor, "").await?;
    frame.linked = Some(linked::home(&surroundings::organization(
        &state, &visitor, &frame,
    )));
    let public = state.read.public();
    let latest = public.latest(Some(visitor.tenant.id()), None, 1, 60).await?;
    let mut laws: Vec<_> = latest.iter().filter(|l| l.kind == Kind::VanBanMoi).collect();
    laws.sort_by_key(|l| std::cmp::Reverse(l.facts.document.as_ref().and_then(|d| d.effective)));
    let groups = [(Kind::Tin, "Tin, bài mới"), (Kind::ToGap, "Tờ gấp")]
        .into_iter()
        .filter_map(|(kind, label)| {
            let of_kind: Vec<_> = latest.iter().filter(|l| l.kind == kind).take(4).collect();
            (!of_kind.is_empty()).then(|| ItemGroup {
                label: label.into(),
                all: Link::new(
                    format!("Tất cả {}", kind.label().to_lowercase()),
                    frame.link(&format!("loai/{}", kind.word())),
                ),
                items: of_kind
                    .into_iter()
                    .map(|l| rows::item_row(l, frame.link(&rows::item_path(l)), None))
                    .collect(),
            })
        })
        .collect();
    let page = Section {
        heading: format!("Pháp luật cùng {}", frame.speaker.short),
        intro: format!(
            "{} giải thích quy định của pháp luật bằng lời dễ hiểu, kèm căn cứ để bạn tra cứu.",
            frame.speaker.short
        ),
        laws: laws
            .into_iter()
            .take(4)
            .map(|l| rows::law_row(l, frame.link(&rows::item_path(l)), None, today))
            .collect(),
        groups,
        frame,
    };
    page::html(&page)
}
