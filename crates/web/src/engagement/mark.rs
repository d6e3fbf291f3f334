//! The mark of a browser for one day (N-17): what is left of network and name under the salt of the day.

use std::net::IpAddr;

use hmac::Mac;
use pbgdpl_model::engagement::Mark;

use crate::signature::keyed;

/// Before what a mark is made of: no other message under this key begins like it.
const VISITOR: &[u8] = b"pbgdpl/visitor/1\n";

/// The mark of a browser for a day: HMAC over the day's salt, its network and what it says of itself, under a key that is in no
/// copy of the visitor tables. Of IPv6 the network of the household (/64): the rest changes by itself.
pub(super) fn mark_of(key: &[u8; 32], salt: &[u8; 32], client: Option<IpAddr>, agent: &str) -> Mark {
    let network = match client {
        Some(IpAddr::V4(address)) => u128::from(u32::from(address)),
        Some(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(address) => u128::from(u32::from(address)),
            None => u128::from(address) >> 64 << 64,
        },
        None => 0,
    };
    let mut mac = keyed(key);
    mac.update(VISITOR);
    mac.update(salt);
    mac.update(&network.to_be_bytes());
    mac.update(agent.as_bytes());
    let mut mark = [0; 16];
    let code = mac.finalize().into_bytes();
    mark.iter_mut().zip(code).for_each(|(place, byte)| *place = byte);
    Mark(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AGENT: &str = "Mozilla/5.0 (Windows NT 10.0)";

    fn of(salt: u8, client: &str, agent: &str) -> Mark {
        mark_of(&[7; 32], &[salt; 32], client.parse().ok(), agent)
    }

    #[test]
    fn a_mark_is_of_a_browser_and_a_day() {
        let one = of(1, "192.0.2.7", AGENT);
        assert_eq!(one, of(1, "192.0.2.7", AGENT));
        assert_eq!(one, of(1, "::ffff:192.0.2.7", AGENT));
        assert_ne!(one, of(2, "192.0.2.7", AGENT), "no two days share a mark");
        assert_ne!(one, of(1, "192.0.2.8", AGENT));
        assert_ne!(one, of(1, "192.0.2.7", "Mozilla/5.0 (Linux)"));
        assert_ne!(
            one,
            mark_of(&[8; 32], &[1; 32], "192.0.2.7".parse().ok(), AGENT),
            "the salt alone tells nobody"
        );
        assert_eq!(of(1, "2001:db8::1", AGENT), of(1, "2001:db8::2", AGENT));
        assert_ne!(of(1, "2001:db8::1", AGENT), of(1, "2001:db8:0:1::1", AGENT));
    }
}
