//! The agency's own pages and the account's: full, empty, after a mistake.

use super::{Sample, draw, frames};
use crate::desk::account::{self, Account, ChangePassword, FirstPassword};
use crate::desk::home::{Chooser, WorkPlace};
use crate::desk::member::{HeldRole, Member, Members};
use crate::desk::profile::Settings;
use crate::part::{Empty, Link, State, Tone};

pub(super) fn add(samples: &mut Vec<Sample>) {
    home(samples);
    own_account(samples);
    members(samples);
    settings(samples);
}

fn places() -> Vec<WorkPlace> {
    let place = |name: &str, roles: &str, state| WorkPlace {
        name: name.into(),
        href: "/quan-tri/so-tu-phap".into(),
        roles: roles.into(),
        state,
    };
    vec![
        place("Toàn tỉnh Kon Tum", "Người tổng hợp báo cáo cấp tỉnh", None),
        place("Sở Tư pháp", "Biên tập viên, Người lập báo cáo", None),
        place(
            "Liên hiệp các tổ chức hữu nghị tỉnh",
            "Người duyệt",
            Some(State::new(Tone::Wait, "Tạm dừng, chỉ đọc")),
        ),
    ]
}

fn home(samples: &mut Vec<Sample>) {
    let empty = Empty {
        title: "Chưa có việc nào chờ bạn.".into(),
        text: "Bài gửi duyệt, bài bị trả lại và biểu đến hạn sẽ hiện ở đây.".into(),
        links: vec![Link::new("Viết bài mới", "/quan-tri/so-tu-phap/bai/moi")],
    };
    let chooser = Chooser {
        frame: frames::desk(),
        places: places(),
        empty,
    };
    draw(samples, "chon-noi", &chooser);
    draw(
        samples,
        "chon-noi-trong",
        &Chooser {
            places: vec![],
            ..chooser
        },
    );
}

fn own_account(samples: &mut Vec<Sample>) {
    let page = Account {
        frame: frames::desk().with_notice(None),
        name: "Trần Văn Dũng".into(),
        email: "dung@sotuphap.example".into(),
        factor: State::new(Tone::Ok, "Đang bật, từ 08/11/2020"),
        set_up: None,
        change_password: "/tai-khoan/mat-khau".into(),
        session: "Chrome trên Windows, từ 08:12 ngày 12/11/2020".into(),
        session_ends: "20:12 ngày 12/11/2020".into(),
        idle_minutes: 15,
        places: places(),
        summary: Some(true),
    };
    draw(samples, "tai-khoan", &page);
    let bare = Account {
        factor: State::new(Tone::Late, "Chưa bật; vai trò của bạn bắt buộc phải có"),
        set_up: Some("/tai-khoan/hai-lop".into()),
        places: vec![],
        summary: Some(false),
        ..page
    };
    draw(samples, "tai-khoan-trong", &bare);
    let change = ChangePassword {
        frame: frames::desk().with_notice(None),
        action: "/tai-khoan/mat-khau".into(),
        email: "dung@sotuphap.example".into(),
        old: account::old_password(),
        new: account::new_password(),
    };
    draw(samples, "doi-mat-khau-trong", &change);
    let wrong = ChangePassword {
        old: account::old_password().with_error(Some("chưa đúng. Còn 3 lần thử.")),
        new: account::new_password().with_error(Some("ngắn quá (9 ký tự). Dùng ít nhất 15 ký tự.")),
        ..change
    };
    draw(samples, "doi-mat-khau", &wrong);
    let first = FirstPassword {
        frame: frames::bare(),
        action: "/dang-nhap/lien-ket/x".into(),
        email: "lan@sotuphap.example".into(),
        name: account::own_name("lan"),
        new: account::new_password(),
    };
    draw(samples, "mat-khau-dau", &first);
}

fn members(samples: &mut Vec<Sample>) {
    let role = |label: &str| HeldRole {
        label: label.into(),
        value: "x".into(),
        since: "08/11/2020".into(),
    };
    let person = |name: &str, roles: &[&str], both| Member {
        account: "x".into(),
        name: name.into(),
        email: "x@sotuphap.example".into(),
        roles: roles.iter().map(|label| role(label)).collect(),
        both,
    };
    let roles: Vec<(String, String, String)> = [
        ("a", "Biên tập viên", "Soạn, sửa và gửi duyệt bài."),
        ("b", "Người duyệt", "Duyệt, trả lại, gỡ bài. Cần mã xác thực."),
    ]
    .into_iter()
    .map(|(value, label, hint)| (value.into(), label.into(), hint.into()))
    .collect();
    let (email, role_field) = Members::fields(&roles);
    let page = Members {
        frame: frames::desk(),
        people: vec![
            person("Nguyễn Thị Y Lan", &["Biên tập viên", "Người duyệt"], true),
            person("Trần Văn Dũng", &["Quản trị chuyên mục"], false),
        ],
        grant: "/quan-tri/so-tu-phap/thanh-vien".into(),
        revoke: "/quan-tri/so-tu-phap/thanh-vien/thoi".into(),
        may_change: true,
        email: email
            .with_value("da-khoa@x.example")
            .with_error(Some("của một tài khoản đã khoá.")),
        role: role_field.clone().with_value("b"),
    };
    draw(samples, "thanh-vien", &page);
    let quiet = Members {
        may_change: false,
        people: vec![],
        email: Members::fields(&roles).0,
        role: role_field,
        ..page
    };
    draw(samples, "thanh-vien-trong", &quiet);
}

fn settings(samples: &mut Vec<Sample>) {
    let page = Settings {
        frame: frames::desk().with_notice(None),
        action: "/quan-tri/so-tu-phap/thiet-lap".into(),
        fields: Settings::fields([
            "Nguyễn Văn A, Phó Giám đốc",
            "Đường Trường Chinh, thành phố Kon Tum",
            "0260 3862 345",
            "x@kontum.example",
            "https://sotuphap.kontum.gov.vn",
        ]),
        verify: vec!["Số điện thoại lấy từ danh bạ năm 2019".into()],
        official: "Sở Tư pháp tỉnh Kon Tum".into(),
        addresses: vec!["http://localhost:8080/so-tu-phap/".into()],
    };
    draw(samples, "thiet-lap", &page);
    let mut fields = Settings::fields(["", "", "", "", ""]);
    if let Some(first) = fields.first_mut() {
        first.error = Some("chưa có. Ghi họ tên, chức vụ.".into());
    }
    draw(
        samples,
        "thiet-lap-trong",
        &Settings {
            fields,
            verify: vec![],
            ..page
        },
    );
}
