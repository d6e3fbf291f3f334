//! Numbers as they are typed, printed and met in prose.

use super::*;

fn parse(text: &str) -> DocumentNumber {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn numbers_in(text: &str) -> Vec<String> {
    find_in(text)
        .iter()
        .map(|found| found.number.to_string())
        .collect()
}

#[test]
fn official_numbers_are_read_and_written_back() {
    for text in [
        "14/2012/QH13",
        "30/2020/NĐ-CP",
        "471/QĐ-TTg",
        "03/2019/TT-BTP",
        "1677/NQ-UBTVQH15",
        "02/2020/UBTVQH14",
        "27/2004/PL-UBTVQH11",
        "01/2023/NQ-HĐTP",
        "05/2016/TTLT-BTP-BNG-BCA",
        "15/2020/QĐ-UBND",
        "2345/KH-UBND",
        "61/CP",
        "1234/UBND-NC",
        "86/2019/NQ-HĐND",
        "13-QĐ/TU",
        "20-NQ/TW",
        "18-L/CTN",
        "1375/ĐHSG-GDTX",
        "333/QĐ-CT",
        "105/BTP-PBGDPL",
    ] {
        assert_eq!(parse(text).to_string(), text);
        assert_eq!(numbers_in(text), [text], "as prose");
    }
    let law = parse("14/2012/QH13");
    assert_eq!(
        law,
        DocumentNumber {
            number: 14,
            year: Some(2012),
            symbol: "QH13".to_owned()
        }
    );
    assert_eq!(parse("471/QĐ-TTg").year, None);
}

#[test]
fn every_spelling_has_one_key() {
    for (key, spellings) in [
        (
            "30/2020/nd-cp",
            "30/2020/NĐ-CP|30/2020/ND-CP|30/2020/nđ-cp|30 / 2020 / NĐ - CP|30/2020/NĐ–CP|30/2020/NĐ\u{2011}CP|30-2020-nd-cp\
             |30/2020/NĐCP|30/2020 NĐ-CP|30 2020 nd cp|số 30/2020/NĐ-CP|Số: 30/2020/NĐ-CP.|30_2020_ND-CP\
             |30/2020/NÐ-CP",
        ),
        (
            "03/2019/tt-btp",
            "03/2019/TT-BTP|3/2019/TT-BTP|003/2019/tt btp|3/2019/TTBTP",
        ),
        (
            "14/2012/qh13",
            "14/2012/QH13|14/2012/QH 13|14/2012/qh-13|14-2012-QH13|14 /2012 /QH13",
        ),
        (
            "471/qd-ttg",
            "471/QĐ-TTg|471/QD-TTG|471/qđ-ttg|471 QĐ-TTg|471/QĐTTg|471/QĐ —TTg",
        ),
        (
            "1677/nq-ubtvqh15",
            "1677/NQ-UBTVQH15|1677/nq-ubtvqh15|1677/NQ - UBTVQH 15",
        ),
        (
            "05/2016/ttlt-btp-bng-bca",
            "05/2016/TTLT-BTP-BNG-BCA|5/2016/TTLT/BTP-BNG-BCA",
        ),
    ] {
        for spelling in spellings.split('|').map(str::trim) {
            assert_eq!(parse(spelling).key(), key, "{spelling}");
        }
    }
}

#[test]
fn marks_and_capitals_are_restored() {
    assert_eq!(parse("30/2020/nd-cp").to_string(), "30/2020/NĐ-CP");
    assert_eq!(
        parse("7/2020/ttlt-btp-bldtbxh").to_string(),
        "07/2020/TTLT-BTP-BLĐTBXH"
    );
    assert_eq!(parse("471/qd-ttg").to_string(), "471/QĐ-TTg");
    assert_eq!(parse("12/kh-xyz").to_string(), "12/KH-XYZ");
}

#[test]
fn the_error_says_what_is_wrong() {
    for (text, error) in [
        ("  ", CitationError::Empty),
        ("Luật Đất đai", CitationError::NoNumber),
        ("về 15/2020/NĐ-CP", CitationError::NoNumber),
        ("15/2020", CitationError::NoSymbol),
        ("15", CitationError::NoSymbol),
        ("09/11/2024", CitationError::NoSymbol),
        (
            "15/2020/NĐ-CP ngày 03/02/2020",
            CitationError::Trailing("ngày 03/02/2020".to_owned()),
        ),
    ] {
        assert_eq!(text.parse::<DocumentNumber>(), Err(error), "{text}");
    }
}

#[test]
fn numbers_are_found_in_prose() {
    let text = "Căn cứ Luật Phổ biến, giáo dục pháp luật số 14/2012/QH13 ngày 20/6/2012; Nghị định số 28/2013/NĐ-CP ngày \
        04/4/2013 (sửa đổi theo 56/2024/NĐ-CP). Quyết định 471/QĐ-TTg, Kế hoạch số 35/KH-UBND - triển khai.";
    assert_eq!(
        numbers_in(text),
        [
            "14/2012/QH13",
            "28/2013/NĐ-CP",
            "56/2024/NĐ-CP",
            "471/QĐ-TTg",
            "35/KH-UBND"
        ]
    );
    for found in find_in(text) {
        let cited: DocumentNumber = text[found.range.clone()].parse().unwrap();
        assert_eq!(cited, found.number);
    }
    assert_eq!(
        numbers_in("quyết định 471/qđ-ttg và nghị định 15/2020/nd-cp của chính phủ"),
        ["471/QĐ-TTg", "15/2020/NĐ-CP"]
    );
}

#[test]
fn prose_without_numbers_has_none() {
    for text in [
        "ngày 09/11/2024",
        "trực 24/7",
        "tháng 11/2024 TT huyện",
        "15/2020",
        "15/2020/NĐ",
        "471/QĐ - Bộ trưởng",
        "60 km/h",
        "12 ca mắc",
        "5 CT-XH",
        "năm 2020 đã từ chối",
        "nam 2020 da tu choi",
        "năm 2020 - tư pháp",
        "500/ca",
        "2 - QH",
        "1/2 số hộ",
        "500.000 đồng/hộ",
        "3 tu sĩ",
        "khoản 2 Điều 15, 2020",
        "A15/2020/NĐ-CP",
        "",
        "9999999999/2020/NĐ-CP",
    ] {
        assert_eq!(numbers_in(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn any_text_is_survived() {
    let signs = [
        '1', '2', '0', 'Đ', 'n', '\u{0301}', '/', '-', ' ', '–', '.', 'Q', 'H', '🙂', '\n',
    ];
    let mut state: u32 = 7;
    for _ in 0..20_000 {
        let text: String = (0..12)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                signs[usize::try_from(state >> 16).unwrap() % signs.len()]
            })
            .collect();
        for found in find_in(&text) {
            assert!(text.get(found.range.clone()).is_some());
        }
        let _ = text.parse::<DocumentNumber>();
    }
}
