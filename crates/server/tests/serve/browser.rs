//! A browser by hand: one host name on this machine, its cookies, and pages as text.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What came back.
pub(crate) struct Page {
    pub status: u16,
    head: String,
    pub text: String,
}

impl Page {
    /// Where a redirect leads, without its origin.
    pub fn location(&self) -> String {
        let to = self.header("location").unwrap_or_default();
        match to.split_once("://") {
            Some((_, rest)) => rest[rest.find('/').unwrap_or(rest.len())..].to_owned(),
            None => to,
        }
    }

    fn header(&self, wanted: &str) -> Option<String> {
        self.headers(wanted).next()
    }

    fn headers<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = String> + 'a {
        self.head.lines().filter_map(move |line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case(wanted).then(|| value.trim().to_owned())
        })
    }
}

/// One person at one of our hosts.
pub(crate) struct Browser {
    host: String,
    port: u16,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub fn at(host: &str, port: u16) -> Self {
        Self {
            host: host.to_owned(),
            port,
            cookies: BTreeMap::new(),
        }
    }

    pub fn get(&mut self, path: &str) -> Page {
        self.ask("GET", path, "")
    }

    /// Sends a form, and expects to be led on; returns where to.
    pub fn done(&mut self, path: &str, form: &[(&str, &str)]) -> String {
        let mut written = url::form_urlencoded::Serializer::new(String::new());
        let body = written.extend_pairs(form).finish();
        let page = self.ask("POST", path, &body);
        assert_eq!(page.status, 303, "{path}: {}", page.text);
        page.location()
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Page {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let cookies: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\n",
            self.host, self.port
        );
        if !cookies.is_empty() {
            head.push_str(&format!("Cookie: {}\r\n", cookies.join("; ")));
        }
        if method == "POST" {
            head.push_str(&format!(
                "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                 Content-Length: {}\r\n",
                body.len()
            ));
        }
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, text) = answer.split_once("\r\n\r\n").expect("an answer");
        let page = Page {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head: head.to_owned(),
            text: text.to_owned(),
        };
        for cookie in page.headers("set-cookie") {
            let pair = cookie.split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        page
    }
}
