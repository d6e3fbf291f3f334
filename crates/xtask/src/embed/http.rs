//! One request a connection to a server on this machine: what WebDriver, the desk and the peers are spoken to with.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, ensure};

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case, and values.
    headers: Vec<(String, String)>,
    /// The body, out of its pieces.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of that name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = self.headers.iter().find(|(key, _)| key == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Every header of that name (in lower case).
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.headers.iter().filter(move |(key, _)| key == name);
        named.map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Gets an address.
///
/// # Errors
/// When nobody answers.
pub fn get(url: &str) -> anyhow::Result<Answer> {
    send("GET", url, &[], "")
}

/// Sends a request to `http://host:port/path`; whatever the host, the server stands on this machine.
///
/// # Errors
/// When nobody answers, or what comes is no HTTP/1.1.
pub fn send(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> anyhow::Result<Answer> {
    let rest = url
        .strip_prefix("http://")
        .with_context(|| format!("{url} is not http"))?;
    let (authority, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
    let port: u16 = authority
        .rsplit_once(':')
        .with_context(|| format!("{url} names no port"))?
        .1
        .parse()?;
    let mut line = TcpStream::connect(("127.0.0.1", port)).with_context(|| url.to_owned())?;
    line.set_read_timeout(Some(Duration::from_secs(30)))?;
    let host = headers
        .iter()
        .find(|(name, _)| *name == "host")
        .map_or(authority, |(_, value)| value);
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers.iter().filter(|(name, _)| *name != "host") {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    if method != "GET" {
        request.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    write!(line, "{request}\r\n{body}")?;
    read(&mut BufReader::new(line)).with_context(|| format!("{method} {url}"))
}

fn read(line: &mut impl BufRead) -> anyhow::Result<Answer> {
    let first = text_line(line)?;
    let mut words = first.split(' ');
    ensure!(
        words.next().is_some_and(|word| word.starts_with("HTTP/1.")),
        "no HTTP: {first}"
    );
    let status = words.next().unwrap_or_default().parse().context("no status")?;
    let mut answer = Answer {
        status,
        headers: Vec::new(),
        body: Vec::new(),
    };
    loop {
        let header = text_line(line)?;
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        answer
            .headers
            .push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    if answer
        .header("transfer-encoding")
        .is_some_and(|how| how.contains("chunked"))
    {
        loop {
            let size = text_line(line)?;
            let size = size.split(';').next().unwrap_or_default().trim();
            let size = u64::from_str_radix(size, 16).context("the size of a piece")?;
            line.by_ref().take(size).read_to_end(&mut answer.body)?;
            text_line(line)?;
            if size == 0 {
                break;
            }
        }
    } else if let Some(size) = answer.header("content-length") {
        let size = size.parse().context("content-length")?;
        line.by_ref().take(size).read_to_end(&mut answer.body)?;
    } else {
        line.read_to_end(&mut answer.body)?;
    }
    Ok(answer)
}

fn text_line(line: &mut impl BufRead) -> anyhow::Result<String> {
    let mut text = String::new();
    line.read_line(&mut text)?;
    Ok(text.trim_end().to_owned())
}

/// A value as it stands in a query or a form.
pub fn encode(value: &str) -> String {
    let mut encoded = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_come_out_of_their_pieces() {
        let pieces =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        let answer = read(&mut &pieces[..]).unwrap();
        assert_eq!((answer.status, answer.text().as_str()), (200, "abcde"));
        let whole = b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nX-A: b\r\nx-a: c\r\n\r\nokmore";
        let answer = read(&mut &whole[..]).unwrap();
        assert_eq!((answer.status, answer.text().as_str()), (404, "ok"));
        assert_eq!(answer.all("x-a").collect::<Vec<_>>(), ["b", "c"]);
        assert!(read(&mut &b"SSH-2.0\r\n"[..]).is_err());
    }

    #[test]
    fn values_are_encoded() {
        assert_eq!(encode("a=b&ề"), "a%3Db%26%E1%BB%81");
    }
}
