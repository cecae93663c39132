//! Posts by their references alone: who is joined with whom, and what is told.

use std::collections::HashSet;

use content::post::{Dialect, Format};

use super::*;
use crate::{
    config::LanguageConfig,
    finding::Severity,
    read::{Located, Reference, ReferenceKind},
};

/// `/en/2018-01-02/a/ key:launch url:/fr/b/` as a post: language and day by its path, references behind it, and with
/// `place:posts/a` its path in a Hugo tree.
fn post(text: &str) -> Post {
    let place = text.split(' ').find_map(|word| word.strip_prefix("place:"));
    let mut words = text.split(' ').filter(|word| !word.starts_with("place:"));
    let path = words.next().unwrap();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let reference = |(line, word): (usize, &str)| {
        let (kind, value) = word.split_once(':').unwrap();
        let kind = match kind {
            "key" => ReferenceKind::TranslationKey,
            "ref" => ReferenceKind::Ref,
            _ => ReferenceKind::TransUrl,
        };
        let text = value.replace('+', " ");
        Reference {
            kind,
            value: Located {
                text,
                line: u32::try_from(line).unwrap() + 2,
                column: 1,
            },
        }
    };
    Post {
        source: format!("{}.md", path.trim_matches('/')).into(),
        logical_path: place.unwrap_or(path).trim_end_matches('/').to_owned(),
        language: parts[0].parse().unwrap(),
        path: path.to_owned(),
        title: path.to_owned(),
        description: None,
        date: format!("{}T00:00:00Z", parts[1]),
        authors: Vec::new(),
        tags: Vec::new(),
        image: None,
        image_text: None,
        aliases: Vec::new(),
        references: words.enumerate().map(reference).collect(),
        body: String::new(),
        body_line: 1,
        format: Format::Markdown,
        dialect: if place.is_some() {
            Dialect::Goldmark
        } else {
            Dialect::Gfm
        },
    }
}

fn config() -> Config {
    let french = LanguageConfig {
        origin: Some("https://blogue.ca".to_owned()),
        ..LanguageConfig::default()
    };
    Config {
        base_path: "/blog/".to_owned(),
        default_language: "en".parse().unwrap(),
        page_size: 10,
        permalink: None,
        typography: false,
        languages: [("fr".parse().unwrap(), french)].into(),
        origins: vec!["https://blog.ca".to_owned()],
    }
}

/// The twins of every post, and each problem as `file:line rule severity: message; cure`.
fn resolved(posts: &[&str]) -> (Vec<Vec<usize>>, Vec<String>) {
    let posts: Vec<Post> = posts.iter().map(|text| post(text)).collect();
    let known = HashSet::from(["/fr/2018-01-01/draft".to_owned()]);
    let joined = resolve(&posts, &known, &["fr/2018-01-02-broken.fr.md".into()], &config());
    let told = joined.problems.iter().map(|(place, problem)| {
        let severity = if problem.severity == Severity::Error {
            "error"
        } else {
            "warning"
        };
        let file = posts[*place].source.display();
        let line = problem.place.unwrap().0;
        format!(
            "{file}:{line} {} {severity}: {}; {}",
            problem.rule, problem.message, problem.cure
        )
    });
    (joined.twins, told.collect())
}

#[track_caller]
fn joined(posts: &[&str], twins: &[&[usize]]) {
    let (found, told) = resolved(posts);
    assert_eq!(
        (found, told),
        (twins.iter().map(|twins| twins.to_vec()).collect(), Vec::new())
    );
}

#[track_caller]
fn told(posts: &[&str], twins: &[&[usize]], problems: &[&str]) {
    let (found, told) = resolved(posts);
    assert_eq!(
        found,
        twins.iter().map(|twins| twins.to_vec()).collect::<Vec<_>>()
    );
    assert_eq!(told, problems);
}

