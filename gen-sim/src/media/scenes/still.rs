//! Still lifes: a vase, a plate, shards and tiles.

use super::surfaces::{dipped, room, speckled};
use crate::media::pots::Pot;
use crate::media::shapes::{Canvas, Rgb, bell, ellipse, hex, lit, mix, noise, speck, step};

/// A tall bottle vase; blue runs down over brown.
pub fn blue_vase(canvas: &mut Canvas) {
    room(canvas, [hex(0x2b5058), hex(0x142a30)], [hex(0x2a221d), hex(0x120e0c)], 0.33, [-0.3, -0.25]);
    let vase = Pot {
        x: 0.0,
        base: 0.4,
        height: 0.86,
        profile: &[0.12, 0.19, 0.245, 0.262, 0.245, 0.195, 0.125, 0.075, 0.062, 0.075, 0.098],
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
    room(canvas, [hex(0x5a3d2c), hex(0x24160f)], [hex(0x3c261a), hex(0x170d08)], 0.26, [-0.25, -0.4]);
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
        (&[[0.12, 0.40], [0.22, 0.24], [0.33, 0.30], [0.30, 0.42]], hex(0xd98552), hex(0xa4522c)),
        (&[[0.30, 0.46], [0.39, 0.36], [0.45, 0.45], [0.38, 0.49]], hex(0xf0dcc0), hex(0xc79f78)),
        (&[[-0.12, 0.47], [-0.02, 0.41], [0.08, 0.46], [0.0, 0.50]], hex(0xe0925f), hex(0x9c4c29)),
        (&[[-0.36, 0.44], [-0.30, 0.39], [-0.24, 0.44], [-0.31, 0.47]], hex(0xf0dcc0), hex(0xb98d66)),
    ];
    for (corners, light, dark) in shards {
        let shadow: Vec<[f32; 2]> = corners.iter().map(|[x, y]| [x + 0.03, y + 0.018]).collect();
        canvas.polygon(&shadow, 0.45, |_, _| hex(0x0c0604));
        let edge: Vec<[f32; 2]> = corners.iter().map(|[x, y]| [x + 0.006, y + 0.012]).collect();
        canvas.polygon(&edge, 1.0, |_, _| hex(0xf3d9b8));
        let (left, top) = (corners[0][0], corners[1][1]);
        canvas.polygon(corners, 1.0, |x, y| mix(light, dark, (x - left) * 2.2 + (y - top) * 2.6));
    }
}

/// A plate from above, upside down, its foot ring and stamp to the camera.
pub fn plate(canvas: &mut Canvas) {
    let (half_x, half_y) = canvas.half();
    canvas.fill(|x, y| {
        lit(
            mix(hex(0xaeb4b5), hex(0x868f92), (x / half_x + y / half_y) * 0.35 + 0.5),
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
    canvas.paint([-0.12, -0.12, 0.12, 0.12], 0.0, 0.9, |x, y| (x.hypot(y) - 0.105).abs() - 0.004, |_, _| ink);
}

/// Glaze tests in rows on linen.
pub fn test_tiles(canvas: &mut Canvas) {
    let (half_x, half_y) = canvas.half();
    canvas.fill(|x, y| {
        let weave = 0.96 + 0.05 * noise(x * 190.0, y * 30.0) + 0.04 * noise(x * 30.0, y * 190.0);
        lit(mix(hex(0xe6dccb), hex(0xb9aa93), (x / half_x + y / half_y) * 0.3 + 0.5), weave)
    });
    let hues = [
        0x2f7f86, 0x7fb59c, 0xd9c18c, 0xb5533c, 0x34506b, 0xe7dfcf, 0x8a6a3f, 0x9fc2c9, 0xcf8a5b, 0x5d7048,
        0x3b3a46, 0xc9a0a0,
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
                let glaze =
                    mix(lit(hue, 1.16), lit(hue, 0.82), v * 0.8 + 0.3 * noise(u * 5.0 + n as f32, v * 5.0));
                let clay = lit(hex(0xc79c76), 0.94 + 0.1 * noise(px * 80.0, py * 80.0));
                let shown = mix(glaze, clay, (v - run) * 40.0);
                mix(shown, [1.0; 3], 0.34 * bell(u - 0.22 - 0.2 * v, 0.1) * step((run - v) * 6.0))
            });
            canvas.ellipse([x + size / 2.0, y + 0.026], [0.011, 0.011], 0.0, 1.0, hex(0x4a3d2e));
        }
    }
}
