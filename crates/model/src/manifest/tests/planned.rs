//! Plans as data: what is taken, and what is refused with its line and its reason.

use super::*;

#[test]
fn n_23_plans_hold_together() {
    let file = "plans/de-an-471.toml";
    expect(
        file,
        "\"van-phong-ubnd-tinh\"",
        "\"van-phong-la\"",
        "`van-phong-la` không có trong agencies/",
    );
    let twice = broken(file, "number = \"II.2\"", "number = \"II.1\"");
    assert!(
        twice.iter().any(|p| p.message.contains("`II.1` đã có")),
        "{twice:#?}"
    );
    let twice = broken(file, "id = \"danh-gia\"", "id = \"chi-dao\"");
    assert!(
        twice.iter().any(|p| p.message.contains("`chi-dao` bị lặp")),
        "{twice:#?}"
    );
    expect(
        file,
        "measures = [\"broadcasts\"]",
        "measures = [\"la\"]",
        "chỉ tiêu lạ của sổ hoạt động",
    );
    expect(
        file,
        "valid_to = \"2021-12-31\"",
        "valid_to = \"2018-12-31\"",
        "đứng trước ngày bắt đầu",
    );
    expect(
        file,
        "id = \"de-an-471\"",
        "id = \"de-an-766\"",
        "phải trùng tên tệp",
    );
    expect(
        file,
        "leads = {}\njoins = { rows = [\"so_tu_phap\", \"so_nganh\", \"dia_ban\"] }",
        "leads = {}",
        "chưa có cơ quan nào",
    );
    expect(
        file,
        "number = \"II.7\"",
        "number = \"II 7\"",
        "chỉ gồm chữ không dấu",
    );
    let both = broken(
        file,
        "[[task.indicator]]\nlabel = \"Số lần phát",
        "narrative_only = true\n[[task.indicator]]\nlabel = \"Số lần phát",
    );
    assert!(
        both.iter().any(|p| p.message.contains("không có indicator")),
        "{both:#?}"
    );
    let none = broken(file, "narrative_only = true\n", "");
    assert!(
        none.iter().any(|p| p.message.contains("chưa có số liệu")),
        "{none:#?}"
    );
}

#[test]
fn n_23_two_wordings_of_a_plan_stand_side_by_side() {
    let mut files = kon_tum();
    let (_, first) = files
        .iter()
        .find(|(name, _)| name == "plans/de-an-471.toml")
        .unwrap();
    let later = first.replace("valid_from = \"2019-01-01\"", "valid_from = \"2021-01-01\"");
    files.push(("plans/de-an-471.2021-01-01.toml".into(), later));
    let clash = parse(&files).unwrap_err();
    assert!(
        clash.iter().any(|p| p.message.contains("cùng hiệu lực")),
        "{clash:#?}"
    );
    let (_, first) = files
        .iter_mut()
        .find(|(name, _)| name == "plans/de-an-471.toml")
        .unwrap();
    *first = first.replace("valid_to = \"2021-12-31\"", "valid_to = \"2020-12-31\"");
    assert_eq!(parse(&files).unwrap().plans.len(), 6);
}

#[test]
fn councils_and_their_reports_hold_together() {
    let council = "councils/hoi-dong-phoi-hop.toml";
    expect(
        council,
        "agency = \"ban-dan-toc\"",
        "agency = \"ban-la\"",
        "`ban-la` không có trong agencies/",
    );
    let twice = broken(council, "agency = \"ban-dan-toc\"", "agency = \"so-noi-vu\"");
    assert!(
        twice
            .iter()
            .any(|p| p.file == council && p.message.contains("chồng lên")),
        "{twice:#?}"
    );
    let half = "plans/hoi-dong-6-thang.toml";
    expect(
        half,
        "council = \"hoi-dong-phoi-hop\"",
        "council = \"hoi-dong-la\"",
        "không có hội đồng `hoi-dong-la`",
    );
    expect(
        half,
        "council = \"hoi-dong-phoi-hop\"",
        "council = \"hoi-dong-phoi-hop\"\ncontributors = [\"so_nganh\"]",
        "chỉ chọn một",
    );
    expect(half, "to = \"06-30\"", "to = \"05-00\"", "ngày trong năm");
    let backwards = broken(half, "from = \"01-01\"", "from = \"07-01\"");
    assert!(
        backwards
            .iter()
            .any(|p| p.message.contains("đứng trước ngày đầu")),
        "{backwards:#?}"
    );
    let unnamed = broken(half, "term = \"6 tháng đầu năm\"\n", "");
    assert!(
        unnamed.iter().any(|p| p.message.contains("cần term")),
        "{unnamed:#?}"
    );
    expect(
        "calendar.toml",
        "plan = \"hoi-dong-nam\"",
        "plan = \"hoi-dong-quy\"",
        "không có kế hoạch `hoi-dong-quy`",
    );
    let manifest = parse(&kon_tum()).unwrap();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!(
        manifest.calendar.plan_due("hoi-dong-6-thang", 2020),
        Some(day("2020-06-20"))
    );
    assert_eq!(manifest.calendar.plan_due("khong-co", 2020), None);
}
