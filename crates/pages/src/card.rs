//! The picture of a page in other people's messages (Open Graph): who speaks and the title, in our own letters.

mod canvas;
mod words;

use sha2::{Digest, Sha256};

use canvas::{Canvas, Ramp, WIDTH};
use words::{Face, Line, fitted, wrapped};

/// Changes with how cards are drawn: a new name, so that kept copies of the old drawing are not shown.
const DRAWING: &str = "2";
const MARGIN: f32 = 80.0;
const ROOM: f32 = 1040.0;
const STRAP: &str = "Phổ biến, giáo dục pháp luật";

/// What stands on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Card {
    /// "Tờ gấp"; may be empty.
    pub kind: String,
    /// Title.
    pub title: String,
    /// In full: who speaks.
    pub agency: String,
    /// One of the twelve accents.
    pub accent: String,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// Our own font cannot be read.
    #[error("the font cannot be read")]
    Font,
    /// The file cannot be written.
    #[error(transparent)]
    File(#[from] png::EncodingError),
}

impl Card {
    /// Another name for another picture: twelve hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        let parts = [DRAWING, &self.kind, &self.title, &self.agency, &self.accent];
        let digest = Sha256::digest(parts.join("\0"));
        hex::encode(digest).chars().take(12).collect()
    }

    /// Draws it: a PNG file of 1200 × 630. Takes tens of milliseconds of a processor.
    ///
    /// # Errors
    /// Where the font cannot be read, or the file not be written.
    pub fn png(&self) -> Result<Vec<u8>, CardError> {
        let (bold, plain) = (Face::bold()?, Face::plain()?);
        let mut canvas = Canvas::new(accent(&self.accent));
        canvas.fill((0, 0), (WIDTH, 20), Ramp::Accent);
        if !self.kind.is_empty() {
            let kind = fitted(&bold, &self.kind, 30.0, 30.0, ROOM);
            write(&mut canvas, &bold, &kind, 110.0, Ramp::Accent);
        }
        let (size, lines) = wrapped(&bold, &self.title, &[68.0, 58.0, 50.0], ROOM, 4);
        let mut base = 140.0 + size;
        for text in lines {
            write(&mut canvas, &bold, &Line { text, size }, base, Ramp::Ink);
            base += size * 1.24;
        }
        canvas.fill((80, 505), (WIDTH - 80, 507), Ramp::Accent);
        let agency = fitted(&bold, &self.agency, 34.0, 24.0, ROOM);
        write(&mut canvas, &bold, &agency, 556.0, Ramp::Accent);
        let strap = fitted(&plain, STRAP, 26.0, 26.0, ROOM);
        write(&mut canvas, &plain, &strap, 594.0, Ramp::Grey);
        canvas.png()
    }
}

fn write(canvas: &mut Canvas, face: &Face, line: &Line, base: f32, ramp: Ramp) {
    face.draw(line, (MARGIN, base), |x, y, cover| {
        canvas.blend(x, y, cover, ramp)
    });
}

/// The accents on white, as in `tokens.css` (held against it by a test).
fn accent(word: &str) -> [u8; 3] {
    match word {
        "gach" => [0x8a, 0x34, 0x13],
        "mat" => [0x74, 0x43, 0x0a],
        "rom" => [0x5d, 0x4d, 0x07],
        "oliu" => [0x45, 0x53, 0x0e],
        "lua" => [0x25, 0x59, 0x1b],
        "rung" => [0x0f, 0x5a, 0x3c],
        "ngoc" => [0x07, 0x58, 0x5a],
        "nuoc" => [0x0d, 0x52, 0x76],
        "cham" => [0x2f, 0x45, 0x90],
        "tim" => [0x5c, 0x3a, 0x87],
        "sen" => [0x8a, 0x23, 0x60],
        _ => [0x98, 0x1b, 0x1e],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str) -> Card {
        Card {
            kind: "Tin, bài".into(),
            title: title.into(),
            agency: "Bộ Chỉ huy Bộ đội Biên phòng và Liên hiệp các tổ chức hữu nghị tỉnh Kon Tum".into(),
            accent: "rung".into(),
        }
    }

    #[test]
    fn accents_are_those_of_the_style_sheet() {
        let css = include_str!("../assets/css/tokens.css");
        let mut seen = 0;
        for part in css.split("[data-accent=\"").skip(1) {
            let (word, rest) = part.split_once('"').unwrap();
            let Some((_, light)) = rest.split_once("--al: #") else {
                continue;
            };
            assert_eq!(hex::encode(accent(word)), &light[..6], "{word}");
            seen += 1;
        }
        assert_eq!(seen, 12);
    }

    #[test]
    fn every_title_gives_a_picture_of_the_same_size() {
        for title in [
            "",
            "Đất",
            "Quyền và nghĩa vụ của người sử dụng đất ở Tây Nguyên 😀 ",
            &"dàidằngdặc".repeat(40),
        ] {
            let file = card(title).png().unwrap();
            let read = png::Decoder::new(std::io::Cursor::new(&file))
                .read_info()
                .unwrap();
            assert_eq!((read.info().width, read.info().height), (1200, 630), "{title}");
            assert!(file.len() < 100_000, "{} bytes", file.len());
        }
    }

    #[test]
    fn another_word_is_another_picture() {
        assert_ne!(card("Đất").hash(), card("Đất ở").hash());
        assert_ne!(card("Đất").png().unwrap(), card("Dat").png().unwrap());
        assert_eq!(card("Đất").png().unwrap(), card("Đất").png().unwrap());
    }
}
