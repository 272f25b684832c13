//! Still lifes: mugs, a vase, a plate, shards and tiles.

use crate::media::pots::Pot;
use crate::media::shapes::{Canvas, Rgb, bell, ellipse, hex, lit, mix, noise, speck, step};

/// Half widths of a plain mug, foot to rim.
const MUG: &[f32] = &[0.165, 0.185, 0.19, 0.192, 0.194, 0.196];

/// A speckled mug on a bench, cups on the shelf above it.
pub fn mug_and_shelf(canvas: &mut Canvas) {
    room(
        canvas,
        [hex(0xf3e7d3), hex(0xdcc7a6)],
        [hex(0xb98a5c), hex(0x8a5f3a)],
        0.27,
        [-0.35, -0.35],
    );
    let (half_x, _) = canvas.half();
    let shelf = -0.2;
    canvas.paint(
        [-half_x, shelf, half_x, shelf + 0.12],
        0.09,
        0.28,
        |_, y| (y - shelf - 0.05).abs() - 0.03,
        |_, _| hex(0x5a3a20),
    );
    let cups = [
        hex(0x3f6f7d),
        hex(0xd98e5f),
        hex(0xf1ead9),
        hex(0x8fae9b),
        hex(0xb5533c),
        hex(0x2f4858),
        hex(0xe3c18a),
    ];
    let count = (half_x * 2.0 / 0.2).ceil() as i32 + 1;
    for n in 0..count {
        let x = (n as f32 - (count - 1) as f32 / 2.0) * 0.2;
        let colour = cups[(n + 2) as usize % cups.len()];
        let cup = Pot {
            x,
            base: shelf - 0.012,
            height: 0.13 + 0.02 * ((n * 7 % 3) as f32),
            profile: &[0.055, 0.068, 0.073, 0.075],
            inside: lit(colour, 0.5),
            gloss: 0.7,
        };
        cup.shadow(canvas, 0.25);
        cup.paint(
            canvas,
            |_, high| if high < 0.16 { hex(0xc9a27a) } else { colour },
        );
    }
    canvas.rounded(
        [-half_x - 0.1, shelf, half_x + 0.1, shelf + 0.035],
        0.004,
        1.0,
        |x, y| wood(x, y, hex(0xa8764a)),
    );
    let mug = Pot {
        x: -0.03,
        base: 0.36,
        height: 0.36,
        profile: MUG,
        inside: hex(0xd9cbb2),
        gloss: 0.55,
    };
    mug.shadow(canvas, 0.5);
    mug.handle(canvas, 1.0, 0.115, 0.044, hex(0xe9dfcb));
    mug.paint(canvas, |u, high| {
        speckled(dipped(u, high, hex(0xefe6d4), hex(0xb88a62), 0.14), u, high)
    });
}

/// A tall bottle vase; blue runs down over brown.
pub fn blue_vase(canvas: &mut Canvas) {
    room(
        canvas,
        [hex(0x2b5058), hex(0x142a30)],
        [hex(0x2a221d), hex(0x120e0c)],
        0.33,
        [-0.3, -0.25],
    );
    let vase = Pot {
        x: 0.0,
        base: 0.4,
        height: 0.86,
        profile: &[
            0.12, 0.19, 0.245, 0.262, 0.245, 0.195, 0.125, 0.075, 0.062, 0.075, 0.098,
        ],
        inside: hex(0x163a4a),
        gloss: 1.0,
    };
    vase.shadow(canvas, 0.75);
    vase.paint(canvas, |u, high| {
        let drip = 0.33 + 0.12 * noise(u * 5.0 + 3.0, 0.5) + 0.05 * noise(u * 13.0, 4.0);
        let clay = mix(hex(0x8a5331), hex(0xc07f52), noise(u * 3.0, high * 40.0));
        let blue = mix(
            hex(0x1f6f8f),
            hex(0x7ec8d3),
            noise(u * 4.0 + 9.0, high * 7.0) * 0.8 + 0.25 * step((high - 0.62) * 4.0),
        );
        let edge = mix(hex(0x2c3f3c), blue, (high - drip) * 16.0);
        speckled(mix(clay, edge, (high - drip) * 60.0 + 0.5), u, high)
    });
}

