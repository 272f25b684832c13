//! Small files that people hand us for GEN: what they are, their bytes say, whatever their name claims.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gen_client::File;
use model::NewFile;

use crate::{Error, Result};

/// A picture or a recording is far smaller.
pub(crate) const FILE_MAX: usize = 8 * 1024 * 1024;
const NAME_MAX: usize = 150;

/// A kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    Jpeg,
    Png,
    Webp,
    Gif,
}

impl Picture {
    const ALL: [Self; 4] = [Self::Jpeg, Self::Png, Self::Webp, Self::Gif];

    fn words(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Webp => "WebP",
            Self::Gif => "GIF",
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
        }
    }

    /// By the first bytes, which are the same in every file of the kind.
    fn is(self, bytes: &[u8]) -> bool {
        match self {
            Self::Jpeg => bytes.starts_with(&[0xff, 0xd8, 0xff]),
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Webp => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
            Self::Gif => bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a"),
        }
    }
}

/// A picture of one of these kinds, named and typed after what it is. [`Error::Invalid`] for anything else: an SVG
/// can hold scripts, and GEN takes none.
pub(crate) fn picture(file: NewFile, kinds: &[Picture]) -> Result<File> {
    let bytes = decoded(&file, "Picture")?;
    let found = Picture::ALL.into_iter().find(|kind| kind.is(&bytes)).filter(|kind| kinds.contains(kind));
    let kind = found.ok_or_else(|| {
        let words: Vec<&str> = kinds.iter().map(|kind| kind.words()).collect();
        let message = format!("This is no picture that GEN takes: {} are.", words.join(", "));
        Error::Invalid { field: "Picture", message }
    })?;
    Ok(File {
        name: file_name(&file.name),
        content_type: kind.content_type().to_owned(),
        bytes: bytes.into(),
    })
}

/// A recording in base64, as GEN takes it. [`Error::Invalid`] unless it is MP3, WAV, M4A, OGG, FLAC or WebM.
pub(crate) fn recording(file: NewFile) -> Result<String> {
    let bytes = decoded(&file, "Recording")?;
    let is_sound = bytes.starts_with(b"ID3")
        || matches!(bytes.get(..2), Some([0xff, second]) if second & 0xe0 == 0xe0)
        || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE"))
        || bytes.get(4..8) == Some(b"ftyp")
        || bytes.starts_with(b"OggS")
        || bytes.starts_with(b"fLaC")
        || bytes.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]);
    if !is_sound {
        let message = "This is no recording: MP3, WAV, M4A, OGG, FLAC and WebM are.".to_owned();
        return Err(Error::Invalid { field: "Recording", message });
    }
    Ok(file.base64)
}

/// The bytes of a file; [`Error::Invalid`] if it did not arrive whole, is empty or too large.
pub(crate) fn decoded(file: &NewFile, field: &'static str) -> Result<Vec<u8>> {
    let invalid = |message: String| Error::Invalid { field, message };
    let bytes =
        STANDARD.decode(&file.base64).map_err(|_| invalid("This file did not arrive whole.".to_owned()))?;
    if bytes.is_empty() {
        return Err(invalid("Choose a file first.".to_owned()));
    }
    if bytes.len() > FILE_MAX {
        let (most, has) = (FILE_MAX / 1024 / 1024, bytes.len().div_ceil(1024 * 1024));
        return Err(invalid(format!("At most {most} MB are taken; this has {has}.")));
    }
    Ok(bytes)
}

/// The last piece of a path, without control characters.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|letter| !letter.is_control()).take(NAME_MAX).collect();
    if plain.trim_matches(['.', ' ']).is_empty() { "picture".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> NewFile {
        NewFile { name: name.to_owned(), base64: STANDARD.encode(bytes) }
    }

    #[test]
    fn u3_the_bytes_say_what_a_picture_is() {
        let png = b"\x89PNG\r\n\x1a\n and more";
        let kinds = [Picture::Jpeg, Picture::Png, Picture::Webp];
        let taken = picture(file("photo.jpg", png), &kinds).unwrap();
        assert_eq!((taken.content_type.as_str(), taken.name.as_str()), ("image/png", "photo.jpg"));
        for refused in [
            &b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..],
            b"<!doctype html>",
            b"GIF89a",
            b"RIFF....WAVE",
            b"",
        ] {
            let refused = picture(file("avatar.png", refused), &kinds);
            assert!(matches!(refused, Err(Error::Invalid { field: "Picture", .. })));
        }
        assert!(picture(file("a.gif", b"GIF89a"), &Picture::ALL).is_ok());
    }

    #[test]
    fn u2_a_file_has_at_most_eight_megabytes() {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        bytes.resize(FILE_MAX, 0);
        assert!(picture(file("a.png", &bytes), &Picture::ALL).is_ok());
        bytes.push(0);
        let refused = picture(file("a.png", &bytes), &Picture::ALL);
        assert!(matches!(refused, Err(Error::Invalid { message, .. }) if message.contains("8 MB")));
    }

    #[test]
    fn u4_a_file_name_is_a_name() {
        for (given, kept) in [
            ("../../etc/x.png", "x.png"),
            ("a\r\nSet-Cookie: b", "aSet-Cookie: b"),
            ("..", "picture"),
            ("", "picture"),
        ] {
            assert_eq!(file_name(given), kept);
        }
        assert_eq!(file_name(&"n".repeat(4_096)).len(), NAME_MAX);
    }

    #[test]
    fn a_recording_is_a_sound() {
        assert!(recording(file("a.wav", b"RIFF....WAVEfmt ")).is_ok());
        assert!(recording(file("a.mp3", b"ID3\x04 ")).is_ok());
        assert!(recording(file("a.mp3", b"<html>")).is_err());
        assert!(recording(NewFile { name: "a.mp3".into(), base64: "***".into() }).is_err());
    }
}
