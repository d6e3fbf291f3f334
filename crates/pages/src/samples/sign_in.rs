//! The steps of signing in, first time and after a mistake.

use super::{Sample, draw, frames};
use crate::part::Notice;
use crate::sign_in::{Code, Enrol, Password, QrCode};

pub(super) fn add(samples: &mut Vec<Sample>) {
    let (email, password) = Password::fields();
    let page = Password {
        frame: frames::bare(),
        action: "/dang-nhap".into(),
        next: None,
        notice: None,
        email,
        password,
    };
    draw(samples, "dang-nhap-trong", &page);
    let mistaken = Password {
        next: Some("/quan-tri/so-tu-phap/".into()),
        notice: Some(Notice::warning(
            "Đã hết giờ làm việc.",
            "Những gì đã lưu nháp vẫn còn.",
        )),
        email: page.email.clone().with_value("dung@sotuphap.example"),
        password: page
            .password
            .clone()
            .with_error(Some("thư điện tử hoặc mật khẩu chưa đúng. Còn 4 lần thử.")),
        ..page
    };
    draw(samples, "dang-nhap", &mistaken);
    let code = Code {
        frame: frames::bare(),
        action: "/dang-nhap/ma".into(),
        account: "dung@sotuphap.example".into(),
        restart: "/dang-nhap".into(),
        next: None,
        notice: None,
        code: Code::field(),
        step_up: false,
        kept: Vec::new(),
    };
    draw(samples, "ma", &code);
    let wrong = Code {
        code: Code::field_again().with_error(Some("mã chưa đúng hoặc đã qua 30 giây. Còn 4 lần thử.")),
        step_up: true,
        kept: vec![("reason".into(), "Số liệu quý \"ba\" <chưa khớp>".into())],
        ..code
    };
    draw(samples, "ma-sai", &wrong);
    let enrol = Enrol {
        frame: frames::bare(),
        action: "/tai-khoan/ma".into(),
        account: "dung@sotuphap.example".into(),
        qr: QrCode::of(29, |x, y| (x * 7 + y * 13 + x * y) % 3 == 0),
        secret: Enrol::grouped("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
        code: Code::field(),
        next: None,
    };
    draw(samples, "bat-ma", &enrol);
}
