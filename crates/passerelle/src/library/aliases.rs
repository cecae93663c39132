//! Earlier URLs of posts (`aliases`, `redirect_from`): each where a page can stand, none in the place of anything else.
//!
//! A page at an earlier URL leads to the post, and hosts follow `_redirects` before they look for a file: an earlier URL
//! that is something else's would hide it. What cannot be is told and left out; the post stays.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use content::{
    language::Language,
    url::{decode_path, decoded_key},
};

use super::{Told, settle::unfit};
use crate::{
    finding::Problem,
    places::{data_file, file, page_file, reserved},
    read::{Located, Post, tree::Generator},
};

/// An alias as the decoded path that it means to the tree's generator, with its place. `permalink` is the post's.
///
/// Sources of the rules: jekyll-redirect-from, which reads every alias from the root; Hugo's `renderAliases`, which
/// joins one without a slash to the folder that the page stands in, and `targetPathAlias`, which makes a folder of it.
///
/// # Errors
/// When no page can stand there.
pub fn settled(alias: &Located, permalink: &str, generator: Generator) -> Result<Located, Problem> {
    let invalid = |message: String, cure: &str| {
        Problem::error("alias-invalid", message, cure).at(alias.line, alias.column)
    };
    let written = alias.text.trim();
    let local = match written.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => written,
    };
    if local.contains(['?', '#']) {
        return Err(invalid(
            format!("the alias {written} has a query or a fragment, which no host of files looks at"),
            "write the path alone, with `%3F` and `%23` for characters of its own, or lead it on with the settings of \
             your host",
        ));
    }
    let decoded = decode_path(local);
    if decoded.contains('*') {
        return Err(invalid(
            format!("the alias {written} is a pattern, and a page has one URL"),
            "write each earlier URL of the post",
        ));
    }
    let is_hugo = generator == Generator::Hugo;
    let whole = if is_hugo && !decoded.starts_with('/') {
        format!("{}/{decoded}", above(permalink))
    } else {
        decoded
    };
    let path = cleaned(&whole, is_hugo);
    match path.as_deref().map(|path| unfit(path, "alias")) {
        Some(None) => Ok(Located {
            text: path.unwrap_or_default(),
            ..*alias
        }),
        unfit => Err(invalid(
            unfit
                .flatten()
                .unwrap_or_else(|| format!("the alias {written} leads out of the site")),
            "write a path from the root of the site, such as `/2018/old-name/`",
        )),
    }
}

/// The folder that a page stands in, as Hugo has it: `/posts` of `/posts/a/` and of `/posts/a.html`.
fn above(permalink: &str) -> &str {
    permalink
        .trim_end_matches('/')
        .rsplit_once('/')
        .map_or("", |(above, _)| above)
}

/// A path with one slash before each part. As Hugo has it, `..` is resolved, and all but an HTML file ends with a slash; else
/// the last slash is as it is written, since a host may tell the two URLs apart. `None` where `..` leads out of the root.
fn cleaned(path: &str, is_hugo: bool) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        match part {
            "." if is_hugo => {}
            ".." if is_hugo => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    let mut cleaned: String = parts.iter().flat_map(|part| ["/", part]).collect();
    let has_slash = if is_hugo {
        !cleaned.ends_with(".html")
    } else {
        path.ends_with('/')
    };
    if cleaned.is_empty() || has_slash {
        cleaned.push('/');
    }
    Some(cleaned)
}

