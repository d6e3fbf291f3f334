//! What this process may take of the machine, whoever starts it. Lower bounds that are set already stay.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Address space, in bytes: more than twice what the largest document needs.
const MEMORY: u64 = 1536 * 1024 * 1024;
/// Time of processors, in seconds; a second later there is no mercy.
const TIME: u64 = 25;

/// Sets them. A core file would hold the document.
///
/// # Errors
/// Where the system refuses.
pub fn set() -> rustix::io::Result<()> {
    for (resource, soft, hard) in [
        (Resource::As, MEMORY, MEMORY),
        (Resource::Cpu, TIME, TIME + 1),
        (Resource::Core, 0, 0),
    ] {
        let stands = getrlimit(resource);
        let within = |most: u64, bound: Option<u64>| Some(bound.map_or(most, |bound| bound.min(most)));
        let maximum = within(hard, stands.maximum);
        let current = within(soft, stands.current);
        setrlimit(resource, Rlimit { current, maximum })?;
    }
    Ok(())
}
