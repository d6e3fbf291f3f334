//! The page that says what a file would change, or why it is not taken, row by row.

use pbgdpl_app::report::View;
use pbgdpl_model::report::Difference;
use pbgdpl_pages::desk::report::{Confirm, OfflineBox, OfflinePage, Section};
use pbgdpl_pages::form::{Button, Buttons, Field};
use pbgdpl_pages::part::{Cell, Column, Link, Notice, Row, Table};
use pbgdpl_pages::workbook::working::{Held, Issue, LONGEST_REASON, Touched, Typed};
use pbgdpl_vietnamese::number::grouped;

use super::judge::{Verdict, Why};
use super::{Sent, closed};
use crate::desk::frame;
use crate::desk::report::{address, draw};
use crate::extract::Staff;
use crate::state::AppState;

/// Rows of one list; more are counted.
const SHOWN: usize = 60;
/// Signs of a text that is only quoted.
const QUOTED: usize = 160;

/// Where the working form is taken and brought back.
pub(in crate::desk::report) fn exchange(here: &str) -> OfflineBox {
    OfflineBox {
        download: Link::new("Tải mẫu Excel của kỳ này", format!("{here}/mau-excel")),
        action: format!("{here}/nhap-excel"),
        file: Field::files("tep", "Tệp Excel đã điền", ".xlsx", false)
            .with_hint("Dạng .xlsx, lớn nhất 2 MB; đúng tệp đã tải về từ trang này."),
    }
}

/// The page.
pub(super) fn of(state: &AppState, staff: &Staff, seen: &View, verdict: &Verdict) -> OfflinePage {
    let here = address(staff.ctx.tenant(), &seen.form.id, seen.span.kind, seen.span.year);
    let again = verdict.why.is_some() && closed(staff, seen).is_none();
    let mut again = again.then(|| exchange(&here));
    if let (Some(Why::NoFile), Some(again)) = (&verdict.why, &mut again) {
        again.file.error = Some("chưa chọn. Chọn tệp rồi tải lên.".into());
    }
    OfflinePage {
        frame: frame::staff(state, staff, "bieu"),
        back: Link::new(
            format!("Biểu {}, {}", seen.form.code, seen.span.title()),
            here.clone(),
        ),
        title: "Xem trước số liệu từ tệp Excel".into(),
        notice: notice(verdict),
        sections: sections(seen, verdict),
        confirm: (verdict.why.is_none() && !verdict.typed.is_empty()).then(|| confirm(seen, verdict, &here)),
        again,
    }
}

fn confirm(seen: &View, verdict: &Verdict, here: &str) -> Confirm {
    let sent: Vec<Sent> = verdict
        .typed
        .iter()
        .map(|typed| Sent {
            row: typed.row.clone(),
            column: typed.column,
            actual: typed.actual,
            estimate: typed.estimate,
            reason: typed.reason.clone(),
        })
        .collect();
    let cells = serde_json::to_string(&sent).unwrap_or_default();
    Confirm {
        action: format!("{here}/nhap-excel/ghi"),
        hidden: vec![("ma".into(), seen.figures.clone()), ("so-lieu".into(), cells)],
        buttons: Buttons {
            note: "Được ghi cùng tên bạn, như khi nhập từng dòng. Biểu đã kiểm tra phải kiểm tra lại.".into(),
            buttons: vec![Button::primary(format!("Ghi {} ô vào biểu", verdict.typed.len()))],
        },
    }
}

