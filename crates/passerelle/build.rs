//! Puts the bundled reader into the command: every file of the bundle becomes a static of `embed`.
//!
//! The bundle is the folder that `PASSERELLE_READER` names, else `target/reader` of the workspace. Without one the
//! command compiles all the same and says at run time that it has no reader.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PASSERELLE_READER");
    let bundle = match env::var_os("PASSERELLE_READER") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/reader"),
    };
    let mut files = Vec::new();
    // A path that is not there would make cargo run this script, and compile the crate, every time.
    if bundle.join("index.html").is_file() {
        println!("cargo::rerun-if-changed={}", bundle.display());
        collect(&bundle.canonicalize()?, "", &mut files)?;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("reader.rs");
    fs::write(out, statics(&files))
}

/// Every file below `folder` with its path in the bundle, in one order on every machine.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        // Trunk stages its work in `.stage`.
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push((name, entry.path()));
        }
    }
    Ok(())
}

fn statics(files: &[(String, PathBuf)]) -> String {
    let entries: String = files
        .iter()
        .map(|(name, path)| format!("    ({name:?}, include_bytes!({path:?})),\n"))
        .collect();
    format!("static FILES: &[(&str, &[u8])] = &[\n{entries}];\n")
}
