//! What scenes stand on, and what is on the pots.

use crate::media::shapes::{Canvas, Rgb, lit, mix, noise, speck};

/// A wall with light falling on it and a table before it.
pub fn room(canvas: &mut Canvas, wall: [Rgb; 2], table: [Rgb; 2], edge: f32, light: [f32; 2]) {
    let (half_x, half_y) = canvas.half();
    canvas.fill(|x, y| {
        let far = ((x - light[0]) / half_x.max(0.7)).hypot((y - light[1]) / half_y.max(0.7));
        let plaster = 0.985 + 0.03 * noise(x * 9.0, y * 9.0);
        lit(mix(lit(wall[0], 1.06), wall[1], far * 0.72), plaster)
    });
    canvas.paint(
        [-half_x, edge, half_x, half_y],
        0.006,
        1.0,
        |_, y| edge - y,
        |x, y| {
            let near = (y - edge) / (half_y - edge).max(0.01);
            let shade = mix(table[0], table[1], near * 0.8 + (x - light[0]).abs() * 0.35);
            wood(x * 0.5, y * 2.0, shade)
        },
    );
    canvas.paint(
        [-half_x, edge - 0.05, half_x, edge + 0.02],
        0.06,
        0.22,
        |_, y| (y - edge).abs() - 0.004,
        |_, _| [0.08, 0.05, 0.04],
    );
}

/// Faint grain along x.
pub fn wood(x: f32, y: f32, colour: Rgb) -> Rgb {
    lit(colour, 0.95 + 0.07 * noise(x * 3.0, y * 60.0) + 0.04 * noise(x * 9.0 + 5.0, y * 150.0))
}

/// Bare clay at the foot, glaze above a wavy line.
pub fn dipped(u: f32, high: f32, glaze: Rgb, clay: Rgb, line: f32) -> Rgb {
    let wave = line + 0.018 * noise(u * 4.0 + 2.0, 0.3);
    mix(clay, glaze, (high - wave) * 70.0 + 0.5)
}

/// Dark iron specks.
pub fn speckled(colour: Rgb, u: f32, high: f32) -> Rgb {
    let place = ((u.asin() * 34.0).floor() as i32, (high * 62.0).floor() as i32);
    let inside = (u.asin() * 34.0).fract().abs() - 0.5;
    let size = speck(place.0 + 91, place.1 + 17);
    if speck(place.0, place.1) > 0.93 && inside.hypot((high * 62.0).fract() - 0.5) < 0.18 + 0.25 * size {
        lit(colour, 0.62)
    } else {
        colour
    }
}
