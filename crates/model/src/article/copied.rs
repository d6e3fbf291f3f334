//! Where an item stands first: the page of a ministry, of the national portal, of another agency (OPN-09).

use serde::{Deserialize, Serialize};
use url::Url;

/// Longest address, in bytes.
const LONGEST: usize = 500;

/// An address of a page on the web: https, a host with a name, no account in it, no place inside the page. Two that lead to the same page by
/// the rules of the URL standard are equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HttpsAddress(String);

/// A text that is no such address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an https address of a page")]
pub struct NotHttps;

impl HttpsAddress {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of its host: "pbgdpl.gov.vn".
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.0.trim_start_matches("https://");
        rest.split(['/', '?', ':']).next().unwrap_or(rest)
    }
}

impl std::str::FromStr for HttpsAddress {
    type Err = NotHttps;

    fn from_str(text: &str) -> Result<Self, NotHttps> {
        let mut url = Url::parse(text.trim()).map_err(|_| NotHttps)?;
        let named = url.domain().is_some_and(|host| host.contains('.'));
        let account = !url.username().is_empty() || url.password().is_some();
        if url.scheme() != "https" || !named || account {
            return Err(NotHttps);
        }
        url.set_fragment(None);
        let address = String::from(url);
        if address.len() > LONGEST {
            return Err(NotHttps);
        }
        Ok(Self(address))
    }
}

impl TryFrom<String> for HttpsAddress {
    type Error = NotHttps;

    fn try_from(text: String) -> Result<Self, NotHttps> {
        text.parse()
    }
}

impl From<HttpsAddress> for String {
    fn from(address: HttpsAddress) -> Self {
        address.0
    }
}

/// Where an item stands first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// That page.
    pub from: HttpsAddress,
    /// The item says the same word for word: that page is the one that search engines should find.
    #[serde(default)]
    pub verbatim: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_pages_of_named_hosts_are_addresses() {
        for bad in [
            "",
            "http://vbpl.vn/1",
            "javascript:alert(1)",
            "//vbpl.vn/1",
            "vbpl.vn/1",
            "https://",
            "https://localhost/1",
            "https://10.0.0.1/1",
            "https://[::1]/1",
            "https://a:b@vbpl.vn/1",
            "https://a@vbpl.vn/1",
            "ftp://vbpl.vn/1",
        ] {
            assert!(bad.parse::<HttpsAddress>().is_err(), "{bad}");
        }
        assert!(
            format!("https://vbpl.vn/{}", "x".repeat(500))
                .parse::<HttpsAddress>()
                .is_err()
        );
    }

    #[test]
    fn one_page_has_one_address() {
        let address = |text: &str| text.parse::<HttpsAddress>().unwrap();
        let wanted = address("https://vbpl.vn/TW/Pages/vbpq.aspx?ItemID=1");
        for same in [
            " https://VBPL.vn/TW/Pages/vbpq.aspx?ItemID=1 ",
            "https://vbpl.vn:443/TW/Pages/vbpq.aspx?ItemID=1#dieu-5",
            "HTTPS://vbpl.vn/TW/./Pages/vbpq.aspx?ItemID=1",
        ] {
            assert_eq!(address(same), wanted, "{same}");
        }
        assert_eq!(wanted.host(), "vbpl.vn");
        assert_eq!(address("https://pbgdpl.gov.vn:8443?x=1").host(), "pbgdpl.gov.vn");
        assert_ne!(address("https://vbpl.vn/TW/Pages/vbpq.aspx?ItemID=2"), wanted);
    }

    #[test]
    fn what_is_stored_is_read_back_and_checked() {
        let copied = Copied {
            from: "https://vbpl.vn/1".parse().unwrap(),
            verbatim: true,
        };
        let text = serde_json::to_string(&copied).unwrap();
        assert_eq!(text, r#"{"from":"https://vbpl.vn/1","verbatim":true}"#);
        assert_eq!(serde_json::from_str::<Copied>(&text).unwrap(), copied);
        assert!(serde_json::from_str::<Copied>(r#"{"from":"http://vbpl.vn/1"}"#).is_err());
    }
}