/// A jar with its side knocked out, pieces before it.
pub fn broken_pot(canvas: &mut Canvas) {
    room(
        canvas,
        [hex(0x5a3d2c), hex(0x24160f)],
        [hex(0x3c261a), hex(0x170d08)],
        0.26,
        [-0.25, -0.4],
    );
    let jar = Pot {
        x: -0.06,
        base: 0.32,
        height: 0.6,
        profile: &[0.15, 0.22, 0.27, 0.28, 0.25, 0.2, 0.16, 0.175],
        inside: hex(0x2a150d),
        gloss: 0.45,
    };
    jar.shadow(canvas, 0.7);
    jar.paint(canvas, |u, high| {
        let orange = mix(hex(0xc4683a), hex(0xe39a63), noise(u * 4.0, high * 9.0));
        let line = 0.045 * noise(high * 26.0, 1.0) + 0.03 * noise(high * 60.0, 8.0);
        let broken = u - 0.05 - 0.9 * (high - 0.62).abs().powf(0.8) - line;
        if broken > 0.0 {
            lit(hex(0x2a150d), 0.6 + 0.9 * bell(u - 0.9, 0.5))
        } else if broken > -0.045 {
            hex(0xeec9a4)
        } else {
            speckled(dipped(u, high, orange, hex(0xf0e0c6), 0.2), u, high)
        }
    });
    let shards: [(&[[f32; 2]], Rgb, Rgb); 4] = [
        (
            &[[0.12, 0.40], [0.22, 0.24], [0.33, 0.30], [0.30, 0.42]],
            hex(0xd98552),
            hex(0xa4522c),
        ),
        (
            &[[0.30, 0.46], [0.39, 0.36], [0.45, 0.45], [0.38, 0.49]],
            hex(0xf0dcc0),
            hex(0xc79f78),
        ),
        (
            &[[-0.12, 0.47], [-0.02, 0.41], [0.08, 0.46], [0.0, 0.50]],
            hex(0xe0925f),
            hex(0x9c4c29),
        ),
        (
            &[[-0.36, 0.44], [-0.30, 0.39], [-0.24, 0.44], [-0.31, 0.47]],
            hex(0xf0dcc0),
            hex(0xb98d66),
        ),
    ];
    for (corners, light, dark) in shards {
        let shadow: Vec<[f32; 2]> = corners.iter().map(|[x, y]| [x + 0.03, y + 0.018]).collect();
        canvas.polygon(&shadow, 0.45, |_, _| hex(0x0c0604));
        let edge: Vec<[f32; 2]> = corners
            .iter()
            .map(|[x, y]| [x + 0.006, y + 0.012])
            .collect();
        canvas.polygon(&edge, 1.0, |_, _| hex(0xf3d9b8));
        let (left, top) = (corners[0][0], corners[1][1]);
        canvas.polygon(corners, 1.0, |x, y| {
            mix(light, dark, (x - left) * 2.2 + (y - top) * 2.6)
        });
    }
}

/// A cream mug with a wide handle before pink.
pub fn cream_mug(canvas: &mut Canvas) {
    room(
        canvas,
        [hex(0xf4c3ab), hex(0xdb8d72)],
        [hex(0x8f3b28), hex(0x5c2117)],
        0.3,
        [-0.3, -0.3],
    );
    let mug = Pot {
        x: -0.07,
        base: 0.37,
        height: 0.5,
        profile: &[0.19, 0.225, 0.235, 0.24, 0.242, 0.245],
        inside: hex(0xe2cfb4),
        gloss: 0.75,
    };
    mug.shadow(canvas, 0.6);
    mug.handle(canvas, 1.0, 0.165, 0.052, hex(0xf3e8d6));
    mug.paint(canvas, |u, high| {
        let cream = mix(
            hex(0xf6ecdb),
            hex(0xe9d8bf),
            noise(u * 3.0, high * 22.0) * 0.6,
        );
        dipped(u, high, cream, hex(0xc0714e), 0.13)
    });
}

