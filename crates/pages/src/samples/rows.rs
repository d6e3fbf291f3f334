//! Rows of the sample lists: law, items, agencies.

use crate::part::{ItemRow, LawRow, State, Tone, Validity};
use crate::public::{AgencyGroup, AgencyLink};

pub(super) fn laws() -> Vec<LawRow> {
    let law = |title: &str, number: &str, effective: &str, validity, summary: &str, affected: &str| LawRow {
        title: title.into(),
        href: "bai.html".into(),
        lang: None,
        effective: effective.into(),
        validity,
        summary: summary.into(),
        number: number.into(),
        affected: Some(affected.into()),
        agency: None,
    };
    vec![
        law(
            "Bộ luật Lao động",
            "45/2019/QH14",
            "01/01/2021",
            Validity::Coming { days: 53 },
            "Người lao động được đơn phương chấm dứt hợp đồng không cần lý do, chỉ cần báo trước theo thời hạn luật định.",
            "người lao động, người sử dụng lao động",
        ),
        law(
            "Luật Phòng, chống tác hại của rượu, bia",
            "44/2019/QH14",
            "01/01/2020",
            Validity::InForce,
            "Cấm điều khiển phương tiện giao thông mà trong máu hoặc hơi thở có nồng độ cồn; cấm bán rượu, bia cho người chưa đủ 18 tuổi.",
            "mọi người, người lái xe, nơi bán rượu, bia",
        ),
        law(
            "Luật Lâm nghiệp",
            "16/2017/QH14",
            "01/01/2019",
            Validity::InForce,
            "Cộng đồng dân cư được giao rừng gắn với phong tục, tập quán; phá rừng, lấn chiếm rừng trái pháp luật bị nghiêm cấm.",
            "cộng đồng dân cư, chủ rừng",
        ),
        law(
            "Luật Đất đai",
            "45/2013/QH13",
            "01/7/2014",
            Validity::Ended {
                last: "31/7/2024".into(),
            },
            "Đã được thay thế; bài được giữ để tra cứu việc cũ.",
            "người sử dụng đất",
        ),
    ]
}

pub(super) fn items() -> Vec<ItemRow> {
    let item = |title: &str, kind: &str, published: &str, summary: &str| ItemRow {
        title: title.into(),
        href: "bai.html".into(),
        kind: kind.into(),
        summary: summary.into(),
        published: published.into(),
        ..ItemRow::default()
    };
    vec![
        item(
            "Sinh con bao lâu thì phải đăng ký khai sinh?",
            "Tin, bài",
            "05/11/2020",
            "Trong 60 ngày kể từ ngày sinh con; đăng ký tại Ủy ban nhân dân xã.",
        ),
        item("Ai được trợ giúp pháp lý miễn phí?", "Tờ gấp", "28/10/2020", ""),
        ItemRow {
            state: Some(State::new(Tone::Soon, "đang cập nhật")),
            ..item(
                "Tảo hôn: luật cấm, gia đình thiệt",
                "Tin, bài",
                "20/10/2020",
                "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi mới được kết hôn.",
            )
        },
    ]
}

pub(super) fn groups() -> Vec<AgencyGroup> {
    let accents = [
        "son", "gach", "mat", "rom", "oliu", "lua", "rung", "ngoc", "nuoc", "cham", "tim", "sen",
    ];
    let group = |label: &str, names: &[&str]| AgencyGroup {
        label: label.into(),
        agencies: names
            .iter()
            .zip(accents.iter().cycle())
            .map(|(name, accent)| AgencyLink {
                name: (*name).into(),
                href: "chuyen-muc.html".into(),
                accent: (*accent).into(),
            })
            .collect(),
    };
    vec![
        group(
            "Sở, ban, ngành của tỉnh",
            &[
                "Ban Dân tộc",
                "Ban Quản lý Khu kinh tế",
                "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
                "Bộ Chỉ huy Quân sự tỉnh",
                "Công an tỉnh",
                "Sở Công Thương",
                "Sở Giáo dục và Đào tạo",
                "Sở Giao thông vận tải",
                "Sở Kế hoạch và Đầu tư",
                "Sở Khoa học và Công nghệ",
                "Sở Lao động - Thương binh và Xã hội",
                "Sở Ngoại vụ",
                "Sở Nội vụ",
                "Sở Nông nghiệp và Phát triển nông thôn",
                "Sở Tài chính",
                "Sở Tài nguyên và Môi trường",
                "Sở Thông tin và Truyền thông",
                "Sở Tư pháp",
                "Sở Văn hóa, Thể thao và Du lịch",
                "Sở Xây dựng",
                "Sở Y tế",
                "Thanh tra tỉnh",
                "Văn phòng UBND tỉnh",
            ],
        ),
        group(
            "Thành phố, huyện",
            &[
                "Huyện Đăk Glei",
                "Huyện Đăk Hà",
                "Huyện Đăk Tô",
                "Huyện Ia H'Drai",
                "Huyện Kon Plông",
                "Huyện Kon Rẫy",
                "Huyện Ngọc Hồi",
                "Huyện Sa Thầy",
                "Huyện Tu Mơ Rông",
                "Thành phố Kon Tum",
            ],
        ),
        group(
            "Mặt trận, đoàn thể",
            &[
                "Hội Cựu chiến binh tỉnh",
                "Hội Liên hiệp Phụ nữ tỉnh",
                "Hội Nông dân tỉnh",
                "Liên đoàn Lao động tỉnh",
                "Liên hiệp các tổ chức hữu nghị tỉnh",
                "Tỉnh đoàn",
                "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
            ],
        ),
        group(
            "Tòa án, kiểm sát, thi hành án",
            &[
                "Cục Thi hành án dân sự tỉnh",
                "Tòa án nhân dân tỉnh",
                "Viện kiểm sát nhân dân tỉnh",
            ],
        ),
        group(
            "Hội nghề nghiệp, báo chí",
            &[
                "Báo Kon Tum",
                "Đài Phát thanh và Truyền hình tỉnh",
                "Đoàn Luật sư tỉnh",
                "Hội Luật gia tỉnh",
            ],
        ),
    ]
}
