//! A page that says why there is nothing to read, and offers a way on.

use anyhow::Result;
use thirtyfour::WebElement;

use super::Reader;
use crate::roles::{self, Name, Role};

/// A page that says what went wrong, showing.
pub struct ProblemPage<'a> {
    reader: &'a Reader,
}

impl<'a> ProblemPage<'a> {
    /// Waits until the page says `heading`.
    ///
    /// # Errors
    /// When it does not.
    pub async fn showing(reader: &'a Reader, heading: &str) -> Result<Self> {
        let heading = roles::folded(heading);
        reader
            .until(&format!("the page says \"{heading}\""), |screen| {
                screen.is_live && screen.heading() == Some(&heading)
            })
            .await?;
        Ok(ProblemPage { reader })
    }

    /// What it says, white space folded.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn text(&self) -> Result<String> {
        let main = self.reader.one(Role::Main, Name::Any).await?;
        Ok(roles::folded(&main.text().await?))
    }

    /// The button that tries again, in the page's language.
    ///
    /// # Errors
    /// When there is none.
    pub async fn try_again(&self) -> Result<WebElement> {
        let name = self.reader.words().await?.try_again;
        self.reader.one(Role::Button, name).await
    }

    /// The link to the list of the page's language, inside the page.
    ///
    /// # Errors
    /// When there is none.
    pub async fn way_to_the_list(&self) -> Result<WebElement> {
        let name = self.reader.words().await?.all_posts;
        let main = self.reader.one(Role::Main, Name::Any).await?;
        roles::one(&self.reader.session, Some(&main), Role::Link, name).await
    }
}