/// A plate from above, upside down, its foot ring and stamp to the camera.
pub fn plate(canvas: &mut Canvas) {
    let (half_x, half_y) = canvas.half();
    canvas.fill(|x, y| {
        lit(
            mix(
                hex(0xaeb4b5),
                hex(0x868f92),
                (x / half_x + y / half_y) * 0.35 + 0.5,
            ),
            0.97 + 0.05 * noise(x * 60.0, y * 4.0),
        )
    });
    canvas.ellipse([0.05, 0.07], [0.4, 0.4], 0.16, 0.5, hex(0x2b3033));
    let rings: [(f32, Rgb, Rgb); 6] = [
        (0.4, hex(0xe9e2d2), hex(0xc2b69f)),
        (0.385, hex(0xf3eddf), hex(0xd3c8b3)),
        (0.25, hex(0xa9774f), hex(0x7d5234)),
        (0.232, hex(0xd9b48c), hex(0xb78a60)),
        (0.2, hex(0x9a6a45), hex(0x81552f)),
        (0.192, hex(0xeee6d5), hex(0xcbbfa8)),
    ];
    for (radius, light, dark) in rings {
        canvas.paint(
            [-radius, -radius, radius, radius],
            0.0,
            1.0,
            |x, y| ellipse(x, y, radius, radius),
            |x, y| {
                let glaze = mix(light, dark, (x + y) / radius * 0.42 + 0.5);
                let dot = speck((x * 210.0) as i32, (y * 210.0) as i32);
                if dot > 0.992 {
                    lit(glaze, 0.72)
                } else {
                    lit(glaze, 0.97 + 0.06 * noise(x.hypot(y) * 90.0, 2.0))
                }
            },
        );
    }
    canvas.paint(
        [-0.4, -0.4, 0.4, 0.4],
        0.05,
        0.5,
        |x, y| (x.hypot(y) - 0.325).abs() - 0.012 + 0.2 * (x + y).max(0.0),
        |_, _| [1.0; 3],
    );
    let ink = hex(0x6d4a33);
    for (from, to) in [
        ([0.0, -0.06], [0.0, 0.07]),
        ([0.0, -0.06], [-0.045, 0.02]),
        ([0.0, -0.06], [0.045, 0.02]),
        ([-0.06, 0.07], [0.06, 0.07]),
    ] {
        canvas.line(from, to, 0.012, ink);
    }
    canvas.paint(
        [-0.12, -0.12, 0.12, 0.12],
        0.0,
        0.9,
        |x, y| (x.hypot(y) - 0.105).abs() - 0.004,
        |_, _| ink,
    );
}

/// A mustard mug with a paper tag on its handle.
pub fn price_tag(canvas: &mut Canvas) {
    room(
        canvas,
        [hex(0x3a4763), hex(0x171d2c)],
        [hex(0x1c1a1d), hex(0x0c0b0d)],
        0.3,
        [-0.35, -0.3],
    );
    let mug = Pot {
        x: -0.08,
        base: 0.37,
        height: 0.5,
        profile: &[0.2, 0.215, 0.222, 0.226, 0.23, 0.234],
        inside: hex(0x6d4a12),
        gloss: 0.8,
    };
    mug.shadow(canvas, 0.7);
    mug.handle(canvas, 1.0, 0.16, 0.05, hex(0xd39a2a));
    mug.paint(canvas, |u, high| {
        let mustard = mix(
            hex(0xc8891d),
            hex(0xecbe55),
            noise(u * 4.0, high * 10.0) * 0.7 + 0.3 * high,
        );
        speckled(dipped(u, high, mustard, hex(0x5f3c22), 0.12), u, high)
    });
    canvas.line([0.275, 0.12], [0.305, 0.235], 0.008, hex(0xe9e0cf));
    let tag = [
        [0.245, 0.262],
        [0.30, 0.218],
        [0.36, 0.25],
        [0.385, 0.42],
        [0.27, 0.437],
    ];
    let shadow: Vec<[f32; 2]> = tag.iter().map(|[x, y]| [x + 0.014, y + 0.016]).collect();
    canvas.polygon(&shadow, 0.5, |_, _| hex(0x050506));
    canvas.polygon(&tag, 1.0, |x, y| {
        mix(hex(0xfaf3e4), hex(0xddd0b8), (x - 0.24) * 3.0 + (y - 0.2))
    });
    canvas.ellipse([0.305, 0.256], [0.011, 0.011], 0.0, 1.0, hex(0x3a3024));
    let ink = hex(0x7a2e22);
    for (from, to) in [
        ([0.285, 0.325], [0.352, 0.316]),
        ([0.288, 0.355], [0.345, 0.347]),
        ([0.292, 0.385], [0.325, 0.381]),
    ] {
        canvas.line(from, to, 0.011, ink);
    }
}

