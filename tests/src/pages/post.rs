//! A post.

use anyhow::{Context, Result};
use content::{post::PostDocument, words::Words};
use thirtyfour::{By, WebElement};

use super::{Notices, Reader};
use crate::roles::{self, Name, Role};

/// A post, showing.
pub struct PostPage<'a> {
    reader: &'a Reader,
    /// What the site says of it.
    pub document: PostDocument,
}

impl<'a> PostPage<'a> {
    /// Loads the post at `path`.
    ///
    /// # Errors
    /// When it does not come to be shown.
    pub async fn open(reader: &'a Reader, path: &str) -> Result<Self> {
        reader.visit(path).await?;
        PostPage::showing(reader, path).await
    }

    /// Waits until the post at `path` is showing under its own title.
    ///
    /// # Errors
    /// When there is no such post, or it does not come to be shown.
    pub async fn showing(reader: &'a Reader, path: &str) -> Result<Self> {
        let document = reader.site.post(path)?;
        let title = roles::folded(&document.item.title);
        reader
            .until(&format!("the post {path} is showing as \"{title}\""), |screen| {
                screen.is_live && screen.is_at(path) && screen.heading() == Some(&title)
            })
            .await?;
        Ok(PostPage { reader, document })
    }

    /// The interface words of its language.
    pub fn words(&self) -> &'static Words {
        Words::of(&self.document.item.language)
    }

    /// The path of its translation into `language`.
    ///
    /// # Errors
    /// When there is none.
    pub fn twin(&self, language: &str) -> Result<String> {
        let twin = self
            .document
            .translations()
            .iter()
            .find(|twin| twin.language.as_str() == language)
            .with_context(|| format!("{} is not in {language}", self.document.item.url))?;
        Ok(self.reader.site.path(&twin.url).to_owned())
    }

    /// The article: its heading, what stands under it, its body.
    ///
    /// # Errors
    /// When there is not just one.
    pub async fn article(&self) -> Result<WebElement> {
        let main = self.reader.one(Role::Main, Name::Any).await?;
        roles::one(&self.reader.session, Some(&main), Role::Article, Name::Any).await
    }

    /// What a person reads of the article, white space folded.
    ///
    /// # Errors
    /// As [`PostPage::article`].
    pub async fn text(&self) -> Result<String> {
        Ok(roles::folded(&self.article().await?.text().await?))
    }

    /// The main image, where the post has one.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn main_image(&self) -> Result<Option<WebElement>> {
        let mut images = self
            .article()
            .await?
            .find_all(By::Css("figure:first-of-type > img"))
            .await?;
        Ok(if images.is_empty() {
            None
        } else {
            Some(images.remove(0))
        })
    }

    /// Keeps the post on the device by its button, whose name tells the size first, and waits until it says that it is kept.
    /// Gives that name.
    ///
    /// # Errors
    /// When there is no such button, or it does not come to be kept.
    pub async fn keep(&self) -> Result<String> {
        self.keep_button().await?.click().await?;
        self.until_kept().await?;
        Ok(self.keep_name())
    }

    /// The button that keeps the post, while it is not kept.
    ///
    /// # Errors
    /// When there is none of that name.
    pub async fn keep_button(&self) -> Result<WebElement> {
        self.reader.one(Role::Button, self.keep_name()).await
    }

    /// The name of that button: it tells the size.
    fn keep_name(&self) -> String {
        let words = self.words();
        (words.save)(&(words.size)(self.document.item.offline_bytes()))
    }

    /// Waits until the page says that the post is kept.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until_kept(&self) -> Result<()> {
        Notices::of(self.reader).until_said(self.words().is_saved).await
    }
}
