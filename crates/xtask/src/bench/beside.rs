//! What stands beside the bounded figures of the ledger: each size, the same question asked of the raw rows, and what one of each costs.

use std::fmt::Write;

use crate::bench::ledger::{Measured, SIZES};

/// Measured things that repeat: name, key.
const LOOKS: [(&str, &str); 5] = [
    ("province dashboard", "dashboard"),
    (
        "the dashboard's sums by `GROUP BY` over the rows",
        "raw_dashboard",
    ),
    ("a figure and its parts", "figure"),
    ("a figure's parts by `GROUP BY` over the rows", "raw_figure"),
    ("rows of an agency behind a figure", "rows"),
];

/// Measured things that happen once: name, key.
const ONCE: [(&str, &str); 3] = [
    ("dashboard, cold", "dashboard_cold"),
    ("all days counted anew, and what was known when", "rebuild_first"),
    ("all days counted anew, what was known standing", "rebuild"),
];

/// The tables, in markdown.
pub fn tables(of: &Measured) -> String {
    let mut text = String::from(
        "\n| time p50 / p95, CPU (ms) | 10⁵ rows | 10⁶ rows | 10⁷ rows |\n|---|---:|---:|---:|\n",
    );
    for (name, key) in LOOKS {
        line(&mut text, name, |size| {
            let of = |part: &str| of.of(size, &format!("{key}_{part}")) * 1e3;
            format!("{:.1} / {:.1}, {:.1}", of("p50"), of("p95"), of("cpu"))
        });
    }
    text.push_str("\n| time, CPU (s) | 10⁵ rows | 10⁶ rows | 10⁷ rows |\n|---|---:|---:|---:|\n");
    for (name, key) in ONCE {
        line(&mut text, name, |size| {
            format!(
                "{:.2}, {:.2}",
                of.of(size, key),
                of.of(size, &format!("{key}_cpu"))
            )
        });
    }
    text.push_str("\n| what one costs | 10⁵ rows | 10⁶ rows | 10⁷ rows |\n|---|---:|---:|---:|\n");
    line(&mut text, "bytes of a row, and of its index entries", |size| {
        format!(
            "{:.0} + {:.0}",
            of.of(size, "heap_bytes"),
            of.of(size, "index_bytes")
        )
    });
    line(&mut text, "CPU of a row counted anew, µs", |size| {
        format!("{:.2}", of.of(size, "rebuild_first_cpu") * 1e6 / f64::from(size))
    });
    line(
        &mut text,
        "CPU of an activity drafted and written down, ms",
        |size| format!("{:.1}", of.of(size, "acts_cpu") * 1e3 / of.of(size, "acts_count")),
    );
    line(&mut text, "CPU of adding up its day, ms", |size| {
        format!(
            "{:.1}",
            of.of(size, "roll_up_cpu") * 1e3 / of.of(size, "acts_count")
        )
    });
    line(
        &mut text,
        "days with something; changes that are kept of them",
        |size| format!("{:.0}; {:.0}", of.of(size, "days"), of.of(size, "changes")),
    );
    let [_, middle, _] = SIZES;
    let once = |key: &str| of.of(middle, key);
    writeln!(
        text,
        "\nThe year's report at 10⁶ rows, seconds (CPU): 45 forms drawn cold {:.2} ({:.2}), checked and sent {:.2} ({:.2}), \
         accepted at once {:.2} ({:.2}), added up cold {:.2} ({:.2}), taken out {:.2} ({:.2}), who has sent {:.2} ({:.2}).",
        once("draw"),
        once("draw_cpu"),
        once("send"),
        once("send_cpu"),
        once("accept"),
        once("accept_cpu"),
        once("consolidate"),
        once("consolidate_cpu"),
        once("export"),
        once("export_cpu"),
        once("follow"),
        once("follow_cpu"),
    )
    .ok();
    text
}

fn line(text: &mut String, name: &str, cell: impl Fn(u32) -> String) {
    let cells: Vec<String> = SIZES.into_iter().map(cell).collect();
    writeln!(text, "| {name} | {} |", cells.join(" | ")).ok();
}
