//! The pictures of a film, one after the other.

use super::{Film, LAYER_RATE, LAYER_SHORTER, SHORTER, Shown, What};
use crate::media::font;
use crate::media::picture::{Ratio, draw_picture};
use crate::media::shapes::Canvas;

/// How much larger a moving scene is drawn than it is seen.
const ROOM: f32 = 1.16;

/// Everything that a film shows, drawn once, and the picture that is being put together.
pub struct Frames {
    width: usize,
    height: usize,
    parts: Vec<Part>,
    rgb: Vec<u8>,
}

/// One layer, ready to be laid over those below.
struct Part {
    from: u64,
    to: u64,
    /// Left, top, right and bottom in pixels of the film.
    place: [usize; 4],
    look: Look,
}

enum Look {
    /// A picture with its width and height, which may be larger than its place when the camera moves.
    Picture {
        wide: usize,
        high: usize,
        rgb: Vec<u8>,
        moving: bool,
    },
    Colour([u8; 3]),
    /// How much of the colour covers each pixel of the whole film, from 0 to 255.
    Ink {
        cover: Vec<u8>,
        colour: [u8; 3],
    },
}

impl Frames {
    pub fn of(film: &Film, width: u32, height: u32) -> Frames {
        let (width, height) = (width as usize, height as usize);
        let parts = film.layers.iter().flat_map(|layer| parts_of(layer, width, height)).collect();
        Frames { width, height, parts, rgb: vec![0; width * height * 3] }
    }

    /// The picture at this frame of the layers' rate, three bytes a pixel.
    pub fn draw(&mut self, frame: u64) -> &[u8] {
        self.rgb.fill(16);
        for part in self.parts.iter().filter(|part| (part.from..part.to).contains(&frame)) {
            let through = (frame - part.from) as f32 / (part.to - part.from).max(1) as f32;
            lay(part, through, self.width, self.height, &mut self.rgb);
        }
        &self.rgb
    }
}

fn parts_of(layer: &Shown, width: usize, height: usize) -> Vec<Part> {
    let scale = SHORTER as f32 / LAYER_SHORTER;
    let [left, top, wide, high] =
        layer.place.unwrap_or([0.0, 0.0, width as f32 / scale, height as f32 / scale]);
    let pixel = |along: f32, most: usize| ((along * scale).round().max(0.0) as usize).min(most);
    let place =
        [pixel(left, width), pixel(top, height), pixel(left + wide, width), pixel(top + high, height)];
    let part = |from: u64, to: u64, look: Look| Part { from, to, place, look };
    let (from, to) = (layer.from, layer.from + layer.frames);
    match &layer.what {
        What::Scene { scene, moving } => {
            let (wide, high) = (place[2] - place[0], place[3] - place[1]);
            if wide < 2 || high < 2 {
                return Vec::new();
            }
            let room = if *moving { ROOM } else { 1.0 };
            let shorter = (wide.min(high) as f32 * room) as u32;
            let ratio = if wide == high {
                Ratio(1, 1)
            } else if wide < high {
                Ratio(9, 16)
            } else {
                Ratio(16, 9)
            };
            let picture = draw_picture(*scene, ratio, shorter.max(8), "");
            let (wide, high) = (picture.width as usize, picture.height as usize);
            vec![part(from, to, Look::Picture { wide, high, rgb: picture.rgb, moving: *moving })]
        }
        What::Colour(colour) => vec![part(from, to, Look::Colour(*colour))],
        What::Text { words, size, colour, background } => {
            let ink = ink(words, place, size * scale, width, height);
            let below = background.map(|colour| part(from, to, Look::Colour(colour)));
            below.into_iter().chain([part(from, to, Look::Ink { cover: ink, colour: *colour })]).collect()
        }
        What::Captions { words, colour } => {
            let place = [width / 12, height * 7 / 10, width * 11 / 12, height * 9 / 10];
            let one = |(word, start, end): &(String, f32, f32)| {
                let frame = |seconds: f32| (seconds.max(0.0) * LAYER_RATE as f32) as u64;
                let cover = ink(word, place, 72.0 * scale, width, height);
                part(frame(*start).max(from), frame(*end).min(to), Look::Ink { cover, colour: *colour })
            };
            words.iter().map(one).filter(|part| part.from < part.to).collect()
        }
        What::Sound { .. } => Vec::new(),
    }
}

/// Words drawn white on black: how white a pixel is says how much of it the words cover.
fn ink(words: &str, place: [usize; 4], size: f32, width: usize, height: usize) -> Vec<u8> {
    let mut canvas = Canvas::new(width as u32, height as u32);
    font::centred(&mut canvas, words, place.map(|pixels| pixels as f32), size);
    canvas.bytes().chunks_exact(3).map(|pixel| pixel[1]).collect()
}

