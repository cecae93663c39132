//! Images of posts that the tree does not have.
//!
//! Something else on the host may serve them, so each is a warning; and a blog whose images are all served by something
//! else is told so once a folder, not once an image.

use std::collections::{BTreeMap, HashMap, HashSet};

use content::url::{decode_path, strip_base};

use crate::{
    finding::{Finding, Problem},
    library::{
        Library,
        near::{Names, last_segment},
    },
    read::Located,
    write::targets::{Targets, has_scheme, join, source_path, split_tail},
};

/// So many of a folder that the tree does not have are told one by one.
const FEW: usize = 3;

const UNPUBLISHED: &str = "stands where no file is published from";

const MOVE: &str = "move what is shown to a folder whose files are, such as `static` of Hugo's";

/// The files that an image can be meant by, as places in [`Library::files`].
pub struct Images<'a> {
    library: &'a Library,
    /// By name, in lower case.
    by_name: HashMap<String, Vec<usize>>,
    /// By folder, in lower case: their names without extension.
    by_folder: HashMap<String, Names>,
}

/// An image that a post shows.
pub struct Shown {
    /// The folders that it stands in as it is written, the outermost first.
    folders: Vec<String>,
    /// Nothing where the tree has it.
    missing: Option<Missing>,
}

/// An image that the site does not have.
struct Missing {
    problem: Problem,
    /// The path that was probably meant.
    near: Option<String>,
    /// Whether it stands in the tree all the same.
    is_unpublished: bool,
}

impl<'a> Images<'a> {
    /// Those of `library`.
    pub fn new(library: &'a Library) -> Self {
        let mut images = Images {
            library,
            by_name: HashMap::new(),
            by_folder: HashMap::new(),
        };
        for (place, (_, path)) in library.files.iter().enumerate() {
            let (folder, name) = split_folder(path);
            images.by_name.entry(name.to_lowercase()).or_default().push(place);
            images
                .by_folder
                .entry(folder.to_lowercase())
                .or_default()
                .add(split_name(name).0, place);
        }
        images
    }

    /// The image `written` in the body of the post at `from`, unless it is another site's. A URL with the blog's own host
    /// is no mistake either: it says that it is on that host.
    pub fn of_body(&self, targets: &Targets<'_>, from: usize, written: &str) -> Option<Shown> {
        let written = written.trim();
        let path = self.own_path(written)?;
        let missing = targets.find(written, from).is_none().then(|| {
            let shown = decode_path(written);
            let otherwise = "add it, correct its path, or leave it where something else serves it";
            self.missing(from, path, &format!("the image {shown}"), "", otherwise)
        });
        Some(Shown {
            folders: folders(path),
            missing,
        })
    }

    /// The main image of the post at `from`, unless it is on the web. A path that the tree does not have would be a
    /// broken image, so the build leaves it out.
    pub fn main(&self, targets: &Targets<'_>, from: usize) -> Option<Shown> {
        let image: &Located = self.library.posts[from].post.image.as_ref()?;
        let written = image.text.trim();
        let is_there = targets.find_file(written, from).is_some();
        if !is_there && is_on_the_web(written) {
            return None;
        }
        let path = self.own_path(written).unwrap_or(written);
        let missing = (!is_there).then(|| {
            let image = format!("the main image {written}");
            let without = ", and the post is shown without";
            self.missing(from, path, &image, without, "add it, or correct its path")
        });
        Some(
            Shown {
                folders: folders(path),
                missing,
            }
            .at(image.line, image.column),
        )
    }

    /// What is wrong with an image that the site does not have, and what was probably meant.
    fn missing(&self, from: usize, path: &str, image: &str, so: &str, otherwise: &str) -> Missing {
        let near = self.near(path);
        let is_unpublished = near.is_none() && self.is_unpublished(from, path);
        let (what, cure) = match &near {
            _ if is_unpublished => (UNPUBLISHED, MOVE.to_owned()),
            Some(near) => ("is not in the tree", format!("did you mean {near}?")),
            None => ("is not in the tree", otherwise.to_owned()),
        };
        let message = format!("{image} {what}{so}");
        Missing {
            problem: Problem::warning("image-missing", message, cure),
            near,
            is_unpublished,
        }
    }

    /// Whether the tree has a file that the generator serves nowhere: in `_posts`, or beside a page of Hugo's that has no
    /// folder of its own.
    fn is_unpublished(&self, from: usize, path: &str) -> bool {
        let post = &self.library.posts[from].post;
        let folder = post.source.parent().map(source_path).unwrap_or_default();
        let folder = if path.starts_with('/') {
            ""
        } else {
            folder.as_str()
        };
        join(folder, &decode_path(path)).is_some_and(|file| self.library.root.join(&file[1..]).is_file())
    }

