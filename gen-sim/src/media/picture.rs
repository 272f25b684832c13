//! Pictures: a scene of any ratio, with the prompt's words below it when there are some.

use super::scenes;
use super::shapes::Canvas;

/// Width to height, as GEN writes it: `9:16`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio(pub u32, pub u32);

impl Ratio {
    /// Reads `9:16` or `9x16`; anything else is vertical video.
    pub fn read(text: &str) -> Ratio {
        let parts = text.split_once([':', 'x']);
        let parsed = parts.and_then(|(wide, high)| Some(Ratio(wide.parse().ok()?, high.parse().ok()?)));
        parsed
            .filter(|Ratio(wide, high)| (1..=21).contains(wide) && (1..=21).contains(high))
            .unwrap_or(Ratio(9, 16))
    }

    /// Width and height in pixels when the shorter side has this many; even, as video wants it.
    pub fn pixels(self, shorter: u32) -> (u32, u32) {
        let Ratio(wide, high) = self;
        let longer = |a: u32, b: u32| (shorter * a / b) & !1;
        if wide < high { (shorter, longer(high, wide)) } else { (longer(wide, high), shorter) }
    }
}

/// Pixels, three bytes each, row by row.
#[derive(Debug)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Red, green and blue of each.
    pub rgb: Vec<u8>,
}

impl Picture {
    /// The picture as a PNG file.
    ///
    /// # Errors
    /// When the encoder refuses the size, which a drawn picture never has.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rgb)?;
        writer.finish()?;
        Ok(file)
    }
}

/// Draws one of the [`SCENES`](super::SCENES) (counted from 0, wrapping), with a caption unless it is empty.
pub fn draw_picture(scene: usize, ratio: Ratio, shorter: u32, caption: &str) -> Picture {
    let (width, height) = ratio.pixels(shorter);
    let mut canvas = Canvas::new(width, height);
    scenes::draw(&mut canvas, scene);
    if !caption.trim().is_empty() {
        super::font::caption(&mut canvas, caption);
    }
    Picture { width, height, rgb: canvas.bytes() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scene_draws_in_every_ratio_and_scenes_differ() {
        let mut seen = std::collections::HashSet::new();
        for scene in 0..super::super::SCENES {
            for ratio in ["9:16", "1:1", "16:9"] {
                let picture = draw_picture(scene, Ratio::read(ratio), 36, "");
                assert_eq!(picture.rgb.len(), (picture.width * picture.height * 3) as usize);
                assert!(seen.insert(picture.rgb), "scene {scene} {ratio} looks like another");
            }
        }
    }

    #[test]
    fn ratios_are_read_and_sized() {
        assert_eq!(Ratio::read("9:16").pixels(540), (540, 960));
        assert_eq!(Ratio::read("16x9").pixels(540), (960, 540));
        assert_eq!(Ratio::read("1:1").pixels(540), (540, 540));
        assert_eq!(Ratio::read("nonsense"), Ratio(9, 16));
    }
}
