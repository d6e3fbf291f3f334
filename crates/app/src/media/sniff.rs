//! What a file is, by its bytes; and what its name says it is. Where the two differ, it is refused.

/// What may be uploaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
    Webp,
    Pdf,
}

impl Format {
    pub(super) const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }

    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "ảnh JPEG",
            Self::Png => "ảnh PNG",
            Self::Webp => "ảnh WebP",
            Self::Pdf => "tệp PDF",
        }
    }

    fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "jpg" | "jpeg" | "jpe" | "jfif" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            "webp" => Some(Self::Webp),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

/// The format of a file, or why it is refused, in the words of the screen.
pub(super) fn format_of(file_name: &str, bytes: &[u8], papers_too: bool) -> Result<Format, String> {
    let wanted = if papers_too {
        "JPEG, PNG, WebP hoặc PDF"
    } else {
        "JPEG, PNG hoặc WebP"
    };
    let found = infer::get(bytes).and_then(|kind| match kind.mime_type() {
        "image/jpeg" => Some(Format::Jpeg),
        "image/png" => Some(Format::Png),
        "image/webp" => Some(Format::Webp),
        "application/pdf" => Some(Format::Pdf),
        _ => None,
    });
    let ending = file_name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase())
        .unwrap_or_default();
    let Some(format) = found else {
        return Err(match Format::of_ending(&ending) {
            Some(said) => format!(
                "mang đuôi .{ending} nhưng bên trong không phải {}. Mở tệp gốc, lưu lại thành {wanted} rồi gửi.",
                said.name()
            ),
            None => format!("không phải loại tệp nhận được. Chỉ nhận {wanted}."),
        });
    };
    if format == Format::Pdf && !papers_too {
        return Err(format!("là tệp PDF; chỗ này cần ảnh. Chỉ nhận {wanted}."));
    }
    match Format::of_ending(&ending) {
        Some(said) if said == format => Ok(format),
        _ => Err(format!(
            "mang đuôi .{ending} nhưng bên trong là {}. Đặt lại đuôi thành .{} rồi gửi, nếu đúng là tệp này.",
            format.name(),
            format.ending()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    #[test]
    fn the_bytes_say_what_a_file_is() {
        assert_eq!(format_of("a.PNG", PNG, false), Ok(Format::Png));
        assert_eq!(format_of("a.pdf", b"%PDF-1.7\n", true), Ok(Format::Pdf));
    }

    #[test]
    fn what_pretends_is_refused_with_a_reason() {
        let refused = [
            ("a.jpg", &b"MZ\x90\0\x03\0\0\0"[..], true),
            ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", true),
            ("a.png", b"<html><script>alert(1)</script>", true),
            ("a.html", b"<!doctype html>", true),
            ("a.jpg", PNG, true),
            ("a.exe", PNG, true),
            ("a", PNG, true),
            ("a.gif", b"GIF89a\x01\0\x01\0", true),
            ("a.pdf", b"%PDF-1.7\n", false),
            ("a.png", b"", true),
        ];
        for (name, bytes, papers) in refused {
            let reason = format_of(name, bytes, papers).unwrap_err();
            assert!(reason.ends_with('.') && reason.len() > 20, "{name}: {reason}");
        }
    }
}
