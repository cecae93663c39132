//! The three engines, and how each is started so that it runs without a screen and as any user.

use std::{env, process::Command};

use anyhow::{Result, bail};
use serde_json::{Value, json};
use thirtyfour::Capabilities;

use super::Setup;
use crate::repository;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, through `chromedriver`.
    Chromium,
    /// Firefox, through `geckodriver`.
    Firefox,
    /// WebKitGTK's MiniBrowser, through `WebKitWebDriver`, on a screen of Xvfb's.
    WebKit,
}

impl Engine {
    /// What `PASSERELLE_BROWSER` names, else Chromium.
    ///
    /// # Errors
    /// When it names none of the three.
    pub fn chosen() -> Result<Self> {
        match env::var("PASSERELLE_BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => Ok(Engine::Chromium),
            Ok("firefox") => Ok(Engine::Firefox),
            Ok("webkit") => Ok(Engine::WebKit),
            Ok("all") => {
                bail!("these tests run in one browser at a time: set PASSERELLE_BROWSER to its name")
            }
            Ok(other) => bail!("PASSERELLE_BROWSER is \"{other}\"; name chromium, firefox or webkit"),
        }
    }

    /// Whether `PASSERELLE_BROWSER` names this one, or `all`; without it, Chromium.
    ///
    /// # Errors
    /// As [`Engine::chosen`].
    pub fn is_chosen(self) -> Result<bool> {
        Ok(env::var("PASSERELLE_BROWSER").as_deref() == Ok("all") || Engine::chosen()? == self)
    }

    /// The name that `PASSERELLE_BROWSER` takes.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::WebKit => "webkit",
        }
    }

    /// The Debian packages that have the browser and its driver.
    pub(super) fn packages(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium chromium-driver",
            Engine::Firefox => "firefox-esr (and `cargo install geckodriver --locked`)",
            Engine::WebKit => "webkit2gtk-driver xvfb xauth dbus-x11",
        }
    }

    /// How to bring the engine or its driver, when one of them is not there.
    ///
    /// # Errors
    /// When `PATH` cannot be read.
    pub fn cure(self) -> Result<Option<String>> {
        let path = repository::path_with_tools()?;
        let is_there = |program: &str| env::split_paths(&path).any(|folder| folder.join(program).is_file());
        let needed: &[&[&str]] = match self {
            Engine::Chromium => &[&["chromedriver"], &["chromium", "google-chrome"]],
            Engine::Firefox => &[&["geckodriver"], &["firefox-esr", "firefox"]],
            Engine::WebKit => &[&["WebKitWebDriver"], &["Xvfb"]],
        };
        let is_whole = needed.iter().all(|names| names.iter().any(|name| is_there(name)));
        Ok((!is_whole).then(|| format!("{self:?} is not installed; Debian has it in: {}", self.packages())))
    }

    /// Why the engine cannot be set up so, when it cannot.
    pub fn lacks(self, setup: &Setup) -> Option<&'static str> {
        let usual = Setup::default();
        if self == Engine::WebKit && !setup.scripts {
            return Some("MiniBrowser has no switch for scripts");
        }
        if self == Engine::WebKit && setup.languages != usual.languages {
            return Some("MiniBrowser takes its languages from the locale");
        }
        (self != Engine::Chromium && setup.viewport.0 < NARROWEST)
            .then_some("the windows of this engine are not so narrow")
    }

    /// The driver's program, told to listen on `port`.
    pub(super) fn driver(self, port: u16) -> (&'static str, Vec<String>) {
        let port = format!("--port={port}");
        match self {
            Engine::Chromium => ("chromedriver", vec![port, "--log-level=OFF".to_owned()]),
            Engine::Firefox => ("geckodriver", vec![port, "--log=fatal".to_owned()]),
            Engine::WebKit => ("WebKitWebDriver", vec![port]),
        }
    }

    /// What the browser, a child of the driver, needs in its environment.
    pub(super) fn prepare(self, command: &mut Command) {
        if self == Engine::WebKit {
            // Neither a sandbox nor a graphics card is at hand in a container.
            command
                .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
                .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
                .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
                .env("LIBGL_ALWAYS_SOFTWARE", "1")
                // Else it starts a bus of its own, which stays behind.
                .env("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        }
    }

    /// What a session asks of the driver.
    pub(super) fn capabilities(self, setup: &Setup) -> Result<Capabilities> {
        let wanted = match self {
            Engine::Chromium => chromium(setup),
            Engine::Firefox => firefox(setup),
            Engine::WebKit => webkit(),
        };
        Ok(serde_json::from_value(wanted)?)
    }
}

/// The inner width of the narrowest window that Firefox opens, in CSS pixels; WebKit's is 447.
const NARROWEST: u32 = 500;

fn chromium(setup: &Setup) -> Value {
    let scripts = if setup.scripts { 1 } else { 2 };
    let mut capabilities = json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-crash-reporter",
                "--no-proxy-server",
                // Real posts show pictures of other sites; no test goes out to them.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
            "prefs": {
                "intl.accept_languages": setup.languages,
                "profile.managed_default_content_settings.javascript": scripts,
            },
        },
    });
    if let Some(arguments) = capabilities["goog:chromeOptions"]["args"]
        .as_array_mut()
        .filter(|_| setup.trusts_all)
    {
        // Not `acceptInsecureCerts`: service workers want it of the whole browser.
        arguments.push(json!("--ignore-certificate-errors"));
    }
    capabilities
}

fn firefox(setup: &Setup) -> Value {
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "args": ["-headless"],
            "prefs": {
                "intl.accept_languages": setup.languages,
                "javascript.enabled": setup.scripts,
                // Headless windows count as background ones: their timers would be slowed.
                "dom.min_background_timeout_value": 4,
                "dom.timeout.enable_budget_timer_throttling": false,
                "network.proxy.type": 0,
            },
        },
    })
}

/// MiniBrowser takes its languages from the locale and has no switch for scripts.
fn webkit() -> Value {
    let browser = format!(
        "/usr/lib/{}-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        env::consts::ARCH
    );
    json!({
        "browserName": "MiniBrowser",
        "webkitgtk:browserOptions": { "binary": browser, "args": ["--automation"] },
    })
}
