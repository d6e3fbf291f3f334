//! Reports: the list, the sheet of a district, the province's list, one report, the sum, the sum on paper.

use chrono::NaiveDate;
use pbgdpl_model::manifest::{FormFile, PeriodKind};
use pbgdpl_model::report::{Cell, Cells, Finding, LineKind, Origin, Severity, Span};
use serde_json::{Value, json};

use super::{Sample, draw, frames};
use crate::desk::report::{
    CellLine, Confirm, Found, LineOf, Marks, Masthead, OfflineBox, OfflinePage, OpenLine, Openable, Records,
    ReportAct, ReportList, ReportPage, Section, Sheet, Station,
};
use crate::form::{Button, Buttons, ErrorSummary, Field};
use crate::part::{
    Cell as TableCell, Column, Empty, Link, Notice, Pager, Row, State, Step, Steps, Table, Tone,
};
use crate::province::report::{
    ConsolidationPage, Document, ExtensionPage, ReportFollowing, SubmittedPage, Tally,
};

/// Form 09b as the catalogue holds it.
pub(crate) fn form_json() -> Value {
    const RESULT: &str = "Kết quả hoạt động PBGDPL";
    const MONEY: &str = "Kinh phí dành cho công tác PBGDPL";
    let columns: [(&[&str], &str, &str); 12] = [
        (&["Số báo cáo viên pháp luật cấp huyện"], "Tổng số", "Người"),
        (
            &["Số báo cáo viên pháp luật cấp huyện", "Trong đó"],
            "Số người tham gia phổ biến pháp luật trực tiếp",
            "Người",
        ),
        (
            &[RESULT, "Phổ biến, giáo dục pháp luật trực tiếp"],
            "Số cuộc",
            "Cuộc",
        ),
        (
            &[RESULT, "Phổ biến, giáo dục pháp luật trực tiếp"],
            "Số lượt người tham dự",
            "Lượt người",
        ),
        (&[RESULT, "Thi tìm hiểu pháp luật"], "Số cuộc thi", "Cuộc thi"),
        (
            &[RESULT, "Thi tìm hiểu pháp luật"],
            "Số lượt người dự thi",
            "Lượt người",
        ),
        (&[RESULT, "Số tài liệu PBGDPL được phát hành"], "Tổng số", "Bản"),
        (
            &[RESULT, "Số tài liệu PBGDPL được phát hành", "Trong đó"],
            "Số lượng tài liệu đăng tải trên Internet",
            "Tài liệu",
        ),
        (&[MONEY], "Tổng số kinh phí", "Nghìn đồng"),
        (
            &[MONEY, "Chia ra", "Kinh phí ngân sách nhà nước"],
            "Kinh phí phân bổ thường xuyên",
            "Nghìn đồng",
        ),
        (
            &[MONEY, "Chia ra", "Kinh phí ngân sách nhà nước"],
            "Kinh phí cấp theo chương trình, đề án",
            "Nghìn đồng",
        ),
        (&[MONEY, "Chia ra"], "Kinh phí từ nguồn hỗ trợ khác", "Nghìn đồng"),
    ];
    let columns: Vec<Value> = (1..)
        .zip(columns)
        .map(|(number, (path, label, unit))| {
            let kind = if number < 3 { "stock" } else { "flow" };
            json!({ "number": number, "path": path, "label": label, "unit": unit, "type": kind, "source": "declared" })
        })
        .collect();
    json!({
        "id": "09b", "code": "09b/BTP/PBGDPL", "title": "Tình hình tổ chức và hoạt động phổ biến, giáo dục pháp luật",
        "basis": "Thông tư số 03/2019/TT-BTP", "valid_from": "2019-05-15", "level": "huyen", "sender": "Phòng Tư pháp",
        "receiver": "Sở Tư pháp", "signatures": ["Người lập biểu", "Người kiểm tra", "Trưởng phòng"],
        "periods": ["nam"], "column": columns, "row": [],
    })
}

fn span() -> Span {
    let day = |month, day| NaiveDate::from_ymd_opt(2020, month, day).unwrap_or_default();
    Span {
        kind: PeriodKind::Year,
        year: 2020,
        from: day(1, 1),
        actual_to: day(10, 31),
        to: day(12, 31),
        request: None,
        estimate_label: Some("Tổng số ước tính 02 tháng cuối".into()),
    }
}

fn cells(from: u8, figure: i64, origin: Origin) -> Cells {
    (from..=12)
        .map(|column| {
            let cell = Cell {
                actual: Some(figure * i64::from(column)),
                estimate: (column == 4).then_some(180),
                note: String::new(),
                origin,
            };
            (column, cell)
        })
        .collect()
}

