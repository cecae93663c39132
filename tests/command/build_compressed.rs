//! `passerelle build --compress`: copies for servers that send them as they are.

use std::{fs, io::Read};

use crate::run::{build, build_demo, files, fixture, scratch};

#[test]
fn every_text_file_of_the_demo_has_smaller_copies_that_hold_the_same() {
    let scratch = scratch();
    let site = scratch.path().join("site");
    build_demo(&site, &["--compress"]).with(0);
    let files = files(&site);
    let (mut brotli, mut gzip) = (0, 0);
    for (name, copy) in &files {
        let mut whole = Vec::new();
        let original = if let Some(original) = name.strip_suffix(".br") {
            brotli += 1;
            brotli::Decompressor::new(&copy[..], 4096)
                .read_to_end(&mut whole)
                .unwrap();
            original
        } else if let Some(original) = name.strip_suffix(".gz") {
            gzip += 1;
            flate2::read::GzDecoder::new(&copy[..])
                .read_to_end(&mut whole)
                .unwrap();
            original
        } else {
            continue;
        };
        assert!(whole == files[original], "{name}");
        assert!(copy.len() < whole.len(), "{name}");
    }
    let text = files
        .keys()
        .filter(|name| {
            [".html", ".json", ".xml", ".css", ".js", ".wasm"]
                .iter()
                .any(|end| name.ends_with(end))
        })
        .count();
    assert!(
        text > 60 && brotli >= text && gzip >= text,
        "{text}, {brotli}, {gzip}"
    );
}

#[test]
fn two_builds_with_copies_are_the_same_and_so_is_their_digest_without() {
    let scratch = scratch();
    let sites = ["one", "two", "plain"].map(|name| scratch.path().join(name));
    for site in &sites[..2] {
        build(&fixture("blog"), site, &["--compress"]).with(0);
    }
    build(&fixture("blog"), &sites[2], &[]).with(0);
    let [one, two, plain] = sites.each_ref().map(|site| files(site));
    assert!(one == two);
    assert!(one.contains_key("site.json.br") && !plain.contains_key("site.json.br"));
    assert_eq!(one["site.json"], plain["site.json"]);
}

#[test]
fn a_copy_of_the_publishers_own_stays() {
    let scratch = scratch();
    let (blog, site) = (scratch.path().join("blog"), scratch.path().join("site"));
    crate::run::copy(&fixture("blog"), &blog);
    fs::write(blog.join("static/data.csv"), "a,b\n".repeat(500)).unwrap();
    fs::write(blog.join("static/data.csv.gz"), "mine").unwrap();
    build(&blog, &site, &["--compress"]).with(0);
    assert_eq!(fs::read_to_string(site.join("data.csv.gz")).unwrap(), "mine");
    assert!(site.join("data.csv.br").is_file());
}
