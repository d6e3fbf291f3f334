//! The headers of every response, also of errors and redirects (SECURITY 5.4): set once, here, over what handlers said.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::arrival::Origin;
use crate::csp::Csp;
use crate::routes::{Keep, Share};
use crate::state::WebSettings;

const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), \
     payment=(), usb=(), publickey-credentials-get=(), publickey-credentials-create=()";
const PERMISSIONS_DESK: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), \
     payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)";

/// How long pages may be kept by shared caches: seconds, and a day where we fail.
pub const PAGE_CACHE: &str =
    "public, max-age=0, s-maxage=30, stale-while-revalidate=30, stale-if-error=86400";
/// The same of an answer that is counted: it says how its caller stands, so no shared cache may give it to another.
pub const COUNTED_CACHE: &str = "private, max-age=0, stale-if-error=86400";
/// What never changes under its name.
pub const IMMUTABLE_CACHE: &str = "public, max-age=31536000, immutable";

fn put(headers: &mut HeaderMap, name: &'static str, value: &'static str) {
    headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
}

/// Header values that depend on the settings and on nothing else, written once at the start.
#[derive(Debug)]
pub struct Written {
    policies: Vec<(Csp, HeaderValue)>,
    reporting: Option<HeaderValue>,
}

impl Written {
    /// Writes the policies that are the same for every request.
    #[must_use]
    pub fn new(settings: &WebSettings) -> Self {
        let policies = [
            Csp::Public,
            Csp::Locked,
            Csp::Desk,
            Csp::Preview,
            Csp::SignIn,
            Csp::Files,
        ];
        Self {
            policies: policies
                .into_iter()
                .filter_map(|csp| {
                    let value = HeaderValue::from_str(&csp.header(settings)).ok()?;
                    Some((csp, value))
                })
                .collect(),
            reporting: HeaderValue::from_str(&format!("csp=\"{}/csp\"", settings.desk.as_str())).ok(),
        }
    }

    fn policy(&self, settings: &WebSettings, csp: &Csp) -> Option<HeaderValue> {
        let written = self.policies.iter().find(|(known, _)| known == csp);
        written.map_or_else(
            || HeaderValue::from_str(&csp.header(settings)).ok(),
            |(_, value)| Some(value.clone()),
        )
    }
}

/// What the tables say of an answer.
#[derive(Debug, Clone)]
pub struct Promise {
    /// Where it arrived.
    pub origin: Origin,
    /// Whether the host is one of our own origins, reached directly: an agency's host is promised less.
    pub ours: bool,
    /// What may be kept of it.
    pub keep: Keep,
    /// Whether it is taken off what its caller may ask, and says what is left.
    pub counted: bool,
    /// Whose scripts may read it.
    pub share: Share,
    /// The origin that asks, where the key lists it.
    pub listed: Option<HeaderValue>,
    /// Whether it is the page itself, not an error.
    pub success: bool,
}

/// What scripts of other origins may read besides the usual (Fetch, "CORS-safelisted response-header name"): what such an answer
/// carries, and no more.
const fn exposed(keep: Keep, counted: bool) -> Option<&'static str> {
    match (keep, counted) {
        (Keep::Page(_), true) => Some("ETag, RateLimit, RateLimit-Policy, Retry-After"),
        (Keep::Page(_), false) => Some("ETag, Retry-After"),
        (Keep::Nothing, true) => Some("RateLimit, RateLimit-Policy, Retry-After"),
        (Keep::Nothing, false) | (Keep::Immutable, _) => None,
    }
}

/// Sets every header of the table.
pub fn apply(
    headers: &mut HeaderMap,
    (settings, written): (&WebSettings, &Written),
    csp: &Csp,
    promise: &Promise,
) {
    let Promise {
        origin,
        ours,
        keep,
        counted,
        share,
        ref listed,
        success,
    } = *promise;
    headers.reserve(16);
    for gone in ["server", "x-powered-by", "expect-ct", "x-xss-protection"] {
        headers.remove(gone);
    }
    if settings.https() {
        let value = if ours {
            "max-age=63072000; includeSubDomains; preload"
        } else {
            "max-age=31536000"
        };
        put(headers, "strict-transport-security", value);
    }
    put(headers, "x-content-type-options", "nosniff");
    let desk = origin == Origin::Desk;
    put(
        headers,
        "referrer-policy",
        if desk {
            "no-referrer"
        } else {
            "strict-origin-when-cross-origin"
        },
    );
    put(
        headers,
        "permissions-policy",
        if desk { PERMISSIONS_DESK } else { PERMISSIONS },
    );
    put(headers, "cross-origin-opener-policy", "same-origin");
    let elsewhere = matches!(origin, Origin::Files | Origin::Embed);
    put(
        headers,
        "cross-origin-resource-policy",
        if elsewhere { "cross-origin" } else { "same-origin" },
    );
    match (share, listed) {
        (Share::Everybody, _) => put(headers, "access-control-allow-origin", "*"),
        (Share::Listed, Some(origin)) => {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
        _ => {}
    }
    if headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN)
        && let Some(names) = exposed(keep, counted)
    {
        put(headers, "access-control-expose-headers", names);
    }
    put(headers, "origin-agent-cluster", "?1");
    if origin == Origin::Embed || *csp == Csp::Preview {
        headers.remove("x-frame-options");
    } else {
        put(headers, "x-frame-options", "DENY");
    }
    if let Some(value) = written.policy(settings, csp) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    if csp.reports()
        && let Some(value) = &written.reporting
    {
        headers.insert(HeaderName::from_static("reporting-endpoints"), value.clone());
    }
    let cache = match keep {
        Keep::Page(_) if success && counted => COUNTED_CACHE,
        Keep::Page(_) if success => PAGE_CACHE,
        Keep::Immutable if success => IMMUTABLE_CACHE,
        _ => "no-store",
    };
    put(headers, "cache-control", cache);
    if keep != Keep::Nothing && success {
        let vary = if share == Share::Listed {
            "Accept-Encoding, Origin"
        } else {
            "Accept-Encoding"
        };
        put(headers, "vary", vary);
    }
}
