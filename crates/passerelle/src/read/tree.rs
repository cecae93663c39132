//! What kind of tree the posts stand in, and what a file's place in it tells: name, day, language, sections.

use std::path::{Component, Path, PathBuf};

use content::{language::Language, post::Dialect};

use super::generator::{self, Site};
use crate::finding::Finding;

/// Whose tree it is. It decides on permalinks, on where files are served, and on the dialect of Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generator {
    /// Posts stand in `_posts` folders.
    Jekyll,
    /// Posts stand under `content`.
    Hugo,
    /// Posts stand anywhere.
    Plain,
}

/// A tree of posts, before any post is read.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The content folder.
    pub root: PathBuf,
    /// Whose it is.
    pub generator: Generator,
    /// What the generator's own configuration says.
    pub site: Site,
}

/// What the place of a file tells of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file's name without extension, language suffix and Jekyll's date; of a page bundle, its folder's name.
    pub name: String,
    /// The day in the name of a Jekyll post, as it is written there.
    pub day: Option<String>,
    /// Whether it stands in `_drafts`.
    pub draft: bool,
    /// Whether it is the `index` of a folder of its own, whose other files belong to it.
    pub bundle: bool,
    /// The language of the nearest folder that is named by one.
    pub folder_language: Option<Language>,
    /// The language at the end of the name, `post.fr.md`.
    pub suffix_language: Option<Language>,
    /// The domain whose folder it stands in (`digital.canada.ca/_posts/…`).
    pub host: Option<String>,
    /// Jekyll's categories by folder, Hugo's sections.
    pub sections: Vec<String>,
}

impl Tree {
    /// Looks at the top of the folder: Jekyll's and Hugo's trees are told by `_posts`, `content` and their
    /// configuration.
    ///
    /// # Errors
    /// When the generator's configuration cannot be understood.
    pub fn detect(root: &Path, files: &[PathBuf]) -> Result<Tree, Finding> {
        let root_is = |name: &str| root.canonicalize().is_ok_and(|path| path.ends_with(name));
        let has_folder = |name: &str| {
            files
                .iter()
                .any(|file| folders(file).any(|folder| folder == name))
        };
        let starts_with = |name: &str| files.iter().any(|file| folders(file).next() == Some(name));
        let generator = if has_folder("_posts") || has_folder("_drafts") || root_is("_posts") {
            Generator::Jekyll
        } else if starts_with("content") || root_is("content") || generator::has_hugo_config(root) {
            Generator::Hugo
        } else {
            Generator::Plain
        };
        let site = match generator {
            Generator::Jekyll => generator::jekyll(root)?,
            Generator::Hugo => generator::hugo(root)?,
            Generator::Plain => Site::default(),
        };
        Ok(Tree {
            root: root.to_owned(),
            generator,
            site,
        })
    }

    /// Whose Markdown its posts are written in.
    pub fn dialect(&self) -> Dialect {
        match self.generator {
            Generator::Jekyll => Dialect::Kramdown,
            Generator::Hugo => Dialect::Goldmark,
            Generator::Plain => Dialect::Gfm,
        }
    }

    /// What the place of `file` (from the root) tells, or `None` where no post can stand: Jekyll's pages and
    /// layouts, Hugo's section pages and whatever is outside its content.
    pub fn place(&self, file: &Path) -> Option<Place> {
        let folders: Vec<&str> = folders(file).collect();
        let stem = file.file_stem()?.to_str()?;
        let (stem, suffix_language) = split_language(stem);
        let mut place = Place {
            name: stem.to_owned(),
            suffix_language,
            ..Place::default()
        };
        place.folder_language = folders.iter().rev().find_map(|folder| known_language(folder));
        match self.generator {
            Generator::Jekyll => self.jekyll_place(&folders, &mut place)?,
            Generator::Hugo => self.hugo_place(&folders, &mut place)?,
            Generator::Plain => bundle(&folders, &mut place),
        }
        Some(place)
    }