pub(super) fn sheet(full: bool) -> Option<Sheet> {
    let form: FormFile = serde_json::from_value(form_json()).ok()?;
    let (total, unit, commune) = (
        cells(1, 320, Origin::Formula),
        cells(1, 210, Origin::Auto),
        cells(3, 110, Origin::Declared),
    );
    let lines = [
        ("tong_so", "Tổng số trên địa bàn huyện", LineKind::Total, &total),
        (
            "cap_huyen",
            "1. Kết quả hoạt động phổ biến, giáo dục pháp luật tại cấp huyện",
            LineKind::Unit,
            &unit,
        ),
        (
            "dia_ban_xa",
            "2. Kết quả hoạt động phổ biến, giáo dục pháp luật tại địa bàn xã",
            LineKind::Group,
            &commune,
        ),
        ("xa-23386", "Xã Văn Lem", LineKind::Commune, &commune),
    ];
    let finding = |row: &str, column, explained: Option<&str>| Finding {
        severity: Severity::Explain,
        row: row.into(),
        label: "Xã Văn Lem".into(),
        column,
        message: "x".into(),
        explained: explained.map(Into::into),
    };
    let findings = [
        finding("xa-23386", 9, None),
        finding("xa-23386", 4, Some("nhiều cuộc")),
    ];
    let marks = Marks {
        rules: "/quan-tri/huyen-dak-to/chi-tieu",
        findings: &findings,
        open: Some("xa-23386"),
        line: &|key| key.starts_with("xa").then(|| format!("?dong={key}#dong-ten")),
        cell: &|key, column| {
            (key == "cap_huyen" && column > 2).then(|| "/quan-tri/huyen-dak-to/hoat-dong".into())
        },
    };
    let lines = lines
        .into_iter()
        .take(if full { 4 } else { 2 })
        .map(|(key, label, kind, cells)| LineOf {
            key,
            label,
            kind,
            cells,
        });
    let marks = if full { marks } else { Marks::NONE };
    Some(Sheet::draw(&form, &span(), "huyện Đăk Tô", lines, marks))
}

pub(super) fn head() -> Masthead {
    Masthead {
        title: "Tình hình tổ chức và hoạt động phổ biến, giáo dục pháp luật trên địa bàn huyện".into(),
        period: "Năm 2020 (01/01/2020 – 31/12/2020)".into(),
        basis_of_days: "Thực tế đến 31/10/2020, sau đó là số ước tính".into(),
        code: "09b/BTP/PBGDPL".into(),
        basis: "Thông tư số 03/2019/TT-BTP".into(),
        receiver: "Sở Tư pháp, hạn 18/11/2020".into(),
        verify: true,
    }
}

fn station(who: &str, what: &str, note: &str) -> Station {
    Station {
        who: who.into(),
        what: what.into(),
        note: note.into(),
        at: "12/11/2020, 8 giờ 55".into(),
    }
}

fn act(title: &str, open: bool) -> ReportAct {
    ReportAct {
        title: title.into(),
        text: "Số liệu được chốt cùng mã kiểm tra và vị trí của sổ hoạt động.".into(),
        action: open.then(|| "/quan-tri/huyen-dak-to/bieu/09b/nam/2020/gui".into()),
        hidden: vec![("ban".into(), "1".into())],
        fields: if open {
            vec![Field::area("thuyet-minh", "Thuyết minh", 3).optional()]
        } else {
            vec![]
        },
        button: "Gửi Sở Tư pháp".into(),
    }
}

fn offline_box() -> OfflineBox {
    OfflineBox {
        download: Link::new(
            "Tải mẫu Excel của kỳ này",
            "/quan-tri/huyen-dak-to/bieu/09b/nam/2020/mau-excel",
        ),
        action: "/quan-tri/huyen-dak-to/bieu/09b/nam/2020/nhap-excel".into(),
        file: Field::files("tep", "Tệp Excel đã điền", ".xlsx", false),
    }
}