#[test]
fn each_kind_of_reference_joins_two_posts() {
    for kind in ["key", "ref"] {
        joined(
            &[
                &format!("/en/2018-01-01/a/ {kind}:k"),
                &format!("/fr/2018-01-01/b/ {kind}:k"),
            ],
            &[&[1], &[0]],
        );
    }
    joined(
        &["/en/2018-01-01/a/", "/fr/2018-01-01/b/ url:/en/2018-01-01/a/"],
        &[&[1], &[0]],
    );
}

#[test]
fn any_number_of_languages_is_joined_through_any_of_them() {
    joined(
        &[
            "/de/2018-01-01/c/ key:k",
            "/en/2018-01-01/a/ key:k url:/fr/2018-01-01/b/",
            "/fr/2018-01-01/b/",
        ],
        &[&[1, 2], &[0, 2], &[0, 1]],
    );
}

#[test]
fn a_url_is_known_however_it_is_written() {
    for url in [
        "/fr/2018-01-01/été/",
        "/fr/2018-01-01/été",
        "/fr/2018-01-01/%C3%A9t%C3%A9/",
        "/fr/2018-01-01/e\u{301}te\u{301}",
        "http://BLOGUE.ca/fr/2018-01-01/été/",
        "https://blog.ca/blog/fr/2018-01-01/été/?a#b",
        "/blog/fr/2018-01-01/été/",
    ] {
        joined(
            &[&format!("/en/2018-01-01/a/ url:{url}"), "/fr/2018-01-01/été/"],
            &[&[1], &[0]],
        );
    }
}

#[test]
fn a_post_that_names_nobody_or_a_post_to_come_is_no_mistake() {
    joined(&["/en/2018-01-01/a/", "/fr/2018-01-01/b/ key:k"], &[&[], &[]]);
    joined(
        &["/en/2018-01-01/a/ url:/fr/2018-01-01/draft/", "/fr/2018-01-01/b/"],
        &[&[], &[]],
    );
    joined(
        &[
            "/en/2018-01-01/a/ key:notes-2018",
            "/fr/2018-01-01/b/ key:notes-2019",
        ],
        &[&[], &[]],
    );
}

#[test]
fn a_url_that_misses_by_case_is_told_and_is_a_warning_while_the_twin_names_the_post() {
    told(
        &[
            "/en/2018-01-01/a/",
            "/fr/2018-01-01/b/ key:k url:/en/2018-01-01/A/",
            "/de/2018-01-01/c/ key:k",
        ],
        &[&[], &[2], &[1]],
        &[
            "fr/2018-01-01/b.md:3 translation-dangles warning: trans_url \"/en/2018-01-01/A/\" leads to no post; \
           did you mean \"/en/2018-01-01/a/\"?",
        ],
    );
}

#[test]
fn a_url_that_joins_nothing_costs_the_crossing() {
    told(
        &[
            "/en/2018-01-01/the-plan/ url:2018-01-01/le-plann",
            "/fr/2018-01-01/le-plan/ url:/en/the+plan",
        ],
        &[&[], &[]],
        &[
            "en/2018-01-01/the-plan.md:2 translation-dangles error: trans_url \"2018-01-01/le-plann\" leads to no post; \
             did you mean \"/fr/2018-01-01/le-plan/\"?",
            "fr/2018-01-01/le-plan.md:2 translation-dangles error: trans_url \"/en/the plan\" leads to no post; \
             did you mean \"/en/2018-01-01/the-plan/\"?",
        ],
    );
}

#[test]
fn a_url_on_a_host_that_may_be_the_blogs_own_names_the_key_of_the_configuration() {
    told(
        &[
            "/en/2018-01-01/a/ url:https://autre.ca/fr/2018-01-01/b/",
            "/fr/2018-01-01/b/",
        ],
        &[&[], &[]],
        &[
            "en/2018-01-01/a.md:2 translation-dangles error: trans_url \"https://autre.ca/fr/2018-01-01/b/\" leads to a \
           host that is not known as the blog's own; add \"https://autre.ca\" to `origins` in passerelle.toml",
        ],
    );
}

