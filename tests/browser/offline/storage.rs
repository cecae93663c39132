//! Storage that is full, emptied under the reader, or refused; and clocks, which nothing that is kept depends on.

use anyhow::{Context, Result, ensure};
use content::url::data_path;
use passerelle_tests::{
    browser::Engine,
    pages::{ListPage, PostPage, Reader},
    roles::{Role, folded},
    server::{Fault, Where},
    stage::Stage,
    wait,
};
use serde_json::json;

use super::{
    NO_QUOTA, another,
    answers::{blog_of_two, tree_of_two},
    expect_refused_connections, has_read, is_told_unsaved, kept, keys, open_the_list, page_key, reads, shell,
    stage, until_controlled, until_kept,
};

/// Deletes what the site has in caches.
const EMPTY: &str = "return caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => null)";

/// Fills the cache of what was read with posts that were read long ago, a megabyte each.
const FILL: &str = "return (async () => {
    const name = (await caches.keys()).find((name) => name.endsWith(' read'));
    const cache = await caches.open(name);
    const recent = await Promise.all((await cache.keys()).map(async (key) => [key, await cache.match(key)]));
    for (const [key] of recent) await cache.delete(key);
    for (let number = 0; number < 8; number += 1) {
        await cache.put(`/en/old-${number}`, new Response('x'.repeat(1_000_000)));
    }
    for (const [key, answer] of recent) await cache.put(key, answer);
    return (await navigator.storage.estimate()).usage;
})()";

#[tokio::test]
async fn fault_22_a_device_that_is_full_makes_room_of_what_was_read_longest_ago() -> Result<()> {
    stage()
        .only_in(Engine::Chromium, NO_QUOTA)
        .play(async |reader| {
            let (_, path) = has_read(reader, "en").await?;
            let other = another(reader, "en", &path)?;
            let other = reader.site.path(&other.url).to_owned();
            let files = shell(reader).await?;
            let usage = reader.script(FILL, vec![]).await?;
            let usage = usage.as_u64().context("a number of bytes")?;
            let quota = json!({ "origin": reader.server.origin(), "quotaSize": usage });
            reader
                .session
                .devtools("Storage.overrideQuotaForOrigin", quota)
                .await?;
            reads(reader, &other).await?;
            let kept = keys(reader).await?;
            ensure!(!kept.iter().any(|key| key == "/en/old-0"), "{kept:?}");
            for file in files.iter().map(String::as_str).chain([page_key(&path)]) {
                ensure!(kept.iter().any(|key| key == file), "{file} is gone: {kept:?}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn fault_24_caches_that_were_deleted_are_filled_again_or_told_of() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_refused_connections(reader);
            let (_, path) = has_read(reader, "en").await?;
            // The worker lives on, and has served before.
            for _ in 0..2 {
                reader.visit(&path).await?;
                reader.script(EMPTY, vec![]).await?;
                PostPage::open(reader, &path).await?;
                for file in ["/offline.html", "/site.json", "/en/feed.json", page_key(&path)] {
                    until_kept(reader, file).await?;
                }
            }
            reader.script(EMPTY, vec![]).await?;
            reader.server.stop();
            // A page of a few words has no icon of its own.
            reader.expect_complaint("/favicon.ico");
            is_told_unsaved(reader, &path).await
        })
        .await
}

#[tokio::test]
async fn fault_25_a_device_that_forgot_all_is_as_on_the_first_visit() -> Result<()> {
    const FORGET: &str = "return (async () => {
        for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
        for (const name of await caches.keys()) await caches.delete(name);
        localStorage.clear();
        sessionStorage.clear();
        return null;
    })()";
    stage()
        .play(async |reader| {
            expect_refused_connections(reader);
            let item = another(reader, "en", "")?;
            let path = reader.site.path(&item.url).to_owned();
            reader.visit(&path).await?;
            until_controlled(reader).await?;
            reader.script(FORGET, vec![]).await?;
            reader.visit(&path).await?;
            until_controlled(reader).await?;
            until_kept(reader, &data_path(&path)).await?;
            until_kept(reader, page_key(&path)).await?;
            reader.server.stop();
            reader.load(&path).await?;
            reader.one(Role::Heading, &folded(&item.title)).await.map(drop)
        })
        .await
}

/// A worker under which a cache takes everything and gives nothing, until what is not there is deleted. So it is in WebKit for
/// what was being written when its cache was deleted.
const LOSES_WHAT_IS_PUT: Fault = Fault::Changed(|script| {
    let losing = "{
        const whole = new Set();
        const { put, delete: remove } = Cache.prototype;
        Cache.prototype.put = function (key, answer) {
            return whole.has(key) ? put.call(this, key, answer) : Promise.resolve();
        };
        Cache.prototype.delete = function (key) {
            whole.add(key);
            return remove.call(this, key);
        };
    }";
    format!("{losing}{script}")
});

