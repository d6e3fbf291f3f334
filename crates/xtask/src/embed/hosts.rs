//! Host pages by nginx and PHP: plain, with a strict policy, with includes, with a path that is the section, without scripts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use pbgdpl_xtask::programs;
use pbgdpl_xtask::servers::scratch::is_root;

use super::aged;
use super::demo::Demo;
use super::desk::Site;
use super::process::Process;

/// A page of a site, with a place for what is pasted.
pub const PAGE: &str = include_str!("peers/host.html");
const NGINX: &str = include_str!("peers/nginx.conf");
const STRIP: &str = include_str!("peers/strip.php");
const INCLUDE: &str = include_str!("peers/include.php");
/// The recipes that webmasters are given: what they are given is what is tried.
const CACHE: &str = include_str!("../../../../deploy/embed/nginx/cache.conf");
const NOTICE: &str = include_str!("../../../../deploy/embed/nginx/luc.conf");
const SSI: &str = include_str!("../../../../deploy/embed/nginx/ssi.conf");
const MOUNT: &str = include_str!("../../../../deploy/embed/nginx/mount.conf");
const PHP: &str = include_str!("../../../../deploy/embed/php/pbgdpl.php");

/// Running host pages.
pub struct Hosts {
    /// Origin of what nginx serves.
    pub nginx: String,
    /// Origin of what PHP serves.
    pub php: String,
    home: PathBuf,
    _processes: [Process; 2],
}

impl Hosts {
    /// Starts both servers on ports that the section is told to trust.
    pub fn start(demo: &Demo, site: &Site, home: &Path, ports: [u16; 2]) -> anyhow::Result<Self> {
        let [nginx, php] = ports;
        for folder in [
            "files/thuong",
            "files/csp",
            "files/ssi",
            "files/goi",
            "php",
            "cache",
        ] {
            fs::create_dir_all(home.join(folder))?;
        }
        fs::write(home.join("cache.conf"), recipe(CACHE, demo, site, home)?)?;
        fs::write(home.join("luc.conf"), NOTICE)?;
        fs::write(home.join("ssi.conf"), recipe(SSI, demo, site, home)?)?;
        fs::write(home.join("mount.conf"), recipe(MOUNT, demo, site, home)?)?;
        fs::write(home.join("php/pbgdpl.php"), recipe(PHP, demo, site, home)?)?;
        for (file, text) in [
            ("php/strip.php", STRIP),
            ("php/include.php", INCLUDE),
            ("php/host.html", PAGE),
        ] {
            fs::write(home.join(file), text)?;
        }
        Ok(Self {
            nginx: format!("http://localhost:{nginx}"),
            php: format!("http://localhost:{php}"),
            home: home.to_owned(),
            _processes: [
                start_nginx(demo, home, nginx)?,
                start_php(&home.join("php"), php)?,
            ],
        })
    }

    /// Pastes into a page of nginx; returns its address.
    pub fn paste(&self, path: &str, pasted: &str) -> anyhow::Result<String> {
        let file = self.home.join("files").join(path);
        fs::write(&file, PAGE.replace("{chuyen-muc}", pasted)).with_context(|| path.to_owned())?;
        Ok(format!("{}/{path}", self.nginx))
    }

    /// Gives the page that strips scripts something to strip; returns its address.
    pub fn paste_stripped(&self, name: &str, pasted: &str) -> anyhow::Result<String> {
        fs::write(self.home.join(format!("php/{name}.txt")), pasted)?;
        Ok(format!("{}/strip.php?ma={name}", self.php))
    }

    /// Where a static pack is served from, and its address.
    pub fn pack(&self) -> (PathBuf, String) {
        (
            self.home.join("files/goi/phap-luat"),
            format!("{}/goi/phap-luat/", self.nginx),
        )
    }

    /// Makes all copies of nginx and of the PHP recipe older than a day.
    pub fn age(&self) -> anyhow::Result<()> {
        let folder = self.home.join("cache");
        let nginx = aged::of_nginx(&folder.join("nginx"))?;
        let php = aged::files(&folder.join("php"), "html")?;
        ensure!(nginx > 0 && php > 0, "nginx keeps {nginx} copies, PHP {php}");
        Ok(())
    }

