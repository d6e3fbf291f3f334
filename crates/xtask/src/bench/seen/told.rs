//! What the developer tools told of a page: requests, bytes and the first text, added up.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Stands;

/// What was seen of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// Seconds from the beginning to the section's first text.
    pub first: f64,
    /// Requests that it waits for.
    pub waits: f64,
    /// Requests to the service that began before it.
    pub before: u32,
    /// Requests to the service in all.
    pub requests: u32,
    /// What the service sent, heads of answers and all, but for pictures.
    pub bytes: f64,
    /// What moved in the whole page.
    pub moved: f64,
    /// What moved inside the frame, of the frame.
    pub moved_inside: Option<f64>,
}

/// Adds up what the events tell. Times of theirs count seconds of one clock; `shown`: seconds from the beginning.
pub fn read(events: &[Value], stands: Stands, shown: Option<f64>, origins: &[String]) -> Option<Seen> {
    let text = |event: &Value, path: &str| Some(event.pointer(path)?.as_str()?.to_owned());
    let number = |event: &Value, path: &str| event.pointer(path).and_then(Value::as_f64);
    let of = |method: &'static str| {
        events
            .iter()
            .filter(move |event| event.get("method").and_then(Value::as_str) == Some(method))
    };
    let asked = || of("Network.requestWillBeSent");
    let begun = asked().next()?;
    let begin = number(begun, "/params/timestamp")?;
    let page = text(begun, "/params/frameId")?;
    let drawn = of("Page.lifecycleEvent").find(|event| {
        let same = text(event, "/params/frameId").as_ref() == Some(&page);
        text(event, "/params/name").as_deref() == Some("firstContentfulPaint")
            && same == (stands == Stands::Whole)
            && number(event, "/params/timestamp").is_some_and(|at| at > begin)
    });
    let drawn = drawn.and_then(|event| number(event, "/params/timestamp"));
    let first = shown.or_else(|| drawn.map(|at| at - begin))?;
    let mut seen = Seen {
        first,
        ..Seen::default()
    };
    let mut of_pictures = BTreeMap::new();
    for event in asked() {
        let url = text(event, "/params/request/url")?;
        if !origins
            .iter()
            .any(|origin| url.starts_with(&format!("{origin}/")))
        {
            continue;
        }
        seen.requests += 1;
        if number(event, "/params/timestamp")? < begin + first {
            seen.before += 1;
        }
        let picture = text(event, "/params/type").as_deref() == Some("Image");
        of_pictures.insert(text(event, "/params/requestId")?, picture);
    }
    for event in of("Network.loadingFinished") {
        if of_pictures.get(&text(event, "/params/requestId")?) == Some(&false) {
            seen.bytes += number(event, "/params/encodedDataLength")?;
        }
    }
    Some(seen)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn asked(id: &str, url: &str, kind: &str, at: f64) -> Value {
        let params =
            json!({"requestId": id, "frameId": "F", "timestamp": at, "type": kind, "request": {"url": url}});
        json!({"method": "Network.requestWillBeSent", "params": params})
    }

    fn came(id: &str, bytes: u32) -> Value {
        json!({"method": "Network.loadingFinished", "params": {"requestId": id, "encodedDataLength": bytes}})
    }

    fn drawn(frame: &str, at: f64) -> Value {
        let params = json!({"frameId": frame, "name": "firstContentfulPaint", "timestamp": at});
        json!({"method": "Page.lifecycleEvent", "params": params})
    }

    #[test]
    fn only_what_is_ours_counts_and_pictures_are_no_bytes() {
        let events = [
            asked("1", "http://host/a.html", "Document", 10.0),
            came("1", 4_000),
            asked("2", "http://ours:1/nhung.js", "Script", 11.0),
            asked("3", "http://ours:1/a.png", "Image", 11.5),
            came("2", 1_000),
            came("3", 9_000),
            drawn("F", 10.5),
            drawn("G", 13.0),
            asked("4", "http://ours:1/late.js", "Script", 14.0),
            came("4", 500),
        ];
        let ours = ["http://ours:1".to_owned()];
        let seen = read(&events, Stands::Framed, None, &ours).unwrap();
        let counts = (seen.first, seen.before, seen.requests, seen.bytes);
        assert_eq!(counts, (3.0, 2, 3, 1_500.0));
        let seen = read(&events, Stands::Shadow, Some(4.5), &ours).unwrap();
        assert_eq!((seen.first, seen.before), (4.5, 3));
        assert!(read(&events[..6], Stands::Whole, None, &ours).is_none());
    }
}
