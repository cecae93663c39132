//! Why a page has nothing to show.

/// What came instead of what was asked for. Each is told from a fact, not guessed, and each is shown as what it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DataError {
    /// No answer came: the device is offline, or nothing is reached.
    #[error("no answer")]
    Offline,
    /// There is no such page (HTTP 404 or 410, or a page where a post's JSON should be).
    #[error("not found")]
    Missing,
    /// Any other status than success.
    #[error("status {0}")]
    Server(u16),
    /// An answer that is not what was asked for; what is wrong with it, as the JSON reader says.
    #[error("not readable: {0}")]
    Broken(String),
    /// Written by a newer Passerelle, so that this reader might misread it.
    #[error("of a newer version")]
    NewerVersion,
}
