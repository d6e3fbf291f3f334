//! What surrounds a page of the desk: the places a person may go, who they are, what the last act did.

use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::{DeskFrame, Place, PlaceGroup};
use pbgdpl_pages::part::{Link, Notice};

use crate::desk::mediation;
use crate::extract::{Officer, Person, Staff};
use crate::state::AppState;

/// The frame of an agency's desk. `at`: the path of the place, inside the desk ("bai", "hoat-dong", …).
#[must_use]
pub fn staff(state: &AppState, staff: &Staff, at: &str) -> DeskFrame {
    let tenant = staff.ctx.tenant();
    let base = format!("/quan-tri/{}", tenant.slug());
    // (group, label, path, icon, the action without which the place is not shown)
    let places = [
        ("Việc", "Việc của tôi", "", "inbox", Action::ArticleRead),
        ("Việc", "Bài và tài liệu", "bai", "pencil", Action::ArticleRead),
        (
            "Công tác",
            "Hoạt động",
            "hoat-dong",
            "calendar-days",
            Action::ActivityRead,
        ),
        (
            "Công tác",
            "Số liệu của cơ quan",
            "so-lieu",
            "scale",
            Action::ActivityRead,
        ),
        (
            "Công tác",
            "Lời mời phối hợp",
            "phoi-hop",
            "users",
            Action::ActivityConfirmShare,
        ),
        (
            "Công tác",
            "Báo cáo viên",
            "bao-cao-vien",
            "users",
            Action::RegisterRead,
        ),
        (
            "Công tác",
            "Tổ hòa giải",
            mediation::PLACE,
            "users",
            Action::RegisterRead,
        ),
        (
            "Công tác",
            "Biểu mẫu, báo cáo",
            "bieu",
            "table-2",
            Action::ReportRead,
        ),
        ("Chuyên mục", "Lượt đọc", "luot-doc", "scale", Action::ArticleRead),
        (
            "Chuyên mục",
            "Gắn vào trang của cơ quan",
            "gan",
            "code",
            Action::EmbedRead,
        ),
        (
            "Chuyên mục",
            "Tên miền riêng",
            "ten-mien",
            "code",
            Action::EmbedRead,
        ),
        (
            "Chuyên mục",
            "Thành viên",
            "thanh-vien",
            "users",
            Action::MemberRead,
        ),
        (
            "Chuyên mục",
            "Thiết lập",
            "thiet-lap",
            "sliders-horizontal",
            Action::AgencySettings,
        ),
    ];
    let mut groups: Vec<PlaceGroup> = Vec::new();
    for (group, label, path, icon, action) in places {
        if !staff.ctx.could(action) || path == mediation::PLACE && !mediation::is_kept(staff) {
            continue;
        }
        let href = if path.is_empty() {
            base.clone()
        } else {
            format!("{base}/{path}")
        };
        let place = Place::new(label, href, icon);
        match groups.last_mut().filter(|g| g.label == group) {
            Some(last) => last.places.push(place),
            None => groups.push(PlaceGroup {
                label: group.into(),
                places: vec![place],
            }),
        }
    }
    let here = if at.is_empty() {
        base.clone()
    } else {
        format!("{base}/{at}")
    };
    DeskFrame {
        agency: tenant.short(staff.today()).to_owned(),
        strap: "Bàn biên tập".into(),
        home: base,
        accent: tenant.agency().accent.clone(),
        groups,
        links: vec![
            Link::new("Đổi cơ quan", "/quan-tri"),
            Link::new(
                "Xem chuyên mục",
                format!("{}/{}/", state.settings.public.as_str(), tenant.slug()),
            ),
        ],
        ..own(state, staff.person.display_name.clone())
    }
    .at(&here)
}

