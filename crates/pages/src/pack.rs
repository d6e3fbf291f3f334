//! A section as files, for hosts that allow nothing but files (EMB-12): links between its pages are relative, all others absolute.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::assets;

/// The mount under which pages are drawn that become files: no path of ours, so that every link of a page can be told.
pub const MOUNT: &str = "/pbgdpl-goi";
/// Assets that pages load.
const LOADED: [&str; 7] = [
    "page.css",
    "be-vietnam-pro-400.woff2",
    "be-vietnam-pro-600.woff2",
    "noto-sans-tay-nguyen-400.woff2",
    "noto-sans-tay-nguyen-600.woff2",
    "weave.svg",
    "favicon.svg",
];

/// Pages by their path inside the mount ("", "bai/0k3…-ten-bai", "loai/tin"), as drawn under [`MOUNT`].
pub type Drawn = BTreeMap<String, String>;

/// By this file the scripts of `deploy/embed/pack` know a folder that a pack made, and may replace: what it is, of which agency, of which day.
pub const MARK: &str = "pbgdpl-goi.txt";

/// What a pack is of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Where the section is (absolute, with its last slash); whatever is not among the pages leads there.
    pub section: String,
    /// The agency's official name.
    pub agency: String,
    /// The day on which it was drawn, dd/mm/yyyy.
    pub day: String,
}

impl Source {
    /// What stands in [`MARK`]: its first line is always the same.
    fn mark(&self) -> String {
        format!(
            "pbgdpl-goi 1\n\
             Gói tĩnh của chuyên mục phổ biến, giáo dục pháp luật. Tệp lệnh lay-goi thay trọn thư mục có tệp này bằng bản mới: đừng để tệp \
             của mình trong đó.\n\
             Cơ quan: {}\nChuyên mục: {}\nNgày: {}\n",
            self.agency, self.section, self.day
        )
    }
}

/// The archive. The same pages of the same day give the same bytes.
///
/// # Errors
/// Never in practice: it writes into memory.
pub fn pack(pages: &Drawn, source: &Source) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(MARK, options)?;
    zip.write_all(source.mark().as_bytes())?;
    for (path, html) in pages {
        zip.start_file(file(path), options)?;
        zip.write_all(relative(path, html, pages, &source.section).as_bytes())?;
    }
    for asset in LOADED
        .iter()
        .filter_map(|name| assets::lookup(assets::asset(name)))
    {
        zip.start_file(asset.path.trim_start_matches('/'), options)?;
        zip.write_all(&asset.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The file of a page.
fn file(path: &str) -> String {
    if path.is_empty() {
        "index.html".into()
    } else {
        format!("{path}.html")
    }
}

/// The page with its links as files have them.
fn relative(path: &str, html: &str, pages: &Drawn, section: &str) -> String {
    let up = "../".repeat(path.matches('/').count());
    let start = format!("\"{MOUNT}");
    let mut parts = html.split(start.as_str());
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (link, rest) = part.split_once('"').unwrap_or((part, ""));
        out.push('"');
        out.push_str(&led(link, &up, pages, section));
        out.push('"');
        out.push_str(rest);
    }
    out
}

fn led(link: &str, up: &str, pages: &Drawn, section: &str) -> String {
    let link = link.trim_start_matches('/');
    if link.starts_with(assets::FOLDER.trim_start_matches('/')) {
        return format!("{up}{link}");
    }
    let (path, fragment) = link
        .split_once('#')
        .map_or((link, String::new()), |(path, fragment)| {
            (path, format!("#{fragment}"))
        });
    if pages.contains_key(path) {
        format!("{up}{}{fragment}", file(path))
    } else {
        format!("{section}{link}")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn drawn() -> Drawn {
        let page = |links: &[&str]| {
            links
                .iter()
                .map(|link| format!("<a href=\"{MOUNT}/{link}\">x</a>"))
                .collect::<String>()
        };
        [
            (
                String::new(),
                page(&["bai/1-a", "loai/tin", "tim-kiem", "loai/tin?trang=2"]),
            ),
            (
                "bai/1-a".into(),
                page(&["", "bai/1-a#muc", "bai/2-b", "tai-nguyen/page.1.css"]),
            ),
            ("loai/tin".into(), page(&["bai/1-a"])),
        ]
        .into()
    }

    #[test]
    fn links_between_pages_are_relative_and_others_lead_to_the_section() {
        let pages = drawn();
        let of = |path: &str| relative(path, &pages[path], &pages, "https://pl.example/so-a/");
        assert_eq!(
            of(""),
            "<a href=\"bai/1-a.html\">x</a><a href=\"loai/tin.html\">x</a><a href=\"https://pl.example/so-a/tim-kiem\">x</a>\
             <a href=\"https://pl.example/so-a/loai/tin?trang=2\">x</a>"
        );
        assert_eq!(
            of("bai/1-a"),
            "<a href=\"../index.html\">x</a><a href=\"../bai/1-a.html#muc\">x</a><a href=\"https://pl.example/so-a/bai/2-b\">x</a>\
             <a href=\"../tai-nguyen/page.1.css\">x</a>"
        );
    }

    #[test]
    fn the_archive_holds_pages_and_what_they_load() {
        let source = Source {
            section: "https://pl.example/so-a/".into(),
            agency: "Sở A tỉnh Thử".into(),
            day: "15/06/2020".into(),
        };
        let archive = pack(&drawn(), &source).unwrap();
        assert_eq!(archive, pack(&drawn(), &source).unwrap());
        let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
        let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        for needed in [MARK, "index.html", "bai/1-a.html", "loai/tin.html"] {
            assert!(names.iter().any(|name| name == needed), "{names:?}");
        }
        assert_eq!(
            names
                .iter()
                .filter(|name| name.starts_with("tai-nguyen/"))
                .count(),
            LOADED.len()
        );
        let mut page = String::new();
        zip.by_name("bai/1-a.html")
            .unwrap()
            .read_to_string(&mut page)
            .unwrap();
        assert!(!page.contains(MOUNT), "{page}");
        let mut mark = String::new();
        zip.by_name(MARK).unwrap().read_to_string(&mut mark).unwrap();
        assert!(mark.starts_with("pbgdpl-goi 1\n"), "{mark}");
        for said in [&source.section, &source.agency, &source.day] {
            assert!(
                mark.lines().any(|line| line.ends_with(said.as_str())),
                "{said}: {mark}"
            );
        }
    }
}
