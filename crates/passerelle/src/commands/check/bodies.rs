//! What is wrong with the body of a post and with its pictures.

use content::render::{Destination, Remark, RemarkKind, destinations, render};
use rayon::prelude::*;

use super::{
    images::{self, Images, Shown},
    links::{Hosts, Links},
};
use crate::{
    finding::{Finding, Problem},
    library::Library,
    read::Post,
    write::documents::named,
};

/// What is told of one post, and what can be told only when all are read.
struct Told {
    findings: Vec<Finding>,
    /// The links that may be the blog's own, each with its origin.
    foreign: Vec<(String, Destination)>,
    images: Vec<Shown>,
}

/// The remarks of the renderer, images without text or not in the tree, and links that lead to no post. What changes only how a post
/// looks, or is rendered another way, is told when `verbose`.
pub fn findings(library: &Library, verbose: bool) -> Vec<Finding> {
    let (links, images) = (Links::new(library), Images::new(library));
    let read: Vec<Told> = (0..library.posts.len())
        .into_par_iter()
        .map(|place| read(&links, &images, library, place, verbose))
        .collect();
    let mut findings = Vec::new();
    let mut hosts = Hosts::default();
    let mut shown = Vec::new();
    for (place, told) in read.into_iter().enumerate() {
        findings.extend(told.findings);
        for (origin, link) in told.foreign {
            hosts.count(origin, &links, place, &link);
        }
        shown.extend(told.images.into_iter().map(|image| (place, image)));
    }
    findings.extend(hosts.findings());
    findings.extend(images::findings(library, shown, verbose));
    findings
}

fn read(links: &Links<'_>, images: &Images<'_>, library: &Library, at: usize, verbose: bool) -> Told {
    let post = &library.posts[at].post;
    // Where links lead changes nothing of what the renderer tells.
    let (body, named) = named(library, &links.targets, at);
    let remarks = render(&body).remarks;
    let told = remarks.iter().filter(|remark| verbose || is_loss(remark));
    let mut problems: Vec<Problem> = told.map(|remark| of_remark(post, remark)).collect();
    problems.extend(main_image(post));
    problems.extend(named.iter().filter_map(|named| links.dangling(at, named)));
    let mut shown: Vec<Shown> = images.main(&links.targets, at).into_iter().collect();
    let mut foreign = Vec::new();
    for found in destinations(&body) {
        if found.image {
            problems.extend(image(post, &found));
            let (line, column) = place(post, found.offset);
            let image = images.of_body(&links.targets, at, &found.destination);
            shown.extend(image.map(|image| image.at(line, column)));
        } else {
            problems.extend(links.problem(at, &found));
        }
        if let Some(origin) = links.foreign_origin(&found).filter(|_| !found.image) {
            foreign.push((origin, found));
        }
    }
    let path = library.root.join(&post.source);
    Told {
        findings: problems
            .into_iter()
            .map(|problem| problem.in_file(&path))
            .collect(),
        foreign,
        images: shown,
    }
}

/// Whether a reader misses something by it. Classes and attributes that are taken out change how a post looks.
fn is_loss(remark: &Remark) -> bool {
    remark.kind != RemarkKind::Converted
        && !["class ", "attribute "]
            .iter()
            .any(|appearance| remark.message.starts_with(appearance))
}

/// The renderer writes message and cure as one.
fn of_remark(post: &Post, remark: &Remark) -> Problem {
    let rule = match remark.kind {
        RemarkKind::Converted => "body-converted",
        RemarkKind::Dropped => "body-dropped",
        RemarkKind::Unknown => "body-unknown",
    };
    let (message, cure) = remark
        .message
        .split_once("; ")
        .unwrap_or((&remark.message, "write it another way"));
    let (line, column) = place(post, remark.offset);
    Problem::warning(rule, message, cure).at(line, column)
}

fn main_image(post: &Post) -> Option<Problem> {
    let image = post.image.as_ref().filter(|_| post.image_text.is_none())?;
    let message = format!("the image {} has no text for those who do not see it", image.text);
    let cure = "say what it shows in `image-alt`, or give that no value when it only decorates";
    Some(Problem::warning("image-text-missing", message, cure).at(image.line, image.column))
}

