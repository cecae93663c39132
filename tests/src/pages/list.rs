//! A page of the list of posts.

use anyhow::{Context, Result};
use content::url::path_key;
use serde::Deserialize;

use super::{PostPage, Reader};
use crate::roles::{self, Name, Role};

/// A post in the list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Entry {
    /// The text of its link.
    pub title: String,
    /// Where the link leads, from the root.
    pub path: String,
    /// The calendar day of its `<time>`, `YYYY-MM-DD`.
    pub day: String,
    /// The date as it is shown.
    pub date: String,
    /// Everything that the entry says.
    pub text: String,
    /// Whether it has a picture.
    pub has_picture: bool,
}

/// A page of the list of posts, showing.
pub struct ListPage<'a> {
    reader: &'a Reader,
    language: String,
}

const ENTRIES: &str = r#"
    const fold = text => text.split(/\s+/u).filter(Boolean).join(" ");
    return [...document.querySelectorAll("main article")].map(article => {
        const link = article.querySelector("h2 a[href]");
        const time = article.querySelector("time");
        return {
            title: fold(link.textContent),
            path: new URL(link.href).pathname,
            day: time.dateTime.slice(0, 10),
            date: fold(time.textContent),
            text: fold(article.textContent),
            has_picture: article.querySelector("img") !== null,
        };
    });
"#;

impl<'a> ListPage<'a> {
    /// Loads page `page` (from 1) of the list in `language`.
    ///
    /// # Errors
    /// When it does not come to be shown.
    pub async fn open(reader: &'a Reader, language: &str, page: u32) -> Result<Self> {
        let path = ListPage::path(reader, language, page)?;
        reader.visit(&path).await?;
        ListPage::showing(reader, language, page).await
    }

    /// Waits until that page is showing.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn showing(reader: &'a Reader, language: &str, page: u32) -> Result<Self> {
        let path = ListPage::path(reader, language, page)?;
        let words = reader.site.words(language)?;
        let heading = if page == 1 {
            words.all_posts.to_owned()
        } else {
            (words.all_posts_page)(page)
        };
        let heading = roles::folded(&heading);
        reader
            .until(
                &format!("page {page} of the list in {language} is showing"),
                |screen| screen.is_live && screen.is_at(&path) && screen.heading() == Some(&heading),
            )
            .await?;
        Ok(ListPage {
            reader,
            language: language.to_owned(),
        })
    }

    /// The path of that page: the list's own, and `page/2/` and on below it.
    ///
    /// # Errors
    /// When the site does not have the language.
    pub fn path(reader: &Reader, language: &str, page: u32) -> Result<String> {
        let first = &reader.site.language(language)?.url;
        let first = reader.site.path(first);
        Ok(if page == 1 {
            first.to_owned()
        } else {
            format!("{first}page/{page}/")
        })
    }

    /// The posts on this page, from top to bottom.
    ///
    /// # Errors
    /// When one is without link or date.
    pub async fn entries(&self) -> Result<Vec<Entry>> {
        Ok(self
            .reader
            .session
            .execute(ENTRIES, Vec::new())
            .await?
            .convert()?)
    }

    /// Opens the post at `path` by its link.
    ///
    /// # Errors
    /// When this page does not list it, or it does not open.
    pub async fn open_post(&self, path: &str) -> Result<PostPage<'a>> {
        self.follow(path).await?;
        PostPage::showing(self.reader, path).await
    }

    /// Follows the link to the post at `path` and waits for nothing.
    ///
    /// # Errors
    /// When this page does not list it.
    pub async fn follow(&self, path: &str) -> Result<()> {
        let entries = self.entries().await?;
        let entry = entries
            .iter()
            .find(|entry| path_key(&entry.path) == path_key(path))
            .with_context(|| format!("the list does not show {path}"))?;
        // Two posts may have one title: the link is found by its name, then told apart by where it leads.
        let main = self.reader.one(Role::Main, Name::Any).await?;
        for link in roles::all(&self.reader.session, Some(&main), Role::Link, &entry.title).await? {
            let href = link.prop("pathname").await?.unwrap_or_default();
            if path_key(&href) == path_key(path) {
                return Ok(link.click().await?);
            }
        }
        anyhow::bail!("no link is named \"{}\" and leads to {path}", entry.title)
    }

    /// Goes to the page with older posts by its link, or gives `None` when there is no such link.
    ///
    /// # Errors
    /// When the link leads nowhere.
    pub async fn older(&self, page: u32) -> Result<Option<ListPage<'a>>> {
        let older = self.reader.site.words(&self.language)?.older;
        match self.reader.all(Role::Link, older).await?.pop() {
            None => Ok(None),
            Some(link) => {
                link.click().await?;
                ListPage::showing(self.reader, &self.language, page + 1)
                    .await
                    .map(Some)
            }
        }
    }
}
