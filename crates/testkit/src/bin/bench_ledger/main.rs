//! What `cargo xtask bench ledger` measures, step by step: each step is a process of its own, so that its connections, its prepared
//! statements and its memory are new.
//!
//! `make` prints the name of a fresh database with the agencies of Kon Tum; `fill DB ROWS`, `rebuild DB`, `look DB`, `act DB`, `open DB`,
//! `draw DB`, `consolidate DB` work on it and print lines of a name and a number (seconds, where nothing else is said).

mod forms;
mod look;
mod place;
mod rows;
mod tally;
mod write;

use anyhow::bail;

use crate::place::Place;
use crate::tally::Tally;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words == ["make"] {
        return Tally::say(&place::make().await?);
    }
    let [step, database, rest @ ..] = words.as_slice() else {
        bail!("bench_ledger make | STEP DATABASE [ROWS]")
    };
    let place = Place::open(database).await?;
    let mut tally = Tally::of(&place);
    match (*step, rest) {
        ("fill", [rows]) => rows::fill(&place, &mut tally, rows.parse()?).await?,
        ("rebuild", []) => write::rebuild(&place, &mut tally).await?,
        ("look", []) => look::look(&place, &mut tally).await?,
        ("act", []) => write::act(&place, &mut tally).await?,
        ("open", []) => forms::open_all(&place, &mut tally).await?,
        ("draw", []) => forms::draw_and_send(&place, &mut tally).await?,
        ("consolidate", []) => forms::consolidated(&place, &mut tally).await?,
        _ => bail!("no such step: {words:?}"),
    }
    tally.print()
}
