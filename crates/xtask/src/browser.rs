//! The browsers that the tests drive, and how they and their drivers come to be there.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::process::{answer, on_path, run};
use crate::project::Project;
use crate::tools;

/// A browser that the tests can drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, or a browser made of it.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK's MiniBrowser, on a screen of Xvfb's.
    WebKit,
}

impl Browser {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The browsers that `--browser` asks for: one by its name, or `all`.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn named(name: &str) -> Result<Vec<Self>> {
        let named = |browser: &Self| name == "all" || name == browser.name();
        let browsers: Vec<Self> = Self::ALL.into_iter().filter(named).collect();
        ensure!(
            !browsers.is_empty(),
            "the tests cannot drive {name:?}; they drive chromium, firefox, webkit or all"
        );
        Ok(browsers)
    }

    /// The name, as `--browser` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The name of the driver's program.
    pub fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKit => "WebKitWebDriver",
        }
    }

    /// What must be on PATH; of each group one is enough.
    fn programs(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Chromium => &[
                &["chromedriver"],
                &[
                    "chromium",
                    "chromium-browser",
                    "google-chrome",
                    "google-chrome-stable",
                ],
            ],
            Self::Firefox => &[&["firefox", "firefox-esr"]],
            Self::WebKit => &[&["WebKitWebDriver"], &["Xvfb"]],
        }
    }

    /// The Debian packages that have them.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::WebKit => &["webkit2gtk-driver", "xvfb", "xauth", "dbus-x11"],
        }
    }

    fn is_there(self) -> bool {
        self.programs()
            .iter()
            .all(|group| group.iter().any(|program| on_path(program).is_some()))
    }

    /// Makes sure that the browser and its driver are there: on Debian they are installed where that takes no
    /// password, anywhere else the cure is told.
    ///
    /// # Errors
    /// When they are not there and cannot be installed.
    pub fn ensure(self, project: &Project) -> Result<()> {
        if !self.is_there() {
            self.install()?;
        }
        if self == Self::Firefox {
            // Debian has no package of it.
            tools::GECKODRIVER.ensure(project)?;
            tools::clean(project)?;
        }
        Ok(())
    }

    fn install(self) -> Result<()> {
        let packages = self.packages().join(" ");
        let cure = format!(
            "the tests in {} need {} on PATH; on Debian: apt-get install {packages}",
            self.name(),
            self.programs()
                .iter()
                .filter_map(|group| group.first().copied())
                .collect::<Vec<_>>()
                .join(" and ")
        );
        if !is_debian() {
            bail!(cure);
        }
        let prefix = root_prefix().with_context(|| cure.clone())?;
        eprintln!("Installing {packages} with apt: about a minute.");
        apt(&prefix, &["update", "--quiet"]).with_context(|| cure.clone())?;
        let install = ["install", "--yes", "--quiet", "--no-install-recommends"];
        apt(&prefix, &[&install, self.packages()].concat()).context(cure)
    }
}

fn is_debian() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=debian"))
}

/// What to put before a command that only root may run: nothing for root, sudo where it asks for no password.
pub fn root_prefix() -> Option<Vec<&'static str>> {
    if answer(Command::new("id").arg("-u")).as_deref() == Some("0") {
        return Some(vec![]);
    }
    answer(Command::new("sudo").args(["--non-interactive", "true"]))
        .map(|_| vec!["sudo", "--non-interactive"])
}

/// Runs apt-get, which asks nothing, behind `prefix`.
///
/// # Errors
/// When it is not there or fails.
pub fn apt(prefix: &[&str], arguments: &[&str]) -> Result<()> {
    let words = [
        prefix,
        &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"],
        arguments,
    ]
    .concat();
    match words.split_first() {
        Some((program, rest)) => run(Command::new(program).args(rest)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_by_its_name() {
        for browser in Browser::ALL {
            assert_eq!(Browser::named(browser.name()).expect("its own name"), [browser]);
        }
    }

    #[test]
    fn all_browsers_can_be_asked_for_at_once() {
        assert_eq!(Browser::named("all").expect("all"), Browser::ALL);
    }

    #[test]
    fn a_browser_that_cannot_be_driven_is_refused_by_name() {
        let error = Browser::named("lynx").expect_err("not a browser that is driven");
        assert!(error.to_string().contains("lynx") && error.to_string().contains("chromium"));
    }
}
