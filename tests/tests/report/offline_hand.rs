//! What a hand does to a workbook: cells are put into its parts as a spreadsheet writes them.

use std::io::{Cursor, Write as _};

use pbgdpl_testkit::web::{Answer, Ask, Web};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::pages::DESK;

/// What is put into a cell.
#[derive(Debug, Clone)]
pub(crate) enum Put {
    Number(f64),
    Text(String),
    /// A formula, and what it gave.
    Formula(&'static str, &'static str),
    Truth,
    Nothing,
}

impl Put {
    pub(crate) fn text(words: &str) -> Self {
        Self::Text(words.to_owned())
    }

    fn xml(&self, address: &str, style: &str) -> String {
        let escaped = |text: &str| {
            text.replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;")
        };
        match self {
            Self::Number(number) => format!("<c r=\"{address}\"{style}><v>{number}</v></c>"),
            Self::Text(words) => format!(
                "<c r=\"{address}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                escaped(words)
            ),
            Self::Formula(formula, value) => format!(
                "<c r=\"{address}\"{style}><f>{}</f><v>{value}</v></c>",
                escaped(formula)
            ),
            Self::Truth => format!("<c r=\"{address}\"{style} t=\"b\"><v>1</v></c>"),
            Self::Nothing => format!("<c r=\"{address}\"{style}/>"),
        }
    }
}

/// The file with every part as `change` gives it back.
pub(crate) fn parts(file: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::copy(&mut part, &mut bytes).unwrap();
        let text = change(&name, String::from_utf8(bytes).unwrap());
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// Cells of one sheet, put as a spreadsheet saves them; a cell below the table makes a row of its own.
pub(crate) fn put(file: &[u8], sheet: usize, cells: &[(String, Put)]) -> Vec<u8> {
    let wanted = format!("xl/worksheets/sheet{sheet}.xml");
    parts(file, |name, mut text| {
        if name == wanted {
            for (address, put) in cells {
                text = with(&text, address, put);
            }
        }
        text
    })
}

fn with(sheet: &str, address: &str, put: &Put) -> String {
    let open = format!("<c r=\"{address}\"");
    let Some(start) = sheet.find(&open) else {
        let row: String = address.chars().filter(char::is_ascii_digit).collect();
        let cell = put.xml(address, "");
        let (before, after) = sheet.split_once("</sheetData>").unwrap();
        return format!("{before}<row r=\"{row}\">{cell}</row></sheetData>{after}");
    };
    let rest = &sheet[start..];
    let head = rest.find('>').unwrap();
    let end = if rest[..head].ends_with('/') {
        head + 1
    } else {
        rest.find("</c>").unwrap() + "</c>".len()
    };
    let style = rest[..head]
        .split(" s=\"")
        .nth(1)
        .and_then(|style| style.split('"').next());
    let style = style.map_or_else(String::new, |style| format!(" s=\"{style}\""));
    format!("{}{}{}", &sheet[..start], put.xml(address, &style), &rest[end..])
}

/// Sends a file as a browser does.
pub(crate) async fn upload(web: &Web, session: &str, path: &str, file: &[u8]) -> Answer {
    const EDGE: &str = "ranh-gioi";
    let mut body =
        format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"tep\"; filename=\"bieu.xlsx\"\r\n\r\n")
            .into_bytes();
    body.extend(file);
    body.extend(format!("\r\n--{EDGE}--\r\n").into_bytes());
    let media = format!("multipart/form-data; boundary={EDGE}");
    web.ask(&Ask::post_raw(DESK, path, &media, body).signed_in(session))
        .await
        .unwrap()
}
