//! `serve`'s parts: a local server of a site's folder, and the watch over the publisher's.

pub mod server;
pub mod watch;
