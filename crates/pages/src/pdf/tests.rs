//! Documents as the worker reads them, kept beside the worker: what changes here changes there.

use super::*;
use crate::paper::{self, Annex, Grid, Paper};

/// Compares a document with the sample that the worker's own tests read; `PBGDPL_REVIEW=1` rewrites it.
pub(crate) fn is_the_sample(name: &str, document: &Document) {
    let path = format!(
        "{}/../../workers/paper/samples/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let drawn = serde_json::to_string_pretty(document).unwrap() + "\n";
    if std::env::var_os("PBGDPL_REVIEW").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(
        kept == drawn,
        "{path} is not what the house writes: PBGDPL_REVIEW=1, then review the difference"
    );
}

fn report() -> Paper {
    let text = |text: &str| paper::Block::Text(text.to_owned());
    let rows = [
        ["Số hội nghị", "hội nghị", "1.250"],
        ["Số lượt người", "lượt người", "86.400"],
    ];
    Paper {
        issuer: vec!["ỦY BAN NHÂN DÂN".into(), "TỈNH KON TUM".into()],
        symbol: "BC-UBND".into(),
        place_and_day: "Kon Tum, ngày 18 tháng 11 năm 2020".into(),
        kind: "BÁO CÁO".into(),
        summary: "Kết quả thực hiện Kế hoạch số 471 năm 2020".into(),
        receiver: "Bộ Tư pháp".into(),
        warnings: vec!["Bản này chưa chốt.".into()],
        body: vec![
            text("Thực hiện Kế hoạch, Ủy ban nhân dân tỉnh báo cáo kết quả như sau:"),
            paper::Block::Chapter("I. CÔNG TÁC CHỈ ĐẠO".into()),
            text("Ẳ ẵ ẫ Ỗ ở Ử ữ ỹ đ Đ: \"#let x\" $a$ *b* _c_ @d <e> \\ [f] ở đây chỉ là chữ."),
            paper::Block::Heading("1. Nhiệm vụ II.1".into()),
            paper::Block::Quoted("Tổ chức hội nghị giới thiệu văn bản pháp luật mới.".into()),
            paper::Block::Grid(Grid {
                heads: ["Chỉ tiêu", "Đơn vị tính", "Toàn tỉnh"].map(Into::into).into(),
                widths: vec![55, 22, 23],
                figures_from: 2,
                rows: rows.map(|row| row.map(Into::into).into()).into(),
            }),
            paper::Block::Lacking("(Nhiệm vụ II.1 chưa có nội dung thuyết minh của tỉnh.)".into()),
        ],
        signer: vec!["TM. ỦY BAN NHÂN DÂN".into(), "CHỦ TỊCH".into()],
        recipients: vec!["Bộ Tư pháp".into(), "Lưu: VT".into()],
        annexes: vec![Annex {
            number: "Phụ lục I".into(),
            title: "Thuyết minh còn thiếu".into(),
            belongs_to: "(Kèm theo Báo cáo số ……/BC-UBND)".into(),
            blocks: vec![text("Đã đủ.")],
        }],
        hash: "0f1e2d".into(),
    }
}

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().flat_map(texts_of).collect()
}

fn texts_of(block: &Block) -> Vec<&str> {
    match block {
        Block::Text(text) => vec![text.text.as_str()],
        Block::Sides(sides) => sides
            .sides
            .iter()
            .flatten()
            .map(|text| text.text.as_str())
            .collect(),
        Block::Table(table) => {
            let heads = table.heads.iter().map(|head| head.text.as_str());
            heads
                .chain(table.rows.iter().flatten().map(|cell| cell.text.as_str()))
                .collect()
        }
        Block::PageBreak => Vec::new(),
    }
}

#[test]
fn an_official_document_is_the_sample_that_the_worker_reads() {
    let frozen = Moment::from_millis(1_605_700_000_000);
    let document = official(&report(), Some(frozen));
    assert_eq!(document.made_at, Some([2020, 11, 18, 11, 46, 40]));
    assert_eq!(official(&report(), None).made_at, None);
    assert!(
        document.page.foot.ends_with("0f1e2d"),
        "the hash stands on each page"
    );
    is_the_sample("paper", &document);
}

/// Every part of the value stands in the document once, in the order of the Word file.
#[test]
fn nothing_of_an_official_document_is_left_out() {
    let document = official(&report(), None);
    let said = texts(&document);
    let wanted = [
        "TỈNH KON TUM",
        "Số:        /BC-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Kon Tum, ngày 18 tháng 11 năm 2020",
        "BÁO CÁO",
        "Bản này chưa chốt.",
        "Kính gửi: Bộ Tư pháp",
        "I. CÔNG TÁC CHỈ ĐẠO",
        "1. Nhiệm vụ II.1",
        "Toàn tỉnh",
        "1.250",
        "86.400",
        "- Lưu: VT.",
        "CHỦ TỊCH",
        "Phụ lục I",
        "THUYẾT MINH CÒN THIẾU",
        "Đã đủ.",
    ];
    let mut from = 0;
    for words in wanted {
        let at = said.iter().skip(from).position(|text| *text == words);
        from += at.unwrap_or_else(|| panic!("{words} does not stand after {:?}", said.get(from))) + 1;
    }
}

#[test]
fn signs_that_no_file_can_hold_are_left_out() {
    let mut report = report();
    report.body = vec![paper::Block::Text("a\u{0}b\u{b}c".into())];
    assert!(texts(&official(&report, None)).contains(&"abc"));
}
