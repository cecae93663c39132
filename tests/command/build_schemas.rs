//! What `passerelle build` writes is what `docs/schema` and JSON Feed 1.1 say, over fixtures and over real blogs.

use std::{fs, path::Path};

use jsonschema::Validator;
use passerelle_tests::{repository, skip::skip};
use serde_json::Value;

use crate::run::{build, files, fixture, scratch};

struct Schemas {
    site: Validator,
    feed: Validator,
    item: Validator,
    post: Validator,
    json_feed: Validator,
}

impl Schemas {
    fn read() -> Schemas {
        let feed = schema("feed.json");
        let item = serde_json::json!({ "$ref": "#/$defs/item", "$defs": feed["$defs"] });
        let compile = |schema: &Value| jsonschema::validator_for(schema).unwrap();
        Schemas {
            site: compile(&schema("site.json")),
            item: compile(&item),
            feed: compile(&feed),
            post: compile(&schema("post.json")),
            json_feed: compile(&schema("json-feed-1.1.json")),
        }
    }

    /// Looks at every JSON file of a site. Gives how many feeds and posts there were.
    fn check(&self, site: &Path) -> (usize, usize) {
        let (mut feeds, mut posts) = (0, 0);
        for (name, bytes) in files(site)
            .into_iter()
            .filter(|(name, _)| name.ends_with(".json"))
        {
            let json: Value = serde_json::from_slice(&bytes).unwrap();
            if name == "site.json" {
                conforms(&self.site, &json, &name);
            } else if json["items"].is_array() {
                conforms(&self.feed, &json, &name);
                conforms(&self.json_feed, &json, &name);
                feeds += 1;
            } else {
                conforms(&self.post, &json, &name);
                conforms(&self.item, &json["item"], &name);
                posts += 1;
            }
        }
        (feeds, posts)
    }
}

fn schema(name: &str) -> Value {
    let path = repository::root().join("docs/schema").join(name);
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[track_caller]
fn conforms(schema: &Validator, json: &Value, name: &str) {
    let errors: Vec<_> = schema
        .iter_errors(json)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn a_small_blog_is_written_as_the_schemas_say() {
    let scratch = scratch();
    build(&fixture("blog"), scratch.path(), &[]).with(0);
    assert_eq!(Schemas::read().check(scratch.path()), (3, 4));
}

#[test]
fn the_schemas_refuse_what_is_not_the_format() {
    let schemas = Schemas::read();
    let scratch = scratch();
    build(&fixture("blog"), scratch.path(), &[]).with(0);
    let feed: Value =
        serde_json::from_slice(&fs::read(scratch.path().join("en/feed.json")).unwrap()).unwrap();
    for (pointer, wrong) in [
        ("/_passerelle/version", serde_json::json!(2)),
        ("/items/0/url", serde_json::json!("/a b/")),
        ("/items/0/date_published", serde_json::json!("2024-05-02")),
        ("/items/0/_passerelle/reading_minutes", serde_json::json!(0)),
    ] {
        let mut changed = feed.clone();
        *changed.pointer_mut(pointer).unwrap() = wrong;
        assert!(!schemas.feed.is_valid(&changed), "{pointer}");
    }
    let mut changed = feed.clone();
    changed["items"][0]["content_text"].take();
    assert!(!schemas.json_feed.is_valid(&changed));
}

#[test]
fn real_blogs_are_written_as_the_schemas_say() {
    let corpus = repository::root().join("../shared/corpus");
    if !corpus.is_dir() {
        skip(
            "real_blogs_are_written_as_the_schemas_say",
            "there is no ../shared/corpus",
        );
        return;
    }
    let schemas = Schemas::read();
    for (tree, posts) in [
        ("jekyll-2017-two-domains", 6),
        ("jekyll-2017", 18),
        ("jekyll-2018", 74),
        ("hugo-2023", 240),
    ] {
        let scratch = scratch();
        build(&corpus.join(tree), scratch.path(), &["--keep-going"]).with(0);
        assert_eq!(schemas.check(scratch.path()).1, posts, "{tree}");
    }
}
