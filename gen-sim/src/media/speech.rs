//! Speech that no one can understand: a voice-like tone with one swell per syllable.

use std::f32::consts::TAU;
use std::io::Cursor;

use crate::writing::hash;

/// Samples a second.
pub const RATE: u32 = 16_000;
const SYLLABLES_PER_SECOND: f64 = 4.2;

/// How long the script takes to say, between one second and two minutes.
pub fn seconds(script: &str) -> f64 {
    (syllables(script) as f64 / SYLLABLES_PER_SECOND + 0.4).clamp(1.0, 120.0)
}

/// How long one word of it takes.
pub fn word_seconds(word: &str) -> f64 {
    syllables(word) as f64 / SYLLABLES_PER_SECOND
}

/// The script as a WAV file: mono, 16 bits, 16 kHz. The voice decides pitch and loudness.
///
/// # Errors
/// When the encoder cannot write, which memory does not refuse.
pub fn wav(script: &str, voice: &str) -> Result<Vec<u8>, hound::Error> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: RATE,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut file = Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut file, spec)?;
    for sample in samples(script, voice) {
        writer.write_sample(sample)?;
    }
    writer.finalize()?;
    Ok(file.into_inner())
}

/// The script as samples of one channel.
pub fn samples(script: &str, voice: &str) -> Vec<i16> {
    let base = 95.0 + (hash(voice) % 110) as f32;
    // Some people stand nearer to the microphone than others.
    let level = 3_400.0 + (hash(voice) / 110 % 1_800) as f32;
    let count = (seconds(script) * f64::from(RATE)) as u32;
    let mut phase = 0.0_f32;
    let mut samples = Vec::with_capacity(count as usize);
    for n in 0..count {
        let time = n as f32 / RATE as f32;
        let beat = time * SYLLABLES_PER_SECOND as f32;
        let (syllable, within) = (beat as u64, beat.fract());
        let salt = hash(&format!("{script}{syllable}"));
        // Every eighth syllable or so is a breath between phrases.
        let loud = if salt.is_multiple_of(8) { 0.05 } else { 0.5 + (salt % 50) as f32 / 100.0 };
        let swell = (within * std::f32::consts::PI).sin().powf(0.6) * loud;
        let pitch = base
            * (1.0 + 0.12 * ((salt >> 8) % 100) as f32 / 100.0 - 0.05 * within + 0.03 * (time * 1.3).sin());
        phase = (phase + pitch / RATE as f32).fract();
        // A few harmonics, louder near the vowel of this syllable, sound like a throat.
        let vowel = 400.0 + (salt % 500) as f32;
        let tone: f32 = (1..10)
            .map(|k| {
                let near = ((pitch * k as f32 - vowel) / 350.0).powi(2);
                (phase * k as f32 * TAU).sin() * (0.12 + (-near).exp()) / (k as f32).sqrt()
            })
            .sum();
        samples.push((tone * swell * level) as i16);
    }
    samples
}

/// Groups of vowels, at least one per word.
fn syllables(script: &str) -> usize {
    let in_word = |word: &str| {
        let vowel = |c: char| "aeiouyäöüAEIOUY".contains(c);
        let letters: Vec<char> = word.chars().collect();
        (0..letters.len())
            .filter(|n| vowel(letters[*n]) && (*n == 0 || !vowel(letters[*n - 1])))
            .count()
            .max(1)
    };
    script.split_whitespace().map(in_word).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_script_takes_longer_and_the_file_says_so() {
        assert!(
            seconds("Centre. Open. Pull.")
                < seconds("Centre. Open. Pull. That is all it is, and it took me eleven years.")
        );
        let script = "Nobody speaks. You hear it before you see it.";
        let file = wav(script, "vc_maren").unwrap();
        let reader = hound::WavReader::new(Cursor::new(file)).unwrap();
        assert!((f64::from(reader.duration()) / f64::from(RATE) - seconds(script)).abs() < 0.01);
    }
}