/// Glaze tests in rows on linen.
pub fn test_tiles(canvas: &mut Canvas) {
    let (half_x, half_y) = canvas.half();
    canvas.fill(|x, y| {
        let weave = 0.96 + 0.05 * noise(x * 190.0, y * 30.0) + 0.04 * noise(x * 30.0, y * 190.0);
        lit(
            mix(
                hex(0xe6dccb),
                hex(0xb9aa93),
                (x / half_x + y / half_y) * 0.3 + 0.5,
            ),
            weave,
        )
    });
    let hues = [
        0x2f7f86, 0x7fb59c, 0xd9c18c, 0xb5533c, 0x34506b, 0xe7dfcf, 0x8a6a3f, 0x9fc2c9, 0xcf8a5b,
        0x5d7048, 0x3b3a46, 0xc9a0a0,
    ];
    let size = 0.235;
    let gap = 0.05;
    let columns = ((half_x * 2.0 - gap) / (size + gap)).floor().max(2.0) as i32;
    let rows = ((half_y * 2.0 - gap) / (size + gap)).floor().max(2.0) as i32;
    for row in 0..rows {
        for column in 0..columns {
            let x = (column as f32 - (columns - 1) as f32 / 2.0) * (size + gap) - size / 2.0;
            let y = (row as f32 - (rows - 1) as f32 / 2.0) * (size + gap) - size / 2.0;
            let n = (row * 5 + column * 3) as usize;
            let hue = hex(hues[n % hues.len()]);
            canvas.paint(
                [x, y, x + size + 0.06, y + size + 0.06],
                0.05,
                0.42,
                |px, py| {
                    ((px - x - size / 2.0 - 0.018).abs() - size / 2.0)
                        .max((py - y - size / 2.0 - 0.022).abs() - size / 2.0)
                },
                |_, _| hex(0x3c3226),
            );
            canvas.rounded([x, y, x + size, y + size], 0.02, 1.0, |px, py| {
                let (u, v) = ((px - x) / size, (py - y) / size);
                let run = 0.74 + 0.1 * noise(u * 6.0 + n as f32 * 3.0, 1.0);
                let glaze = mix(
                    lit(hue, 1.16),
                    lit(hue, 0.82),
                    v * 0.8 + 0.3 * noise(u * 5.0 + n as f32, v * 5.0),
                );
                let clay = lit(hex(0xc79c76), 0.94 + 0.1 * noise(px * 80.0, py * 80.0));
                let shown = mix(glaze, clay, (v - run) * 40.0);
                mix(
                    shown,
                    [1.0; 3],
                    0.34 * bell(u - 0.22 - 0.2 * v, 0.1) * step((run - v) * 6.0),
                )
            });
            canvas.ellipse(
                [x + size / 2.0, y + 0.026],
                [0.011, 0.011],
                0.0,
                1.0,
                hex(0x4a3d2e),
            );
        }
    }
}

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
fn wood(x: f32, y: f32, colour: Rgb) -> Rgb {
    lit(
        colour,
        0.95 + 0.07 * noise(x * 3.0, y * 60.0) + 0.04 * noise(x * 9.0 + 5.0, y * 150.0),
    )
}

/// Bare clay at the foot, glaze above a wavy line.
fn dipped(u: f32, high: f32, glaze: Rgb, clay: Rgb, line: f32) -> Rgb {
    let wave = line + 0.018 * noise(u * 4.0 + 2.0, 0.3);
    mix(clay, glaze, (high - wave) * 70.0 + 0.5)
}

/// Dark iron specks.
fn speckled(colour: Rgb, u: f32, high: f32) -> Rgb {
    let place = (
        (u.asin() * 34.0).floor() as i32,
        (high * 62.0).floor() as i32,
    );
    let inside = (u.asin() * 34.0).fract().abs() - 0.5;
    let size = speck(place.0 + 91, place.1 + 17);
    if speck(place.0, place.1) > 0.93
        && inside.hypot((high * 62.0).fract() - 0.5) < 0.18 + 0.25 * size
    {
        lit(colour, 0.62)
    } else {
        colour
    }
}
