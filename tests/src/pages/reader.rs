//! The reader as a whole: what stands around every page, and the ways from one page to the next.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use content::{language::Language, words::Words};
use serde_json::{Value, json};
use thirtyfour::WebElement;

use super::Screen;
use crate::{
    browser::{Engine, Session},
    console, policy,
    roles::{self, Name, Role},
    server::Server,
    sites::Site,
    wait,
};

/// The reader in a browser, over a site that a server serves.
pub struct Reader {
    /// The browser.
    pub session: Session,
    /// The server.
    pub server: Server,
    /// What is served.
    pub site: Arc<Site>,
    expected: Vec<String>,
    expected_violations: Vec<String>,
}

impl Reader {
    /// The reader over `site`, which `server` serves to `session`.
    pub fn new(session: Session, server: Server, site: Arc<Site>) -> Self {
        Reader {
            session,
            server,
            site,
            expected: Vec::new(),
            expected_violations: Vec::new(),
        }
    }

    /// Loads the page at `path` (from the root, base path included) anew and waits until the reader shows it.
    ///
    /// # Errors
    /// When it does not come to be shown.
    pub async fn visit(&self, path: &str) -> Result<Screen> {
        self.load(path).await?;
        self.live().await
    }

    /// Loads the page at `path` and waits for nothing but the document.
    ///
    /// # Errors
    /// When the browser cannot load it.
    pub async fn load(&self, path: &str) -> Result<()> {
        let url = format!("{}{path}", self.server.origin());
        let now = self.session.current_url().await?;
        if self.session.engine() == Engine::WebKit && now.scheme() == "http" && !path.contains('#') {
            return self.go(&url).await;
        }
        Ok(self.session.goto(url).await?)
    }

    /// As a link goes: WebKit's driver may wait for ever when it is told to load what it was told to load before.
    async fn go(&self, url: &str) -> Result<()> {
        self.mark().await?;
        self.leave_by(&format!("location.assign({})", json!(url))).await?;
        wait::until(format!("{url} is loaded"), async || {
            let is_there = "return window.markedByTheTest !== true && document.readyState === 'complete'";
            Ok((self.script(is_there, vec![]).await? == json!(true)).then_some(()))
        })
        .await
    }

    /// Waits until the reader itself shows a page, and gives it.
    ///
    /// # Errors
    /// When it does not.
    pub async fn live(&self) -> Result<Screen> {
        self.until("the reader shows a page", |screen| screen.is_live)
            .await
    }

    /// Waits until the screen is as `condition` says.
    ///
    /// # Errors
    /// When it does not come to be so; with what the screen is.
    pub async fn until(&self, what: &str, condition: impl Fn(&Screen) -> bool) -> Result<Screen> {
        wait::until(what, async || {
            let screen = Screen::of(self).await?;
            if condition(&screen) {
                Ok(Some(screen))
            } else {
                bail!("{screen:?}")
            }
        })
        .await
    }

    /// The language of the page, as `<html lang>` says.
    ///
    /// # Errors
    /// When that is no language tag.
    pub async fn language(&self) -> Result<Language> {
        let lang = Screen::of(self).await?.lang;
        lang.parse().with_context(|| format!("<html lang=\"{lang}\">"))
    }

