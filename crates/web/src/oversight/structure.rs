//! By which structure figures are drawn: the query keys `co-cau=goc|hien-tai` and `ngay=`, and the form that sends them.

use chrono::NaiveDate;
use pbgdpl_model::structure::View;
use pbgdpl_pages::form::{Choice, Field};
use pbgdpl_pages::oversight::StructureChoice;
use pbgdpl_vietnamese::date::{dmy, parse_dmy};

use crate::error::Error;

/// The two words of `co-cau`.
const AS_WAS: &str = "goc";
const ON_A_DAY: &str = "hien-tai";

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
    let read = text.parse().ok().or_else(|| parse_dmy(text).ok());
    read.ok_or_else(|| Error::Invalid("ngay", "Ngày không đọc được; viết như 01/07/2021.".into()))
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

/// A view in words.
pub fn said(view: View) -> String {
    match view {
        View::AsWas => "như khi phát sinh".to_owned(),
        View::On(day) => format!("theo tổ chức ngày {}", dmy(day)),
    }
}

/// An address with the view it is to be drawn by.
pub fn with_view(address: &str, view: View) -> String {
    let View::On(day) = view else {
        return address.to_owned();
    };
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}co-cau={ON_A_DAY}&ngay={day}")
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
            with_view("/giam-sat?nam=2020", View::On(day)),
            "/giam-sat?nam=2020&co-cau=hien-tai&ngay=2021-07-01"
        );
    }
}
