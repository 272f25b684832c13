//! The clips: made beforehand from the scenes, see `assets/README.md`.

use super::picture::Ratio;
use super::scenes::SCENES;

/// The clip of a scene in the ratio nearest to the one asked for.
pub fn clip(scene: usize, Ratio(wide, high): Ratio) -> &'static [u8] {
    let [vertical, horizontal, square] = CLIPS[scene % SCENES];
    match wide.cmp(&high) {
        std::cmp::Ordering::Less => vertical,
        std::cmp::Ordering::Greater => horizontal,
        std::cmp::Ordering::Equal => square,
    }
}

macro_rules! of_scene {
    ($scene:literal) => {
        [
            include_bytes!(concat!("../../assets/clips/", $scene, "-9x16.mp4")),
            include_bytes!(concat!("../../assets/clips/", $scene, "-16x9.mp4")),
            include_bytes!(concat!("../../assets/clips/", $scene, "-1x1.mp4")),
        ]
    };
}

const CLIPS: [[&[u8]; 3]; SCENES] = [
    of_scene!("00"),
    of_scene!("01"),
    of_scene!("02"),
    of_scene!("03"),
    of_scene!("04"),
    of_scene!("05"),
    of_scene!("06"),
    of_scene!("07"),
    of_scene!("08"),
    of_scene!("09"),
    of_scene!("10"),
    of_scene!("11"),
];
