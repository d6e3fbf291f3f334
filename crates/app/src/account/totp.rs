//! The arithmetic of codes (RFC 6238): six digits, thirty seconds, one step early or late.

use pbgdpl_model::clock::Moment;
use pbgdpl_store::StoreError;
use totp_rs::{Builder, Secret, Totp};

use crate::Error;

/// The generator of a secret; `account` and `issuer` are what the authenticator shows.
pub(super) fn generator(secret: &str, issuer: &str, account: &str) -> Result<Totp, Error> {
    let unreadable = |error: String| Error::Store(StoreError::Unreadable(format!("second factor: {error}")));
    let secret = Secret::try_from_base32(secret).map_err(|e| unreadable(e.to_string()))?;
    Builder::new()
        .with_secret(secret)
        .with_issuer(Some(issuer.replace(':', " ")))
        .with_account_name(account.replace(':', " "))
        .build()
        .map_err(|e| unreadable(e.to_string()))
}

/// A new secret of 160 bits (RFC 4226 section 4), base32.
pub(super) fn secret() -> Result<String, Error> {
    Ok(Secret::new_stack(super::random::bytes()?).to_base32())
}

/// The step a code belongs to, if it is a right one now.
pub(super) fn step_of(secret: &str, code: &str, now: Moment) -> Result<Option<i64>, Error> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = u64::try_from(now.millis() / 1000).unwrap_or(0);
    let step = generator(secret, "", "")?.check(&digits, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "12345678901234567890", the secret of RFC 6238 appendix B.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_standard_for_three_steps() {
        let at = |seconds: i64| Moment::from_millis(seconds * 1000);
        assert_eq!(step_of(RFC, "287 082", at(59)).unwrap(), Some(1));
        assert_eq!(step_of(RFC, "287082", at(89)).unwrap(), Some(1));
        assert_eq!(step_of(RFC, "287082", at(90)).unwrap(), None);
        assert_eq!(
            step_of(RFC, "081804", at(1_111_111_109)).unwrap(),
            Some(37_037_036)
        );
        for wrong in ["", "28708", "2870820", "28708a", "+87082"] {
            assert_eq!(step_of(RFC, wrong, at(59)).unwrap(), None);
        }
    }

    #[test]
    fn a_new_secret_makes_an_address_for_the_authenticator() {
        let secret = secret().unwrap();
        assert_eq!(secret.len(), 32);
        let url = generator(&secret, "PBGDPL tỉnh Kon Tum", "huong@kontum.example")
            .unwrap()
            .to_url()
            .unwrap();
        assert!(url.starts_with("otpauth://totp/") && url.contains(&secret));
    }
}
