//! What the desk signs: links to files that are not public, bound to agency, file and person, good for minutes
//! (SECURITY 5.7); working forms that leave it to be filled offline; and places where a harvester goes on.

use hmac::{Hmac, KeyInit, Mac};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, MediaId, TenantId};
use sha2::Sha256;

/// How long a link is good, in seconds.
pub const SECONDS: i64 = 300;

/// Before the text of a working form. A link's message is 56 bytes of ids and a time: no text of this kind is one.
const WORKING_FORM: &[u8] = b"pbgdpl/working-form/signature/1\n";

/// Before the state of a harvester's list.
const HARVEST: &[u8] = b"pbgdpl/harvest/signature/1\n";

/// RFC 2104: a key shorter than the block is filled up with zeros.
pub(crate) fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block.iter_mut().zip(key).for_each(|(place, byte)| *place = *byte);
    Hmac::<Sha256>::new(&block.into())
}

fn working_form(key: &[u8; 32], text: &str) -> Hmac<Sha256> {
    let mut mac = keyed(key);
    mac.update(WORKING_FORM);
    mac.update(text.as_bytes());
    mac
}

/// Signs what a working form says of itself.
#[must_use]
pub fn of_working_form(key: &[u8; 32], text: &str) -> String {
    hex::encode(working_form(key, text).finalize().into_bytes())
}

/// Whether a working form was made here and still says what it said then.
#[must_use]
pub fn is_of_working_form(key: &[u8; 32], text: &str, signature: &str) -> bool {
    hex::decode(signature).is_ok_and(|bytes| working_form(key, text).verify_slice(&bytes).is_ok())
}

fn harvest(key: &[u8; 32], text: &str) -> Hmac<Sha256> {
    let mut mac = keyed(key);
    mac.update(HARVEST);
    mac.update(text.as_bytes());
    mac
}

/// Signs where a harvester's list goes on.
#[must_use]
pub fn of_harvest(key: &[u8; 32], text: &str) -> String {
    hex::encode(harvest(key, text).finalize().into_bytes())
}

/// Whether such a place was told here.
#[must_use]
pub fn is_of_harvest(key: &[u8; 32], text: &str, signature: &str) -> bool {
    hex::decode(signature).is_ok_and(|bytes| harvest(key, text).verify_slice(&bytes).is_ok())
}

fn signed(key: &[u8; 32], tenant: TenantId, media: MediaId, account: AccountId, ends: i64) -> Hmac<Sha256> {
    let mut mac = keyed(key);
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
