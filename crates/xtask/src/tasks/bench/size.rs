//! The size of the bundled reader as it travels: brotli, which every CDN and browser speaks.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The most that a first visit may cost, in bytes of brotli over scripts, styles and wasm.
const BUDGET: usize = 200_000;

/// Prints every script, style and wasm file of the bundle; tells whether their sum is within the budget.
///
/// # Errors
/// When the bundle cannot be read.
pub fn print(bundle: &Path) -> Result<bool> {
    println!("{:<48} {:>10} {:>10}", "file", "bytes", "brotli");
    let (mut plain, mut packed) = (0, 0);
    for file in files(bundle)? {
        let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
        let small = brotli(&bytes)?;
        let name = file.strip_prefix(bundle).unwrap_or(&file);
        println!("{:<48} {:>10} {small:>10}", name.display(), bytes.len());
        plain += bytes.len();
        packed += small;
    }
    println!("{:<48} {plain:>10} {packed:>10}", "sum");
    println!("{:<48} {:>10} {BUDGET:>10}\n", "budget", "");
    if packed > BUDGET {
        println!("The reader is {} bytes over its budget.\n", packed - BUDGET);
    }
    Ok(packed <= BUDGET)
}

/// The files of the bundle that a first visit loads, at any depth, in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path
            .extension()
            .is_some_and(|it| it == "wasm" || it == "js" || it == "css")
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The number of bytes at brotli's highest quality, as a build packs files once for every visit.
fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 22);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(packed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_makes_what_repeats_small() {
        let packed = brotli(&b"passerelle ".repeat(1000)).expect("packs");
        assert!((1..100).contains(&packed), "{packed}");
    }

    #[test]
    fn a_bundle_that_is_not_there_is_named() {
        let error = print(Path::new("no/such/bundle")).expect_err("no bundle");
        assert!(format!("{error:#}").contains("no/such/bundle"));
    }
}
