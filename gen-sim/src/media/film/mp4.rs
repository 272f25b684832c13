//! The MP4 container: one video track, perhaps one of sound, the index before the data so that playing starts at once.

use super::sound::{CLOCK, Sound};
use crate::media::speech;

/// Encoded pictures, each as its length and its data.
pub struct Video {
    width: u32,
    height: u32,
    rate: u32,
    parameters: [Vec<u8>; 2],
    samples: Vec<Vec<u8>>,
    key_frames: Vec<u32>,
}

impl Video {
    pub fn new(width: u32, height: u32, rate: u32) -> Video {
        Video {
            width,
            height,
            rate,
            parameters: [Vec::new(), Vec::new()],
            samples: Vec::new(),
            key_frames: Vec::new(),
        }
    }

    /// Adds one picture as the encoder gave it: units behind start codes.
    pub fn push(&mut self, encoded: &[u8]) {
        let mut sample = Vec::with_capacity(encoded.len());
        for unit in units(encoded) {
            match unit.first().map(|first| first & 31) {
                Some(7) => self.parameters[0] = unit.to_vec(),
                Some(8) => self.parameters[1] = unit.to_vec(),
                Some(kind) => {
                    if kind == 5 && self.key_frames.last() != Some(&(self.samples.len() as u32 + 1)) {
                        self.key_frames.push(self.samples.len() as u32 + 1);
                    }
                    sample.extend_from_slice(&(unit.len() as u32).to_be_bytes());
                    sample.extend_from_slice(unit);
                }
                None => {}
            }
        }
        self.samples.push(sample);
    }
}

/// The whole file.
pub fn file(video: &Video, sound: Option<&Sound>) -> Vec<u8> {
    let kind = boxed(b"ftyp", &[b"isom".as_slice(), &number(512), b"isomiso2avc1mp41"].concat());
    // The index holds where the data starts, and its own length does not depend on that: measured with zeros first.
    let length = index(video, sound, 0).len();
    let start = (kind.len() + length + 8) as u32;
    let mut data: Vec<u8> = video.samples.concat();
    data.extend(sound.map(|sound| sound.packets.concat()).unwrap_or_default());
    [kind, index(video, sound, start), boxed(b"mdat", &data)].concat()
}

