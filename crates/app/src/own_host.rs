//! Host names of the agency's own: claimed, proved by a record of the domain name system, watched, given back (EMB-20, TEN-22).

pub mod change;
pub mod claim;
pub mod keep;
pub mod look;
pub mod release;

use pbgdpl_model::policy::Action;
use pbgdpl_store::tenant::{HostClaim, Record};
use serde_json::Value;

fn record<'a>(action: Action, verb: &'a str, claim: &'a HostClaim, detail: Value) -> Record<'a> {
    Record {
        action,
        object_kind: "host",
        object_id: claim.id.0,
        verb,
        note: &claim.host,
        reason: "",
        version: None,
        detail,
    }
}