/// What a filled file would change, and one that is refused.
fn offline(full: bool) -> OfflinePage {
    let section = |title: &str| Section {
        title: title.into(),
        text: "Chưa ghi gì.".into(),
        table: table(true),
    };
    OfflinePage {
        frame: frames::desk(),
        back: Link::new("Biểu 09b năm 2020", "/quan-tri/huyen-dak-to/bieu/09b/nam/2020"),
        title: "Xem trước số liệu từ tệp Excel".into(),
        notice: if full {
            Notice::refused(
                "Chưa nhận được tệp",
                "Còn 2 ô phải sửa trong tệp rồi tải lên lại. Chưa ghi gì.",
            )
        } else {
            Notice::done("2 ô sẽ thay đổi", "Đọc lại rồi bấm ghi; chưa ghi gì.")
        },
        sections: if full {
            vec![section("Ô phải sửa"), section("Số liệu trong tệp")]
        } else {
            vec![section("Số cũ và số mới")]
        },
        confirm: (!full).then(|| Confirm {
            action: "/quan-tri/huyen-dak-to/bieu/09b/nam/2020/nhap-excel/ghi".into(),
            hidden: vec![("ma".into(), "9f86".into())],
            buttons: Buttons {
                note: "Biểu đã kiểm tra sẽ phải kiểm tra lại.".into(),
                buttons: vec![Button::primary("Ghi 2 ô vào biểu")],
            },
        }),
        again: full.then(offline_box),
    }
}

fn page(full: bool) -> Option<ReportPage> {
    let step = |label: &str, detail: &str| Step {
        label: label.into(),
        detail: detail.into(),
    };
    let fields = vec![
        Field::figure("c3", "Cột 3, Số cuộc: thực tế (Cuộc)").with_value("14"),
        Field::figure("u3", "Cột 3, Số cuộc: ước tính (Cuộc)")
            .with_value("2,5")
            .with_error(Some("phải là số nguyên.")),
        Field::area("ly-do", "Căn cứ của số tự khai", 3),
    ];
    let line = OpenLine {
        label: "Xã Văn Lem".into(),
        cells: vec![CellLine {
            column: 4,
            label: "Số lượt người tham dự (Lượt người)".into(),
            figure: "1.206".into(),
            parts: "1.206 = 1.026 thực tế + 180 ước tính".into(),
            origin: "đơn vị tự khai, Nguyễn Văn Thành: Báo cáo số 12 của xã".into(),
            records: Some(Link::new("Mở dòng sổ", "/quan-tri/huyen-dak-to/hoat-dong")),
        }],
        fields: fields.clone(),
        action: "/quan-tri/huyen-dak-to/bieu/09b/nam/2020/khai".into(),
        key: "xa-23386".into(),
        buttons: Buttons {
            note: String::new(),
            buttons: vec![Button::primary("Lưu dòng này")],
        },
    };
    let found = Found {
        state: State::new(Tone::Late, "Phải sửa"),
        place: "Xã Pô Kô, cột 9".into(),
        message: "Cột 9 (Tổng số kinh phí) là 12.000, phải bằng tổng các cột 10, 11 và 12 là 11.500.".into(),
        explained: String::new(),
        href: "?dong=xa-23386#dong-ten".into(),
    };
    Some(ReportPage {
        frame: frames::desk(),
        list: "/quan-tri/huyen-dak-to/bieu".into(),
        head: head(),
        since: full.then(|| table(true)),
        lock: full.then(|| Notice::warning("Kỳ báo cáo đã khóa", "Kỳ này khóa sau ngày 31/12/2021.")),
        remarks: full.then(|| table(true)),
        extensions: if full {
            vec![station(
                "Nguyễn Văn Thành",
                "xin gia hạn đến hết ngày 20/02/2021",
                "Chờ số liệu của xã",
            )]
        } else {
            vec![]
        },
        steps: Steps {
            label: "Đường đi của biểu".into(),
            steps: vec![
                step("Lập biểu", "Nguyễn Văn Thành"),
                step("Kiểm tra", "còn 1 lỗi"),
                step("Gửi", "hạn 18/11/2020"),
                step("Tiếp nhận", "Sở Tư pháp"),
            ],
            present: if full { 1 } else { 2 },
        },
        returned: full.then(|| {
            Notice::warning(
                "Sở Tư pháp đã trả lại bản 1",
                "Lượt người tham dự gấp 3 lần năm trước. Đề nghị giải thích.",
            )
        }),
        moved: full.then(|| {
            Notice::warning(
                "Số liệu đã đổi sau lần kiểm tra gần nhất",
                "Tổng số, cột 4: 410 → 470. Biểu phải được kiểm tra lại trước khi gửi.",
            )
        }),
        errors: if full {
            ErrorSummary::of("Chưa lưu được", &fields)
        } else {
            ErrorSummary::default()
        },
        sheet: sheet(full)?,
        line: full.then_some(line),
        found: if full { vec![found] } else { vec![] },
        passed: if full {
            "11 quan hệ còn lại giữa các cột.".into()
        } else {
            String::new()
        },
        walk: vec![
            station("Nguyễn Văn Thành", "Lập biểu", ""),
            station("Sở Tư pháp", "trả lại", "Đề nghị giải thích"),
        ],
        offline: full.then(offline_box),
        acts: vec![act("Gửi Sở Tư pháp", full)],
        frozen: if full {
            vec![]
        } else {
            vec![(
                "Mã kiểm tra SHA-256".into(),
                "9f86d081884c7d659a2feaa0c55ad015".into(),
            )]
        },
        signatures: (!full).then(|| super::signature::signatures(true)),
        links: vec![Link::new(
            "Bản 1",
            "/quan-tri/huyen-dak-to/bieu/09b/nam/2020?ban=1",
        )],
    })
}