/// The frame of the province's desk, or of the auditors'. `at`: the whole path of the place.
#[must_use]
pub fn officer(state: &AppState, officer: &Officer, at: &str) -> DeskFrame {
    let places = [
        ("Tỉnh", "Tổng quan", "/tinh", "inbox", Action::AgencyList),
        (
            "Tỉnh",
            "Cơ quan",
            "/tinh/co-quan",
            "building-2",
            Action::AgencyList,
        ),
        (
            "Tỉnh",
            "Trang gắn chuyên mục",
            "/tinh/trang-gan",
            "code",
            Action::AgencyList,
        ),
        (
            "Tỉnh",
            "Tên miền riêng",
            "/tinh/ten-mien",
            "code",
            Action::AgencyList,
        ),
        (
            "Tỉnh",
            "Báo cáo của các cơ quan",
            "/tinh/bao-cao",
            "table-2",
            Action::ReportFollow,
        ),
        (
            "Tỉnh",
            "Kế hoạch, báo cáo kết quả",
            "/tinh/ke-hoach",
            "file-text",
            Action::ReportFollow,
        ),
        (
            "Tỉnh",
            "Dữ liệu cho Bộ Tư pháp",
            "/tinh/du-lieu",
            "table-2",
            Action::ReportFollow,
        ),
        (
            "Tỉnh",
            "Số liệu công khai",
            "/tinh/cong-khai",
            "scale",
            Action::FigureRevoke,
        ),
        (
            "Giám sát",
            "Số liệu toàn tỉnh",
            "/giam-sat",
            "scale",
            Action::OversightRead,
        ),
        (
            "Giám sát",
            "Lượt đọc các chuyên mục",
            "/giam-sat/luot-doc",
            "scale",
            Action::OversightRead,
        ),
        (
            "Giám sát",
            "Cách xem đã lưu",
            "/giam-sat/cach-xem",
            "file-text",
            Action::OversightRead,
        ),
        (
            "Giám sát",
            "Biểu chính thức",
            "/giam-sat/bieu",
            "table-2",
            Action::OversightRead,
        ),
        (
            "Giám sát",
            "Danh mục chỉ tiêu",
            "/giam-sat/chi-tieu",
            "clipboard-list",
            Action::OversightRead,
        ),
        (
            "Giám sát",
            "Báo cáo kế hoạch",
            "/giam-sat/ke-hoach",
            "file-text",
            Action::OversightRead,
        ),
        (
            "Giám sát",
            "Duyệt và minh chứng",
            "/giam-sat/chat-luong",
            "check",
            Action::AuditRead,
        ),
        (
            "Giám sát",
            "Nhật ký",
            "/giam-sat/nhat-ky",
            "clipboard-list",
            Action::AuditRead,
        ),
        (
            "Giám sát",
            "Cảnh báo",
            "/giam-sat/canh-bao",
            "triangle-alert",
            Action::AlarmRead,
        ),
        (
            "Giám sát",
            "Kiểm chứng nhật ký",
            "/giam-sat/kiem-chung",
            "shield-check",
            Action::AuditVerify,
        ),
        (
            "Giám sát",
            "Thời hạn lưu giữ",
            "/giam-sat/luu-giu",
            "history",
            Action::AuditRead,
        ),
    ];
    let mut groups: Vec<PlaceGroup> = Vec::new();
    for (group, label, href, icon, action) in places {
        if !officer.ctx.could(action) {
            continue;
        }
        let place = Place::new(label, href, icon);
        match groups.last_mut().filter(|g| g.label == group) {
            Some(last) => last.places.push(place),
            None => groups.push(PlaceGroup {
                label: group.into(),
                places: vec![place],
            }),
        }
    }
    let audits = at.starts_with("/giam-sat");
    DeskFrame {
        agency: officer.ctx.snapshot().province().name.clone(),
        strap: if audits {
            "Giám sát".into()
        } else {
            "Tổng hợp của tỉnh".into()
        },
        home: if audits {
            "/giam-sat".into()
        } else {
            "/tinh".into()
        },
        accent: "son".into(),
        groups,
        links: vec![
            Link::new("Đổi nơi làm việc", "/quan-tri"),
            Link::new(
                "Xem trang của tỉnh",
                format!("{}/", state.settings.public.as_str()),
            ),
        ],
        ..own(state, officer.person.display_name.clone())
    }
    .at(at)
}

/// The frame of a person's own pages.
#[must_use]
pub fn person(state: &AppState, person: &Person) -> DeskFrame {
    DeskFrame {
        agency: state.read.registry().now().province().name.clone(),
        strap: "Tài khoản".into(),
        home: "/quan-tri".into(),
        accent: "son".into(),
        links: vec![Link::new("Đổi nơi làm việc", "/quan-tri")],
        ..own(state, person.person.display_name.clone())
    }
}

fn own(state: &AppState, person: String) -> DeskFrame {
    DeskFrame {
        person,
        account: "/tai-khoan".into(),
        sign_out: "/dang-xuat".into(),
        demo_notice: state.settings.demo,
        ..DeskFrame::default()
    }
}

/// What the last act did, as its redirect says (`?xong=…`): a closed list, so that no link can put words on the page.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Done {
    /// The word of the act.
    pub xong: Option<String>,
}

impl Done {
    /// The notice, where the word is known. `words`: (word, sentence).
    #[must_use]
    pub fn notice(&self, words: &[(&str, &str)]) -> Option<Notice> {
        let word = self.xong.as_deref()?;
        words
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, sentence)| Notice::done(*sentence, ""))
    }
}
