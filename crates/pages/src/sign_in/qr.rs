//! A QR code as inline SVG: the sign-in policy loads no picture from elsewhere, not even a `data:` one.

use std::fmt::Write;

/// The dark squares of a QR code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QrCode {
    /// Squares to a side, with the quiet border of four.
    pub side: usize,
    /// SVG path over the dark squares.
    pub path: String,
}

impl QrCode {
    /// From the modules of an encoder: `dark(x, y)` for `size` × `size`.
    #[must_use]
    pub fn of(size: usize, dark: impl Fn(usize, usize) -> bool) -> Self {
        let mut path = String::new();
        for y in 0..size {
            let mut x = 0;
            while x < size {
                let run = (x..size).take_while(|&x| dark(x, y)).count();
                if run > 0 {
                    // Writing into a String cannot fail.
                    let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + 4, y + 4);
                }
                x += run.max(1);
            }
        }
        Self { side: size + 8, path }
    }
}

#[cfg(test)]
mod tests {
    use super::QrCode;

    #[test]
    fn rows_become_runs() {
        let code = QrCode::of(3, |x, y| y == 1 || x == 0);
        assert_eq!(
            code,
            QrCode {
                side: 11,
                path: "M4 4h1v1h-1zM4 5h3v1h-3zM4 6h1v1h-1z".into()
            }
        );
    }
}
