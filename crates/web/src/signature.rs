//! Signed links to files that are not public: bound to agency, file and person, good for minutes (SECURITY 5.7).

use hmac::{Hmac, KeyInit, Mac};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, MediaId, TenantId};
use sha2::Sha256;

/// How long a link is good, in seconds.
pub const SECONDS: i64 = 300;

fn signed(key: &[u8; 32], tenant: TenantId, media: MediaId, account: AccountId, ends: i64) -> Hmac<Sha256> {
    // RFC 2104: a key shorter than the block is filled up with zeros.
    let mut block = [0; 64];
    block.iter_mut().zip(key).for_each(|(place, byte)| *place = *byte);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    // Fixed lengths throughout: no two messages run together.
    for part in [tenant.0, media.0, account.0] {
        mac.update(part.as_bytes());
    }
    mac.update(&ends.to_be_bytes());
    mac
}

/// The query of a signed link.
#[must_use]
pub fn query(key: &[u8; 32], tenant: TenantId, media: MediaId, account: AccountId, now: Moment) -> String {
    let ends = now.plus_seconds(SECONDS).millis();
    format!(
        "cq={tenant}&ng={account}&het={ends}&ky={}",
        hex::encode(signed(key, tenant, media, account, ends).finalize().into_bytes())
    )
}

/// Whether a link is good.
#[must_use]
pub fn is_good(
    key: &[u8; 32],
    tenant: TenantId,
    media: MediaId,
    account: AccountId,
    ends: i64,
    signature: &str,
    now: Moment,
) -> bool {
    let mac = signed(key, tenant, media, account, ends);
    let matches = hex::decode(signature).is_ok_and(|bytes| mac.verify_slice(&bytes).is_ok());
    matches && now.millis() <= ends
}
