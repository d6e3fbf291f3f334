//! Where a request arrived: host and prefix resolved to (origin, agency, mount) before any routing (SECURITY 5.2).

use std::borrow::Cow;
use std::net::IpAddr;

use http::request::Parts;
use http::{HeaderMap, HeaderValue, header};
use pbgdpl_config::Network;
use pbgdpl_scope::{EmbedSite, Found, Snapshot, Tenant};

use crate::routes::RESERVED;
use crate::state::WebSettings;

/// One of the four origins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Province front page and sections.
    Public,
    /// Sign-in and desks.
    Desk,
    /// Frames, fragments, loader.
    Embed,
    /// Uploads.
    Files,
}

/// Which table of routes serves a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// The province's public pages.
    Province,
    /// An agency's section, mount-relative, however it was reached.
    Section,
    /// The desk.
    Desk,
    /// What EMBED serves besides framed sections.
    Embed,
    /// Uploads.
    Files,
}

/// Where a request arrived.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The origin.
    pub origin: Origin,
    /// The table that serves it.
    pub table: Table,
    /// The agency of a section.
    pub tenant: Option<Tenant>,
    /// The site whose frame this is.
    pub embed: Option<EmbedSite>,
    /// The origin whose script asks, where that site lists it.
    pub listed: Option<HeaderValue>,
    /// Link prefix without a trailing slash.
    pub mount: String,
    /// Prefix of the assets: the mount behind a proxy, else nothing (every origin serves its own).
    pub assets: String,
    /// Host with port, normalised: the cache key's first part.
    pub authority: String,
    /// Path inside the mount: what the table routes.
    pub path: String,
    /// What follows the question mark, as it came.
    pub query: Option<String>,
    /// Whether the host is one of our own origins, reached directly: an agency's host is promised less (HSTS).
    pub ours: bool,
    /// Counts changes of the registry that resolved the request.
    pub registry: i64,
    /// Where to come back to after signing in: the whole path of a page that was only to be read.
    pub back: Option<String>,
    /// The nearest peer that is not a listed proxy.
    pub client: Option<IpAddr>,
    /// Only looked at, on the desk.
    pub preview: bool,
    /// To become a file: nobody reads it here.
    pub still: bool,
}

impl Arrival {
    /// A path of this origin with the query that came: what a redirect to a better spelling keeps.
    #[must_use]
    pub fn with_query(&self, path: &str) -> String {
        match &self.query {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        }
    }
}

/// A request that goes nowhere, and the origin that says so; none where the host is nobody's.
#[derive(Debug, Clone)]
pub struct Refused {
    /// Why.
    pub why: Refusal,
    /// Where it arrived.
    pub at: Option<Box<Arrival>>,
}

impl From<Refusal> for Refused {
    fn from(why: Refusal) -> Self {
        Self { why, at: None }
    }
}

impl Arrival {
    fn refused(self, why: Refusal) -> Refused {
        Refused {
            why,
            at: Some(Box::new(self)),
        }
    }

    fn moved(self, path: &str) -> Refused {
        let to = self.with_query(path);
        self.refused(Refusal::Moved(to))
    }
}

/// Why a request goes nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Several hosts, none, or one that cannot be read: 400.
    BadHost,
    /// A host that is not ours: 421.
    UnknownHost,
    /// No such agency, key or page: 404.
    NotFound,
    /// The page has another address now, of the same origin: 301, for ever.
    Moved(String),
}

/// A host as it is compared: lower case, without the dot at its end or the usual port, in ASCII.
///
/// # Errors
/// [`Refusal::BadHost`] where it is not a host.
pub fn normalise_host(raw: &str) -> Result<String, Refusal> {
    normalised(raw).map(Cow::into_owned)
}

/// Most hosts are in that form already, and cost no allocation.
fn normalised(raw: &str) -> Result<Cow<'_, str>, Refusal> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
    let (name, port) = raw.split_once(':').unwrap_or((raw, "8080"));
    let in_form = name.bytes().all(plain)
        && !(name.is_empty() || name.ends_with('.') || name.contains("xn--"))
        && !matches!(port, "" | "80" | "443")
        && port.bytes().all(|b| b.is_ascii_digit());
    if in_form {
        return Ok(Cow::Borrowed(raw));
    }
    spelled_out(raw).map(Cow::Owned)
}

fn spelled_out(raw: &str) -> Result<String, Refusal> {
    let lower = raw.trim().to_ascii_lowercase();
    let (name, port) = match lower.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) && !name.ends_with(':') => {
            (name, Some(port))
        }
        _ => (lower.as_str(), None),
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.is_empty() || name.contains(['/', '@', '?', '#', ' ', '\\']) {
        return Err(Refusal::BadHost);
    }
    let name = if name.starts_with('[') {
        name.to_owned()
    } else {
        idna::domain_to_ascii(name).map_err(|_| Refusal::BadHost)?
    };
    Ok(match port {
        None | Some("" | "80" | "443") => name,
        Some(port) => format!("{name}:{port}"),
    })
}

