//! Looks at a page of an agency's site as its readers meet it, and says what it shows of the section.

use pbgdpl_estate::{Expected, Page, read};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::estate::{Finding, Inspection, Shows};
use url::Url;

use crate::page::{Fetched, PageError, PageReader};

/// What our own page must not carry: a proxy before us that adds it breaks every frame.
const FORBIDDING: &str = "x-frame-options";

impl PageReader {
    /// Looks at the page of an address.
    pub async fn look(&self, address: &str, expected: &Expected, now: Moment) -> Inspection {
        let fetched = self.read(address).await;
        let (shows, mut findings) = match (&fetched, Url::parse(address)) {
            (Ok(page), Ok(url)) => aside(page.clone(), url, expected.clone()).await,
            (Err(error), _) => (Shows::Nothing, vec![unreachable(*error)]),
            (Ok(_), Err(_)) => (Shows::Nothing, vec![unreachable(PageError::NoAddress)]),
        };
        if matches!(shows, Shows::Frame | Shows::Element) {
            findings.extend(self.own_frame(expected).await);
        }
        Inspection::new(now, shows, findings)
    }

    /// Whether something between us and the readers forbids our frame. Where it cannot be asked, nothing is said.
    async fn own_frame(&self, expected: &Expected) -> Option<Finding> {
        let own = format!("{}/k/{}/", expected.embed, expected.key);
        let page = self.read(&own).await.ok()?;
        let value = page.headers.get(FORBIDDING)?.to_str().ok()?;
        Some(Finding::FrameForbidden {
            header: format!("X-Frame-Options: {value}"),
        })
    }
}

/// A page of a megabyte takes its time: off the threads that answer.
async fn aside(page: Fetched, url: Url, expected: Expected) -> (Shows, Vec<Finding>) {
    let read = tokio::task::spawn_blocking(move || of_page(&page, &url, &expected)).await;
    read.unwrap_or_else(|_| (Shows::Nothing, vec![Finding::NotHtml]))
}

fn of_page(fetched: &Fetched, address: &Url, expected: &Expected) -> (Shows, Vec<Finding>) {
    let headers = fetched
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
        .collect();
    let page = Page {
        address,
        status: fetched.status,
        headers,
        text: &fetched.text,
        cut: fetched.cut,
    };
    read(&page, expected)
}

fn unreachable(error: PageError) -> Finding {
    match error {
        PageError::NotHttps => Finding::NotHttps,
        other => Finding::Unreachable {
            why: why(other).into(),
        },
    }
}

/// Why a page is not opened, in the words of the screen.
pub(crate) const fn why(error: PageError) -> &'static str {
    match error {
        PageError::NoAddress => "địa chỉ không đọc được",
        PageError::NotHttps => "trang chưa dùng https",
        PageError::NotPublic => "địa chỉ nằm trong mạng nội bộ hoặc dùng cổng lạ",
        PageError::NotReached => "không có máy chủ nào trả lời",
        PageError::Certificate => "chứng thư của trang không hợp lệ hoặc đã hết hạn",
        PageError::Silent => "trang không trả lời trong 5 giây",
    }
}
