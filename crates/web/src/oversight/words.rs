//! Words inside sentences: names of measures, the days that are compared, the days on which a unit stood.

use pbgdpl_province::oversight::part_of_year::PartOfYear;
use pbgdpl_province::oversight::same_days::SameDays;
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::grouped;

/// The same words with a small first letter: "Cuộc thi" in the middle of a sentence.
pub(super) fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// "năm 2019", or "cùng kỳ năm 2019, đến ngày 03/11" while the year runs.
pub(crate) fn same_days(days: &SameDays) -> String {
    let year = days.year - 1;
    if days.is_whole() {
        format!("năm {year}")
    } else {
        format!("cùng kỳ năm {year}, đến ngày {}", day_and_month(days))
    }
}

/// The head of a column of the year before: "2019", or "2019 (đến 03/11)".
pub(crate) fn before_head(days: &SameDays) -> String {
    let year = days.year - 1;
    if days.is_whole() {
        year.to_string()
    } else {
        format!("{year} (đến {})", day_and_month(days))
    }
}

fn day_and_month(days: &SameDays) -> String {
    days.before_until.format("%d/%m").to_string()
}

/// "hoạt động từ ngày 01/07/2021".
pub(super) fn stood(part: &PartOfYear) -> String {
    match (part.from.map(dmy), part.to.map(dmy)) {
        (Some(from), Some(to)) => format!("hoạt động từ ngày {from} đến ngày {to}"),
        (Some(from), None) => format!("hoạt động từ ngày {from}"),
        (None, Some(to)) => format!("hoạt động đến ngày {to}"),
        (None, None) => String::new(),
    }
}

/// "Huyện B", or "Huyện B (hoạt động đến ngày 30/06/2021)".
pub(super) fn named(name: &str, part: Option<&PartOfYear>) -> String {
    part.map_or_else(|| name.to_owned(), |part| format!("{name} ({})", stood(part)))
}

/// "tăng 11,7 %", in tenths of a percent without losing figures to floating point.
pub(super) fn change(this: i64, before: i64) -> String {
    if before == 0 {
        return if this == 0 {
            "không đổi"
        } else {
            "năm trước không có"
        }
        .to_owned();
    }
    let tenths = ((this - before).abs() * 2000 + before) / (before * 2);
    let amount = format!("{},{} %", grouped(tenths / 10), tenths % 10);
    match this.cmp(&before) {
        std::cmp::Ordering::Greater => format!("tăng {amount}"),
        std::cmp::Ordering::Less => format!("giảm {amount}"),
        std::cmp::Ordering::Equal => "không đổi".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> chrono::NaiveDate {
        chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn changes_are_said_in_words() {
        assert_eq!(change(4024, 3601), "tăng 11,7 %");
        assert_eq!(change(18_642, 21_870), "giảm 14,8 %");
        assert_eq!(change(0, 0), "không đổi");
    }

    #[test]
    fn a_running_year_says_up_to_which_day_it_is_compared() {
        let running = SameDays::of(2020, day(2020, 11, 3));
        assert_eq!(same_days(&running), "cùng kỳ năm 2019, đến ngày 03/11");
        assert_eq!(before_head(&running), "2019 (đến 03/11)");
        let past = SameDays::of(2019, day(2020, 11, 3));
        assert_eq!(
            (same_days(&past), before_head(&past)),
            ("năm 2018".into(), "2018".into())
        );
        let leap = SameDays::of(2020, day(2020, 2, 29));
        assert_eq!(same_days(&leap), "cùng kỳ năm 2019, đến ngày 28/02");
    }

    #[test]
    fn days_of_a_unit_are_said_as_they_are_known() {
        let part = |from, to| PartOfYear { from, to };
        let (from, to) = (Some(day(2021, 7, 1)), Some(day(2021, 9, 30)));
        assert_eq!(
            named("Sở C", Some(&part(from, None))),
            "Sở C (hoạt động từ ngày 01/07/2021)"
        );
        assert_eq!(stood(&part(None, to)), "hoạt động đến ngày 30/09/2021");
        assert_eq!(named("Sở C", None), "Sở C");
    }

    #[test]
    fn only_the_first_letter_changes() {
        assert_eq!(lower("Tài liệu trên Internet"), "tài liệu trên Internet");
        assert_eq!(lower("Ấn phẩm"), "ấn phẩm");
        assert_eq!(lower(""), "");
    }
}
