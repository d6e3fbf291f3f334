//! A bar a day, on zero, with the days at its ends.

use askama::Template;

use super::plot::round_above;
use crate::part::prints_itself;

/// Days side by side; each is one bar.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "oversight/day_bars.html")]
pub struct DayBars {
    /// The question.
    pub title: String,
    /// The answer.
    pub answer: String,
    /// The first day: "17/05/2020".
    pub first: String,
    /// The last day.
    pub last: String,
    /// What each day had, in order.
    pub days: Vec<i64>,
}

/// The field: tenths of a pixel, so that a year's bars keep their distance.
const LEFT: i64 = 340;
const WIDTH: i64 = 3_900;
const TOP: i64 = 120;
const HEIGHT: i64 = 1_300;

/// One bar, as an SVG rectangle takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayBar {
    /// From the left.
    pub x: String,
    /// From the top.
    pub y: String,
    /// How wide.
    pub width: String,
    /// How high.
    pub height: String,
}

fn tenths(value: i64) -> String {
    format!("{}.{}", value / 10, value % 10)
}

impl DayBars {
    fn scale(&self) -> i64 {
        round_above(self.days.iter().copied().max().unwrap_or(0))
    }

    /// The bars of the days that had anything.
    #[must_use]
    pub fn bars(&self) -> Vec<DayBar> {
        let count = i64::try_from(self.days.len().max(1)).unwrap_or(1);
        let step = WIDTH / count;
        let scale = self.scale();
        self.days
            .iter()
            .zip(0..)
            .filter(|(value, _)| **value > 0)
            .map(|(value, place)| {
                let height = (value * HEIGHT / scale).max(10);
                DayBar {
                    x: tenths(LEFT + place * WIDTH / count),
                    y: tenths(TOP + HEIGHT - height),
                    width: tenths((step * 4 / 5).max(6)),
                    height: tenths(height),
                }
            })
            .collect()
    }

    /// Heights and words of the rules.
    #[must_use]
    pub fn rules(&self) -> Vec<(i64, String)> {
        let scale = self.scale();
        [0, scale / 2, scale]
            .map(|value| {
                let y = (TOP + HEIGHT - value * HEIGHT / scale) / 10;
                (y, pbgdpl_vietnamese::number::grouped(value))
            })
            .into()
    }
}

prints_itself!(DayBars);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_zero_and_inside_the_field() {
        let plot = DayBars {
            days: (0..365).map(|day| day % 7 * 100).collect(),
            ..DayBars::default()
        };
        let bars = plot.bars();
        assert_eq!(bars.len(), plot.days.iter().filter(|value| **value > 0).count());
        for bar in &bars {
            let number = |text: &str| text.parse::<f64>().unwrap();
            assert!(
                (number(&bar.y) + number(&bar.height) - 142.0).abs() < 0.11,
                "{bar:?}"
            );
            assert!(
                number(&bar.x) + number(&bar.width) <= 424.5 && number(&bar.y) >= 12.0,
                "{bar:?}"
            );
        }
        assert_eq!(plot.rules().first().unwrap(), &(142, "0".to_owned()));
    }
}