fn index(video: &Video, sound: Option<&Sound>, start: u32) -> Vec<u8> {
    let count = video.samples.len() as u32;
    let milliseconds = count * 1000 / video.rate;
    let mut header = vec![0; 12];
    header.extend([number(1000), number(milliseconds), number(0x1_0000)].concat());
    header.extend([&[1, 0], [0; 10].as_slice(), &MATRIX, &[0; 24], &number(3)].concat());
    let after_video = start + video.samples.iter().map(|sample| sample.len() as u32).sum::<u32>();
    let pictures = track(&Track {
        id: 1,
        milliseconds,
        size: [video.width, video.height],
        volume: 0,
        timescale: video.rate,
        length: count,
        handler: *b"vide",
        media_header: boxed(b"vmhd", &[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
        entry: picture_entry(video),
        durations: vec![(count, 1)],
        skip: 0,
        key_frames: Some(&video.key_frames),
        sizes: video.samples.iter().map(Vec::len).collect(),
        start,
    });
    let voices = sound.map(|sound| {
        let count = sound.packets.len() as u32;
        track(&Track {
            id: 2,
            milliseconds,
            size: [0, 0],
            volume: 0x0100,
            timescale: CLOCK,
            length: count * sound.packet,
            handler: *b"soun",
            media_header: boxed(b"smhd", &[0; 8]),
            entry: sound_entry(sound),
            durations: vec![(count, sound.packet)],
            skip: sound.skip,
            key_frames: None,
            sizes: sound.packets.iter().map(Vec::len).collect(),
            start: after_video,
        })
    });
    boxed(b"moov", &[boxed(b"mvhd", &header), pictures, voices.unwrap_or_default()].concat())
}

/// What a track's boxes are made of.
struct Track<'a> {
    id: u32,
    milliseconds: u32,
    size: [u32; 2],
    volume: u16,
    timescale: u32,
    length: u32,
    handler: [u8; 4],
    media_header: Vec<u8>,
    entry: Vec<u8>,
    /// How many samples last how long.
    durations: Vec<(u32, u32)>,
    /// What is not shown at the start, in the track's own time.
    skip: u32,
    /// Where playing can start, counted from 1; everywhere when absent.
    key_frames: Option<&'a [u32]>,
    sizes: Vec<usize>,
    start: u32,
}

fn track(track: &Track) -> Vec<u8> {
    let [wide, high] = track.size;
    let head = [
        &[0, 0, 0, 3],
        [0; 8].as_slice(),
        &number(track.id),
        &number(0),
        &number(track.milliseconds),
        &[0; 12],
        &track.volume.to_be_bytes(),
        &[0; 2],
        &MATRIX,
        &number(wide << 16),
        &number(high << 16),
    ]
    .concat();
    // "und": no language.
    let media =
        [[0; 12].as_slice(), &number(track.timescale), &number(track.length), &[0x55, 0xc4, 0, 0]].concat();
    let handler = [[0; 8].as_slice(), &track.handler, &[0; 13]].concat();
    let place = boxed(
        b"dinf",
        &boxed(b"dref", &[&number(0), &number(1), boxed(b"url ", &number(1)).as_slice()].concat()),
    );
    let sizes: Vec<u8> = track.sizes.iter().flat_map(|size| number(*size as u32)).collect();
    let count = number(track.sizes.len() as u32);
    let durations: Vec<u8> =
        track.durations.iter().flat_map(|(n, each)| [number(*n), number(*each)].concat()).collect();
    let keys = track.key_frames.map(|keys| {
        let numbers: Vec<u8> = keys.iter().flat_map(|key| number(*key)).collect();
        boxed(b"stss", &[number(0).as_slice(), &number(keys.len() as u32), &numbers].concat())
    });
    let table = [
        boxed(b"stsd", &[number(0).as_slice(), &number(1), &track.entry].concat()),
        boxed(b"stts", &[number(0).as_slice(), &number(track.durations.len() as u32), &durations].concat()),
        keys.unwrap_or_default(),
        // All samples lie in one piece.
        boxed(b"stsc", &[number(0), number(1), number(1), count, number(1)].concat()),
        boxed(b"stsz", &[number(0).as_slice(), &number(0), &count, &sizes].concat()),
        boxed(b"stco", &[number(0), number(1), number(track.start)].concat()),
    ]
    .concat();
    let minf = boxed(b"minf", &[track.media_header.clone(), place, boxed(b"stbl", &table)].concat());
    let mdia = [boxed(b"mdhd", &media), boxed(b"hdlr", &handler), minf].concat();
    // One edit: all of the film, from behind what is skipped, at its own speed.
    let edit =
        [number(0), number(1), number(track.milliseconds), number(track.skip), number(0x1_0000)].concat();
    let edits = boxed(b"edts", &boxed(b"elst", &edit));
    boxed(b"trak", &[boxed(b"tkhd", &head), edits, boxed(b"mdia", &mdia)].concat())
}

fn picture_entry(video: &Video) -> Vec<u8> {
    let [sequence, picture] = &video.parameters;
    let profile = sequence.get(1..4).unwrap_or(&[0x42, 0xc0, 0x1f]);
    let length = |unit: &[u8]| (unit.len() as u16).to_be_bytes();
    let config =
        [&[1], profile, &[0xff, 0xe1], &length(sequence), sequence, &[1], &length(picture), picture].concat();
    let body = [
        [0; 6].as_slice(),
        &[0, 1],
        &[0; 16],
        &(video.width as u16).to_be_bytes(),
        &(video.height as u16).to_be_bytes(),
        // 72 dots an inch, twice; one frame a sample; no name of a compressor; 24 bits.
        &number(0x48_0000),
        &number(0x48_0000),
        &number(0),
        &[0, 1],
        &[0; 32],
        &[0, 24, 0xff, 0xff],
        &boxed(b"avcC", &config),
    ]
    .concat();
    boxed(b"avc1", &body)
}

fn sound_entry(sound: &Sound) -> Vec<u8> {
    // Version 0, one channel, what to skip, the rate that was encoded, no gain, one stream.
    let skip = (sound.skip as u16).to_be_bytes();
    let config = [&[0, 1], skip.as_slice(), &number(speech::RATE), &[0; 3]].concat();
    let body = [
        [0; 6].as_slice(),
        &[0, 1],
        &[0; 8],
        &[0, 1],
        &[0, 16],
        &[0; 4],
        &number(CLOCK << 16),
        &boxed(b"dOps", &config),
    ];
    boxed(b"Opus", &body.concat())
}

const MATRIX: [u8; 36] = {
    let mut matrix = [0; 36];
    matrix[1] = 1;
    matrix[17] = 1;
    matrix[32] = 0x40;
    matrix
};

fn number(value: u32) -> [u8; 4] {
    value.to_be_bytes()
}

fn boxed(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&number(body.len() as u32 + 8), name.as_slice(), body].concat()
}

/// The units between the start codes `00 00 01` and `00 00 00 01`.
fn units(encoded: &[u8]) -> Vec<&[u8]> {
    let starts: Vec<usize> =
        (0..encoded.len().saturating_sub(2)).filter(|at| encoded[*at..].starts_with(&[0, 0, 1])).collect();
    let one = |(n, start): (usize, &usize)| {
        let end = starts.get(n + 1).copied().unwrap_or(encoded.len());
        let unit = &encoded[start + 3..end];
        // The fourth zero of the next start code belongs to it, not to this unit.
        let zeros = unit.iter().rev().take_while(|byte| **byte == 0).count();
        &unit[..unit.len() - zeros]
    };
    starts.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::units;

    #[test]
    fn units_are_found_behind_long_and_short_start_codes() {
        let encoded = [0, 0, 0, 1, 0x67, 1, 0, 0, 0, 1, 0x68, 2, 0, 0, 1, 0x65, 9];
        assert_eq!(units(&encoded), [[0x67, 1].as_slice(), &[0x68, 2], &[0x65, 9]]);
    }
}