    /// Whether Jekyll's `exclude` names a file, or a folder above it.
    pub fn is_excluded(&self, file: &Path) -> bool {
        self.excluding(file).next().is_some()
    }

    /// Whether no build of the blog looks at a file. One that is built once a language excludes the folders of the others
    /// each time.
    pub fn is_never_built(&self, file: &Path) -> bool {
        self.excluding(file)
            .any(|name| !name.split('/').any(|part| known_language(part).is_some()))
    }

    fn excluding<'a>(&'a self, file: &'a Path) -> impl Iterator<Item = &'a str> {
        let names = self.site.excluded.iter().map(|name| name.trim_matches('/'));
        names.filter(|name| file.starts_with(name))
    }

    /// Whether a top folder is a domain of its own, as a blog has them that is served at several.
    pub fn is_host(&self, folder: &str) -> bool {
        self.generator == Generator::Jekyll && is_host(folder)
    }

    fn jekyll_place(&self, folders: &[&str], place: &mut Place) -> Option<()> {
        let at = folders
            .iter()
            .position(|folder| matches!(*folder, "_posts" | "_drafts"));
        let above = match at {
            Some(at) => &folders[..at],
            None if self
                .root
                .canonicalize()
                .is_ok_and(|root| root.ends_with("_posts")) =>
            {
                &[]
            }
            None => return None,
        };
        place.draft = at.is_some_and(|at| folders[at] == "_drafts");
        if let Some((day, name)) = split_day(&place.name) {
            (place.day, place.name) = (Some(day.to_owned()), name.to_owned());
        }
        place.host = above
            .first()
            .filter(|folder| is_host(folder))
            .map(|host| (*host).to_owned());
        let skipped = usize::from(place.host.is_some());
        place.sections = above[skipped..]
            .iter()
            .map(|folder| (*folder).to_owned())
            .collect();
        Some(())
    }

    fn hugo_place(&self, folders: &[&str], place: &mut Place) -> Option<()> {
        if place.name == "_index" {
            return None;
        }
        let by_config = self.site.content_folders.iter().find_map(|(folder, language)| {
            let depth = folder.split('/').count();
            (folders.get(..depth)?.join("/") == *folder).then_some((depth, language.clone()))
        });
        let depth = match by_config {
            Some((depth, language)) => {
                place.folder_language = Some(language);
                depth
            }
            None => self.content_depth(folders)?,
        };
        bundle(folders, place);
        let end = folders.len() - usize::from(place.bundle);
        place.sections = folders
            .get(depth..end)?
            .iter()
            .map(|folder| (*folder).to_owned())
            .collect();
        Some(())
    }

    /// How many folders stand above the sections: `content`, and a folder of one language right below it.
    fn content_depth(&self, folders: &[&str]) -> Option<usize> {
        let content = match folders.first() {
            Some(&"content") => 1,
            _ if self
                .root
                .canonicalize()
                .is_ok_and(|root| root.ends_with("content")) =>
            {
                0
            }
            _ => return None,
        };
        let language = folders.get(content).and_then(|folder| known_language(folder));
        Some(content + usize::from(language.is_some()))
    }
}

/// `slug/index.md` is the post of the folder `slug`.
fn bundle(folders: &[&str], place: &mut Place) {
    if let ("index", Some(folder)) = (place.name.as_str(), folders.last()) {
        place.name = (*folder).to_owned();
        place.bundle = true;
    }
}

