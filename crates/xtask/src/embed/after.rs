//! What was pasted stays as it is while everything behind it changes: nobody answers, the section rests, is closed, gets another key,
//! another name, another address.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use super::aged;
use super::cells::{AGENCY, World};
use super::cron;
use super::desk::{Desk, plain};
use super::hosts::PLANTED;
use super::http::{self, Answer};
use super::kept::{self, Kept, items};
use super::onlooker;
use super::outcome::Outcome;

/// Longer than every copy is fresh: 60 seconds in the plugin and the PHP recipe, 30 and 30 more in nginx.
const STALE: Duration = Duration::from_secs(65);
/// How long the plugin and the PHP recipe leave a service alone that failed, and some seconds.
const PAUSED: Duration = Duration::from_secs(40);
/// An act is seen everywhere within two seconds (DESIGN 7).
const SEEN: Duration = Duration::from_millis(2500);

/// What was asked, and what came out.
struct Notes(Vec<(String, Outcome)>);

impl Notes {
    fn add(&mut self, what: &str, outcome: anyhow::Result<()>) {
        let outcome: Outcome = outcome.map(|()| true).into();
        println!("{} {what}", outcome.mark());
        if let Outcome::Fails(why) = &outcome {
            println!("    {why}");
        }
        self.0.push((what.to_owned(), outcome));
    }
}

/// Changes the section in every way and says what the pasted snippet showed. `home`: where files and profiles may lie.
pub fn changes(world: &mut World, home: &Path) -> anyhow::Result<Vec<(String, Outcome)>> {
    let mut notes = Notes(Vec::new());
    let pages = kept::all(world)?;
    away(world, home, &pages, &mut notes)?;
    // The matrix takes longer than a second factor counts.
    let province = world.demo.sign_in("province-admin", None)?;
    world.desk = world.demo.sign_in("agency-admin", Some(AGENCY))?;
    rests(world, &province, &pages, &mut notes);
    notes.add("site closed: the frame says so", closed(world, &world.desk, "/"));
    notes.add(
        "site closed: the fragment says so, for includes to show",
        closed(world, &world.desk, "/manh?so=5"),
    );
    notes.add(
        "key rotated: the frame that was pasted shows items",
        rotated(world, &world.desk),
    );
    notes.add(
        "the agency's site moved to another domain: the frame names it until it is listed, then shows items there and no more at the old one",
        site_moved(world, &world.desk),
    );
    notes.add(
        "agency renamed: the frame and the mount bear the new name",
        renamed(world),
    );
    notes.add(
        "the section's address changed: link, frame and mount that were pasted show items",
        address_changed(world),
    );
    Ok(notes.0)
}

/// Stops the service, looks at everything that keeps copies, and gives the section another own name before it is served again.
fn away(world: &mut World, home: &Path, pages: &[Kept], notes: &mut Notes) -> anyhow::Result<()> {
    let file = home.join("manh.inc");
    let (embed, key) = (world.demo.origin("embed")?, world.site.key.clone());
    let by_cron = |new: bool, check: fn(&str) -> anyhow::Result<()>| {
        ensure!(
            cron::fragment(&embed, &key, &file)? == new,
            "whether there is something new is told wrong"
        );
        check(&std::fs::read_to_string(&file)?)
    };
    for page in pages {
        notes.add(&format!("before: {} shows items", page.what), page.fresh());
    }
    notes.add("before: a fragment as a file shows items", by_cron(true, fresh));
    for (what, page) in &world.edge_pages {
        notes.add(
            &format!("before: {what}, through the edge, in Chromium"),
            onlooker::sees(home, page, false),
        );
    }
    std::thread::sleep(STALE);
    world.demo.stop();
    for page in pages {
        notes.add(
            &format!("service stopped: {} still shows it", page.what),
            page.stale(),
        );
    }
    notes.add(
        "service stopped: a fragment as a file still shows it",
        by_cron(false, stale),
    );
    for (what, page) in &world.edge_pages {
        notes.add(
            &format!("service stopped: {what}, through the edge, in Chromium, still shows it"),
            onlooker::sees(home, page, true),
        );
    }
    too_old(world, home, pages, notes)?;
    let none = cron::fragment(&embed, &key, &file);
    notes.add(
        "service stopped for more than a day: a fragment as a file is taken away",
        none.and_then(|new| {
            ensure!(!new && !file.exists(), "the file is still there");
            Ok(())
        }),
    );
    let moved = world.demo.enter_own_name(AGENCY)?;
    world.demo.serve()?;
    for page in pages {
        notes.add(
            &format!("service back: {} shows items and no time", page.what),
            within(PAUSED, || page.fresh()),
        );
    }
    notes.add(
        "service back: a fragment as a file shows items and no time",
        by_cron(true, fresh),
    );
    for (what, page) in &world.edge_pages {
        notes.add(
            &format!("service back: {what}, through the edge, in Chromium"),
            onlooker::sees(home, page, false),
        );
    }
    notes.add(
        "the section's own name moved: the old name, the new one and the frame that was pasted show items",
        name_moved(world, &moved),
    );
    Ok(())
}

