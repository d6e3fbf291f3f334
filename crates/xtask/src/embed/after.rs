//! What was pasted stays as it is while the section changes: suspended, closed, given another key, renamed; or nobody answers.

use std::time::Duration;

use anyhow::{Context, ensure};

use super::cells::{AGENCY, World};
use super::desk::Desk;
use super::http::{self, Answer};
use super::outcome::Outcome;

/// Longer than every copy is fresh: 60 seconds in the plugin and the PHP recipe, 30 in nginx.
const STALE: Duration = Duration::from_secs(65);
/// An act is seen everywhere within two seconds (DESIGN 7).
const SEEN: Duration = Duration::from_millis(2500);

/// Changes the section in every way and says what the pasted snippet showed.
pub fn changes(world: &mut World) -> anyhow::Result<Vec<(String, Outcome)>> {
    let mut done: Vec<(String, Outcome)> = Vec::new();
    let mut note = |what: &str, outcome: anyhow::Result<()>| {
        let outcome: Outcome = outcome.map(|()| true).into();
        println!("{} {what}", outcome.mark());
        done.push((what.to_owned(), outcome));
    };
    for (what, page) in warm(world)? {
        note(&format!("before: {what} shows items"), items(&page.text()));
    }
    std::thread::sleep(STALE);
    world.demo.stop();
    for (what, page) in warm(world)? {
        note(
            &format!("service stopped: {what} shows items and their time"),
            stale(&page),
        );
    }
    world.demo.serve()?;
    let province = world.demo.sign_in("province-admin", None)?;
    // The matrix takes longer than a second factor counts.
    world.desk = world.demo.sign_in("agency-admin", Some(AGENCY))?;
    note(
        "section suspended: the frame says so",
        suspended(world, &province, "/"),
    );
    note(
        "section suspended: the fragment says so, for includes to show",
        suspended(world, &province, "/manh?so=5"),
    );
    note(
        "section open again: the frame shows items",
        framed(world, "/").and_then(|page| items(&page.text())),
    );
    note("site closed: the frame says so", closed(world, &world.desk, "/"));
    note(
        "site closed: the fragment says so, for includes to show",
        closed(world, &world.desk, "/manh?so=5"),
    );
    note(
        "key rotated: the frame that was pasted shows items",
        rotated(world, &world.desk),
    );
    note(
        "agency renamed: the frame and the mount bear the new name",
        renamed(world),
    );
    Ok(done)
}

/// Host pages that have a copy of their own.
fn warm(world: &World) -> anyhow::Result<Vec<(String, Answer)>> {
    let mut pages = Vec::new();
    for cell in &world.cells {
        let copies = matches!(
            (cell.rung, cell.host),
            ("fragment", _) | ("mount", _) | ("shortcode", _)
        );
        if copies {
            pages.push((format!("{}, {}", cell.rung, cell.host), http::get(&cell.url)?));
        }
        if cell.rung == "mount" {
            let item = http::get(&format!("{}bai/{}", cell.url, world.item))?;
            pages.push((format!("{} (an item), {}", cell.rung, cell.host), item));
        }
    }
    Ok(pages)
}

fn items(page: &str) -> anyhow::Result<()> {
    let shown = page.contains("/bai/");
    ensure!(shown, "no link to an item");
    Ok(())
}

/// An older copy that says of when it is.
fn stale(page: &Answer) -> anyhow::Result<()> {
    ensure!(page.status == 200, "status {}", page.status);
    let text = page.text();
    items(&text)?;
    ensure!(
        text.contains("Nội dung lưu lúc") || text.contains("<time"),
        "no time"
    );
    Ok(())
}

/// The section as the pasted frame, or an include, asks for it.
fn framed(world: &World, path: &str) -> anyhow::Result<Answer> {
    let url = format!("{}/k/{}{path}", world.demo.origin("embed")?, world.site.key);
    let referer = format!("{}/", world.hosts.nginx);
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

fn suspended(world: &World, province: &Desk, path: &str) -> anyhow::Result<()> {
    let page = format!("/tinh/co-quan/{AGENCY}");
    province.post(
        &format!("{page}/tam-dung"),
        &[("cach-dung", "hidden"), ("ly-do", "Thử")],
    )?;
    std::thread::sleep(SEEN);
    let told = framed(world, path);
    province.post(&format!("{page}/mo-lai"), &[])?;
    std::thread::sleep(SEEN);
    says(&told?, path, &["tạm"])
}

fn closed(world: &World, agency: &Desk, path: &str) -> anyhow::Result<()> {
    let origins = [&world.hosts.nginx, &world.hosts.php, &world.wordpress.origin]
        .map(String::as_str)
        .join("\n");
    let set = |open: &str| {
        agency.post(
            &world.site.page,
            &[("site", "Cổng thông tin"), ("origins", &origins), ("open", open)],
        )
    };
    set("0")?;
    std::thread::sleep(SEEN);
    let told = framed(world, path);
    set("1")?;
    std::thread::sleep(SEEN);
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
    let mount = format!("http://{}/{AGENCY}/", world.demo.node());
    let host = world.demo.origin("public")?;
    let host = host.trim_start_matches("http://");
    let page = http::send(
        "GET",
        &mount,
        &[("host", host), ("x-forwarded-prefix", "/phap-luat")],
        "",
    )?;
    ensure!(page.text().contains(NEW_NAME), "the mount bears the old name");
    Ok(())
}
