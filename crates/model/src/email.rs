//! What may be an e-mail address here: nothing that could carry a header or a second address.

/// Whether a text, without white space around it, can be an address: `name@host.domain`, at most 254 bytes.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    text.len() <= 254
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>,;:\"".contains(c))
        && parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_cannot_carry_headers() {
        assert!(is_address("huong@kontum.example"));
        for bad in [
            "",
            "huong",
            "@kontum.example",
            "a@b",
            "a@b@c.d",
            "a@b.c\r\nBcc: x@y.z",
            "A <a@b.c>",
        ] {
            assert!(!is_address(bad), "{bad:?}");
        }
    }
}
