//! Which rung stands on which host page: what is pasted where, and what may be expected of it.

use anyhow::Context;
use pbgdpl_xtask::servers::port::free_port;
use serde_json::json;

use super::cron;
use super::demo::Demo;
use super::desk::{Desk, Site};
use super::edge::Edge;
use super::hosts::Hosts;
use super::http::{self, encode};
use super::wordpress::{ADMINISTRATOR, AUTHOR, WordPress};

/// How the section stands in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A link to it.
    Link,
    /// A frame around all of it; with the loader it has the height of its content.
    Framed {
        /// The loader runs.
        loader: bool,
    },
    /// A frame around a part of it, with the loader.
    Widget,
    /// HTML in the host's own page.
    Part,
    /// HTML in a shadow tree that the server sent.
    Shadow,
    /// HTML in a shadow tree that the loader filled.
    Filled,
    /// The whole page is the section's.
    Whole,
}

/// One row of the matrix.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The rung of the ladder.
    pub rung: &'static str,
    /// The kind of host.
    pub host: &'static str,
    /// The host's page.
    pub url: String,
    /// How the section stands in it.
    pub kind: Kind,
    /// Why there is no such page, where it could not be made.
    pub broken: Option<String>,
}

impl Cell {
    /// What it is called where a part is asked for.
    pub fn name(&self) -> String {
        format!("{} {}", self.rung, self.host)
    }
}

/// Everything that runs.
pub struct World {
    /// The service.
    pub demo: Demo,
    /// The agency's administrator at the desk.
    pub desk: Desk,
    /// The site that the hosts are.
    pub site: Site,
    /// nginx and PHP.
    pub hosts: Hosts,
    /// WordPress.
    pub wordpress: WordPress,
    /// The operator's edge in front of the service.
    pub edge: Edge,
    /// Pages with what the desk hands out, from the edge: what it is, and the address.
    pub edge_pages: Vec<(&'static str, String)>,
    /// An item with contents: its id with its words, as in its address.
    pub item: String,
    /// The rows.
    pub cells: Vec<Cell>,
}

/// The agency whose section is embedded.
pub const AGENCY: &str = "so-tu-phap";

impl World {
    /// Starts everything and pastes everywhere.
    pub fn start(binary: &std::path::Path, home: &std::path::Path) -> anyhow::Result<Self> {
        let demo = Demo::start(binary, &home.join("service"), AGENCY)?;
        let ports = [free_port()?, free_port()?];
        let wordpress_port = free_port()?;
        let origins = ports
            .iter()
            .chain([&wordpress_port])
            .map(|port| format!("http://localhost:{port}"));
        let origins: Vec<String> = origins.collect();
        let desk = demo.sign_in("agency-admin", Some(AGENCY))?;
        let site = desk.add_site(AGENCY, "Cổng thông tin", &origins.join("\n"))?;
        let hosts = Hosts::start(&demo, &site, &home.join("hosts"), ports)?;
        let settings = json!({
            "nhung": demo.origin("embed")?, "cong_khai": demo.origin("public")?, "ma": site.key, "kieu": "manh",
        });
        let folder = home.join("wordpress");
        std::fs::create_dir_all(&folder)?;
        let wordpress = WordPress::start(&folder, wordpress_port, &settings)?;
        let item = item(&demo)?;
        let ports = [free_port()?, free_port()?, free_port()?];
        let edge = Edge::start(&demo, &home.join("edge"), ports)?;
        let mut world = Self {
            demo,
            desk,
            site,
            hosts,
            wordpress,
            edge,
            edge_pages: Vec::new(),
            item,
            cells: Vec::new(),
        };
        world.paste()?;
        Ok(world)
    }

    fn add(&mut self, rung: &'static str, host: &'static str, url: impl Into<String>, kind: Kind) {
        self.cells.push(Cell {
            rung,
            host,
            url: url.into(),
            kind,
            broken: None,
        });
    }

