//! The clips: made beforehand from the scenes, see `assets/README.md`.

use super::picture::Ratio;

/// The clip of a scene in the ratio nearest to the one asked for.
pub fn clip(_scene: usize, _ratio: Ratio) -> Option<&'static [u8]> {
    None
}