/// Makes copies older than a day, the service still stopped, and looks whether they are shown.
fn too_old(world: &World, home: &Path, pages: &[Kept], notes: &mut Notes) -> anyhow::Result<()> {
    world.hosts.age()?;
    ensure!(
        aged::files(home, "goc")? == 1,
        "no copy of the fragment as a file"
    );
    for page in pages.iter().filter(|page| page.ages) {
        notes.add(
            &format!("service stopped for more than a day: {} shows no copy", page.what),
            page.aged(),
        );
    }
    notes.add(
        "a copy that somebody put into the folder of the PHP recipe is not shown",
        planted(world),
    );
    Ok(())
}

fn planted(world: &World) -> anyhow::Result<()> {
    let page = http::get(&world.hosts.plant()?)?.text();
    ensure!(!page.contains(PLANTED), "it is shown");
    ensure!(
        page.contains("pbgdpl-vang"),
        "it does not say that nothing could be loaded"
    );
    Ok(())
}

fn fresh(text: &str) -> anyhow::Result<()> {
    items(text)?;
    ensure!(kept::timed(text).is_err(), "it says that it is an older copy");
    Ok(())
}

fn stale(text: &str) -> anyhow::Result<()> {
    items(text)?;
    kept::timed(text)
}

/// Asks until it holds, at most for so long.
fn within(patience: Duration, ask: impl Fn() -> anyhow::Result<()>) -> anyhow::Result<()> {
    let end = Instant::now() + patience;
    loop {
        match ask() {
            Err(_) if Instant::now() < end => std::thread::sleep(Duration::from_secs(1)),
            done => return done,
        }
    }
}

/// The province lets the section rest: nothing of it is shown, from no copy either.
fn rests(world: &World, province: &Desk, pages: &[Kept], notes: &mut Notes) {
    let page = format!("/tinh/co-quan/{AGENCY}");
    let stopped = province.post(
        &format!("{page}/tam-dung"),
        &[("cach-dung", "hidden"), ("ly-do", "Thử")],
    );
    let stopped = stopped.map(|_| std::thread::sleep(SEEN));
    let failed = stopped.is_err();
    notes.add("section suspended", stopped);
    if failed {
        return;
    }
    for (what, path) in [
        ("the frame says so", "/"),
        ("the fragment says so, for includes to show", "/manh?so=5"),
    ] {
        let told = framed(world, path).and_then(|told| says(&told, path, &["tạm"]));
        notes.add(&format!("section suspended: {what}"), told);
    }
    std::thread::sleep(STALE);
    for page in pages.iter().filter(|page| page.section) {
        notes.add(
            &format!("section suspended: {} says so, no copy is shown", page.what),
            page.rests(),
        );
    }
    let open = province.post(&format!("{page}/mo-lai"), &[]).and_then(|_| {
        std::thread::sleep(SEEN);
        items(&framed(world, "/")?.text())
    });
    notes.add("section open again: the frame shows items", open);
}

