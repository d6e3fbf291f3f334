//! The authorities that the operator believes: certificates in a file (PEM).

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, TrustAnchor};

/// Trust anchors for signatures of people. Not those of the web: whoever vouches for servers says nothing of who signs.
#[derive(Debug, Clone)]
pub struct Anchors(Vec<TrustAnchor<'static>>);

impl Anchors {
    /// From the text of a PEM file.
    ///
    /// # Errors
    /// What is wrong with it, in the words of the screen.
    pub fn from_pem(pem: &[u8]) -> Result<Self, String> {
        let mut anchors = Vec::new();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|error| format!("không đọc được chứng thư: {error}"))?;
            let anchor = webpki::anchor_from_trusted_cert(&certificate)
                .map_err(|error| format!("không dùng được chứng thư: {error}"))?;
            anchors.push(anchor.to_owned());
        }
        if anchors.is_empty() {
            return Err("tệp không có chứng thư nào".to_owned());
        }
        Ok(Self(anchors))
    }

    pub(crate) fn list(&self) -> &[TrustAnchor<'static>] {
        &self.0
    }
}