fn host_of(parts: &Parts) -> Result<String, Refusal> {
    let mut hosts = parts.headers.get_all(header::HOST).iter();
    let first = hosts
        .next()
        .map(|value| value.to_str().map_err(|_| Refusal::BadHost))
        .transpose()?;
    if hosts.next().is_some() {
        return Err(Refusal::BadHost);
    }
    let host = first.map(normalise_host).transpose()?;
    let authority = parts
        .uri
        .authority()
        .map(|a| normalise_host(a.as_str()))
        .transpose()?;
    match (host, authority) {
        (Some(host), Some(authority)) if host != authority => Err(Refusal::BadHost),
        (Some(host), _) | (None, Some(host)) => Ok(host),
        (None, None) => Err(Refusal::BadHost),
    }
}

/// The nearest address, from the right, that is not a listed proxy.
fn client_of(headers: &HeaderMap, peer: Option<IpAddr>, proxies: &[Network]) -> Option<IpAddr> {
    let listed = |ip: IpAddr| proxies.iter().any(|network| network.contains(ip));
    let peer = peer?;
    if !listed(peer) {
        return Some(peer);
    }
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok());
    let hops: Vec<IpAddr> = forwarded
        .flat_map(|v| v.split(','))
        .filter_map(|hop| hop.trim().parse().ok())
        .collect();
    hops.into_iter().rev().find(|ip| !listed(*ip)).or(Some(peer))
}

/// Whether a browser asks for the content of a frame.
#[must_use]
pub fn asks_for_frame(headers: &HeaderMap) -> bool {
    let destination = headers.get("sec-fetch-dest").and_then(|v| v.to_str().ok());
    matches!(destination, Some("iframe" | "frame" | "object" | "embed"))
}

/// The mount that a listed proxy says, where it says one that can be a path.
fn forwarded_prefix(headers: &HeaderMap, peer: Option<IpAddr>, proxies: &[Network]) -> Option<String> {
    let peer = peer?;
    if !proxies.iter().any(|network| network.contains(peer)) {
        return None;
    }
    let prefix = headers
        .get("x-forwarded-prefix")?
        .to_str()
        .ok()?
        .trim_end_matches('/');
    let good = prefix.starts_with('/')
        && !prefix.starts_with("//")
        && prefix.len() <= 200
        && prefix
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/-_.~%".contains(&b));
    good.then(|| prefix.to_owned())
}

/// Resolves a request.
///
/// # Errors
/// Why it goes nowhere.
pub fn resolve(
    parts: &Parts,
    peer: Option<IpAddr>,
    settings: &WebSettings,
    agencies: &Snapshot,
) -> Result<Arrival, Refused> {
    let authority = host_of(parts)?;
    let path = parts.uri.path().to_owned();
    let mut arrival = Arrival {
        origin: Origin::Public,
        table: Table::Province,
        tenant: None,
        embed: None,
        listed: None,
        mount: String::new(),
        assets: String::new(),
        client: client_of(&parts.headers, peer, &settings.trusted_proxies),
        authority,
        ours: true,
        preview: false,
        still: false,
        registry: agencies.version(),
        back: (parts.method == http::Method::GET)
            .then(|| parts.uri.path_and_query().map(ToString::to_string))
            .flatten(),
        query: parts.uri.query().map(str::to_owned),
        path,
    };
    let is =
        |origin: &pbgdpl_config::Origin| normalised(origin.authority()).as_deref() == Ok(&arrival.authority);
    if is(&settings.desk) {
        (arrival.origin, arrival.table) = (Origin::Desk, Table::Desk);
        return on_desk(arrival, &parts.method);
    }
    if is(&settings.files) {
        (arrival.origin, arrival.table) = (Origin::Files, Table::Files);
        return Ok(arrival);
    }
    if is(&settings.embed) {
        (arrival.origin, arrival.table) = (Origin::Embed, Table::Embed);
        return embedded(arrival, agencies, parts.headers.get(header::ORIGIN));
    }
    let prefix = forwarded_prefix(&parts.headers, peer, &settings.trusted_proxies);
    if is(&settings.public) {
        return on_public(arrival, agencies, prefix);
    }
    let tenant = agencies.by_host(&arrival.authority).ok_or(Refusal::UnknownHost)?;
    arrival.ours = false;
    arrival.table = Table::Section;
    arrival.tenant = Some(tenant);
    arrival.mount = prefix.unwrap_or_default();
    arrival.assets.clone_from(&arrival.mount);
    Ok(arrival)
}

