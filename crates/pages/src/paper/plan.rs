//! The province's report on a plan as an official document. What is missing stands in words where it is missing, and once more in
//! an annex by task and agency.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::plan::{Absence, Document, Figure, Part, TaskPart, ledger_hash};
use pbgdpl_vietnamese::date::{day_month_year_words, dmy};
use pbgdpl_vietnamese::number::grouped;

use super::{Annex, Block, Grid, Paper, paragraphs};

/// What stands around the content.
#[derive(Debug, Clone, Default)]
pub struct Sealed<'a> {
    /// Địa danh.
    pub place: &'a str,
    /// The day it was frozen; nothing while it is open.
    pub frozen_on: Option<NaiveDate>,
    /// SHA-256 of the content.
    pub hash: &'a str,
    /// The data are illustrative.
    pub illustrative: bool,
}

/// The document.
#[must_use]
pub fn plan_report(report: &Document, sealed: &Sealed<'_>) -> Paper {
    let mut warnings = Vec::new();
    if sealed.illustrative {
        warnings.push("Dữ liệu minh hoạ, không phải số liệu chính thức.".to_owned());
    }
    if sealed.frozen_on.is_none() {
        warnings.push("Bản này chưa chốt.".to_owned());
    }
    let day = sealed
        .frozen_on
        .map_or_else(|| "ngày …… tháng …… năm ……".to_owned(), day_month_year_words);
    let belongs_to = format!("(Kèm theo Báo cáo số ……/{} {day})", report.symbol);
    let annexes = [missing(report), sources(report)].map(|annex| Annex {
        belongs_to: belongs_to.clone(),
        ..annex
    });
    Paper {
        issuer: capitals(&report.issuer),
        symbol: report.symbol.clone(),
        place_and_day: format!("{}, {day}", sealed.place),
        kind: "BÁO CÁO".into(),
        summary: report.summary.clone(),
        receiver: report.receiver.clone(),
        warnings,
        body: body(report),
        signer: capitals(&report.signer),
        recipients: report.recipients.clone(),
        annexes: annexes.into(),
        hash: sealed.hash.to_owned(),
    }
}

fn capitals(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| line.to_uppercase()).collect()
}

/// "I", "II" …, as far as chapters go.
fn roman(number: usize) -> String {
    const DIGITS: [(usize, &str); 5] = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut left = number;
    let mut text = String::new();
    for (value, digit) in DIGITS {
        while left >= value {
            text.push_str(digit);
            left -= value;
        }
    }
    text
}

fn body(report: &Document) -> Vec<Block> {
    let issuer = report.issuer.join(" ");
    let mut blocks = vec![Block::Text(format!(
        "Thực hiện {}, {issuer} báo cáo kết quả {} (số liệu từ ngày {} đến hết ngày {}) như sau:",
        report.basis.join("; "),
        report.term_words(),
        dmy(report.from),
        dmy(report.to),
    ))];
    if let Some(amends) = &report.amends {
        blocks.push(Block::Text(format!(
            "Báo cáo này thay thế bản {}. Lý do: {}",
            amends.version, amends.reason
        )));
    }
    let mut number = 0;
    let mut chapter = |blocks: &mut Vec<Block>, title: &str| {
        number += 1;
        blocks.push(Block::Chapter(format!(
            "{}. {}",
            roman(number),
            title.to_uppercase()
        )));
    };
    for part in &report.before {
        chapter(&mut blocks, &part.title);
        blocks.extend(section(part));
    }
    chapter(&mut blocks, "Kết quả thực hiện các nhiệm vụ");
    for (task, place) in report.tasks.iter().zip(1..) {
        blocks.extend(one_task(task, place));
    }
    for part in &report.after {
        chapter(&mut blocks, &part.title);
        blocks.extend(section(part));
    }
    blocks.push(Block::Text(format!(
        "Trên đây là báo cáo kết quả thực hiện {}, {issuer} kính báo cáo {}./.",
        report.term_words(),
        report.receiver
    )));
    blocks
}

fn texts(text: &str) -> impl Iterator<Item = Block> {
    paragraphs(text).into_iter().map(Block::Text)
}

fn section(part: &Part) -> Vec<Block> {
    if part.text.is_empty() {
        return vec![Block::Lacking("(Phần này chưa có nội dung.)".into())];
    }
    texts(&part.text).collect()
}

