//! Pages that show something while nobody answers: host pages with copies of their own, and whatever goes through the operator's edge.

use std::process::Command;

use anyhow::{Context, ensure};

use super::cells::{AGENCY, Kind, World};
use super::http::{self, Answer};

/// What a copy says of itself.
const NOTICE: &str = "Nội dung lưu lúc";
/// How old the copy may be that is shown soon after the service stopped, in seconds.
const YOUNG: i64 = 900;
/// Hosts whose copies can be made older than they are.
const AGED: [&str; 3] = ["nginx SSI", "nginx proxy", "PHP"];

/// What is promised of a page while nobody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Promise {
    /// Items, with the time of the copy.
    Timed,
    /// Items: files have no service to wait for.
    Items,
    /// The same bytes as ever: a script, a style.
    File,
}

/// One page, and how it is asked for.
pub struct Kept {
    /// What it is, for the table.
    pub what: String,
    url: String,
    headers: Vec<(&'static str, String)>,
    promise: Promise,
    /// What its answers must say besides, in a header of this name.
    header: Option<(&'static str, String)>,
    /// Whether the section shows there: what rests, rests there too.
    pub section: bool,
    /// Whether its host's copies are aged (`Hosts::age`).
    pub ages: bool,
}

impl Kept {
    fn new(what: impl Into<String>, url: impl Into<String>, promise: Promise) -> Self {
        Self {
            what: what.into(),
            url: url.into(),
            headers: Vec::new(),
            promise,
            header: None,
            section: promise == Promise::Timed,
            ages: false,
        }
    }

    /// On this kind of host.
    fn on(mut self, host: &str) -> Self {
        self.ages = AGED.contains(&host);
        self
    }

    /// Asked for with these headers.
    fn with(mut self, headers: &[(&'static str, &str)]) -> Self {
        self.headers = headers
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        self
    }

    /// Answered with a header (its name in lower case) that holds these words.
    fn told(mut self, name: &'static str, words: &str) -> Self {
        self.header = Some((name, words.to_owned()));
        self
    }

    fn ask(&self) -> anyhow::Result<Answer> {
        let headers: Vec<(&str, &str)> = self
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        http::send("GET", &self.url, &headers, "")
    }

    fn shown(&self) -> anyhow::Result<String> {
        let page = self.ask()?;
        ensure!(page.status == 200, "status {}", page.status);
        if let Some((name, words)) = &self.header {
            let said = page.header(name).unwrap_or_default();
            ensure!(said.contains(words), "{name} says «{said}», not {words}");
        }
        let text = page.text();
        if self.promise == Promise::File {
            ensure!(!text.is_empty(), "nothing came");
        } else {
            items(&text)?;
        }
        Ok(text)
    }

    /// While the service answers: what there is, and no word of an older copy.
    pub fn fresh(&self) -> anyhow::Result<()> {
        let text = self.shown()?;
        ensure!(!text.contains(NOTICE), "it says that it is an older copy");
        Ok(())
    }

    /// While nobody answers: the same, and of when it is where that is promised.
    pub fn stale(&self) -> anyhow::Result<()> {
        let text = self.shown()?;
        if self.promise == Promise::Timed {
            timed(&text)?;
        }
        Ok(())
    }

    /// While nobody answers and the copies are older than a day: nothing of them.
    pub fn aged(&self) -> anyhow::Result<()> {
        let text = self.ask()?.text();
        ensure!(items(&text).is_err(), "items are shown");
        ensure!(!text.contains(NOTICE), "an older copy is shown");
        Ok(())
    }

    /// While the section rests: that it does, and nothing from a copy.
    pub fn rests(&self) -> anyhow::Result<()> {
        let text = self.ask()?.text();
        ensure!(items(&text).is_err(), "items are shown");
        ensure!(!text.contains(NOTICE), "an older copy is shown");
        ensure!(
            text.contains("tạm ngừng") || text.contains("tạm dừng"),
            "it does not say why nothing is shown"
        );
        Ok(())
    }
}

/// Everything that keeps.
pub fn all(world: &World) -> anyhow::Result<Vec<Kept>> {
    let mut pages = on_hosts(world);
    pages.extend(through_the_edge(world)?);
    Ok(pages)
}

/// Host pages with HTML of the section, and the mount.
fn on_hosts(world: &World) -> Vec<Kept> {
    let mut pages = Vec::new();
    for cell in &world.cells {
        let what = format!("{}, {}", cell.rung, cell.host);
        match cell.kind {
            Kind::Whole if cell.rung == "static pack" => {
                pages.push(Kept::new(what, &cell.url, Promise::Items));
            }
            Kind::Whole => {
                let item = format!("{}bai/{}", cell.url, world.item);
                let item = Kept::new(format!("{what}, an item"), item, Promise::Timed);
                pages.push(item.on(cell.host));
                pages.push(Kept::new(what, &cell.url, Promise::Timed).on(cell.host));
            }
            Kind::Part | Kind::Shadow => {
                pages.push(Kept::new(what, &cell.url, Promise::Timed).on(cell.host));
            }
            // Frames and what the loader fills come from the service itself: their copies are the edge's.
            Kind::Link | Kind::Framed { .. } | Kind::Widget | Kind::Filled => {}
        }
    }
    pages
}

/// What browsers fetch for a link, an own name, a frame, the loader and the element, from the edge.
fn through_the_edge(world: &World) -> anyhow::Result<Vec<Kept>> {
    let (edge, host) = (&world.edge, &world.hosts.nginx);
    let mount = format!("{}/k/{}", edge.embed, world.site.key);
    let referer = format!("{host}/");
    let frame = |what: &str, path: &str| {
        Kept::new(
            format!("{what}, through the edge"),
            format!("{mount}/{path}"),
            Promise::Timed,
        )
        .with(&[("sec-fetch-dest", "iframe"), ("referer", &referer)])
        .told("content-security-policy", host)
    };
    let section = http::send(
        "GET",
        &format!("{mount}/"),
        &[("sec-fetch-dest", "iframe"), ("referer", &referer)],
        "",
    )?;
    let section = section.text();
    let style = section
        .split("rel=\"stylesheet\" href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .context("the frame has no style sheet")?;
    Ok(vec![
        frame("frame", ""),
        frame("frame of an item", &format!("bai/{}", world.item)),
        frame("frame of a list", "o/danh-sach?so=5"),
        Kept::new(
            "element with a fragment, through the edge",
            format!("{mount}/manh?kieu=bong&so=5"),
            Promise::Timed,
        )
        .with(&[("origin", host)])
        .told("access-control-allow-origin", host),
        Kept::new(
            "the loader's script, through the edge",
            format!("{}/nhung.js", edge.embed),
            Promise::File,
        ),
        Kept::new(
            "the frame's style, through the edge",
            format!("{}{style}", edge.embed),
            Promise::File,
        ),
        Kept::new(
            "link, through the edge",
            format!("{}/{AGENCY}/", edge.public),
            Promise::Timed,
        ),
        Kept::new(
            "own name, through the edge",
            format!("{}/", edge.own),
            Promise::Timed,
        ),
        Kept::new(
            "own name, an item, through the edge",
            format!("{}/bai/{}", edge.own, world.item),
            Promise::Timed,
        ),
    ])
}

/// A page that shows something of the section.
pub fn items(page: &str) -> anyhow::Result<()> {
    ensure!(page.contains("bai/"), "no link to an item");
    Ok(())
}

/// A page that says of when it is, and says it right: Vietnam's time of some minutes ago.
pub fn timed(page: &str) -> anyhow::Result<()> {
    let (_, rest) = page.split_once(NOTICE).context("it does not say of when it is")?;
    let said = rest
        .split_once("datetime=\"")
        .and_then(|(_, rest)| rest.split('"').next())
        .context("the time is none for machines")?;
    ensure!(said.ends_with("+07:00"), "{said} is not the time of Vietnam");
    let age = seconds("now")? - seconds(said)?;
    ensure!((0..YOUNG).contains(&age), "{said} was {age} seconds ago");
    Ok(())
}

/// A point in time as seconds, by the machine's own `date`.
fn seconds(text: &str) -> anyhow::Result<i64> {
    let done = Command::new("date").args(["-d", text, "+%s"]).output()?;
    let said = String::from_utf8_lossy(&done.stdout);
    said.trim()
        .parse()
        .with_context(|| format!("«{text}» is no time"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_says_its_time_in_vietnam() {
        let page = |time: &str| format!("<p>{NOTICE} <time datetime=\"{time}\">x</time></p>");
        let now = Command::new("date")
            .env("TZ", "Asia/Ho_Chi_Minh")
            .args(["-d", "-2 minutes", "+%FT%H:%M+07:00"])
            .output()
            .unwrap();
        let now = String::from_utf8(now.stdout).unwrap();
        timed(&page(now.trim())).unwrap();
        for wrong in ["2020-01-01T00:00+07:00", "2020-01-01T00:00Z", "x+07:00"] {
            timed(&page(wrong)).unwrap_err();
        }
        timed("<p>Nội dung của cơ quan, tính đến ngày <time>27/11/2026</time></p>").unwrap_err();
    }
}
