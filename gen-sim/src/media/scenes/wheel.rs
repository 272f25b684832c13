//! Hands at the wheel.

use super::surfaces::room;
use crate::media::pots::Pot;
use crate::media::shapes::{Canvas, ellipse, hex, lit, mix, noise, segment};

/// A bowl rising between two hands on the wheel.
pub fn wheel(canvas: &mut Canvas) {
    room(canvas, [hex(0x9a8468), hex(0x3d3024)], [hex(0x4a3b2e), hex(0x211912)], 0.24, [-0.3, -0.35]);
    canvas.ellipse([0.05, 0.41], [0.47, 0.13], 0.1, 0.6, hex(0x0f0a07));
    canvas.ellipse([0.0, 0.37], [0.44, 0.105], 0.0, 1.0, hex(0x6f6a66));
    canvas.paint(
        [-0.44, 0.24, 0.44, 0.46],
        0.0,
        1.0,
        |x, y| ellipse(x, y - 0.352, 0.44, 0.105),
        |x, y| {
            let turn = 0.5 + 0.5 * (x * 26.0 + (y - 0.352) * 90.0).sin();
            mix(hex(0xcfc8bf), hex(0x8f8880), 0.45 + x * 0.8 + 0.12 * turn)
        },
    );
    for ring in [0.38, 0.31, 0.26] {
        canvas.paint(
            [-0.44, 0.24, 0.44, 0.46],
            0.0,
            0.35,
            |x, y| ellipse(x, y - 0.352, ring, ring * 0.24).abs() - 0.002,
            |_, _| hex(0x5d564f),
        );
    }
    let bowl = Pot {
        x: 0.0,
        base: 0.34,
        height: 0.4,
        profile: &[0.17, 0.16, 0.165, 0.185, 0.21, 0.235, 0.245],
        inside: hex(0x6e5240),
        gloss: 0.5,
    };
    bowl.shadow(canvas, 0.35);
    bowl.paint(canvas, |u, high| {
        let ring = 0.5 + 0.5 * (high * 92.0 + u * 1.5).sin();
        mix(hex(0xb08a6b), hex(0x8e6a4f), ring * 0.5 + 0.3 * noise(u * 3.0, high * 20.0))
    });
    hand(canvas, -1.0);
    hand(canvas, 1.0);
}

/// An arm and its fingers on the right (1) or the left (-1).
fn hand(canvas: &mut Canvas, side: f32) {
    let skin = |x: f32, y: f32, middle: f32| {
        let tone = mix(hex(0xe3ab86), hex(0x9c6243), (x * side * 0.5 + 0.3) + (y - middle) * 3.2);
        // Slip covers the fingertips.
        mix(hex(0xb79377), tone, (x.abs() - 0.2) * 9.0)
    };
    let limb = |canvas: &mut Canvas, from: [f32; 2], to: [f32; 2], thick: f32| {
        let (a, b) = ([from[0] * side, from[1]], [to[0] * side, to[1]]);
        let half = thick / 2.0;
        let bounds =
            [a[0].min(b[0]) - half, a[1].min(b[1]) - half, a[0].max(b[0]) + half, a[1].max(b[1]) + half];
        canvas.paint(
            bounds,
            0.05,
            0.32,
            |x, y| segment(x - 0.012, y - 0.022, a, b) - half,
            |_, _| hex(0x1b0f08),
        );
        canvas.paint(
            bounds,
            0.0,
            1.0,
            |x, y| segment(x, y, a, b) - half,
            |x, y| {
                let t = ((x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1]))
                    / ((b[0] - a[0]).powi(2) + (b[1] - a[1]).powi(2));
                skin(x, y, a[1] + (b[1] - a[1]) * t.clamp(0.0, 1.0))
            },
        );
    };
    let (half_x, _) = canvas.half();
    let elbow = half_x + 0.2;
    let arm = [[elbow, 0.42], [0.42, 0.16]];
    canvas.paint(
        [-elbow - 0.2, -0.1, elbow + 0.2, 0.7],
        0.0,
        1.0,
        |x, y| segment(x * side, y, arm[0], arm[1]) - 0.088,
        |x, y| {
            let cloth = mix(hex(0x46586a), hex(0x1f2933), (y - 0.2) * 2.4 + 0.15);
            lit(cloth, 0.94 + 0.1 * noise(x * 24.0, y * 24.0))
        },
    );
    limb(canvas, [0.46, 0.2], [0.36, 0.11], 0.135);
    for (n, tip) in [[0.205, 0.03], [0.19, 0.08], [0.185, 0.13], [0.19, 0.175]].into_iter().enumerate() {
        limb(canvas, [0.36, 0.06 + 0.035 * n as f32], tip, 0.052);
    }
}
