//! Pictures of the reader, to be looked at: `screenshots OUT_DIR [CONTENT]`.
//!
//! List, post, post without translation, error and not found, what is saved and what is told, each at three widths, light
//! and dark, in each language of the demo, or of the tree CONTENT. Prints the files it wrote.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use content::{index::Item, url::data_path};
use passerelle_tests::{
    browser::{Session, Setup},
    pages::{ListPage, Notices, PostPage, ProblemPage, Reader, SavedPage},
    server::{Fault, Server, Where},
    sites::{Site, Tree},
};
use serde_json::json;

/// A telephone, a tablet, a desk; CSS pixels.
const WIDTHS: [u32; 3] = [360, 768, 1440];
const HEIGHT: u32 = 900;
/// No picture is higher: a post may be very long, and its end looks like its middle.
const GREATEST_HEIGHT: u32 = 6000;

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn run(arguments: &[PathBuf]) -> Result<()> {
    let (folder, tree) = match arguments {
        [folder] => (folder, Tree::demo()),
        [folder, content] => (folder, Tree::at("screenshots", content.clone())),
        _ => bail!(
            "give the folder for the pictures, then perhaps a folder of posts: screenshots OUT_DIR [CONTENT]"
        ),
    };
    if !tree.is_there() {
        bail!("there is no {tree}; give a folder of posts");
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let site = Site::of(&tree)?;
    let languages: Vec<String> = site
        .about
        .languages
        .iter()
        .map(|entry| entry.language.to_string())
        .collect();
    let server = Server::start(&site)?;
    let session = Session::start(&Setup::default()).await?;
    // A telephone draws its scrollbar over the page.
    session
        .devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true }))
        .await?;
    let mut reader = Reader::new(session, server, site);
    let outcome = async {
        for language in &languages {
            picture_language(&reader, language, folder).await?;
        }
        reader.server.serve_worker();
        for language in &languages {
            picture_offline(&mut reader, language, folder).await?;
        }
        // Last: a version that waits is told of on every page.
        for language in &languages {
            picture_new_version(&reader, language, folder).await?;
        }
        Ok(())
    }
    .await;
    let ended = reader.session.quit().await;
    outcome.and(ended)
}

async fn picture_language(reader: &Reader, language: &str, folder: &Path) -> Result<()> {
    let posts = reader.site.posts(language)?;
    let shoot = async |name: &str| picture(reader, folder, &format!("{name}-{language}")).await;

    ListPage::open(reader, language, 1).await?;
    shoot("list").await?;
    if let Some(item) = best_crossed(&posts) {
        PostPage::open(reader, reader.site.path(&item.url)).await?;
        shoot("post").await?;
        failing(reader, language, item).await?;
        shoot("error").await?;
        reader.server.mend();
    }
    if let Some(item) = posts.iter().find(|item| !is_crossed(item)) {
        PostPage::open(reader, reader.site.path(&item.url)).await?;
        shoot("untranslated").await?;
    }
    let base = reader.site.about.base_path.clone();
    reader
        .load(&format!("{base}{language}/there-is-nothing-here/"))
        .await?;
    ProblemPage::showing(reader, reader.site.words(language)?.unknown_post).await?;
    shoot("not-found").await
}

