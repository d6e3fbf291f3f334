//! What an entry says of people stands beside the chain, which holds a seal of it: the words can go, and the chain stays whole (AUD-06).

use sha2::{Digest, Sha256};

/// Random, one for each entry. Without it nobody can try names against a seal.
pub type Salt = [u8; 16];

/// The seal of an entry's words: who acted by name, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    /// SHA-256(0x01 || salt || name || reason), each with its length before it.
    pub hash: [u8; 32],
    /// Goes with the words.
    pub salt: Option<Salt>,
}

impl Seal {
    /// Seals words.
    #[must_use]
    pub fn of(salt: Salt, actor_name: &str, reason: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update([1u8]);
        for field in [&salt[..], actor_name.as_bytes(), reason.as_bytes()] {
            hasher.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(field);
        }
        Self {
            hash: hasher.finalize().into(),
            salt: Some(salt),
        }
    }

    /// Whether these are the words that were sealed, or none are left.
    #[must_use]
    pub fn holds(&self, actor_name: &str, reason: &str) -> bool {
        match self.salt {
            Some(salt) => Self::of(salt, actor_name, reason).hash == self.hash,
            None => actor_name.is_empty() && reason.is_empty(),
        }
    }

    /// Whether the words went.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.salt.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_its_words_or_none() {
        let seal = Seal::of([7; 16], "Y Ngọc", "ghi trùng");
        assert!(seal.holds("Y Ngọc", "ghi trùng"));
        for (name, reason) in [
            ("Y Ngọc", "ghi trùn"),
            ("Y Ngọcghi", " trùng"),
            ("", ""),
            ("Y Ngọc", ""),
        ] {
            assert!(!seal.holds(name, reason), "{name}/{reason}");
        }
        let gone = Seal { salt: None, ..seal };
        assert!(gone.is_empty() && gone.holds("", ""));
        assert!(!gone.holds("Y Ngọc", "ghi trùng"), "words without their salt");
        assert_ne!(
            seal.hash,
            Seal::of([8; 16], "Y Ngọc", "ghi trùng").hash,
            "nobody tries names"
        );
    }
}
