//! What is asked of HTML in the host's own page (also in a shadow tree), of a page that is all the section's, and of a link.

use anyhow::ensure;
use serde_json::Value;

use super::cells::Kind;
use super::framed::LAST_WORDS;
use super::http;
use super::outcome::Check;
use super::walk::Walk;

const TAB: char = '\u{e004}';

impl Walk<'_> {
    /// Where the fragment's elements are, in a script.
    fn root(&self) -> &'static str {
        match self.cell.kind {
            Kind::Shadow => {
                "([...document.querySelectorAll('*')].find((e) => e.shadowRoot) || {}).shadowRoot"
            }
            Kind::Filled => "(document.querySelector('pbgdpl-section') || {}).shadowRoot",
            _ => "document",
        }
    }

    /// Questions to a fragment.
    pub fn part(&self, check: Check) -> anyhow::Result<bool> {
        let (session, root) = (self.session, self.root());
        let section = "section.pbgdpl, .pbgdpl";
        let shows =
            format!("const r = {root}; return r ? r.querySelectorAll(\"a[href*='/bai/']\").length : 0");
        if !matches!(
            check,
            Check::Grow | Check::Shrink | Check::Anchor | Check::DeepLink
        ) {
            session.wait("links to items", &shows)?;
        }
        match check {
            Check::Shown => {
                if self.cell.kind != Kind::Filled {
                    let page = http::get(&self.cell.url)?.text();
                    ensure!(
                        page.contains("class=\"pbgdpl\"") && page.contains("/bai/"),
                        "not in the page's own HTML"
                    );
                }
                let relative = session.number(&format!(
                    "return [...{root}.querySelectorAll('.pbgdpl a')].filter((a) => !/^(https?:|mailto:|tel:|#)/.test(a.getAttribute('href'))).length"
                ))?;
                ensure!(relative < 1.0, "{relative} links are not absolute");
            }
            Check::History => {
                session.run(&format!(
                    "{root}.querySelector(\"a[href*='/bai/']\").click(); return 1"
                ))?;
                session.wait("the item", "return document.querySelector('article h1') !== null && location.pathname.includes('/bai/')")?;
                session.back()?;
                session.wait("links to items again", &shows)?;
            }
            Check::Print => {
                return self.paper(&format!(
                    "const all = [...{root}.querySelectorAll(\".pbgdpl p, .pbgdpl li, .pbgdpl a\")].filter((e) => e.innerText.trim().length > 5);
                     return all.length ? all[all.length - 1].innerText.trim().split(/\\s+/).slice(-6).join(' ') : ''"
                ));
            }
            Check::Zoom => return self.zoomed(),
            Check::Keyboard => {
                session.run("document.getElementById('truoc').focus(); return 1")?;
                session.press(TAB)?;
                let inside = format!(
                    "const r = {root}; const e = r.activeElement; return !!e && e !== document.body && !!e.closest('{section}')"
                );
                ensure!(
                    session.run(&inside)? == Value::Bool(true),
                    "Tab does not lead to the first link"
                );
                self.focus_is_seen(root)?;
                let mut pressed = 0;
                while session.text("return document.activeElement.id")? != "sau" {
                    ensure!(pressed < 80, "the keyboard does not come out");
                    session.press(TAB)?;
                    pressed += 1;
                }
            }
            Check::Names => {
                let told = session.text(&format!(
                    "const s = {root}.querySelector('{section}'); if (!s) return 'no section';
                     const named = s.getAttribute('aria-label') || s.getAttribute('aria-labelledby');
                     if (!named) return 'the section has no name';
                     return s.closest('[lang=vi]') ? '' : 'no language'"
                ))?;
                ensure!(told.is_empty(), "{told}");
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Questions to a page that is all the section's.
    pub fn whole(&self, check: Check) -> anyhow::Result<bool> {
        let session = self.session;
        let links = "main a[href*='bai/']";
        let item = format!("main a[href*='{}']", self.item);
        session.wait(
            "links to items",
            &format!("return document.querySelectorAll(\"{links}\").length"),
        )?;
        match check {
            Check::Shown => {
                let inside: String = self.cell.url.split('/').skip(3).collect::<Vec<_>>().join("/");
                let lost = session.text(&format!(
                    "const bad = [...document.querySelectorAll('main a[href]')].find((a) => a.host === location.host && !a.pathname.startsWith('/{inside}')); return bad ? bad.href : ''"
                ))?;
                ensure!(lost.is_empty(), "{lost} leaves the mount");
            }
            Check::Anchor => {
                session.click(&item)?;
                self.anchor(None)?;
            }
            Check::History => {
                session.click(&item)?;
                session.wait("the item", "return document.querySelector('article h1') !== null")?;
                session.back()?;
                session.wait("the list", &format!("return !location.pathname.includes('/bai/') && document.querySelectorAll(\"{links}\").length"))?;
            }
            Check::DeepLink => {
                session.click(&item)?;
                let title = session.wait(
                    "the item",
                    "const h = document.querySelector('article h1'); return h && h.innerText",
                )?;
                let copied = session.at()?;
                ensure!(copied.starts_with(&self.cell.url), "the item is at {copied}");
                session.go("about:blank")?;
                session.go(&copied)?;
                let again = session.wait(
                    "the item again",
                    "const h = document.querySelector('article h1'); return h && h.innerText",
                )?;
                ensure!(title == again, "{again} instead of {title}");
            }
            Check::Print => {
                session.click(&item)?;
                session.wait("the item", "return document.querySelector('article h1') !== null")?;
                return self.paper(LAST_WORDS);
            }
            Check::Zoom => return self.zoomed(),
            Check::Keyboard => {
                session.press(TAB)?;
                self.focus_is_seen("document")?;
                session.press(TAB)?;
                self.focus_is_seen("document")?;
            }
            Check::Names => self.page_is_named(true)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Questions to a link.
    pub fn link(&self, check: Check) -> anyhow::Result<bool> {
        let session = self.session;
        match check {
            Check::Shown => {
                let page = http::get(&self.cell.url)?.text();
                ensure!(
                    !page.contains("<iframe") && !page.contains("nhung.js"),
                    "a frame or a script is in the page"
                );
                session.find("a[href$='/so-tu-phap/']")?;
            }
            Check::History => {
                session.click("a[href$='/so-tu-phap/']")?;
                session.wait(
                    "the section",
                    "return location.pathname === '/so-tu-phap/' && document.querySelector('h1') !== null",
                )?;
                session.back()?;
                session.find("a[href$='/so-tu-phap/']")?;
            }
            Check::Zoom => return self.zoomed(),
            Check::Keyboard => {
                session.run("document.getElementById('truoc').focus(); return 1")?;
                session.press(TAB)?;
                let at = session.text("return document.activeElement.getAttribute('href') || ''")?;
                ensure!(at.ends_with("/so-tu-phap/"), "Tab leads to {at}");
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}