fn notice(verdict: &Verdict) -> Notice {
    let refused = |title: &str, text: &str| Notice::refused(title, format!("{text} Chưa ghi gì vào biểu."));
    match &verdict.why {
        None if verdict.typed.is_empty() => Notice::done(
            "Tệp không thay đổi gì",
            "Mọi ô tự khai trong tệp giống số liệu của biểu. Không cần ghi.",
        ),
        None => Notice::done(
            format!("{} ô sẽ thay đổi", verdict.typed.len()),
            "Chưa ghi gì. Đọc lại số cũ, số mới rồi bấm ghi ở cuối trang.",
        ),
        Some(Why::NoFile) => refused("Chưa chọn tệp", "Chọn tệp Excel đã điền rồi tải lên."),
        Some(Why::Unreadable(why)) => refused("Không mở được tệp", &why.to_string()),
        Some(Why::NotOurs) => refused(
            "Tệp không phải mẫu tải về từ hệ thống",
            "Thiếu trang nhận dạng của mẫu. Tải mẫu của kỳ này, chép số liệu sang các ô nền vàng rồi tải lên lại.",
        ),
        Some(Why::Forged) => refused(
            "Trang nhận dạng của tệp đã bị sửa",
            "Chữ ký ở trang “Nhận dạng” không khớp với nội dung của trang. Tải mẫu mới, chép số liệu sang các ô nền vàng rồi tải lên lại.",
        ),
        Some(Why::Elsewhere(_)) => refused(
            "Tệp thuộc biểu khác",
            "Mở đúng cơ quan, biểu và kỳ ghi trong tệp để tải lên; hoặc tải mẫu của trang này.",
        ),
        Some(Why::OldForm) => refused(
            "Mẫu của tệp không còn dùng",
            "Mẫu biểu, lịch báo cáo hoặc cách trình bày đã đổi từ khi tải tệp. Tải mẫu mới, chép số liệu sang các ô nền vàng rồi tải lên lại.",
        ),
        Some(Why::Touched) => refused(
            "Tệp đã bị sửa ở chỗ không được sửa",
            "Trả các ô nêu dưới đây về như mẫu, hoặc tải mẫu mới rồi chép số liệu sang, và tải lên lại.",
        ),
        Some(Why::Stale(of)) => {
            let since = of.map_or_else(
                || "Biểu đã đổi từ khi bạn xem trước.".to_owned(),
                |(at, version)| {
                    format!(
                        "Biểu đã đổi từ khi tải tệp (bản {version}, tải lúc {}).",
                        draw::when(at)
                    )
                },
            );
            let figures = if verdict.moved.is_empty() && of.is_some() {
                " Các con số vẫn thế; căn cứ, lời giải thích hoặc bản của biểu đã khác."
            } else {
                ""
            };
            let text = format!(
                "{since}{figures} Tải mẫu mới, chép số liệu sang các ô nền vàng, xem lại các ô đã đổi rồi tải lên lại."
            );
            refused("Tệp đã cũ", &text)
        }
        Some(Why::Issues) => {
            let title = format!("Còn {} ô phải sửa trong tệp", verdict.issues.len());
            refused(&title, "Sửa các ô nêu dưới đây trong tệp, lưu rồi tải lên lại.")
        }
        Some(Why::Closed(why) | Why::Words(why)) => refused("Chưa ghi được", why),
    }
}

fn sections(seen: &View, verdict: &Verdict) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut add = |title: &str, text: String, heads: &[(&str, bool)], rows: Vec<Vec<Cell>>| {
        if !rows.is_empty() {
            sections.push(section(title, text, heads, rows));
        }
    };
    if let Some(Why::Elsewhere(other)) = &verdict.why {
        let rows = other
            .iter()
            .map(|(what, theirs, ours)| vec![(*what).into(), theirs.clone().into(), ours.clone().into()]);
        add(
            "Tệp và trang này",
            String::new(),
            &[
                ("Thông tin", false),
                ("Trong tệp", false),
                ("Của trang này", false),
            ],
            rows.collect(),
        );
    }
    add(
        "Ô khóa đã bị sửa",
        cut_at(verdict.touched.len()),
        &[
            ("Ô", false),
            ("Điều gì sai", false),
            ("Theo mẫu", false),
            ("Trong tệp", false),
        ],
        verdict.touched.iter().take(SHOWN).map(touched).collect(),
    );
    add(
        "Ô phải sửa",
        cut_at(verdict.issues.len()),
        &[
            ("Ô", false),
            ("Dòng, cột", false),
            ("Trường", false),
            ("Trong tệp", false),
            ("Điều gì sai", false),
        ],
        verdict.issues.iter().take(SHOWN).map(issue).collect(),
    );
    add(
        "Ô đã đổi từ khi tải tệp",
        cut_at(verdict.moved.len()),
        &[("Dòng, cột", false), ("Khi tải tệp", true), ("Bây giờ", true)],
        verdict
            .moved
            .iter()
            .take(SHOWN)
            .map(|one| moved(seen, one))
            .collect(),
    );
    let typed = if verdict.why.is_some() {
        &[][..]
    } else {
        &verdict.typed
    };
    add(
        "Số cũ và số mới",
        String::new(),
        &[
            ("Ô", false),
            ("Dòng, cột", false),
            ("Số cũ", true),
            ("Số mới", true),
            ("Căn cứ", false),
        ],
        typed.iter().map(|one| change(seen, one)).collect(),
    );
    add(
        "Số liệu trong tệp",
        "Để chép sang mẫu mới; chưa ghi vào biểu.".into(),
        &[
            ("Dòng", false),
            ("Cột", false),
            ("Thực tế", true),
            ("Ước tính", true),
            ("Căn cứ", false),
        ],
        if verdict.why.is_some() {
            verdict.held.iter().map(held).collect()
        } else {
            Vec::new()
        },
    );
    sections
}

