//! Comparisons: read aloud, put together again, and bounded.

use uuid::Uuid;

use super::{Piece, between, of_text};
use crate::article::Content;
use crate::id::to_base32;

fn show(pieces: &[Piece]) -> String {
    let one = |piece: &Piece| match piece {
        Piece::Same(text) => text.clone(),
        Piece::Removed(text) => format!("[-{text}-]"),
        Piece::Added(text) => format!("{{+{text}+}}"),
    };
    pieces.iter().map(one).collect()
}

fn side(pieces: &[Piece], newer: bool) -> String {
    let one = |piece: &Piece| match piece {
        Piece::Same(text) => text.clone(),
        Piece::Removed(text) if !newer => text.clone(),
        Piece::Added(text) if newer => text.clone(),
        _ => String::new(),
    };
    pieces.iter().map(one).collect()
}

#[test]
fn words_change_inside_a_line_and_other_lines_stay() {
    let old = "Luật chưa cho phép cưới.\n\nNam từ đủ 18 tuổi.\n";
    let new = "Luật chưa cho phép cưới.\n\nNam từ đủ 20 tuổi.\n";
    assert_eq!(
        show(&of_text(old, new)),
        "Luật chưa cho phép cưới.\n\nNam từ đủ [-18-]{+20+} tuổi.\n"
    );
}

#[test]
fn neighbouring_words_change_together() {
    assert_eq!(
        show(&of_text("xã không cho cưới", "cán bộ tư pháp nói cưới")),
        "[-xã không cho-]{+cán bộ tư pháp nói+} cưới"
    );
    assert_eq!(show(&of_text("", "Một câu.")), "{+Một câu.+}", "from nothing");
    assert_eq!(show(&of_text("x", "x")), "x");
}

#[test]
fn both_texts_can_be_read_back() {
    let texts = [
        "",
        "a",
        "một hai ba\nbốn\n",
        "một ba\nbốn năm\nsáu",
        "## Đề mục\n\nĐiều 8, khoản 1.\n",
        "  lùi\n\n\nvào ",
    ];
    for old in texts {
        for new in texts {
            let pieces = of_text(old, new);
            assert_eq!(side(&pieces, false), old, "{}", show(&pieces));
            assert_eq!(side(&pieces, true), new, "{}", show(&pieces));
        }
    }
}

#[test]
fn very_long_texts_are_replaced_whole_in_bounded_time() {
    let old = "a b\n".repeat(30_000);
    let new = "c d\n".repeat(30_000);
    assert!(of_text(&old, &new).len() <= 3);
}

#[test]
fn only_fields_that_differ_are_named() {
    let old = Content {
        title: "Cũ".into(),
        fields: vec!["dat-dai".into()],
        ..Content::default()
    };
    let new = Content {
        title: "Mới".into(),
        ..old.clone()
    };
    let differences = between(&old, &new, str::to_owned);
    assert_eq!(differences.len(), 1);
    assert_eq!(
        (differences[0].label, show(&differences[0].pieces)),
        ("Tên bài", "[-Cũ-]{+Mới+}".to_owned())
    );
}

#[test]
fn originals_are_named_and_told_apart() {
    let of = |id: &str| Content {
        translates: Some(id.parse().unwrap()),
        ..Content::default()
    };
    let [first, second] = [7, 8].map(|number| to_base32(Uuid::from_u128(number)));
    let (first, second) = (first.as_str(), second.as_str());
    let title = |id: &str| if id == first { "Khai sinh" } else { "Kết hôn" }.to_owned();
    let named = between(&of(first), &of(second), title).remove(0);
    assert_eq!(
        (named.label, show(&named.pieces)),
        ("Dịch từ bài", "[-Khai sinh-]{+Kết hôn+}".to_owned())
    );
    let alike = between(&of(first), &of(second), |_| "Khai sinh".to_owned()).remove(0);
    assert_eq!(side(&alike.pieces, false), format!("Khai sinh ({first})"));
    assert_eq!(side(&alike.pieces, true), format!("Khai sinh ({second})"));
    let none = between(&Content::default(), &of(first), title).remove(0);
    assert_eq!(show(&none.pieces), "{+Khai sinh+}");
}

#[test]
fn long_equal_runs_are_cut_between_changes() {
    let old = format!("{} cũ", "chữ ".repeat(200));
    let new = format!("{} mới", "chữ ".repeat(200));
    let content = |body: String| Content {
        body,
        ..Content::default()
    };
    let cut = between(&content(old), &content(new), str::to_owned)
        .remove(0)
        .shortened(40);
    assert!(show(&cut.pieces).chars().count() < 80, "{}", show(&cut.pieces));
}
