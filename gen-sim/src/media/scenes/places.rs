//! Places: the kiln, the beach and the harbour.

use crate::media::pots::Pot;
use crate::media::shapes::{Canvas, Rgb, bell, ellipse, hex, lit, mix, noise, step};

/// A glowing arch in a brick wall, pots on the shelves inside.
pub fn kiln(canvas: &mut Canvas) {
    let (half_x, half_y) = canvas.half();
    canvas.fill(|x, y| {
        let row = (y / 0.085).floor();
        let shift = if row as i32 % 2 == 0 { 0.0 } else { 0.1 };
        let column = ((x + shift) / 0.2).floor();
        let (inside_x, inside_y) = ((x + shift) / 0.2 - column, y / 0.085 - row);
        let mortar =
            inside_x.min(1.0 - inside_x) * 0.2 < 0.006 || inside_y.min(1.0 - inside_y) * 0.085 < 0.006;
        let brick = mix(
            hex(0x6b4031),
            hex(0x3a211a),
            noise(column * 3.7, row * 5.1) + 0.2 * noise(x * 60.0, y * 60.0),
        );
        let glow = bell((x * 0.9).hypot(y - 0.02), 0.62);
        let lit_brick = mix(if mortar { hex(0x241612) } else { brick }, hex(0xff8a2b), glow * 0.42);
        lit(lit_brick, 0.35 + 0.75 * glow)
    });
    let arch = |x: f32, y: f32, grow: f32| {
        let round = (x.hypot(y + 0.08)) - 0.3 - grow;
        let shaft = (x.abs() - 0.3 - grow).max(y - 0.4 - grow).max(-0.08 - y);
        round.min(shaft).max(y - 0.4 - grow)
    };
    canvas.paint(
        [-0.42, -0.5, 0.42, 0.5],
        0.0,
        1.0,
        |x, y| arch(x, y, 0.05),
        |x, y| lit(mix(hex(0xb0653f), hex(0x5b2e1e), y + 0.5), 0.85 + 0.2 * noise(x * 40.0, y * 40.0)),
    );
    canvas.paint(
        [-0.36, -0.45, 0.36, 0.45],
        0.0,
        1.0,
        |x, y| arch(x, y, 0.0),
        |x, y| {
            let heat = bell(x, 0.34) * 0.75 + 0.35 * step(0.5 - y) + 0.16 * noise(x * 9.0, y * 6.0);
            mix(mix(hex(0xa3260b), hex(0xff8f1f), heat), hex(0xfff0b0), (heat - 0.72) * 1.6)
        },
    );
    let silhouettes: [(f32, f32, f32, &[f32]); 6] = [
        (-0.16, 0.08, 0.19, &[0.045, 0.07, 0.072, 0.05, 0.028, 0.034]),
        (0.02, 0.08, 0.12, &[0.055, 0.06, 0.062, 0.064]),
        (0.18, 0.08, 0.17, &[0.04, 0.065, 0.06, 0.035, 0.04]),
        (-0.17, 0.36, 0.13, &[0.05, 0.075, 0.09, 0.1]),
        (0.04, 0.36, 0.2, &[0.05, 0.08, 0.085, 0.06, 0.035, 0.045]),
        (0.21, 0.36, 0.12, &[0.055, 0.06, 0.062, 0.064]),
    ];
    for shelf in [0.09, 0.37] {
        canvas.rounded([-0.3, shelf, 0.3, shelf + 0.022], 0.003, 1.0, |x, _| {
            mix(hex(0xd4571a), hex(0x6a1e0a), x.abs() * 2.6)
        });
    }
    for (x, base, height, profile) in silhouettes {
        let pot = Pot { x, base, height, profile, inside: hex(0xffc766), gloss: 0.25 };
        pot.paint(canvas, |u, high| {
            mix(hex(0xf47a22), hex(0x7c1f0b), 0.25 + 0.5 * bell(u, 0.7) - 0.35 * high)
        });
    }
    canvas.paint(
        [-half_x, 0.44, half_x, half_y],
        0.02,
        1.0,
        |_, y| 0.46 - y,
        |x, y| mix(hex(0xb4551d), hex(0x150b08), x.abs() * 1.2 + (y - 0.46) * 2.4),
    );
}

