//! What is asked of a frame: around the whole section, and around a part of it.

use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

use super::engine::Engine;
use super::http;
use super::outcome::Check;
use super::walk::{FRAME, THE_FRAME, Walk};

/// A page of the section that is short: a search that finds nothing.
const SHORT: &str =
    "location.assign(location.pathname.split('/').slice(0, 3).join('/') + '/tim-kiem?q=khongcogi'); return 1";
/// The last words of an item that are printed.
pub const LAST_WORDS: &str =
    "const all = [...document.querySelectorAll('.text p, .text li, .leaflet p, .leaflet li, .origin dd')]
    .filter((e) => e.innerText.trim().length > 5);
    return all.length ? all[all.length - 1].innerText.trim().split(/\\s+/).slice(-6).join(' ') : ''";
/// Where the heading that the address names stands in the window.
const HEADING_TOP: &str =
    "const t = location.hash && document.querySelector(decodeURIComponent(location.hash));
    return t ? t.getBoundingClientRect().top : -9999";
/// How much is left to scroll down.
const REST: &str = "return document.documentElement.scrollHeight - innerHeight - scrollY";
const TAB: char = '\u{e004}';

impl Walk<'_> {
    /// Questions to a frame around the whole section.
    pub fn framed(&self, check: Check, loader: bool) -> anyhow::Result<bool> {
        let grows = matches!(
            check,
            Check::Grow | Check::Shrink | Check::DeepLink | Check::Print
        );
        if grows && !loader {
            return Ok(false);
        }
        let session = self.session;
        let list = self.heading()?;
        match check {
            Check::Shown => self.frame_shows("main a[href*='/bai/']")?,
            Check::Grow => {
                let before = self.fits()?;
                self.to_item()?;
                let after = self.fits()?;
                ensure!(
                    (after - before).abs() > 20.0,
                    "list and item are both {after} high"
                );
            }
            Check::Shrink => {
                self.to_item()?;
                let before = self.fits()?;
                session.enter(FRAME)?;
                session.run(SHORT)?;
                session.leave()?;
                let end = Instant::now() + Duration::from_secs(8);
                while self.fits()? >= before - 20.0 {
                    ensure!(Instant::now() < end, "still {before} high");
                }
            }
            Check::Anchor => {
                self.to_item()?;
                if loader {
                    self.fits()?;
                }
                self.anchor(Some(loader))?;
            }
            Check::History => {
                // WebKit makes no step of what happens in the first moments of a page.
                std::thread::sleep(Duration::from_secs(1));
                self.to_item()?;
                std::thread::sleep(Duration::from_secs(1));
                session.back()?;
                self.heading_becomes(&list)?;
                let host = session.text("return document.querySelector('h1').innerText")?;
                ensure!(
                    !host.is_empty() && !session.at()?.contains("pbgdpl="),
                    "the host's page is at {}",
                    session.at()?
                );
            }
            Check::DeepLink => {
                let title = self.to_item()?;
                session.wait(
                    "the address names the item",
                    "return location.search.includes('pbgdpl=bai')",
                )?;
                let copied = session.at()?;
                session.go("about:blank")?;
                session.go(&copied)?;
                self.heading_becomes(&title)?;
            }
            Check::Print => {
                self.to_item()?;
                self.fits()?;
                session.enter(FRAME)?;
                return self.paper(LAST_WORDS);
            }
            Check::Zoom => return self.zoomed(),
            Check::Keyboard => self.through_the_frame()?,
            Check::Names => self.frame_is_named()?,
            Check::Console | Check::Requests | Check::Cookies => return Ok(false),
        }
        Ok(true)
    }

    /// Questions to a frame around a part.
    pub fn widget(&self, check: Check) -> anyhow::Result<bool> {
        match check {
            Check::Shown => self.frame_shows("main, form, article")?,
            Check::Grow => {
                self.fits()?;
            }
            Check::Zoom => return self.zoomed(),
            Check::Keyboard => self.through_the_frame()?,
            Check::Names => self.frame_is_named()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn frame_shows(&self, css: &str) -> anyhow::Result<()> {
        self.session.enter(FRAME)?;
        self.session.wait(
            "something of ours",
            &format!("return document.querySelector(\"{css}\") !== null"),
        )?;
        self.session.leave()?;
        let address = self.session.text(&format!("return {THE_FRAME}.src"))?;
        let status = http::get(&address)?.status;
        // An item without its words is sent on to its whole address.
        ensure!(status == 200 || status == 301, "{address}: {status}");
        let height = self.session.number(&format!("return {THE_FRAME}.clientHeight"))?;
        ensure!(height > 60.0, "the frame is {height} high");
        Ok(())
    }

    /// The heading in the frame.
    fn heading(&self) -> anyhow::Result<String> {
        let script = "const h = document.querySelector('h1'); return h && h.innerText";
        let heading = self.session.wait_in(FRAME, "a heading in the frame", script)?;
        Ok(heading.as_str().unwrap_or_default().to_owned())
    }

    fn heading_becomes(&self, words: &str) -> anyhow::Result<()> {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            let heading = self.heading()?;
            if heading == words {
                return Ok(());
            }
            if Instant::now() > end {
                bail!("the frame shows «{heading}» instead of «{words}»");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// From the list to the item with contents, by its link; returns its title.
    fn to_item(&self) -> anyhow::Result<String> {
        self.session.enter(FRAME)?;
        self.session.click(&format!("main a[href*='{}']", self.item))?;
        let script = "const h = document.querySelector('article h1'); return h && h.innerText";
        let title = self.session.wait_in(FRAME, "the item", script)?;
        Ok(title.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the frame is as high as what is in it; returns the height.
    fn fits(&self) -> anyhow::Result<f64> {
        let end = Instant::now() + Duration::from_secs(8);
        let height = "return document.documentElement.getBoundingClientRect().height";
        loop {
            let inside = self
                .session
                .wait_in(FRAME, "a height", height)?
                .as_f64()
                .context("no height");
            let outside = self.session.number(&format!("return {THE_FRAME}.clientHeight"))?;
            let inside = inside?;
            if (inside - outside).abs() < 2.0 {
                return Ok(outside);
            }
            ensure!(Instant::now() < end, "{inside} high inside a frame of {outside}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Clicks the second line of an item's contents: its heading comes to the top of the window, or the page ends. In a frame
    /// (`Some`) that has its own height, the window that counts is the host's; else the frame scrolls by itself.
    pub fn anchor(&self, in_frame: Option<bool>) -> anyhow::Result<()> {
        let session = self.session;
        if in_frame.is_some() {
            session.enter(FRAME)?;
        }
        // A page that is still growing moves away from under the pointer: whoever missed presses again.
        let moved = "return location.hash.length > 1";
        for _ in 0..3 {
            session.click(".toc li:nth-child(2) a")?;
            std::thread::sleep(Duration::from_millis(800));
            if session.run(moved)? == true {
                break;
            }
        }
        session.wait("the anchor in the address", moved)?;
        let end = Instant::now() + Duration::from_secs(5);
        loop {
            let mut top = session.number(HEADING_TOP)?;
            if in_frame == Some(true) {
                session.leave()?;
                top += session.number(&format!("return {THE_FRAME}.getBoundingClientRect().top"))?;
            }
            let room = session.number("return innerHeight")?;
            let ends = session.number(REST)? < 3.0;
            if top > -3.0 && (top < 200.0 || (ends && top < room)) {
                return Ok(());
            }
            ensure!(Instant::now() < end, "the heading stands at {top} of {room}");
            std::thread::sleep(Duration::from_millis(100));
            if in_frame == Some(true) {
                session.enter(FRAME)?;
            }
        }
    }

    /// Tab goes from before the frame into it, is seen there, goes through and out behind it.
    fn through_the_frame(&self) -> anyhow::Result<()> {
        let session = self.session;
        session.enter(FRAME)?;
        session.wait(
            "something to reach",
            "return document.querySelector('a[href], input, button') !== null",
        )?;
        let stops = session.number("return [...document.querySelectorAll('a[href], button, input, select, summary')].filter((e) => e.offsetParent).length")?;
        session.leave()?;
        session.run("document.getElementById('truoc').focus(); return 1")?;
        session.press(TAB)?;
        let at = "return document.activeElement.id || document.activeElement.tagName";
        let first = session.text(at)?;
        ensure!(first == "IFRAME", "after Tab the focus is at {first}");
        session.enter(FRAME)?;
        self.focus_is_seen("document")?;
        session.leave()?;
        let mut pressed = 0.0;
        while session.text(at)? == "IFRAME" {
            ensure!(pressed <= stops + 3.0, "the keyboard is caught in the frame");
            // A key of geckodriver goes to the document that is looked at, not to where the focus is.
            if session.engine == Engine::Chromium {
                session.press(TAB)?;
            } else {
                session.enter(FRAME)?;
                session.press(TAB)?;
                session.leave()?;
            }
            pressed += 1.0;
        }
        let after = session.run(&format!(
            "const after = document.activeElement;
             return after !== document.body && !!({THE_FRAME}.compareDocumentPosition(after) & Node.DOCUMENT_POSITION_FOLLOWING)"
        ))?;
        ensure!(
            after == true,
            "behind the frame the focus is at {}",
            session.text(at)?
        );
        Ok(())
    }

    /// What has the focus is no mere body, and an outline or a shadow shows it.
    pub fn focus_is_seen(&self, root: &str) -> anyhow::Result<()> {
        let seen = self.session.text(&format!(
            "const e = {root}.activeElement; if (!e || e === document.body) return 'nothing has the focus';
             const s = getComputedStyle(e);
             const outlined = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0;
             return outlined || s.boxShadow !== 'none' ? 'seen' : 'the focus on ' + e.tagName + ' is not seen'"
        ))?;
        ensure!(seen == "seen", "{seen}");
        Ok(())
    }

    fn frame_is_named(&self) -> anyhow::Result<()> {
        let (name, _) = self.session.name_and_role(FRAME)?;
        ensure!(name.chars().count() > 5, "the frame is called «{name}»");
        self.session.enter(FRAME)?;
        self.session
            .wait("a main part", "return document.querySelector('main') !== null")?;
        self.page_is_named(self.session.engine != Engine::Chromium)
    }

    /// A document says its language and has one main part, one heading of the first order and a title.
    /// Chromium's driver computes no roles in a frame of another site.
    pub fn page_is_named(&self, roles: bool) -> anyhow::Result<()> {
        if roles {
            let (_, role) = self.session.name_and_role("main")?;
            ensure!(role == "main", "the main part is a {role}");
        }
        let told = self.session.text(
            "const count = (css) => document.querySelectorAll(css).length;
             if (document.documentElement.lang !== 'vi') return 'language: ' + document.documentElement.lang;
             if (count('main') !== 1) return count('main') + ' main parts';
             if (count('h1') !== 1) return count('h1') + ' first headings';
             return document.title ? '' : 'no title'",
        )?;
        ensure!(told.is_empty(), "{told}");
        Ok(())
    }
}
