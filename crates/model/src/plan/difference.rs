//! What differs between two versions of the report on a plan: texts, figures, who has contributed; also what went away.

use super::contribution::Figure;
use super::document::{Document, Part};

/// One place that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Where: "Nhiệm vụ II.2, Số cuộc".
    pub place: String,
    /// Before.
    pub before: String,
    /// Now.
    pub now: String,
}

/// What differs, in the order of the report.
#[must_use]
pub fn changes(before: &Document, now: &Document) -> Vec<Changed> {
    let mut found = Vec::new();
    parts(&before.before, &now.before, &mut found);
    for task in &now.tasks {
        let place = format!("Nhiệm vụ {}", task.number);
        let Some(old) = before.task(&task.number) else {
            put(&mut found, &place, String::new(), task.heading.clone());
            continue;
        };
        for figure in &task.figures {
            let was = old.figures.iter().find(|other| other.label == figure.label);
            let place = format!("{place}, {}", figure.label);
            put(
                &mut found,
                &place,
                was.map_or_else(String::new, words),
                words(figure),
            );
        }
        for was in &old.figures {
            if !task.figures.iter().any(|figure| figure.label == was.label) {
                let place = format!("{place}, {}", was.label);
                put(&mut found, &place, words(was), String::new());
            }
        }
        put(&mut found, &place, old.text.clone(), task.text.clone());
        let lacking = |task: &super::TaskPart| task.absent.len().to_string();
        let place = format!("{place}, số cơ quan chưa có thuyết minh");
        put(&mut found, &place, lacking(old), lacking(task));
    }
    let gone = before.tasks.iter().filter(|old| now.task(&old.number).is_none());
    for old in gone {
        let place = format!("Nhiệm vụ {}", old.number);
        put(&mut found, &place, old.heading.clone(), String::new());
    }
    parts(&before.after, &now.after, &mut found);
    for source in &now.sources {
        let was = before.sources.iter().find(|other| other.slug == source.slug);
        let version = |sent: &super::Sent| format!("bản {}", sent.version);
        let place = format!("Báo cáo của {}", source.name);
        put(
            &mut found,
            &place,
            was.map_or_else(String::new, version),
            version(source),
        );
    }
    let gone = before.sources.iter().filter(|was| {
        let same = |source: &super::Sent| source.slug == was.slug;
        !now.sources.iter().any(same)
    });
    for was in gone {
        let place = format!("Báo cáo của {}", was.name);
        put(&mut found, &place, format!("bản {}", was.version), String::new());
    }
    found
}

fn words(figure: &Figure) -> String {
    let value = pbgdpl_vietnamese::number::grouped(figure.value);
    format!("{value} {}", figure.unit.to_lowercase())
}

fn parts(before: &[Part], now: &[Part], found: &mut Vec<Changed>) {
    for part in now {
        let was = before.iter().find(|other| other.id == part.id);
        let was = was.map_or_else(String::new, |other| other.text.clone());
        put(found, &part.title, was, part.text.clone());
    }
    for was in before {
        if !now.iter().any(|part| part.id == was.id) {
            put(found, &was.title, was.text.clone(), String::new());
        }
    }
}

fn put(found: &mut Vec<Changed>, place: &str, before: String, now: String) {
    if before != now {
        found.push(Changed {
            place: place.to_owned(),
            before,
            now,
        });
    }
}
