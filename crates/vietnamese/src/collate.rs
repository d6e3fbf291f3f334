//! Vietnamese alphabetical order (CLDR `vi`): a ă â b c d đ e ê …, then ngang, huyền, hỏi, ngã, sắc, nặng.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

// `kn`: digits count as numbers, "Tổ 2" stands before "Tổ 10".
static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    let preferences = CollatorPreferences::from(locale!("vi-u-kn"));
    #[expect(
        clippy::expect_used,
        reason = "the data is compiled in; every test of this file would fail without it"
    )]
    CollatorBorrowed::try_new(preferences, CollatorOptions::default())
        .expect("collation data for vi is compiled in")
});

/// Compares two names as a Vietnamese list would order them. Composed and decomposed spellings are equal.
pub fn compare(one: &str, other: &str) -> Ordering {
    COLLATOR.compare(one, other)
}

/// Sorts items by a name of theirs; items of equal name keep their order.
pub fn sort_by_name<T>(items: &mut [T], name: impl Fn(&T) -> &str) {
    items.sort_by(|one, other| compare(name(one), name(other)));
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn assert_ordered(names: &[&str]) {
        for (index, one) in names.iter().enumerate() {
            for other in &names[index + 1..] {
                assert_eq!(compare(one, other), Ordering::Less, "{one} < {other}");
                assert_eq!(compare(other, one), Ordering::Greater, "{other} > {one}");
            }
        }
    }

    #[test]
    fn letters_stand_in_the_order_of_the_alphabet() {
        let alphabet = "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y";
        assert_ordered(&alphabet.split(' ').collect::<Vec<_>>());
    }

    #[test]
    fn tones_stand_in_the_order_of_the_dictionary() {
        assert_ordered(&["ma", "mà", "mả", "mã", "má", "mạ"]);
        assert_ordered(&["ơ", "ờ", "ở", "ỡ", "ớ", "ợ"]);
    }

    #[test]
    fn agencies_of_kon_tum_in_order() {
        let expected = [
            "Ban Dân tộc",
            "Hội Liên hiệp Phụ nữ tỉnh",
            "Hội Nông dân tỉnh",
            "Huyện Đăk Glei",
            "Huyện Đăk Hà",
            "Huyện Đăk Tô",
            "Huyện Ia H'Drai",
            "Huyện Kon Plông",
            "Huyện Kon Rẫy",
            "Huyện Ngọc Hồi",
            "Huyện Sa Thầy",
            "Huyện Tu Mơ Rông",
            "Sở Công Thương",
            "Sở Giao thông vận tải",
            "Sở Tài chính",
            "Sở Tài nguyên và Môi trường",
            "Sở Tư pháp",
            "Sở Xây dựng",
            "Sở Y tế",
            "Thành phố Kon Tum",
            "Tòa án nhân dân tỉnh",
        ];
        let mut names: Vec<(usize, &str)> = expected.into_iter().enumerate().collect();
        names.reverse();
        sort_by_name(&mut names, |(_, name)| name);
        assert_eq!(names.iter().map(|(_, name)| *name).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn spellings_in_other_code_points_are_equal_and_numbers_count() {
        let name = "Ủy ban nhân dân huyện Đăk Tô";
        assert_eq!(compare(name, &name.nfd().collect::<String>()), Ordering::Equal);
        assert_ordered(&["Tổ 2", "Tổ 10", "Tổ dân phố"]);
        assert_ordered(&["Ban Dân tộc", "bản đồ", "Bảng tin"]);
    }
}
