//! Sites that embed a section: what to paste, keys of before, pages that show it; the province's register of them.

use super::{Sample, draw, frames};
use crate::desk::embed::{
    self, Configured, FormerKey, Found, Host, Looked, Parts, PlaceRow, PlacesPage, Shown, Site, SitePage,
    Sites, Way,
};
use crate::form::Field;
use crate::part::{Shot, State, Tone};
use crate::province::{ProvincePlaceRow, ProvincePlacesPage};

pub(super) fn add(samples: &mut Vec<Sample>) {
    embedding(samples);
    looked_at(samples);
    of_the_province(samples);
}

fn embedding(samples: &mut Vec<Sample>) {
    let site = Site {
        name: "Cổng thông tin của Sở".into(),
        href: "/quan-tri/so-tu-phap/gan/x".into(),
        origins: vec![
            "https://sotuphap.kontum.gov.vn".into(),
            "https://kontum.gov.vn".into(),
        ],
        open: true,
    };
    let (name, origins) = embed::fields("", "");
    let page = Sites {
        frame: frames::desk(),
        sites: vec![
            site.clone(),
            Site {
                name: "Trang cũ".into(),
                open: false,
                ..site.clone()
            },
        ],
        action: "/quan-tri/so-tu-phap/gan".into(),
        may_change: true,
        name: name.clone(),
        origins: origins.with_error(Some("chưa có. Ghi ít nhất một địa chỉ.")),
    };
    draw(samples, "gan", &page);
    let (name, origins) = embed::fields("", "");
    draw(
        samples,
        "gan-trong",
        &Sites {
            sites: vec![],
            name,
            origins,
            ..page
        },
    );
    let (name, origins) = embed::fields(&site.name, &site.origins.join("\n"));
    let one = SitePage {
        frame: frames::desk(),
        configured: configured(),
        places: "/quan-tri/so-tu-phap/gan/x/so".into(),
        former: vec![
            FormerKey {
                key: "0123456789abcdefghjkmnpqrt".into(),
                since: "02/11/2020".into(),
                until: Some("31/01/2021".into()),
                holds: true,
            },
            FormerKey {
                key: "0123456789abcdefghjkmnpqrv".into(),
                since: "02/03/2020".into(),
                until: Some("02/03/2020".into()),
                holds: false,
            },
        ],
        overlap: embed::overlap_field(&[0, 30, 90]),
        back: "/quan-tri/so-tu-phap/gan".into(),
        action: "/quan-tri/so-tu-phap/gan/x".into(),
        may_change: true,
        name,
        origins,
        open: embed::open_field(true),
        site,
    };
    draw(samples, "gan-mot", &one);
    draw(
        samples,
        "gan-mot-xem",
        &SitePage {
            may_change: false,
            ..one
        },
    );
}

fn configured() -> Configured {
    let parts = Parts {
        embed: "http://nhung.localhost:8080",
        public: "http://localhost:8080",
        slug: "so-tu-phap",
        key: "0123456789abcdefghjkmnpqrs",
        title: "Chuyên mục của Sở Tư pháp",
        height: 900,
        ..Parts::default()
    };
    let (way, shown) = (Way::Loader, Shown::Section);
    Configured {
        choices: vec![
            Field::figure("cao", "Chiều cao khung, điểm ảnh")
                .with_value("9")
                .with_error(Some("chỉ từ 200 đến 3000. Đang dùng 200.")),
        ],
        gives: way.gives(),
        snippet: parts.snippet(way, shown),
        label: Parts::label(way),
        beside: [Way::Include, Way::Mount, Way::Php, Way::Pack]
            .into_iter()
            .flat_map(|way| embed::handouts(way, shown, &parts))
            .collect(),
        pinned: Some(embed::pinned(
            "http://nhung.localhost:8080",
            "nhung.0123456789ab.js",
            "sha384-mauMauMau",
        )),
        steps: embed::steps(Host::Html, way),
        preview: "/quan-tri/so-tu-phap/gan/x/xem".into(),
        window: "http://nhung.localhost:8080/k/0123456789abcdefghjkmnpqrs/".into(),
        height: 900,
    }
}

