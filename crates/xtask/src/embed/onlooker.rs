//! A reader on a telephone in front of a host page whose section comes through the edge: what Chromium really shows of it.

use std::path::Path;

use anyhow::ensure;

use super::driver::Driver;
use super::engine::Engine;
use super::session::Session;
use super::walk::{FRAME, THE_FRAME};

/// How wide the telephone is, in CSS pixels.
const WIDTH: u32 = 390;

/// Opens a host page with a new browser and reads the section in it: items, and the notice of an older copy or none.
pub fn sees(home: &Path, page: &str, older: bool) -> anyhow::Result<()> {
    let driver = Driver::start(Engine::Chromium, &home.join("onlooker"))?;
    let session = Session::open(&driver.url, Engine::Chromium, WIDTH)?;
    session.go(page)?;
    let framed = session.run(&format!(
        "return {THE_FRAME} !== null || !!document.querySelector('pbgdpl-section:not([manh])')"
    ))?;
    let text = "return r && r.querySelector(\"a[href*='/bai/']\") ? (r.body || r.querySelector('.pbgdpl')).innerText : ''";
    let text = if framed == true {
        let told = session.wait_in(
            FRAME,
            "items in the frame",
            &format!("const r = document; {text}"),
        )?;
        // The loader came too: the frame has the height of what is in it.
        session.wait("the frame's height", &format!("return {THE_FRAME}.style.height"))?;
        told
    } else {
        session.wait(
            "items in the element",
            &format!("const r = (document.querySelector('pbgdpl-section') || {{}}).shadowRoot; {text}"),
        )?
    };
    let text = text.as_str().unwrap_or_default();
    let says = text.contains("Nội dung lưu lúc");
    ensure!(
        says == older,
        "{}",
        if older {
            "no time is shown"
        } else {
            "a time is shown"
        }
    );
    ensure!(
        !older || text.contains("đang chờ bản mới"),
        "it does not say that a newer one is awaited"
    );
    Ok(())
}
