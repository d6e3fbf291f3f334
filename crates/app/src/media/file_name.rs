//! Names of uploaded files, as they are shown and offered for saving: one line, no path, the ending of what it is.

/// Longest name without its ending, in characters.
const LONGEST: usize = 100;

/// A name that can stand in a header and in a list.
pub(super) fn cleaned(name: &str, ending: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let plain: String = stem
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        // Left-to-right and other marks that turn "gpj.exe" around.
        .filter(|c| !c.is_control() && !matches!(*c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
        .filter(|c| !"\"<>:|?*;%".contains(*c))
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let short: String = words.join(" ").trim_matches('.').chars().take(LONGEST).collect();
    let stem = if short.trim().is_empty() {
        "tep"
    } else {
        short.trim()
    };
    format!("{stem}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::cleaned;

    #[test]
    fn a_name_is_one_line_with_the_right_ending() {
        assert_eq!(cleaned("Biên bản  hội nghị.PDF", "pdf"), "Biên bản hội nghị.pdf");
        assert_eq!(cleaned("C:\\ảnh\\..\\chợ.jpeg", "jpg"), "chợ.jpg");
        assert_eq!(cleaned("../../etc/passwd", "png"), "passwd.png");
        assert_eq!(cleaned("a\u{202e}gpj.exe\r\nSet-Cookie: x", "jpg"), "agpj.jpg");
        assert_eq!(cleaned("\"\".svg", "png"), "tep.png");
        assert_eq!(cleaned(&"ă".repeat(500), "png").chars().count(), 104);
    }
}
