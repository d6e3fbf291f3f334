//! What the demo says once it serves: addresses and one sign-in per role, for eyes or as the one line of JSON.

use std::collections::BTreeMap;

use pbgdpl_config::Settings;
use pbgdpl_scope::Found;
use serde::Serialize;

use crate::demo::FULL;
use crate::demo::accounts::SignIn;
use crate::screen;
use crate::wiring::House;

/// The line of DESIGN 6.
#[derive(Debug, Serialize)]
pub struct Ready {
    /// Address of PUBLIC.
    pub public: String,
    /// Address of DESK.
    pub desk: String,
    /// Address of EMBED.
    pub embed: String,
    /// Address of FILES.
    pub files: String,
    /// Address of the metrics.
    pub metrics: String,
    /// Address of the mailbox page.
    pub mailbox: String,
    /// Own hosts, by slug.
    pub hosts: BTreeMap<String, String>,
    /// Embed keys, by slug.
    pub embed_keys: BTreeMap<String, String>,
    /// Sign-ins.
    pub accounts: Vec<SignIn>,
}

impl Ready {
    /// Puts the addresses together.
    pub fn new(
        settings: &Settings,
        metrics: std::net::SocketAddr,
        hosts: BTreeMap<String, String>,
        embed_keys: BTreeMap<String, String>,
        accounts: Vec<SignIn>,
    ) -> Self {
        let server = &settings.server;
        Self {
            public: server.public_url.to_string(),
            desk: server.desk_url.to_string(),
            embed: server.embed_url.to_string(),
            files: server.files_url.to_string(),
            metrics: format!("http://{metrics}/metrics"),
            mailbox: format!("{}/hop-thu", server.public_url),
            hosts,
            embed_keys,
            accounts,
        }
    }

    /// Says it.
    ///
    /// # Errors
    /// Where it cannot be JSON.
    pub fn say(&self, json: bool) -> anyhow::Result<()> {
        if json {
            return screen::say_json(self);
        }
        screen::say("Bản dùng thử: dữ liệu minh hoạ, không phải số liệu thật của cơ quan nào.\n");
        screen::say(format!("  Trang công khai   {}", self.public));
        screen::say(format!("  Bàn làm việc      {}", self.desk));
        screen::say(format!("  Trang nhúng       {}", self.embed));
        screen::say(format!("  Tệp               {}", self.files));
        screen::say(format!("  Hộp thư           {}", self.mailbox));
        for (slug, host) in &self.hosts {
            screen::say(format!("  {slug:17} {host}"));
        }
        screen::say("\nĐăng nhập bằng một lần bấm (mỗi liên kết dùng được một lần):");
        for account in &self.accounts {
            let place = account.agency.as_deref().unwrap_or("tỉnh");
            screen::say(format!("\n  {} · {place}", account.role.label()));
            screen::say(format!("  {}", account.sign_in_url));
            screen::say(format!("  {}  mật khẩu {}", account.email, account.password));
        }
        screen::say("\nDừng bằng Ctrl+C. Dữ liệu còn nguyên cho lần sau.");
        Ok(())
    }
}

/// The key of each full agency's first site.
///
/// # Errors
/// Where the store fails.
pub async fn embed_keys(house: &House) -> anyhow::Result<BTreeMap<String, String>> {
    let snapshot = house.store.registry().now();
    let mut keys = BTreeMap::new();
    for slug in FULL {
        if let Some(Found::Here(tenant)) = snapshot.by_slug(slug) {
            let mut embeds = house.store.read().tenant(&tenant).await?.embeds().await?;
            embeds.sort_by_key(|embed| embed.created_at);
            if let Some(first) = embeds.first() {
                keys.insert(slug.to_owned(), first.key.clone());
            }
        }
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use pbgdpl_model::policy::Role;
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_line_keeps_to_its_schema() {
        let sign_in = |role, agency: Option<&str>| SignIn {
            role,
            agency: agency.map(str::to_owned),
            email: "huong@thu.example".into(),
            password: "abcde-fghij".into(),
            totp_secret: "JBSWY3DPEHPK3PXP".into(),
            sign_in_url: "http://quantri.localhost:8080/dang-nhap/lien-ket/x".into(),
        };
        let address = "http://localhost:8080".to_owned();
        let ready = Ready {
            public: address.clone(),
            desk: address.clone(),
            embed: address.clone(),
            files: address.clone(),
            metrics: address.clone(),
            mailbox: address.clone(),
            hosts: BTreeMap::from([("so-y-te".to_owned(), address)]),
            embed_keys: BTreeMap::from([("so-y-te".to_owned(), "abc".to_owned())]),
            accounts: vec![
                sign_in(Role::Auditor, None),
                sign_in(Role::Editor, Some("so-y-te")),
            ],
        };
        let schema: Value = serde_json::from_str(include_str!("../../../../docs/schemas/demo.json")).unwrap();
        let line = serde_json::to_value(&ready).unwrap();
        jsonschema::validate(&schema, &line).unwrap();
    }
}
