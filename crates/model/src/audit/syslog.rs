//! An entry as a message of RFC 5424, for the log server of the province's data centre (AUD-05). It names ids and no person: who
//! holds the messages sees that nothing is missing or was changed, and finds the rest in the house under the number.

use super::Entry;

/// Facility 13 (log audit), severity 6 (informational): RFC 5424 6.2.1.
const PRIORITY: u8 = 13 * 8 + 6;
/// The name of our structured data. 32473 is the number kept for examples (RFC 5612): the platform has none of its own.
const OURS: &str = "pbgdpl@32473";
/// Longest host name (RFC 5424 6).
const HOST: usize = 255;
/// Longest message id (RFC 5424 6).
const ID: usize = 32;

/// The message of an entry. `chain`: the name of its chain in checkpoints; `place`: its slug; `host`: where it comes from.
#[must_use]
pub fn message(entry: &Entry, chain: &str, place: &str, host: &str) -> String {
    let mut said = format!(
        "<{PRIORITY}>1 {} {} pbgdpl - {} [{OURS}",
        entry.at.utc().format("%Y-%m-%dT%H:%M:%S%.3fZ"),
        word(host, HOST),
        word(&entry.action, ID),
    );
    let fields = [
        ("chain", chain.to_owned()),
        ("place", place.to_owned()),
        ("seq", entry.seq.to_string()),
        ("hash", hex::encode(entry.hash)),
        ("prev", hex::encode(entry.prev_hash)),
        ("actor", entry.actor.to_string()),
        ("kind", entry.object_kind.clone()),
        ("object", entry.object_id.to_string()),
        ("request", entry.request.clone()),
    ];
    for (name, value) in fields {
        said.push_str(&format!(" {name}=\"{}\"", escaped(&value)));
    }
    said.push_str(&format!("] {} {}", entry.action, entry.seq));
    said
}

/// A field of the head: printable US-ASCII, at most so long, `-` where nothing is left.
fn word(text: &str, longest: usize) -> String {
    let kept: String = text
        .chars()
        .filter(char::is_ascii_graphic)
        .take(longest)
        .collect();
    if kept.is_empty() { "-".to_owned() } else { kept }
}

/// RFC 5424 6.3.3: `"`, `\` and `]` are escaped.
fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for sign in value.chars() {
        if matches!(sign, '"' | '\\' | ']') {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::audit::GENESIS;
    use crate::clock::Moment;
    use crate::id::AccountId;

    #[test]
    fn a_message_keeps_to_the_rfc_and_names_nobody() {
        let entry = Entry {
            seq: 7,
            at: Moment::from_millis(1_592_182_800_042),
            actor: AccountId(Uuid::nil()),
            actor_name: "Nguyễn Thị Lành".into(),
            action: "article-publish".into(),
            object_kind: "arti]cle".into(),
            object_id: Uuid::nil(),
            detail: "{}".into(),
            reason: "chị Lành xin nghỉ".into(),
            seal: None,
            request: "a\"b".into(),
            prev_hash: GENESIS,
            hash: [17; 32],
        };
        let said = message(&entry, "province", "_tinh", "quantri.kon tum.example");
        assert!(said.starts_with(
            "<110>1 2020-06-15T01:00:00.042Z quantri.kontum.example pbgdpl - article-publish [pbgdpl@32473 chain=\"province\""
        ), "{said}");
        assert!(
            said.contains("kind=\"arti\\]cle\"") && said.contains("request=\"a\\\"b\""),
            "{said}"
        );
        assert!(said.ends_with("] article-publish 7"), "{said}");
        assert!(!said.contains("Lành"), "{said}");
        // What every receiver of RFC 5425 takes.
        assert!(said.len() <= 2048);
        assert_eq!(word(" ", HOST), "-");
    }
}
