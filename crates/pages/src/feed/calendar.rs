//! Calendars (RFC 5545): the days on which documents come into force.

use chrono::{DateTime, NaiveDate};

/// A calendar of whole days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// What it is called.
    pub name: String,
    /// Its own address (absolute).
    pub address: String,
    /// The days.
    pub days: Vec<CalendarDay>,
}

/// Something that happens on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarDay {
    /// Permanent id, a UUID (RFC 7986, 5.3).
    pub id: String,
    /// The day.
    pub day: NaiveDate,
    /// What happens.
    pub title: String,
    /// More of it.
    pub text: String,
    /// Its page (absolute).
    pub address: String,
    /// Last changed, RFC 3339.
    pub changed: String,
}

/// Longest line, in bytes without its end (RFC 5545, 3.1).
const LINE: usize = 75;

// A calendar holds at least one part (3.6): the zone is there also where no day is.
const ZONE: [&str; 9] = [
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Ho_Chi_Minh",
    "BEGIN:STANDARD",
    "DTSTART:19750613T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// The calendar as a file, `text/calendar`.
#[must_use]
pub fn calendar(calendar: &Calendar) -> String {
    let mut out = Lines::default();
    out.plain("BEGIN:VCALENDAR");
    out.plain("VERSION:2.0");
    out.plain("PRODID:-//PBGDPL//Ngay co hieu luc//VI");
    out.plain("CALSCALE:GREGORIAN");
    // No METHOD (3.7.2): with one, clients take what is to be followed for an invitation to be answered.
    out.text("NAME;LANGUAGE=vi", &calendar.name);
    out.text("X-WR-CALNAME", &calendar.name);
    out.plain("X-WR-TIMEZONE:Asia/Ho_Chi_Minh");
    out.plain("REFRESH-INTERVAL;VALUE=DURATION:PT12H");
    out.line(&format!("SOURCE;VALUE=URI:{}", one_line(&calendar.address)));
    ZONE.iter().for_each(|line| out.plain(line));
    for day in &calendar.days {
        out.plain("BEGIN:VEVENT");
        out.line(&format!("UID:{}", one_line(&day.id)));
        out.line(&format!("DTSTAMP:{}", instant(&day.changed)));
        out.line(&format!("LAST-MODIFIED:{}", instant(&day.changed)));
        out.line(&format!("DTSTART;VALUE=DATE:{}", day.day.format("%Y%m%d")));
        out.text("SUMMARY;LANGUAGE=vi", &day.title);
        out.text("DESCRIPTION;LANGUAGE=vi", &day.text);
        out.line(&format!("URL:{}", one_line(&day.address)));
        out.plain("TRANSP:TRANSPARENT");
        out.plain("END:VEVENT");
    }
    out.plain("END:VCALENDAR");
    out.0
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn plain(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push_str("\r\n");
    }

    fn text(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{}", escaped(value)));
    }

    /// Folded between letters, each piece with its blank no longer than a line may be.
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for letter in line.chars() {
            if length + letter.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(letter);
            length += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text as 3.3.11 writes it; other signs of control are not allowed.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

fn one_line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

/// RFC 3339 as an instant of a calendar, in UTC.
fn instant(rfc3339: &str) -> String {
    let at = DateTime::parse_from_rfc3339(rfc3339).unwrap_or_default();
    at.to_utc().format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unfolded(text: &str) -> Vec<String> {
        let whole = text.replace("\r\n ", "");
        whole.lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_are_folded_between_letters_and_read_back_whole() {
        let title = "Có hiệu lực: Luật, nghị định; thông tư \\ ".repeat(6) + "hết\ndòng\u{7}";
        let file = calendar(&Calendar {
            name: "Sở Tư pháp".into(),
            days: vec![CalendarDay {
                day: NaiveDate::from_ymd_opt(2020, 7, 1).unwrap(),
                title: title.clone(),
                changed: "2020-06-15T08:00:00+07:00".into(),
                ..CalendarDay::default()
            }],
            ..Calendar::default()
        });
        assert!(file.split("\r\n").all(|line| line.len() <= LINE), "{file}");
        assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
        let lines = unfolded(&file);
        let summary = lines
            .iter()
            .find_map(|l| l.strip_prefix("SUMMARY;LANGUAGE=vi:"))
            .unwrap();
        let read = summary
            .replace("\\n", "\n")
            .replace("\\,", ",")
            .replace("\\;", ";")
            .replace("\\\\", "\\");
        assert_eq!(read, title.replace('\u{7}', ""));
        for line in ["DTSTART;VALUE=DATE:20200701", "DTSTAMP:20200615T010000Z"] {
            assert!(lines.iter().any(|l| l == line), "{line}");
        }
    }

    #[test]
    fn a_calendar_without_days_still_holds_a_part() {
        let file = calendar(&Calendar::default());
        assert!(file.contains("BEGIN:VTIMEZONE") && !file.contains("BEGIN:VEVENT"));
        assert!(!file.contains("METHOD"), "it is followed, not answered");
    }
}