/// The section as the pasted frame, or an include, asks for it.
fn framed(world: &World, path: &str) -> anyhow::Result<Answer> {
    framed_at(world, path, &world.hosts.nginx)
}

/// The same on a page of this origin.
fn framed_at(world: &World, path: &str, host: &str) -> anyhow::Result<Answer> {
    let url = format!("{}/k/{}{path}", world.demo.origin("embed")?, world.site.key);
    let referer = format!("{host}/");
    if path == "/" {
        http::send(
            "GET",
            &url,
            &[("sec-fetch-dest", "iframe"), ("referer", &referer)],
            "",
        )
    } else {
        http::get(&url)
    }
}

/// The origins of the hosts, one a line.
fn origins(world: &World) -> String {
    [&world.hosts.nginx, &world.hosts.php, &world.wordpress.origin]
        .map(String::as_str)
        .join("\n")
}

fn set(world: &World, agency: &Desk, origins: &str, open: &str) -> anyhow::Result<()> {
    agency.post(
        &world.site.page,
        &[("site", "Cổng thông tin"), ("origins", origins), ("open", open)],
    )?;
    std::thread::sleep(SEEN);
    Ok(())
}

fn closed(world: &World, agency: &Desk, path: &str) -> anyhow::Result<()> {
    set(world, agency, &origins(world), "0")?;
    let told = framed(world, path);
    set(world, agency, &origins(world), "1")?;
    says(&told?, path, &["ngừng", "đã tắt"])
}

/// A notice instead of items: 200 for an include, which shows nothing else.
fn says(page: &Answer, path: &str, words: &[&str]) -> anyhow::Result<()> {
    let text = page.text();
    ensure!(path == "/" || page.status == 200, "status {}", page.status);
    ensure!(items(&text).is_err(), "items are shown");
    let lower = text.to_lowercase();
    ensure!(
        words.iter().any(|word| lower.contains(word)),
        "status {}, and none of {words:?} is said",
        page.status
    );
    Ok(())
}

/// The desk's page of a site has a form that gives it another key.
fn rotated(world: &World, agency: &Desk) -> anyhow::Result<()> {
    let page = agency.read(&world.site.page)?;
    let start = format!("action=\"{}/", world.site.page);
    let forms = page
        .split(&start)
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let form = forms
        .into_iter()
        .find(|name| name.contains("ma") || name.contains("khoa"));
    let form = form.context("the desk offers no other key")?;
    agency.post(&format!("{}/{form}", world.site.page), &[("overlap", "90")])?;
    std::thread::sleep(SEEN);
    let new = agency.site(&world.site.page)?;
    ensure!(new.key != world.site.key, "the key is the same");
    items(&framed(world, "/")?.text())
}

/// Where the agency's site is now.
const NEW_DOMAIN: &str = "https://coquan-moi.example.vn";

/// The agency's site is called otherwise; its pages, with what was pasted, are the same. Whoever runs it enters the new origin at the desk.
fn site_moved(world: &World, agency: &Desk) -> anyhow::Result<()> {
    let refused = |host: &str| -> anyhow::Result<()> {
        let page = framed_at(world, "/", host)?;
        ensure!(page.status == 403, "{host}: status {}", page.status);
        let text = plain(&page.text());
        ensure!(items(&text).is_err(), "items are shown at {host}");
        ensure!(text.contains(host), "{host} is not named");
        Ok(())
    };
    refused(NEW_DOMAIN).context("before it is listed")?;
    set(world, agency, NEW_DOMAIN, "1")?;
    let moved = framed_at(world, "/", NEW_DOMAIN);
    let left = refused(&world.hosts.nginx).context("at the old domain");
    set(world, agency, &origins(world), "1")?;
    let moved = moved?;
    items(&moved.text()).context("at the new domain")?;
    let policy = moved.header("content-security-policy").unwrap_or_default();
    ensure!(
        policy.contains(NEW_DOMAIN),
        "its policy lets no page of {NEW_DOMAIN} frame it: {policy}"
    );
    left
}

