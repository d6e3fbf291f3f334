//! Languages of items: Vietnamese and the four in which the province already speaks over village loudspeakers.

use serde::{Deserialize, Serialize};

use crate::policy::UnknownWord;

/// The language of an item. Its word is a BCP 47 tag: ISO 639-1 for Vietnamese, ISO 639-3 for the others, which have no shorter one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    #[serde(rename = "vi")]
    Vietnamese,
    /// Tiếng Ba Na.
    #[serde(rename = "bdq")]
    Bahnar,
    /// Tiếng Xơ Đăng.
    #[serde(rename = "sed")]
    Sedang,
    /// Tiếng Gia Rai.
    #[serde(rename = "jra")]
    Jarai,
    /// Tiếng Giẻ Triêng.
    #[serde(rename = "jeh")]
    Jeh,
}

impl Language {
    /// The whole list.
    pub const ALL: [Self; 5] = [
        Self::Vietnamese,
        Self::Bahnar,
        Self::Sedang,
        Self::Jarai,
        Self::Jeh,
    ];

    /// The tag in tables, addresses and `lang`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::Bahnar => "bdq",
            Self::Sedang => "sed",
            Self::Jarai => "jra",
            Self::Jeh => "jeh",
        }
    }

    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Vietnamese => "Tiếng Việt",
            Self::Bahnar => "Tiếng Ba Na",
            Self::Sedang => "Tiếng Xơ Đăng",
            Self::Jarai => "Tiếng Gia Rai",
            Self::Jeh => "Tiếng Giẻ Triêng",
        }
    }

    /// The id in the province's vocabulary of languages (`vocabulary/languages.toml`), by which the ledger counts.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Vietnamese => "tieng-viet",
            Self::Bahnar => "ba-na",
            Self::Sedang => "xo-dang",
            Self::Jarai => "gia-rai",
            Self::Jeh => "gie-trieng",
        }
    }

    /// What `lang` must say where the page around is Vietnamese; nothing for Vietnamese itself.
    #[must_use]
    pub fn foreign(self) -> Option<&'static str> {
        (self != Self::Vietnamese).then(|| self.word())
    }

    /// Whether it is the language that goes without saying.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::Vietnamese
    }
}

impl std::str::FromStr for Language {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|language| language.word() == word)
            .ok_or_else(|| UnknownWord {
                list: "language",
                word: word.to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_is_the_same_in_addresses_and_in_json() {
        for language in Language::ALL {
            assert_eq!(language.word().parse(), Ok(language));
            assert_eq!(serde_json::to_value(language).unwrap(), language.word());
        }
        assert!("en".parse::<Language>().is_err());
    }

    #[test]
    fn the_province_counts_by_the_same_languages() {
        let terms = include_str!("../../../../tenants/kon-tum/vocabulary/languages.toml");
        for language in Language::ALL {
            let wanted = format!("id = \"{}\"\nlabel = \"{}\"", language.term(), language.label());
            assert!(terms.contains(&wanted), "{wanted}");
            assert!(terms.contains(&format!("code = \"{}\"", language.word())));
        }
    }
}
