//! The real folder parses and is canonical; one broken file of each sort names its line and reason.

mod alarms;
mod dashboard;
mod dated;
mod indicators;
mod planned;
mod reorganised;
mod retention;

use std::path::Path;

use super::*;
use crate::activity::{Content, Funding, Kind};
use crate::agency::ReportRow;
use crate::policy::{Action, Condition, PolicyRow, Role};

type Files = Vec<(String, String)>;

fn kon_tum() -> Files {
    fn walk(root: &Path, folder: &Path, files: &mut Files) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                files.push((name.replace('\\', "/"), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tenants/kon-tum");
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    files.sort();
    files
}

/// The real folder with one replacement in one file.
fn broken(file: &str, old: &str, new: &str) -> Vec<Problem> {
    let mut files = kon_tum();
    let (_, text) = files.iter_mut().find(|(name, _)| name == file).unwrap();
    assert!(text.contains(old), "{file} does not contain {old}");
    *text = text.replacen(old, new, 1);
    parse(&files).unwrap_err()
}

/// One fault, of this file, on the line of this text, with these words.
#[track_caller]
fn expect(file: &str, old: &str, new: &str, words: &str) {
    let files = kon_tum();
    let (_, text) = files.iter().find(|(name, _)| name == file).unwrap();
    let text = text.replacen(old, new, 1);
    let line = 1 + text.find(new).map_or(0, |at| text[..at].matches('\n').count());
    let problems = broken(file, old, new);
    let found = problems
        .iter()
        .any(|p| p.file == file && p.line == line && p.message.contains(words));
    assert!(found, "wanted {file}:{line}: …{words}…, got {problems:#?}");
}

#[test]
fn kon_tum_parses() {
    let manifest = match parse(&kon_tum()) {
        Ok(manifest) => manifest,
        Err(problems) => panic!("{problems:#?}"),
    };
    assert_eq!(manifest.province.slug, "kon-tum");
    assert_eq!(manifest.agencies.len(), 47);
    assert_eq!(manifest.forms.len(), 9);
    assert_eq!(manifest.vocabulary.education_forms.terms.len(), 8);
    let told = manifest.reorganisations.iter().flat_map(|file| &file.successions);
    assert!(told.clone().count() == 4 && told.into_iter().all(|succession| succession.verify));

    let districts: Vec<_> = manifest
        .agencies
        .iter()
        .filter(|a| a.report_row == ReportRow::DiaBan)
        .collect();
    assert_eq!(districts.len(), 10);
    assert_eq!(districts.iter().map(|d| d.communes.len()).sum::<usize>(), 102);

    let health = manifest.agency("so-y-te").unwrap();
    assert_eq!(manifest.parents_of(health)[0].2, "Ủy ban nhân dân tỉnh Kon Tum");
    assert!(health.unverified().contains(&"Thông tin liên hệ".to_owned()));
}

#[test]
fn tiles_name_each_district_once_and_stand_apart() {
    let manifest = parse(&kon_tum()).unwrap();
    assert_eq!(manifest.province.tiles.len(), 10);
    let file = "province.toml";
    expect(
        file,
        "agency = \"huyen-sa-thay\"",
        "agency = \"huyen-khong-co\"",
        "không có trong agencies/",
    );
    expect(
        file,
        "agency = \"huyen-sa-thay\"",
        "agency = \"huyen-dak-to\" # hai lần",
        "đã có một ô khác",
    );
    expect(file, "row = 1", "row = 13", "từ 1 đến 12");
    expect(file, "row = 4", "row = 3 # trùng", "trùng ô với `huyen-sa-thay`");
}

#[test]
fn agencies_are_canonical_and_round_trip() {
    for (name, text) in kon_tum().iter().filter(|(name, _)| name.starts_with("agencies/")) {
        let agency: AgencyFile = toml::from_str(text).unwrap();
        let written = write_agency(&agency).unwrap();
        assert_eq!(toml::from_str::<AgencyFile>(&written).unwrap(), agency, "{name}");
        assert_eq!(&written, text, "{name} is not in the form that export writes");
    }
}

#[test]
fn roles_round_trip() {
    let manifest = parse(&kon_tum()).unwrap();
    let rows: Vec<PolicyRow> = manifest.roles.iter().map(|line| line.row()).collect();
    let mut problems = Vec::new();
    let again = roles::parse("roles.csv", &write_roles(&rows), &mut problems);
    assert!(problems.is_empty());
    assert_eq!(again.iter().map(|line| line.row()).collect::<Vec<_>>(), rows);
    for role in Role::ALL {
        assert!(rows.iter().any(|row| row.role == *role), "{role} may do nothing");
    }
    // Alarms and what pages show come of the schedule alone; who runs the machine erases, and the schedule.
    let nobodys = [Action::AlarmRaise, Action::EmbedWatch, Action::PersonErase];
    for action in Action::ALL.iter().filter(|action| !nobodys.contains(action)) {
        assert!(
            rows.iter().any(|row| row.action == *action),
            "nobody may {action}"
        );
    }
    let approvals = rows.iter().filter(|row| row.action == Action::ArticleApprove);
    assert!(
        approvals
            .into_iter()
            .all(|row| row.condition == Condition::NotContributorSecondFactor)
    );
}

/// `vocabulary/activity-kinds.toml` and the code that fills the ledger say the same.
#[test]
fn activities_raise_what_the_vocabulary_says() {
    let manifest = parse(&kon_tum()).unwrap();
    let full = Content {
        sessions: 1,
        attendees: 1,
        materials: 1,
        broadcasts: 1,
        funding: Funding {
            regular: 1,
            programme: 1,
            other: 1,
        },
        ..Content::default()
    };
    for kind in Kind::ALL {
        let terms = &manifest.vocabulary.activity_kinds.terms;
        let term = terms.iter().find(|term| term.id == kind).unwrap();
        let mut said = term.raises.clone();
        let mut raised: Vec<_> = full
            .measures(kind)
            .into_iter()
            .map(|(measure, _)| measure)
            .collect();
        said.sort();
        raised.sort();
        assert_eq!(said, raised, "{}", kind.word());
    }
}

#[test]
fn the_calendar_answers() {
    let calendar = parse(&kon_tum()).unwrap().calendar;
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    assert_eq!(
        calendar.due("09d", PeriodKind::SixMonths, 2020),
        Some(day(2020, 6, 16))
    );
    assert_eq!(
        calendar.due("09b", PeriodKind::OfficialYear, 2020),
        Some(day(2021, 1, 31))
    );
    assert!(
        calendar.days_off().any(|off| off == day(2020, 1, 25)),
        "mùng 1 Tết Canh Tý"
    );
    assert!(!calendar.period(PeriodKind::OfficialYear).unwrap().has_estimate());
}

#[test]
fn syntax_and_keys() {
    let agency = "agencies/so-y-te.toml";
    expect(agency, "slug = ", "slug == ", "sai cú pháp");
    expect(agency, "accent = ", "acent = ", "khóa lạ `acent`");
    expect(agency, "accent = \"sen\"\n", "", "thiếu khóa `accent`");
    expect(
        agency,
        "accent = \"sen\"",
        "accent = \"hong\"",
        "giá trị lạ `hong`",
    );
    expect(agency, "value = \"so\"", "value = \"bo\"", "giá trị lạ `bo`");
    expect(agency, "slug = \"so-y-te\"", "slug = 7", "sai kiểu giá trị");
    expect(
        agency,
        "valid_from = \"2019-01-01\"",
        "valid_from = \"2019-02-30\"",
        "ngày không hợp lệ",
    );
    expect(
        agency,
        "valid_from = \"2019-01-01\"",
        "valid_from = 2019-01-01",
        "ngày không hợp lệ",
    );
    expect(agency, "id = \"", "id = \"x", "mã UUID không hợp lệ");
    expect(agency, "[contact]", "[kontakt]", "khóa lạ `kontakt`");
}

#[test]
fn agencies_against_each_other() {
    let agency = "agencies/so-y-te.toml";
    expect(
        agency,
        "unit = \"ubnd-tinh\"",
        "unit = \"ubnd\"",
        "cơ quan chủ quản `ubnd` không có",
    );
    expect(
        agency,
        "unit = \"ubnd-tinh\"",
        "unit = \"so-y-te\"",
        "của chính mình",
    );
    expect(
        agency,
        "slug = \"so-y-te\"",
        "slug = \"so-te-y\"",
        "phải trùng tên tệp",
    );
    expect(
        agency,
        "slug = \"so-y-te\"",
        "slug = \"Sở Y tế\"",
        "chữ thường không dấu",
    );
    expect(
        agency,
        "\"khao-sat\"",
        "\"tham-do\"",
        "nhóm thông tin `tham-do` không có",
    );
    expect(agency, "\"khao-sat\"", "\"tin-tuc\"", "bị lặp");
    expect(
        agency,
        "report_row = \"so_nganh\"",
        "report_row = \"so_tu_phap\"",
        "chỉ một cơ quan",
    );
    expect(agency, "website = \"https", "website = \"javascript", "https://");
    expect(
        "agencies/thanh-pho-kon-tum.toml",
        "code = \"23281\"",
        "code = \"23538\"",
        "mã xã `23538` đã có",
    );
    expect(
        "agencies/huyen-ia-hdrai.toml",
        "value = \"huyen\"",
        "value = \"so\"",
        "cấp huyện",
    );
    let files = kon_tum();
    let (_, other) = files
        .iter()
        .find(|(name, _)| name == "agencies/so-noi-vu.toml")
        .unwrap();
    let id = other.lines().next().unwrap();
    let (_, text) = files.iter().find(|(name, _)| name == agency).unwrap();
    expect(
        agency,
        text.lines().next().unwrap(),
        id,
        "đã thuộc cơ quan `so-noi-vu`",
    );
}

#[test]
fn circles_of_parents_are_refused() {
    let front = "agencies/uy-ban-mttq-viet-nam-tinh.toml";
    expect(
        front,
        "unit = \"mttq-viet-nam\"",
        "unit = \"tinh-doan\"",
        "lại thuộc chính cơ quan này",
    );
}

#[test]
fn validity_must_not_overlap() {
    let agency = "agencies/so-y-te.toml";
    let second = "verify = true\n\n[[name]]\nofficial = \"A\"\nshort = \"A\"\nvalid_from = \"2020-01-01\"";
    let problems = broken(agency, "verify = true", second);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!(problems[0].line, 21);
    assert!(problems[0].message.contains("chồng lên mục thứ 1"));
    let backwards = "valid_from = \"2019-01-01\"\nvalid_to = \"2018-01-01\"";
    let problems = broken(agency, "valid_from = \"2019-01-01\"", backwards);
    assert!(problems[0].message.contains("đứng trước"), "{problems:#?}");
    let follows = "valid_from = \"2019-01-01\"\nvalid_to = \"2019-12-31\"\n\n[[name]]\nofficial = \"A\"\nshort = \"A\"\nvalid_from = \"2020-01-01\"";
    let mut files = kon_tum();
    let (_, text) = files.iter_mut().find(|(name, _)| name == agency).unwrap();
    let name = "short = \"Sở Y tế\"\nvalid_from = \"2019-01-01\"";
    *text = text.replacen(name, &format!("short = \"Sở Y tế\"\n{follows}"), 1);
    assert_eq!(parse(&files).unwrap().agency("so-y-te").unwrap().names.len(), 2);
}

#[test]
fn roles_refuse_what_they_do_not_know() {
    let roles = "roles.csv";
    expect(
        roles,
        "editor,article-write,always",
        "redactor,article-write,always",
        "vai trò lạ: `redactor`",
    );
    expect(
        roles,
        "editor,article-write,always",
        "editor,article-burn,always",
        "hành động lạ: `article-burn`",
    );
    expect(
        roles,
        "editor,article-write,always",
        "editor,article-write,never",
        "điều kiện lạ: `never`",
    );
    expect(
        roles,
        "editor,article-write,always",
        "editor,article-write",
        "3 cột",
    );
    expect(
        roles,
        "editor,article-write,always",
        "editor,*,always",
        "hành động lạ: `*`",
    );
    expect(
        roles,
        "editor,article-write,always",
        "editor,manifest-apply,always",
        "việc của cấp tỉnh",
    );
    expect(
        roles,
        "auditor,oversight-read,always",
        "auditor,agency-create,always",
        "chỉ được đọc",
    );
    expect(
        roles,
        "role,action,condition",
        "vai,viec,dieu-kien",
        "dòng đầu phải là",
    );
    let twice = "editor,media-upload,always\neditor,media-upload,always";
    let problems = broken(roles, "editor,media-upload,always", twice);
    assert!(problems[0].message.contains("đã có ở dòng"), "{problems:#?}");
}

#[test]
fn forms_hold_together() {
    // A form that spells its measures.
    let spelled = "forms/09e.toml";
    expect(
        spelled,
        "measures = [\"contests\"]",
        "measures = [\"kontests\"]",
        "chỉ tiêu lạ của sổ hoạt động: kontests",
    );
    expect(
        spelled,
        "sum = [10, 11, 12]",
        "sum = [10, 11, 13]",
        "cột 13 không có trong biểu",
    );
    expect(
        spelled,
        "sum = [10, 11, 12]",
        "sum = [9, 11, 12]",
        "cột 9 cũng là công thức",
    );
    expect(spelled, "sum = [10, 11, 12]", "sum = [1, 11, 12]", "khác loại");
    let form = "forms/09d.toml";
    expect(form, "number = 5", "number = 6", "phải mang số 5");
    let declared = "source = \"declared\"";
    expect(spelled, declared, "source = \"ledger\"", "cần measures");
    expect(spelled, declared, "source = \"register\"", "đi với source");
    let first = "source = \"indicator\"\nindicator = \"bao-cao-vien\"";
    expect(
        form,
        first,
        "source = \"declared\"\nregister = \"active\"",
        "chỉ với nguồn ấy",
    );
    expect(
        form,
        first,
        "register = \"aktive\"\nsource = \"register\"",
        "aktive",
    );
    expect(
        form,
        "type = \"flow\"\nsource = \"indicator\"\nindicator = \"cuoc-thi\"",
        "type = \"flow\"\nsource = \"register\"\nregister = \"active\"",
        "là số hiện có",
    );
    expect(
        spelled,
        declared,
        "source = \"register\"\nregister = \"recognised\"",
        "không có danh sách báo cáo viên",
    );
    expect(
        spelled,
        declared,
        "source = \"mediation\"",
        "đi với source = \"mediation\"",
    );
    expect(
        form,
        "type = \"flow\"\nsource = \"indicator\"\nindicator = \"cuoc-thi\"",
        "type = \"flow\"\nsource = \"mediation\"\nmediation = \"groups\"",
        "là số hiện có",
    );
    expect(form, "right = [7]", "right = [77]", "cột 77 không có");
    expect(form, "right = [7]", "right = [6, 7]", "đúng một cột bên phải");
    expect(form, "id = \"09d\"", "id = \"09x\"", "phải trùng tên tệp");
    expect(
        form,
        "filled_by = [\"so_tu_phap\"",
        "filled_by = [\"dia_ban\"",
        "đã lập biểu `09b`",
    );
    expect(
        "forms/09c.toml",
        "consolidates = [\"09b\"",
        "consolidates = [\"09z\"",
        "không có biểu `09z`",
    );
    expect(
        "forms/09c.toml",
        "kind = \"agencies\"",
        "kind = \"unit\"",
        "report_row đi với dòng",
    );
}

#[test]
fn the_calendar_holds_together() {
    let file = "calendar.toml";
    expect(file, "form = \"09a\"", "form = \"08a\"", "không có biểu `08a`");
    expect(file, "due = \"06-06\"", "due = \"06-31\"", "tháng-ngày");
    expect(
        file,
        "actual_to = \"05-31\"",
        "actual_to = \"07-31\"",
        "from ≤ actual_to ≤ to",
    );
    expect(
        file,
        "day = \"2019-05-04\"",
        "day = \"2019-05-06\"",
        "thứ Bảy hoặc Chủ nhật",
    );
    expect(
        file,
        "from = \"2019-04-15\"",
        "from = \"2019-04-29\"",
        "đứng trước",
    );
    let problems = broken(file, "form = \"09d\"", "form = \"09b\"");
    assert!(
        problems.iter().any(|p| p.message.contains("đã có ở trên")),
        "{problems:#?}"
    );
    assert!(
        problems
            .iter()
            .any(|p| p.file == "forms/09d.toml" && p.message.contains("không có thời hạn"))
    );
}

#[test]
fn rep_01_two_wordings_of_a_form_stand_side_by_side() {
    let with = |name: &str, from: &str, to: &str| {
        let mut files = kon_tum();
        let at = files
            .iter()
            .position(|(name, _)| name == "forms/09d.toml")
            .unwrap();
        let text = files[at].1.clone();
        let first = "valid_from = \"2019-05-15\"";
        assert!(text.contains(first));
        files[at].1 = text.replacen(first, &format!("{first}\nvalid_to = \"{to}\""), 1);
        let later = text.replacen(first, &format!("valid_from = \"{from}\""), 1);
        files.push((format!("forms/{name}.toml"), later));
        files.sort();
        parse(&files)
    };
    let both = with("09d.2021-01-01", "2021-01-01", "2020-12-31").unwrap();
    let wordings: Vec<_> = both
        .forms
        .iter()
        .filter(|form| form.id == "09d")
        .map(|form| form.entry(&both.forms))
        .collect();
    assert_eq!(wordings, ["09d", "09d.2021-01-01"]);
    let said = |name: &str, from: &str, to: &str| -> String {
        let problems = with(name, from, to).unwrap_err();
        problems.iter().map(|problem| format!("{problem}\n")).collect()
    };
    let overlapping = said("09d.2021-01-01", "2021-01-01", "2021-06-30");
    assert!(overlapping.contains("cùng hiệu lực"), "{overlapping}");
    let elsewhere = said("09d-moi", "2021-01-01", "2020-12-31");
    assert!(elsewhere.contains("09d.2021-01-01.toml"), "{elsewhere}");
}

#[test]
fn vocabulary_holds_together() {
    expect(
        "vocabulary/fields.toml",
        "id = \"dieu-uoc-quoc-te\"",
        "id =  \"dan-su\"",
        "`dan-su` bị lặp",
    );
    expect(
        "vocabulary/fields.toml",
        "id = \"dan-su\"",
        "id = \"dân sự\"",
        "chữ thường không dấu",
    );
    let kinds = "vocabulary/activity-kinds.toml";
    expect(
        kinds,
        "form = \"cuoc-thi\"",
        "form = \"thi\"",
        "hình thức `thi` không có",
    );
    expect(
        kinds,
        "id = \"hoi-nghi\"",
        "id = \"hoi-hop\"",
        "giá trị lạ `hoi-hop`",
    );
    expect(kinds, "\"broadcasts\"", "\"phat-song\"", "chỉ tiêu lạ");
}

#[test]
fn files_missing_or_strange() {
    for gone in [
        "province.toml",
        "roles.csv",
        "calendar.toml",
        "vocabulary/fields.toml",
    ] {
        let mut files = kon_tum();
        files.retain(|(name, _)| name != gone);
        let problems = parse(&files).unwrap_err();
        assert_eq!(problems.len(), 1, "{problems:#?}");
        assert_eq!(problems[0].to_string(), format!("{gone}:1: thiếu tệp này"));
    }
    for strange in [
        "agencies/a/b.toml",
        "agencies/a.txt",
        "notes.md",
        "vocabulary/other.toml",
        "forms/.toml",
    ] {
        let mut files = kon_tum();
        files.push((strange.to_owned(), String::new()));
        let problems = parse(&files).unwrap_err();
        assert_eq!((problems.len(), problems[0].file.as_str()), (1, strange));
    }
}