    /// Puts another text into every copy of the PHP recipe, as whoever may write its folder can; returns the page that shows them.
    pub fn plant(&self) -> anyhow::Result<String> {
        for entry in fs::read_dir(self.home.join("cache/php"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "html") {
                fs::write(path, PLANTED)?;
            }
        }
        Ok(format!("{}/include.php", self.php))
    }
}

/// What stands in copies that somebody else put there: a fragment by its looks, and a script.
pub const PLANTED: &str = "<section class=\"pbgdpl\"><a href=\"bai/\">x</a><script>la()</script></section>";

/// A recipe with the addresses of this machine instead of its examples.
fn recipe(text: &str, demo: &Demo, site: &Site, home: &Path) -> anyhow::Result<String> {
    let embed = demo.origin("embed")?;
    let bare = |origin: &str| origin.trim_start_matches("http://").to_owned();
    Ok(text
        .replace("https://nhung.pbgdpl.example.vn", &embed)
        .replace("nhung.pbgdpl.example.vn", &bare(&embed))
        .replace(
            "proxy_pass https://pbgdpl.example.vn",
            &format!("proxy_pass http://{}", demo.node()),
        )
        .replace("pbgdpl.example.vn", &bare(&demo.origin("public")?))
        .replace("0123456789abcdefghjkmnpqrs", &site.key)
        .replace(
            "/var/cache/nginx/pbgdpl",
            &home.join("cache/nginx").display().to_string(),
        )
        .replace(
            "PBGDPL_KHO = ''",
            &format!("PBGDPL_KHO = '{}'", home.join("cache/php").display()),
        ))
}

fn start_nginx(demo: &Demo, home: &Path, port: u16) -> anyhow::Result<Process> {
    let configuration = NGINX
        .replace("{user}", if is_root() { "user root;" } else { "" })
        .replace("{home}", &home.display().to_string())
        .replace("{port}", &port.to_string())
        .replace("{embed}", &demo.origin("embed")?);
    fs::write(home.join("nginx.conf"), configuration)?;
    let mut command = Command::new(programs::on_path(&["nginx"]).context("nginx is not installed")?);
    command
        .arg("-p")
        .arg(home)
        .arg("-c")
        .arg(home.join("nginx.conf"))
        .arg("-e")
        .arg(home.join("error.log"));
    let mut process = Process::start(&mut command, &home.join("nginx.log"))?;
    process
        .listens(port)
        .with_context(|| fs::read_to_string(home.join("error.log")).unwrap_or_default())?;
    Ok(process)
}

/// PHP's own server, with a few workers so that pages and what they fetch do not wait for each other.
pub fn start_php(root: &Path, port: u16) -> anyhow::Result<Process> {
    start_php_with(root, port, &[])
}

/// The same with words of the environment.
pub fn start_php_with(root: &Path, port: u16, around: &[(&str, &str)]) -> anyhow::Result<Process> {
    let mut command = Command::new(programs::on_path(&["php"]).context("PHP is not installed")?);
    command
        .arg("-S")
        .arg(format!("127.0.0.1:{port}"))
        .arg("-t")
        .arg(root)
        .current_dir(root);
    command
        .env("PHP_CLI_SERVER_WORKERS", "4")
        .envs(around.iter().copied());
    let mut process = Process::start(&mut command, &root.join("../php.log"))?;
    process.listens(port)?;
    Ok(process)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDGE: &str = include_str!("../../../../deploy/edge/proxy.conf");

    /// `error`, `timeout` and `updating` show copies of any age, `http_503` what rests; the answers themselves say for how long.
    #[test]
    fn copies_are_shown_for_as_long_as_the_answers_say() {
        for recipe in [SSI, MOUNT, EDGE] {
            let lines = recipe.lines().map(str::trim);
            let said: Vec<&str> = lines
                .filter(|line| line.starts_with("proxy_cache_use_stale"))
                .collect();
            assert_eq!(
                said,
                ["proxy_cache_use_stale http_500 http_502 http_504 http_429;"],
                "{recipe}"
            );
        }
    }

    /// A regular expression of the site (`~ \.css$`) would take what is below.
    #[test]
    fn what_nginx_mounts_is_found_before_any_regular_expression() {
        for recipe in [SSI, MOUNT] {
            let lines = recipe.lines().filter(|line| line.starts_with("location "));
            for line in lines {
                assert!(
                    line.starts_with("location = ") || line.starts_with("location ^~ "),
                    "{line}"
                );
            }
        }
    }
}
