//! One entry as a line of JSON: all that its hash covers, so that whoever holds the line can make the hash anew.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Entry, Seal};
use crate::clock::Moment;
use crate::id::AccountId;

/// An entry as it stands in files. Its fields are written in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Its number.
    pub seq: i64,
    /// When, milliseconds since 1970: what is hashed.
    pub at: Moment,
    /// The same for people, RFC 3339 with the province's offset.
    pub time: String,
    /// Who; the nil id is the system.
    pub actor: AccountId,
    /// Their name then; empty once it went.
    pub actor_name: String,
    /// The word of the action.
    pub action: String,
    /// What kind of thing.
    pub object_kind: String,
    /// Which thing.
    pub object_id: Uuid,
    /// Before and after: the very text that is hashed.
    pub detail: String,
    /// Why; empty once it went.
    pub reason: String,
    /// The seal of name and reason, hexadecimal; not in lines whose hash covers these themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
    /// The salt of the seal, hexadecimal; not in lines whose words went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// The request that did it.
    pub request: String,
    /// Hash of the entry before, hexadecimal.
    pub prev_hash: String,
    /// Its hash, hexadecimal.
    pub hash: String,
}

impl Line {
    /// The line of an entry.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at,
            time: entry.at.rfc3339(),
            actor: entry.actor,
            actor_name: entry.actor_name.clone(),
            action: entry.action.clone(),
            object_kind: entry.object_kind.clone(),
            object_id: entry.object_id,
            detail: entry.detail.clone(),
            reason: entry.reason.clone(),
            seal: entry.seal.map(|seal| hex::encode(seal.hash)),
            salt: entry.seal.and_then(|seal| seal.salt).map(hex::encode),
            request: entry.request.clone(),
            prev_hash: hex::encode(entry.prev_hash),
            hash: hex::encode(entry.hash),
        }
    }

    /// The entry of a line; nothing where a hash cannot be read, or where the two times differ: no entry was written so.
    #[must_use]
    pub fn entry(&self) -> Option<Entry> {
        if self.time != self.at.rfc3339() {
            return None;
        }
        Some(Entry {
            seq: self.seq,
            at: self.at,
            actor: self.actor,
            actor_name: self.actor_name.clone(),
            action: self.action.clone(),
            object_kind: self.object_kind.clone(),
            object_id: self.object_id,
            detail: self.detail.clone(),
            reason: self.reason.clone(),
            seal: self.seal()?,
            request: self.request.clone(),
            prev_hash: hash_in(&self.prev_hash)?,
            hash: hash_in(&self.hash)?,
        })
    }
}

impl Line {
    /// `None`: what stands there is no seal.
    fn seal(&self) -> Option<Option<Seal>> {
        let Some(hash) = &self.seal else {
            return self.salt.is_none().then_some(None);
        };
        let salt = match &self.salt {
            Some(digits) => Some(hex::decode(digits).ok()?.try_into().ok()?),
            None => None,
        };
        Some(Some(Seal {
            hash: hash_in(hash)?,
            salt,
        }))
    }
}

/// A hash from its hexadecimal digits.
#[must_use]
pub fn hash_in(digits: &str) -> Option<[u8; 32]> {
    hex::decode(digits).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::GENESIS;

    #[test]
    fn a_line_reads_back_to_the_entry_it_was_made_of() {
        let entry = Entry {
            seq: 7,
            at: Moment::from_millis(1_592_182_800_123),
            actor: AccountId(Uuid::from_u128(3)),
            actor_name: "Y Ngọc".into(),
            action: "article-approve".into(),
            object_kind: "article".into(),
            object_id: Uuid::from_u128(9),
            detail: "{\"b\":1, \"a\":\"ă\"}".into(),
            reason: "vì\nhai dòng".into(),
            seal: None,
            request: "r".into(),
            prev_hash: GENESIS,
            hash: GENESIS,
        }
        .hashed(Uuid::from_u128(1));
        let read = |entry: &Entry| -> Line {
            serde_json::from_str(&serde_json::to_string(&Line::of(entry)).unwrap()).unwrap()
        };
        let line = read(&entry);
        assert_eq!(line.entry().as_ref(), Some(&entry));
        let seal = Seal::of([5; 16], &entry.actor_name, &entry.reason);
        let apart = Entry {
            seal: Some(seal),
            ..entry.clone()
        };
        assert_eq!(read(&apart).entry(), Some(apart.clone()));
        let gone = Entry {
            actor_name: String::new(),
            reason: String::new(),
            seal: Some(Seal { salt: None, ..seal }),
            ..entry
        };
        assert_eq!(read(&gone).entry(), Some(gone));
        let salt_alone = Line {
            seal: None,
            ..read(&apart)
        };
        assert_eq!(salt_alone.entry(), None, "a salt of no seal");
        let other_time = Line {
            time: "2020-06-16T08:00:00.123+07:00".into(),
            ..line
        };
        assert_eq!(other_time.entry(), None, "a second time that says otherwise");
    }
}
