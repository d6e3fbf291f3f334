//! Indicators as data (REP-01): versions side by side, and every bad file named with its line.

use super::*;

const FILE: &str = "indicators/cuoc-truc-tiep.toml";

/// The folder with a version of one indicator from 2021 on.
fn with_later(name: &str, from: &str, first_ends: &str) -> Result<Manifest, Vec<Problem>> {
    let mut files = kon_tum();
    let first = "valid_from = \"2019-05-15\"";
    let (_, text) = files.iter_mut().find(|(name, _)| name == FILE).unwrap();
    let later = text.replacen(first, &format!("valid_from = \"{from}\""), 1);
    *text = text.replacen(first, &format!("{first}\nvalid_to = \"{first_ends}\""), 1);
    files.push((format!("indicators/{name}.toml"), later));
    files.sort();
    parse(&files)
}

#[test]
fn rep_01_two_versions_of_an_indicator_stand_side_by_side() {
    let both = with_later("cuoc-truc-tiep.2021-01-01", "2021-01-01", "2020-12-31").unwrap();
    let entries: Vec<_> = both
        .indicators
        .iter()
        .filter(|one| one.id == "cuoc-truc-tiep")
        .map(|one| one.entry(&both.indicators))
        .collect();
    assert_eq!(entries, ["cuoc-truc-tiep", "cuoc-truc-tiep.2021-01-01"]);
    let said = |name: &str, from: &str, ends: &str| -> String {
        let problems = with_later(name, from, ends).unwrap_err();
        problems.iter().map(|problem| format!("{problem}\n")).collect()
    };
    let overlapping = said("cuoc-truc-tiep.2021-01-01", "2021-01-01", "2021-06-30");
    assert!(overlapping.contains("cùng hiệu lực"), "{overlapping}");
    let elsewhere = said("cuoc-moi", "2021-01-01", "2020-12-31");
    assert!(
        elsewhere.contains("cuoc-truc-tiep.2021-01-01.toml"),
        "{elsewhere}"
    );
    let gap = said("cuoc-truc-tiep.2021-02-01", "2021-02-01", "2020-12-31");
    assert!(
        gap.contains("forms/09b.toml") && gap.contains("hiệu lực ngày 2021-01-01"),
        "{gap}"
    );
}

#[test]
fn rep_01_bad_indicators_name_their_line() {
    expect(
        FILE,
        "id = \"cuoc-truc-tiep\"",
        "id = \"Cuộc\"",
        "chữ thường không dấu",
    );
    expect(
        FILE,
        "id = \"cuoc-truc-tiep\"",
        "id = \"cuoc\"",
        "phải trùng tên tệp",
    );
    expect(FILE, "unit = \"Cuộc\"", "unit = \" \"", "còn trống");
    expect(
        FILE,
        "\"direct_sessions\"",
        "\"so_cuoc\"",
        "chỉ tiêu lạ của sổ hoạt động",
    );
    expect(
        FILE,
        "source = \"ledger\"",
        "source = \"register\"",
        "cần register",
    );
    expect(
        FILE,
        "source = \"ledger\"",
        "source = \"declared\"",
        "không có measures",
    );
    expect(
        FILE,
        "source = \"ledger\"",
        "source = \"indicator\"",
        "phải nói rõ nguồn",
    );
    expect(
        FILE,
        "verify = true",
        "valid_to = \"2019-05-14\"",
        "đứng trước ngày bắt đầu",
    );
    expect(FILE, "verify = true", "tolerance = 0", "từ 1 đến 1000");
    expect(FILE, "verify = true", "tolerance = 1001", "từ 1 đến 1000");
    expect(FILE, "verify = true", "dinh_nghia = \"\"", "khóa lạ");
    let groups = "indicators/to-hoa-giai.toml";
    let source = "source = \"mediation\"";
    expect(groups, source, "source = \"declared\"", "không có mediation");
    let whole = "source = \"mediation\"\nmediation = \"groups\"";
    expect(groups, whole, source, "cần mediation");
    expect(groups, "\"groups\"", "\"people\"", "people");
    expect(groups, "type = \"stock\"", "type = \"flow\"", "là số hiện có");
    let money = "indicators/kinh-phi.toml";
    expect(
        money,
        "\"kinh-phi-khac\"]",
        "\"kinh-phi-la\"]",
        "không có chỉ tiêu `kinh-phi-la`",
    );
    expect(
        money,
        "\"kinh-phi-khac\"]",
        "\"cuoc-thi\"]",
        "khác loại hoặc khác đơn vị",
    );
    expect(money, "\"kinh-phi-khac\"]", "\"kinh-phi\"]", "cũng là công thức");
}

#[test]
fn rep_01_a_column_shows_an_indicator_that_there_is_and_that_means_the_same() {
    let form = "forms/09d.toml";
    expect(
        form,
        "indicator = \"cuoc-thi\"",
        "indicator = \"cuoc-la\"",
        "không có chỉ tiêu `cuoc-la`",
    );
    expect(
        form,
        "unit = \"Cuộc thi\"",
        "unit = \"Cuộc\"  # khác",
        "đơn vị tính của chỉ tiêu `cuoc-thi` là “Cuộc thi”",
    );
    let lost = broken(
        form,
        "indicator = \"kinh-phi-khac\"",
        "indicator = \"kinh-phi-chuong-trinh\"",
    );
    assert!(
        lost.iter()
            .any(|p| p.file == form && p.message.contains("cộng `kinh-phi-khac`")),
        "{lost:#?}"
    );
    let both = "indicator = \"cuoc-thi\"\nmeasures = [\"contests\"]";
    let found = broken(form, "indicator = \"cuoc-thi\"", both);
    assert!(found[0].message.contains("không có measures"), "{found:#?}");
    let unnamed = broken(form, "indicator = \"cuoc-thi\"\n", "");
    assert!(unnamed[0].message.contains("indicator đi với"), "{unnamed:#?}");
}
