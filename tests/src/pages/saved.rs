//! The page of what is saved on the device.

use anyhow::Result;
use serde::Deserialize;

use super::Reader;
use crate::{
    roles::{self, Name, Role, folded},
    wait,
};

/// A post that is saved.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SavedPost {
    /// The text of its link.
    pub title: String,
    /// Where the link leads, from the root.
    pub path: String,
    /// The language that the title is in.
    pub lang: String,
    /// Everything that the entry says.
    pub text: String,
}

/// The page of what is saved, showing.
pub struct SavedPage<'a> {
    reader: &'a Reader,
    language: String,
}

const POSTS: &str = r#"
    const fold = text => text.split(/\s+/u).filter(Boolean).join(" ");
    return [...document.querySelectorAll("main li")].map(entry => {
        const link = entry.querySelector("a[href]");
        return { title: fold(link.textContent), path: link.pathname, lang: link.lang, text: fold(entry.textContent) };
    });
"#;

const BYTES: &str = r#"return (async () => {
    const names = (await caches.keys()).filter(name => name.endsWith(" kept"));
    let sum = 0;
    for (const name of names) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) sum += (await (await cache.match(request)).blob()).size;
    }
    return sum;
})()"#;

impl Reader {
    /// Bytes in the cache of what is kept by choice; the index is not in it.
    ///
    /// # Errors
    /// When the page has no caches.
    pub async fn bytes_kept(&self) -> Result<u64> {
        Ok(serde_json::from_value(self.script(BYTES, vec![]).await?)?)
    }
}

impl<'a> SavedPage<'a> {
    /// Loads the page in `language`.
    ///
    /// # Errors
    /// When it does not come to be shown.
    pub async fn open(reader: &'a Reader, language: &str) -> Result<Self> {
        reader.load(&reader.site.language(language)?.saved_url()).await?;
        SavedPage::showing(reader, language).await
    }

    /// Goes to it by the link at the foot of the page.
    ///
    /// # Errors
    /// When there is no such link, or it leads elsewhere.
    pub async fn follow(reader: &'a Reader, language: &str) -> Result<Self> {
        let words = reader.site.words(language)?;
        let footer = reader.one(Role::Contentinfo, Name::Any).await?;
        let link = roles::one(&reader.session, Some(&footer), Role::Link, words.saved).await?;
        link.click().await?;
        SavedPage::showing(reader, language).await
    }

    /// Waits until it is showing, as the reader draws it.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn showing(reader: &'a Reader, language: &str) -> Result<Self> {
        let path = reader.site.language(language)?.saved_url();
        let heading = reader.site.words(language)?.saved;
        reader
            .until("the page of what is saved is showing", |screen| {
                screen.is_live && screen.is_at(&path) && screen.heading() == Some(heading)
            })
            .await?;
        Ok(SavedPage {
            reader,
            language: language.to_owned(),
        })
    }

    /// The posts that it lists.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn posts(&self) -> Result<Vec<SavedPost>> {
        Ok(self.reader.session.execute(POSTS, Vec::new()).await?.convert()?)
    }

    /// Waits until it lists so many.
    ///
    /// # Errors
    /// When it does not; with what it lists.
    pub async fn until_there_are(&self, count: usize) -> Result<Vec<SavedPost>> {
        wait::until(format!("{count} posts are listed"), async || {
            let posts = self.posts().await?;
            anyhow::ensure!(posts.len() == count, "{posts:?}");
            Ok(Some(posts))
        })
        .await
    }

    /// What it says, white space folded.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn text(&self) -> Result<String> {
        let main = self.reader.one(Role::Main, Name::Any).await?;
        Ok(folded(&main.text().await?))
    }

    /// Waits until it says `text`.
    ///
    /// # Errors
    /// When it does not; with what it says.
    pub async fn until_it_says(&self, text: &str) -> Result<()> {
        wait::until(format!("it says \"{text}\""), async || {
            let said = self.text().await?;
            anyhow::ensure!(said.contains(&folded(text)), "{said}");
            Ok(Some(()))
        })
        .await
    }

    /// Presses the button of that name; the one that is there when the section was drawn anew meanwhile.
    ///
    /// # Errors
    /// When there is none.
    pub async fn press(&self, name: &str) -> Result<()> {
        wait::until(format!("\"{name}\" is pressed"), async || {
            Ok(Some(self.reader.one(Role::Button, name).await?.click().await?))
        })
        .await
    }

    /// Removes the post of that title.
    ///
    /// # Errors
    /// When there is no button for it.
    pub async fn remove(&self, title: &str) -> Result<()> {
        let words = self.reader.site.words(&self.language)?;
        self.press(&(words.remove_post)(title)).await
    }

    /// The name of the button that saves the whole blog in `language`; in every language where there is none.
    ///
    /// # Errors
    /// When the site does not have it.
    pub fn save_button(&self, language: Option<&str>) -> Result<String> {
        let site = &self.reader.site;
        let words = site.words(&self.language)?;
        let (name, bytes) = match language {
            Some(language) => {
                let entry = site.language(language)?;
                (entry.name.as_str(), entry.offline_bytes)
            }
            None => (words.every_language, site.about.offline_bytes),
        };
        Ok(format!("{name} ({})", (words.size)(bytes)))
    }
}
