//! Spelling variants, document numbers and odd input through the two tokenizers.

use unicode_normalization::UnicodeNormalization;

use super::*;

/// One pair a line, `one | other`.
const VARIANTS: &str = include_str!("variants.txt");

#[test]
fn a_hundred_pairs_of_spellings_are_one_word_each() {
    let pairs: Vec<(&str, &str)> = VARIANTS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(" | ").expect("one | other"))
        .collect();
    assert!(pairs.len() >= 100, "{} pairs", pairs.len());
    for (one, other) in pairs {
        assert_ne!(one, other);
        let expected = exact_tokens(one);
        let decomposed: String = other.nfd().collect();
        let shouted = other.to_uppercase();
        for variant in [other, &decomposed, &shouted] {
            assert_eq!(exact_tokens(variant), expected, "{one} | {other}");
            assert_eq!(syllables(variant), syllables(one), "{one} | {other}");
        }
    }
}

#[test]
fn other_words_stay_other_words() {
    for (one, other) in [
        ("đường", "dương"),
        ("má", "mà"),
        ("cơ", "cô"),
        ("thủy", "thúy"),
        ("tai", "tay"),
        ("túi", "túy"),
        ("thui", "thuy"),
        ("lưu", "lựu"),
        ("hoàn", "hoán"),
    ] {
        assert_ne!(exact_tokens(one), exact_tokens(other));
    }
}

#[test]
fn folded_and_exact_words_stand_side_by_side() {
    let text = "Sở Tư pháp tỉnh Kon Tum – “Hỏi, đáp” Nghị định số 15/2020/NĐ-CP; xã Ia H’Drai";
    let exact = exact_tokens(text);
    let folded = syllables(text);
    assert_eq!(exact.len(), folded.len());
    assert_eq!(
        folded.join(" "),
        "so tu phap tinh kon tum hoi dap nghi dinh so 15 2020 nd cp 15/2020/nd-cp xa ia h drai"
    );
    assert_eq!(exact[..3], ["sở", "tư", "pháp"]);
}

#[test]
fn a_document_number_is_one_word_whatever_its_spelling() {
    for typed in [
        "15/2020/NĐ-CP",
        "15/2020/nd-cp",
        "15 / 2020 / NĐ – CP",
        "15-2020-nđ-cp",
        "15/2020/ND\u{2011}CP",
        "15/2020 NĐ-CP",
        "15 2020 nd cp",
        "15/2020/NĐCP",
    ] {
        assert!(syllables(typed).contains(&"15/2020/nd-cp".to_owned()), "{typed}");
        assert!(
            exact_tokens(typed).contains(&"15/2020/nd-cp".to_owned()),
            "{typed}"
        );
    }
    let two = syllables("14/2012/QH13, 1677/NQ-UBTVQH15");
    assert_eq!(two.iter().filter(|token| token.contains('/')).count(), 2);
}

#[test]
fn odd_input_gives_no_empty_words() {
    for text in [
        "",
        "  ",
        "\u{0301}",
        "!!! ??? ///",
        "\u{200B}",
        "a\u{0301}\u{0301}",
        "١٢٣",
        "🙂 pháp 🙂 luật",
    ] {
        assert!(
            exact_tokens(text).iter().all(|token| !token.is_empty()),
            "{text:?}"
        );
        assert!(syllables(text).iter().all(|token| !token.is_empty()), "{text:?}");
    }
    assert_eq!(syllables("pháp\u{AD} luật🙂đất"), ["phap", "luat", "dat"]);
}
