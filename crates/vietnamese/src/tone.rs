//! Where the tone mark of a syllable stands: `hòa` and `hoà`, `thủy` and `thuỷ` are one word (SRC-03).

use unicode_normalization::UnicodeNormalization;

const TONES: [char; 5] = ['\u{0300}', '\u{0301}', '\u{0303}', '\u{0309}', '\u{0323}'];
const CIRCUMFLEX: char = '\u{0302}';
const BREVE: char = '\u{0306}';
const HORN: char = '\u{031B}';

/// A letter with the mark that makes it another letter (ă, â, ê, ô, ơ, ư), without its tone.
struct Letter {
    base: char,
    shape: Option<char>,
}

impl Letter {
    fn is_vowel(&self) -> bool {
        matches!(self.base, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
    }
}

/// Returns a lower-case syllable in NFC with its tone mark at one place, whatever keyboard wrote it. The place is
/// the traditional one (`hòa`, `thủy`). What is not a Vietnamese syllable stays as it is.
pub fn place_tone(syllable: &str) -> String {
    placed(syllable).unwrap_or_else(|| syllable.nfc().collect())
}

/// Returns a lower-case NFC syllable with `i` where `y` and `i` are two spellings of one word: `kỹ` and `kĩ`, `lý` and
/// `lí`, `quý` and `quí`. `thuy`, `tay`, `quyền` keep their y: another letter there makes another word.
pub fn one_i(syllable: &str) -> String {
    let letters: Vec<char> = syllable.chars().collect();
    let (place, rest) = match letters.as_slice() {
        ['h' | 'k' | 'l' | 'm' | 's' | 't', _] => (1, None),
        ['q', 'u', _, rest @ ..] => (2, rest.first()),
        _ => return syllable.to_owned(),
    };
    let is_vowel = |letter: &char| {
        std::iter::once(*letter)
            .nfd()
            .next()
            .is_some_and(|base| "aeiouy".contains(base))
    };
    if rest.is_some_and(is_vowel) {
        return syllable.to_owned();
    }
    let spelt = |(index, letter): (usize, char)| if index == place { i_of(letter) } else { letter };
    letters.into_iter().enumerate().map(spelt).collect()
}

fn i_of(letter: char) -> char {
    match letter {
        'y' => 'i',
        'ỳ' => 'ì',
        'ỷ' => 'ỉ',
        'ỹ' => 'ĩ',
        'ý' => 'í',
        'ỵ' => 'ị',
        other => other,
    }
}

fn placed(syllable: &str) -> Option<String> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut tone = None;
    for sign in syllable.nfd() {
        if TONES.contains(&sign) {
            if tone.replace(sign).is_some() {
                return None;
            }
        } else if matches!(sign, CIRCUMFLEX | BREVE | HORN) {
            letters.last_mut()?.shape = Some(sign);
        } else if sign.is_alphabetic() {
            letters.push(Letter {
                base: sign,
                shape: None,
            });
        } else {
            return None;
        }
    }
    let tone = tone?;
    let bearer = bearer(&letters)?;
    let marked = |(index, letter): (usize, &Letter)| {
        let tone = (index == bearer).then_some(tone);
        [Some(letter.base), letter.shape, tone]
    };
    Some(
        letters
            .iter()
            .enumerate()
            .flat_map(marked)
            .flatten()
            .nfc()
            .collect(),
    )
}

/// Returns the index of the letter that bears the tone; nothing if the vowels are not one group.
fn bearer(letters: &[Letter]) -> Option<usize> {
    let glide = glide_length(letters);
    let start = glide + letters.iter().skip(glide).position(Letter::is_vowel)?;
    let length = letters
        .iter()
        .skip(start)
        .take_while(|letter| letter.is_vowel())
        .count();
    let end = start + length;
    if letters.iter().skip(end).any(Letter::is_vowel) {
        return None;
    }
    let nucleus = letters.get(start..end)?;
    let shaped = nucleus.iter().rposition(|letter| letter.shape.is_some());
    let closed = end < letters.len();
    let within = match (shaped, length, closed) {
        (Some(shaped), _, _) => shaped,
        (None, 1, _) | (None, 2, false) => 0,
        (None, 2, true) | (None, 3, _) => 1,
        _ => return None,
    };
    Some(start + within)
}

/// In `quý` the u and in `già` the i belong to the consonant; in `gì` and `gìn` the i is the vowel.
fn glide_length(letters: &[Letter]) -> usize {
    match letters {
        [first, second, third, ..] if second.shape.is_none() && third.is_vowel() => {
            match (first.base, second.base) {
                ('q', 'u') | ('g', 'i') => 2,
                _ => 0,
            }
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_traditional_place_wins() {
        for (typed, placed) in [
            ("hoà", "hòa"),
            ("thuỷ", "thủy"),
            ("khoẻ", "khỏe"),
            ("oà", "òa"),
            ("uý", "úy"),
            ("hòan", "hoàn"),
            ("qúy", "quý"),
            ("gía", "giá"),
            ("gì", "gì"),
            ("gìn", "gìn"),
            ("giêńg", "giếng"),
            ("tóan", "toán"),
            ("khủyu", "khuỷu"),
            ("ngòai", "ngoài"),
            ("của", "của"),
            ("đuợc", "đuợc"),
            ("đựơc", "được"),
            ("thuế", "thuế"),
        ] {
            assert_eq!(place_tone(typed), placed, "{typed}");
        }
    }

    #[test]
    fn every_place_of_every_rime_leads_to_one_spelling() {
        let onsets = [
            "", "b", "ch", "đ", "g", "gh", "h", "kh", "ngh", "ph", "qu", "th", "tr", "x",
        ];
        let rimes = "a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et \
            ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan \
            oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi \
            ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych \
            uyên uyêt uynh uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêt yêu";
        let mut checked = 0;
        for onset in onsets {
            for rime in rimes.split_whitespace() {
                let plain: Vec<char> = rime.chars().collect();
                let vowels = plain
                    .iter()
                    .take_while(|letter| !"bcdghkmnpqt".contains(**letter))
                    .count();
                for tone in TONES {
                    let spelt: Vec<String> = (0..vowels)
                        .map(|place| {
                            let mut letters = plain.clone();
                            letters.insert(place + 1, tone);
                            place_tone(&format!("{onset}{}", letters.into_iter().collect::<String>()))
                        })
                        .collect();
                    // Typed on the glide of "qu" and "gi" the mark moves too.
                    assert!(
                        spelt.iter().all(|one| *one == spelt[0]),
                        "{onset}{rime}: {spelt:?}"
                    );
                    assert_eq!(place_tone(&spelt[0]), spelt[0]);
                    checked += vowels;
                }
            }
        }
        assert!(checked > 10_000);
    }

    #[test]
    fn other_words_are_left_alone() {
        for word in [
            "wikipédia",
            "kon",
            "jơlŏng",
            "xơđăng",
            "b\u{0301}",
            "àá",
            "13",
            "h'nêng",
            "ñ",
        ] {
            assert_eq!(place_tone(word), word.nfc().collect::<String>());
        }
    }

    #[test]
    fn y_becomes_i_only_where_both_spell_one_word() {
        for (typed, spelt) in [
            ("kỹ", "kĩ"),
            ("lý", "lí"),
            ("quý", "quí"),
            ("quýt", "quít"),
            ("quyền", "quyền"),
            ("thủy", "thủy"),
            ("tay", "tay"),
            ("y", "y"),
            ("thy", "thy"),
            ("quay", "quay"),
        ] {
            assert_eq!(one_i(typed), spelt);
        }
    }
}
