//! Items of the three kinds, changed, withdrawn, embedded.

use super::{Sample, draw, frames};
use crate::part::{Link, Validity};
use crate::public::{Basis, Body, Fact, Item, Picture, Sister, Withdrawal};

const TEXT: &str = "<p>Luật Hộ tịch quy định việc đăng ký khai sinh cho trẻ em.</p>\
<h2>Trong bao lâu</h2><p>Trong thời hạn <strong>60 ngày</strong> kể từ ngày sinh con, cha hoặc mẹ có trách nhiệm đăng ký khai sinh cho con.</p>\
<h2>Nếu cha mẹ không đi được</h2><p>Ông, bà, người thân thích khác, hoặc cá nhân, tổ chức đang nuôi dưỡng trẻ em có trách nhiệm đăng ký.</p>\
<ul><li>Mang theo giấy chứng sinh.</li><li>Không có giấy chứng sinh thì nộp văn bản của người làm chứng.</li></ul>\
<blockquote><p>Công chức tư pháp - hộ tịch thường xuyên kiểm tra, đôn đốc việc đăng ký khai sinh.</p></blockquote>\
<h2>Đăng ký ở đâu</h2><p>Tại Ủy ban nhân dân xã nơi cư trú của cha hoặc mẹ.</p>\
<table><thead><tr><th>Việc</th><th>Nơi làm</th></tr></thead><tbody><tr><td>Khai sinh trong nước</td><td>Ủy ban nhân dân xã</td></tr></tbody></table>";

const LEAFLET: &str = "<h2>Ai được trợ giúp</h2><p>Người có công, người nghèo, trẻ em, đồng bào dân tộc thiểu số ở vùng đặc biệt khó khăn.</p>\
<h2>Được giúp gì</h2><p>Tư vấn pháp luật, bào chữa, bảo vệ quyền lợi trước tòa, đại diện ngoài tố tụng.</p>\
<h2>Có mất tiền không</h2><p>Không. Người được trợ giúp không phải trả tiền, lợi ích vật chất.</p>\
<h2>Cần giấy tờ gì</h2><p>Đơn yêu cầu và giấy tờ chứng minh là người được trợ giúp.</p>\
<h2>Nộp ở đâu</h2><p>Trung tâm trợ giúp pháp lý nhà nước của tỉnh hoặc chi nhánh.</p>\
<h2>Bao lâu được trả lời</h2><p>Ngay sau khi nhận yêu cầu, người tiếp nhận kiểm tra và trả lời bạn.</p>";

fn law() -> Item {
    Item {
        frame: frames::section("bai/7h3q2mzk-luat-ho-tich").at("loai/van-ban-moi"),
        kind: Link::new("Giới thiệu văn bản pháp luật mới", "/so-tu-phap/loai/van-ban-moi"),
        title: "Luật Hộ tịch: những điểm người dân Kon Tum cần biết".into(),
        summary: "Sinh con trong 60 ngày phải đăng ký khai sinh; đăng ký ở xã nơi cư trú, không mất lệ phí khi đúng hạn.".into(),
        published: "05/11/2020".into(),
        facts: vec![
            Fact::new("Văn bản", "Luật số 60/2014/QH13"),
            Fact::new("Quốc hội thông qua", "20/11/2014"),
            Fact::new("Hiệu lực từ", "01/01/2016"),
            Fact::state("Tình trạng (tính đến ngày 05/11/2020)", Validity::InForce.fact()),
            Fact::new("Ai cần biết", "Cha mẹ, người nuôi trẻ, công chức xã"),
        ],
        change: Some(("10/11/2020".into(), "Nói rõ hơn nơi đăng ký khi cha mẹ ở hai xã khác nhau.".into())),
        withdrawal: None,
        picture: None,
        body: Body::text(TEXT),
        bases: vec![
            Basis { title: "Luật Hộ tịch số 60/2014/QH13".into(), articles: "Điều 13, Điều 15, Điều 16".into(), href: Some("https://vbpl.vn".into()) },
            Basis { title: "Luật Trẻ em số 102/2016/QH13".into(), articles: "Điều 13".into(), href: None },
        ],
        as_of: Some("05/11/2020".into()),
        origin: vec![
            Fact::new("Biên soạn", "Phòng Phổ biến, giáo dục pháp luật"),
            Fact::new("Phê duyệt", "Lê Minh Quang, ngày 05/11/2020"),
            Fact::new("Dùng lại", "Được dùng lại khi ghi nguồn"),
            Fact::linked("Bản gốc ở", "pbgdpl.gov.vn (sao nguyên văn)", "https://pbgdpl.gov.vn/bai/1"),
        ],
        lang: "vi",
        sisters: vec![],
    }
}

