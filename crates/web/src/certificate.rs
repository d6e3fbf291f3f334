//! For which names a certificate may be ordered: what a proxy asks before it does (EMB-20, OPS-09).

use pbgdpl_scope::Snapshot;

use crate::arrival::normalise_host;

/// Whether a certificate may be ordered for a name: only where it shows a section of an agency now. Nothing but memory is asked, so that ten
/// thousand names that somebody made up cost nothing.
#[must_use]
pub fn may_be_ordered(registry: &Snapshot, name: &str) -> bool {
    normalise_host(name)
        .ok()
        // Certificates are for names, not for ports.
        .filter(|host| !host.contains(':'))
        .is_some_and(|host| registry.by_host(&host).is_some())
}
