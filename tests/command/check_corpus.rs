//! Real blogs, which stand beside the repository and may be absent: what is told of their translations is exactly
//! what is wrong with them.

use passerelle_tests::{repository, skip::skip};
use serde_json::Value;

use crate::run::run;

/// Checks a tree of the corpus. Says so where it is absent.
fn check(name: &str) -> Option<Value> {
    let tree = repository::root().join("../shared/corpus").join(name);
    if !tree.is_dir() {
        skip(name, "the corpus is not beside the repository");
        return None;
    }
    let ended = run(["check", tree.to_str()?, "--format", "json"]);
    Some(serde_json::from_str(&ended.out).unwrap())
}

/// Posts, pairs and unpaired posts of a tree, and every finding about translations and files: file, rule, severity,
/// line and cure. Nothing may be left out.
#[track_caller]
fn found(name: &str, counts: [u64; 3], findings: &[(&str, &str, u64, &str)]) {
    let Some(report) = check(name) else { return };
    assert_eq!(
        ["posts", "pairs", "unpaired"].map(|key| report[key].as_u64().unwrap()),
        counts
    );
    assert_eq!(report["left_out"], 0);
    let told: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| {
            let rule = finding["rule"].as_str().unwrap();
            !["body-", "image-", "link-"]
                .iter()
                .any(|body| rule.starts_with(body))
        })
        .map(|finding| {
            let file = finding["path"].as_str().unwrap().rsplit('/').next().unwrap();
            let rule = format!(
                "{} {}",
                finding["severity"].as_str().unwrap(),
                finding["rule"].as_str().unwrap()
            );
            let cure = finding["cure"].as_str().unwrap();
            (
                file.to_owned(),
                rule,
                finding["line"].as_u64().unwrap_or_default(),
                cure.to_owned(),
            )
        })
        .collect();
    let expected: Vec<_> = findings
        .iter()
        .map(|(file, rule, line, cure)| ((*file).to_owned(), (*rule).to_owned(), *line, (*cure).to_owned()))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn six_of_six_posts_on_two_domains_are_joined_and_the_ref_that_disagrees_is_told() {
    found(
        "jekyll-2017-two-domains",
        [6, 3, 0],
        &[(
            "2017-07-18-lancement-du-service-numerique-canadien.markdown",
            "warning translation-disagrees",
            6,
            "write \"launch-blog-post\" in both",
        )],
    );
}

#[test]
fn eighteen_of_eighteen_posts_are_joined_and_nothing_is_told() {
    found("jekyll-2017", [18, 9, 0], &[]);
}

#[test]
fn every_post_is_joined_where_one_url_misses_by_case_alone() {
    found(
        "jekyll-2018",
        [74, 37, 0],
        &[
            (
                "2018-06-12-setting-users-up for-success-with-content-design.html",
                "warning front-matter-duplicate",
                3,
                "delete the one that is not meant",
            ),
            (
                "2018-04-25-retrospective-sur-lapi-denerguide.md",
                "warning translation-dangles",
                10,
                "did you mean \"/2018/04/25/retrospective-on-energuide-api/\"?",
            ),
            (
                "2018-06-14-parlons-de-l’expérience-utilisateur.html",
                "warning front-matter-duplicate",
                3,
                "delete the one that is not meant",
            ),
            (
                "2018-07-31-montrer-liceberg-en-entier.md",
                "warning origin-unknown",
                47,
                "add \"https://numerique.canada.ca\" to `origins` in passerelle.toml, so that they stay in the reader",
            ),
        ],
    );
}

#[test]
fn every_post_is_joined_but_the_two_of_the_typo() {
    found(
        "hugo-2023",
        [240, 119, 2],
        &[(
            "nous-sommes-tous-concernes.md",
            "error translation-key-near",
            8,
            "did you mean \"in-this-together\", the key of content/en/blog/posts/in-this-together.md?",
        )],
    );
}

#[test]
fn a_key_that_three_posts_have_is_told_at_the_one_of_another_day() {
    found(
        "broken/threeway-key",
        [4, 0, 4],
        &[(
            "lancement-d’un-service-alpha.md",
            "error translation-key-shared",
            17,
            "did you mean \"get-updates-blog-2\", the key of content/en/blog/posts/launching-an-alpha-service.md, of the \
             same day?",
        )],
    );
}

#[test]
fn a_key_that_begins_with_a_space_is_told() {
    found(
        "broken/leading-space-key",
        [2, 0, 2],
        &[(
            "comment-les-chercheurs-du-gouvernement-veillent-à-l’inclusivité-dans-leurs-recherches.md",
            "error translation-key-near",
            14,
            "did you mean \"inclusive-research-event\", the key of \
             content/en/blog/posts/how-people-in-government-are-making-their-research-more-inclusive.md?",
        )],
    );
}

#[test]
fn urls_with_a_typo_and_the_wrong_day_are_told_with_the_permalinks() {
    found(
        "broken/wrong-trans_url",
        [2, 0, 2],
        &[
            (
                "2018-07-10-the-security-in-digital-is-silent.md",
                "error translation-dangles",
                10,
                "did you mean \"/2018/07/11/dans-le-monde-numerique-la-securite-se-cache/\"?",
            ),
            (
                "2018-07-10-dans-le-monde-numerique-la-securite-se-cache.md",
                "error translation-dangles",
                10,
                "did you mean \"/2018/07/11/the-security-in-digital-is-silent/\"?",
            ),
        ],
    );
}

#[test]
fn a_url_with_an_apostrophe_is_told_where_the_twin_names_the_post() {
    found(
        "broken/apostrophe-trans_url",
        [2, 1, 0],
        &[(
            "2018-06-14-lets-talk-user-experience.html",
            "warning translation-dangles",
            10,
            "did you mean \"/2018/06/14/parlons-de-l-expérience-utilisateur/\"?",
        )],
    );
}

#[test]
fn an_entity_in_a_file_name_is_told() {
    found(
        "broken/entity-in-filename",
        [1, 0, 1],
        &[(
            "minding-the-[digital]-gender-gap-&#8211;-a-conversation-with-vic-chan.md",
            "warning name-entity",
            0,
            "write \"–\" in its place, or give the post a `slug`",
        )],
    );
}
