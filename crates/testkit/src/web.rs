//! The web service of a house, asked directly: no socket, every header, several nodes where wanted.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use pbgdpl_app::App;
use pbgdpl_config::Origin;
use pbgdpl_exchange::PageReader;
use pbgdpl_model::clock::{Clock, SetClock};
use pbgdpl_press::{Bounds, Press};
use pbgdpl_province::Province;
use pbgdpl_web::dispatch::Dispatch;
use pbgdpl_web::routes::{Route, all};
use pbgdpl_web::{AppState, WebSettings};

use crate::house::House;

/// Hosts of the four origins.
pub const HOSTS: [(&str, &str); 4] = [
    ("public", "thu.example"),
    ("desk", "quantri.thu.example"),
    ("embed", "nhung.thu.example"),
    ("files", "tep.thu.example"),
];

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl Answer {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    }

    /// Body and headers with what differs from request to request masked.
    #[must_use]
    pub fn masked(&self) -> String {
        let id = self.header("x-request-id").to_owned();
        let mut lines: Vec<String> = self
            .headers
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "x-request-id" | "date" | "content-length"))
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default()))
            .collect();
        lines.sort();
        format!(
            "{}\n{}\n{}",
            self.status,
            lines.join("\n"),
            self.text().replace(&id, "ID")
        )
    }
}

/// One request to be sent.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Method.
    pub method: Method,
    /// Host, with its port where it has one.
    pub host: String,
    /// Path and query.
    pub path: String,
    /// Session cookie.
    pub session: Option<String>,
    /// Form fields.
    pub form: Vec<(String, String)>,
    /// A body as it stands, with its media type, in place of the fields.
    pub raw: Option<(String, Bytes)>,
    /// More headers.
    pub headers: Vec<(String, String)>,
}

impl Ask {
    /// `GET`
    #[must_use]
    pub fn get(host: &str, path: &str) -> Self {
        Self {
            method: Method::GET,
            host: host.into(),
            path: path.into(),
            session: None,
            form: Vec::new(),
            raw: None,
            headers: Vec::new(),
        }
    }

    /// `POST` of a form, from our own desk.
    #[must_use]
    pub fn post(host: &str, path: &str, form: &[(&str, &str)]) -> Self {
        Self {
            method: Method::POST,
            form: form.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
            headers: vec![("sec-fetch-site".into(), "same-origin".into())],
            ..Self::get(host, path)
        }
    }

    /// `POST` of bytes, from our own desk.
    #[must_use]
    pub fn post_raw(host: &str, path: &str, media_type: &str, bytes: impl Into<Bytes>) -> Self {
        Self {
            raw: Some((media_type.into(), bytes.into())),
            ..Self::post(host, path, &[])
        }
    }

    /// With a session.
    #[must_use]
    pub fn signed_in(mut self, session: &str) -> Self {
        self.session = Some(session.to_owned());
        self
    }

    /// With a header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// One node of the service.
#[derive(Debug, Clone)]
pub struct Web {
    dispatch: Dispatch,
    state: AppState,
    https: bool,
}

/// Stands in for the PDF worker: gives the document back, between the first and the last line of a PDF file.
pub const PAPER_WORKER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/paper-worker");

/// Stands in for a browser that makes pictures of pages: red ones, and green ones of pages that say "xanh".
pub const BROWSER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/browser");

/// Settings of a house's service.
///
/// # Errors
/// Where an origin cannot be read.
pub fn settings(https: bool) -> anyhow::Result<WebSettings> {
    let scheme = if https { "https" } else { "http" };
    let origin = |which: &str| -> anyhow::Result<Origin> {
        let host = HOSTS
            .iter()
            .find(|(name, _)| *name == which)
            .map_or("", |(_, host)| host);
        format!("{scheme}://{host}")
            .parse::<Origin>()
            .map_err(|e| anyhow::anyhow!("{e:?}"))
    };
    Ok(WebSettings {
        public: origin("public")?,
        desk: origin("desk")?,
        embed: origin("embed")?,
        files: origin("files")?,
        trusted_proxies: Vec::new(),
        demo: false,
        mailbox: None,
        contact: "pbgdpl@thu.example".into(),
        exchange: true,
        anchors: None,
        pages: PageReader::new(None, Arc::new(|address: IpAddr| address.is_loopback()))
            .map_err(|why| anyhow::anyhow!(why))?,
        host_target: "thu.example".into(),
        pictures: true,
        press: Some(Press::new(Path::new(PAPER_WORKER), Bounds::default())),
        signing_key: [7; 32],
        cache_bytes: 8 * 1024 * 1024,
    })
}

impl Web {
    /// A node over the house's own store.
    ///
    /// # Errors
    /// Where the settings cannot be read.
    pub fn of(house: &House, https: bool) -> anyhow::Result<Self> {
        Self::over(house.app.clone(), &house.clock, https)
    }

    /// A node over another store of the same database.
    ///
    /// # Errors
    /// Where the settings cannot be read.
    pub fn over(app: App, clock: &Arc<SetClock>, https: bool) -> anyhow::Result<Self> {
        Ok(Self::with(app, clock, settings(https)?, &all()))
    }

    /// A node with settings and routes of its own.
    #[must_use]
    pub fn with(app: App, clock: &Arc<SetClock>, settings: WebSettings, routes: &[Route]) -> Self {
        let clock: Arc<dyn Clock> = Arc::<SetClock>::clone(clock);
        let province = Province::new(app.store().clone(), clock);
        let https = settings.https();
        let state = AppState::new(app, province, settings);
        Self {
            dispatch: Dispatch::of(state.clone(), routes),
            state,
            https,
        }
    }

    /// Writes down what was refused, as twice a minute.
    pub async fn write_denials(&self) {
        pbgdpl_web::denials::write(&self.state).await;
    }

    /// Writes down what was counted of the use of sections, as once a minute.
    pub async fn flush_engagement(&self) {
        pbgdpl_web::engagement::flush(&self.state).await;
    }

    /// How many requests were answered before any routing.
    #[must_use]
    pub fn answered_at_the_door(&self) -> u64 {
        self.dispatch.answered_at_the_door()
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// Where the request cannot be made or the body not be read.
    pub async fn ask(&self, ask: &Ask) -> anyhow::Result<Answer> {
        let (media_type, body) = match &ask.raw {
            Some((media_type, bytes)) => (media_type.as_str(), bytes.clone()),
            None => {
                let mut form = url::form_urlencoded::Serializer::new(String::new());
                form.extend_pairs(&ask.form);
                ("application/x-www-form-urlencoded", form.finish().into())
            }
        };
        let mut request = Request::builder()
            .method(&ask.method)
            .uri(&ask.path)
            .header("host", &ask.host);
        if let Some(session) = &ask.session {
            let name = if self.https { "__Host-sid" } else { "sid" };
            request = request.header("cookie", format!("{name}={session}"));
        }
        for (name, value) in &ask.headers {
            request = request.header(name, value);
        }
        if ask.method == Method::POST {
            request = request.header("content-type", media_type);
        }
        let request = request.body(Body::from(body))?;
        let response = self
            .dispatch
            .handle(request, Some(IpAddr::V4(Ipv4Addr::LOCALHOST)))
            .await;
        let (parts, body) = response.into_parts();
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await?.to_bytes(),
        })
    }
}
