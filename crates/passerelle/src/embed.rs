//! The bundled reader: the shell that every page is poured into, and the files that the shell loads.

use std::{borrow::Cow, fs, io, path::Path};

use crate::places;

include!(concat!(env!("OUT_DIR"), "/reader.rs"));

/// The shell's name in the bundle.
const SHELL: &str = "index.html";

/// A bundled reader.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The shell, as Trunk wrote it.
    pub shell: String,
    /// The other files: path in the site (`assets/app-1234.js`, `sw.js`), bytes.
    pub files: Vec<(String, Cow<'static, [u8]>)>,
}

/// There is no reader that a site can be built with.
#[derive(Debug, thiserror::Error)]
pub enum NoReader {
    /// The command was compiled before the reader was bundled.
    #[error("this binary has no reader in it; build it with `cargo xtask dist`")]
    NotEmbedded,
    /// The folder given with `--reader` is no bundle.
    #[error(
        "{folder}: cannot read the bundled reader: {error}; run `cargo xtask dist`, or name the folder that Trunk wrote"
    )]
    Folder {
        /// The folder.
        folder: String,
        /// What went wrong.
        error: io::Error,
    },
}

impl Reader {
    /// The reader of `folder`, else the one in this binary.
    ///
    /// # Errors
    /// When the folder is no bundle, or when none is embedded.
    pub fn find(folder: Option<&Path>) -> Result<Reader, NoReader> {
        match folder {
            Some(folder) => Self::read(folder).map_err(|error| NoReader::Folder {
                folder: folder.display().to_string(),
                error,
            }),
            None => Self::of(
                FILES
                    .iter()
                    .map(|&(name, bytes)| (name.to_owned(), Cow::Borrowed(bytes))),
            )
            .ok_or(NoReader::NotEmbedded),
        }
    }

    fn read(folder: &Path) -> io::Result<Reader> {
        let mut files = Vec::new();
        collect(folder, "", &mut files)?;
        Self::of(files.into_iter())
            .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "it has no index.html"))
    }

    fn of(bundle: impl Iterator<Item = (String, Cow<'static, [u8]>)>) -> Option<Reader> {
        let (mut shell, mut files) = (None, Vec::new());
        for (name, bytes) in bundle {
            match name.as_str() {
                SHELL => shell = String::from_utf8(bytes.into_owned()).ok(),
                places::WORKER => files.push((name, bytes)),
                _ => files.push((format!("{}/{name}", places::ASSETS), bytes)),
            }
        }
        Some(Reader { shell: shell?, files })
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, Cow<'static, [u8]>)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        // Trunk stages its work in `.stage`.
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push((name, Cow::Owned(fs::read(entry.path())?)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_is_told_from_assets_and_from_the_service_worker() {
        let bundle = ["app-1.js", "icons/a.svg", "index.html", "sw.js"];
        let reader = Reader::of(
            bundle
                .iter()
                .map(|name| ((*name).to_owned(), Cow::Borrowed(name.as_bytes()))),
        )
        .unwrap();
        assert_eq!(reader.shell, "index.html");
        let paths: Vec<_> = reader.files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["assets/app-1.js", "assets/icons/a.svg", "sw.js"]);
    }

    #[test]
    fn a_binary_without_a_reader_says_how_one_is_built() {
        assert!(Reader::of(std::iter::empty()).is_none());
        assert_eq!(
            NoReader::NotEmbedded.to_string(),
            "this binary has no reader in it; build it with `cargo xtask dist`"
        );
    }

    #[test]
    fn a_folder_that_is_no_bundle_is_named() {
        let empty = std::env::temp_dir().join(format!("passerelle-no-bundle-{}", std::process::id()));
        fs::create_dir_all(&empty).unwrap();
        let message = Reader::find(Some(&empty)).unwrap_err().to_string();
        fs::remove_dir(&empty).unwrap();
        assert!(
            message.contains("passerelle-no-bundle") && message.contains("index.html"),
            "{message}"
        );
    }
}
