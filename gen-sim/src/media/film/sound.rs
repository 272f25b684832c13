//! The sound of a film: its voices mixed, as FLAC frames without compression, which need no codec library.

use super::{LAYER_RATE, Shown, What};
use crate::media::speech;

/// Samples in a frame; the last one has fewer.
const BLOCK: usize = 4096;

/// Encoded sound.
pub struct Sound {
    pub rate: u32,
    pub samples: u32,
    pub block: u32,
    pub frames: Vec<Vec<u8>>,
}

/// Mixes every sound layer into one track of this length; none when there is no sound.
pub fn mix(layers: &[Shown], seconds: f64) -> Option<Sound> {
    let rate = speech::RATE as usize;
    let mut mixed = vec![0_i32; (seconds * rate as f64) as usize];
    let mut any = false;
    let at = |frames: u64| frames as usize * rate / LAYER_RATE as usize;
    for layer in layers {
        let What::Sound { script, voice, volume, skip } = &layer.what else {
            continue;
        };
        any = true;
        let spoken = speech::samples(script, voice);
        let heard = spoken.iter().skip(at(*skip)).take(at(layer.frames));
        for (into, sample) in mixed.iter_mut().skip(at(layer.from)).zip(heard) {
            *into += (f32::from(*sample) * volume) as i32;
        }
    }
    if !any || mixed.is_empty() {
        return None;
    }
    let mixed: Vec<i16> =
        mixed.iter().map(|sample| (*sample).clamp(i16::MIN.into(), i16::MAX.into()) as i16).collect();
    let frames = mixed.chunks(BLOCK).enumerate().map(|(n, block)| frame(n as u32, block)).collect();
    Some(Sound { rate: speech::RATE, samples: mixed.len() as u32, block: BLOCK as u32, frames })
}

/// What describes the stream: block sizes, rate, one channel of 16 bits, and the number of samples.
pub fn stream_info(sound: &Sound) -> Vec<u8> {
    let mut info = Vec::with_capacity(34);
    for _ in 0..2 {
        info.extend_from_slice(&(sound.block as u16).to_be_bytes());
    }
    // The sizes of the frames and the checksum of the samples may be left out as zeros.
    info.extend_from_slice(&[0; 6]);
    let packed = (u64::from(sound.rate) << 44) | (15 << 36) | u64::from(sound.samples);
    info.extend_from_slice(&packed.to_be_bytes());
    info.extend_from_slice(&[0; 16]);
    info
}

/// One FLAC frame of one channel: a header, the samples as they are, and two checksums.
fn frame(number: u32, samples: &[i16]) -> Vec<u8> {
    let whole = samples.len() == BLOCK;
    // Fixed block size; 4096 samples or a size that follows; 16 kHz; one channel of 16 bits.
    let mut frame = vec![0xff, 0xf8, if whole { 0xc5 } else { 0x75 }, 0x08];
    let mut letter = [0; 4];
    // Frame numbers are written as UTF-8 writes letters; films are far shorter than the gap in those numbers.
    let number = char::from_u32(number).unwrap_or('\0');
    frame.extend_from_slice(number.encode_utf8(&mut letter).as_bytes());
    if !whole {
        frame.extend_from_slice(&(samples.len() as u16 - 1).to_be_bytes());
    }
    frame.push(checksum(&frame, 0x07, 8) as u8);
    frame.push(0x02);
    frame.extend(samples.iter().flat_map(|sample| sample.to_be_bytes()));
    let sum = checksum(&frame, 0x8005, 16) as u16;
    frame.extend_from_slice(&sum.to_be_bytes());
    frame
}

/// A cyclic redundancy check of 8 or 16 bits.
fn checksum(bytes: &[u8], polynomial: u32, bits: u32) -> u32 {
    let top = 1 << (bits - 1);
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ (u32::from(*byte) << (bits - 8)), |sum, _| {
            let shifted = sum << 1;
            (if sum & top == 0 { shifted } else { shifted ^ polynomial }) & ((top << 1) - 1)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_standard() {
        // The check values of CRC-8/SMBUS and CRC-16/UMTS, which FLAC uses.
        assert_eq!(checksum(b"123456789", 0x07, 8), 0xf4);
        assert_eq!(checksum(b"123456789", 0x8005, 16), 0xfee8);
    }

    #[test]
    fn a_film_without_voices_has_no_sound_and_one_with_voices_is_as_long_as_the_film() {
        assert!(mix(&[], 2.0).is_none());
        let what = What::Sound { script: "Hear it.".into(), voice: "v".into(), volume: 0.5, skip: 0 };
        let sound = mix(&[Shown { from: 15, frames: 30, place: None, what }], 2.0).unwrap();
        assert_eq!((sound.samples, sound.frames.len()), (32_000, 8));
        assert_eq!(stream_info(&sound).len(), 34);
    }
}
