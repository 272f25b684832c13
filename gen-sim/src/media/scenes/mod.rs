//! The scenes that pictures and clips show.

mod mugs;
mod places;
mod still;
mod surfaces;
mod wheel;

use super::shapes::Canvas;

type Scene = fn(&mut Canvas);

const ALL: &[Scene] = &[
    mugs::mug_and_shelf,
    still::blue_vase,
    still::broken_pot,
    wheel::wheel,
    mugs::cream_mug,
    places::celadon_by_the_sea,
    still::plate,
    mugs::price_tag,
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
