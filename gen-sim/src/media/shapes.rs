//! A small canvas: shapes given by their distance function, smooth at the edges.
//!
//! Coordinates: the shorter side is 1 long, (0, 0) is the middle, y grows downwards.

/// Red, green and blue from 0 to 1.
pub type Rgb = [f32; 3];

/// Pixels that shapes are painted on, back to front.
pub struct Canvas {
    width: usize,
    height: usize,
    /// Pixels per unit.
    unit: f32,
    pixels: Vec<Rgb>,
}

/// Left, top, right and bottom of what a shape may touch.
pub type Bounds = [f32; 4];

impl Canvas {
    pub fn new(width: u32, height: u32) -> Self {
        let (width, height) = (width as usize, height as usize);
        Canvas { width, height, unit: width.min(height) as f32, pixels: vec![[0.0; 3]; width * height] }
    }

    /// Pixels per unit.
    pub fn unit(&self) -> f32 {
        self.unit
    }

    /// Half the width and half the height, in units.
    pub fn half(&self) -> (f32, f32) {
        (self.width as f32 / self.unit / 2.0, self.height as f32 / self.unit / 2.0)
    }

    /// Everything there is, as bounds.
    pub fn all(&self) -> Bounds {
        let (x, y) = self.half();
        [-x, -y, x, y]
    }

    /// Paints where `distance` is negative: `edge` softens it (0 is crisp), `alpha` thins it.
    pub fn paint(
        &mut self,
        bounds: Bounds,
        edge: f32,
        alpha: f32,
        distance: impl Fn(f32, f32) -> f32,
        colour: impl Fn(f32, f32) -> Rgb,
    ) {
        let (half_x, half_y) = self.half();
        let pixel = 1.0 / self.unit;
        let soft = edge.max(pixel);
        let column =
            |x: f32, limit: usize, half: f32| (((x + half) * self.unit).max(0.0) as usize).min(limit);
        let (left, right) = (
            column(bounds[0] - soft, self.width, half_x),
            column(bounds[2] + soft + pixel, self.width, half_x),
        );
        let (top, bottom) = (
            column(bounds[1] - soft, self.height, half_y),
            column(bounds[3] + soft + pixel, self.height, half_y),
        );
        for row in top..bottom {
            let y = (row as f32 + 0.5) * pixel - half_y;
            for at in left..right {
                let x = (at as f32 + 0.5) * pixel - half_x;
                let cover = step(0.5 - distance(x, y) / soft) * alpha;
                if cover > 0.0 {
                    let under = &mut self.pixels[row * self.width + at];
                    *under = mix(*under, colour(x, y), cover);
                }
            }
        }
    }

    /// Paints all of it.
    pub fn fill(&mut self, colour: impl Fn(f32, f32) -> Rgb) {
        self.paint(self.all(), 0.0, 1.0, |_, _| -1.0, colour);
    }

    /// An ellipse of one colour.
    pub fn ellipse(&mut self, [x, y]: [f32; 2], [wide, high]: [f32; 2], edge: f32, alpha: f32, colour: Rgb) {
        let bounds = [x - wide, y - high, x + wide, y + high];
        self.paint(bounds, edge, alpha, |px, py| ellipse(px - x, py - y, wide, high), |_, _| colour);
    }

    /// A thick line with round ends.
    pub fn line(&mut self, from: [f32; 2], to: [f32; 2], thick: f32, colour: Rgb) {
        let half = thick / 2.0;
        let bounds = [
            from[0].min(to[0]) - half,
            from[1].min(to[1]) - half,
            from[0].max(to[0]) + half,
            from[1].max(to[1]) + half,
        ];
        self.paint(bounds, 0.0, 1.0, |x, y| segment(x, y, from, to) - half, |_, _| colour);
    }

    /// A rectangle with round corners; the colour may change over it.
    pub fn rounded(
        &mut self,
        [left, top, right, bottom]: Bounds,
        corner: f32,
        alpha: f32,
        colour: impl Fn(f32, f32) -> Rgb,
    ) {
        let (cx, cy) = ((left + right) / 2.0, (top + bottom) / 2.0);
        let (wide, high) = ((right - left) / 2.0 - corner, (bottom - top) / 2.0 - corner);
        let distance = |x: f32, y: f32| {
            let (dx, dy) = ((x - cx).abs() - wide, (y - cy).abs() - high);
            dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - corner
        };
        self.paint([left, top, right, bottom], 0.0, alpha, distance, colour);
    }

