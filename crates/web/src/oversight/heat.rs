//! A year day by day as a plot: the question, and the answer in a sentence.

use pbgdpl_pages::oversight::{HeatMap, measure_label};
use pbgdpl_province::oversight::heat::Days;
use pbgdpl_vietnamese::{date, number};

use super::{signed, words};

/// The plot; `whose`: "Toàn tỉnh", or the agency's name.
pub(super) fn plot(found: &Days, whose: &str) -> HeatMap {
    HeatMap {
        title: format!(
            "{whose} ghi {} vào những ngày nào?",
            words::lower(measure_label(found.measure))
        ),
        answer: answer(found),
        year: found.year,
        last: found.last,
        unit: found.measure.unit().to_owned(),
        days: found.days.clone(),
    }
}

fn answer(found: &Days) -> String {
    let unit = found.measure.unit();
    let busy = found.days.iter().filter(|(_, quantity)| **quantity > 0);
    let count = busy.clone().count();
    // The first of the largest.
    let most = busy.rev().max_by_key(|(_, quantity)| **quantity);
    let Some((day, quantity)) = most else {
        return format!("Năm {} chưa có ngày nào được ghi.", found.year);
    };
    let mut answer = format!(
        "{} ngày có ghi; nhiều nhất {}: {} {unit}.",
        number::grouped(signed(count)),
        date::dmy(*day),
        number::grouped(*quantity)
    );
    if let Some((from, to, days)) = found.longest_gap().filter(|(.., days)| *days >= 7) {
        answer.push_str(&format!(
            " Dài nhất không có ngày nào: {} ngày, {} đến {}.",
            number::grouped(days),
            date::dmy(from),
            date::dmy(to)
        ));
    }
    answer
}
