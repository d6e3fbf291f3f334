//! Pictures of agencies' pages: a browser as a child process, within bounds, whose only way out is a proxy that lets through what the page
//! reader would be let through to (ADR 0041). Whatever a page does to its browser costs its picture and nothing else.

mod browser;
mod proxy;
mod trial;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::process::ExitStatus;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, Semaphore};
use tokio::time::timeout;
use url::Url;

use self::browser::Browser;
use crate::guard::{Allowed, Guard};
use crate::look::why;
use crate::page::{PageError, PageReader};

/// What one picture may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exposure {
    /// Width of the window, in CSS pixels; the picture is as wide.
    pub width: u32,
    /// Height of the window: what stands below is not in the picture.
    pub height: u32,
    /// How long one waits for another to be made.
    pub turn: Duration,
    /// How long a browser may work, from its start.
    pub work: Duration,
    /// How long a browser that was tried out is believed: its package is updated underneath.
    pub trial: Duration,
    /// Connections that a page may open.
    pub connections: usize,
    /// Bytes that a page may move.
    pub bytes: u64,
}

impl Default for Exposure {
    fn default() -> Self {
        Self {
            width: 1280,
            height: 900,
            turn: Duration::from_secs(60),
            work: Duration::from_secs(30),
            trial: Duration::from_secs(24 * 3600),
            connections: 500,
            bytes: 24 * 1024 * 1024,
        }
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum CameraError {
    /// The page may not be opened, or does not answer.
    #[error("the page: {0}")]
    Page(PageError),
    /// Other pictures are being made.
    #[error("other pictures are being made")]
    Busy,
    /// The browser does not start, or a file or socket of ours fails.
    #[error("the browser does not start: {0}")]
    Absent(#[source] std::io::Error),
    /// It ended badly; what it said of it.
    #[error("the browser ended with {0}: {1}")]
    Ended(ExitStatus, String),
    /// It ended well and made no picture, or none that can be one.
    #[error("the browser made no picture")]
    Blank,
    /// It did not end in time, and was killed.
    #[error("the browser made no picture in time")]
    Late,
    /// It goes around the proxy: it makes no pictures.
    #[error("the browser goes around the proxy by {0}; another version may not")]
    Past(&'static str),
}

impl CameraError {
    /// One word, for counters.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Page(_) => "page",
            Self::Busy => "busy",
            Self::Absent(_) => "absent",
            Self::Ended(..) => "ended",
            Self::Blank => "blank",
            Self::Late => "late",
            Self::Past(_) => "past",
        }
    }

    /// What is the matter, in the words of the screen.
    #[must_use]
    pub const fn says(&self) -> &'static str {
        match self {
            Self::Page(error) => why(*error),
            Self::Busy => "máy chủ đang chụp trang khác",
            Self::Absent(_) => "trình duyệt của máy chủ không khởi động được",
            Self::Ended(..) => "trình duyệt của máy chủ dừng giữa chừng",
            Self::Blank => "trình duyệt của máy chủ không cho ra ảnh",
            Self::Late => "trang mở quá lâu",
            Self::Past(_) => "trình duyệt của máy chủ không đi qua lớp chặn nên không được dùng",
        }
    }
}

/// How a picture ended; counted also where nobody waited for it any more.
struct Outcome(&'static str);

impl Drop for Outcome {
    fn drop(&mut self) {
        metrics::counter!("pbgdpl_page_pictures_total", "outcome" => self.0).increment(1);
    }
}

/// Makes pictures of pages, one at a time. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Camera(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    browser: Browser,
    guard: Guard,
    /// Reads a page before its picture is made, and believes what browsers believe.
    reader: PageReader,
    turns: Semaphore,
    /// When the browser last passed its trial.
    tried: Mutex<Option<Instant>>,
}

impl Camera {
    /// A camera over the browser at this path; `sandbox`: with the browser's own, which needs user namespaces and another user than root.
    ///
    /// # Errors
    /// Where the public certificates cannot be used.
    pub fn new(program: &Path, sandbox: bool, allowed: &Allowed, exposure: Exposure) -> Result<Self, String> {
        Ok(Self(Arc::new(Parts {
            browser: Browser {
                program: program.to_owned(),
                sandbox,
                exposure,
            },
            guard: Guard::new(Arc::clone(allowed)),
            reader: PageReader::new(None, Arc::clone(allowed))?,
            turns: Semaphore::new(1),
            tried: Mutex::new(None),
        })))
    }

    /// The picture of a page, as PNG. Counted by outcome in `pbgdpl_page_pictures_total`.
    ///
    /// # Errors
    /// [`CameraError`]; the browser is gone by then.
    pub async fn take(&self, address: &str) -> Result<Vec<u8>, CameraError> {
        let mut outcome = Outcome("given-up");
        let taken = self.in_turn(address).await;
        outcome.0 = taken.as_ref().map_or_else(CameraError::word, |_| "taken");
        match &taken {
            Err(error @ CameraError::Past(_)) => {
                tracing::error!(%error, browser = %self.0.browser.program.display(), "no picture is made");
            }
            Err(error) => tracing::warn!(%error, address, "no picture of a page"),
            Ok(_) => {}
        }
        taken
    }

    /// Whether the browser starts, makes a picture, and keeps to the proxy; looked at again where the last trial is old, or a picture
    /// failed since in a way that another version would.
    ///
    /// # Errors
    /// [`CameraError`].
    pub async fn try_out(&self) -> Result<(), CameraError> {
        let browser = &self.0.browser;
        let mut tried = self.0.tried.lock().await;
        if tried.is_some_and(|at| at.elapsed() < browser.exposure.trial) {
            return Ok(());
        }
        *tried = None;
        trial::pass(browser).await?;
        *tried = Some(Instant::now());
        Ok(())
    }

    async fn in_turn(&self, address: &str) -> Result<Vec<u8>, CameraError> {
        let Parts {
            browser,
            guard,
            reader,
            turns,
            tried,
        } = &*self.0;
        let mut url = Url::parse(address).map_err(|_| CameraError::Page(PageError::NoAddress))?;
        url.set_fragment(None);
        guard.opens(&url).map_err(CameraError::Page)?;
        let turn = timeout(browser.exposure.turn, turns.acquire()).await;
        let Ok(Ok(_turn)) = turn else {
            return Err(CameraError::Busy);
        };
        self.try_out().await?;
        // A browser makes a picture of its own words too, where a page does not come or its certificate is not believed.
        reader.read(url.as_str()).await.map_err(CameraError::Page)?;
        let taken = browser.shoot(url.as_str(), guard.of_page(&url)).await;
        if let Err(CameraError::Ended(..) | CameraError::Blank | CameraError::Absent(_)) = &taken {
            // Another program may stand there by now.
            *tried.lock().await = None;
        }
        taken
    }
}