fn section(title: &str, text: String, heads: &[(&str, bool)], rows: Vec<Vec<Cell>>) -> Section {
    let column = |(label, figures): &(&str, bool)| {
        if *figures {
            Column::figures(*label)
        } else {
            Column::words(*label)
        }
    };
    Section {
        title: title.into(),
        text,
        table: Table {
            caption: title.into(),
            caption_hidden: true,
            columns: heads.iter().map(column).collect(),
            rows: rows.into_iter().map(|cells| Row { cells }).collect(),
            total: None,
        },
    }
}

fn cut_at(count: usize) -> String {
    if count > SHOWN {
        format!(
            "{SHOWN} ô đầu tiên trong {} ô.",
            grouped(i64::try_from(count).unwrap_or(i64::MAX))
        )
    } else {
        String::new()
    }
}

/// The first signs of a text, and that there is more.
fn cut(text: &str, most: usize) -> String {
    let mut words: String = text.chars().take(most).collect();
    if words.len() < text.len() {
        words.push('…');
    }
    words
}

fn quoted(text: &str) -> Cell {
    let mut words = cut(text, QUOTED);
    if words.trim().is_empty() {
        words = "(trống)".into();
    }
    words.into()
}

fn touched(one: &Touched) -> Vec<Cell> {
    let at = if one.address.is_empty() {
        format!("trang “{}”", one.sheet)
    } else {
        format!("{}, trang “{}”", one.address, one.sheet)
    };
    vec![at.into(), one.reason.into(), quoted(&one.was), quoted(&one.now)]
}

fn issue(one: &Issue) -> Vec<Cell> {
    let place = format!("{}, cột {}", one.line, one.column);
    let address = one.address.clone();
    vec![
        address.into(),
        place.into(),
        one.part.label().into(),
        quoted(&one.said),
        one.reason.clone().into(),
    ]
}

fn moved(seen: &View, one: &Difference) -> Vec<Cell> {
    let figure = |figure: Option<i64>| figure.map_or_else(|| "trống".to_owned(), grouped);
    vec![
        place(seen, &one.line, one.column).into(),
        figure(one.before).into(),
        figure(one.now).into(),
    ]
}

fn place(seen: &View, line: &str, column: u8) -> String {
    seen.form.column(column).map_or_else(
        || format!("{line}, cột {column}"),
        |column| format!("{line}. {}", draw::column_words(column)),
    )
}

fn change(seen: &View, one: &Typed) -> Vec<Cell> {
    let reason = if one.same_reason {
        format!("{} (giữ căn cứ cũ)", one.reason)
    } else {
        one.reason.clone()
    };
    vec![
        one.address.clone().into(),
        place(seen, &one.line, one.column).into(),
        both(one.before).into(),
        both((one.actual, one.estimate)).into(),
        reason.into(),
    ]
}

/// "145", "145; ước tính 20", "trống".
fn both((actual, estimate): (Option<i64>, Option<i64>)) -> String {
    match (actual, estimate) {
        (None, None) => "trống".to_owned(),
        (Some(actual), None) => grouped(actual),
        (None, Some(estimate)) => format!("ước tính {}", grouped(estimate)),
        (Some(actual), Some(estimate)) => format!("{}; ước tính {}", grouped(actual), grouped(estimate)),
    }
}

/// What the file held, to be copied: a reason whole, the rest as far as a figure goes.
fn held(one: &Held) -> Vec<Cell> {
    vec![
        cut(&one.line, QUOTED).into(),
        cut(&one.column, QUOTED).into(),
        cut(&one.actual, QUOTED).into(),
        cut(&one.estimate, QUOTED).into(),
        cut(&one.reason, LONGEST_REASON).into(),
    ]
}