    /// The interface words of the page as it is now.
    ///
    /// # Errors
    /// As [`Reader::language`].
    pub async fn words(&self) -> Result<&'static Words> {
        Ok(Words::of(&self.language().await?))
    }

    /// The one element of that role and name, once it is there.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn one(&self, role: Role, name: impl Into<Name>) -> Result<WebElement> {
        roles::one(&self.session, None, role, name).await
    }

    /// The elements of that role and name, as they are now.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn all(&self, role: Role, name: impl Into<Name>) -> Result<Vec<WebElement>> {
        roles::all(&self.session, None, role, name).await
    }

    /// The control that crosses: the place named for the choice of a language, in the header.
    ///
    /// # Errors
    /// When there is none, or there are two.
    pub async fn crossing(&self) -> Result<WebElement> {
        let name = self.words().await?.languages;
        self.one(Role::Navigation, name).await
    }

    /// The link of the crossing to `language`, named by that language's own name.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn crossing_link(&self, language: &str) -> Result<WebElement> {
        let name = self.site.language(language)?.name.clone();
        let crossing = self.crossing().await?;
        roles::one(&self.session, Some(&crossing), Role::Link, name).await
    }

    /// Crosses to `language` and waits until the page is in it.
    ///
    /// # Errors
    /// When there is no way across, or it leads nowhere.
    pub async fn cross(&self, language: &str) -> Result<Screen> {
        self.crossing_link(language).await?.click().await?;
        let wanted: Language = language.parse()?;
        self.until(&format!("the page is in {language}"), |screen| {
            let lang = screen.lang.parse::<Language>();
            screen.is_live && lang.is_ok_and(|lang| lang.primary() == wanted.primary())
        })
        .await
    }

    /// Back in the history, as the browser's own button goes.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn back(&self) -> Result<()> {
        self.leave_by("history.back()").await
    }

    /// Forward in the history.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn forward(&self) -> Result<()> {
        self.leave_by("history.forward()").await
    }

    /// Loads the page again, as the browser's own button does.
    ///
    /// # Errors
    /// When the page does not come to be shown again.
    pub async fn reload(&self) -> Result<Screen> {
        self.mark().await?;
        self.leave_by("location.reload()").await?;
        wait::until("the page is loaded again", async || {
            Ok((!self.is_marked().await?).then_some(()))
        })
        .await?;
        self.live().await
    }

    /// Runs a script that leaves the document, once it has returned: chromedriver runs a script again whose document
    /// goes away under it, and two steps back are not one.
    async fn leave_by(&self, script: &str) -> Result<()> {
        self.script(&format!("setTimeout(() => {{ {script}; }})"), vec![])
            .await
            .map(drop)
    }

    /// Marks the document, so that [`Reader::is_marked`] tells whether it is still the same one.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn mark(&self) -> Result<()> {
        self.script("window.markedByTheTest = true", vec![])
            .await
            .map(drop)
    }

    /// Whether this is the document that was marked: there was no reload.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn is_marked(&self) -> Result<bool> {
        Ok(self
            .script("return window.markedByTheTest === true", vec![])
            .await?
            == json!(true))
    }

    /// How far the page is scrolled down, in CSS pixels.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn scrolled(&self) -> Result<i64> {
        let y = self.script("return Math.round(window.scrollY)", vec![]).await?;
        y.as_i64().context("scrollY is a number")
    }

    /// The element that has the focus.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn focused(&self) -> Result<WebElement> {
        Ok(self.session.active_element().await?)
    }

    /// Waits until the focus is on the one heading of first level.
    ///
    /// # Errors
    /// When it does not get there; with where it is.
    pub async fn until_heading_has_focus(&self) -> Result<()> {
        wait::until("the focus is on the h1", async || {
            let focused = self.focused().await?;
            match focused.tag_name().await?.as_str() {
                "h1" => Ok(Some(())),
                other => bail!("it is on <{other}> \"{}\"", roles::folded(&focused.text().await?)),
            }
        })
        .await
    }

    /// Presses one key, as WebDriver writes it.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn press(&self, key: thirtyfour::Key) -> Result<()> {
        Ok(self.session.action_chain().send_keys(key).perform().await?)
    }

    /// Runs a script in the page and gives what it returns.
    ///
    /// # Errors
    /// When the script throws or the driver fails.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.session.execute(script, arguments).await?.json().clone())
    }

    /// The test makes something fail: a complaint of the console that has `part` in it is expected.
    pub fn expect_complaint(&mut self, part: &str) {
        self.expected.push(part.to_owned());
    }

    /// Holds that the console has no complaint but those expected.
    ///
    /// # Errors
    /// When it has; with all of them.
    pub async fn check_console(&self) -> Result<()> {
        let complaints = console::complaints(&self.session, &self.server.origin()).await?;
        console::only_expected(complaints, &self.expected)
    }

    /// The test makes a page violate its policy: a report that has `part` in it is expected.
    pub fn expect_violation(&mut self, part: &str) {
        self.expected_violations.push(part.to_owned());
    }

    /// Holds that no page did anything against its policy but what was expected.
    ///
    /// # Errors
    /// When one did; with all reports.
    pub async fn check_policy(&self) -> Result<()> {
        let violations = policy::violations(&self.session).await?;
        console::only_expected(violations, &self.expected_violations).context("a policy was violated")
    }
}
