//! The certificate that a host shows to browsers: whether they believe it, and until when.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use pbgdpl_model::clock::Moment;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use x509_cert::Certificate;
use x509_cert::der::Decode;

const PATIENCE: Duration = Duration::from_secs(5);

/// Until when the certificate of a host holds; or why browsers do not believe it, in the words of the screen.
pub(crate) async fn ends(config: Arc<ClientConfig>, host: &str, at: SocketAddr) -> Result<Moment, String> {
    let shown = timeout(PATIENCE, shaken(config, host, at)).await;
    shown.unwrap_or_else(|_| Err("không trả lời trong 5 giây".into()))
}

async fn shaken(config: Arc<ClientConfig>, host: &str, at: SocketAddr) -> Result<Moment, String> {
    let name =
        ServerName::try_from(host.to_owned()).map_err(|_| "tên không dùng được cho https".to_owned())?;
    let stream = TcpStream::connect(at)
        .await
        .map_err(|_| "máy chủ không nhận kết nối https".to_owned())?;
    let stream = TlsConnector::from(config)
        .connect(name, stream)
        .await
        .map_err(|error| why(&error))?;
    let (_, session) = stream.get_ref();
    let first = session.peer_certificates().and_then(<[_]>::first);
    let leaf = first.and_then(|der| Certificate::from_der(der).ok());
    let leaf = leaf.ok_or_else(|| "chứng thư không đọc được".to_owned())?;
    let seconds = leaf
        .tbs_certificate
        .validity
        .not_after
        .to_unix_duration()
        .as_secs();
    Ok(Moment::from_millis(0).plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX / 2000)))
}

fn why(error: &std::io::Error) -> String {
    let inner = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidCertificate(rustls::CertificateError::Expired)) => "chứng thư đã hết hạn",
        Some(rustls::Error::InvalidCertificate(
            rustls::CertificateError::NotValidForName
            | rustls::CertificateError::NotValidForNameContext { .. },
        )) => "chứng thư không phải của tên miền này",
        Some(rustls::Error::InvalidCertificate(_)) => "chứng thư không được trình duyệt tin",
        _ => "máy chủ chưa có chứng thư cho tên miền này",
    }
    .to_owned()
}