    /// A polygon with straight sides; the colour may change over it.
    pub fn polygon(&mut self, corners: &[[f32; 2]], alpha: f32, colour: impl Fn(f32, f32) -> Rgb) {
        let bounds = corners.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |b, [x, y]| {
            [b[0].min(*x), b[1].min(*y), b[2].max(*x), b[3].max(*y)]
        });
        self.paint(bounds, 0.0, alpha, |x, y| inside_polygon(x, y, corners), colour);
    }

    /// Three bytes a pixel.
    pub fn bytes(&self) -> Vec<u8> {
        self.pixels
            .iter()
            .flat_map(|pixel| pixel.map(|part| (part.clamp(0.0, 1.0) * 255.0 + 0.5) as u8))
            .collect()
    }
}

/// A colour from its six hexadecimal digits.
pub const fn hex(rgb: u32) -> Rgb {
    [((rgb >> 16) & 255) as f32 / 255.0, ((rgb >> 8) & 255) as f32 / 255.0, (rgb & 255) as f32 / 255.0]
}

/// From `a` (0) to `b` (1).
pub fn mix(a: Rgb, b: Rgb, t: f32) -> Rgb {
    let t = t.clamp(0.0, 1.0);
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]
}

/// Brighter or darker.
pub fn lit(colour: Rgb, light: f32) -> Rgb {
    colour.map(|part| part * light)
}

/// 0 below 0, 1 above 1, smooth between.
pub fn step(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A bell around 0, this wide.
pub fn bell(x: f32, wide: f32) -> f32 {
    (-(x / wide) * (x / wide)).exp()
}

/// A number from 0 to 1 that belongs to this whole-number place.
pub fn speck(x: i32, y: i32) -> f32 {
    let mut n = (x.wrapping_mul(374_761_393)).wrapping_add(y.wrapping_mul(668_265_263)) as u32;
    n = (n ^ (n >> 13)).wrapping_mul(1_274_126_177);
    (n ^ (n >> 16)) as f32 / u32::MAX as f32
}

/// Smooth noise from 0 to 1, one bump per unit.
pub fn noise(x: f32, y: f32) -> f32 {
    let (x0, y0) = (x.floor(), y.floor());
    let (tx, ty) = (step(x - x0), step(y - y0));
    let (x0, y0) = (x0 as i32, y0 as i32);
    let top = speck(x0, y0) * (1.0 - tx) + speck(x0 + 1, y0) * tx;
    let bottom = speck(x0, y0 + 1) * (1.0 - tx) + speck(x0 + 1, y0 + 1) * tx;
    top * (1.0 - ty) + bottom * ty
}

/// Distance to an ellipse around (0, 0), good near its edge.
pub fn ellipse(x: f32, y: f32, wide: f32, high: f32) -> f32 {
    let k = (x / wide).hypot(y / high);
    let slope = (x / (wide * wide)).hypot(y / (high * high));
    if slope == 0.0 { -wide.min(high) } else { k * (k - 1.0) / slope }
}

/// Distance to a line between two points.
pub fn segment(x: f32, y: f32, [ax, ay]: [f32; 2], [bx, by]: [f32; 2]) -> f32 {
    let (dx, dy) = (bx - ax, by - ay);
    let long = (dx * dx + dy * dy).max(1e-9);
    let t = (((x - ax) * dx + (y - ay) * dy) / long).clamp(0.0, 1.0);
    (x - ax - t * dx).hypot(y - ay - t * dy)
}

fn inside_polygon(x: f32, y: f32, corners: &[[f32; 2]]) -> f32 {
    let mut nearest = f32::MAX;
    let mut inside = false;
    for (n, a) in corners.iter().enumerate() {
        let b = corners[(n + 1) % corners.len()];
        nearest = nearest.min(segment(x, y, *a, b));
        if (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] {
            inside = !inside;
        }
    }
    if inside { -nearest } else { nearest }
}
