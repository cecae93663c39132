//! What is said when a page has nothing to show.

use content::words::Words;

use crate::data::DataError;

/// A problem in words, and what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The heading: what it is.
    pub title: &'static str,
    /// What may have happened, and what to do.
    pub help: String,
    /// What may help at once.
    pub remedy: Remedy,
}

/// What may help at once, beside the way to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// To ask again.
    TryAgain,
    /// To load the page again, and with it a newer reader.
    Reload,
    /// Nothing: what is not there will not come.
    None,
}

/// What to say of `error`; `is_post` tells whether the URL has the shape of a post.
pub fn say(error: &DataError, is_post: bool, words: &Words) -> Said {
    let (title, help, remedy) = match error {
        DataError::Missing if is_post => (
            words.unknown_post,
            words.unknown_post_help.to_owned(),
            Remedy::None,
        ),
        DataError::Missing => (words.not_found, words.not_found_help.to_owned(), Remedy::None),
        DataError::Offline => (words.offline, words.offline_help.to_owned(), Remedy::TryAgain),
        DataError::Server(status) => (
            words.server_error,
            (words.server_error_help)(*status),
            Remedy::TryAgain,
        ),
        DataError::Broken(_) => (
            words.broken_data,
            words.broken_data_help.to_owned(),
            Remedy::TryAgain,
        ),
        DataError::NewerVersion => (
            words.newer_version,
            words.newer_version_help.to_owned(),
            Remedy::Reload,
        ),
    };
    Said { title, help, remedy }
}

/// Why something could not be saved, as the service worker calls it, in words; nothing where it could.
pub fn why_not_saved(why: &str, words: &Words) -> &'static str {
    match why {
        "" => "",
        "full" => words.not_saved_full,
        "missing" | "wrong" => words.not_saved_missing,
        _ => words.not_saved_network,
    }
}
