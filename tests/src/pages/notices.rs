//! What is told beside the page.

use anyhow::{Result, bail};
use serde_json::json;

use super::Reader;
use crate::{
    roles::{Name, Role, folded},
    wait,
};

/// The places where the reader tells what has happened.
pub struct Notices<'a> {
    reader: &'a Reader,
}

impl<'a> Notices<'a> {
    /// Those of the page that is showing.
    pub fn of(reader: &'a Reader) -> Self {
        Notices { reader }
    }

    /// What is told now, each by itself.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn said(&self) -> Result<Vec<String>> {
        let mut said = Vec::new();
        for place in self.reader.all(Role::Status, Name::Any).await? {
            said.push(folded(&place.text().await?));
        }
        said.retain(|text| !text.is_empty());
        Ok(said)
    }

    /// Waits until something with `text` in it is told.
    ///
    /// # Errors
    /// When it is not; with what is.
    pub async fn until_said(&self, text: &str) -> Result<()> {
        wait::until(format!("\"{text}\" is told"), async || {
            let said = self.said().await?;
            if said.iter().any(|said| said.contains(&folded(text))) {
                return Ok(Some(()));
            }
            bail!("it says {said:?}")
        })
        .await
    }

    /// Waits until nothing with `text` in it is told.
    ///
    /// # Errors
    /// When it still is.
    pub async fn until_not_said(&self, text: &str) -> Result<()> {
        wait::until(format!("\"{text}\" is not told"), async || {
            let said = self.said().await?;
            let is_said = said.iter().any(|said| said.contains(&folded(text)));
            Ok((!is_said).then_some(()))
        })
        .await
    }

    /// Presses the button of that name, by the keyboard.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn act(&self, name: &str) -> Result<()> {
        let button = self.reader.one(Role::Button, name).await?;
        self.reader
            .script("arguments[0].focus()", vec![button.to_json()?])
            .await?;
        self.reader.press(thirtyfour::Key::Enter).await
    }

    /// Whether every button that is told with is as large as a finger needs.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn buttons_are_large(&self) -> Result<bool> {
        let script = r#"
            return [...document.querySelectorAll("[role=status] button")].every(button => {
                const { width, height } = button.getBoundingClientRect();
                return width >= 24 && height >= 44;
            });
        "#;
        Ok(self.reader.script(script, vec![]).await? == json!(true))
    }
}
