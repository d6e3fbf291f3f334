//! Words in place of a picture (MED-03): what it shows, not what the file is called.

/// Fewest characters that can say what a picture shows.
const SHORTEST: usize = 8;

/// What is wrong with an alternative text, in the words of the screen.
#[must_use]
pub fn cannot_be_used(alt: &str, file_name: &str) -> Option<String> {
    let alt = alt.trim();
    if alt.chars().count() < SHORTEST {
        return Some(
            "chưa đủ. Tả trong một câu những gì thấy trong ảnh, cho người không nhìn được ảnh.".into(),
        );
    }
    let folded = alt.to_lowercase();
    let is_name = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".pdf"]
        .iter()
        .any(|ending| folded.ends_with(ending))
        || folded == stem(file_name).to_lowercase()
        || looks_like_a_camera(&folded);
    is_name.then(|| "là tên tệp. Tả trong một câu những gì thấy trong ảnh.".into())
}

fn stem(file_name: &str) -> &str {
    file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem)
}

/// "IMG_2041", "DSC 00123", "Screenshot 2020-11-09": no spoken word, only a mark and figures.
fn looks_like_a_camera(folded: &str) -> bool {
    let marks = [
        "img",
        "dsc",
        "dcim",
        "pxl",
        "screenshot",
        "image",
        "photo",
        "anh",
        "zalo",
    ];
    let letters: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
    folded.chars().any(|c| c.is_ascii_digit()) && marks.contains(&letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::cannot_be_used;

    #[test]
    fn names_of_files_say_nothing() {
        for bad in [
            "",
            "ảnh",
            "IMG_01.jpg",
            "IMG_20201109_01",
            "Screenshot 2020-11-09",
            "hoi nghi 2020",
        ] {
            assert!(cannot_be_used(bad, "hoi nghi 2020.png").is_some(), "{bad}");
        }
        let good = "Cán bộ Sở Tư pháp phát tờ gấp cho bà con ở chợ Đăk Tô";
        assert_eq!(cannot_be_used(good, "IMG_01.jpg"), None);
        assert_eq!(cannot_be_used("Bản đồ 10 huyện, thành phố", "x.png"), None);
    }
}
