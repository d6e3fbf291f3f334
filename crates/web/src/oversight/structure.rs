//! By which structure figures are drawn, and as of which day they are known: the query keys `co-cau=goc|hien-tai`, `ngay=`
//! and `tinh-den=`, and the form that sends them.

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::structure::View;
use pbgdpl_pages::form::{Choice, Field};
use pbgdpl_pages::oversight::StructureChoice;
use pbgdpl_province::oversight::drill::is_year;
use pbgdpl_province::oversight::standpoint::Standpoint;
use pbgdpl_vietnamese::date::{dmy, parse_dmy};

use crate::error::Error;

/// The two words of `co-cau`.
const AS_WAS: &str = "goc";
const ON_A_DAY: &str = "hien-tai";
/// The key of the day of knowing.
const KNOWN: &str = "tinh-den";

/// The standpoint that is asked for: see [`view`]; without a day of knowing, or on today's, figures are those of now.
///
/// # Errors
/// Where a word or a day cannot be read, or nothing of the day can be known yet.
pub fn standpoint(structure: &str, day: &str, known: &str, today: NaiveDate) -> Result<Standpoint, Error> {
    let at = Standpoint::from(view(structure, day, today)?);
    let known = known.trim();
    if known.is_empty() {
        return Ok(at);
    }
    match read_day(known, KNOWN)? {
        past if !is_year(past.year(), today) && past < today => Err(Error::Invalid(
            KNOWN,
            "Ngày này trước khi có số liệu; chọn một ngày muộn hơn.".into(),
        )),
        past if past < today => Ok(at.known_on(past)),
        present if present == today => Ok(at),
        _ => Err(Error::Invalid(
            KNOWN,
            "Ngày này chưa tới; chọn một ngày đã qua, hoặc để trống để xem số liệu hiện nay.".into(),
        )),
    }
}

/// A year may be asked for from this standpoint: it is one that figures can speak of, and had begun on the day of knowing.
///
/// # Errors
/// Where it is not.
pub fn began(year: i32, at: Standpoint, today: NaiveDate) -> Result<(), Error> {
    if !is_year(year, today) {
        return Err(Error::NotFound);
    }
    match at.known {
        Some(day) if day.year() < year => Err(Error::Invalid(
            KNOWN,
            format!(
                "Năm {year} chưa bắt đầu vào ngày {}; chọn năm {} trước.",
                dmy(day),
                day.year()
            ),
        )),
        _ => Ok(()),
    }
}

/// The view that is asked for. Without a word it is the one of the facts themselves, without a day that of today.
///
/// # Errors
/// Where a word or a day cannot be read.
pub fn view(structure: &str, day: &str, today: NaiveDate) -> Result<View, Error> {
    match structure.trim() {
        "" | AS_WAS => Ok(View::AsWas),
        ON_A_DAY => day_of(day.trim(), today).map(View::On),
        _ => Err(Error::Invalid(
            "co-cau",
            "Cơ cấu không có trong danh sách; chọn “Như khi phát sinh” hoặc “Theo tổ chức của một ngày”."
                .into(),
        )),
    }
}

/// `2021-07-01` as in addresses, or `01/07/2021` as typed.
fn day_of(text: &str, today: NaiveDate) -> Result<NaiveDate, Error> {
    if text.is_empty() {
        return Ok(today);
    }
    read_day(text, "ngay")
}

fn read_day(text: &str, field: &'static str) -> Result<NaiveDate, Error> {
    let read = text.parse().ok().or_else(|| parse_dmy(text).ok());
    read.ok_or_else(|| Error::Invalid(field, "Ngày không đọc được; viết như 01/07/2021.".into()))
}

/// The choice as a page shows it. `hidden`: what else the page was asked. `equal`: said at the foot of a gathered drawing.
pub fn choice(
    view: View,
    today: NaiveDate,
    action: &str,
    hidden: Vec<(String, String)>,
    equal: String,
) -> StructureChoice {
    let (gathered, day) = match view {
        View::AsWas => (false, today),
        View::On(day) => (true, day),
    };
    let radio = |value: &str, label: &str, chosen| Choice {
        value: value.into(),
        label: label.into(),
        chosen,
        ..Choice::default()
    };
    let choices = vec![
        radio(AS_WAS, "Như khi phát sinh", !gathered),
        radio(ON_A_DAY, "Theo tổ chức của một ngày", gathered),
    ];
    StructureChoice {
        said: format!("Cơ cấu: {}", said(view)),
        action: action.to_owned(),
        hidden,
        fields: vec![
            Field::radios("co-cau", "Số liệu của các cơ quan", choices),
            Field::day("ngay", "Ngày").unmarked().with_value(dmy(day)),
        ],
        equal: if gathered { equal } else { String::new() },
    }
}

