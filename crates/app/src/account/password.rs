//! Passwords: Argon2id with the parameters of ASVS 11.4.2 (19 MiB, 2 rounds), few at a time, and what a new one must be.

use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use pbgdpl_store::StoreError;

use super::random;
use super::turns::Turns;
use crate::Error;

/// Shortest password of staff, in characters (ASVS 6.2.1, level for administrators).
pub const SHORTEST: usize = 15;
/// Longest password read, in characters.
pub const LONGEST: usize = 200;

/// Hashes in flight: each takes 19 MiB and a core; some wait their turn, the rest are told to come again.
static TURNS: Turns = Turns::new(3, 32, Duration::from_secs(2));

/// A hash of a value that nobody knows, verified where there is no account, so that both answers take equally long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRmb3Jub2JvZHk$QCG/5wQq1sKXPhMOAqz7/NbUxdcbLYX8HNq7GnSz5pg";

/// In place of a hash until a person has chosen a password: nothing matches it.
pub const UNSET: &str = pbgdpl_store::identity::UNSET_PASSWORD;

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// The PHC string of a password.
///
/// # Errors
/// [`Error::Overload`], or where the system gives no random numbers or no thread.
pub async fn hash(password: &str) -> Result<String, Error> {
    let salt: [u8; 16] = random::bytes()?;
    let password = password.to_owned();
    TURNS
        .take(move || {
            argon2()
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map(|hash| hash.to_string())
        })
        .await?
        .map_err(|error| Error::Store(StoreError::Unfit(format!("cannot hash: {error}"))))
}

/// Whether a password is the one that was hashed. `None` (no account) takes as long as a wrong password.
///
/// # Errors
/// [`Error::Overload`], or where the system gives no thread.
pub async fn matches(password: &str, stored: Option<&str>) -> Result<bool, Error> {
    let password = password.to_owned();
    let stored = stored.map(str::to_owned);
    TURNS
        .take(move || {
            let known = stored.as_deref().and_then(|text| PasswordHash::new(text).ok());
            let real = known.is_some();
            let Some(hash) = known.or_else(|| PasswordHash::new(NOBODY).ok()) else {
                return false;
            };
            let right = argon2().verify_password(password.as_bytes(), &hash).is_ok();
            right && real
        })
        .await
}

/// What is wrong with a new password, in the words of the screen. No rules of composition (ASVS 6.2.5).
#[must_use]
pub fn cannot_be_used(password: &str, email: &str) -> Option<String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(format!(
            "ngắn quá ({length} ký tự). Dùng ít nhất {SHORTEST} ký tự, ví dụ bốn năm từ không liên quan với nhau."
        ));
    }
    if length > LONGEST {
        return Some(format!("dài quá. Dùng nhiều nhất {LONGEST} ký tự."));
    }
    let folded = password.to_lowercase();
    let mut different: Vec<char> = folded.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 6 {
        return Some("dễ đoán: chỉ có vài ký tự lặp lại. Chọn mật khẩu khác.".into());
    }
    let name = email.split('@').next().unwrap_or_default().trim().to_lowercase();
    if name.len() >= 4 && folded.contains(&name) {
        return Some("dễ đoán: có tên trong địa chỉ thư điện tử. Chọn mật khẩu khác.".into());
    }
    // The long ones among the passwords seen in leaks: keyboard rows, counting, the word itself.
    const LEAKED: [&str; 8] = [
        "1234567890",
        "qwertyuiop",
        "password",
        "matkhau",
        "iloveyou",
        "asdfghjkl",
        "abcdefghij",
        "0987654321",
    ];
    let rest = LEAKED
        .iter()
        .fold(folded, |text, leaked| text.replace(leaked, ""));
    (rest.chars().count() < 8)
        .then(|| "dễ đoán: có trong danh sách mật khẩu đã lộ. Chọn mật khẩu khác.".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_matches_its_password_exactly() {
        let stored = hash("Núi Ngọc Linh mù sương ").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches("Núi Ngọc Linh mù sương ", Some(&stored)).await.unwrap());
        for wrong in ["Núi Ngọc Linh mù sương", "núi Ngọc Linh mù sương ", ""] {
            assert!(!matches(wrong, Some(&stored)).await.unwrap());
        }
        assert!(!matches("!", Some(UNSET)).await.unwrap());
        assert!(!matches("x", None).await.unwrap());
    }

    #[test]
    fn nobodys_hash_costs_what_a_real_one_costs() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        assert_eq!(
            Params::try_from(&nobody).unwrap().m_cost(),
            Params::DEFAULT.m_cost()
        );
        assert_eq!(
            Params::try_from(&nobody).unwrap().t_cost(),
            Params::DEFAULT.t_cost()
        );
    }

    #[test]
    fn what_is_easily_guessed_is_refused() {
        let email = "huong.tran@kontum.example";
        for weak in [
            "ngắn",
            "aaaaaaaaaaaaaaaaaaaa",
            "1234567890qwertyuiop",
            "toi la huong.tran nhe",
            "password1234567890",
        ] {
            assert!(cannot_be_used(weak, email).is_some(), "{weak}");
        }
        assert_eq!(cannot_be_used("năm con voi qua suối", email), None);
        assert_eq!(cannot_be_used(&"một hai ba bốn ".repeat(10), email), None);
    }
}
