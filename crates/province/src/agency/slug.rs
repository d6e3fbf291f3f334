//! The address word of an agency: letters without marks, digits and dashes; never one of the platform's own segments.

use crate::Error;

/// First segments of the public origin that are the platform's own (DESIGN.md 6, URLs), now or by contract.
pub const RESERVED: &[&str] = &[
    "anh",
    "api",
    "bai",
    "bao-cao-vien",
    "cuoc-thi",
    "dang-nhap",
    "du-lieu",
    "feed",
    "gioi-thieu",
    "giam-sat",
    "healthz",
    "hoi-dap",
    "hop-thu",
    "k",
    "khao-sat",
    "khung",
    "lich",
    "lien-he",
    "loai",
    "metrics",
    "moi",
    "nhung",
    "oai",
    "oembed",
    "quan-tri",
    "readyz",
    "robots",
    "sitemap",
    "so-lieu",
    "t",
    "tai-khoan",
    "tai-nguyen",
    "tep",
    "tim-kiem",
    "tinh",
];

/// Longest address word.
const LONGEST: usize = 80;

/// The word typed, or one made from the name where none was.
///
/// # Errors
/// [`Error::Invalid`] on `dia-chi`, saying what to write.
pub fn choose(typed: &str, name: &str) -> Result<String, Error> {
    let typed = typed.trim();
    let chosen = if typed.is_empty() {
        pbgdpl_vietnamese::slug(name)
    } else {
        typed.to_owned()
    };
    if !pbgdpl_vietnamese::is_slug(&chosen) || chosen.len() > LONGEST {
        return Err(Error::invalid(
            "dia-chi",
            "chỉ dùng chữ thường không dấu, chữ số và gạch nối, ví dụ so-tu-phap",
        ));
    }
    if RESERVED.contains(&chosen.as_str()) {
        return Err(Error::invalid(
            "dia-chi",
            format!("“{chosen}” dành riêng cho hệ thống; chọn từ khác"),
        ));
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_its_address() {
        assert_eq!(choose("", "Huyện Đăk Glei").unwrap(), "huyen-dak-glei");
        assert_eq!(choose(" so-y-te ", "Sở khác").unwrap(), "so-y-te");
    }

    #[test]
    fn own_segments_and_marks_are_refused() {
        for typed in ["tinh", "tim-kiem", "api", "k", "Sở", "a/b", "..", "a b"] {
            assert!(
                matches!(
                    choose(typed, "Sở Y tế"),
                    Err(Error::Invalid { field: "dia-chi", .. })
                ),
                "{typed}"
            );
        }
    }
}
