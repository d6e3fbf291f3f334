//! How much one caller may ask of the open interfaces: a bucket for each network, in this process, bounded in number.

use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use moka::sync::Cache;
use pbgdpl_model::clock::Moment;

/// Requests that a full bucket holds.
pub const BURST: i64 = 120;
/// Seconds in which an empty bucket fills.
pub const WINDOW: i64 = 60;
/// Most callers that are remembered: who comes after has a full bucket.
const CALLERS: u64 = 20_000;
/// A request, in what the bucket is counted in: it gains so much that a window's milliseconds fill it.
const ONE: i64 = WINDOW * 1_000;
const FULL: i64 = BURST * ONE;

/// The buckets.
#[derive(Debug, Clone)]
pub struct Rates(Cache<Option<IpAddr>, Arc<Mutex<Bucket>>>);

#[derive(Debug, Clone, Copy)]
struct Bucket {
    level: i64,
    at: Moment,
}

/// How a caller stands after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether the request is answered.
    pub allowed: bool,
    /// How many more would be, at once.
    pub left: i64,
    /// Seconds until one like it is answered; nothing where it would be at once.
    pub wait: i64,
    /// Seconds until the bucket is full.
    pub full: i64,
}

impl Default for Rates {
    fn default() -> Self {
        let idle = Duration::from_secs(WINDOW.unsigned_abs() * 2);
        Self(Cache::builder().max_capacity(CALLERS).time_to_idle(idle).build())
    }
}

impl Rates {
    /// Takes what a request costs from a caller's bucket. Who comes over no known address shares one.
    #[must_use]
    pub fn take(&self, caller: Option<IpAddr>, cost: u16, now: Moment) -> Standing {
        let cost = i64::from(cost) * ONE;
        let bucket = self.0.get_with(caller.map(network), || {
            Arc::new(Mutex::new(Bucket { level: FULL, at: now }))
        });
        let Ok(mut bucket) = bucket.lock() else {
            // Who held it panicked between two sums: nobody is kept out for that.
            return standing(FULL, cost, true);
        };
        let passed = (now.millis() - bucket.at.millis()).clamp(0, ONE);
        let level = (bucket.level + passed * BURST).min(FULL);
        let allowed = level >= cost;
        *bucket = Bucket {
            level: if allowed { level - cost } else { level },
            at: now,
        };
        standing(bucket.level, cost, allowed)
    }
}

fn standing(level: i64, cost: i64, allowed: bool) -> Standing {
    // What a bucket gains in a second; a begun second is waited out.
    let second = BURST * 1_000;
    let seconds = |missing: i64| (missing.max(0) + second - 1) / second;
    Standing {
        allowed,
        left: level / ONE,
        wait: seconds(cost - level),
        full: seconds(FULL - level),
    }
}

/// Who has one address of IPv6 has its whole /64.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(long) => IpAddr::V6((u128::from(long) & (u128::MAX << 64)).into()),
    }
}

impl Standing {
    /// Says it in the answer (draft-ietf-httpapi-ratelimit-headers).
    pub fn tell(&self, headers: &mut HeaderMap) {
        let policy = format!("\"api\";q={BURST};w={WINDOW}");
        let now = format!("\"api\";r={};t={}", self.left, self.full);
        for (name, text) in [("ratelimit-policy", policy), (LIMIT, now)] {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(name, value);
            }
        }
    }
}

/// Stands on counted answers but for pictures: such an answer is of this caller, and no other may be given it.
pub(super) const LIMIT: &str = "ratelimit";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let rates = Rates::default();
        let now = Moment::from_millis(1_592_182_800_000);
        let (one, other) = ("192.0.2.1".parse().ok(), "192.0.2.2".parse().ok());
        for left in (0..BURST).rev() {
            assert_eq!((true, left), (rates.take(one, 1, now).allowed, left));
        }
        let refused = rates.take(one, 1, now);
        assert_eq!(
            (refused.allowed, refused.left, refused.wait, refused.full),
            (false, 0, 1, WINDOW)
        );
        assert!(rates.take(other, 1, now).allowed, "another caller has its own");
        assert!(!rates.take(one, 1, now.plus_millis(499)).allowed);
        assert!(rates.take(one, 1, now.plus_millis(500)).allowed);
        assert!(!rates.take(one, 1, now.plus_millis(500)).allowed);
        let later = now.plus_seconds(3_600);
        assert_eq!(rates.take(one, 1, later).left, BURST - 1);
        // What costs more waits longer.
        assert_eq!(rates.take(one, 100, later).left, BURST - 101);
        let dear = rates.take(one, 20, later);
        assert_eq!((dear.allowed, dear.left, dear.wait), (false, 19, 1));
    }

    #[test]
    fn a_network_of_ipv6_is_one_caller() {
        let rates = Rates::default();
        let now = Moment::from_millis(1_592_182_800_000);
        let at = |text: &str| text.parse().ok();
        assert_eq!(rates.take(at("2001:db8::1"), 1, now).left, BURST - 1);
        assert_eq!(rates.take(at("2001:db8::2"), 1, now).left, BURST - 2);
        assert_eq!(rates.take(at("2001:db8:0:1::1"), 1, now).left, BURST - 1);
    }
}
