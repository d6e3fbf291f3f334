//! Words and shapes that the agency's and the province's pages of a report on a plan share.

use pbgdpl_model::manifest::{Charge, PlanTask};
use pbgdpl_model::plan::{Figure, Standing};
use pbgdpl_model::report::hash_of;
use pbgdpl_pages::desk::plan::TaskBlock;
use pbgdpl_pages::paper::paragraphs;
use pbgdpl_pages::part::{State, Tone};
use pbgdpl_vietnamese::number::grouped;

/// Where a contribution stands, as word and shape.
pub(crate) fn standing_state(standing: Standing) -> State {
    let tone = match standing {
        Standing::Draft | Standing::Sent => Tone::Wait,
        Standing::Returned => Tone::Back,
        Standing::Accepted => Tone::Ok,
    };
    State::new(tone, standing.label())
}

/// "Năm 2020", "6 tháng đầu năm 2020", as lists begin a line with it.
pub(crate) fn term(term: &str, year: i32) -> String {
    let mut letters = term.chars();
    let first = letters.next().map(char::to_uppercase);
    let words: String = first.into_iter().flatten().chain(letters).collect();
    format!("{words}\u{a0}{year}")
}

/// Figures as name and value with its unit.
pub(crate) fn figures_of(figures: &[Figure]) -> Vec<(String, String)> {
    let words = |figure: &Figure| {
        let value = format!("{} {}", grouped(figure.value), figure.unit.to_lowercase());
        (figure.label.clone(), value)
    };
    figures.iter().map(words).collect()
}

/// A task that is only read.
pub(crate) fn task_block(task: &PlanTask, charge: Charge, text: &str, figures: &[Figure]) -> TaskBlock {
    let mut facts = vec![
        ("Chủ trì, thực hiện".to_owned(), task.lead.clone()),
        ("Cơ quan này".to_owned(), charge.label().to_owned()),
    ];
    if !task.join.is_empty() {
        facts.insert(1, ("Phối hợp".to_owned(), task.join.clone()));
    }
    TaskBlock {
        number: format!("Nhiệm vụ {}", task.number),
        anchor: format!("nhiem-vu-{}", task.number),
        text: task.text.clone(),
        facts,
        figures: figures_of(figures),
        no_figures: "Nhiệm vụ này chỉ có thuyết minh, không có số liệu từ sổ hoạt động.".into(),
        read: (format!("da-doc-{}", task.number), hash_of(text)),
        field: None,
        paragraphs: paragraphs(text),
        theirs: None,
    }
}
