//! Sign-ins of the demo: made once, kept beside its database, with a new one-time link at every start.

use std::path::Path;

use anyhow::Context;
use pbgdpl_app::App;
use pbgdpl_app::account::{create, sign_in_link};
use pbgdpl_model::id::AccountId;
use pbgdpl_model::policy::Role;
use pbgdpl_scope::Tenant;
use serde::{Deserialize, Serialize};

/// One sign-in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// Role.
    pub role: Role,
    /// Slug of the agency; none in the province.
    pub agency: Option<String>,
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
    /// Base32.
    pub totp_secret: String,
    /// One-time link of this start.
    #[serde(default, skip_deserializing)]
    pub sign_in_url: String,
}

/// Creates an account that can sign in.
///
/// # Errors
/// Where the store fails.
pub async fn create(
    app: &App,
    name: &str,
    email: &str,
    tenant: Option<&Tenant>,
    role: Role,
) -> anyhow::Result<(AccountId, SignIn)> {
    let totp_secret = create::totp_secret()?;
    // Of the same making: random letters and figures, in groups that can be typed.
    let random = create::totp_secret()?.to_lowercase();
    let letters: Vec<char> = random.chars().take(20).collect();
    let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
    let sign_in = SignIn {
        role,
        agency: tenant.map(|tenant| tenant.slug().to_owned()),
        email: email.to_owned(),
        password: groups.join("-"),
        totp_secret: totp_secret.clone(),
        sign_in_url: String::new(),
    };
    let new = create::NewAccount {
        email: email.to_owned(),
        display_name: name.to_owned(),
        password: sign_in.password.clone(),
        totp_secret: Some(totp_secret),
    };
    Ok((create::create(app, new).await?, sign_in))
}

/// Keeps the sign-ins, readable by their owner only.
///
/// # Errors
/// Where the file cannot be written.
pub fn write(file: &Path, sign_ins: &[SignIn]) -> anyhow::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let text = serde_json::to_string_pretty(sign_ins)?;
    let mut options = std::fs::OpenOptions::new();
    let mut open = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file)?;
    open.write_all(text.as_bytes())?;
    Ok(open.sync_all()?)
}

/// Reads the sign-ins and mints a one-time link for each.
///
/// # Errors
/// Where the file cannot be read or the store fails.
pub async fn with_links(app: &App, file: &Path, desk: &str) -> anyhow::Result<Vec<SignIn>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("không đọc được {}", file.display()))?;
    let mut sign_ins: Vec<SignIn> = serde_json::from_str(&text)?;
    for sign_in in &mut sign_ins {
        let known = app
            .store()
            .read()
            .identity()
            .await?
            .account_by_email(&sign_in.email)
            .await?;
        let account = known.with_context(|| format!("không còn tài khoản {}", sign_in.email))?;
        let link = sign_in_link::mint_for_demo(app, account.id).await?;
        sign_in.sign_in_url = format!("{desk}/dang-nhap/lien-ket/{link}");
    }
    Ok(sign_ins)
}
