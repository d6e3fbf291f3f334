//! Pictures are drawn anew: what comes out holds pixels only, no place, no camera, no hidden file.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::sniff::Format;

/// Longest side read.
pub(super) const LONGEST_SIDE: u32 = 8192;
/// Most memory a decoder may take.
const MOST_MEMORY: u64 = 128 * 1024 * 1024;
/// Longest side of a picture on a page: two dots to the pixel of the widest column.
const PAGE_SIDE: u32 = 1600;
const JPEG_QUALITY: u8 = 84;

/// A picture drawn anew.
#[derive(Debug)]
pub(super) struct Drawn {
    pub format: Format,
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// Draws a picture anew, or says why not, in the words of the screen. `for_a_page`: no larger than a page shows.
pub(super) fn draw_anew(bytes: &[u8], format: Format, for_a_page: bool) -> Result<Drawn, String> {
    let mut picture = read(bytes, format).map_err(|error| match error {
        image::ImageError::Limits(_) => {
            format!("lớn quá. Ảnh rộng và cao nhiều nhất {LONGEST_SIDE} điểm; hãy thu nhỏ rồi gửi lại.")
        }
        _ => "hỏng, không mở được. Mở ảnh gốc, lưu lại rồi gửi.".to_owned(),
    })?;
    if for_a_page && picture.width().max(picture.height()) > PAGE_SIDE {
        picture = picture.resize(PAGE_SIDE, PAGE_SIDE, image::imageops::FilterType::Triangle);
    }
    // WebP is written without loss here, ten times the size of the photograph it came from.
    let format = if format == Format::Webp && !picture.color().has_alpha() {
        Format::Jpeg
    } else {
        format
    };
    let bytes = write(&picture, format)
        .map_err(|_| "không ghi lại được. Lưu ảnh thành PNG rồi gửi lại.".to_owned())?;
    Ok(Drawn {
        format,
        bytes,
        width: picture.width(),
        height: picture.height(),
    })
}

fn read(bytes: &[u8], format: Format) -> image::ImageResult<DynamicImage> {
    let known = match format {
        Format::Png => ImageFormat::Png,
        Format::Webp => ImageFormat::WebP,
        Format::Jpeg | Format::Pdf => ImageFormat::Jpeg,
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), known);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    // The way up stands in the metadata that is about to be dropped.
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn write(picture: &DynamicImage, format: Format) -> image::ImageResult<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    match format {
        Format::Png => picture.write_to(&mut out, ImageFormat::Png)?,
        Format::Webp => DynamicImage::ImageRgba8(picture.to_rgba8()).write_to(&mut out, ImageFormat::WebP)?,
        Format::Jpeg | Format::Pdf => {
            picture
                .to_rgb8()
                .write_with_encoder(JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY))?;
        }
    }
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height)
            .write_to(&mut out, format)
            .unwrap();
        out.into_inner()
    }

    /// A JPEG with an EXIF segment that says "turned a quarter" and holds a place.
    fn turned() -> Vec<u8> {
        let plain = picture(40, 20, ImageFormat::Jpeg);
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"GPS 14.35N 108.00E");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat()
    }

    #[test]
    fn what_a_camera_wrote_is_gone_and_the_picture_stands_upright() {
        let before = turned();
        assert!(before.windows(3).any(|w| w == b"GPS"));
        let drawn = draw_anew(&before, Format::Jpeg, true).unwrap();
        assert_eq!((drawn.width, drawn.height), (20, 40));
        assert!(
            !drawn.bytes.windows(3).any(|w| w == b"GPS") && !drawn.bytes.windows(4).any(|w| w == b"Exif")
        );
    }

    #[test]
    fn pages_get_no_more_pixels_than_they_show() {
        let wide = picture(3200, 800, ImageFormat::Png);
        let drawn = draw_anew(&wide, Format::Png, true).unwrap();
        assert_eq!((drawn.width, drawn.height), (1600, 400));
        assert_eq!(draw_anew(&wide, Format::Png, false).unwrap().width, 3200);
    }

    #[test]
    fn what_is_too_large_or_broken_is_refused() {
        let huge = picture(LONGEST_SIDE + 1, 1, ImageFormat::Png);
        assert!(
            draw_anew(&huge, Format::Png, true)
                .unwrap_err()
                .starts_with("lớn quá")
        );
        // A few bytes that claim 8192 × 8192 points of eight bytes: more memory than a decoder may take.
        let png = picture(4, 4, ImageFormat::Png);
        assert!(
            draw_anew(png.get(..30).unwrap(), Format::Png, true)
                .unwrap_err()
                .starts_with("hỏng")
        );
        assert!(draw_anew(b"\xff\xd8\xff\xe0", Format::Jpeg, true).is_err());
    }

    #[test]
    fn photographs_in_webp_become_jpeg() {
        let photo = picture(16, 16, ImageFormat::WebP);
        assert_eq!(
            draw_anew(&photo, Format::Webp, true).unwrap().format,
            Format::Jpeg
        );
    }
}