#[tokio::test]
async fn what_a_cache_takes_and_does_not_give_is_put_again() -> Result<()> {
    stage()
        .play(async |reader| {
            expect_refused_connections(reader);
            reader
                .server
                .fail(Where::Suffix("/sw.js".to_owned()), LOSES_WHAT_IS_PUT);
            let item = another(reader, "en", "")?;
            let path = reader.site.path(&item.url).to_owned();
            PostPage::open(reader, &path).await?.keep().await?;
            for file in [
                "/offline.html",
                "/en/feed.json",
                page_key(&path),
                &data_path(&path),
            ] {
                until_kept(reader, file).await?;
            }
            reader.server.stop();
            reader.load(&path).await?;
            reader.one(Role::Heading, &folded(&item.title)).await.map(drop)
        })
        .await
}

/// Puts a script before all others of each page, before its policy. In every engine, since the server does it.
macro_rules! before_all_scripts {
    ($script:literal) => {
        Fault::Changed(|html| {
            html.replacen(
                "<meta charset=\"utf-8\">",
                concat!("<meta charset=\"utf-8\"><script>", $script, "</script>"),
                1,
            )
        })
    };
}

#[tokio::test]
async fn fault_26_a_browser_that_keeps_nothing_reads_online() -> Result<()> {
    const NO_STORAGE: [Fault; 2] = [
        before_all_scripts!(
            "for (const name of ['caches', 'indexedDB', 'localStorage'])
                Object.defineProperty(window, name, { value: undefined });
            Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });"
        ),
        before_all_scripts!(
            "const get = () => { throw new DOMException('It is refused.', 'SecurityError'); };
            for (const name of ['caches', 'indexedDB', 'localStorage']) Object.defineProperty(window, name, { get });
            Object.defineProperty(Navigator.prototype, 'serviceWorker', { get });"
        ),
    ];
    for fault in NO_STORAGE {
        stage()
            .play(async |reader| {
                reader.server.fail(Where::Suffix("/".to_owned()), fault);
                let list = ListPage::open(reader, "en", 1).await?;
                let first = list.entries().await?.swap_remove(0);
                list.open_post(&first.path).await?;
                reader.reload().await?;
                PostPage::showing(reader, &first.path).await?;
                let asked = reader.server.requests();
                ensure!(!asked.iter().any(|it| it.path == "/sw.js"), "there are workers");
                Ok(())
            })
            .await?;
    }
    Ok(())
}

/// What a clock says that is wrong by a year, and a server that says the same.
macro_rules! wrong_clock {
    ($milliseconds:literal) => {
        concat!(
            "{ const Right = Date; globalThis.Date = class extends Right {
                constructor(...parts) { super(...(parts.length > 0 ? parts : [globalThis.Date.now()])); }
                static now() { return Right.now() + ",
            $milliseconds,
            "; }
            }; }"
        )
    };
}

#[tokio::test]
async fn fault_32_a_clock_that_is_wrong_by_a_year_changes_nothing() -> Result<()> {
    const CLOCKS: [(Fault, &str); 3] = [
        (
            Fault::Changed(|script| format!("{}{script}", wrong_clock!("-31536000000"))),
            "Sun, 05 Nov 2017 08:00:00 GMT",
        ),
        (
            Fault::Changed(|script| format!("{}{script}", wrong_clock!("31536000000"))),
            "Fri, 05 Nov 2066 08:00:00 GMT",
        ),
        // None that can be read.
        (Fault::Changed(|script| script), "none"),
    ];
    for (clock, date) in CLOCKS {
        Stage::over(tree_of_two("before-the-edit", "As it was written.")?)
            .with_worker()
            .play(async |reader| {
                expect_refused_connections(reader);
                reader.server.add_header("date", date);
                reader.server.fail(Where::Suffix("/sw.js".to_owned()), clock);
                reads(reader, "/en/two/").await?;
                let index = kept(reader, "/en/feed.json").await?;
                reader.site = blog_of_two("after-the-edit", "As it was edited.")?;
                reader.server.deploy(&reader.site);
                // The list comes from the device, and is refreshed behind.
                reader.visit("/en/one/").await?;
                open_the_list(reader).await?;
                let list = ListPage::showing(reader, "en", 1).await?;
                wait::until("the index is the new one", async || {
                    Ok((kept(reader, "/en/feed.json").await? != index).then_some(()))
                })
                .await?;
                let post = list.open_post("/en/two/").await?;
                ensure!(post.text().await?.contains("As it was edited."), "{date}");
                wait::until("the post that is kept is the new one", async || {
                    let post = kept(reader, "/en/two/index.json").await?.unwrap_or_default();
                    Ok(post.contains("edited").then_some(()))
                })
                .await?;
                reader.server.stop();
                shows_what_was_edited(reader).await
            })
            .await?;
    }
    Ok(())
}

/// In the app, from the list: the page itself is of the older version still.
async fn shows_what_was_edited(reader: &Reader) -> Result<()> {
    let list = ListPage::open(reader, "en", 1).await?;
    let post = list.open_post("/en/two/").await?;
    ensure!(post.text().await?.contains("As it was edited."));
    Ok(())
}
