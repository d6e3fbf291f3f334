//! The policies of a page (CSP level 3), from its headers and its head, asked whether they let ours in.

use content_security_policy::{
    CheckResult, CspList, Destination, Initiator, ParserMetadata, PolicyDisposition, PolicySource, Request,
};
use scraper::{ElementRef, Html};
use url::Url;

use crate::{Page, selected};

/// All policies of a page.
pub(crate) struct Policies(CspList);

impl Policies {
    /// Those of the headers and of `<meta>`.
    pub(crate) fn of(html: &Html, page: &Page<'_>) -> Self {
        let mut all = CspList(Vec::new());
        for (name, value) in &page.headers {
            if *name == "content-security-policy" {
                all.append(CspList::parse(
                    value,
                    PolicySource::Header,
                    PolicyDisposition::Enforce,
                ));
            }
        }
        for meta in selected(html, "meta[http-equiv][content]") {
            let policy = meta
                .attr("http-equiv")
                .is_some_and(|name| name.trim().eq_ignore_ascii_case("content-security-policy"));
            if policy {
                let value = meta.attr("content").unwrap_or_default();
                all.append(CspList::parse(
                    value,
                    PolicySource::Meta,
                    PolicyDisposition::Enforce,
                ));
            }
        }
        Self(all)
    }

    /// Whether a frame of this address may be loaded.
    pub(crate) fn let_frame(&self, src: &Url, page: &Url) -> bool {
        self.lets(request(src, page, Destination::IFrame, ""))
    }

    /// Whether this script may be loaded.
    pub(crate) fn let_script(&self, script: &ElementRef<'_>, src: &Url, page: &Url) -> bool {
        let nonce = script.attr("nonce").unwrap_or_default();
        let mut request = request(src, page, Destination::Script, nonce);
        script
            .attr("integrity")
            .unwrap_or_default()
            .clone_into(&mut request.integrity_metadata);
        self.lets(request)
    }

    fn lets(&self, request: Request) -> bool {
        matches!(
            self.0.should_request_be_blocked(&request),
            (CheckResult::Allowed, _)
        )
    }
}

fn request(src: &Url, page: &Url, destination: Destination, nonce: &str) -> Request {
    Request {
        url: src.clone(),
        current_url: src.clone(),
        origin: page.origin(),
        redirect_count: 0,
        destination,
        initiator: Initiator::None,
        nonce: nonce.to_owned(),
        integrity_metadata: String::new(),
        parser_metadata: ParserMetadata::ParserInserted,
    }
}
