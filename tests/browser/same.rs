//! What the browser renders is what came as HTML, post by post: the article, element by element, attribute by attribute.

use std::time::Duration;

use anyhow::{Result, ensure};
use passerelle_tests::{
    pages::{ListPage, Reader},
    sites::Tree,
    stage::Stage,
};
use serde_json::{Value, json};

use crate::sweeps::{CHANGES, pace};

/// The pictures of these blogs are not beside their posts.
const NO_PICTURES: &str = "Failed to load resource: the server responded with a status of 404";

/// Posts at one call: an answer comes within the patience of WebDriver's client.
const BATCH: usize = 50;

/// Opens each post by a link in the reader and compares its article with the one of its page. The page is read as a
/// document by XMLHttpRequest: a string that is parsed would go through the page's Trusted Types policy first.
const COMPARE: &str = r##"
    const [paths, time, done] = arguments;

    const came = path => new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("GET", path);
        request.responseType = "document";
        request.onload = () => resolve(request.response);
        request.onerror = () => reject(new Error(`${path} does not come`));
        request.send();
    });

    // What stands for a picture that did not come, and what can be done to keep a post, is put there by the reader in both.
    function told(article) {
        const copy = article.cloneNode(true);
        copy.querySelectorAll(".picture-text").forEach(text => text.remove());
        copy.querySelectorAll(".keep").forEach(place => place.replaceChildren());
        copy.querySelectorAll("img[hidden]").forEach(picture => picture.removeAttribute("hidden"));
        return inOrder(copy);
    }

    // As HTML is serialised, but for the order of attributes, which has no meaning, and comments.
    function inOrder(node) {
        if (node.nodeType === Node.COMMENT_NODE) return "";
        if (node.nodeType === Node.TEXT_NODE) return JSON.stringify(node.data).slice(1, -1);
        const attributes = [...node.attributes].map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`).sort();
        const children = [...node.childNodes].map(inOrder).join("");
        return `<${node.namespaceURI.split("/").pop()}:${node.localName}${attributes.join("")}>${children}</>`;
    }

    async function shown(path) {
        const link = document.createElement("a");
        link.href = path;
        document.body.append(link);
        link.click();
        link.remove();
        const end = performance.now() + 20000;
        const isThere = () => location.pathname === new URL(path, location).pathname
            && document.querySelector("#app main")?.getAttribute("aria-busy") !== "true"
            && document.activeElement.localName === "h1" && document.querySelector("#app article.post");
        let before = document.querySelector("#app article.post");
        while (!isThere() || document.querySelector("#app article.post") === before) {
            if (performance.now() > end) throw new Error(`${path} does not come to be shown`);
            await new Promise(resolve => setTimeout(resolve, 2));
        }
        return document.querySelector("#app article.post");
    }

    function difference(path, one, other) {
        if (one === other) return [];
        let at = 0;
        while (one[at] === other[at]) at++;
        const near = text => text.slice(Math.max(0, at - 80), at + 80);
        return [`${path}: the page has …${near(one)}… where the browser renders …${near(other)}…`];
    }

    (async () => {
        const found = [];
        for (const path of paths) {
            const pace = new Promise(resolve => setTimeout(resolve, time));
            const page = await came(path);
            found.push(...difference(path, told(page.querySelector("#prerendered article.post")), told(await shown(path))));
            await pace;
        }
        return found;
    })().then(done, error => done([String(error)]));
"##;

/// Compares every post of `tree`; gives how many there are.
async fn every_post_is_the_same(tree: Tree, at_least: usize) -> Result<()> {
    Stage::over(tree)
        .play(async |reader| {
            reader.expect_complaint(NO_PICTURES);
            reader
                .session
                .set_script_timeout(Duration::from_secs(110))
                .await?;
            let mut compared = 0;
            for (language, _) in crate::choose::BOTH_WAYS {
                ListPage::open(reader, language, 1).await?;
                reader.mark().await?;
                compared += compare(reader, language).await?;
                assert!(reader.is_marked().await?, "the whole walk loads no document");
            }
            println!("{compared} posts are the same");
            assert!(compared >= at_least, "only {compared} posts were compared");
            Ok(())
        })
        .await
}

async fn compare(reader: &Reader, language: &str) -> Result<usize> {
    let posts = reader.site.posts(language)?;
    let paths: Vec<&str> = posts.iter().map(|item| reader.site.path(&item.url)).collect();
    for batch in paths.chunks(BATCH) {
        let pace = pace(reader.session.engine(), CHANGES);
        let arguments: Vec<Value> = vec![json!(batch), json!(u64::try_from(pace.as_millis())?)];
        let found: Vec<String> = reader
            .session
            .execute_async(COMPARE, arguments)
            .await?
            .convert()?;
        ensure!(found.is_empty(), "{}", found.join("\n"));
    }
    Ok(paths.len())
}

#[tokio::test]
async fn every_post_of_the_demo_is_rendered_as_it_came() -> Result<()> {
    every_post_is_the_same(Tree::demo(), 10).await
}

#[tokio::test]
async fn every_post_of_jekyll_2017_is_rendered_as_it_came() -> Result<()> {
    every_post_is_the_same(Tree::corpus("jekyll-2017"), 18).await
}

#[tokio::test]
async fn every_post_of_two_domains_is_rendered_as_it_came() -> Result<()> {
    every_post_is_the_same(Tree::corpus("jekyll-2017-two-domains"), 6).await
}

#[tokio::test]
async fn every_post_of_jekyll_2018_is_rendered_as_it_came() -> Result<()> {
    every_post_is_the_same(Tree::corpus("jekyll-2018"), 1).await
}

#[tokio::test]
async fn every_post_of_hugo_2023_is_rendered_as_it_came() -> Result<()> {
    every_post_is_the_same(Tree::corpus("hugo-2023"), 1).await
}