/// What the service worker brings: a post that is kept, the page of what is saved, the list without the network.
async fn picture_offline(reader: &mut Reader, language: &str, folder: &Path) -> Result<()> {
    let posts = reader.site.posts(language)?;
    let Some(item) = best_crossed(&posts) else {
        return Ok(());
    };
    let path = reader.site.path(&item.url).to_owned();
    let words = reader.site.words(language)?;
    let name = |name: &str| format!("{name}-{language}");

    PostPage::open(reader, &path).await?.keep().await?;
    picture(reader, folder, &name("post-kept")).await?;
    SavedPage::follow(reader, language)
        .await?
        .until_there_are(1)
        .await?;
    picture(reader, folder, &name("saved")).await?;
    let last = posts
        .last()
        .map(|last| reader.site.path(&last.url))
        .unwrap_or_default();
    reader.server.fail(Where::Prefix(data_path(last)), Fault::Held);
    let saved = SavedPage::open(reader, language).await?;
    saved.press(&saved.save_button(Some(language))?).await?;
    let all = u32::try_from(posts.len())?;
    saved.until_it_says(&(words.saved_of)(all - 1, all)).await?;
    picture(reader, folder, &name("saving")).await?;
    saved.press(words.stop).await?;
    reader.server.mend();
    saved.press(words.remove_all).await?;
    saved.until_it_says(words.nothing_saved).await?;
    picture(reader, folder, &name("nothing-saved")).await?;

    PostPage::open(reader, &path).await?.keep().await?;
    reader.server.stop();
    reader.load(&ListPage::path(reader, language, 1)?).await?;
    Notices::of(reader).until_said(words.no_network).await?;
    picture(reader, folder, &name("list-offline")).await?;
    reader.server.restart()?;
    SavedPage::open(reader, language)
        .await?
        .press(words.remove_all)
        .await
}

/// What is told when another version of the site was published.
async fn picture_new_version(reader: &Reader, language: &str, folder: &Path) -> Result<()> {
    let other = Fault::Changed(|worker| worker + "\n// Another version.\n");
    reader.server.fail(Where::Suffix("/sw.js".to_owned()), other);
    ListPage::open(reader, language, 1).await?;
    let look = "navigator.serviceWorker.ready.then((registration) => registration.update())";
    reader.script(look, vec![]).await?;
    let words = reader.site.words(language)?;
    Notices::of(reader).until_said(words.new_version).await?;
    picture(reader, folder, &format!("new-version-{language}")).await
}

/// A post with a translation, and with a picture if there is such a one.
fn best_crossed(posts: &[Item]) -> Option<&Item> {
    let crossed = || posts.iter().filter(|item| is_crossed(item));
    crossed()
        .find(|item| item.image.is_some())
        .or_else(|| crossed().next())
}

fn is_crossed(item: &Item) -> bool {
    !item.passerelle.translations.is_empty()
}

/// Shows what the reader says when the server fails on a post.
async fn failing(reader: &Reader, language: &str, item: &Item) -> Result<()> {
    let path = reader.site.path(&item.url);
    let list = ListPage::open(reader, language, 1).await?;
    reader
        .server
        .fail(Where::Prefix(data_path(path)), Fault::Status(500));
    list.follow(path).await?;
    ProblemPage::showing(reader, reader.site.words(language)?.server_error)
        .await
        .map(drop)
}

/// The page as it is now, at every width, light and dark.
async fn picture(reader: &Reader, folder: &Path, name: &str) -> Result<()> {
    for scheme in ["light", "dark"] {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        reader
            .session
            .devtools("Emulation.setEmulatedMedia", media)
            .await?;
        for width in WIDTHS {
            reader.session.resize((width, HEIGHT)).await?;
            let height = reader
                .script("return document.documentElement.scrollHeight", vec![])
                .await?;
            let height = height
                .as_u64()
                .and_then(|height| u32::try_from(height).ok())
                .unwrap_or(HEIGHT);
            // A window as high as the page: what waits to be scrolled to comes, and is in the picture.
            reader
                .session
                .resize((width, height.clamp(HEIGHT, GREATEST_HEIGHT)))
                .await?;
            reader.session.execute_async(IMAGES_ARE_THERE, Vec::new()).await?;
            let file = folder.join(format!("{name}-{width}-{scheme}.png"));
            fs::write(&file, reader.session.picture().await?)
                .with_context(|| format!("cannot write {}", file.display()))?;
            println!("{}", file.display());
        }
    }
    Ok(())
}

/// Waits until every image has come or failed, and what they moved is drawn.
const IMAGES_ARE_THERE: &str = r#"
    const done = arguments[0];
    const images = [...document.images].map(image => image.complete ? null : new Promise(settled => {
        image.addEventListener("load", settled);
        image.addEventListener("error", settled);
    }));
    Promise.all(images).then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));
"#;
