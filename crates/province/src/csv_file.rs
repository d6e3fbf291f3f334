//! Tables as CSV for a spreadsheet. A cell that a spreadsheet would run as a formula is made plain text.

/// A table as CSV: UTF-8 with its mark, one line a row, every text made plain.
///
/// # Errors
/// Where the text cannot be built.
pub fn file(rows: impl IntoIterator<Item = Vec<String>>) -> Result<String, csv::Error> {
    written(rows, plain).map(|text| format!("\u{feff}{text}"))
}

/// More lines of a file that was begun: without the mark.
///
/// # Errors
/// Where the text cannot be built.
pub fn rows(rows: impl IntoIterator<Item = Vec<String>>) -> Result<String, csv::Error> {
    written(rows, plain)
}

fn written(
    rows: impl IntoIterator<Item = Vec<String>>,
    cell: impl Fn(&str) -> String,
) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|text| cell(text)))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The same with figures among the texts: a cell that is a whole or a decimal number stays one, below zero too.
///
/// # Errors
/// Where the text cannot be built.
pub fn table(rows: impl IntoIterator<Item = Vec<String>>) -> Result<String, csv::Error> {
    written(rows, |cell| {
        let digits = cell.strip_prefix('-').unwrap_or(cell);
        let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
        if number { cell.to_owned() } else { plain(cell) }
    })
    .map(|text| format!("\u{feff}{text}"))
}

/// Text that no spreadsheet takes for a formula (OWASP, CSV injection), full-width forms included.
#[must_use]
pub fn plain(text: &str) -> String {
    const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'];
    if text.trim_start_matches(' ').starts_with(STARTS) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_keeps_numbers_and_disarms_words() {
        let text = table([
            vec!["=HYPERLINK(1)".to_owned(), "-14".to_owned(), "25,1".to_owned()],
            vec!["-2+3".to_owned(), "-".to_owned(), "Sở A".to_owned()],
        ])
        .unwrap();
        assert_eq!(text, "\u{feff}'=HYPERLINK(1),-14,\"25,1\"\r\n'-2+3,'-,Sở A\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for bad in [
            "=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", "\0", "＝1", "  =1",
        ] {
            assert!(plain(bad).starts_with('\''), "{bad:?}");
        }
        assert_eq!(plain("Huyện Đăk Glei"), "Huyện Đăk Glei");
        let text = file([vec!["Họ tên".to_owned(), "=cmd".to_owned()]]).unwrap();
        assert_eq!(text, "\u{feff}Họ tên,'=cmd\r\n");
    }
}