pub(super) fn table(full: bool) -> Table {
    Table {
        caption: "Báo cáo năm 2020".into(),
        columns: vec![
            Column::words("Cơ quan"),
            Column::words("Tình trạng"),
            Column::figures("Ngày trễ"),
        ],
        rows: if full {
            vec![Row {
                cells: vec![
                    TableCell::link("Huyện Đăk Tô", "/tinh/bao-cao/09b/nam/2020/huyen-dak-to"),
                    TableCell::state(State::new(Tone::Late, "Quá hạn, chưa gửi")),
                    "3".into(),
                ],
            }]
        } else {
            vec![]
        },
        ..Table::default()
    }
}

fn empty(full: bool) -> Option<Empty> {
    (!full).then(|| Empty {
        title: "Chưa có gì ở đây.".into(),
        text: "Biểu hiện ra khi được lập.".into(),
        links: vec![],
    })
}

fn facts() -> Vec<(String, String)> {
    vec![("Người gửi".into(), "Nguyễn Văn Thành, 12/11/2020".into())]
}

pub(super) fn add(samples: &mut Vec<Sample>) {
    for (full, mark) in [(true, ""), (false, "-trong")] {
        let list = ReportList {
            frame: frames::desk(),
            openable: if full {
                vec![Openable {
                    title: "Năm 2020".into(),
                    detail: "Biểu 09b, hạn 18/11/2020".into(),
                    action: "/quan-tri/huyen-dak-to/bieu/09b/nam/2020/mo".into(),
                }]
            } else {
                vec![]
            },
            table: table(full),
            plans: full.then(|| table(full)),
            empty: empty(full),
        };
        draw(samples, &format!("bieu{mark}"), &list);
        if let Some(page) = page(full) {
            draw(samples, &format!("bieu-09{mark}"), &page);
        }
        let records = Records {
            frame: frames::desk(),
            back: Link::new("Biểu 09b năm 2020", "/quan-tri/huyen-dak-to/bieu/09b/nam/2020"),
            title: "Cột 4, Số lượt người tham dự".into(),
            rule: full.then(|| {
                Link::new(
                    "Cách tính",
                    "/quan-tri/huyen-dak-to/chi-tieu/luot-nguoi-truc-tiep",
                )
            }),
            sentence: "16 dòng sổ cộng lại là 1.026.".into(),
            later: full.then(|| ("1 dòng sổ ghi sau khi chốt, cộng lại là -72".into(), table(true))),
            table: table(full),
            pager: Pager::new(
                "/quan-tri/huyen-dak-to/bieu/09b/nam/2020/cot/4?ban=1",
                1,
                230,
                100,
            ),
            empty: empty(full),
        };
        draw(samples, &format!("bieu-cot{mark}"), &records);
        draw(samples, &format!("bieu-excel{mark}"), &offline(full));
        province(samples, full, mark);
    }
}

