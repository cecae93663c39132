//! The reader in a real browser, as its users meet it.
//!
//! A browser test stands on four things: a [`sites::Site`] that the finished command built, a [`server::Server`] that
//! serves it and fails when told to, a [`browser::Session`] of a real browser driven through WebDriver, and the
//! [`pages`], which find what is on the screen by role and accessible name, as a screen reader does.
//! [`stage::Stage`] puts them together for one test and takes them down after it.
//!
//! Nothing here sleeps for a fixed time: a test waits for a condition, see [`wait`].

pub mod audit;
pub mod axe;
pub mod browser;
pub mod bundle;
pub mod console;
pub mod deploy;
pub mod guards;
pub mod pages;
pub mod policy;
pub mod repository;
pub mod roles;
pub mod server;
pub mod sites;
pub mod skip;
pub mod stage;
pub mod wait;
