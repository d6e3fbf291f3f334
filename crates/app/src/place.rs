//! Pages of a site that show the section: entered, retired, looked at, pictured (N-30).

pub mod add;
pub mod change;
pub mod depict;
pub mod keep;
mod small;

use pbgdpl_model::id::{EmbedId, PlaceId};
use pbgdpl_model::policy::Action;
use pbgdpl_store::tenant::Record;
use serde_json::Value;
use url::Url;

use crate::Error;

/// Longest address, and longest word on whom to call, in characters.
const LONGEST: (usize, usize) = (1000, 200);

/// An address as it is kept: of a page, without what follows the number sign.
fn address(typed: &str) -> Result<String, Error> {
    let wrong = |reason: &str| Error::invalid("address", reason);
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(wrong("chưa có. Dán địa chỉ của trang có gắn chuyên mục."));
    }
    let mut url = Url::parse(typed)
        .map_err(|_| wrong("không đọc được. Chép nguyên địa chỉ từ thanh địa chỉ của trình duyệt."))?;
    let plain = matches!(url.scheme(), "http" | "https") && url.has_host();
    if !plain || !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("không phải địa chỉ trang. Địa chỉ bắt đầu bằng https://."));
    }
    url.set_fragment(None);
    if url.as_str().chars().count() > LONGEST.0 {
        return Err(wrong("dài quá. Địa chỉ nhiều nhất 1.000 ký tự."));
    }
    Ok(url.into())
}

fn contact(typed: &str) -> Result<String, Error> {
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.chars().count() {
        0 => Err(Error::invalid(
            "contact",
            "chưa có. Ghi ai quản trị trang đó và cách liên hệ, ví dụ Phòng Công nghệ thông tin, 0260 3xxx xxx.",
        )),
        length if length > LONGEST.1 => Err(Error::invalid("contact", "dài quá. Viết nhiều nhất 200 ký tự.")),
        _ => Ok(words),
    }
}

fn record<'a>(verb: &'a str, (embed, place): (EmbedId, PlaceId), note: &'a str, detail: Value) -> Record<'a> {
    let mut detail = detail;
    if let Some(object) = detail.as_object_mut() {
        object.insert("place".into(), Value::String(place.to_string()));
    }
    Record {
        action: Action::EmbedWrite,
        object_kind: "embed",
        object_id: embed.0,
        verb,
        note,
        reason: "",
        version: None,
        detail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_kept_in_one_form() {
        let kept = address(" https://SO.example.gov.vn/gioi-thieu?x=1#muc ").unwrap();
        assert_eq!(kept, "https://so.example.gov.vn/gioi-thieu?x=1");
        for wrong in [
            "",
            "gioi-thieu",
            "ftp://a.vn/",
            "javascript:alert(1)",
            "https://u:p@a.vn/",
            "data:text/html,x",
        ] {
            assert!(
                matches!(address(wrong), Err(Error::Invalid { field: "address", .. })),
                "{wrong}"
            );
        }
        assert!(contact("  ").is_err() && contact(&"a".repeat(201)).is_err());
        assert_eq!(contact(" Anh  A ").unwrap(), "Anh A");
    }
}