/// Who needs a file of the site.
#[derive(Clone, Copy)]
enum Holder<'a> {
    /// A post has its page or its JSON there.
    Post(&'a Post),
    /// The tree has a file there.
    File(&'a Path),
    /// A post, by its place, has an earlier URL there.
    Alias(usize, &'a Post),
}

/// Takes from the posts, and tells, every alias that is where something else stands. An alias that is the post's own
/// permalink, or stands there twice, is no mistake that anybody meets: it goes untold.
pub fn leave_out_taken(
    posts: &mut [Post],
    languages: &[Language],
    files: &[(PathBuf, String)],
    told: &mut Told<'_>,
) {
    if posts.iter().all(|post| post.aliases.is_empty()) {
        return;
    }
    let holders = holders(posts, files);
    let kept: Vec<Vec<Located>> = posts
        .iter()
        .enumerate()
        .map(|(place, post)| {
            let mut kept: Vec<Located> = Vec::new();
            for alias in &post.aliases {
                let page = page_file(&alias.text);
                let taken = reserved(&page, languages)
                    .map(|what| taken_by_site(alias, what))
                    .or_else(|| taken(alias, &page, place, &holders));
                let is_own = decoded_key(&alias.text) == decoded_key(&post.path);
                let is_twice = kept.iter().any(|known| known.text == alias.text);
                match taken {
                    _ if is_own || is_twice => {}
                    None => kept.push(alias.clone()),
                    Some(problem) => told.tell(&post.source, problem),
                }
            }
            kept
        })
        .collect();
    for (post, aliases) in posts.iter_mut().zip(kept) {
        post.aliases = aliases;
    }
}

/// Every file that posts and tree need, with those who need it; of two, the one that has the better right first.
fn holders<'a>(posts: &'a [Post], files: &'a [(PathBuf, String)]) -> BTreeMap<String, Vec<Holder<'a>>> {
    let of_posts = posts.iter().flat_map(|post| {
        [page_file(&post.path), data_file(&post.path)].map(|file| (file, Holder::Post(post)))
    });
    let of_tree = files
        .iter()
        .map(|(source, path)| (file(path), Holder::File(source)));
    let of_aliases = posts.iter().enumerate().flat_map(|(place, post)| {
        let pages = post.aliases.iter().map(|alias| page_file(&alias.text));
        pages.map(move |page| (page, Holder::Alias(place, post)))
    });
    let mut holders: BTreeMap<String, Vec<Holder<'_>>> = BTreeMap::new();
    for (file, holder) in of_posts.chain(of_tree).chain(of_aliases) {
        holders.entry(file).or_default().push(holder);
    }
    holders
}

/// The alias, whose page is `page`, is where something else stands: in its place, as a file where it needs a folder, or in
/// a folder of its name.
fn taken(
    alias: &Located,
    page: &str,
    place: usize,
    holders: &BTreeMap<String, Vec<Holder<'_>>>,
) -> Option<Problem> {
    let above = page.match_indices('/').map(|(end, _)| &page[..end]);
    let here = above.chain([page]).filter_map(|file| holders.get(file));
    let folder = format!("{page}/");
    let below = holders
        .range(folder.clone()..)
        .take_while(|(file, _)| file.starts_with(&folder))
        .map(|(_, holders)| holders);
    let mut others = here
        .chain(below)
        .flatten()
        .filter(|holder| !matches!(holder, Holder::Alias(of, _) if *of == place));
    let path = &alias.text;
    let (message, cure) = match others.next()? {
        Holder::Post(post) => (
            format!("the alias {path} is where {} stands", post.source.display()),
            "delete it, or give that post another permalink",
        ),
        Holder::File(source) => (
            format!("the alias {path} is where the file {} stands", source.display()),
            "delete it, or rename the file",
        ),
        Holder::Alias(_, post) => (
            format!("the alias {path} is also that of {}", post.source.display()),
            "delete it in the one that did not stand there",
        ),
    };
    Some(Problem::error("alias-taken", message, cure).at(alias.line, alias.column))
}

fn taken_by_site(alias: &Located, what: &str) -> Problem {
    let message = format!("the alias {} is where {what} stands", alias.text);
    Problem::error("alias-taken", message, "delete it").at(alias.line, alias.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path of an alias of the post at `permalink`, or the rule that is told.
    fn path(alias: &str, permalink: &str, generator: Generator) -> Result<String, &'static str> {
        let alias = Located {
            text: alias.to_owned(),
            line: 3,
            column: 1,
        };
        match settled(&alias, permalink, generator) {
            Ok(alias) => Ok(alias.text),
            Err(problem) => {
                assert_eq!(problem.place, Some((3, 1)));
                Err(problem.rule)
            }
        }
    }

    #[test]
    fn an_alias_is_read_from_the_root() {
        for (alias, expected) in [
            ("/old/", "/old/"),
            (" older ", "/older"),
            ("https://blog.ca/%C3%A9t%C3%A9/", "/été/"),
            ("https://blog.ca", "/"),
            ("//old//x.html", "/old/x.html"),
        ] {
            let found = path(alias, "/en/a/", Generator::Jekyll);
            assert_eq!(found.as_deref(), Ok(expected), "{alias}");
        }
    }

    #[test]
    fn hugo_joins_an_alias_without_a_slash_to_the_folder_of_the_page() {
        for (alias, permalink, expected) in [
            ("old-name", "/posts/a/", Ok("/posts/old-name/")),
            ("old/", "/fr/posts/a.html", Ok("/fr/posts/old/")),
            ("../old/", "/posts/a/", Ok("/old/")),
            ("/x/../y/", "/posts/a/", Ok("/y/")),
            ("old", "/a/", Ok("/old/")),
            ("/old.html", "/a/", Ok("/old.html")),
            ("/old.html/", "/a/", Ok("/old.html")),
            ("/old.php", "/a/", Ok("/old.php/")),
            ("../../old", "/posts/a/", Err("alias-invalid")),
        ] {
            let found = path(alias, permalink, Generator::Hugo);
            assert_eq!(
                found.as_deref().map_err(|rule| *rule),
                expected,
                "{alias} of {permalink}"
            );
        }
    }

    #[test]
    fn where_no_page_can_stand_there_is_no_alias() {
        for alias in ["/*", "/a%2A", "/a/../b", "/a?b", "/a#b", "/a\\b", "/a%00"] {
            let found = path(alias, "/en/a/", Generator::Plain);
            assert_eq!(found, Err("alias-invalid"), "{alias}");
        }
    }
}
