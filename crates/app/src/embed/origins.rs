//! Origins that may frame a section: scheme, host and port, https or this machine; never more than twenty.

use url::{Host, Url};

/// Most origins of one site.
pub const MOST: usize = 20;

/// The origins a webmaster typed, one to a line, put in order; or what is wrong, in the words of the screen.
///
/// # Errors
/// The line that cannot be taken and why.
pub fn read(typed: &str) -> Result<Vec<String>, String> {
    let mut origins: Vec<String> = Vec::new();
    for line in typed
        .split(['\n', ',', ' ', '\t', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let origin = one(line)?;
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    if origins.is_empty() {
        return Err(
            "chưa có. Ghi ít nhất một địa chỉ trang sẽ nhúng, ví dụ https://sotuphap.kontum.gov.vn.".into(),
        );
    }
    if origins.len() > MOST {
        return Err(format!(
            "nhiều quá ({}). Mỗi trang nhúng nhiều nhất {MOST} địa chỉ.",
            origins.len()
        ));
    }
    Ok(origins)
}

/// One origin; of a page's address its origin is taken.
fn one(line: &str) -> Result<String, String> {
    let shown: String = line.chars().take(60).collect();
    let full = if line.contains("://") {
        line.to_owned()
    } else {
        format!("https://{line}")
    };
    let bad = || format!("«{shown}» không phải địa chỉ trang. Viết như https://sotuphap.kontum.gov.vn.");
    let url = Url::parse(&full).map_err(|_| bad())?;
    let host = url.host().ok_or_else(bad)?;
    if line.contains('*') {
        return Err(format!(
            "«{shown}» có dấu *. Ghi rõ từng địa chỉ, không ghi chung."
        ));
    }
    // What stands here goes into a header (frame-ancestors): only what a host name can hold.
    let plain = match &host {
        Host::Domain(name) => {
            name.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
                && name.len() <= 253
        }
        Host::Ipv4(_) | Host::Ipv6(_) => true,
    };
    if !plain || !url.username().is_empty() || url.password().is_some() {
        return Err(bad());
    }
    match url.scheme() {
        "https" => Ok(url.origin().ascii_serialization()),
        "http" if is_this_machine(&host) => Ok(url.origin().ascii_serialization()),
        "http" => Err(format!(
            "«{shown}» không dùng https. Trang nhúng phải dùng https để người đọc được an toàn."
        )),
        _ => Err(bad()),
    }
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_put_in_one_form() {
        let typed = "https://SoTuPhap.KonTum.gov.vn:443/chuyen-muc?x=1\n kontum.gov.vn, http://localhost:8099 \nhttps://kontum.gov.vn";
        assert_eq!(
            read(typed).unwrap(),
            [
                "https://sotuphap.kontum.gov.vn",
                "https://kontum.gov.vn",
                "http://localhost:8099"
            ]
        );
        assert_eq!(
            read("http://127.0.0.1:81 http://[::1]:82 http://a.localhost")
                .unwrap()
                .len(),
            3
        );
        assert!(read("https://tưpháp.vn").unwrap()[0].starts_with("https://xn--"));
    }

    #[test]
    fn nothing_gets_into_the_header_but_hosts() {
        for bad in [
            "",
            "http://kontum.gov.vn",
            "ftp://kontum.gov.vn",
            "https://*.gov.vn",
            "*",
            "https://a;script-src",
            "https://a'b.vn",
            "javascript://x",
            "data:text/html,x",
            "https://u:p@kontum.gov.vn",
            "https://",
            "file:///etc",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
        let many: Vec<String> = (0..21).map(|n| format!("https://a{n}.vn")).collect();
        assert!(read(&many.join("\n")).is_err());
    }
}
