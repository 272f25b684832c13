//! The scenes that pictures and clips show.

mod places;
mod still;

use super::shapes::Canvas;

type Scene = fn(&mut Canvas);

const ALL: &[Scene] = &[
    still::mug_and_shelf,
    still::blue_vase,
    still::broken_pot,
    places::wheel,
    still::cream_mug,
    places::celadon_by_the_sea,
    still::plate,
    still::price_tag,
    places::kiln,
    still::test_tiles,
    places::tideline,
    places::harbour,
];

/// How many there are.
pub const SCENES: usize = ALL.len();

/// Draws one, counted from 0 and wrapping.
pub fn draw(canvas: &mut Canvas, scene: usize) {
    ALL[scene % SCENES](canvas);
}