fn province(samples: &mut Vec<Sample>, full: bool, mark: &str) {
    let list = Link::new("Theo dõi báo cáo", "/tinh/bao-cao/09c/nam/2020");
    let following = ReportFollowing {
        frame: frames::desk(),
        period: "Năm 2020".into(),
        form: "09c/BTP/PBGDPL, Tình hình tổ chức và hoạt động phổ biến, giáo dục pháp luật".into(),
        collections: if full {
            vec![Link::new(
                "Biểu 10: Tổ chức, cán bộ hòa giải ở cơ sở",
                "/tinh/bao-cao/10c/nam/2020",
            )]
        } else {
            vec![]
        },
        answer: "47 cơ quan phải gửi, 45 đã gửi, 2 quá hạn.".into(),
        periods: vec![Link::new("Năm 2019", "/tinh/bao-cao/09c/nam/2019")],
        tallies: if full {
            vec![Tally {
                state: State::new(Tone::Late, "Quá hạn, chưa gửi"),
                count: 2,
            }]
        } else {
            vec![]
        },
        table: table(full),
        empty: empty(full),
        askings: if full {
            vec![Link::new(
                "Huyện Tu Mơ Rông, đến 20/02/2021",
                "/tinh/bao-cao/09b/nam/2020/huyen-tu-mo-rong/gia-han",
            )]
        } else {
            vec![]
        },
        acts: vec![],
        links: vec![],
        consolidation: full.then(|| Link::new("Mở bản tổng hợp 09c", "/tinh/tong-hop/09c/nam/2020")),
    };
    draw(samples, &format!("tinh-bao-cao{mark}"), &following);
    let Some(sheet) = sheet(full) else { return };
    let submitted = SubmittedPage {
        frame: frames::desk(),
        list: list.clone(),
        agency: "Ủy ban nhân dân huyện Đăk Tô".into(),
        state: State::new(Tone::Wait, "Chờ tiếp nhận"),
        head: head(),
        errors: ErrorSummary::default(),
        notice: full.then(|| Notice::warning("Gửi trễ 3 ngày", "Hạn gửi là 18/11/2020.")),
        sheet: sheet.clone(),
        notes: table(full),
        since: full.then(|| table(true)),
        amended: if full {
            "Lý do: biên bản ghi 108. Nguyễn Văn Thành gửi 12/11/2020; chưa được tiếp nhận.".into()
        } else {
            String::new()
        },
        differences: full.then(|| table(true)),
        jumps: if full {
            vec!["Cột 4 là 1.206, năm 2019 là 396: chênh hơn 2 lần.".into()]
        } else {
            vec![]
        },
        facts: facts(),
        signatures: full.then(|| super::signature::signatures(false)),
        versions: vec![station("Nguyễn Văn Thành", "gửi bản 1", "")],
        acts: vec![act("Trả lại", full)],
        links: vec![],
    };
    draw(samples, &format!("tinh-bao-cao-mot{mark}"), &submitted);
    let extension = ExtensionPage {
        frame: frames::desk(),
        list: list.clone(),
        agency: "Huyện Tu Mơ Rông".into(),
        report: "Biểu 09b/BTP/PBGDPL, Năm 2020 (chính thức)".into(),
        errors: ErrorSummary::default(),
        stations: vec![station(
            "Nguyễn Văn Thành",
            "xin gia hạn đến hết ngày 20/02/2021",
            "Chờ số liệu của xã",
        )],
        acts: if full {
            vec![act("Trả lời", true)]
        } else {
            vec![]
        },
        links: vec![],
    };
    draw(samples, &format!("tinh-gia-han{mark}"), &extension);
    let made = ConsolidationPage {
        frame: frames::desk(),
        list,
        head: head(),
        state: State::new(
            if full { Tone::Ok } else { Tone::Wait },
            if full { "Đã chốt" } else { "Chưa tổng hợp" },
        ),
        missing: full.then(|| Notice::warning("Thiếu 2 cơ quan", "Sở Y tế; Huyện Đăk Tô.")),
        sheet: full.then(|| sheet.clone()),
        structure: full.then(|| super::oversight::structure("/tinh/tong-hop/09c/nam/2020", true)),
        empty: empty(full),
        sources: table(full),
        facts: facts(),
        acts: vec![act("Chốt số liệu", full)],
        links: vec![Link::new("Tải JSON", "/tinh/tong-hop/09c/nam/2020/xuat.json")],
    };
    draw(samples, &format!("tinh-tong-hop{mark}"), &made);
    let document = Document {
        frame: frames::desk(),
        superior: "ỦY BAN NHÂN DÂN TỈNH KON TUM".into(),
        issuer: "SỞ TƯ PHÁP".into(),
        symbol: "BC-STP".into(),
        place_and_day: "Kon Tum, ngày 20 tháng 02 năm 2021".into(),
        kind: "BÁO CÁO THỐNG KÊ".into(),
        summary: "Tình hình tổ chức và hoạt động phổ biến, giáo dục pháp luật năm 2020".into(),
        head: head(),
        sheet,
        notes: if full {
            vec!["Chưa có số liệu của 2 cơ quan.".into()]
        } else {
            vec![]
        },
        signatures: vec![
            "Người lập biểu".into(),
            "Người kiểm tra".into(),
            "Giám đốc".into(),
        ],
        recipients: vec!["Bộ Tư pháp (Cục Kế hoạch - Tài chính)".into(), "Lưu: VT".into()],
        hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        back: Link::new("Về bản tổng hợp", "/tinh/tong-hop/09c/nam/2020"),
    };
    draw(samples, &format!("tinh-ban-in{mark}"), &document);
}