/// The desk's pages have no slash at their end: one too many is taken away, where what is left is a path of our own.
fn on_desk(arrival: Arrival, method: &http::Method) -> Result<Arrival, Refused> {
    let reads = matches!(*method, http::Method::GET | http::Method::HEAD);
    let shorter = arrival
        .path
        .strip_suffix('/')
        .filter(|shorter| reads && is_own_path(&arrival.path) && is_own_path(shorter))
        .map(str::to_owned);
    match shorter {
        Some(shorter) => Err(arrival.moved(&shorter)),
        None => Ok(arrival),
    }
}

/// Whether a browser takes it for a path of the page's own origin: `//host` and `/\host` are addresses of another one.
#[must_use]
pub fn is_own_path(path: &str) -> bool {
    let before_query = path.split('?').next().unwrap_or_default();
    path.starts_with('/') && !path.starts_with("//") && !before_query.contains(['\\', '\r', '\n', '\t'])
}

fn on_public(mut arrival: Arrival, agencies: &Snapshot, prefix: Option<String>) -> Result<Arrival, Refused> {
    let (first, rest) = split_first(&arrival.path);
    if first.is_empty() || RESERVED.contains(&first) {
        return Ok(arrival);
    }
    let (first, rest) = (first.to_owned(), rest.to_owned());
    arrival.ours = prefix.is_none();
    let tenant = match agencies.by_slug(&first) {
        None => return Err(arrival.refused(Refusal::NotFound)),
        // Behind a proxy the readers' addresses carry no slug: which one the proxy was set up with does not matter.
        Some(Found::Moved(tenant)) if prefix.is_none() => {
            let path = format!("/{}{rest}", tenant.slug());
            return Err(arrival.moved(&path));
        }
        Some(Found::Here(tenant) | Found::Moved(tenant)) => tenant,
    };
    if let Some(prefix) = &prefix {
        arrival.assets.clone_from(prefix);
    }
    arrival.mount = prefix.unwrap_or_else(|| format!("/{first}"));
    if rest.is_empty() {
        let path = format!("{}/", arrival.mount);
        return Err(arrival.moved(&path));
    }
    arrival.table = Table::Section;
    arrival.tenant = Some(tenant);
    arrival.path = rest;
    Ok(arrival)
}

fn embedded(
    mut arrival: Arrival,
    agencies: &Snapshot,
    from: Option<&HeaderValue>,
) -> Result<Arrival, Refused> {
    let (first, rest) = split_first(&arrival.path);
    if first != "k" {
        return Ok(arrival);
    }
    let (key, rest) = split_first(rest);
    let mount = format!("/k/{key}");
    let rest = rest.to_owned();
    let Some(site) = agencies.by_key(key) else {
        return Err(arrival.refused(Refusal::NotFound));
    };
    if rest.is_empty() {
        return Err(arrival.moved(&format!("{mount}/")));
    }
    arrival.table = Table::Section;
    arrival.tenant = Some(site.tenant.clone());
    arrival.listed = from
        .filter(|from| {
            site.origins
                .iter()
                .any(|origin| origin.as_bytes() == from.as_bytes())
        })
        .cloned();
    arrival.embed = Some(site);
    arrival.mount = mount;
    arrival.path = rest;
    Ok(arrival)
}

/// "/a/b/c" → ("a", "/b/c").
fn split_first(path: &str) -> (&str, &str) {
    let path = path.strip_prefix('/').unwrap_or(path);
    match path.find('/') {
        Some(at) => path.split_at(at),
        None => (path, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_compared_in_one_form() {
        for (raw, form) in [
            ("Localhost:8080", "localhost:8080"),
            ("a.vn.", "a.vn"),
            ("a.vn:443", "a.vn"),
            ("[::1]:80", "[::1]"),
            ("a.vn:80", "a.vn"),
            ("a.vn:", "a.vn"),
            ("xn--s-pwl.vn", "xn--s-pwl.vn"),
            ("so-a.vn:8443", "so-a.vn:8443"),
            ("sở.vn", "xn--s-pwl.vn"),
        ] {
            let got = normalise_host(raw).unwrap();
            if raw.is_ascii() {
                assert_eq!(got, form);
            } else {
                assert!(got.starts_with("xn--"), "{got}");
            }
        }
        for bad in ["", "a b", "a/b", "user@a", "a?b"] {
            assert!(normalise_host(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn only_paths_of_the_own_origin_are_own() {
        for own in ["/", "/bai", "/a//b", "/a?x=//b"] {
            assert!(is_own_path(own), "{own}");
        }
        for other in [
            "",
            "a",
            "//evil.vn",
            "/\\evil.vn",
            "\\/evil.vn",
            "https://evil.vn",
            "/\t/evil.vn",
        ] {
            assert!(!is_own_path(other), "{other}");
        }
    }

    #[test]
    fn the_first_segment_is_split_off() {
        assert_eq!(split_first("/a/b/c"), ("a", "/b/c"));
        assert_eq!(split_first("/a"), ("a", ""));
        assert_eq!(split_first("/"), ("", ""));
    }
}
