//! What a browser says of itself, shortened: "Chrome trên Windows". Told to the person; never used to let anybody in.

use pbgdpl_model::id::AccountId;
use sha2::{Digest, Sha256};

/// A browser on a system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    label: String,
}

impl Device {
    /// From the `User-Agent` header.
    #[must_use]
    pub fn of_user_agent(header: &str) -> Self {
        // The order matters: every browser names the ones it wants to be mistaken for.
        const BROWSERS: [(&str, &str); 8] = [
            ("coc_coc_browser", "Cốc Cốc"),
            ("Edg", "Edge"),
            ("OPR/", "Opera"),
            ("SamsungBrowser", "Samsung Internet"),
            ("Firefox", "Firefox"),
            ("Chrome", "Chrome"),
            ("Safari", "Safari"),
            ("curl", "curl"),
        ];
        const SYSTEMS: [(&str, &str); 7] = [
            ("Windows", "Windows"),
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Mac OS X", "macOS"),
            ("CrOS", "ChromeOS"),
            ("Linux", "Linux"),
        ];
        let named = |list: &[(&str, &'static str)]| {
            list.iter()
                .find(|(mark, _)| header.contains(mark))
                .map(|(_, name)| *name)
        };
        let label = match (named(&BROWSERS), named(&SYSTEMS)) {
            (Some(browser), Some(system)) => format!("{browser} trên {system}"),
            (Some(browser), None) => browser.to_owned(),
            (None, Some(system)) => format!("Trình duyệt trên {system}"),
            (None, None) => "Trình duyệt không rõ".to_owned(),
        };
        Self { label }
    }

    /// As people read it.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The name under which an account remembers it.
    #[must_use]
    pub fn hash_for(&self, account: AccountId) -> String {
        let mut hasher = Sha256::new();
        hasher.update(account.0.as_bytes());
        hasher.update(self.label.as_bytes());
        hex::encode(hasher.finalize().get(..16).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::Device;

    #[test]
    fn browsers_are_called_by_their_own_name() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0";
        assert_eq!(Device::of_user_agent(edge).label(), "Edge trên Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Mobile Safari/604.1";
        assert_eq!(Device::of_user_agent(phone).label(), "Safari trên iPhone");
        assert_eq!(Device::of_user_agent("").label(), "Trình duyệt không rõ");
    }
}
