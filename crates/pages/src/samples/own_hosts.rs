//! Host names of agencies' own: the agency's page, the province's.

use super::{Sample, draw, frames};
use crate::desk::embed::Found;
use crate::desk::own_host::{DnsRecord, HostRow, HostsPage, host_field};
use crate::part::{State, Tone};
use crate::province::{ProvinceHostRow, ProvinceHostsPage};

pub(super) fn add(samples: &mut Vec<Sample>) {
    of_an_agency(samples);
    of_the_province(samples);
}

fn row(id: &str, state: State, proved: bool) -> HostRow {
    let host = "phapluat.sotuphap.kontum.gov.vn".to_owned();
    HostRow {
        id: id.into(),
        href: proved.then(|| format!("https://{host}/")),
        state,
        records: vec![
            DnsRecord {
                kind: "TXT",
                name: format!("_pbgdpl-challenge.{host}"),
                value: "5p2g0v1n8q3c7k4t9x6w0z2b1m".into(),
                why: "chứng minh tên miền thuộc cơ quan; giữ mãi",
            },
            DnsRecord {
                kind: "CNAME",
                name: host.clone(),
                value: "pbgdpl.kontum.gov.vn".into(),
                why: "dẫn tới hệ thống",
            },
        ],
        host,
        found: Vec::new(),
        proved: proved.then(|| "08:10 ngày 08/11/2020".into()),
        looked: Some("08:15 ngày 09/11/2020".into()),
        held: None,
        registered_until: "09/11/2021".into(),
        error: None,
        action: format!("/quan-tri/so-tu-phap/ten-mien/{id}"),
        released: false,
    }
}

fn of_an_agency(samples: &mut Vec<Sample>) {
    let waiting = HostRow {
        found: vec![Found {
            state: State::new(Tone::Late, "phải chỉnh"),
            says: "Chưa thấy bản ghi TXT chứng minh tên miền thuộc cơ quan.".into(),
            advises: "Thêm bản ghi TXT ghi ở trên.".into(),
        }],
        error: Some("không đọc được. Ghi ngày/tháng/năm, ví dụ 09/11/2027.".into()),
        ..row("a", State::new(Tone::Wait, "chờ bản ghi TXT"), false)
    };
    let released = HostRow {
        held: Some("08/11/2021".into()),
        released: true,
        ..row("c", State::new(Tone::Wait, "đã trả lại"), false)
    };
    let full = HostsPage {
        frame: frames::desk(),
        hosts: vec![
            waiting,
            row("b", State::new(Tone::Ok, "đang dùng"), true),
            released,
        ],
        action: "/quan-tri/so-tu-phap/ten-mien".into(),
        may_change: true,
        host: host_field("gov.vn").with_error(Some("không phải tên miền riêng của một cơ quan.")),
    };
    draw(samples, "ten-mien", &full);
    let empty = HostsPage {
        hosts: vec![],
        may_change: false,
        host: host_field(""),
        ..full
    };
    draw(samples, "ten-mien-trong", &empty);
}

fn of_the_province(samples: &mut Vec<Sample>) {
    let row = |tone, word: &str, trouble: &str| ProvinceHostRow {
        agency: "Sở Tư pháp".into(),
        host: "phapluat.sotuphap.kontum.gov.vn".into(),
        state: State::new(tone, word),
        trouble: trouble.into(),
        proved: Some("08:10 ngày 08/11/2020".into()),
        looked: Some("08:15 ngày 09/11/2020".into()),
    };
    let full = ProvinceHostsPage {
        frame: frames::desk(),
        troubled: vec![row(Tone::Soon, "mất bản ghi TXT", "Chưa thấy bản ghi TXT.")],
        well: vec![row(Tone::Ok, "đang dùng", "")],
    };
    draw(samples, "tinh-ten-mien", &full);
    let empty = ProvinceHostsPage {
        troubled: vec![],
        well: vec![],
        ..full
    };
    draw(samples, "tinh-ten-mien-trong", &empty);
}