fn image(post: &Post, found: &Destination) -> Option<Problem> {
    if !found.text.trim().is_empty() || is_decoration(&post.body, found.offset) {
        return None;
    }
    let message = format!(
        "the image {} has no text for those who do not see it",
        found.destination
    );
    let cure = "say what it shows in its text, or write it as `<img alt=\"\">` when it only decorates";
    let (line, column) = place(post, found.offset);
    Some(Problem::warning("image-text-missing", message, cure).at(line, column))
}

/// Whether the HTML image at `offset` says that it has no text: `alt=""`, or `alt` alone.
fn is_decoration(source: &str, offset: usize) -> bool {
    let Some(tag) = source.get(offset..).filter(|tag| tag.starts_with('<')) else {
        return false;
    };
    let tag = tag.split('>').next().unwrap_or_default();
    tag.split_ascii_whitespace()
        .any(|part| part.eq_ignore_ascii_case("alt") || part.to_ascii_lowercase().starts_with("alt="))
}

/// The line and column in the file of a byte of the body.
pub fn place(post: &Post, offset: usize) -> (u32, u32) {
    let mut end = offset.min(post.body.len());
    while !post.body.is_char_boundary(end) {
        end -= 1;
    }
    let before = &post.body[..end];
    let lines = u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (
        post.body_line.saturating_add(lines),
        u32::try_from(column).unwrap_or(u32::MAX),
    )
}

#[cfg(test)]
mod tests {
    use content::post::{Body, Dialect, Format};

    use super::*;

    fn post(body: &str) -> Post {
        Post {
            source: "a.md".into(),
            logical_path: "/a".to_owned(),
            language: "en".parse().unwrap(),
            path: "/en/a/".to_owned(),
            title: "A".to_owned(),
            description: None,
            date: "2021-02-04T00:00:00Z".to_owned(),
            authors: Vec::new(),
            tags: Vec::new(),
            image: None,
            image_text: None,
            aliases: Vec::new(),
            references: Vec::new(),
            body: body.to_owned(),
            body_line: 5,
            format: Format::Markdown,
            dialect: Dialect::Gfm,
        }
    }

    fn body(post: &Post) -> Body {
        Body {
            source: post.body.clone(),
            format: post.format,
            dialect: post.dialect,
            language: post.language.clone(),
            base_path: String::new(),
            links: Vec::new(),
            images: Vec::new(),
            typography: false,
            prepared: Vec::new(),
        }
    }

    fn losses(source: &str) -> Vec<String> {
        let post = post(source);
        let remarks = render(&body(&post)).remarks;
        let told = remarks
            .iter()
            .filter(|remark| is_loss(remark))
            .map(|remark| of_remark(&post, remark));
        told.map(|problem| {
            format!(
                "{:?} {}: {}",
                problem.place.unwrap(),
                problem.rule,
                problem.message
            )
        })
        .collect()
    }

    #[test]
    fn what_a_reader_misses_is_told_with_its_place_in_the_file() {
        assert_eq!(
            losses("One\n\nTwo <script>alert(1)</script>\n"),
            ["(7, 5) body-dropped: element <script> was taken out"]
        );
    }

    #[test]
    fn what_changes_only_the_look_of_a_post_is_not_told() {
        assert_eq!(
            losses("<p class=\"big\" style=\"color: red\" onclick=\"x()\">One</p>\n"),
            [""; 0]
        );
    }

    #[test]
    fn an_image_without_text_is_told_unless_it_decorates() {
        let told = |source: &str| {
            let post = post(source);
            destinations(&body(&post))
                .iter()
                .filter_map(|found| image(&post, found))
                .filter_map(|p| p.place)
                .next()
        };
        assert_eq!(told("Text\n\n![](a.png)"), Some((7, 1)));
        assert_eq!(told("<p><img src=\"a.png\"></p>"), Some((5, 4)));
        assert_eq!(told("![A bridge](a.png)"), None);
        assert_eq!(told("<img src=\"a.png\" alt=\"\">"), None);
    }
}