/// A pale green bowl on sand, the sea and a low sun behind it.
pub fn celadon_by_the_sea(canvas: &mut Canvas) {
    sea(
        canvas,
        [hex(0xe9efe6), hex(0xb7d3d6)],
        [hex(0x5fa0a6), hex(0x2a6470)],
        -0.08,
        0.2,
        Some([0.2, -0.3]),
    );
    let bowl = Pot {
        x: 0.0,
        base: 0.36,
        height: 0.25,
        profile: &[0.1, 0.19, 0.26, 0.305, 0.33, 0.342],
        inside: hex(0x9cc9b4),
        gloss: 0.9,
    };
    bowl.shadow(canvas, 0.45);
    bowl.paint(canvas, |u, high| {
        let jade = mix(hex(0x7fb79f), hex(0xc3e2d0), noise(u * 5.0, high * 4.0) * 0.55 + 0.35 * high);
        let crackle = (noise(u * 22.0, high * 16.0) - 0.5).abs() < 0.018;
        if high < 0.09 {
            hex(0xa9825f)
        } else if crackle {
            lit(jade, 0.86)
        } else {
            jade
        }
    });
}

/// Three bowls where the tide stopped.
pub fn tideline(canvas: &mut Canvas) {
    sea(canvas, [hex(0xf3e3d0), hex(0xd5cfc9)], [hex(0x8fb0b4), hex(0x4f7f8c)], -0.2, 0.02, None);
    let bowls: [(f32, f32, f32, Rgb, Rgb); 3] = [
        (-0.27, 0.2, 0.72, hex(0xe8e1cf), hex(0xcfc3a8)),
        (0.26, 0.24, 0.78, hex(0x6f9a7e), hex(0x466b55)),
        (-0.02, 0.4, 1.0, hex(0xb4562f), hex(0x7a3219)),
    ];
    for (x, base, size, light, dark) in bowls {
        let profile = [0.09, 0.15, 0.19, 0.215, 0.225].map(|wide| wide * size);
        let bowl =
            Pot { x, base, height: 0.2 * size, profile: &profile, inside: lit(dark, 0.95), gloss: 0.75 };
        bowl.shadow(canvas, 0.42);
        bowl.paint(canvas, |u, high| {
            let glaze =
                mix(dark, light, 0.3 + 0.7 * high + 0.4 * (noise(u * 5.0 + x * 9.0, high * 5.0) - 0.5));
            if high < 0.12 { hex(0x9b7553) } else { glaze }
        });
    }
}

