//! The files of a site in a folder, and the digest of them all.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
};

use content::site::Site;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::{CURE_WRITE, OutputError, compress, io_error};
use crate::{
    places::SITE,
    write::{SiteFiles, Source},
};

/// Bytes of the digest that `site.json` names: enough that two builds never share one.
const DIGEST_BYTES: usize = 16;

/// Writes every file below `folder`, `site.json` last, and gives the latter. The compressed copies count for nothing in
/// the digest: they say the same in fewer bytes.
pub fn write_all(
    folder: &Path,
    SiteFiles { files, mut site, .. }: SiteFiles,
    compress: bool,
    told: &(dyn Fn() + Sync),
) -> Result<Site, OutputError> {
    let digests = files
        .par_iter()
        .map(|(name, source)| {
            let digest = write_one(folder, name, source)?;
            if compress {
                write_copies(folder, name, source, &files)?;
            }
            told();
            Ok((name, digest))
        })
        .collect::<Result<Vec<_>, OutputError>>()?;
    // The map's order is that of the names, so the digest does not hang on who was written first.
    let mut build = Sha256::new();
    for (name, digest) in digests {
        build.update(name.as_bytes());
        build.update([0]);
        build.update(digest);
    }
    site.build = build
        .finalize()
        .iter()
        .take(DIGEST_BYTES)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let path = folder.join(SITE);
    let json = serde_json::to_string(&site).map_err(io::Error::other);
    let json = json.map_err(io_error(&path, "write", CURE_WRITE))? + "\n";
    let source = Source::Bytes(json.into_bytes().into());
    write_one(folder, SITE, &source)?;
    if compress {
        write_copies(folder, SITE, &source, &files)?;
    }
    Ok(site)
}

/// Writes the compressed copies of a file that has been written, unless the publisher brings files of their names.
fn write_copies(
    folder: &Path,
    name: &str,
    source: &Source,
    files: &BTreeMap<String, Source>,
) -> Result<(), OutputError> {
    let path = folder.join(name);
    let bytes = match source {
        Source::Bytes(bytes) => Cow::Borrowed(bytes.as_ref()),
        Source::File(_) => Cow::Owned(fs::read(&path).map_err(io_error(&path, "read", CURE_WRITE))?),
    };
    let copies = compress::copies(name, &bytes).map_err(io_error(&path, "compress", CURE_WRITE))?;
    for (ending, copy) in copies {
        let name = format!("{name}{ending}");
        if !files.contains_key(&name) {
            write_one(folder, &name, &Source::Bytes(copy.into()))?;
        }
    }
    Ok(())
}

fn write_one(folder: &Path, name: &str, source: &Source) -> Result<[u8; 32], OutputError> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(io_error(parent, "make the folder", CURE_WRITE))?;
    }
    match source {
        Source::Bytes(bytes) => {
            fs::write(&path, bytes).map_err(io_error(&path, "write", CURE_WRITE))?;
            Ok(Sha256::digest(bytes).into())
        }
        Source::File(original) => {
            let mut from = File::open(original).map_err(io_error(
                original,
                "read",
                "make the file readable, or take it out of the tree",
            ))?;
            copy(&mut from, &path).map_err(io_error(&path, "write", CURE_WRITE))
        }
    }
}

/// Copies without the file's permissions and times: a site is for everybody to read.
fn copy(from: &mut File, path: &Path) -> io::Result<[u8; 32]> {
    let mut to = File::create(path)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok(digest.finalize().into());
        }
        digest.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
    }
}
