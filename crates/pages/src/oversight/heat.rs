//! A year day by day: a cell a day, a column a week, darker where more was done. Two halves, so that a phone shows it whole.

use std::collections::BTreeMap;

use askama::Template;
use chrono::{Datelike, NaiveDate};
use pbgdpl_vietnamese::{date, number};

use super::steps::Steps;
use crate::part::{Cell, Column, Row, Table, prints_itself};

/// From one week to the next, and from one day to the next.
const PITCH: i64 = 13;
/// Where the first week stands: right of the names of days.
const LEFT: i64 = 28;
/// Where the first day stands: below the names of months.
const TOP: i64 = 16;

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCell {
    /// From the left.
    pub x: i64,
    /// From the top.
    pub y: i64,
    /// 0 for nothing, 1 to 5 otherwise.
    pub shade: usize,
    /// "Thứ Hai, 09/11/2020: 31 cuộc".
    pub words: String,
}

/// Six months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Half {
    /// Places and names of the months.
    pub months: Vec<(i64, String)>,
    /// The days.
    pub cells: Vec<DayCell>,
}

/// The year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "oversight/heat.html")]
pub struct HeatMap {
    /// The question.
    pub title: String,
    /// The answer.
    pub answer: String,
    /// Which year.
    pub year: i32,
    /// The last day that can hold anything; later ones are not drawn.
    pub last: NaiveDate,
    /// "cuộc".
    pub unit: String,
    /// Days with figures.
    pub days: BTreeMap<NaiveDate, i64>,
}

impl HeatMap {
    fn steps(&self) -> Steps {
        Steps::of(self.days.values().copied())
    }

    /// Names of the days whose rows carry one.
    #[must_use]
    pub fn weekdays(&self) -> [(i64, &'static str); 4] {
        [(0, "T2"), (2, "T4"), (4, "T6"), (6, "CN")].map(|(row, name)| (TOP + row * PITCH + 10, name))
    }

    /// January to June, July to December; a half that has not begun is left out.
    #[must_use]
    pub fn halves(&self) -> Vec<Half> {
        let steps = self.steps();
        [1, 7]
            .into_iter()
            .filter_map(|first| NaiveDate::from_ymd_opt(self.year, first, 1))
            .filter(|first| *first <= self.last)
            .map(|first| self.half(first, &steps))
            .collect()
    }

    fn half(&self, first: NaiveDate, steps: &Steps) -> Half {
        let offset = i64::from(first.weekday().num_days_from_monday());
        let month = first.month();
        let days = first
            .iter_days()
            .take_while(|day| day.year() == self.year && day.month() < month + 6);
        let (mut months, mut cells) = (Vec::new(), Vec::new());
        for day in days {
            let since = (day - first).num_days() + offset;
            let x = LEFT + since / 7 * PITCH;
            if day.day() == 1 {
                // A month that begins within a week is named above its first whole week.
                let x = if since % 7 == 0 { x } else { x + PITCH };
                months.push((x, format!("T{}", day.month())));
            }
            if day <= self.last {
                let value = self.days.get(&day).copied().unwrap_or(0);
                cells.push(DayCell {
                    x,
                    y: TOP + since % 7 * PITCH,
                    shade: steps.shade(value),
                    words: format!(
                        "{}, {}: {} {}",
                        date::weekday(day),
                        date::dmy(day),
                        number::grouped(value),
                        self.unit
                    ),
                });
            }
        }
        Half { months, cells }
    }

    /// What the shades mean.
    #[must_use]
    pub fn key(&self) -> Vec<(usize, String)> {
        self.steps().key()
    }

    /// The same figures: a row a day of the month, a column a month.
    #[must_use]
    pub fn table(&self) -> Table {
        let months = 1..=if self.last.year() > self.year {
            12
        } else {
            self.last.month()
        };
        let value = |month: u32, day: u32| {
            let day = NaiveDate::from_ymd_opt(self.year, month, day)?;
            (day <= self.last).then(|| self.days.get(&day).copied().unwrap_or(0))
        };
        let row = |day: u32| {
            let cells = months.clone().map(|month| {
                value(month, day).map_or_else(|| Cell::from("–"), |value| number::grouped(value).into())
            });
            Row {
                cells: std::iter::once(Cell::from(format!("Ngày {day}")))
                    .chain(cells)
                    .collect(),
            }
        };
        let sum = |month: u32| -> i64 { (1..=31).filter_map(|day| value(month, day)).sum() };
        Table {
            caption: format!("{} ({}), từng ngày năm {}", self.title, self.unit, self.year),
            caption_hidden: true,
            columns: std::iter::once(Column::words("Ngày"))
                .chain(months.clone().map(|month| Column::figures(format!("T{month}"))))
                .collect(),
            rows: (1..=31).map(row).collect(),
            total: Some(Row {
                cells: std::iter::once(Cell::from("Cả tháng"))
                    .chain(months.clone().map(|month| number::grouped(sum(month)).into()))
                    .collect(),
            }),
        }
    }
}

prints_itself!(HeatMap);

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, month, day).unwrap()
    }

    fn year(last: NaiveDate) -> HeatMap {
        HeatMap {
            year: 2020,
            last,
            unit: "cuộc".into(),
            days: [(day(1, 6), 1), (day(2, 29), 9), (day(12, 31), 4)].into(),
            ..HeatMap::default()
        }
    }

    #[test]
    fn every_day_has_its_cell_and_a_week_is_a_column() {
        let halves = year(day(12, 31)).halves();
        let cells: Vec<&DayCell> = halves.iter().flat_map(|half| &half.cells).collect();
        assert_eq!(cells.len(), 366);
        // 1 January 2020 was a Wednesday; the first Monday begins the second column.
        assert_eq!((cells[0].x, cells[0].y), (LEFT, TOP + 2 * PITCH));
        assert_eq!((cells[5].x, cells[5].y, cells[5].shade), (LEFT + PITCH, TOP, 1));
        assert_eq!(cells[59].words, "Thứ Bảy, 29/02/2020: 9 cuộc");
        assert_eq!(halves.len(), 2);
        assert!(halves.iter().all(|half| half.months.len() == 6));
    }

    #[test]
    fn days_to_come_are_not_drawn_and_the_table_says_the_same() {
        let map = year(day(3, 15));
        let halves = map.halves();
        assert_eq!(halves.len(), 1);
        assert_eq!(halves[0].cells.len(), 31 + 29 + 15);
        let table = map.table();
        assert_eq!(table.columns.len(), 4);
        assert_eq!(table.rows[28].cells[2].text, "9");
        assert_eq!(table.rows[29].cells[2].text, "–", "there is no 30 February");
        assert_eq!(table.rows[15].cells[3].text, "–", "16 March is still to come");
        let sums = table.total.unwrap();
        assert_eq!(sums.cells[1].text, "1");
    }
}