    fn paste(&mut self) -> anyhow::Result<()> {
        let site = self.site.clone();
        let (embed, public) = (self.demo.origin("embed")?, self.demo.origin("public")?);
        let item = self.item.clone();
        let address = format!("{public}/{AGENCY}/bai/{item}");
        let script = format!("<script src=\"{embed}/nhung.js\" async></script>");
        let filled = format!(
            "<pbgdpl-section key=\"{}\" manh so=\"5\"></pbgdpl-section>{script}",
            site.key
        );
        for (number, (what, pasted)) in [
            ("loader", &site.loader),
            ("element", &site.element),
            ("element, fragment", &filled),
        ]
        .into_iter()
        .enumerate()
        {
            let pasted = pasted.replace(&embed, &self.edge.embed);
            let url = self.hosts.paste(&format!("thuong/bien-{number}.html"), &pasted)?;
            self.edge_pages.push((what, url));
        }
        let part = |choice: &str| {
            self.desk
                .copied(&site.page, &format!("tren=html&cach=khung-tu-cao&{choice}"))
        };
        let framed = Kind::Framed { loader: true };
        let plain = [
            ("link", site.link.clone(), Kind::Link),
            ("frame", site.frame.clone(), Kind::Framed { loader: false }),
            ("loader", site.loader.clone(), framed),
            ("element", site.element.clone(), framed),
            ("element, fragment", filled.clone(), Kind::Filled),
            ("widget: list", part("xem=danh-sach&so=5")?, Kind::Widget),
            ("widget: search", part("xem=tim-kiem")?, Kind::Widget),
            (
                "widget: item",
                part(&format!("xem=bai&bai={}", encode(&address)))?,
                Kind::Widget,
            ),
        ];
        for (number, (rung, pasted, kind)) in plain.into_iter().enumerate() {
            let url = self.hosts.paste(&format!("thuong/{number}.html"), &pasted)?;
            self.add(rung, "plain HTML", url, kind);
        }
        let strict = [
            ("frame", site.frame.clone(), Kind::Framed { loader: false }),
            ("loader, pinned", format!("{}{}", site.frame, site.pinned), framed),
            ("element", unstyled(&site.element), framed),
            ("element, fragment", filled, Kind::Filled),
        ];
        for (number, (rung, pasted, kind)) in strict.into_iter().enumerate() {
            let url = self.hosts.paste(&format!("csp/{number}.html"), &pasted)?;
            self.add(rung, "strict CSP", url, kind);
        }
        let url = self
            .hosts
            .paste_stripped("khung", &format!("{}{}", site.loader, site.link))?;
        let alone = Kind::Framed { loader: false };
        self.add("loader (script taken away)", "strips scripts", url, alone);
        let url = self
            .hosts
            .paste_stripped("lien-ket", &format!("{}{script}", site.link))?;
        self.add("link", "strips scripts", url, Kind::Link);

        let away = format!("<!--# block name=\"vang\" -->{}<!--# endblock -->", site.link);
        for (rung, query, kind) in [
            ("fragment", "so=5", Kind::Part),
            ("fragment, shadow", "so=5&kieu=bong", Kind::Shadow),
        ] {
            let include = format!("{away}<!--# include virtual=\"/pbgdpl/manh?{query}\" stub=\"vang\" -->");
            let file = if kind == Kind::Part {
                "ssi/tron.html"
            } else {
                "ssi/bong.html"
            };
            let url = self.hosts.paste(file, &include)?;
            self.add(rung, "nginx SSI", url, kind);
        }
        let url = format!("{}/include.php", self.hosts.php);
        self.add("fragment", "PHP", url, Kind::Part);
        let url = format!("{}/phap-luat/", self.hosts.nginx);
        self.add("mount", "nginx proxy", url, Kind::Whole);
        self.posts(&address, &site.loader, &site.link)?;
        let (folder, url) = self.hosts.pack();
        let fetched = cron::pack(&embed, &site.key, &folder);
        self.add("static pack", "plain HTML", url, Kind::Whole);
        if let (Err(error), Some(cell)) = (fetched, self.cells.last_mut()) {
            cell.broken = Some(format!("{error:#}"));
        }
        Ok(())
    }

    fn posts(&mut self, address: &str, snippet: &str, link: &str) -> anyhow::Result<()> {
        let one = format!("[pbgdpl_bai id=\"{}\"]", self.item);
        let pasted = format!("{snippet}{link}");
        let item = format!("\n\n{address}\n\n");
        let key = &self.site.key;
        let oembed = format!("\n\n{}/k/{key}/bai/{}\n\n", self.demo.origin("embed")?, self.item);
        let posts = [
            ("shortcode", AUTHOR, "[pbgdpl kieu=\"manh\"]", Kind::Part),
            (
                "shortcode: list",
                AUTHOR,
                "[pbgdpl_danh_sach loai=\"tin\" so=\"3\"]",
                Kind::Part,
            ),
            ("shortcode: item", AUTHOR, one.as_str(), Kind::Part),
            (
                "shortcode, frame",
                AUTHOR,
                "[pbgdpl kieu=\"khung\"]",
                Kind::Framed { loader: true },
            ),
            ("shortcode: search", AUTHOR, "[pbgdpl_tim_kiem]", Kind::Widget),
            ("an item's address, pasted", AUTHOR, item.as_str(), Kind::Part),
            ("oEmbed paste", AUTHOR, oembed.as_str(), Kind::Widget),
            (
                "loader, by an administrator",
                ADMINISTRATOR,
                snippet,
                Kind::Framed { loader: true },
            ),
            (
                "loader (taken away) with link, by an author",
                AUTHOR,
                pasted.as_str(),
                Kind::Link,
            ),
        ];
        let around: Vec<(&str, &str, String)> = posts
            .iter()
            .map(|(rung, by, text, _)| {
                let before = "<p><a id=\"truoc\" href=\"#sau\">Bỏ qua chuyên mục</a></p>";
                (
                    *rung,
                    *by,
                    format!("{before}\n{text}\n<p><a id=\"sau\" href=\"#truoc\">Về đầu trang</a></p>"),
                )
            })
            .collect();
        let order: Vec<(&str, &str, &str)> = around
            .iter()
            .map(|(rung, by, text)| (*rung, *by, text.as_str()))
            .collect();
        let addresses = self.wordpress.write(&order)?;
        for (rung, _, _, kind) in posts {
            let url = addresses
                .get(rung)
                .with_context(|| format!("no post {rung}"))?
                .clone();
            self.add(rung, "WordPress", url, kind);
        }
        Ok(())
    }
}

/// The element as a host with a policy pastes it: a rule of its own style sheet keeps room there, no attribute may.
fn unstyled(element: &str) -> String {
    let parts = element.split_once(" style=\"");
    let parts = parts.and_then(|(before, rest)| Some((before, rest.split_once('"')?.1)));
    parts.map_or_else(
        || element.to_owned(),
        |(before, after)| format!("{before}{after}"),
    )
}

/// The first item of the section that has contents to lead to its headings.
fn item(demo: &Demo) -> anyhow::Result<String> {
    let section = format!("{}/{AGENCY}/", demo.origin("public")?);
    let page = http::get(&section)?.text();
    let start = format!("/{AGENCY}/bai/");
    for part in page.split(&start).skip(1) {
        let item = part.split('"').next().unwrap_or_default();
        if http::get(&format!("{section}bai/{item}"))?
            .text()
            .contains("class=\"toc")
        {
            return Ok(item.to_owned());
        }
    }
    anyhow::bail!("no item of {section} has contents")
}
