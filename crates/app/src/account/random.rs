//! Values nobody can guess, from the operating system, and the hashes under which they are kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pbgdpl_store::StoreError;
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

use crate::Error;

/// Random bytes.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(|_| Error::Store(StoreError::Unfit("the system gives no random numbers".into())))?;
    Ok(bytes)
}

/// A new value of 256 bits, as it stands in cookies and links.
pub(crate) fn value() -> Result<String, Error> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

/// The hash under which a value is kept.
pub(crate) fn hash_of(value: &str) -> [u8; 32] {
    Sha256::digest(value.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_long_and_differ() {
        let (a, b) = (value().unwrap(), value().unwrap());
        assert_eq!(a.len(), 43);
        assert_ne!(a, b);
        assert_ne!(hash_of(&a), hash_of(&b));
    }
}
