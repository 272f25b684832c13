//! The files of the site in memory, and how they are written and compressed.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::{Result, cache::Cache};

/// One file of the site.
pub struct SiteFile {
    /// Relative to the site's folder.
    pub path: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Every file below `dir`, its path below `prefix`; nothing when there is no such folder.
pub fn read_tree(dir: &Path, prefix: &Path) -> Result<Vec<SiteFile>> {
    let mut files = Vec::new();
    if !dir.exists() {
        return Ok(files);
    }
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let path = prefix.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            files.extend(read_tree(&entry.path(), &path)?);
        } else {
            files.push(SiteFile { path, bytes: fs::read(entry.path())? });
        }
    }
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(files)
}

/// Writes the file below `site`.
pub fn write(site: &Path, file: &SiteFile) -> Result<()> {
    let path = site.join(&file.path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, &file.bytes)?)
}

/// Writes `.br` and `.gz` beside the file, where the server's file service looks for them, and returns the size
/// of the first in bytes. Browsers take brotli over TLS and from their own machine only; gzip is for the rest.
pub fn write_compressed(site: &Path, file: &SiteFile, cache: &Cache) -> Result<u64> {
    let packed = cache.folder("packed", &[&file.bytes], |out| {
        fs::write(out.join("br"), brotli(&file.bytes)?)?;
        Ok(fs::write(out.join("gz"), gzip(&file.bytes)?)?)
    })?;
    let beside = |extension: &str| {
        let mut name = site.join(&file.path).into_os_string();
        name.push(extension);
        name
    };
    fs::copy(packed.join("gz"), beside(".gz"))?;
    Ok(fs::copy(packed.join("br"), beside(".br"))?)
}

/// Pictures and fonts are compressed already.
pub fn worth_compressing(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("wasm" | "js" | "css" | "svg" | "json" | "webmanifest"))
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_compressed_files_unpack_to_the_original() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::open(dir.path().join("cache")).unwrap();
        let file = SiteFile { path: "pkg/a.js".into(), bytes: b"let a = 1; ".repeat(200) };
        write(dir.path(), &file).unwrap();
        let size = write_compressed(dir.path(), &file, &cache).unwrap();
        let br = fs::read(dir.path().join("pkg/a.js.br")).unwrap();
        assert_eq!(size, br.len() as u64);
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut br.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, file.bytes);
        let gz = fs::read(dir.path().join("pkg/a.js.gz")).unwrap();
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(gz.as_slice()).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, file.bytes);
    }

    #[test]
    fn a_tree_is_read_with_its_folders() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("fonts")).unwrap();
        fs::write(dir.path().join("fonts/a.woff2"), "font").unwrap();
        fs::write(dir.path().join("favicon.svg"), "<svg/>").unwrap();
        let files = read_tree(dir.path(), Path::new("")).unwrap();
        let paths: Vec<_> = files.iter().map(|file| file.path.to_str().unwrap()).collect();
        assert_eq!(paths, ["favicon.svg", "fonts/a.woff2"]);
        assert!(read_tree(&dir.path().join("gone"), Path::new("")).unwrap().is_empty());
    }
}