fn news() -> Item {
    let picture = Picture {
        src: "tai-nguyen/anh.png".into(),
        alt: "Bà con ngồi quanh bếp lửa trong nhà rông nghe cán bộ tư pháp xã nói về khai sinh.".into(),
        width: 1200,
        height: 800,
    };
    Item {
        frame: frames::section("bai/7h3q2mzk-khai-sinh").at("loai/tin"),
        kind: Link::new("Tin, bài", "/so-tu-phap/loai/tin"),
        title: "Sinh con bao lâu thì phải đăng ký khai sinh?".into(),
        facts: vec![Fact::new("Lĩnh vực", "Dân sự, hôn nhân và gia đình")],
        change: None,
        picture: Some(picture),
        ..law()
    }
}

fn leaflet() -> Item {
    Item {
        frame: frames::section("bai/7h3q2mzk-tro-giup-phap-ly").at("loai/to-gap"),
        kind: Link::new("Tờ gấp", "/so-tu-phap/loai/to-gap"),
        title: "Trợ giúp pháp lý miễn phí: ai được, nộp đơn ở đâu".into(),
        summary: "Nhà nước giúp bạn về pháp luật mà không lấy tiền.".into(),
        facts: vec![
            Fact::new("Lĩnh vực", "Trợ giúp pháp lý"),
            Fact::new("Dành cho", "Mọi người"),
        ],
        change: None,
        body: Body::leaflet(LEAFLET),
        ..law()
    }
}

fn withdrawn(instead: Option<Link>) -> Item {
    Item {
        withdrawal: Some(Withdrawal {
            since: "12/11/2020".into(),
            reason: "Văn bản nêu trong bài đã được thay thế.".into(),
            instead,
        }),
        body: Body::None,
        change: None,
        facts: vec![],
        bases: vec![],
        as_of: None,
        origin: vec![],
        ..law()
    }
}

/// In letters that only the second font has. The words stand for a text that a native speaker writes.
fn bahnar() -> Item {
    Item {
        title: "Ƀơngai Ƀahnar: ơ̆, ê̆, ô̆, ư̆, č, ĕ, ĭ, ŏ, ŭ".into(),
        summary: "ƀơngai Ƀahnar ơ̆ ê̆ ô̆ ư̆ č ĕ ĭ ŏ ŭ ñ".into(),
        body: Body::text("<p>ƀơngai Ƀahnar <strong>ơ̆ ê̆ ô̆ ư̆</strong> č ĕ ĭ ŏ ŭ ñ</p>"),
        lang: "bdq",
        sisters: vec![Sister {
            lang: "vi",
            label: "Tiếng Việt".into(),
            href: "bai.html".into(),
            address: Some("https://phapluat.kontum.example/so-tu-phap/bai/7h3q2mzk-khai-sinh".into()),
        }],
        ..news()
    }
}

pub(super) fn add(samples: &mut Vec<Sample>) {
    draw(samples, "bai-luat", &law());
    draw(samples, "bai", &news());
    draw(samples, "to-gap", &leaflet());
    draw(samples, "bai-tieng-ba-na", &bahnar());
    let bare = Item {
        frame: frames::long_name("bai/x"),
        facts: vec![],
        bases: vec![],
        as_of: None,
        origin: vec![],
        change: None,
        body: Body::text("<p>Một đoạn.</p>"),
        ..law()
    };
    draw(samples, "bai-trong", &bare);
    draw(samples, "bai-go", &withdrawn(None));
    draw(
        samples,
        "bai-go-thay",
        &withdrawn(Some(Link::new("Luật Căn cước công dân", "bai.html"))),
    );
    draw(
        samples,
        "khung-bai",
        &Item {
            frame: frames::embedded("bai/7h3q"),
            ..law()
        },
    );
}
