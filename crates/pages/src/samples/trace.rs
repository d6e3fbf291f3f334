//! From a cell of an official form down to its records: full and empty.

use super::{Sample, both, draw, frames, report};
use crate::oversight::{CellPage, EvidenceLink, FormPage, FormsPage, RowTable, Section, SheetRow, Station};
use crate::part::{Empty, Link, Notice, Pager, State, Tone};

pub(super) fn add(samples: &mut Vec<Sample>) {
    both(samples, "giam-sat-bieu", forms);
    both(samples, "giam-sat-o", cell);
    let Some(sheet) = report::sheet(true) else { return };
    let page = FormPage {
        frame: frames::desk(),
        trail: trail(),
        who: "Huyện Đăk Tô".into(),
        head: report::head(),
        states: vec![State::new(Tone::Ok, "Đã tiếp nhận")],
        notice: Some(Notice::warning("Đây là bản cũ", "Bản mới nhất là bản 2.")),
        hint: "Bấm một con số để mở đúng những dòng sổ cộng thành nó, cùng minh chứng.".into(),
        sheet,
        sections: vec![section("Chỉnh lý so với bản 1")],
        versions: vec![crate::desk::report::Station {
            who: "Nguyễn Văn Thành".into(),
            what: "gửi bản 1".into(),
            note: "Đã tiếp nhận (Đinh Thị Vân, 05/02/2021, 8 giờ)".into(),
            at: "25/01/2021, 8 giờ".into(),
        }],
        facts: vec![("Bản".into(), "1".into())],
        links: vec![Link::new(
            "Xem bản 2",
            "/giam-sat/bieu/09b/nam/2020/huyen-dak-to?ban=2",
        )],
    };
    draw(samples, "giam-sat-bieu-mot", &page);
}

fn trail() -> Vec<Station> {
    vec![
        Station::new("Biểu của tỉnh", "/giam-sat/bieu", ""),
        Station::new("Huyện Đăk Tô, bản 1", "", "1.206"),
    ]
}

fn section(heading: &str) -> Section {
    Section {
        heading: heading.into(),
        text: "Lý do: gõ nhầm 180, biên bản ghi 108.".into(),
        table: report::table(true),
    }
}

fn forms(full: bool) -> FormsPage {
    FormsPage {
        frame: frames::desk(),
        table: report::table(full),
        pager: Pager::new("/giam-sat/bieu", 1, if full { 120 } else { 0 }, 50),
        empty: (!full).then(|| Empty {
            title: "Chưa có bản tổng hợp nào.".into(),
            text: "Khi Sở Tư pháp tổng hợp báo cáo của một kỳ, bản tổng hợp hiện ở đây.".into(),
            links: vec![],
        }),
    }
}

fn cell(full: bool) -> CellPage {
    let row = SheetRow {
        seq: "3.343".into(),
        day: "18/07/2020".into(),
        title: "Phổ biến Luật Nghĩa vụ quân sự".into(),
        note: "Nguyễn Văn Thành, 22/07/2020".into(),
        quantity: "75".into(),
        evidence: vec![EvidenceLink {
            label: "Biên bản hội nghị ngày 18/7/2020".into(),
            href: "/giam-sat/minh-chung/so-y-te/0".into(),
            detail: "318 KB".into(),
        }],
        ..SheetRow::default()
    };
    let table = RowTable {
        caption: "Cột 4: từng dòng sổ".into(),
        unit: "Lượt người".into(),
        rows: if full { vec![row] } else { vec![] },
        sum: "75".into(),
    };
    CellPage {
        frame: frames::desk(),
        trail: trail(),
        title: "Cột 4, Số lượt người tham dự (Lượt người)".into(),
        unit: "Lượt người".into(),
        rule: full.then(|| "/giam-sat/chi-tieu/luot-nguoi-truc-tiep".into()),
        of: "Huyện Đăk Tô · Năm 2020 (chính thức)".into(),
        total: if full { "1.206".into() } else { "trống".into() },
        origin: "tự cộng từ sổ hoạt động".into(),
        states: vec![State::new(Tone::Ok, "Bằng tổng 1 dòng sổ")],
        notice: full.then(|| {
            Notice::warning(
                "Từ khi chốt, 1 dòng sổ đã được ghi cho các ngày của kỳ này",
                "Số đã chốt là 1.206; tính cả các dòng ấy, sổ hôm nay cho 1.134 (chênh -72).",
            )
        }),
        parts: full.then(|| section("Cộng từ các cột nào?")),
        records: Some(("1 dòng sổ cộng thành con số này".into(), table.clone())),
        pager: full.then(|| Pager::new("/giam-sat/bieu/09b/nam/2020/huyen-dak-to/cot/4", 1, 160, 100)),
        later: full.then(|| ("1 dòng sổ ghi sau khi chốt".into(), table)),
        log: full.then(|| "/giam-sat/nhat-ky?co-quan=huyen-dak-to".into()),
    }
}