#[test]
fn a_url_to_the_post_itself_or_to_its_own_language_is_told() {
    told(
        &[
            "/en/2018-01-01/a/ url:/en/2018-01-01/a/",
            "/en/2018-01-01/b/ url:/en/2018-01-01/a/",
        ],
        &[&[], &[]],
        &[
            "en/2018-01-01/a.md:2 translation-same-language error: trans_url \"/en/2018-01-01/a/\" leads to the post \
             that it stands in; correct it, or delete it while there is no translation",
            "en/2018-01-01/b.md:2 translation-same-language error: trans_url \"/en/2018-01-01/a/\" leads to \
             en/2018-01-01/a.md, which is in the same language; correct it, or delete it while there is no translation",
        ],
    );
}

#[test]
fn a_near_key_is_told_once_at_the_likelier_mistake_and_never_joined() {
    told(
        &[
            "/en/2018-01-01/in-this-together/ key:in-this-together",
            "/fr/2018-01-01/tous/ key:n-this-together",
        ],
        &[&[], &[]],
        &[
            "fr/2018-01-01/tous.md:2 translation-key-near error: translationKey \"n-this-together\" meets no other post; \
           did you mean \"in-this-together\", the key of en/2018-01-01/in-this-together.md?",
        ],
    );
    told(
        &["/en/2018-01-01/a/ key:+launch", "/fr/2018-01-01/b/ key:launch"],
        &[&[], &[]],
        &[
            "en/2018-01-01/a.md:2 translation-key-near error: translationKey \" launch\" meets no other post; did you \
           mean \"launch\", the key of fr/2018-01-01/b.md?",
        ],
    );
}

#[test]
fn a_near_key_that_two_posts_have_is_nobodys() {
    joined(
        &[
            "/de/2018-01-01/a/ key:launches",
            "/en/2018-01-01/a/ key:launched",
            "/fr/2018-01-01/b/ key:launcher",
        ],
        &[&[], &[], &[]],
    );
}

#[test]
fn a_key_that_two_posts_of_a_language_have_joins_neither() {
    told(
        &[
            "/en/2018-01-01/a/ key:k",
            "/en/2020-06-17/alpha/ key:alpha-2",
            "/fr/2020-06-17/alpha/ key:k",
            "/fr/2018-01-01/b/ key:k",
        ],
        &[&[], &[], &[], &[]],
        &[
            "fr/2020-06-17/alpha.md:2 translation-key-shared error: translationKey \"k\" joins two posts of one \
           language, this one and fr/2018-01-01/b.md; did you mean \"alpha-2\", the key of en/2020-06-17/alpha.md, of \
           the same day?",
        ],
    );
}

#[test]
fn a_shared_key_is_told_at_both_posts_where_nothing_tells_them_apart() {
    let (twins, told) = resolved(&[
        "/de/2018-01-01/c/ ref:k",
        "/en/2018-01-01/a/ ref:k",
        "/fr/2018-01-01/b/ ref:k",
        "/fr/2018-01-01/d/ ref:k",
    ]);
    assert_eq!(
        twins,
        [vec![1], vec![0], vec![], vec![]],
        "the languages that have it once are joined"
    );
    let files: Vec<_> = told
        .iter()
        .map(|problem| problem.split(':').next().unwrap())
        .collect();
    assert_eq!(files, ["fr/2018-01-01/b.md", "fr/2018-01-01/d.md"]);
}

#[test]
fn keys_that_differ_where_a_url_joins_are_told_once() {
    told(
        &[
            "/en/2018-01-01/launch/ ref:launch-blog-post url:/fr/2018-01-01/lancement",
            "/fr/2018-01-01/lancement/ ref:blogue-de-lancement url:/en/2018-01-01/launch",
        ],
        &[&[1], &[0]],
        &[
            "fr/2018-01-01/lancement.md:2 translation-disagrees warning: ref \"blogue-de-lancement\" is not that of its \
           translation en/2018-01-01/launch.md, which another reference joins it with; write \"launch-blog-post\" in \
           both",
        ],
    );
}