/// The section has another name of its own; the one before leads there still, and a key knows no names.
fn name_moved(world: &World, new: &str) -> anyhow::Result<()> {
    let old = world.demo.own_name();
    ensure!(old != new, "the name is the same");
    for name in [old, new] {
        let page = http::send(
            "GET",
            &format!("http://{}/", world.demo.node()),
            &[("host", name)],
            "",
        )?;
        ensure!(page.status == 200, "{name}: status {}", page.status);
        items(&page.text()).with_context(|| name.to_owned())?;
    }
    items(&framed(world, "/")?.text()).context("the frame")
}

const NEW_NAME: &str = "Sở Tư pháp và Hộ tịch";

/// By the folder of the province, as its operator does it: a name until a day, another from the next.
fn renamed(world: &World) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().to_str().context("the folder's name")?;
    world.demo.command_line(&["tenants", "export", path])?;
    let file = folder.path().join(format!("agencies/{AGENCY}.toml"));
    let text = std::fs::read_to_string(&file)?;
    let (before, name) = text.split_once("[[name]]").context("no name")?;
    let (name, rest) = name.split_once("\n\n").unwrap_or((name, ""));
    let text = format!(
        "{before}[[name]]{name}\nvalid_to = \"2019-12-31\"\n\n[[name]]\nofficial = \"{NEW_NAME} tỉnh Kon Tum\"\n\
         short = \"{NEW_NAME}\"\nvalid_from = \"2020-01-01\"\n\n{rest}"
    );
    std::fs::write(&file, text)?;
    world.demo.command_line(&["tenants", "apply", path])?;
    std::thread::sleep(SEEN);
    ensure!(
        framed(world, "/")?.text().contains(NEW_NAME),
        "the frame bears the old name"
    );
    ensure!(
        mounted(world)?.text().contains(NEW_NAME),
        "the mount bears the old name"
    );
    Ok(())
}

/// The section as a mount asks for it that was set up with the address of before.
fn mounted(world: &World) -> anyhow::Result<Answer> {
    let mount = format!("http://{}/{AGENCY}/", world.demo.node());
    let host = world.demo.origin("public")?;
    let host = host.trim_start_matches("http://");
    http::send(
        "GET",
        &mount,
        &[("host", host), ("x-forwarded-prefix", "/phap-luat")],
        "",
    )
}

const NEW_ADDRESS: &str = "so-tu-phap-va-ho-tich";

/// The word in the section's address changes with the agency's file; links to the old one are everywhere.
fn address_changed(world: &World) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().to_str().context("the folder's name")?;
    world.demo.command_line(&["tenants", "export", path])?;
    let agencies = folder.path().join("agencies");
    std::fs::rename(
        agencies.join(format!("{AGENCY}.toml")),
        agencies.join(format!("{NEW_ADDRESS}.toml")),
    )?;
    call_otherwise(folder.path())?;
    world.demo.command_line(&["tenants", "apply", path])?;
    std::thread::sleep(SEEN);
    let link = world.site.link.split("href=\"").nth(1);
    let link = link.and_then(|rest| rest.split('"').next()).context("no link")?;
    let sent = http::get(link)?;
    ensure!(sent.status == 301, "the link: status {}", sent.status);
    let to = sent.header("location").context("the link leads nowhere")?;
    ensure!(to == format!("/{NEW_ADDRESS}/"), "the link leads to {to}");
    let there = format!("{}{to}", world.demo.origin("public")?);
    items(&http::get(&there)?.text()).context("where the link leads")?;
    items(&framed(world, "/")?.text()).context("the frame")?;
    items(&mounted(world)?.text()).context("the mount")
}

/// Every file of the folder that names the agency by its address word names the new one.
fn call_otherwise(folder: &Path) -> anyhow::Result<()> {
    let (old, new) = (format!("\"{AGENCY}\""), format!("\"{NEW_ADDRESS}\""));
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            call_otherwise(&path)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let text = std::fs::read_to_string(&path)?;
            if text.contains(&old) {
                std::fs::write(&path, text.replace(&old, &new))?;
            }
        }
    }
    Ok(())
}
