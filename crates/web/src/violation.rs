//! Reports of browsers about violated policies (SECURITY 5.5): small, few a minute, kept as log lines without query strings.

use std::sync::Mutex;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use pbgdpl_model::clock::Moment;
use serde_json::Value;

use crate::error::Error;
use crate::state::AppState;

/// Most reports that a process takes in a minute: anybody can send them.
pub const A_MINUTE: u32 = 120;
const MINUTE: i64 = 60_000;
/// Longest value in a log line, in characters.
const LONGEST: usize = 200;

/// How many reports came in the present minute.
#[derive(Debug, Default)]
pub struct Limit(Mutex<(i64, u32)>);

impl Limit {
    /// Whether one more may be taken.
    fn takes(&self, now: Moment) -> bool {
        let minute = now.millis().div_euclid(MINUTE);
        let Ok(mut count) = self.0.lock() else {
            return false;
        };
        if count.0 != minute {
            *count = (minute, 0);
        }
        count.1 = count.1.saturating_add(1);
        count.1 <= A_MINUTE
    }
}

/// One violation, in what is kept of it.
#[derive(Debug, PartialEq, Eq)]
struct Violation {
    page: String,
    directive: String,
    blocked: String,
    source: String,
    line: i64,
}

/// `POST /csp`: answered with nothing, or with why it is not taken.
pub async fn take(
    State(state): State<AppState>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Error> {
    if !state.reports.takes(state.now()) {
        return Err(Error::Refused(
            StatusCode::TOO_MANY_REQUESTS,
            "Nhiều báo cáo quá. Hãy gửi lại sau một phút.".into(),
        ));
    }
    let body = body.map_err(|rejection| {
        Error::Refused(rejection.into_response().status(), "Báo cáo lớn quá 4 KB.".into())
    })?;
    let report: Value = serde_json::from_slice(&body).map_err(|_| {
        Error::Refused(
            StatusCode::BAD_REQUEST,
            "Báo cáo không phải JSON đọc được.".into(),
        )
    })?;
    for violation in read(&report) {
        tracing::warn!(
            page = violation.page,
            directive = violation.directive,
            blocked = violation.blocked,
            source = violation.source,
            line = violation.line,
            "content security policy violated"
        );
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Both forms: a list (Reporting API) and one object (`report-uri` of older browsers).
fn read(report: &Value) -> Vec<Violation> {
    let list = match report {
        Value::Array(list) => list.iter().filter_map(|one| one.get("body")).collect(),
        one => one.get("csp-report").into_iter().collect::<Vec<_>>(),
    };
    list.into_iter()
        .map(|body| {
            let text = |names: [&str; 2]| {
                let value = names.iter().find_map(|name| body.get(*name)?.as_str());
                without_query(value.unwrap_or_default())
            };
            let line = ["lineNumber", "line-number"]
                .iter()
                .find_map(|name| body.get(*name)?.as_i64());
            Violation {
                page: text(["documentURL", "document-uri"]),
                directive: text(["effectiveDirective", "effective-directive"]),
                blocked: text(["blockedURL", "blocked-uri"]),
                source: text(["sourceFile", "source-file"]),
                line: line.unwrap_or(0),
            }
        })
        .collect()
}

/// What somebody searched for, and where a link led, is nobody's business here.
fn without_query(text: &str) -> String {
    let bare = text.split(['?', '#']).next().unwrap_or_default();
    bare.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_forms_are_read_without_queries() {
        let old = json!({"csp-report": {
            "document-uri": "https://a.vn/tim-kiem?q=ly+hon#x", "effective-directive": "img-src",
            "blocked-uri": "https://b.vn/p.gif?u=1", "source-file": "https://a.vn/x.js?v=2", "line-number": 7,
        }});
        let new = json!([{"type": "csp-violation", "url": "https://a.vn/tim-kiem?q=ly+hon", "body": {
            "documentURL": "https://a.vn/tim-kiem?q=ly+hon#x", "effectiveDirective": "img-src",
            "blockedURL": "https://b.vn/p.gif?u=1", "sourceFile": "https://a.vn/x.js?v=2", "lineNumber": 7,
        }}]);
        let kept = Violation {
            page: "https://a.vn/tim-kiem".into(),
            directive: "img-src".into(),
            blocked: "https://b.vn/p.gif".into(),
            source: "https://a.vn/x.js".into(),
            line: 7,
        };
        assert_eq!(read(&old), [kept]);
        assert_eq!(read(&old), read(&new));
        assert!(read(&json!("x")).is_empty());
    }

    #[test]
    fn only_so_many_a_minute() {
        let (limit, now) = (Limit::default(), Moment::from_millis(1_592_182_800_000));
        assert!((0..A_MINUTE).all(|_| limit.takes(now)));
        assert!(!limit.takes(now));
        assert!(limit.takes(now.plus_seconds(60)));
    }
}