/// The folders above a file, from the root. A name that is not UTF-8 ends them: no post stands there.
pub fn folders(file: &Path) -> impl Iterator<Item = &str> {
    file.parent()
        .into_iter()
        .flat_map(Path::components)
        .map_while(|component| match component {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
}

/// A language by the name of a folder, where Passerelle knows it by name.
fn known_language(name: &str) -> Option<Language> {
    name.parse().ok().filter(Language::is_known)
}

/// `post.fr` as `post` and French.
pub fn split_language(stem: &str) -> (&str, Option<Language>) {
    let split = stem.rsplit_once('.').filter(|(name, _)| !name.is_empty());
    match split.and_then(|(name, suffix)| Some((name, known_language(suffix)?))) {
        Some((name, language)) => (name, Some(language)),
        None => (stem, None),
    }
}

/// `2018-07-05-name` as `2018-07-05` and `name` (Jekyll's rule).
pub fn split_day(name: &str) -> Option<(&str, &str)> {
    let end = name.match_indices('-').nth(2)?.0;
    let (day, rest) = name.split_at(end);
    let is_day = day
        .split('-')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    is_day.then_some((day, &rest[1..]))
}

/// Whether a folder is named as a domain: `digital.canada.ca`.
fn is_host(name: &str) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    let is_label =
        |label: &&str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_top = |label: &&str| label.len() >= 2 && label.bytes().all(|b| b.is_ascii_alphabetic());
    labels.len() >= 2 && labels.iter().all(is_label) && labels.last().is_some_and(is_top)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> Tree {
        let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
        Tree::detect(Path::new("/no such folder"), &files).unwrap()
    }

    #[test]
    fn a_tree_is_told_by_its_folders() {
        for (file, generator) in [
            ("_posts/en/2018-01-01-a.md", Generator::Jekyll),
            ("example.org/_posts/2018-01-01-a.md", Generator::Jekyll),
            ("content/en/blog/a.md", Generator::Hugo),
            ("posts/en/a.md", Generator::Plain),
            ("blog/content/a.md", Generator::Plain),
        ] {
            assert_eq!(tree(&[file]).generator, generator, "{file}");
        }
    }

    #[track_caller]
    fn place(file: &str) -> Option<Place> {
        tree(&[file]).place(Path::new(file))
    }

    fn language(tag: &str) -> Option<Language> {
        tag.parse().ok()
    }

    #[test]
    fn a_jekyll_post_is_told_by_its_folder_and_name() {
        let found = place("example.org/news/_posts/fr/2018-7-05-l’été.md").unwrap();
        assert_eq!(
            found,
            Place {
                name: "l’été".to_owned(),
                day: Some("2018-7-05".to_owned()),
                folder_language: language("fr"),
                host: Some("example.org".to_owned()),
                sections: vec!["news".to_owned()],
                ..Place::default()
            }
        );
        assert!(place("_drafts/idea.md").unwrap().draft);
        let tree = tree(&["_posts/2018-01-01-a.md"]);
        assert_eq!(tree.place(Path::new("_layouts/post.html")), None);
        assert_eq!(tree.place(Path::new("about.md")), None);
    }

    #[test]
    fn a_hugo_post_has_sections_and_may_be_a_bundle() {
        let found = place("content/fr/blog/posts/été/index.md").unwrap();
        assert_eq!((found.name.as_str(), found.bundle), ("été", true));
        assert_eq!(found.sections, ["blog", "posts"]);
        assert_eq!(found.folder_language, language("fr"));
        assert_eq!(place("content/en/blog/_index.md"), None);
        assert_eq!(
            tree(&["content/a.md"]).place(Path::new("archetypes/default.md")),
            None
        );
    }

    #[test]
    fn a_language_is_told_by_folder_or_suffix() {
        for (file, folder, suffix, name) in [
            ("posts/fr/a.md", Some("fr"), None, "a"),
            ("posts/pt_BR/x/a.md", Some("pt-BR"), None, "a"),
            ("posts/a.fr.md", None, Some("fr"), "a"),
            ("posts/css/a.old.md", None, None, "a.old"),
            ("posts/.fr.md", None, None, ".fr"),
        ] {
            let found = place(file).unwrap();
            assert_eq!(found.folder_language, folder.and_then(language), "{file}");
            assert_eq!(
                (found.suffix_language, found.name.as_str()),
                (suffix.and_then(language), name),
                "{file}"
            );
        }
    }

    #[test]
    fn domains_are_told_from_other_folders() {
        for (name, is) in [
            ("digital.canada.ca", true),
            ("example.org", true),
            ("v1.0", false),
            ("posts", false),
            (".x", false),
        ] {
            assert_eq!(is_host(name), is, "{name}");
        }
    }
}