/// A lighthouse, a boat and the evening.
pub fn harbour(canvas: &mut Canvas) {
    sea(
        canvas,
        [hex(0xf5c79a), hex(0x7f8fb0)],
        [hex(0x3d5a80), hex(0x1d2d46)],
        0.12,
        9.0,
        Some([-0.24, 0.0]),
    );
    let (half_x, half_y) = canvas.half();
    canvas.polygon(&[[0.08, 0.16], [half_x + 0.1, 0.05], [half_x + 0.1, 0.2], [0.02, 0.2]], 1.0, |x, y| {
        mix(hex(0x4a4450), hex(0x26232e), (y - 0.05) * 6.0 + x * 0.3)
    });
    let tower = Pot {
        x: 0.27,
        base: 0.125,
        height: 0.485,
        profile: &[0.075, 0.068, 0.06, 0.053, 0.048],
        inside: hex(0x2a2430),
        gloss: 0.2,
    };
    tower.paint(canvas, |_, high| if (high * 5.0) as i32 % 2 == 0 { hex(0xf1ebe0) } else { hex(0xb8402f) });
    canvas.rounded([0.225, -0.43, 0.315, -0.36], 0.006, 1.0, |x, _| {
        mix(hex(0xffe9a8), hex(0xd69a45), (x - 0.225) * 9.0)
    });
    canvas.polygon(&[[0.215, -0.43], [0.27, -0.5], [0.325, -0.43]], 1.0, |x, _| {
        mix(hex(0x9a3325), hex(0x561a14), (x - 0.215) * 8.0)
    });
    canvas.ellipse([0.27, -0.395], [0.3, 0.12], 0.4, 0.3, hex(0xffeeb8));
    canvas.paint(
        [-0.42, 0.3, 0.2, 0.44],
        0.05,
        0.45,
        |x, y| ellipse(x + 0.1, y - 0.385, 0.27, 0.03),
        |_, _| hex(0x0b1524),
    );
    canvas.polygon(&[[-0.36, 0.28], [0.14, 0.28], [0.08, 0.375], [-0.28, 0.375]], 1.0, |x, y| {
        if y < 0.3 {
            hex(0xf1e6d3)
        } else {
            mix(hex(0xc4523b), hex(0x7a2a20), (x + 0.36) * 1.5 + (y - 0.3) * 3.0)
        }
    });
    canvas.rounded([-0.2, 0.18, -0.06, 0.28], 0.008, 1.0, |x, _| {
        mix(hex(0xf6efe2), hex(0xc4b8a6), (x + 0.2) * 6.0)
    });
    canvas.rounded([-0.175, 0.2, -0.125, 0.24], 0.004, 1.0, |_, _| hex(0x36506b));
    canvas.line([-0.02, 0.28], [-0.02, 0.02], 0.012, hex(0x3c2a22));
    canvas.line([-0.02, 0.04], [0.12, 0.28], 0.004, hex(0x3c2a22));
    canvas.line([-0.02, 0.04], [-0.19, 0.18], 0.004, hex(0x3c2a22));
    canvas.paint(
        [-half_x, 0.4, half_x, half_y],
        0.0,
        0.12,
        |x, y| (noise(x * 6.0, y * 46.0) - 0.66) * -0.2,
        |_, _| hex(0xffd9a8),
    );
}

/// Sky down to `horizon`, water down to `shore`, then sand.
fn sea(canvas: &mut Canvas, sky: [Rgb; 2], water: [Rgb; 2], horizon: f32, shore: f32, sun: Option<[f32; 2]>) {
    let (half_x, half_y) = canvas.half();
    canvas.fill(|x, y| {
        let high = (y + half_y) / (horizon + half_y);
        let haze = 0.05 * (noise(x * 2.2 + 4.0, y * 9.0) - 0.5);
        mix(sky[1], sky[0], high + haze)
    });
    if let Some(place) = sun {
        canvas.ellipse(place, [0.3, 0.3], 0.5, 0.45, hex(0xfff3d0));
        canvas.ellipse(place, [0.09, 0.09], 0.0, 1.0, hex(0xfff8e6));
    }
    canvas.paint(
        [-half_x, horizon, half_x, half_y],
        0.003,
        1.0,
        |_, y| horizon - y,
        |x, y| {
            let near = (y - horizon) / (shore.min(half_y) - horizon).max(0.01);
            let wave = noise(x * (9.0 - 5.0 * near), (y - horizon) * (120.0 - 70.0 * near));
            let glint = sun
                .map_or(0.0, |place| 0.5 * bell(x - place[0], 0.1 + 0.12 * near) * step((wave - 0.45) * 4.0));
            mix(mix(water[0], water[1], near * 0.7 + 0.35 * (wave - 0.4)), hex(0xfff1cf), glint)
        },
    );
    let edge = move |x: f32| shore + 0.02 * noise(x * 3.0, 7.0) + 0.008 * noise(x * 11.0, 2.0);
    canvas.paint(
        [-half_x, shore - 0.05, half_x, half_y],
        0.02,
        0.85,
        |x, y| edge(x) - 0.018 - y,
        |_, _| hex(0xf4f4ec),
    );
    canvas.paint(
        [-half_x, shore - 0.05, half_x, half_y],
        0.006,
        1.0,
        |x, y| edge(x) - y,
        |x, y| {
            let wet = step((y - edge(x)) * 9.0);
            let sand = mix(hex(0xa98f6d), mix(hex(0xe2cda6), hex(0xb99c73), (y - shore) / half_y), wet);
            lit(sand, 0.95 + 0.05 * noise(x * 70.0, y * 120.0) + 0.05 * noise(x * 8.0, y * 24.0))
        },
    );
}
