//! A white sheet with three inks, as a PNG file with a palette.

use super::CardError;

/// Pixels across.
pub(super) const WIDTH: u32 = 1200;
/// Pixels down.
pub(super) const HEIGHT: u32 = 630;
/// Steps from white to the ink.
const STEPS: u8 = 64;

/// An ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ramp {
    /// Nearly black.
    Ink,
    /// The agency's accent.
    Accent,
    /// For what matters less; 5.9 : 1 on white.
    Grey,
}

impl Ramp {
    const ALL: [Self; 3] = [Self::Ink, Self::Accent, Self::Grey];

    const fn first(self) -> u8 {
        match self {
            Self::Ink => 0,
            Self::Accent => STEPS,
            Self::Grey => STEPS * 2,
        }
    }
}

/// The sheet: one byte a pixel, its place in the palette.
pub(super) struct Canvas {
    pixels: Vec<u8>,
    accent: [u8; 3],
}

impl Canvas {
    pub(super) fn new(accent: [u8; 3]) -> Self {
        let pixels = usize::try_from(WIDTH * HEIGHT).unwrap_or(0);
        Self {
            pixels: vec![0; pixels],
            accent,
        }
    }

    /// A rectangle: from this corner up to that one.
    pub(super) fn fill(&mut self, from: (u32, u32), to: (u32, u32), ramp: Ramp) {
        for y in from.1..to.1 {
            for x in from.0..to.0 {
                self.set(x, y, STEPS - 1, ramp);
            }
        }
    }

    /// Ink on a pixel, as far as a letter covers it; what lies outside is left out.
    pub(super) fn blend(&mut self, x: u32, y: u32, cover: f32, ramp: Ramp) {
        let steps = f32::from(STEPS - 1);
        let level = (0..STEPS)
            .rev()
            .find(|step| f32::from(*step) <= cover * steps)
            .unwrap_or(0);
        if level > 0 {
            self.set(x, y, level, ramp);
        }
    }

    fn set(&mut self, x: u32, y: u32, level: u8, ramp: Ramp) {
        if x >= WIDTH || y >= HEIGHT {
            return;
        }
        let at = usize::try_from(y * WIDTH + x).unwrap_or(usize::MAX);
        if let Some(pixel) = self.pixels.get_mut(at) {
            // Letters that touch keep the darker of both.
            *pixel = (ramp.first() + level).max(*pixel);
        }
    }

    fn palette(&self) -> Vec<u8> {
        let mut palette = Vec::with_capacity(usize::from(STEPS) * 9);
        for ramp in Ramp::ALL {
            let ink = match ramp {
                Ramp::Ink => [0x1b, 0x1b, 0x1b],
                Ramp::Accent => self.accent,
                Ramp::Grey => [0x5e, 0x5e, 0x5e],
            };
            for step in 0..STEPS {
                for part in ink {
                    let down = u16::from(255 - part) * u16::from(step) / u16::from(STEPS - 1);
                    palette.push(u8::try_from(255 - down).unwrap_or(0));
                }
            }
        }
        palette
    }

    pub(super) fn png(&self) -> Result<Vec<u8>, CardError> {
        let mut file = Vec::with_capacity(32 * 1024);
        let mut encoder = png::Encoder::new(&mut file, WIDTH, HEIGHT);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(self.palette());
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.pixels)?;
        writer.finish()?;
        Ok(file)
    }
}
