//! Pots: bodies turned on a wheel, seen from slightly above and lit from the left.

use super::shapes::{Canvas, Rgb, bell, lit, mix, step};

/// A body of revolution standing on `base`.
pub struct Pot<'a> {
    pub x: f32,
    pub base: f32,
    pub height: f32,
    /// Half widths from the base (first) to the rim (last), evenly spaced in height.
    pub profile: &'a [f32],
    /// The opening at the rim shows the inside.
    pub inside: Rgb,
    /// How much it shines.
    pub gloss: f32,
}

/// How far from above it is seen: the height of a rim's ellipse to its width.
const TILT: f32 = 0.2;

impl Pot<'_> {
    /// Paints it. `glaze` gets the place on the body: -1 to 1 across, 0 to 1 upwards.
    pub fn paint(&self, canvas: &mut Canvas, glaze: impl Fn(f32, f32) -> Rgb) {
        let widest = self.profile.iter().copied().fold(0.0, f32::max);
        let foot = self.half_width(0.0);
        let rim = self.half_width(1.0);
        let top = self.base - self.height;
        let bounds = [self.x - widest, top - rim * TILT, self.x + widest, self.base + foot * TILT];
        let body = |x: f32, y: f32| {
            let high = self.height_at(x, y, foot);
            let wide = self.half_width(high);
            let side = (x - self.x).abs() - wide;
            // The foot is round, and the body ends in the middle of the rim's ellipse.
            let u = ((x - self.x) / foot.max(0.001)).clamp(-1.0, 1.0);
            let below = y - (self.base + foot * TILT * (1.0 - u * u).sqrt());
            side.max(below).max(top - y)
        };
        canvas.paint(bounds, 0.0, 1.0, body, |x, y| {
            let high = self.height_at(x, y, foot);
            let u = ((x - self.x) / self.half_width(high).max(0.001)).clamp(-1.0, 1.0);
            self.light(glaze(u, high), u, high)
        });
        if rim > 0.004 {
            let lip = self.light(glaze(0.0, 1.0), -0.3, 1.0);
            canvas.ellipse([self.x, top], [rim, rim * TILT], 0.0, 1.0, mix(lip, [1.0; 3], 0.15));
            let (wide, high) = (rim * 0.92, rim * TILT * 0.86);
            let inside = self.inside;
            let x0 = self.x;
            canvas.paint(
                [x0 - wide, top - high, x0 + wide, top + high],
                0.0,
                1.0,
                |x, y| super::shapes::ellipse(x - x0, y - top - 0.002, wide, high),
                |x, y| lit(inside, 0.55 + 0.5 * step((x - x0) / wide * 0.5 + 0.5) + 0.2 * (y - top) / high),
            );
        }
    }

    /// The shadow it throws to the right on what it stands on.
    pub fn shadow(&self, canvas: &mut Canvas, strength: f32) {
        let foot = self.half_width(0.0).max(0.03);
        let widest = self.profile.iter().copied().fold(0.0, f32::max);
        canvas.ellipse(
            [self.x + widest * 0.75, self.base + foot * TILT * 0.4],
            [widest * 1.7, widest * 0.24],
            widest * 0.6,
            strength * 0.55,
            [0.06, 0.03, 0.03],
        );
        canvas.ellipse(
            [self.x + foot * 0.12, self.base + foot * TILT * 0.5],
            [foot * 1.12, foot * TILT * 1.1],
            foot * 0.22,
            strength,
            [0.05, 0.03, 0.03],
        );
    }

    /// A mug's handle: a ring behind the body, on the right (1) or the left (-1).
    pub fn handle(&self, canvas: &mut Canvas, side: f32, size: f32, thick: f32, colour: Rgb) {
        let middle = [self.x + side * (self.half_width(0.55) + size * 0.25), self.base - self.height * 0.54];
        let (wide, high) = (size * 0.72, size);
        let bounds = [
            middle[0] - wide - thick,
            middle[1] - high - thick,
            middle[0] + wide + thick,
            middle[1] + high + thick,
        ];
        let ring = |x: f32, y: f32| {
            super::shapes::ellipse(x - middle[0], y - middle[1], wide, high).abs() - thick / 2.0
        };
        canvas.paint(bounds, 0.0, 1.0, ring, |x, y| {
            let across = super::shapes::ellipse(x - middle[0], y - middle[1], wide, high) / thick * 2.0;
            let falling = (y - middle[1]) / high;
            lit(colour, 0.86 - 0.16 * falling - 0.22 * across * side + 0.18 * bell(across + 0.35, 0.3))
        });
    }

    fn height_at(&self, x: f32, y: f32, foot: f32) -> f32 {
        // Rings of the body hang down in the middle, so the same height is lower there.
        let u = ((x - self.x) / foot.max(self.half_width(0.5)).max(0.001)).clamp(-1.0, 1.0);
        let sag = TILT * foot * (1.0 - u * u).sqrt();
        ((self.base + sag - y) / (self.height + sag)).clamp(0.0, 1.0)
    }

    fn half_width(&self, high: f32) -> f32 {
        let last = self.profile.len() - 1;
        let at = high.clamp(0.0, 1.0) * last as f32;
        let n = (at as usize).min(last.saturating_sub(1));
        let t = at - n as f32;
        let point = |n: isize| self.profile[n.clamp(0, last as isize) as usize];
        let n = n as isize;
        let (a, b, c, d) = (point(n - 1), point(n), point(n + 1), point(n + 2));
        // A Catmull-Rom curve goes through every given width without corners.
        0.5 * (2.0 * b
            + (c - a) * t
            + (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t
            + (3.0 * b - a - 3.0 * c + d) * t * t * t)
    }

    fn light(&self, colour: Rgb, u: f32, high: f32) -> Rgb {
        let depth = (1.0 - u * u).max(0.0).sqrt();
        let facing = (-0.6 * u + 0.8 * depth).max(0.0);
        let base = 0.34 + 0.78 * facing - 0.10 * step(1.0 - high * 3.0);
        let back = 0.14 * bell(u - 0.97, 0.10);
        let shine = self.gloss
            * (0.55 * bell(u + 0.52, 0.085) * step(high * 4.0) * step((1.0 - high) * 5.0)
                + 0.16 * bell(u + 0.2, 0.3));
        let shaded = lit(colour, base + back);
        mix(shaded, [1.0, 0.98, 0.94], shine)
    }
}
