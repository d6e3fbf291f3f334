//! What both pages of readings share: which days, the plot, the table, and how it is counted, in words.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use pbgdpl_model::engagement::DayFigures;
use pbgdpl_pages::oversight::DayBars;
use pbgdpl_pages::part::{Cell, Column, Link, Row, Table};
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number;
use serde::Deserialize;

use crate::error::Error;

/// The days that can be asked for, up to today.
const RANGES: [i64; 3] = [30, 90, 365];

/// How it is counted, as both pages say it.
pub(crate) const HOW: [&str; 4] = [
    "Một lượt đọc được tính khi nội dung của trang đã hiện trên màn hình đủ 5 giây, hoặc người đọc đã bấm, gõ trong trang. Trang \
     được tải mà không ai cuộn tới thì không tính; ở trang nhúng chỉ khung chuyên mục được đếm, mỗi lần mở một lượt.",
    "Không tính: máy tự động; trình duyệt đã vào bàn làm việc trong cùng ngày (cán bộ, người giám sát, kể cả khi xem trước); \
     quá 60 lượt một phút từ một máy. Các lượt ấy được nêu riêng. Trình duyệt tắt JavaScript, đoạn ghép ở máy chủ của trang khác \
     và gói tệp tĩnh không được đếm; quá 120 lượt một phút từ một đường mạng thì không nhận nữa.",
    "Lượt người theo ngày là số ước tính, sai khoảng 1 %: trong một ngày mỗi người tính một lần, người đọc ba ngày là ba lượt. \
     Không có cookie, không lưu địa chỉ mạng, và dấu của ngày này không so được với ngày khác, nên không có số người của cả tháng.",
    "Số đếm được ghi mỗi phút một lần. Máy chủ dừng đột ngột thì mất nhiều nhất các lượt của phút cuối.",
];

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// How many days: 30, 90 or 365.
    ngay: Option<i64>,
}

/// The days that are shown, both ends counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range {
    count: i64,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Range {
    /// The days that are asked for, up to today.
    pub fn of(asked: &Asked, today: NaiveDate) -> Result<Self, Error> {
        let count = asked.ngay.unwrap_or(30);
        if !RANGES.contains(&count) {
            return Err(Error::NotFound);
        }
        Ok(Self {
            count,
            from: today - TimeDelta::days(count - 1),
            to: today,
        })
    }

    pub fn label(self) -> String {
        format!("{} ngày", self.count)
    }

    /// `here` with these days.
    pub fn at(self, here: &str) -> String {
        format!("{here}?ngay={}", self.count)
    }

    pub fn links(here: &str) -> Vec<Link> {
        RANGES
            .iter()
            .map(|count| Link::new(format!("{count} ngày"), format!("{here}?ngay={count}")))
            .collect()
    }

    fn days(self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        (0..self.count).map(move |step| self.from + TimeDelta::days(step))
    }
}

/// The sums of the days.
pub(crate) fn sums(days: &BTreeMap<NaiveDate, DayFigures>) -> Vec<(&'static str, String)> {
    let sum = |of: fn(&DayFigures) -> u64| grouped(days.values().map(of).sum());
    vec![
        ("Lượt đọc có tương tác", sum(|day| day.views)),
        ("Lượt người theo ngày (ước tính)", sum(|day| day.people)),
        ("Không tính", sum(|day| day.excluded)),
    ]
}

/// A bar a day, where there is anything to see.
pub(crate) fn bars(range: Range, days: &BTreeMap<NaiveDate, DayFigures>) -> Option<DayBars> {
    let (day, most) = days.iter().max_by_key(|(day, found)| (found.views, **day))?;
    if most.views == 0 {
        return None;
    }
    let of = |day| days.get(&day).map_or(0, |found| found.views);
    Some(DayBars {
        title: "Lượt đọc có tương tác, từng ngày".into(),
        answer: format!("Nhiều nhất {} lượt, ngày {}.", grouped(most.views), dmy(*day)),
        first: dmy(range.from),
        last: dmy(range.to),
        days: range
            .days()
            .map(|day| i64::try_from(of(day)).unwrap_or(i64::MAX))
            .collect(),
    })
}

/// The days behind the plot, the newest first.
pub(crate) fn table(range: Range, days: &BTreeMap<NaiveDate, DayFigures>) -> Table {
    let rows = range.days().rev().map(|day| {
        let found = days.get(&day).cloned().unwrap_or_default();
        Row {
            cells: vec![
                dmy(day).into(),
                grouped(found.views).into(),
                grouped(found.people).into(),
                grouped(found.excluded).into(),
            ],
        }
    });
    Table {
        caption: format!("Lượt đọc từ ngày {} đến ngày {}", dmy(range.from), dmy(range.to)),
        caption_hidden: true,
        columns: vec![
            Column::words("Ngày"),
            Column::figures("Lượt đọc có tương tác"),
            Column::figures("Người trong ngày (ước tính)"),
            Column::figures("Không tính"),
        ],
        rows: rows.collect(),
        total: None,
    }
}

/// Things and how often they were read.
pub(crate) fn counts(caption: &str, heads: [&str; 2], rows: impl IntoIterator<Item = (Cell, u64)>) -> Table {
    let [what, how_many] = heads;
    Table {
        caption: caption.into(),
        caption_hidden: true,
        columns: vec![Column::words(what), Column::figures(how_many)],
        rows: rows
            .into_iter()
            .map(|(what, views)| Row {
                cells: vec![what, grouped(views).into()],
            })
            .collect(),
        total: None,
    }
}

pub(crate) fn grouped(count: u64) -> String {
    number::grouped(i64::try_from(count).unwrap_or(i64::MAX))
}