#[test]
fn a_stranger_cannot_take_the_twin_of_two_that_name_each_other() {
    told(
        &[
            "/en/2018-01-01/a/ url:/fr/2018-01-01/b/",
            "/en/2018-01-01/stranger/ url:/fr/2018-01-01/b/",
            "/fr/2018-01-01/b/ url:/en/2018-01-01/a/",
        ],
        &[&[2], &[], &[0]],
        &[
            "en/2018-01-01/stranger.md:2 translation-conflict error: trans_url \"/fr/2018-01-01/b/\" joins this post \
           with fr/2018-01-01/b.md, and another reference joins fr/2018-01-01/b.md with en/2018-01-01/a.md; correct \
           the one that is wrong; until then these posts are not joined by it",
        ],
    );
}

#[test]
fn two_references_that_lead_to_two_posts_of_a_language_join_neither() {
    let (twins, told) = resolved(&[
        "/en/2018-01-01/a/ key:k ref:r",
        "/fr/2018-01-01/b/ key:k",
        "/fr/2018-01-01/c/ ref:r",
    ]);
    assert_eq!(twins, [vec![], vec![], vec![]] as [Vec<usize>; 3]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told.iter()
            .all(|problem| problem.contains("translation-conflict error")),
        "{told:?}"
    );
}

#[test]
fn what_comes_out_does_not_depend_on_the_order_of_references() {
    let one = resolved(&[
        "/en/2018-01-01/a/ key:k ref:r",
        "/fr/2018-01-01/b/ key:k",
        "/fr/2018-01-01/c/ ref:r",
    ]);
    let two = resolved(&[
        "/en/2018-01-01/a/ ref:r key:k",
        "/fr/2018-01-01/b/ key:k",
        "/fr/2018-01-01/c/ ref:r",
    ]);
    assert_eq!(one.0, two.0);
}

#[test]
fn a_post_with_several_keys_agrees_with_whoever_has_one_of_them() {
    joined(
        &["/en/2018-01-01/a/ key:k key:other", "/fr/2018-01-01/b/ key:k"],
        &[&[1], &[0]],
    );
}

#[test]
fn one_path_in_two_languages_joins_what_says_nothing_else() {
    let (twins, told) = resolved(&[
        "/en/2018-01-02/a/ place:posts/a",
        "/en/2018-01-02/b/ place:posts/b key:b",
        "/en/2018-01-02/c/ place:posts/c",
        "/en/2018-01-02/d/ place:posts/d",
        "/fr/2018-01-02/a/ place:posts/a",
        "/fr/2018-01-02/b/ place:posts/c key:b",
        "/fr/2018-01-02/d/ place:posts/d",
        "/fr/2018-01-02/d.html place:posts/d",
    ]);
    assert_eq!(
        twins,
        [vec![4], vec![5], vec![], vec![], vec![0], vec![1], vec![], vec![]]
    );
    assert_eq!(told, [""; 0]);
}

#[test]
fn a_reference_to_a_post_that_cannot_be_read_is_no_mistake_of_its_own() {
    let (_, told) = resolved(&[
        "/en/2018-01-02/a/ url:/fr/2018-01-02/broken/",
        "/en/2018-01-02/b/ url:/fr/lost/",
    ]);
    assert_eq!(
        told,
        [
            "en/2018-01-02/a.md:2 translation-dangles error: trans_url \"/fr/2018-01-02/broken/\" leads to no post; \
             mend fr/2018-01-02-broken.fr.md first, which may be that post",
            "en/2018-01-02/b.md:2 translation-dangles error: trans_url \"/fr/lost/\" leads to no post; \
             correct it, or delete it while there is no translation",
        ]
    );
}
