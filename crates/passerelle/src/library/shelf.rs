//! Manuscripts become posts in their order: bad ones are left out, drafts and future ones held back.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
    path::PathBuf,
};

use content::{language::Language, url::decoded_key};

use super::{LoadOptions, Told, settle};
use crate::{
    config::Config,
    finding::Problem,
    places::{self, data_file, page_file},
    read::{Post, date::Date, manuscript::Manuscript, tree::Tree},
};

/// The posts of a site, sorted.
#[derive(Default)]
pub struct Shelf {
    /// As `Library::languages`; the first of them is the default of the site.
    pub languages: Vec<Language>,
    /// As `Library::posts`.
    pub posts: Vec<Post>,
    /// How many were left out here.
    pub left_out: usize,
    /// As `Library::held_back`.
    pub held_back: usize,
    /// The permalinks, as [`path_key`] gives them, of posts that are in the tree but not in the site.
    pub known_paths: HashSet<String>,
    /// The permalink of each post that has a folder of its own, by that folder.
    pub bundles: HashMap<PathBuf, String>,
}

/// A post with what decides on its place.
struct Candidate {
    post: Post,
    timestamp: i64,
    held_back: bool,
    bundle: bool,
}

/// Settles every manuscript and sorts the posts: by language, newest first, then by path.
pub fn fill(
    manuscripts: Vec<Manuscript>,
    tree: &Tree,
    config: &Config,
    options: &LoadOptions,
    told: &mut Told<'_>,
) -> Shelf {
    let mut shelf = Shelf::default();
    let mut candidates = Vec::new();
    for manuscript in manuscripts {
        let source = manuscript.source.clone();
        match candidate(manuscript, tree, config, options, told) {
            Ok(candidate) => candidates.push(candidate),
            Err(problem) => {
                shelf.left_out += 1;
                told.tell(&source, problem);
            }
        }
    }
    let (held_back, mut shown): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|candidate| candidate.held_back);
    shelf.held_back = held_back.len();
    shelf.known_paths.extend(
        held_back
            .iter()
            .map(|candidate| decoded_key(&candidate.post.path)),
    );
    shelf.languages = languages(&shown, &config.default_language);
    shelf.leave_out_collisions(&mut shown, told);
    // A language whose only posts were left out has no list.
    shelf.languages = languages(&shown, &config.default_language);
    let rank = |post: &Post| {
        shelf
            .languages
            .iter()
            .position(|language| *language == post.language)
    };
    shown.sort_by(|a, b| {
        let key = |candidate: &Candidate| (rank(&candidate.post), Reverse(candidate.timestamp));
        key(a).cmp(&key(b)).then_with(|| a.post.path.cmp(&b.post.path))
    });
    for Candidate { post, bundle, .. } in shown {
        if let (true, Some(folder)) = (bundle, post.source.parent()) {
            shelf.bundles.insert(folder.to_owned(), post.path.clone());
        }
        shelf.posts.push(post);
    }
    shelf
}

fn candidate(
    manuscript: Manuscript,
    tree: &Tree,
    config: &Config,
    options: &LoadOptions,
    told: &mut Told<'_>,
) -> Result<Candidate, Problem> {
    let timestamp = manuscript.date.timestamp();
    let is_after_now = |date: Option<Date>| date.is_some_and(|date| date.timestamp() > options.now);
    let is_future = is_after_now(manuscript.appears) || timestamp > options.now && !manuscript.place.draft;
    let is_over = manuscript.expires.is_some() && !is_after_now(manuscript.expires);
    let held_back = manuscript.held_back && !options.drafts || is_future && !options.future || is_over;
    let (bundle, source) = (manuscript.place.bundle, manuscript.source.clone());
    let mut problems = Vec::new();
    let post = settle::post(manuscript, tree, config, &mut problems);
    for problem in problems {
        told.tell(&source, problem);
    }
    let post = post?;
    Ok(Candidate {
        held_back: held_back || tree.site.disabled.contains(&post.language),
        post,
        timestamp,
        bundle,
    })
}

/// The languages of the posts: first the default, or what stands for it where no post is in it, then by tag.
fn languages(candidates: &[Candidate], default: &Language) -> Vec<Language> {
    let of_posts = candidates.iter().map(|candidate| &candidate.post.language);
    let default = &settle::first_language(default, of_posts);
    let mut languages: Vec<Language> = candidates
        .iter()
        .map(|candidate| candidate.post.language.clone())
        .collect();
    languages.sort_by_key(|language| (language != default, language.clone()));
    languages.dedup();
    languages
}

impl Shelf {
    /// Posts whose URL another post has, or the site itself.
    fn leave_out_collisions(&mut self, shown: &mut Vec<Candidate>, told: &mut Told<'_>) {
        let mut by_key: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        for Candidate { post, .. } in shown.iter() {
            by_key
                .entry(decoded_key(&post.path))
                .or_default()
                .push(post.source.clone());
        }
        let files: HashMap<String, PathBuf> = shown
            .iter()
            .flat_map(|Candidate { post, .. }| {
                let files = [page_file(&post.path), data_file(&post.path)];
                files.map(|file| (file, post.source.clone()))
            })
            .collect();
        shown.retain(|Candidate { post, .. }| {
            let key = decoded_key(&post.path);
            let problem = match (&by_key[&key][..], reserved(post, &self.languages)) {
                (_, Some(problem)) => problem,
                ([_], None) => match below_file(post, &files) {
                    Some(problem) => problem,
                    None => return true,
                },
                (files, None) => same_url(post, files),
            };
            self.left_out += 1;
            self.known_paths.insert(key);
            told.tell(&post.source, problem);
            false
        });
    }
}

/// The site has something where the post's page would stand, or the JSON beside it.
fn reserved(post: &Post, languages: &[Language]) -> Option<Problem> {
    let path = &post.path;
    let page = || Some((places::reserved(&page_file(path), languages)?, String::new()));
    let data = || {
        let file = data_file(path);
        let what = places::reserved(&file, languages)?;
        Some((what, format!(" has its data at /{file}, which")))
    };
    let (what, by) = page().or_else(data)?;
    let message = format!("the permalink {path}{by} is where {what} stands");
    Some(Problem::error(
        "permalink-reserved",
        message,
        "give the post another `slug` or `permalink`, or rename its file",
    ))
}

/// The post's page would stand in a folder that has the name of a file of another post: `/a.html/b/` beside `/a.html`.
fn below_file(post: &Post, files: &HashMap<String, PathBuf>) -> Option<Problem> {
    let page = page_file(&post.path);
    let mut above = page.match_indices('/').map(|(end, _)| &page[..end]);
    let (file, source) = above.find_map(|folder| files.get_key_value(folder))?;
    let message = format!(
        "no page can stand at the permalink {}, since /{file} is a file of {}",
        post.path,
        source.display()
    );
    let cure = "give one of them another `slug` or `permalink`";
    Some(Problem::error("permalink-invalid", message, cure))
}

fn same_url(post: &Post, files: &[PathBuf]) -> Problem {
    let others: Vec<_> = files
        .iter()
        .filter(|file| **file != post.source)
        .map(|file| file.display().to_string())
        .collect();
    let message = format!(
        "the permalink {} is also that of {}",
        post.path,
        others.join(" and ")
    );
    Problem::error(
        "permalink-twice",
        message,
        "give one of them another `slug`, date or file name, or delete it",
    )
}
