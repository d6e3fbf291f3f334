//! Lines of letters: how wide they are, where they break, how they are drawn. Vietnamese needs no shaping beyond its own letters.

use ab_glyph::{Font, FontRef, PxScaleFont, ScaleFont, point};

use super::CardError;

/// A cut of our font.
pub(super) struct Face(FontRef<'static>);

/// A line of letters of one size, in pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) size: f32,
}

impl Face {
    pub(super) fn bold() -> Result<Self, CardError> {
        Self::read(include_bytes!("../../assets/fonts/be-vietnam-pro-600.ttf"))
    }

    pub(super) fn plain() -> Result<Self, CardError> {
        Self::read(include_bytes!("../../assets/fonts/be-vietnam-pro-400.ttf"))
    }

    fn read(file: &'static [u8]) -> Result<Self, CardError> {
        FontRef::try_from_slice(file)
            .map(Self)
            .map_err(|_| CardError::Font)
    }

    fn scaled(&self, size: f32) -> PxScaleFont<&FontRef<'static>> {
        // The size of letters is that of the em, as in style sheets, not of ascent and descent together.
        let units = self.0.units_per_em().unwrap_or(1000.0);
        self.0.as_scaled(size * self.0.height_unscaled() / units)
    }

    fn width(&self, text: &str, size: f32) -> f32 {
        let font = self.scaled(size);
        text.chars()
            .map(|letter| font.h_advance(font.glyph_id(letter)))
            .sum()
    }

    /// Whether the font has the letter; what it lacks (pictures, other scripts) is left out.
    fn has(&self, letter: char) -> bool {
        letter == ' ' || self.0.glyph_id(letter).0 != 0
    }

    /// Draws a line on its base: (x, y, how far the pixel is covered).
    pub(super) fn draw(&self, line: &Line, (left, base): (f32, f32), mut ink: impl FnMut(u32, u32, f32)) {
        let font = self.scaled(line.size);
        let mut x = left;
        for letter in line.text.chars() {
            let id = font.glyph_id(letter);
            let glyph = id.with_scale_and_position(font.scale(), point(x, base));
            x += font.h_advance(id);
            let Some(outline) = font.outline_glyph(glyph) else {
                continue;
            };
            let corner = outline.px_bounds().min;
            let (from_x, from_y) = (whole(corner.x), whole(corner.y));
            outline.draw(|dx, dy, cover| ink(from_x + dx, from_y + dy, cover));
        }
    }
}

/// A corner of a letter as a pixel; what begins left of the sheet or above begins on its edge.
fn whole(at: f32) -> u32 {
    let mut pixel = 0;
    // No letter begins beyond the sheet: a search, because a plain conversion may not be written here.
    let (mut low, mut high) = (0_u16, 2_048_u16);
    while low < high {
        let middle = low.midpoint(high);
        if f32::from(middle) <= at {
            pixel = u32::from(middle);
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    pixel
}

fn clean(face: &Face, text: &str) -> String {
    let known: String = text
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| face.has(*letter))
        .collect();
    known
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// One line, made smaller down to the least size, then cut.
pub(super) fn fitted(face: &Face, text: &str, size: f32, least: f32, room: f32) -> Line {
    let text = clean(face, text);
    let width = face.width(&text, size);
    let size = if width > room {
        (size * room / width).max(least)
    } else {
        size
    };
    let text = cut(face, &text, size, room);
    Line { text, size }
}

/// The lines of a text: of the first size at which it fits in so many; else of the last, cut.
pub(super) fn wrapped(face: &Face, text: &str, sizes: &[f32], room: f32, most: usize) -> (f32, Vec<String>) {
    let text = clean(face, text);
    let mut last = (0.0, Vec::new());
    for size in sizes {
        let lines = broken(face, &text, *size, room);
        let fits = lines.len() <= most;
        last = (*size, lines);
        if fits {
            return last;
        }
    }
    let (size, lines) = last;
    let mut kept: Vec<String> = lines.iter().take(most).cloned().collect();
    if let Some(end) = kept.last_mut() {
        *end = cut(face, &format!("{end} …"), size, room);
        if !end.ends_with('…') {
            end.push('…');
        }
    }
    (size, kept)
}

fn broken(face: &Face, text: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let joined = lines.last().map(|line| format!("{line} {word}"));
        match joined.filter(|line| face.width(line, size) <= room) {
            Some(line) => {
                lines.pop();
                lines.push(line);
            }
            None => lines.push(cut(face, word, size, room)),
        }
    }
    lines
}

/// As much of a text as there is room for.
fn cut(face: &Face, text: &str, size: f32, room: f32) -> String {
    if face.width(text, size) <= room {
        return text.to_owned();
    }
    let room = room - face.width("…", size);
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if face.width(&kept, size) > room {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_within_their_room() {
        let face = Face::bold().unwrap();
        let text = "Từ ngày 01/7/2020 người dân được cấp giấy chứng nhận quyền sử dụng đất ".repeat(6);
        let (size, lines) = wrapped(&face, &text, &[68.0, 50.0], 1040.0, 4);
        assert_eq!(lines.len(), 4);
        assert!(
            lines
                .iter()
                .all(|line| face.width(line, size) <= 1040.0 + face.width(" …", size))
        );
        assert!(lines[3].ends_with('…'));
        let short = wrapped(&face, "Đất đai", &[68.0, 50.0], 1040.0, 4);
        assert_eq!(short, (68.0, vec!["Đất đai".to_owned()]));
    }

    #[test]
    fn a_pixel_is_the_whole_part() {
        for (at, pixel) in [(-3.0, 0), (0.0, 0), (7.9, 7), (1199.0, 1199)] {
            assert_eq!(whole(at), pixel);
        }
    }
}
