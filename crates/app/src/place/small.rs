//! A picture of a page as it is kept: small enough for a list, large enough to see what stands there.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, ImageReader, Limits};

/// The largest file, in bytes.
pub(super) const MOST: usize = 60 * 1024;
/// Longest side read.
const LONGEST_SIDE: u32 = 4096;
/// Most memory a decoder may take.
const MOST_MEMORY: u64 = 128 * 1024 * 1024;
/// Widths and qualities, the best first. WebP is written without loss here: JPEG.
const STEPS: [(u32, u8); 6] = [
    (1280, 80),
    (1280, 65),
    (1024, 65),
    (800, 60),
    (640, 50),
    (480, 40),
];

/// The picture as JPEG: the best that fits; drawn anew, it holds pixels only. What is wrong is said in the words of the screen.
pub(super) fn small(png: &[u8]) -> Result<Vec<u8>, &'static str> {
    let whole = read(png).map_err(|_| "ảnh chụp bị hỏng")?;
    for (width, quality) in STEPS {
        let picture = if whole.width() > width {
            whole.resize(width, LONGEST_SIDE, FilterType::Triangle)
        } else {
            whole.clone()
        };
        let jpeg = write(&picture, quality).map_err(|_| "ảnh chụp không ghi lại được")?;
        if jpeg.len() <= MOST {
            return Ok(jpeg);
        }
    }
    Err("ảnh chụp không thu nhỏ được")
}

fn read(png: &[u8]) -> image::ImageResult<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(png), ImageFormat::Png);
    reader.limits(limits);
    reader.decode()
}

fn write(picture: &DynamicImage, quality: u8) -> image::ImageResult<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    picture
        .to_rgb8()
        .write_with_encoder(JpegEncoder::new_with_quality(&mut out, quality))?;
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn a_page_keeps_its_width_and_what_is_restless_gets_smaller() {
        let calm = DynamicImage::new_rgb8(1280, 900);
        let kept = image::load_from_memory(&small(&png(&calm)).unwrap()).unwrap();
        assert_eq!((kept.width(), kept.height()), (1280, 900));

        // Every dot otherwise than the next: nothing is harder to compress.
        let mut state = 1_u32;
        let noise = image::RgbImage::from_fn(1280, 900, |_, _| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [a, b, c, _] = state.to_be_bytes();
            image::Rgb([a, b, c])
        });
        let kept = small(&png(&noise.into())).unwrap();
        assert!(kept.len() <= MOST);
        let kept = image::load_from_memory(&kept).unwrap();
        assert!((480..1280).contains(&kept.width()), "{} dots wide", kept.width());
        assert!(kept.height().abs_diff(kept.width() * 900 / 1280) <= 1);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for torn in [&b""[..], b"\x89PNG\r\n\x1a\n", b"<html>"] {
            assert_eq!(small(torn), Err("ảnh chụp bị hỏng"));
        }
        let huge = png(&DynamicImage::new_rgb8(LONGEST_SIDE + 1, 1));
        assert_eq!(small(&huge), Err("ảnh chụp bị hỏng"));
    }
}
