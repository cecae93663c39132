//! A real browser, driven through WebDriver: one driver process and one fresh profile a session.

mod driver;
mod engine;
mod screen;

use std::ops::Deref;

use anyhow::{Context, Result};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use thirtyfour::WebDriver;

use driver::Driver;
pub use engine::Engine;

use crate::policy;

/// How a browser is set up before it shows anything.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The languages that the person prefers, best first, as `Accept-Language` has them: `fr-CA,fr,en`.
    pub languages: String,
    /// Width and height of the window's inside in CSS pixels.
    pub viewport: (u32, u32),
    /// Whether pages may run scripts.
    pub scripts: bool,
    /// Whether a certificate is trusted that nobody has signed; in Chromium alone.
    pub trusts_all: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Setup {
            languages: "en-CA,en".to_owned(),
            viewport: (1280, 900),
            scripts: true,
            trusts_all: false,
        }
    }
}

/// A browser session. What [`WebDriver`] can, it can.
pub struct Session {
    // First the session ends, then its driver.
    web: WebDriver,
    engine: Engine,
    _driver: Driver,
}

impl Session {
    /// Starts a driver and a browser with a fresh profile.
    ///
    /// # Errors
    /// When either does not start; with the packages that have them.
    pub async fn start(setup: &Setup) -> Result<Self> {
        Session::start_in(Engine::chosen()?, setup).await
    }

    /// The same in an engine that the caller names.
    ///
    /// # Errors
    /// As [`Session::start`].
    pub async fn start_in(engine: Engine, setup: &Setup) -> Result<Self> {
        let driver = Driver::start(engine)?;
        let web = WebDriver::new(driver.url(), engine.capabilities(setup)?)
            .await
            .with_context(|| format!("{engine:?} did not start"))?;
        let session = Session {
            web,
            engine,
            _driver: driver,
        };
        session.resize(setup.viewport).await?;
        policy::record(&session).await?;
        Ok(session)
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Ends the browser.
    ///
    /// # Errors
    /// When the driver does not answer; it is ended all the same.
    pub async fn quit(self) -> Result<()> {
        Ok(self.web.quit().await?)
    }

    /// Makes the inside of the window so many CSS pixels wide and high. Smaller than a window can be, too: as on a
    /// telephone, or at 400 % zoom.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn resize(&self, (width, height): (u32, u32)) -> Result<()> {
        if self.engine == Engine::Chromium {
            let metrics =
                json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            self.devtools("Emulation.setDeviceMetricsOverride", metrics)
                .await?;
        } else {
            self.web.set_window_rect(0, 0, width, height).await?;
        }
        Ok(())
    }

    /// A command of Chromium's own protocol; the engines besides have none.
    ///
    /// # Errors
    /// When it is not Chromium or the command fails.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        anyhow::ensure!(self.engine == Engine::Chromium, "{command} is Chromium's alone");
        self.web
            .cdp()
            .send_raw(command, parameters)
            .await
            .with_context(|| command.to_owned())
    }

    /// The network of the device: cut or there.
    ///
    /// # Errors
    /// As [`Session::devtools`].
    pub async fn set_offline(&self, offline: bool) -> Result<()> {
        self.devtools("Network.enable", json!({})).await?;
        let conditions =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", conditions)
            .await?;
        Ok(())
    }

    /// A picture of the whole page, as PNG.
    ///
    /// # Errors
    /// As [`Session::devtools`].
    pub async fn picture(&self) -> Result<Vec<u8>> {
        if self.engine != Engine::Chromium {
            return Ok(self.web.screenshot_as_png().await?);
        }
        let parameters = json!({ "format": "png", "captureBeyondViewport": true });
        let answer = self.devtools("Page.captureScreenshot", parameters).await?;
        let data = answer["data"].as_str().context("no picture came")?;
        Ok(BASE64_STANDARD.decode(data)?)
    }
}

impl Deref for Session {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        &self.web
    }
}