fn looked_at(samples: &mut Vec<Sample>) {
    let found = |tone, word: &str, says: &str| Found {
        state: State::new(tone, word),
        says: says.into(),
        advises: "Gửi đơn vị vận hành trang: thêm https://nhung.example vào frame-src.".into(),
    };
    let row = |retired| PlaceRow {
        id: if retired { "b".into() } else { "a".into() },
        address: "https://sotuphap.kontum.gov.vn/chuyen-muc-pho-bien-giao-duc-phap-luat".into(),
        state: State::new(Tone::Late, "không hiện"),
        shows: "khung".into(),
        since: "02/11/2020".into(),
        looked: Some("08:15 ngày 09/11/2020".into()),
        good: Some("08:10 ngày 08/11/2020".into()),
        contact: "Văn phòng Sở, 0260 3862 000".into(),
        found: vec![found(
            Tone::Late,
            "phải chỉnh",
            "Chính sách bảo mật nội dung của trang không cho hiện khung.",
        )],
        picture: (!retired).then(|| shot("/quan-tri/so-tu-phap/gan/x/so/a/anh")),
        no_picture: (!retired).then(|| "trang mở quá lâu".into()),
        action: "/quan-tri/so-tu-phap/gan/x/so/a".into(),
        retired,
    };
    let (address, contact) = embed::place_fields("", "");
    let full = PlacesPage {
        frame: frames::desk(),
        site: "Cổng thông tin của Sở".into(),
        back: "/quan-tri/so-tu-phap/gan/x".into(),
        action: "/quan-tri/so-tu-phap/gan/x/so".into(),
        look: "/quan-tri/so-tu-phap/gan/x/kiem-tra".into(),
        may_change: true,
        pictures: true,
        address,
        contact,
        looked: Some(Looked {
            address: "https://sotuphap.kontum.gov.vn/".into(),
            state: State::new(Tone::Soon, "cần chỉnh"),
            shows: "khung".into(),
            found: vec![found(Tone::Soon, "nên chỉnh", "Khung không có tên.")],
        }),
        places: vec![row(false), row(true)],
    };
    draw(samples, "gan-so", &full);
    let bare = PlaceRow {
        picture: None,
        no_picture: None,
        ..row(false)
    };
    let without_camera = PlacesPage {
        looked: None,
        pictures: false,
        places: vec![bare],
        ..full.clone()
    };
    draw(samples, "gan-so-khong-anh", &without_camera);
    let empty = PlacesPage {
        looked: None,
        places: vec![],
        may_change: false,
        ..full
    };
    draw(samples, "gan-so-trong", &empty);
}

fn shot(src: &str) -> Shot {
    Shot {
        src: src.into(),
        of: "https://sotuphap.kontum.gov.vn/chuyen-muc".into(),
        at: "08:16 ngày 09/11/2020".into(),
    }
}

fn of_the_province(samples: &mut Vec<Sample>) {
    let row = |tone, word: &str, trouble: &str| ProvincePlaceRow {
        agency: "Sở Tư pháp".into(),
        address: "https://sotuphap.kontum.gov.vn/chuyen-muc".into(),
        site: "Cổng thông tin của Sở".into(),
        state: State::new(tone, word),
        shows: "khung".into(),
        trouble: trouble.into(),
        since: "02/11/2020".into(),
        looked: Some("08:15 ngày 09/11/2020".into()),
        good: None,
        picture: Some(shot("/tinh/trang-gan/so-tu-phap/a/anh")),
    };
    let full = ProvincePlacesPage {
        frame: frames::desk(),
        troubled: vec![row(Tone::Late, "không hiện", "Trang trả lời lỗi 500.")],
        well: vec![row(Tone::Ok, "hiện đúng", "")],
        without: vec!["Sở Y tế".into(), "Huyện Đăk Glei".into()],
        pictures: true,
    };
    draw(samples, "trang-gan", &full);
    let empty = ProvincePlacesPage {
        troubled: vec![],
        well: vec![],
        without: vec![],
        ..full
    };
    draw(samples, "trang-gan-trong", &empty);
}
