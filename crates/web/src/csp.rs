//! Content security policies, one a kind of page (SECURITY 5.5), built from the configured origins.

use crate::state::WebSettings;

/// Which policy a page carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Csp {
    /// L: nothing at all. What is not marked gets this.
    Locked,
    /// P: public pages.
    Public,
    /// D: signed-in pages.
    Desk,
    /// D': what the desk looks at in a frame of its own.
    Preview,
    /// I: signing in.
    SignIn,
    /// E: framed sections; the key's listed origins.
    Embed(Vec<String>),
    /// F: uploads.
    Files,
}

/// Most origins that one key may list in a header.
pub const MOST_ORIGINS: usize = 20;

impl Csp {
    /// The header's value.
    #[must_use]
    pub fn header(&self, settings: &WebSettings) -> String {
        let (files, embed) = (settings.files.as_str(), settings.embed.as_str());
        let common = |img: &str, media: &str, connect: &str, frame: &str, ancestors: &str, types: &str| {
            let upgrade = if settings.https() {
                "; upgrade-insecure-requests"
            } else {
                ""
            };
            format!(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src {img}; media-src {media}; font-src 'self'; \
                 connect-src {connect}; manifest-src 'self'; frame-src {frame}; worker-src 'none'; object-src 'none'; \
                 base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}; require-trusted-types-for 'script'; \
                 trusted-types {types}{upgrade}; report-to csp"
            )
        };
        let public_images = format!("'self' {files} data:");
        match self {
            Self::Locked => {
                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'".to_owned()
            }
            Self::Files => {
                "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                    .to_owned()
            }
            Self::Public => common(&public_images, files, "'self'", "'none'", "'none'", "'none'"),
            Self::Preview => common(&public_images, files, "'self'", "'none'", "'self'", "'none'"),
            Self::Desk => common(
                &public_images,
                files,
                &format!("'self' {files}"),
                &format!("'self' {embed}"),
                "'none'",
                "pbgdpl",
            ),
            Self::SignIn => common(
                "'self'",
                "'none'",
                &format!("'self' {files}"),
                "'none'",
                "'none'",
                "pbgdpl",
            ),
            Self::Embed(origins) => {
                let listed: Vec<&str> = origins.iter().take(MOST_ORIGINS).map(String::as_str).collect();
                let ancestors = if listed.is_empty() {
                    "'none'".to_owned()
                } else {
                    listed.join(" ")
                };
                common(&public_images, files, "'self'", "'none'", &ancestors, "'none'")
            }
        }
    }

    /// Whether violations are reported.
    #[must_use]
    pub const fn reports(&self) -> bool {
        matches!(
            self,
            Self::Public | Self::Desk | Self::Preview | Self::SignIn | Self::Embed(_)
        )
    }
}
