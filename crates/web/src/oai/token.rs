//! Tokens with which a list goes on: they hold their own state and are signed, so that a node need not remember, and nobody makes one up.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use pbgdpl_model::clock::Moment;
use serde::{Deserialize, Serialize};

use super::ask::List;
use crate::signature;

/// The state of a list, in short names.
#[derive(Debug, Serialize, Deserialize)]
struct State {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    s: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    f: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    u: Option<i64>,
    a: i64,
    i: String,
    /// Whole records; else their headers alone. A token of one verb is none of the other.
    w: bool,
}

/// Longest token that is looked at.
const LONGEST: usize = 1_000;

pub(super) fn write(list: &List, whole: bool, key: &[u8; 32]) -> String {
    let Some((at, id)) = list.after else {
        return String::new();
    };
    let state = State {
        s: list.set.clone(),
        f: list.from.map(Moment::millis),
        u: list.until.map(Moment::millis),
        a: at.millis(),
        i: id.to_string(),
        w: whole,
    };
    let text = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&state).unwrap_or_default());
    let mark = signature::of_harvest(key, &text);
    format!("{text}.{mark}")
}

/// The list that goes on; none where the token was not given out here, or to another verb.
pub(super) fn read(token: &str, whole: bool, key: &[u8; 32]) -> Option<List> {
    let (text, mark) = token.split_once('.').filter(|_| token.len() <= LONGEST)?;
    if !signature::is_of_harvest(key, text, mark) {
        return None;
    }
    let state: State = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    if state.w != whole {
        return None;
    }
    Some(List {
        set: state.s,
        from: state.f.map(Moment::from_millis),
        until: state.u.map(Moment::from_millis),
        after: Some((Moment::from_millis(state.a), state.i.parse().ok()?)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_nobody_makes_one_up() {
        let list = List {
            set: Some("loai.tin".into()),
            from: Some(Moment::from_millis(5)),
            until: None,
            after: Some((
                Moment::from_millis(7),
                "00000000000000000000000000".parse().unwrap(),
            )),
        };
        let token = write(&list, true, &[7; 32]);
        assert_eq!(read(&token, true, &[7; 32]), Some(list.clone()));
        assert_eq!(read(&token, true, &[8; 32]), None);
        assert_eq!(read(&token, false, &[7; 32]), None, "of the other verb");
        assert_ne!(token, write(&list, false, &[7; 32]));
        let (text, mark) = token.split_once('.').unwrap();
        for other in [
            format!("{text}A.{mark}"),
            format!("{text}."),
            text.to_owned(),
            String::new(),
        ] {
            assert_eq!(read(&other, true, &[7; 32]), None, "{other}");
        }
    }
}
