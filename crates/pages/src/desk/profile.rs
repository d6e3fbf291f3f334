//! What everybody may know of the section, as its administrator writes it.

use askama::Template;

use super::DeskFrame;
use crate::form::{Button, Buttons, ErrorSummary, Field};
use crate::{CachePolicy, Page};

/// The section's facts.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/profile.html")]
pub struct Settings {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Where the form goes.
    pub action: String,
    /// The fields, as [`Settings::fields`] makes them.
    pub fields: Vec<Field>,
    /// Facts not yet checked against an official source.
    pub verify: Vec<String>,
    /// Official name; changed by the province.
    pub official: String,
    /// Addresses under which the section is read.
    pub addresses: Vec<String>,
}

impl Settings {
    /// The fields, filled: responsible, address, phone, e-mail, website.
    #[must_use]
    pub fn fields(values: [&str; 5]) -> Vec<Field> {
        let [responsible, address, phone, email, website] = values;
        let line = |field: Field, longest, value: &str| Field { longest, ..field }.with_value(value);
        vec![
            line(
                Field::text("responsible", "Người chịu trách nhiệm nội dung"),
                120,
                responsible,
            )
            .with_hint("Họ tên, chức vụ. Ghi ở chân mọi trang của chuyên mục."),
            line(Field::text("address", "Địa chỉ trụ sở"), 300, address).optional(),
            line(Field::line("phone", "Điện thoại", "tel"), 40, phone).optional(),
            line(Field::line("email", "Thư điện tử", "email"), 254, email).optional(),
            line(
                Field::line("website", "Trang thông tin điện tử của cơ quan", "url"),
                300,
                website,
            )
            .with_hint("Ví dụ https://sotuphap.kontum.gov.vn")
            .optional(),
        ]
    }

    fn errors(&self) -> ErrorSummary {
        ErrorSummary::of("Chưa lưu được", &self.fields)
    }

    fn buttons(&self) -> Buttons {
        Buttons {
            note: "Trang công khai đổi theo ngay sau khi lưu.".into(),
            buttons: vec![Button::primary("Lưu")],
        }
    }
}

super::never_kept!(Settings);
