//! The compressed copies that stand beside text files, for servers that send them as they are.

use std::io::{self, Write};

use flate2::{Compression, GzBuilder};

/// Kinds of files that get smaller: all text, and WebAssembly.
const KINDS: [&str; 13] = [
    "html",
    "json",
    "xml",
    "js",
    "css",
    "svg",
    "txt",
    "webmanifest",
    "wasm",
    "csv",
    "md",
    "ics",
    "vtt",
];

/// How hard brotli tries, of 11: hardest on what every reader downloads, though that takes seconds; on pages, whose
/// number has no bound, as hard as is quick.
const QUALITY_OF_ASSETS: u32 = 11;
const QUALITY: u32 = 9;

/// Brotli's window, as a power of two: the greatest that every browser takes.
const WINDOW: u32 = 22;

/// The copies of the file of this name that are smaller than it: the ending of each, and its bytes. The same bytes
/// give the same copies.
///
/// # Errors
/// None that memory does not give.
pub fn copies(name: &str, bytes: &[u8]) -> io::Result<Vec<(&'static str, Vec<u8>)>> {
    let kind = name.rsplit_once('.').map(|(_, kind)| kind.to_ascii_lowercase());
    if !kind.is_some_and(|kind| KINDS.contains(&kind.as_str())) {
        return Ok(Vec::new());
    }
    let quality = if name.starts_with("assets/") {
        QUALITY_OF_ASSETS
    } else {
        QUALITY
    };
    let mut copies = vec![(".br", brotli(bytes, quality)?), (".gz", gzip(bytes)?)];
    copies.retain(|(_, copy)| copy.len() < bytes.len());
    Ok(copies)
}

fn brotli(bytes: &[u8], quality: u32) -> io::Result<Vec<u8>> {
    let mut copy = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut copy, 4096, quality, WINDOW);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(copy)
}

/// Without name, time and system in its header, so that it hangs on nothing but the bytes.
fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = GzBuilder::new().write(Vec::new(), Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_copy_is_smaller_and_holds_the_same() {
        let text = "a page of words, ".repeat(100);
        let copies = copies("en/index.html", text.as_bytes()).unwrap();
        let endings: Vec<_> = copies.iter().map(|(ending, _)| *ending).collect();
        assert_eq!(endings, [".br", ".gz"]);
        let (mut from_brotli, mut from_gzip) = (String::new(), String::new());
        brotli::Decompressor::new(&copies[0].1[..], 4096)
            .read_to_string(&mut from_brotli)
            .unwrap();
        flate2::read::GzDecoder::new(&copies[1].1[..])
            .read_to_string(&mut from_gzip)
            .unwrap();
        assert!(from_brotli == text && from_gzip == text);
        assert!(copies.iter().all(|(_, copy)| copy.len() < text.len()));
    }

    #[test]
    fn what_does_not_get_smaller_has_no_copy() {
        let text = "a page of words, ".repeat(100);
        assert_eq!(copies("a.txt", b"a").unwrap(), []);
        assert_eq!(copies("a.webp", text.as_bytes()).unwrap(), []);
        assert_eq!(copies("_headers", text.as_bytes()).unwrap(), []);
    }
}
