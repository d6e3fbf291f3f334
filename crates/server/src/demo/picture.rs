//! Small pictures drawn by the program: evidence that nobody can take for a real paper.

use std::io::Cursor;

use bytes::Bytes;
use image::{GrayImage, ImageFormat, Luma};

/// A sheet with lines of "writing" that the number decides, as PNG.
///
/// # Errors
/// Where it cannot be encoded.
pub fn sheet(number: u64) -> anyhow::Result<Bytes> {
    let (width, height) = (200, 280);
    let mut sheet = GrayImage::from_pixel(width, height, Luma([250]));
    let mut rest = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for line in 0..16 {
        rest ^= rest << 13;
        rest ^= rest >> 7;
        rest ^= rest << 17;
        let length = 60 + u32::try_from(rest % 110).unwrap_or(60);
        for x in 15..15 + length {
            for y in 0..3 {
                if x % 13 != 0 {
                    sheet.put_pixel(x, 20 + line * 16 + y, Luma([90]));
                }
            }
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    sheet.write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner().into())
}
