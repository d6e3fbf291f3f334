//! The little HTTP a bench needs: one request a connection, and what a page links to.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, ensure};

/// Gets a body as it is.
pub fn get(address: &str, path: &str) -> anyhow::Result<Vec<u8>> {
    request(address, address, path, "identity")
}

/// Gets a body as it is, under another name than the address.
pub fn get_of_host(address: &str, host: &str, path: &str) -> anyhow::Result<Vec<u8>> {
    request(address, host, path, "identity")
}

/// Gets a body as a browser would: compressed.
pub fn get_compressed(address: &str, path: &str) -> anyhow::Result<Vec<u8>> {
    request(address, address, path, "br, gzip")
}

fn request(address: &str, host: &str, path: &str, encoding: &str) -> anyhow::Result<Vec<u8>> {
    // Names under localhost mean this machine (RFC 6761 6.3), but not every resolver knows them.
    let port = address.rsplit(':').next().unwrap_or_default().parse()?;
    let mut line = TcpStream::connect(("127.0.0.1", port))?;
    line.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        line,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: {encoding}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    line.read_to_end(&mut answer)?;
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .with_context(|| format!("{path}: no end of the headers"))?;
    let (head, body) = answer.split_at(end + 4);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    ensure!(
        head.starts_with("http/1.1 200"),
        "{path}: {}",
        head.lines().next().unwrap_or_default()
    );
    ensure!(
        !head.contains("transfer-encoding"),
        "{path}: a body in pieces would be counted with its frame"
    );
    Ok(body.to_vec())
}

/// Returns the local addresses in a page's `href` and `src`.
pub fn links(page: &str) -> Vec<String> {
    page.split(['"'])
        .zip(page.split(['"']).skip(1))
        .filter(|(before, _)| before.ends_with("href=") || before.ends_with("src="))
        .filter(|(_, link)| link.starts_with('/'))
        .map(|(_, link)| link.to_owned())
        .collect()
}

/// Returns the fonts a style sheet names, as paths; without those of letters that stand in few pages (their range lacks the plain letters).
pub fn fonts(sheet: &str, path: &str) -> Vec<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    sheet
        .split('}')
        .filter(|rule| !rule.contains("unicode-range") || rule.contains("U+20-7E"))
        .flat_map(|rule| rule.split("url(").skip(1))
        .filter_map(|rest| rest.split(')').next())
        .map(|link| link.trim_matches(['"', '\'']))
        .filter(|link| link.ends_with(".woff2"))
        .map(|link| {
            if link.starts_with('/') {
                link.to_owned()
            } else {
                format!("{folder}/{link}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_a_page_and_fonts_of_a_sheet() {
        assert_eq!(
            links(r#"<a href="/a">x</a><img src="/b.png"><a href="https://c">"#),
            ["/a", "/b.png"]
        );
        assert_eq!(
            fonts(
                r#"src: url("x.woff2"); mask: url(y.svg); src: url(/z/w.woff2)"#,
                "/t/page.css"
            ),
            ["/t/x.woff2", "/z/w.woff2"]
        );
        assert_eq!(
            fonts(
                "@font-face{src:url(a.woff2);unicode-range:U+20-7E,U+A0-FF}@font-face{src:url(b.woff2);unicode-range:U+306}",
                "/t/page.css"
            ),
            ["/t/a.woff2"]
        );
    }
}
