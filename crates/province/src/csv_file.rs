//! Tables as CSV for a spreadsheet. A cell that a spreadsheet would run as a formula is made plain text.

/// A table as CSV: UTF-8 with its mark, one line a row, every text made plain.
///
/// # Errors
/// Where the text cannot be built.
pub fn file(rows: impl IntoIterator<Item = Vec<String>>) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|text| plain(text)))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
}

/// Text that no spreadsheet takes for a formula (OWASP, CSV injection), full-width forms included. A whole figure is itself.
#[must_use]
pub fn plain(text: &str) -> String {
    const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'];
    if text.parse::<i64>().is_err() && text.trim_start_matches(' ').starts_with(STARTS) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for bad in [
            "=1+1", "+84 98", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\0", "＝1", "  =1",
        ] {
            assert!(plain(bad).starts_with('\''), "{bad:?}");
        }
        assert_eq!(
            (plain("Huyện Đăk Glei").as_str(), plain("-2").as_str()),
            ("Huyện Đăk Glei", "-2")
        );
        let text = file([vec!["Họ tên".to_owned(), "=cmd".to_owned()]]).unwrap();
        assert_eq!(text, "\u{feff}Họ tên,'=cmd\r\n");
    }
}
