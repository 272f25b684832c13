//! Mugs: on a bench, before pink, and with a price.

use super::surfaces::{dipped, room, speckled, wood};
use crate::media::pots::Pot;
use crate::media::shapes::{Canvas, hex, lit, mix, noise};

/// Half widths of a plain mug, foot to rim.
const MUG: &[f32] = &[0.165, 0.185, 0.19, 0.192, 0.194, 0.196];

/// A speckled mug on a bench, cups on the shelf above it.
pub fn mug_and_shelf(canvas: &mut Canvas) {
    room(canvas, [hex(0xf3e7d3), hex(0xdcc7a6)], [hex(0xb98a5c), hex(0x8a5f3a)], 0.27, [-0.35, -0.35]);
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
        cup.paint(canvas, |_, high| if high < 0.16 { hex(0xc9a27a) } else { colour });
    }
    canvas.rounded([-half_x - 0.1, shelf, half_x + 0.1, shelf + 0.035], 0.004, 1.0, |x, y| {
        wood(x, y, hex(0xa8764a))
    });
    let mug = Pot { x: -0.03, base: 0.36, height: 0.36, profile: MUG, inside: hex(0xd9cbb2), gloss: 0.55 };
    mug.shadow(canvas, 0.5);
    mug.handle(canvas, 1.0, 0.115, 0.044, hex(0xe9dfcb));
    mug.paint(canvas, |u, high| speckled(dipped(u, high, hex(0xefe6d4), hex(0xb88a62), 0.14), u, high));
}

/// A cream mug with a wide handle before pink.
pub fn cream_mug(canvas: &mut Canvas) {
    room(canvas, [hex(0xf4c3ab), hex(0xdb8d72)], [hex(0x8f3b28), hex(0x5c2117)], 0.3, [-0.3, -0.3]);
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
        let cream = mix(hex(0xf6ecdb), hex(0xe9d8bf), noise(u * 3.0, high * 22.0) * 0.6);
        dipped(u, high, cream, hex(0xc0714e), 0.13)
    });
}

/// A mustard mug with a paper tag on its handle.
pub fn price_tag(canvas: &mut Canvas) {
    room(canvas, [hex(0x3a4763), hex(0x171d2c)], [hex(0x1c1a1d), hex(0x0c0b0d)], 0.3, [-0.35, -0.3]);
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
        let mustard = mix(hex(0xc8891d), hex(0xecbe55), noise(u * 4.0, high * 10.0) * 0.7 + 0.3 * high);
        speckled(dipped(u, high, mustard, hex(0x5f3c22), 0.12), u, high)
    });
    canvas.line([0.275, 0.12], [0.305, 0.235], 0.008, hex(0xe9e0cf));
    let tag = [[0.245, 0.262], [0.30, 0.218], [0.36, 0.25], [0.385, 0.42], [0.27, 0.437]];
    let shadow: Vec<[f32; 2]> = tag.iter().map(|[x, y]| [x + 0.014, y + 0.016]).collect();
    canvas.polygon(&shadow, 0.5, |_, _| hex(0x050506));
    canvas.polygon(&tag, 1.0, |x, y| mix(hex(0xfaf3e4), hex(0xddd0b8), (x - 0.24) * 3.0 + (y - 0.2)));
    canvas.ellipse([0.305, 0.256], [0.011, 0.011], 0.0, 1.0, hex(0x3a3024));
    let ink = hex(0x7a2e22);
    for (from, to) in
        [([0.285, 0.325], [0.352, 0.316]), ([0.288, 0.355], [0.345, 0.347]), ([0.292, 0.385], [0.325, 0.381])]
    {
        canvas.line(from, to, 0.011, ink);
    }
}
