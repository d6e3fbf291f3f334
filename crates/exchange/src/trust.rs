//! Whom we believe over TLS: the public authorities, and the province's own where it has one.

use std::io::BufReader;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// The settings of a client that trusts these certificates (PEM) beside the public ones.
pub(crate) fn client(authority: Option<&[u8]>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let public = roots.len();
    for certificate in CertificateDer::pem_reader_iter(BufReader::new(authority.unwrap_or_default())) {
        let certificate = certificate.map_err(|error| error.to_string())?;
        roots.add(certificate).map_err(|error| error.to_string())?;
    }
    if authority.is_some() && roots.len() == public {
        return Err("tệp chứng thư không có chứng thư nào".to_owned());
    }
    // Named: other crates of the same program bring another provider, and then none is the default.
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
