//! The route table: every route once, with who may call it, what may be kept of its answer, and how much it takes.

mod account;
mod activity;
mod agency;
mod article;
mod embed;
mod files;
mod machine;
mod mediation;
mod open;
mod oversight;
mod plan;
mod province;
mod public;
mod register;
mod report;

use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use http::Method;
use pbgdpl_model::policy::Action;

use crate::api::Operation;
use crate::arrival::Table;
use crate::csp::Csp;
use crate::state::AppState;
pub(crate) use open::DATASET;

/// First segments of the public origin that are ours: no agency may have such a slug.
pub const RESERVED: [&str; 19] = [
    "anh",
    "api",
    "du-lieu",
    "feed.atom",
    "feed.json",
    "feed.rss",
    "healthz",
    "hop-thu",
    "khung",
    "lich.ics",
    "oai",
    "oembed",
    "readyz",
    "robots.txt",
    "sitemap.xml",
    "so-lieu",
    "tai-nguyen",
    "tim-kiem",
    "tinh",
];

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody; no cookie is looked at.
    Visitor,
    /// Somebody signing in: no session yet.
    SigningIn,
    /// Anybody signed in, for what is their own.
    Person,
    /// Staff of the agency in the path who could do the action.
    Staff(Action),
    /// Officers and auditors of the province who could do the action.
    Officer(Action),
    /// Probes.
    Machine,
}

/// What may be kept of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Nothing: `no-store`.
    Nothing,
    /// The page, by generation (DESIGN.md 4.5): these query keys make it another page.
    Page(&'static [&'static str]),
    /// For ever: its name carries the hash of its bytes.
    Immutable,
}

/// Whose scripts may read an answer (CORS). It holds nothing that is not public; credentials are never sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Those of its own origin only.
    Own,
    /// Those of the origins that the embed key lists.
    Listed,
    /// Those of every origin.
    Everybody,
}

/// One route.
#[derive(Clone)]
pub struct Route {
    /// Which table.
    pub table: Table,
    /// Method.
    pub method: Method,
    /// Path inside the mount.
    pub path: &'static str,
    /// Who may call it.
    pub audience: Audience,
    /// What may be kept.
    pub keep: Keep,
    /// Largest body, in bytes.
    pub body: usize,
    /// Which policy its pages carry.
    pub csp: Csp,
    /// Whose scripts may read its answers.
    pub share: Share,
    /// Only under an embed key: elsewhere there is no such page.
    pub of_key: bool,
    /// Whether a section's page reads what the province publishes: it is made anew with the province's pages too.
    pub of_province: bool,
    /// What a request takes of what a caller may ask in a minute; nothing where it is not counted.
    pub cost: u16,
    /// What it says of itself in `/api/openapi.json`; keys of the query that it does not list are refused.
    pub operation: Option<&'static Operation>,
    /// What serves it.
    pub handler: MethodRouter<AppState>,
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:?} {} {} {:?}",
            self.table, self.method, self.path, self.audience
        )
    }
}

/// Usual size of a body: a form without files.
pub const FORM_BYTES: usize = 64 * 1024;
/// Size of a body that carries a long text.
pub const TEXT_BYTES: usize = 1024 * 1024;
/// Size of a body that carries a file.
pub const FILE_BYTES: usize = 12 * 1024 * 1024;

impl Route {
    fn new<H, T>(table: Table, method: Method, path: &'static str, audience: Audience, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        let filter = if method == Method::POST {
            MethodFilter::POST
        } else {
            MethodFilter::GET
        };
        let csp = match table {
            Table::Province | Table::Section => Csp::Public,
            Table::Desk => Csp::Desk,
            Table::Embed => Csp::Locked,
            Table::Files => Csp::Files,
        };
        Self {
            table,
            method,
            path,
            audience,
            keep: Keep::Nothing,
            body: FORM_BYTES,
            csp,
            share: Share::Own,
            of_key: false,
            of_province: false,
            cost: 0,
            operation: None,
            handler: on(filter, handler),
        }
    }

    /// A page or a file (HEAD comes with it).
    pub fn get<H, T>(table: Table, path: &'static str, audience: Audience, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self::new(table, Method::GET, path, audience, handler)
    }

    /// A form that changes something.
    pub fn post<H, T>(table: Table, path: &'static str, audience: Audience, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self::new(table, Method::POST, path, audience, handler)
    }

    /// With what may be kept.
    #[must_use]
    pub fn keep(mut self, keep: Keep) -> Self {
        self.keep = keep;
        self
    }

    /// With another largest body.
    #[must_use]
    pub fn body(mut self, bytes: usize) -> Self {
        self.body = bytes;
        self
    }

    /// With another policy.
    #[must_use]
    pub fn csp(mut self, csp: Csp) -> Self {
        self.csp = csp;
        self
    }

    /// Readable by scripts of every origin, without credentials.
    #[must_use]
    pub fn shared(mut self) -> Self {
        self.share = Share::Everybody;
        self
    }

    /// Only under an embed key.
    #[must_use]
    pub fn of_key(mut self) -> Self {
        self.of_key = true;
        self
    }

    /// Only under an embed key, and readable by scripts of the origins that it lists.
    #[must_use]
    pub fn for_listed(mut self) -> Self {
        self.share = Share::Listed;
        self.of_key()
    }

    /// A section's page that reads what the province publishes.
    #[must_use]
    pub fn of_province(mut self) -> Self {
        self.of_province = true;
        self
    }

    /// For programs: each caller may ask so much, and a request takes this of it.
    #[must_use]
    pub fn limited(mut self, cost: u16) -> Self {
        self.cost = cost;
        self
    }

    /// An operation of the read interface.
    #[must_use]
    pub fn operation(mut self, operation: &'static Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// The names of the path's parameters.
    #[must_use]
    pub fn parameters(&self) -> Vec<&'static str> {
        self.path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .collect()
    }
}

/// The whole table.
#[must_use]
pub fn all() -> Vec<Route> {
    [
        machine::routes(),
        public::routes(),
        open::routes(),
        embed::routes(),
        files::routes(),
        account::routes(),
        agency::routes(),
        article::routes(),
        activity::routes(),
        mediation::routes(),
        register::routes(),
        plan::routes(),
        report::routes(),
        province::routes(),
        oversight::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_stands_once_and_desk_routes_name_who_may_call() {
        let all = all();
        for (i, route) in all.iter().enumerate() {
            let twins = all
                .iter()
                .skip(i + 1)
                .filter(|o| o.table == route.table && o.method == route.method && o.path == route.path);
            assert_eq!(twins.count(), 0, "{route:?} stands twice");
            if route.path.starts_with("/quan-tri/{agency}") {
                assert!(matches!(route.audience, Audience::Staff(_)), "{route:?}");
            }
            if route.path.starts_with("/tinh") && route.table == Table::Desk
                || route.path.starts_with("/giam-sat")
            {
                assert!(matches!(route.audience, Audience::Officer(_)), "{route:?}");
            }
            if route.path.starts_with("/giam-sat") {
                assert_eq!(
                    route.method,
                    Method::GET,
                    "an auditor writes nothing (DSH-03): {route:?}"
                );
            }
        }
    }
}