    /// The path of an image that can only be the blog's: relative, or from the root and below the base path.
    fn own_path<'w>(&self, written: &'w str) -> Option<&'w str> {
        let (path, _) = split_tail(written);
        if path.is_empty() || has_scheme(path) || path.starts_with("//") {
            None
        } else if path.starts_with('/') {
            strip_base(path, &self.library.config.base_path)
        } else {
            Some(path)
        }
    }

    /// The path of the file that was probably meant: the same but for case, else the only one of that name, else the
    /// nearest name in that folder.
    fn near(&self, path: &str) -> Option<String> {
        let path = decode_path(path);
        let (folder, name) = split_folder(&path);
        let (folder, name) = (folder.to_lowercase(), name.to_lowercase());
        let of_name = self.by_name.get(&name).map_or(&[][..], Vec::as_slice);
        let file = |place: &usize| self.library.files[*place].1.as_str();
        let same = of_name
            .iter()
            .map(file)
            .find(|file| file.to_lowercase() == path.to_lowercase());
        if let Some(same) = same {
            return Some(same.to_owned());
        }
        if let [only] = of_name {
            return Some(file(only).to_owned());
        }
        let (stem, extension) = split_name(&name);
        let of_folder = self.by_folder.get(&folder).into_iter();
        let mut near: Vec<(usize, bool, &str)> = of_folder
            .flat_map(|names| names.near(stem))
            .map(|(distance, _, place)| {
                let file = file(&place);
                let is_other = !split_name(file).1.eq_ignore_ascii_case(extension);
                (distance, is_other, file)
            })
            .collect();
        near.sort_unstable();
        match near[..] {
            [(a, b, nearest), ..] if near.get(1).is_none_or(|(c, d, _)| (*c, *d) > (a, b)) => {
                Some(nearest.to_owned())
            }
            _ => None,
        }
    }
}

/// What is told of each image of a folder, with the path that was probably meant.
type OfFolder = Vec<(Finding, Option<String>)>;

impl Shown {
    /// The same at a line and a column of its post.
    pub fn at(mut self, line: u32, column: u32) -> Self {
        self.missing = self.missing.map(|missing| Missing {
            problem: missing.problem.at(line, column),
            ..missing
        });
        self
    }
}

/// What is told of the images of all posts, each with the post's place in `library`. Those in a folder that the tree has
/// nothing of are told once for all, unless they are few or `verbose` asks for each.
pub fn findings(library: &Library, shown: Vec<(usize, Shown)>, verbose: bool) -> Vec<Finding> {
    let files = library.files.iter().map(|(_, path)| folders(path));
    let found = shown.iter().filter(|(_, shown)| shown.missing.is_none());
    let held: HashSet<String> = files
        .chain(found.map(|(_, shown)| shown.folders.clone()))
        .flatten()
        .collect();
    let mut findings = Vec::new();
    let mut by_folder: BTreeMap<(String, bool), OfFolder> = BTreeMap::new();
    for (place, shown) in shown {
        let Some(missing) = shown.missing else { continue };
        let path = library.root.join(&library.posts[place].post.source);
        let finding = missing.problem.in_file(&path);
        let mut folders = shown.folders.into_iter();
        match folders.find(|folder| !verbose && !held.contains(folder)) {
            Some(folder) => by_folder
                .entry((folder, missing.is_unpublished))
                .or_default()
                .push((finding, missing.near)),
            None => findings.push(finding),
        }
    }
    for ((folder, is_unpublished), missing) in by_folder {
        if missing.len() <= FEW {
            findings.extend(missing.into_iter().map(|(finding, _)| finding));
            continue;
        }
        let count = missing.len();
        findings.extend(missing.into_iter().min().map(|(first, near)| Finding {
            message: of_folder(&folder, count, is_unpublished),
            cure: match near {
                Some(near) => format!("did you mean {near} for this one? {EACH}"),
                None if is_unpublished => format!("{MOVE}; {EACH}"),
                None => format!("add them, or leave them where something else serves them; {EACH}"),
            },
            ..first
        }));
    }
    findings
}

const EACH: &str = "`--verbose` tells each";

fn of_folder(folder: &str, count: usize, is_unpublished: bool) -> String {
    let (images, there) = if folder.is_empty() {
        (format!("{count} images without a folder"), "beside the posts")
    } else {
        (format!("{count} images in {folder}"), "there")
    };
    if is_unpublished {
        format!("{images} stand where no file is published from")
    } else {
        format!("{images} are not in the tree, which has none {there}")
    }
}

fn is_on_the_web(written: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        let start = written.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// The folders of a path as it is written, the outermost first: `/a/` and `/a/b/` of `/a/b/c.png`. The root is one only
/// for what stands in it, and nothing for what stands in no folder.
fn folders(path: &str) -> Vec<String> {
    let ends = path.match_indices('/').map(|(at, _)| &path[..=at]);
    let named = ends.filter(|folder| !matches!(last_segment(folder), "" | "." | ".."));
    let folders: Vec<String> = named.map(str::to_owned).collect();
    if folders.is_empty() {
        vec![split_folder(path).0.to_owned()]
    } else {
        folders
    }
}

/// A path as its folder, with the slash, and its name.
fn split_folder(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |slash| slash + 1))
}

/// A name as what stands before its extension, and that.
fn split_name(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or((name, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_has_the_folders_that_it_is_written_with() {
        for (path, expected) in [
            ("/a/b/c.png", &["/a/", "/a/b/"][..]),
            ("/c.png", &["/"]),
            ("c.png", &[""]),
            ("./c.png", &["./"]),
            ("../a/c.png", &["../a/"]),
            ("a/c.png", &["a/"]),
        ] {
            assert_eq!(folders(path), expected, "{path}");
        }
    }
}
