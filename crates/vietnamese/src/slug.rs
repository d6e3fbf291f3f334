//! Addresses: the readable part of a URL, made from a title.

use crate::fold::fold;

/// The longest slug, in characters.
pub const LONGEST: usize = 80;

/// What a title without a single letter or digit is called in an address.
const UNTITLED: &str = "khong-tieu-de";

/// Returns the title as lower-case ASCII words joined by dashes, at most [`LONGEST`] characters, cut between words.
/// The result always satisfies [`is_slug`].
pub fn slug(title: &str) -> String {
    let folded = fold(title);
    let mut slug = String::new();
    for word in folded.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if slug.is_empty() {
            slug.extend(word.chars().take(LONGEST));
        } else if slug.len() + 1 + word.len() <= LONGEST {
            slug.push('-');
            slug.push_str(word);
        } else {
            break;
        }
    }
    if slug.is_empty() {
        UNTITLED.to_owned()
    } else {
        slug
    }
}

/// Tells whether the text is a slug: lower-case ASCII letters and digits in words joined by single dashes.
pub fn is_slug(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= LONGEST && text.split('-').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_addresses() {
        for (title, address) in [
            ("Sở Tư pháp", "so-tu-phap"),
            ("Văn phòng UBND tỉnh", "van-phong-ubnd-tinh"),
            ("Huyện Đăk Glei", "huyen-dak-glei"),
            ("Huyện Ia H'Drai", "huyen-ia-h-drai"),
            (
                "Nghị định 15/2020/NĐ-CP: “xử phạt” – điểm mới?",
                "nghi-dinh-15-2020-nd-cp-xu-phat-diem-moi",
            ),
            ("  --  ", "khong-tieu-de"),
            ("🙂", "khong-tieu-de"),
        ] {
            assert_eq!(slug(title), address);
        }
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        let title = "Hội nghị triển khai Luật Phổ biến, giáo dục pháp luật và các văn bản hướng dẫn thi hành";
        let address = slug(title);
        assert_eq!(
            address,
            "hoi-nghi-trien-khai-luat-pho-bien-giao-duc-phap-luat-va-cac-van-ban-huong-dan"
        );
        assert_eq!(slug(&"x".repeat(200)).len(), LONGEST);
    }

    #[test]
    fn every_slug_is_one_and_stays_one() {
        for title in [
            "",
            "Đ",
            "a-",
            "-a",
            "a--b",
            "Ωmega",
            "１２",
            "İ",
            &"phổ biến ".repeat(40),
        ] {
            let address = slug(title);
            assert!(is_slug(&address), "{title}: {address}");
            assert_eq!(slug(&address), address);
        }
    }

    #[test]
    fn what_is_no_slug() {
        for text in [
            "",
            "-",
            "a-",
            "-a",
            "a--b",
            "A",
            "đất",
            "a b",
            "a/b",
            "..",
            &"x".repeat(81),
        ] {
            assert!(!is_slug(text), "{text}");
        }
        assert!(is_slug("a") && is_slug("2020") && is_slug("so-tu-phap"));
    }
}
