//! Digital signatures: one that holds and one that does not, and where another is added.

use crate::desk::report::{AddSignature, SignatureBox, SignatureLine};
use crate::form::Field;
use crate::part::{Link, State, Tone};

pub(super) fn signatures(add: bool) -> SignatureBox {
    let line = |tone, word: &str, who: &str, detail: &str| SignatureLine {
        state: State::new(tone, word),
        who: who.into(),
        detail: detail.into(),
    };
    SignatureBox {
        lines: vec![
            line(
                Tone::Ok,
                "Hợp lệ",
                "Nguyễn Thị Lành, Sở Tư pháp",
                "Chứng thư số 54010cafe do Cơ quan chứng thực thử cấp, có hiệu lực đến 31/12/2024.",
            ),
            line(
                Tone::Late,
                "Không hợp lệ",
                "Chữ ký thứ 2",
                "Kiểm lại hôm nay: nội dung khác từng byte.",
            ),
        ],
        add: add.then(|| AddSignature {
            content: Link::new(
                "Tải tệp số liệu để ký",
                "/quan-tri/huyen-dak-to/bieu/09b/nam/2020/tep-ky?ban=1",
            ),
            action: "/quan-tri/huyen-dak-to/bieu/09b/nam/2020/chu-ky".into(),
            version: "1".into(),
            file: Field::files("tep-ky", "Tệp chữ ký (.p7s)", ".p7s", false).with_hint("Lớn nhất 64 KB."),
        }),
    }
}