fn one_task(task: &TaskPart, place: usize) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading(format!("{place}. Nhiệm vụ {}", task.number)),
        Block::Quoted(task.heading.clone()),
    ];
    if !task.figures.is_empty() {
        blocks.push(Block::Grid(figures(&task.figures)));
    }
    if task.text.is_empty() {
        blocks.push(Block::Lacking(format!(
            "(Nhiệm vụ {} chưa có nội dung thuyết minh của tỉnh.)",
            task.number
        )));
    } else {
        blocks.extend(texts(&task.text));
    }
    if !task.absent.is_empty() {
        blocks.push(Block::Lacking(format!(
            "(Còn thiếu thuyết minh của {} cơ quan, xem Phụ lục I.)",
            task.absent.len()
        )));
    }
    blocks
}

fn figures(figures: &[Figure]) -> Grid {
    Grid {
        heads: vec!["Chỉ tiêu".into(), "Đơn vị tính".into(), "Toàn tỉnh".into()],
        widths: vec![55, 22, 23],
        figures_from: 2,
        rows: figures
            .iter()
            .map(|figure| vec![figure.label.clone(), figure.unit.clone(), grouped(figure.value)])
            .collect(),
    }
}

/// Of whom nothing came, by task and by reason; and what the province itself has not written.
fn missing(report: &Document) -> Annex {
    let mut rows = Vec::new();
    for task in &report.tasks {
        let mut by_reason: BTreeMap<Absence, Vec<&str>> = BTreeMap::new();
        for absent in &task.absent {
            by_reason.entry(absent.why).or_default().push(&absent.name);
        }
        for (why, names) in by_reason {
            rows.push(vec![
                task.number.clone(),
                names.join("; "),
                why.label().to_owned(),
                names.len().to_string(),
            ]);
        }
    }
    let unwritten = report.unwritten();
    let mut blocks = Vec::new();
    if unwritten.is_empty() {
        blocks.push(Block::Text(
            "Nội dung của tỉnh: đã đủ các phần và nhiệm vụ.".into(),
        ));
    } else {
        blocks.push(Block::Lacking(format!(
            "Nội dung của tỉnh chưa viết: {}.",
            unwritten.join("; ")
        )));
    }
    if rows.is_empty() {
        blocks.push(Block::Text(
            "Thuyết minh của các cơ quan: đã đủ theo từng nhiệm vụ.".into(),
        ));
    } else {
        blocks.push(Block::Grid(Grid {
            heads: ["Nhiệm vụ", "Cơ quan chưa có thuyết minh", "Lý do", "Số cơ quan"]
                .map(str::to_owned)
                .into(),
            widths: vec![14, 50, 22, 14],
            figures_from: 3,
            rows,
        }));
    }
    Annex {
        number: "Phụ lục I".into(),
        title: "Thuyết minh còn thiếu".into(),
        blocks,
        ..Annex::default()
    }
}

/// Where figures and texts come from, so that each can be found again.
fn sources(report: &Document) -> Annex {
    let sent: BTreeMap<&str, i32> = report
        .sources
        .iter()
        .map(|sent| (sent.slug.as_str(), sent.version))
        .collect();
    let mut rows: Vec<Vec<String>> = report
        .books
        .iter()
        .map(|book| {
            let version = sent.get(book.slug.as_str());
            vec![
                book.name.clone(),
                version.map_or_else(|| "–".to_owned(), |version| format!("Bản {version}")),
                grouped(book.ledger_seq),
            ]
        })
        .collect();
    let without = report
        .sources
        .iter()
        .filter(|sent| !report.books.iter().any(|book| book.slug == sent.slug));
    rows.extend(without.map(|sent| {
        let version = format!("Bản {}", sent.version);
        vec![sent.name.clone(), version, "–".to_owned()]
    }));
    let hash = ledger_hash(&report.books).unwrap_or_default();
    Annex {
        number: "Phụ lục II".into(),
        title: "Nguồn số liệu".into(),
        blocks: vec![
            Block::Text(format!(
                "Số liệu toàn tỉnh là tổng của sổ hoạt động các cơ quan dưới đây, tính đến dòng sổ ghi ở cột cuối. Mã kiểm tra SHA-256 của các sổ: {hash}."
            )),
            Block::Grid(Grid {
                heads: ["Cơ quan", "Báo cáo đã tiếp nhận", "Đến dòng sổ"]
                    .map(str::to_owned)
                    .into(),
                widths: vec![58, 22, 20],
                figures_from: 2,
                rows,
            }),
        ],
        ..Annex::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_numbered_in_roman() {
        let numbers: Vec<String> = (1..=11).map(roman).collect();
        assert_eq!(
            numbers,
            ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"]
        );
    }
}
