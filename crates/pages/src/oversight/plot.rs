//! Plots as values: whole numbers in, coordinates out. Bars and lines stand on zero.

use askama::Template;

use crate::part::prints_itself;

/// This year's months beside those of the year before, labelled at their ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "oversight/month_lines.html")]
pub struct MonthLines {
    /// The question.
    pub title: String,
    /// The answer.
    pub answer: String,
    /// What the solid line is: "2020".
    pub this_label: String,
    /// What the dashed line is: "2019".
    pub before_label: String,
    /// This year, up to the last month that counts.
    pub this: Vec<i64>,
    /// The year before, the same months.
    pub before: Vec<i64>,
}

/// The field in which the lines are drawn.
const LEFT: i64 = 34;
const WIDTH: i64 = 340;
const TOP: i64 = 12;
const HEIGHT: i64 = 130;

/// A round number at or above this one, at least 4.
pub(super) fn round_above(largest: i64) -> i64 {
    let largest = largest.max(4);
    let mut unit = 1;
    while unit * 10 <= largest {
        unit *= 10;
    }
    [1, 2, 3, 4, 6, 8, 10]
        .iter()
        .map(|times| times * unit)
        .find(|scale| *scale >= largest)
        .unwrap_or(largest)
}

impl MonthLines {
    /// A round number at or above the largest.
    fn scale(&self) -> i64 {
        round_above(self.this.iter().chain(&self.before).copied().max().unwrap_or(0))
    }

    fn y(&self, value: i64) -> i64 {
        TOP + HEIGHT - value.max(0) * HEIGHT / self.scale()
    }

    fn x(&self, place: usize) -> i64 {
        let steps = i64::try_from(self.this.len().max(self.before.len()).max(2) - 1).unwrap_or(1);
        LEFT + i64::try_from(place).unwrap_or(0) * WIDTH / steps
    }

    /// Heights and words of the rules.
    #[must_use]
    pub fn rules(&self) -> Vec<(i64, String)> {
        let scale = self.scale();
        let parts = if scale % 4 == 0 {
            4
        } else if scale % 3 == 0 {
            3
        } else {
            2
        };
        (0..=parts)
            .map(|part| scale * part / parts)
            .map(|value| (self.y(value), pbgdpl_vietnamese::number::grouped(value)))
            .collect()
    }

    /// Places and numbers of the months.
    #[must_use]
    pub fn months(&self) -> Vec<(i64, usize)> {
        (0..self.this.len().max(self.before.len()))
            .map(|place| (self.x(place), place + 1))
            .collect()
    }

    fn points(&self, values: &[i64]) -> String {
        let mut points: Vec<String> = values
            .iter()
            .enumerate()
            .map(|(place, value)| format!("{},{}", self.x(place), self.y(*value)))
            .collect();
        // One month alone is a line to the edge: a single point would draw nothing.
        if let ([_], [only]) = (points.as_slice(), values) {
            points.push(format!("374,{}", self.y(*only)));
        }
        points.join(" ")
    }

    /// The solid line.
    #[must_use]
    pub fn this_points(&self) -> String {
        self.points(&self.this)
    }

    /// The dashed line.
    #[must_use]
    pub fn before_points(&self) -> String {
        self.points(&self.before)
    }

    /// Where the two labels stand: beside the ends of their lines, never upon each other.
    #[must_use]
    pub fn ends(&self) -> (i64, i64) {
        let end = |values: &[i64]| self.y(values.last().copied().unwrap_or(0)) + 4;
        let (this, before) = (end(&self.this), end(&self.before));
        if self.before.is_empty() {
            // Above the names of the months, which stand below the rule of zero.
            return (this.min(TOP + HEIGHT - 10), this);
        }
        if (this - before).abs() >= 28 {
            (this, before)
        } else if this <= before {
            (this.min(TOP + HEIGHT - 40), this.min(TOP + HEIGHT - 40) + 30)
        } else {
            (before.min(TOP + HEIGHT - 40) + 30, before.min(TOP + HEIGHT - 40))
        }
    }

    /// The last figure of each line.
    #[must_use]
    pub fn last(&self) -> (String, String) {
        let last = |values: &[i64]| pbgdpl_vietnamese::number::grouped(values.last().copied().unwrap_or(0));
        (last(&self.this), last(&self.before))
    }
}

/// One bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// From the left.
    pub x: i64,
    /// From the top.
    pub y: i64,
    /// How high; 0 stands for a month without anything.
    pub height: i64,
}

/// One agency's year, small: a bar a month.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "oversight/spark.html")]
pub struct Spark {
    /// Whose.
    pub name: String,
    /// Where its figure leads.
    pub href: String,
    /// Its months; none where it did not stand.
    pub months: Vec<Option<i64>>,
    /// The largest month of its group: all of them share one scale.
    pub largest: i64,
    /// "41 cuộc".
    pub total: String,
    /// "quý III: 0"; empty where nothing is to be said.
    pub note: String,
    /// "hoạt động từ ngày 01/07/2021"; empty where it stood the whole year.
    pub stood: String,
}

/// Height of the field of a small plot.
const SPARK: i64 = 33;

impl Spark {
    /// The bars; a month in which it did not stand has none.
    #[must_use]
    pub fn bars(&self) -> Vec<Bar> {
        self.months
            .iter()
            .zip(0..)
            .filter_map(|(value, place): (&Option<i64>, i64)| {
                let height = match (*value)? {
                    value if value <= 0 => 0,
                    value => (value * SPARK / self.largest.max(1)).clamp(1, SPARK),
                };
                Some(Bar {
                    x: place * 10 + 1,
                    y: SPARK + 1 - height,
                    height,
                })
            })
            .collect()
    }
}

prints_itself!(MonthLines, Spark);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_on_zero_and_labels_apart() {
        let plot = MonthLines {
            this: vec![0, 10, 542],
            before: vec![0, 20, 540],
            ..MonthLines::default()
        };
        assert_eq!(plot.scale(), 600);
        assert!(plot.this_points().starts_with("34,142 "));
        let (this, before) = plot.ends();
        assert!((this - before).abs() >= 28);
        assert_eq!(plot.rules().first().unwrap().1, "0");
    }

    #[test]
    fn a_line_alone_is_labelled_at_its_end() {
        let plot = MonthLines {
            this: vec![4, 0, 4],
            ..MonthLines::default()
        };
        assert_eq!(plot.ends().0, TOP + 4);
        let ended = MonthLines {
            this: vec![4, 4, 0],
            ..MonthLines::default()
        };
        assert_eq!(ended.ends().0, TOP + HEIGHT - 10);
    }

    #[test]
    fn a_month_with_anything_has_a_bar() {
        let spark = Spark {
            months: vec![Some(0), Some(1), Some(1000)],
            largest: 1000,
            ..Spark::default()
        };
        let heights: Vec<i64> = spark.bars().iter().map(|bar| bar.height).collect();
        assert_eq!(heights, [0, 1, 33]);
    }

    #[test]
    fn a_month_in_which_it_did_not_stand_has_neither_bar_nor_box() {
        let spark = Spark {
            months: vec![None, None, Some(0), Some(4)],
            largest: 4,
            ..Spark::default()
        };
        let places: Vec<i64> = spark.bars().iter().map(|bar| bar.x).collect();
        assert_eq!(places, [21, 31]);
        assert_eq!(spark.to_string().matches("var(--bad)").count(), 1);
    }
}
