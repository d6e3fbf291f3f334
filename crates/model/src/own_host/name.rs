//! A host name as it may be claimed: in one form, of somebody, and not one that many share (SECURITY 5.8).

use url::Host;

/// Longest host name, in characters of its ASCII form (RFC 1035 2.3.4, without the last dot).
pub const LONGEST: usize = 253;

/// Names of no public domain (RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476).
const NOT_PUBLIC: [&str; 12] = [
    "alt",
    "arpa",
    "example",
    "home.arpa",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localhost",
    "onion",
    "test",
];

/// Why a name cannot be claimed; the words are those of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAHost {
    /// Nothing was typed.
    #[error("chưa có. Ghi tên miền, ví dụ phapluat.coquan.gov.vn.")]
    Empty,
    /// An address of a page, a port, a path, characters that no name has.
    #[error("không đọc được. Chỉ ghi tên miền, không có https:// và không có dấu gạch chéo.")]
    Unreadable,
    /// With a star.
    #[error("có dấu sao. Mỗi lần ghi một tên miền cụ thể.")]
    Wildcard,
    /// An address instead of a name.
    #[error("là địa chỉ IP. Ghi tên miền, ví dụ phapluat.coquan.gov.vn.")]
    Address,
    /// Of no public domain, or a name under which everybody may have one.
    #[error("không phải tên miền riêng của một cơ quan. Ghi tên nằm dưới tên miền của cơ quan.")]
    Shared,
}

/// The name in the form in which it is kept: ASCII (RFC 5891), lower case, without the last dot.
///
/// # Errors
/// Why it cannot be claimed.
pub fn read(typed: &str) -> Result<String, NotAHost> {
    let typed = typed.trim();
    let typed = typed.strip_suffix('.').unwrap_or(typed);
    if typed.is_empty() {
        return Err(NotAHost::Empty);
    }
    if typed.contains('*') {
        return Err(NotAHost::Wildcard);
    }
    if typed.contains(['/', ':', '@', '?', '#', '%', '\\', '[', '_']) || typed.contains(char::is_whitespace) {
        return Err(NotAHost::Unreadable);
    }
    let Host::Domain(name) = Host::parse(typed).map_err(|_| NotAHost::Unreadable)? else {
        return Err(NotAHost::Address);
    };
    let labels: Vec<&str> = name.split('.').collect();
    let plain = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if name.len() > LONGEST || !labels.iter().all(plain) {
        return Err(NotAHost::Unreadable);
    }
    let under =
        |zone: &&str| name == **zone || name.strip_suffix(*zone).is_some_and(|rest| rest.ends_with('.'));
    // A name that the list of public suffixes does not know at all belongs to nobody yet.
    let known = psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.is_known());
    let somebodys = psl::domain(name.as_bytes()).is_some();
    if NOT_PUBLIC.iter().any(under) || !known || !somebodys {
        return Err(NotAHost::Shared);
    }
    Ok(name)
}

/// Whether a name is the root of what was registered: it can hold no alias.
#[must_use]
pub fn is_root(host: &str) -> bool {
    psl::domain_str(host) == Some(host)
}
