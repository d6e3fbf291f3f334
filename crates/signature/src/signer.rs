//! Who signed, as the certificate says.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc4519::{CN, O};
use der::Encode;
use der::asn1::{PrintableStringRef, TeletexStringRef, Utf8StringRef};
use pbgdpl_model::clock::Moment;
use x509_cert::Certificate;
use x509_cert::name::Name;

/// The holder of the certificate that a signature was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Their name.
    pub name: String,
    /// Where they work; empty where the certificate does not say.
    pub organisation: String,
    /// Who vouches for it.
    pub issuer: String,
    /// Number of the certificate there, hexadecimal.
    pub serial: String,
    /// Last moment of the certificate.
    pub until: Moment,
}

impl Signer {
    pub(crate) fn of(certificate: &Certificate) -> Self {
        let facts = &certificate.tbs_certificate;
        let seconds = facts.validity.not_after.to_unix_duration().as_secs();
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX / 1_000);
        let name = text(&facts.subject, CN);
        Self {
            name: name.unwrap_or_else(|| facts.subject.to_string()),
            organisation: text(&facts.subject, O).unwrap_or_default(),
            issuer: text(&facts.issuer, CN).unwrap_or_else(|| facts.issuer.to_string()),
            serial: hex::encode(facts.serial_number.as_bytes()),
            until: Moment::from_millis(seconds.saturating_mul(1_000)),
        }
    }
}

/// Whether two names are the same, byte for byte (RFC 5652 10.2.4).
pub(crate) fn same(one: &Name, other: &Name) -> bool {
    one.to_der()
        .ok()
        .zip(other.to_der().ok())
        .is_some_and(|(a, b)| a == b)
}

fn text(name: &Name, kind: ObjectIdentifier) -> Option<String> {
    let mut values = name.0.iter().flat_map(|part| part.0.iter());
    let value = &values.find(|value| value.oid == kind)?.value;
    if let Ok(text) = value.decode_as::<Utf8StringRef<'_>>() {
        return Some(text.as_str().to_owned());
    }
    if let Ok(text) = value.decode_as::<PrintableStringRef<'_>>() {
        return Some(text.as_str().to_owned());
    }
    let text = value.decode_as::<TeletexStringRef<'_>>().ok()?;
    Some(text.as_str().to_owned())
}
