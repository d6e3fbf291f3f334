//! The eight forms of law education: a closed list of the law, the same in every province.

/// Luật 14/2012/QH13 Đ.11, clause by clause; ids as in the vocabulary, words for the screen.
pub const FORMS: [(&str, &str); 8] = [
    ("hop-bao", "Họp báo, thông cáo báo chí"),
    (
        "truc-tiep",
        "Phổ biến pháp luật trực tiếp; tư vấn, cung cấp tài liệu",
    ),
    (
        "truyen-thong",
        "Phương tiện thông tin đại chúng, loa truyền thanh, pa-nô, niêm yết",
    ),
    ("cuoc-thi", "Thi tìm hiểu pháp luật"),
    (
        "qua-cong-vu",
        "Xét xử, tiếp công dân, trợ giúp pháp lý, hòa giải ở cơ sở",
    ),
    (
        "long-ghep",
        "Lồng ghép trong văn hóa, sinh hoạt đoàn thể, câu lạc bộ, tủ sách",
    ),
    ("trong-nha-truong", "Giáo dục pháp luật trong nhà trường"),
    ("khac", "Hình thức khác"),
];

/// How an activity met its audience.
pub const MODES: [(&str, &str); 3] = [
    ("truc-tiep", "Trực tiếp"),
    ("truc-tuyen", "Trực tuyến"),
    ("ket-hop", "Trực tiếp kết hợp trực tuyến"),
];

/// What a form is called on the screen; the id itself where it is not known.
#[must_use]
pub fn form_label(id: &str) -> &str {
    label(&FORMS, id)
}

/// What a mode is called on the screen.
#[must_use]
pub fn mode_label(id: &str) -> &str {
    label(&MODES, id)
}

fn label<'a>(list: &[(&str, &'static str)], id: &'a str) -> &'a str {
    list.iter()
        .find(|(known, _)| *known == id)
        .map_or(id, |(_, label)| *label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_names_the_same_eight_forms() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tenants/kon-tum/vocabulary/education-forms.toml"
        );
        let list: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        let ids: Vec<&str> = list["term"]
            .as_array()
            .unwrap()
            .iter()
            .map(|term| term["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, FORMS.map(|(id, _)| id));
        assert_eq!(form_label("cuoc-thi"), "Thi tìm hiểu pháp luật");
    }
}