/// The same where the day of knowing can be chosen too.
pub fn choice_at(
    at: Standpoint,
    today: NaiveDate,
    action: &str,
    hidden: Vec<(String, String)>,
    equal: String,
) -> StructureChoice {
    let mut choice = choice(at.structure, today, action, hidden, equal);
    let known = at.known.map(dmy).unwrap_or_default();
    let field = Field::day(KNOWN, "Như đã biết đến hết ngày")
        .optional()
        .with_value(known);
    choice.fields.push(field);
    choice.said = format!("{} · {}", choice.said, said_known(at));
    choice
}

/// What was chosen, where nothing else can be: a saved view that is fixed.
pub fn said_only(at: Standpoint, equal: String) -> StructureChoice {
    StructureChoice {
        said: format!("Cơ cấu: {} · {}", said(at.structure), said_known(at)),
        equal: match at.structure {
            View::AsWas => String::new(),
            View::On(_) => equal,
        },
        ..StructureChoice::default()
    }
}

fn said_known(at: Standpoint) -> String {
    match at.known {
        None => "số liệu hiện nay".to_owned(),
        Some(day) => format!("như đã biết đến hết ngày {}", dmy(day)),
    }
}

/// A view in words.
pub fn said(view: View) -> String {
    match view {
        View::AsWas => "như khi phát sinh".to_owned(),
        View::On(day) => format!("theo tổ chức ngày {}", dmy(day)),
    }
}

/// An address with the standpoint it is to be drawn from.
pub fn seen_from(address: &str, at: Standpoint) -> String {
    let address = match at.structure {
        View::AsWas => address.to_owned(),
        View::On(day) => with_keys(address, &format!("co-cau={ON_A_DAY}&ngay={day}")),
    };
    known_from(&address, at)
}

/// An address with the day of knowing alone: what lies below it is not drawn by a structure.
pub fn known_from(address: &str, at: Standpoint) -> String {
    at.known.map_or_else(
        || address.to_owned(),
        |day| with_keys(address, &format!("{KNOWN}={day}")),
    )
}

fn with_keys(address: &str, keys: &str) -> String {
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}{keys}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_stand_in_addresses_and_as_people_type_them() {
        let today: NaiveDate = "2021-08-02".parse().unwrap();
        let day: NaiveDate = "2021-07-01".parse().unwrap();
        for text in ["2021-07-01", "01/07/2021", " 1/7/2021 "] {
            assert_eq!(view("hien-tai", text, today).unwrap(), View::On(day), "{text}");
        }
        assert_eq!(view("hien-tai", "", today).unwrap(), View::On(today));
        assert_eq!(view("goc", "x", today).unwrap(), View::AsWas);
        assert_eq!(view("", "", today).unwrap(), View::AsWas);
        assert!(view("hien-tai", "31/02/2021", today).is_err());
        assert!(view("khac", "", today).is_err());
        assert_eq!(
            seen_from("/giam-sat?nam=2020", View::On(day).into()),
            "/giam-sat?nam=2020&co-cau=hien-tai&ngay=2021-07-01"
        );
    }
    #[test]
    fn what_is_known_of_today_is_what_is_known_now_and_nothing_is_known_of_tomorrow() {
        let today: NaiveDate = "2021-08-02".parse().unwrap();
        let past: NaiveDate = "2021-07-31".parse().unwrap();
        let at = standpoint("", "", "31/07/2021", today).unwrap();
        assert_eq!(at, Standpoint::from(View::AsWas).known_on(past));
        assert_eq!(seen_from("/giam-sat", at), "/giam-sat?tinh-den=2021-07-31");
        for now in ["", " ", "2021-08-02"] {
            assert_eq!(standpoint("", "", now, today).unwrap(), View::AsWas.into());
        }
        for wrong in ["03/08/2021", "31/02/2021", "hom qua", "-5000-01-01", "1969-01-01"] {
            assert!(standpoint("", "", wrong, today).is_err(), "{wrong}");
        }
        assert!(began(2021, at, today).is_ok() && began(2020, at, today).is_ok());
        let new_year = Standpoint::from(View::AsWas).known_on("2020-12-31".parse().unwrap());
        assert!(began(2021, new_year, today).is_err(), "it had not begun");
        assert!(began(2022, View::AsWas.into(), today).is_err());
    }
}
