//! Which files of the publisher's tree, besides posts, go into the site.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use super::documents::Measured;
use crate::library::Library;

/// Folders whose files Hugo and Jekyll copy as they are.
const COPIED: [&str; 2] = ["static", "assets"];

/// What the theme was made of: the reader brings its own, so these would only be dead weight.
const THEME: [&str; 10] = [
    "css", "scss", "sass", "less", "js", "mjs", "ts", "jsx", "tsx", "map",
];

/// The files that are published, with their paths in the site: those that a post shows or links to (`wanted`, places in
/// [`Library::files`]), and all in a folder that the generators copy, but for the theme's source.
pub fn published<'a>(library: &'a Library, wanted: &BTreeSet<usize>) -> Vec<(&'a PathBuf, &'a str)> {
    library
        .files
        .iter()
        .enumerate()
        .filter(|(place, (source, _))| wanted.contains(place) || is_copied(source))
        .map(|(_, (source, path))| (source, path.as_str()))
        .collect()
}

fn is_copied(source: &Path) -> bool {
    let is_in_folder = source
        .iter()
        .any(|name| COPIED.iter().any(|folder| name == *folder));
    let extension = source
        .extension()
        .and_then(OsStr::to_str)
        .unwrap_or_default()
        .to_ascii_lowercase();
    is_in_folder && !THEME.contains(&extension.as_str())
}

/// What a file tells of itself; nothing where it cannot be read.
pub fn measure(path: &Path) -> Measured {
    let size = imagesize::size(path).ok().and_then(|size| {
        Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
            .filter(|size| size.0 > 0 && size.1 > 0)
    });
    let bytes = fs::metadata(path).map_or(0, |known| known.len());
    Measured { size, bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn static_files_are_copied_and_the_theme_is_not() {
        for (source, copied) in [
            ("static/img/a.png", true),
            ("blog.example/assets/report.PDF", true),
            ("static/css/site.CSS", false),
            ("assets/main.scss", false),
            ("package.json", false),
            ("content/en/blog/posts/a.png", false),
        ] {
            assert_eq!(is_copied(Path::new(source)), copied, "{source}");
        }
    }
}
