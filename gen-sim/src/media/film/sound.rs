//! The sound of a film: its voices mixed, as Opus.

use opus_rs::{Application, OpusEncoder};

use super::{LAYER_RATE, Shown, What};
use crate::media::speech;

/// Opus counts time at this rate, whatever rate it was given.
pub const CLOCK: u32 = 48_000;
/// Samples in a packet, which lasts 20 ms.
const PACKET: usize = speech::RATE as usize / 50;
/// Far more than speech needs; nothing has to fit through a line.
const BITS_A_SECOND: i32 = 32_000;
/// The longest packet of that rate, with room to spare.
const PACKET_BYTES: usize = 1_275;

/// Encoded sound.
pub struct Sound {
    /// The length of each packet, by [`CLOCK`].
    pub packet: u32,
    /// What comes before the sound, by [`CLOCK`]: the encoder looks 6.5 ms ahead.
    pub skip: u32,
    pub packets: Vec<Vec<u8>>,
}

/// Mixes every sound layer into one track of this length; none when there is no sound.
pub fn mix(layers: &[Shown], seconds: f64) -> Option<Vec<i16>> {
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
    let clamped = |sample: i32| sample.clamp(i16::MIN.into(), i16::MAX.into()) as i16;
    (any && !mixed.is_empty()).then(|| mixed.into_iter().map(clamped).collect())
}

/// One channel of [`speech::RATE`], encoded whole: the last packet is filled up with silence.
pub fn encode(samples: &[i16]) -> Result<Sound, &'static str> {
    let ahead = speech::RATE as usize * 13 / 2000;
    let mut encoder = OpusEncoder::new(speech::RATE as i32, 1, Application::Voip)?;
    encoder.bitrate_bps = BITS_A_SECOND;
    let count = (samples.len() + ahead).div_ceil(PACKET);
    let mut padded = samples.to_vec();
    padded.resize(count * PACKET, 0);
    let mut bytes = [0; PACKET_BYTES];
    let packets = padded
        .chunks(PACKET)
        .map(|packet| encoder.encode_i16(packet, PACKET, &mut bytes).map(|length| bytes[..length].to_vec()))
        .collect::<Result<_, _>>()?;
    let by_clock = |samples: usize| samples as u32 * (CLOCK / speech::RATE);
    Ok(Sound { packet: by_clock(PACKET), skip: by_clock(ahead), packets })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_seconds() -> Vec<i16> {
        let what = What::Sound { script: "Hear it, again.".into(), voice: "v".into(), volume: 0.5, skip: 0 };
        mix(&[Shown { from: 15, frames: 45, place: None, what }], 2.0).unwrap()
    }

    #[test]
    fn a_film_without_voices_has_no_sound_and_one_with_voices_is_as_long_as_the_film() {
        assert!(mix(&[], 2.0).is_none());
        let mixed = two_seconds();
        assert_eq!(mixed.len(), 32_000);
        assert!(mixed[..8_000].iter().all(|sample| *sample == 0), "the layer begins after half a second");
        let sound = encode(&mixed).unwrap();
        assert_eq!((sound.packets.len(), sound.packet), (101, 960));
        let bytes: usize = sound.packets.iter().map(Vec::len).sum();
        assert!((1_000..12_000).contains(&bytes), "{bytes} bytes");
    }

    #[test]
    fn what_is_heard_is_what_was_mixed_once_the_lead_is_skipped() {
        let mixed = two_seconds();
        let sound = encode(&mixed).unwrap();
        let mut decoder = opus_rs::OpusDecoder::new(speech::RATE as i32, 1).unwrap();
        let mut heard = Vec::new();
        for packet in &sound.packets {
            let mut samples = [0.0_f32; PACKET];
            decoder.decode(packet, PACKET, &mut samples).unwrap();
            heard.extend(samples);
        }
        let likeness = |lead: usize| {
            let pairs = mixed.iter().zip(&heard[lead..]).map(|(a, b)| (f64::from(*a), f64::from(*b)));
            let (both, own, theirs) = pairs.fold((0.0, 0.0, 0.0), |(both, own, theirs), (a, b)| {
                (both + a * b, own + a * a, theirs + b * b)
            });
            both / (own * theirs).sqrt()
        };
        let best = (0..300).max_by(|a, b| likeness(*a).total_cmp(&likeness(*b))).unwrap();
        assert!(best.abs_diff(sound.skip as usize / 3) <= 4, "the lead is {best} samples");
        assert!(likeness(best) > 0.8, "{}", likeness(best));
    }
}