fn lay(part: &Part, through: f32, width: usize, height: usize, rgb: &mut [u8]) {
    let [left, top, right, bottom] = part.place;
    match &part.look {
        Look::Colour(colour) => {
            for row in top..bottom {
                for pixel in rgb[(row * width + left) * 3..(row * width + right) * 3].chunks_exact_mut(3) {
                    pixel.copy_from_slice(colour);
                }
            }
        }
        Look::Ink { cover, colour } => {
            for (pixel, cover) in rgb.chunks_exact_mut(3).zip(cover).take(width * height) {
                if *cover > 0 {
                    let cover = u16::from(*cover);
                    for (part, ink) in pixel.iter_mut().zip(colour) {
                        *part = ((u16::from(*part) * (255 - cover) + u16::from(*ink) * cover) / 255) as u8;
                    }
                }
            }
        }
        Look::Picture { wide, high, rgb: from, moving } => {
            // The camera comes nearer: what it sees shrinks from the whole picture to its middle.
            let seen = if *moving { 1.0 - (1.0 - 1.0 / ROOM) * through } else { 1.0 };
            let (see_wide, see_high) = (*wide as f32 * seen, *high as f32 * seen);
            let (start_x, start_y) = ((*wide as f32 - see_wide) / 2.0, (*high as f32 - see_high) / 2.0);
            let (step_x, step_y) = (see_wide / (right - left) as f32, see_high / (bottom - top) as f32);
            for row in top..bottom {
                let y = start_y + (row - top) as f32 * step_y;
                for column in left..right {
                    let x = start_x + (column - left) as f32 * step_x;
                    sample(from, *wide, *high, x, y, &mut rgb[(row * width + column) * 3..][..3]);
                }
            }
        }
    }
}

/// The colour between four pixels.
fn sample(from: &[u8], wide: usize, high: usize, x: f32, y: f32, into: &mut [u8]) {
    let (x0, y0) = ((x as usize).min(wide - 1), (y as usize).min(high - 1));
    let (x1, y1) = ((x0 + 1).min(wide - 1), (y0 + 1).min(high - 1));
    let (tx, ty) = (((x - x0 as f32) * 256.0) as u32, ((y - y0 as f32) * 256.0) as u32);
    let (tx, ty) = (tx.min(256), ty.min(256));
    for (part, into) in into.iter_mut().enumerate() {
        let at = |x: usize, y: usize| u32::from(from[(y * wide + x) * 3 + part]);
        let upper = at(x0, y0) * (256 - tx) + at(x1, y0) * tx;
        let lower = at(x0, y1) * (256 - tx) + at(x1, y1) * tx;
        *into = ((upper * (256 - ty) + lower * ty) >> 16) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour_at(frames: &mut Frames, frame: u64, x: usize, y: usize) -> [u8; 3] {
        let width = frames.width;
        frames.draw(frame)[(y * width + x) * 3..][..3].try_into().unwrap()
    }

    #[test]
    fn layers_lie_where_and_when_they_should_the_last_on_top() {
        let layer = |from, frames, place, colour| Shown { from, frames, place, what: What::Colour(colour) };
        let film = Film {
            ratio: "1:1".to_owned(),
            frames: 60,
            scene: 0,
            layers: vec![
                layer(0, 60, None, [200, 0, 0]),
                layer(30, 30, Some([540.0, 0.0, 540.0, 1080.0]), [0, 0, 200]),
            ],
        };
        let mut frames = Frames::of(&film, 360, 360);
        assert_eq!(colour_at(&mut frames, 0, 300, 100), [200, 0, 0]);
        assert_eq!(colour_at(&mut frames, 30, 300, 100), [0, 0, 200]);
        assert_eq!(colour_at(&mut frames, 30, 100, 100), [200, 0, 0]);
        assert_eq!(colour_at(&mut frames, 60, 100, 100), [16, 16, 16]);
    }

    #[test]
    fn words_leave_ink_inside_of_their_place_only() {
        let what = What::Text { words: "CELADON".into(), size: 96.0, colour: [255; 3], background: None };
        let layers = vec![Shown { from: 0, frames: 30, place: Some([90.0, 240.0, 900.0, 220.0]), what }];
        let film = Film { ratio: "9:16".to_owned(), frames: 30, scene: 0, layers };
        let mut frames = Frames::of(&film, 360, 640);
        let bright: Vec<usize> = frames
            .draw(0)
            .chunks_exact(3)
            .enumerate()
            .filter(|(_, pixel)| pixel[0] > 128)
            .map(|(at, _)| at / 360)
            .collect();
        assert!(bright.len() > 100 && bright.iter().all(|row| (70..160).contains(row)));
    }
}
