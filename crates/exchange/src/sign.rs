//! The signature of a request: HMAC-SHA-256 over method, target, time and the hash of the body.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The scheme of the `Authorization` header.
pub const SCHEME: &str = "PBGDPL-HMAC-SHA256";

/// Signs a request. `target` is path and query, `time` seconds since 1970.
#[must_use]
pub fn signature(secret: &str, method: &str, target: &str, time: i64, body: &[u8]) -> String {
    let text = format!(
        "{method}\n{target}\n{time}\n{}",
        hex::encode(Sha256::digest(body))
    );
    // RFC 2104: a longer key is hashed first, a shorter one is filled up with zeros.
    let mut block = [0; 64];
    let hashed = Sha256::digest(secret.as_bytes());
    let key: &[u8] = if secret.len() > block.len() {
        &hashed
    } else {
        secret.as_bytes()
    };
    block.iter_mut().zip(key).for_each(|(place, byte)| *place = *byte);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(text.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `openssl dgst -sha256 -hmac` signs the same text, with a key shorter and one longer than a block.
    #[test]
    fn keys_are_taken_as_rfc_2104_says() {
        let signed = |secret: &str| signature(secret, "GET", "/v1/records?year=2020", 1_606_284_000, b"");
        assert_eq!(
            signed("Jefe"),
            "c2fca3c03765e51b43279d09b2d45019b1d0e00bd0a5854a20a72f74aa8039ab"
        );
        assert_eq!(
            signed(&"k".repeat(131)),
            "0708c468a512c57144bd19c7978f59f0c22bad63074cab082ed6c3ba9158e440"
        );
        let short = signature("Jefe", "GET", "/", 0, b"");
        assert_ne!(short, signature("Jefe", "GET", "/", 1, b""));
        assert_ne!(short, signature("Jefe", "PUT", "/", 0, b""));
        assert_ne!(short, signature("Jefe", "GET", "/", 0, b"x"));
    }
}
