//! Official abbreviations of kinds of documents and of issuers, found by their letters without marks.

use unicode_normalization::UnicodeNormalization;

use crate::fold::is_stroked_d;

/// An abbreviation as it is officially spelt.
pub(super) struct Abbreviation {
    /// With marks and capitals.
    pub spelling: &'static str,
    /// A kind of document; otherwise an issuer.
    pub kind: bool,
}

/// NĐ 30/2020/NĐ-CP, Phụ lục III, bảng chữ viết tắt; NQ 351/2017/UBTVQH14 for what the National Assembly issues.
const KINDS: [(&str, &str); 34] = [
    ("bb", "BB"),
    ("bc", "BC"),
    ("bgn", "BGN"),
    ("ctr", "CTr"),
    ("ct", "CT"),
    ("cv", "CV"),
    ("cd", "CĐ"),
    ("da", "ĐA"),
    ("dt", "ĐT"),
    ("gm", "GM"),
    ("gp", "GP"),
    ("gt", "GT"),
    ("gcn", "GCN"),
    ("hd", "HD"),
    ("kh", "KH"),
    ("kl", "KL"),
    ("l", "L"),
    ("lct", "LCT"),
    ("nd", "NĐ"),
    ("nq", "NQ"),
    ("nqlt", "NQLT"),
    ("pa", "PA"),
    ("pc", "PC"),
    ("pl", "PL"),
    ("qc", "QC"),
    ("qd", "QĐ"),
    ("qyd", "QyĐ"),
    ("tb", "TB"),
    ("tc", "TC"),
    ("tt", "TT"),
    ("ttlt", "TTLT"),
    ("ttr", "TTr"),
    ("vbhn", "VBHN"),
    ("tl", "TL"),
];

const ISSUERS: [(&str, &str); 67] = [
    ("bca", "BCA"),
    ("bch", "BCH"),
    ("bct", "BCT"),
    ("bdttg", "BDTTG"),
    ("bgddt", "BGDĐT"),
    ("bgtvt", "BGTVT"),
    ("bhxh", "BHXH"),
    ("bkhcn", "BKHCN"),
    ("bkhdt", "BKHĐT"),
    ("bldtbxh", "BLĐTBXH"),
    ("bng", "BNG"),
    ("bnn", "BNN"),
    ("bnnmt", "BNNMT"),
    ("bnnptnt", "BNNPTNT"),
    ("bnv", "BNV"),
    ("bqp", "BQP"),
    ("btc", "BTC"),
    ("btnmt", "BTNMT"),
    ("btp", "BTP"),
    ("btttt", "BTTTT"),
    ("bvhttdl", "BVHTTDL"),
    ("bxd", "BXD"),
    ("byt", "BYT"),
    ("cp", "CP"),
    ("ctn", "CTN"),
    ("ddbqh", "ĐĐBQH"),
    ("hdnd", "HĐND"),
    ("hdgvn", "HĐGVN"),
    ("hdph", "HĐPH"),
    ("hdtp", "HĐTP"),
    ("hlhpn", "HLHPN"),
    ("hnd", "HND"),
    ("hu", "HU"),
    ("hvcp", "HVCP"),
    ("ktnn", "KTNN"),
    ("ldld", "LĐLĐ"),
    ("ldtbxh", "LĐTBXH"),
    ("mttq", "MTTQ"),
    ("mttw", "MTTW"),
    ("nhnn", "NHNN"),
    ("qh", "QH"),
    ("skhcn", "SKHCN"),
    ("skhdt", "SKHĐT"),
    ("sgddt", "SGDĐT"),
    ("sgtvt", "SGTVT"),
    ("sldtbxh", "SLĐTBXH"),
    ("snv", "SNV"),
    ("stc", "STC"),
    ("stnmt", "STNMT"),
    ("stp", "STP"),
    ("stttt", "STTTT"),
    ("svhttdl", "SVHTTDL"),
    ("sxd", "SXD"),
    ("syt", "SYT"),
    ("tand", "TAND"),
    ("tandtc", "TANDTC"),
    ("tchq", "TCHQ"),
    ("tct", "TCT"),
    ("tld", "TLĐ"),
    ("ttcp", "TTCP"),
    ("ttg", "TTg"),
    ("tu", "TU"),
    ("tw", "TW"),
    ("ubdt", "UBDT"),
    ("ubnd", "UBND"),
    ("ubtvqh", "UBTVQH"),
    ("vpcp", "VPCP"),
];

/// Returns the letters to look an abbreviation up by: small, d for đ. Other marks stay: `đã` is not `ĐA`.
pub(super) fn letters(typed: &str) -> String {
    let lower = typed.nfc().flat_map(char::to_lowercase);
    lower
        .map(|letter| if is_stroked_d(letter) { 'd' } else { letter })
        .collect()
}

/// Tells whether small letters may as well be a word of the sentence (`da`, `tu`), since a vowel comes second.
pub(super) fn may_be_a_word(typed: &str) -> bool {
    let is_small = !typed.contains(char::is_uppercase);
    is_small
        && letters(typed)
            .chars()
            .nth(1)
            .is_some_and(|second| "aeiouy".contains(second))
}

/// Returns the official spelling of an abbreviation given by its [`letters`].
pub(super) fn official(key: &str) -> Option<Abbreviation> {
    let kind = spelling(&KINDS, key).map(|spelling| Abbreviation { spelling, kind: true });
    kind.or_else(|| {
        spelling(&ISSUERS, key).map(|spelling| Abbreviation {
            spelling,
            kind: false,
        })
    })
}

/// Splits kind and issuer typed without the dash between them: `ndcp`, `qdttg`.
pub(super) fn split_joined(key: &str) -> Option<(&'static str, &'static str)> {
    let issuer_after = |kind: &str| {
        key.strip_prefix(kind)
            .and_then(|issuer| spelling(&ISSUERS, issuer))
    };
    KINDS
        .iter()
        .find_map(|(kind, spelling)| Some((*spelling, issuer_after(kind)?)))
}

fn spelling(table: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    table
        .iter()
        .find(|(letters, _)| *letters == key)
        .map(|(_, spelling)| *spelling)
}
