//! Detached CMS signatures (RFC 5652, `.p7s`) over what was sent: made outside the house with the signer's own key, verified here, once
//! when they are added and again whenever what they stand on is opened (REP-20).
//!
//! | file | holds |
//! |---|---|
//! | `anchors` | the authorities that the operator believes |
//! | `verify` | the signature itself: digest, attributes, key, chain |
//! | `signer` | who signed, as their certificate says |
//!
//! Revocation is not asked for: neither lists nor responders are reached from the province's data centre.

mod anchors;
mod signer;
#[cfg(test)]
mod tests;
mod verify;

pub use anchors::Anchors;
pub use signer::Signer;
pub use verify::{Refused, verify};
