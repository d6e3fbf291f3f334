//! Digital signatures over a version that was sent: who signed, whether it still holds, and where another one is added.

use crate::form::Field;
use crate::part::{Link, State};

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine {
    /// Whether it holds.
    pub state: State,
    /// Who signed; of one that does not hold, what it is.
    pub who: String,
    /// Certificate, when it was added, or why it does not hold.
    pub detail: String,
}

/// Where a signature is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddSignature {
    /// What is signed.
    pub content: Link,
    /// Where the signature goes.
    pub action: String,
    /// Of which version.
    pub version: String,
    /// The file.
    pub file: Field,
}

/// The signatures of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureBox {
    /// In the order in which they were added.
    pub lines: Vec<SignatureLine>,
    /// For who may add one.
    pub add: Option<AddSignature>,
}
