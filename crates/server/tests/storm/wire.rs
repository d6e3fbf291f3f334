//! One request over a socket that may break at any moment.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// What became of a request.
pub(crate) enum Answered {
    /// Nobody took it: nothing was done.
    NotTaken,
    /// It was sent, and no whole answer came: nobody knows.
    Broken,
    /// Status, where to, and the page.
    With(u16, String, String),
}

/// A person at the desk.
#[derive(Clone)]
pub(crate) struct Desk {
    pub session: String,
}

impl Desk {
    pub fn get(&self, port: u16, path: &str) -> Answered {
        self.ask(port, "GET", path, "")
    }

    pub fn post(&self, port: u16, path: &str, form: &[(&str, &str)]) -> Answered {
        let mut written = url::form_urlencoded::Serializer::new(String::new());
        self.ask(port, "POST", path, &written.extend_pairs(form).finish())
    }

    fn ask(&self, port: u16, method: &str, path: &str, body: &str) -> Answered {
        let there = SocketAddr::from(([127, 0, 0, 1], port));
        let Ok(mut stream) = TcpStream::connect_timeout(&there, Duration::from_secs(2)) else {
            return Answered::NotTaken;
        };
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: quantri.localhost:{port}\r\nConnection: close\r\nCookie: sid={}\r\n",
            self.session
        );
        if method == "POST" {
            request.push_str(&format!(
                "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                 Content-Length: {}\r\n",
                body.len()
            ));
        }
        let sent = stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .and_then(|()| stream.write_all(format!("{request}\r\n{body}").as_bytes()));
        let mut answer = Vec::new();
        if sent.is_err() || stream.read_to_end(&mut answer).is_err() {
            return Answered::Broken;
        }
        read(&String::from_utf8_lossy(&answer)).unwrap_or(Answered::Broken)
    }
}

fn read(answer: &str) -> Option<Answered> {
    let (head, page) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let location = head.lines().find_map(|line| {
        line.to_ascii_lowercase()
            .starts_with("location:")
            .then(|| line[9..].trim())
    });
    let path = location.map_or("", |to| match to.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => to,
    });
    let path = path.split('?').next().unwrap_or_default();
    Some(Answered::With(status, path.to_owned(), page.to_owned()))
}
