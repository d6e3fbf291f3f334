//! The environment above the file: `PBGDPL_SECTION__KEY`, its `_FILE` twin, `DATABASE_URL` and `REDIS_URL`.

use std::collections::BTreeMap;

use crate::problem::Problem;
use crate::reader::{PREFIX, variable};
use crate::source::Source;

/// Adds what the environment says; our own variable wins over the customary one.
pub(crate) fn add(source: &mut Source, variables: &BTreeMap<String, String>) {
    for (name, section) in [("DATABASE_URL", "database"), ("REDIS_URL", "redis")] {
        if let Some(value) = variables.get(name).filter(|value| !value.trim().is_empty()) {
            source.set((section.to_owned(), "url".to_owned()), name, value.clone());
        }
    }
    for (name, value) in variables {
        let Some((section, key)) = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once("__")) else {
            continue;
        };
        let (section, key) = (section.to_lowercase(), key.to_lowercase());
        let Some(key) = key.strip_suffix("_file") else {
            source.set((section, key), name, value.clone());
            continue;
        };
        if let Some(twin) = name
            .strip_suffix("_FILE")
            .filter(|twin| variables.contains_key(*twin))
        {
            refuse(source, name, format!("đã có {twin}; chỉ đặt một trong hai"));
            continue;
        }
        match std::fs::read_to_string(value) {
            // Editors and `echo` end a secret with a line break.
            Ok(text) => source.set(
                (section, key.to_owned()),
                name,
                text.trim_end_matches(['\r', '\n']).to_owned(),
            ),
            Err(error) => refuse(source, name, format!("không đọc được tệp {value}: {error}")),
        }
    }
}

/// Refuses `PBGDPL_SERVER_LISTEN`: one underscore too few would otherwise be ignored in silence.
pub(crate) fn near_misses(variables: &BTreeMap<String, String>, keys: &[(&str, &str)]) -> Vec<Problem> {
    let ours = variables
        .keys()
        .filter(|name| name.starts_with(PREFIX) && !name.contains("__"));
    let misses = ours.filter_map(|name| {
        let mut known = keys.iter().map(|(section, key)| variable(section, key));
        let meant = known.find(|known| known.replace("__", "_") == *name)?;
        Some(Problem {
            place: name.clone(),
            line: None,
            message: format!("thiếu một dấu gạch dưới; ý bạn là {meant}?"),
        })
    });
    misses.collect()
}

fn refuse(source: &mut Source, name: &str, message: String) {
    source.problems.push(Problem {
        place: name.to_owned(),
        line: None,
        message,
    });
}
