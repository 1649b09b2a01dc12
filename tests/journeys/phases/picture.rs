//! Comparing pictures as an eye does: at half their size, where the smoothing of letters evens out, a few points may
//! differ. A word, a colour, a line that is gone or moved is more than a few.

use anyhow::{Context, ensure};
use png::{ColorType, Compression, Decoder, Encoder, Filter, Transformations};

/// How far a channel of a point may be off before the point counts.
const FAINT: u16 = 40;
/// How many points of ten thousand may count.
const FEW: usize = 8;

/// A picture at half its size, red, green and blue.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    width: usize,
    points: Vec<[u16; 3]>,
}

impl Picture {
    pub(super) fn read(bytes: &[u8]) -> anyhow::Result<Self> {
        let mut decoder = Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().context("a picture")?;
        let size = reader.output_buffer_size().context("a picture of that size")?;
        let mut data = vec![0; size];
        let frame = reader.next_frame(&mut data)?;
        let channels = match frame.color_type {
            ColorType::Rgb => 3,
            ColorType::Rgba => 4,
            other @ (ColorType::Grayscale | ColorType::GrayscaleAlpha | ColorType::Indexed) => {
                anyhow::bail!("a picture in {other:?}")
            }
        };
        let (width, height) = (usize::try_from(frame.width)?, usize::try_from(frame.height)?);
        let at = |x: usize, y: usize, channel: usize| u16::from(data[(y * width + x) * channels + channel]);
        let mut points = Vec::new();
        for y in (0..height.saturating_sub(1)).step_by(2) {
            for x in (0..width.saturating_sub(1)).step_by(2) {
                let mean = |channel| {
                    (at(x, y, channel)
                        + at(x + 1, y, channel)
                        + at(x, y + 1, channel)
                        + at(x + 1, y + 1, channel))
                        / 4
                };
                points.push([mean(0), mean(1), mean(2)]);
            }
        }
        Ok(Self { width: width / 2, points })
    }

    /// Fails, with a figure, where an eye would see a difference.
    pub(super) fn looks_like(&self, other: &Self) -> anyhow::Result<()> {
        ensure!(
            self.width == other.width && self.points.len() == other.points.len(),
            "it is of another size: {} by {} points at half size, not {} by {}",
            self.width,
            self.points.len() / self.width.max(1),
            other.width,
            other.points.len() / other.width.max(1),
        );
        let far = |(one, two): &(&[u16; 3], &[u16; 3])| {
            one.iter().zip(two.iter()).any(|(a, b)| a.abs_diff(*b) > FAINT)
        };
        let differing = self.points.iter().zip(&other.points).filter(far).count();
        let allowed = self.points.len() * FEW / 10_000;
        ensure!(differing <= allowed, "{differing} points differ, {allowed} may");
        Ok(())
    }
}

/// The same picture in as few bytes as it takes: browsers are in a hurry when they pack.
pub(super) fn packed(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut reader = Decoder::new(std::io::Cursor::new(bytes)).read_info().context("a picture")?;
    let mut data = vec![0; reader.output_buffer_size().context("a picture of that size")?];
    let frame = reader.next_frame(&mut data)?;
    let mut packed = Vec::new();
    let mut encoder = Encoder::new(&mut packed, frame.width, frame.height);
    encoder.set_color(frame.color_type);
    encoder.set_depth(frame.bit_depth);
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(change: impl Fn(usize) -> u16) -> Picture {
        Picture { width: 100, points: (0..20_000).map(|at| [change(at); 3]).collect() }
    }

    #[test]
    fn smoothing_is_overlooked_and_a_word_is_not() {
        let white = picture(|_| 255);
        assert!(white.looks_like(&picture(|at| if at % 7 == 0 { 225 } else { 255 })).is_ok());
        assert!(white.looks_like(&picture(|at| if at < 10 { 0 } else { 255 })).is_ok());
        assert!(white.looks_like(&picture(|at| if at < 40 { 0 } else { 255 })).is_err());
    }

    #[test]
    fn another_size_is_another_look() {
        let tall = Picture { width: 100, points: vec![[255; 3]; 20_100] };
        assert!(picture(|_| 255).looks_like(&tall).is_err());
    }
}
