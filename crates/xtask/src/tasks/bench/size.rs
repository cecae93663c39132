//! What travels to a reader: brotli, which every CDN and browser speaks. The reader as a whole has a budget, and so
//! has the first page of a post before the app comes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{blog, crates, median, row::Row, skip};
use crate::project::Project;
use crate::small_std;

/// The most that a first visit may cost, in bytes of brotli over scripts, styles and wasm.
const BUDGET: usize = 200_000;

/// The most that the page of a post may cost before the app, in bytes of brotli: HTML, style and the script that
/// starts the app; no images.
const FIRST_PAGE: usize = 12_000;

/// A file of the bundle.
struct Weight {
    file: PathBuf,
    plain: usize,
    packed: usize,
}

/// Measures the bundle, the crates in it and the first page.
///
/// # Errors
/// When the bundle cannot be read or built, or a site cannot be built with it.
pub fn measure(project: &Project) -> Result<Vec<Row>> {
    let weights = weights(&project.reader())?;
    let mut rows = Vec::new();
    for weight in &weights {
        rows.push(Row::told(
            format!("`{}`", without_hash(&weight.file)),
            format!("{} B of {}", weight.packed, weight.plain),
        ));
    }
    let packed = sum(&weights);
    rows.push(Row::held(
        "reader: wasm, script and styles, brotli",
        format!("{packed} B"),
        format!("at most {BUDGET} B"),
        packed <= BUDGET,
    ));
    rows.extend(first_pages(project, &weights)?);
    rows.extend(crates::heaviest(project)?);
    Ok(rows)
}

/// Holds the bundled reader to its budget, and tells its size to whoever builds it. Where it could not be built as small
/// as it can be ([`small_std`]), what is over is no fault of the code, and is only told.
///
/// # Errors
/// When it is over its budget, or the bundle cannot be read.
pub fn hold(project: &Project) -> Result<()> {
    let packed = sum(&weights(&project.reader())?);
    if packed <= BUDGET {
        eprintln!("The reader is {packed} bytes in brotli, of {BUDGET} allowed.");
        return Ok(());
    }
    let over = format!(
        "the reader is {packed} bytes in brotli, {} over its budget",
        packed - BUDGET
    );
    if small_std::is_at_hand(project) {
        bail!("{over}; `cargo xtask bench size` tells the heaviest crates");
    }
    eprintln!("warning: {over}: it was built with the standard library as it came");
    Ok(())
}

/// The median over the posts of the demo and of the largest real blog.
fn first_pages(project: &Project, weights: &[Weight]) -> Result<Vec<Row>> {
    let is_before_app = |weight: &&Weight| {
        let name = weight.file.to_string_lossy();
        name.ends_with(".css") || name.starts_with("boot")
    };
    let around: usize = weights
        .iter()
        .filter(is_before_app)
        .map(|weight| weight.packed)
        .sum();
    let mut trees = vec![("demo", project.path("demo"))];
    match project.corpus() {
        Some(corpus) => trees.push(("real posts", corpus.join("hugo-2023"))),
        None => skip(
            "first page of real posts",
            "there is no ../shared/corpus beside the work tree",
        ),
    }
    let mut rows = Vec::new();
    for (name, tree) in trees {
        let site = project.path("target/bench/first-page");
        blog::build(project, &tree, &site)?;
        let pages = blog::post_pages(&site)?;
        let packed: Vec<f64> = pages
            .iter()
            .map(|page| Ok((brotli(&fs::read(page)?)? + around) as f64))
            .collect::<Result<_>>()?;
        let greatest = packed.iter().copied().fold(0.0, f64::max);
        let middle = median(packed);
        rows.push(Row::held(
            format!("first page of a post before the app, median of {name}, brotli"),
            format!("{middle:.0} B (greatest {greatest:.0} B)"),
            format!("at most {FIRST_PAGE} B"),
            middle <= FIRST_PAGE as f64,
        ));
    }
    Ok(rows)
}

/// Every script, style and wasm file of a bundle, packed as a build packs files once for every visit.
fn weights(bundle: &Path) -> Result<Vec<Weight>> {
    let mut weights = Vec::new();
    for path in files(bundle)? {
        let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
        weights.push(Weight {
            file: path.strip_prefix(bundle).unwrap_or(&path).to_owned(),
            plain: bytes.len(),
            packed: brotli(&bytes)?,
        });
    }
    Ok(weights)
}

fn sum(weights: &[Weight]) -> usize {
    weights.iter().map(|weight| weight.packed).sum()
}

/// The file's name with the hash in it left out, so that the table does not change with every build.
fn without_hash(file: &Path) -> String {
    let name = file.to_string_lossy();
    let is_hash =
        |part: &str| (12..=16).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    match name.split(['-', '_', '.']).find(|part| is_hash(part)) {
        Some(hash) => name.replace(hash, "…"),
        None => name.into_owned(),
    }
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

/// The number of bytes at brotli's highest quality.
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
        let error = weights(Path::new("no/such/bundle")).err().expect("no bundle");
        assert!(format!("{error:#}").contains("no/such/bundle"));
    }

    #[test]
    fn a_hash_is_no_part_of_a_name() {
        assert_eq!(
            without_hash(Path::new("passerelle-reader-e94103de97a9044_bg.wasm")),
            "passerelle-reader-…_bg.wasm"
        );
        assert_eq!(without_hash(Path::new("boot.js")), "boot.js");
    }
}
