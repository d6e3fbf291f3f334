//! One cell in one window: opened, asked everything, and what was seen on the way kept.

use std::collections::BTreeSet;

use anyhow::ensure;
use serde_json::Value;

use super::cells::{Cell, Kind};
use super::engine::{self, Engine};
use super::outcome::{CHECKS, Check, Outcome};
use super::session::Session;

/// The first frame of the service in a host page.
pub const FRAME: &str = "iframe[src*='/k/']";
/// Its element, in a script.
pub const THE_FRAME: &str = "document.querySelector(\"iframe[src*='/k/']\")";

/// A cell in a window.
pub struct Walk<'a> {
    /// The window.
    pub session: &'a Session,
    /// The row.
    pub cell: &'a Cell,
    /// An item with contents, as in its address.
    pub item: &'a str,
    /// Origins that a page may fetch from: the host's and the service's.
    allowed: &'a [String],
    strangers: BTreeSet<String>,
    errors: BTreeSet<String>,
    cookies: BTreeSet<String>,
}

/// Every address that the document has fetched, and its own.
const FETCHED: &str =
    "return [location.href].concat(performance.getEntriesByType('resource').map((one) => one.name))";

impl<'a> Walk<'a> {
    /// Begins with a silent console.
    pub fn begin(
        session: &'a Session,
        cell: &'a Cell,
        item: &'a str,
        allowed: &'a [String],
    ) -> anyhow::Result<Self> {
        session.go("about:blank")?;
        engine::forget(session)?;
        let none = BTreeSet::new;
        Ok(Self {
            session,
            cell,
            item,
            allowed,
            strangers: none(),
            errors: none(),
            cookies: none(),
        })
    }

    /// Asks everything. What is not shown has nothing else.
    pub fn all(&mut self) -> Vec<Outcome> {
        let mut outcomes: Vec<Outcome> = Vec::new();
        for check in CHECKS {
            let gone = matches!(outcomes.first(), Some(Outcome::Fails(_)));
            let outcome = if gone { Outcome::NotAsked } else { self.ask(check) };
            outcomes.push(outcome);
        }
        outcomes
    }

    /// Asks one question.
    fn ask(&mut self, check: Check) -> Outcome {
        if let (Check::Shown, Some(why)) = (check, &self.cell.broken) {
            return Outcome::Fails(why.clone());
        }
        let done = match check {
            Check::Console => return nothing(&self.errors),
            Check::Requests => return nothing(&self.strangers),
            Check::Cookies => return nothing(&self.cookies),
            Check::Print if self.session.engine == Engine::WebKit => return Outcome::NotAsked,
            _ => self.open().and_then(|()| match self.cell.kind {
                Kind::Link => self.link(check),
                Kind::Framed { loader } => self.framed(check, loader),
                Kind::Widget => self.widget(check),
                Kind::Part | Kind::Shadow | Kind::Filled => self.part(check),
                Kind::Whole => self.whole(check),
            }),
        };
        let seen = self.session.leave().and_then(|()| self.observe());
        done.and_then(|holds| seen.map(|()| holds)).into()
    }

    /// Opens the host's page, as from another one: WebKit takes the same address twice for one step of the history.
    pub fn open(&self) -> anyhow::Result<()> {
        if self.session.engine == Engine::WebKit {
            self.session.go("about:blank")?;
        }
        self.session.go(&self.cell.url)
    }

    /// Notes what the page and its frame have fetched, said and kept so far.
    pub fn observe(&mut self) -> anyhow::Result<()> {
        self.look()?;
        if self.session.run(&format!("return {THE_FRAME} !== null"))? == Value::Bool(true) {
            self.session.enter(FRAME)?;
            self.look()?;
            self.session.leave()?;
        }
        Ok(())
    }

    fn look(&mut self) -> anyhow::Result<()> {
        let fetched = self.session.run(FETCHED)?;
        for address in fetched.as_array().into_iter().flatten().filter_map(Value::as_str) {
            let known = self
                .allowed
                .iter()
                .any(|origin| address.starts_with(&format!("{origin}/")));
            if !known && address.starts_with("http") {
                self.strangers.insert(address.to_owned());
            }
        }
        self.errors.extend(engine::errors(self.session)?);
        let cookies = self.session.cookies()?;
        self.cookies.extend(cookies);
        Ok(())
    }

    /// On the page, the words that are printed last of what a script returns.
    pub fn paper(&self, last_words: &str) -> anyhow::Result<bool> {
        let words = self.session.text(last_words)?;
        ensure!(words.chars().count() > 5, "no last words to look for");
        self.session.leave()?;
        let text = super::paper::text(&self.session.print()?)?;
        let squeezed = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
        ensure!(
            squeezed(&text).contains(&squeezed(&words)),
            "«{words}» is not on paper"
        );
        Ok(true)
    }

    /// Whether what is looked at has to be scrolled sideways.
    pub fn no_wider(&self, what: &str) -> anyhow::Result<()> {
        let over = self
            .session
            .number("return document.documentElement.scrollWidth - document.documentElement.clientWidth")?;
        ensure!(over < 2.0, "{what} is {over} pixels too wide");
        Ok(())
    }

    /// At 400 %: the page, and the frame in it.
    pub fn zoomed(&self) -> anyhow::Result<bool> {
        engine::enlarge(self.session)?;
        let done = (|| {
            std::thread::sleep(std::time::Duration::from_millis(300));
            self.no_wider("the page")?;
            if self.session.run(&format!("return {THE_FRAME} !== null"))? == Value::Bool(true) {
                self.session.enter(FRAME)?;
                self.no_wider("the frame")?;
            }
            Ok(true)
        })();
        self.session.leave()?;
        engine::reduce(self.session)?;
        done
    }
}

fn nothing(seen: &BTreeSet<String>) -> Outcome {
    match seen.first() {
        None => Outcome::Holds,
        Some(first) => Outcome::Fails(format!("{first} ({} in all)", seen.len())),
    }
}
