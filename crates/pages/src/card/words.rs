//! Lines of letters: how wide they are, where they break, how they are drawn. No shaping beyond marks that stand on their letters.

use ab_glyph::{Font, FontRef, Point, PxScaleFont, Rect, ScaleFont, point};

use super::CardError;

/// A cut of our fonts.
pub(super) struct Face {
    own: FontRef<'static>,
    /// What the first lacks: letters and marks of Bahnar, Jrai, Xơ Đăng and Giẻ Triêng.
    more: FontRef<'static>,
}

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

    /// Plain letters are those of our own line alone: what they lack may be bold.
    fn read(file: &'static [u8]) -> Result<Self, CardError> {
        let font = |file: &'static [u8]| FontRef::try_from_slice(file).map_err(|_| CardError::Font);
        Ok(Self {
            own: font(file)?,
            more: font(include_bytes!("../../assets/fonts/noto-sans-tay-nguyen-600.ttf"))?,
        })
    }

    /// The font that has a letter with all its marks; what neither has (pictures, other scripts) is left out.
    fn font(&self, cluster: &str) -> Option<&FontRef<'static>> {
        [&self.own, &self.more].into_iter().find(|font| {
            cluster
                .chars()
                .all(|letter| letter == ' ' || font.glyph_id(letter).0 != 0)
        })
    }

    fn width(&self, text: &str, size: f32) -> f32 {
        let mut width = 0.0;
        for cluster in clusters(text) {
            if let Some(font) = self.font(cluster).map(|font| scaled(font, size)) {
                width += cluster
                    .chars()
                    .map(|letter| font.h_advance(font.glyph_id(letter)))
                    .sum::<f32>();
            }
        }
        width
    }

    /// Draws a line on its base: (x, y, how far the pixel is covered).
    pub(super) fn draw(&self, line: &Line, (left, base): (f32, f32), mut ink: impl FnMut(u32, u32, f32)) {
        let mut x = left;
        for cluster in clusters(&line.text) {
            let Some(font) = self.font(cluster).map(|font| scaled(font, line.size)) else {
                continue;
            };
            let start = x;
            let mut below: Option<Rect> = None;
            for letter in cluster.chars() {
                let id = font.glyph_id(letter);
                let mut glyph = id.with_scale_and_position(font.scale(), point(x, base));
                x += font.h_advance(id);
                if let (Some(below), Some(mark)) = (below, font.outline_glyph(glyph.clone())) {
                    let (middle, gap) = (start.midpoint(x), line.size * 0.04);
                    glyph.position = seated(glyph.position, mark.px_bounds(), (middle, below.min.y - gap));
                }
                let Some(outline) = font.outline_glyph(glyph) else {
                    continue;
                };
                let bounds = outline.px_bounds();
                below = Some(bounds);
                let (from_x, from_y) = (whole(bounds.min.x), whole(bounds.min.y));
                outline.draw(|dx, dy, cover| ink(from_x + dx, from_y + dy, cover));
            }
        }
    }
}

fn scaled<'a>(font: &'a FontRef<'static>, size: f32) -> PxScaleFont<&'a FontRef<'static>> {
    // The size of letters is that of the em, as in style sheets, not of ascent and descent together.
    let units = font.units_per_em().unwrap_or(1000.0);
    font.as_scaled(size * font.height_unscaled() / units)
}

/// Where a mark stands: over (or under) the middle of its letter, and above what is there already.
fn seated(at: Point, mark: Rect, (middle, top): (f32, f32)) -> Point {
    let aside = middle - mark.min.x.midpoint(mark.max.x);
    // A mark whose place is under the line keeps its height.
    let up = if mark.min.y < at.y {
        (mark.max.y - top).max(0.0)
    } else {
        0.0
    };
    point(at.x + aside, at.y - up)
}

/// Letters, each with the marks that stand on it (combining diacritical marks, U+0300 to U+036F).
fn clusters(text: &str) -> Vec<&str> {
    let mut edges: Vec<usize> = text
        .char_indices()
        .filter(|(at, letter)| *at == 0 || !matches!(letter, '\u{300}'..='\u{36f}'))
        .map(|(at, _)| at)
        .collect();
    edges.push(text.len());
    let pairs = edges.iter().zip(edges.iter().skip(1));
    pairs.filter_map(|(from, to)| text.get(*from..*to)).collect()
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
    let plain: String = text
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .collect();
    let known: String = clusters(&plain)
        .into_iter()
        .filter(|cluster| face.font(cluster).is_some())
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
    for cluster in clusters(text) {
        let before = kept.len();
        kept.push_str(cluster);
        if face.width(&kept, size) > room {
            kept.truncate(before);
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

    /// Where there is ink: left, top, right, in pixels.
    fn inked(face: &Face, text: &str) -> (u32, u32, u32) {
        let line = Line {
            text: text.into(),
            size: 60.0,
        };
        let mut found = (u32::MAX, u32::MAX, 0);
        face.draw(&line, (100.0, 200.0), |x, y, cover| {
            if cover > 0.5 {
                found = (found.0.min(x), found.1.min(y), found.2.max(x));
            }
        });
        found
    }

    #[test]
    fn letters_of_tay_nguyen_stay_and_marks_stand_on_them() {
        let face = Face::bold().unwrap();
        let words = "Ƀơngai Bahnar: čư̆, Ê̆, ô̆, kơtu̱m, hŏ, 漢 k\u{2bc}sor";
        assert_eq!(clean(&face, words), words.replace("漢 ", ""));
        for (plain, marked) in [("Ê", "Ê̆"), ("ơ", "ơ̆"), ("ư", "ư̆"), ("ô", "ô̆")] {
            assert!((face.width(plain, 60.0) - face.width(marked, 60.0)).abs() < 12.0);
            let (plain, mark) = (inked(&face, plain), inked(&face, marked));
            assert!(mark.1 < plain.1, "{marked}: the mark hides in its letter");
            assert!(
                mark.0 + 6 > plain.0 && mark.2 < plain.2 + 12,
                "{marked}: the mark stands beside its letter"
            );
        }
    }

    #[test]
    fn a_cut_takes_a_mark_with_its_letter() {
        let face = Face::bold().unwrap();
        let text = "ơ̆".repeat(40);
        let short = cut(&face, &text, 30.0, 300.0);
        assert!(short.ends_with("\u{306}…") && short.len() < text.len(), "{short}");
    }

    #[test]
    fn a_pixel_is_the_whole_part() {
        for (at, pixel) in [(-3.0, 0), (0.0, 0), (7.9, 7), (1199.0, 1199)] {
            assert_eq!(whole(at), pixel);
        }
    }
}
