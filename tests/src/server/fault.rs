//! The ways in which a server or a network fails.

use std::time::Duration;

/// Which requests meet a fault.
#[derive(Clone, Debug)]
pub enum Where {
    /// Paths that begin so, base path included.
    Prefix(String),
    /// Paths that end so: `.json`.
    Suffix(String),
}

impl Where {
    /// Everything.
    pub fn all() -> Self {
        Where::Prefix("/".to_owned())
    }

    /// Every JSON of the site.
    pub fn json() -> Self {
        Where::Suffix(".json".to_owned())
    }

    pub(super) fn holds(&self, path: &str) -> bool {
        match self {
            Where::Prefix(prefix) => path.starts_with(prefix.as_str()),
            Where::Suffix(suffix) => path.ends_with(suffix.as_str()),
        }
    }
}

/// What happens to a request.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// Answered with this status and a short HTML page, as servers and CDNs do.
    Status(u16),
    /// Answered as what the site does not have.
    Missing,
    /// Answered with status 200 and the HTML of some page, as hosts do that have one page for every address.
    Html,
    /// The file, with another content type than it has.
    Type(&'static str),
    /// The first half of the file, told to be the whole.
    Half,
    /// The connection breaks in the middle of the body.
    Broken,
    /// The connection ends in the middle of the body, whose whole length was told.
    Short,
    /// The headers at once, then a byte a second.
    Trickle,
    /// Answered with a redirect to another port, which is another site to a browser: a login.
    Elsewhere(u16),
    /// The file at its address without `index.html` or `.html`, and a redirect there from any other, as Cloudflare
    /// Pages does.
    ShortNames,
    /// The file, to be kept by the browser for a year.
    Lasting,
    /// The file as this function changes it.
    Changed(fn(String) -> String),
    /// Answered after this time.
    Slow(Duration),
    /// Not answered until the faults change.
    Held,
}

impl Fault {
    /// JSON of a format from the future.
    pub fn newer_version() -> Self {
        Fault::Changed(|json| {
            let now = format!("\"version\":{}", content::index::FORMAT_VERSION);
            let spaced = format!("\"version\": {}", content::index::FORMAT_VERSION);
            json.replace(&now, "\"version\":4000")
                .replace(&spaced, "\"version\": 4000")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_number_of_the_format_is_from_the_future() {
        let Fault::Changed(change) = Fault::newer_version() else {
            panic!("it changes the file")
        };
        let json =
            r#"{"version":1,"feed":{"version":"https://jsonfeed.org/version/1.1"},"a":{"version": 1}}"#;
        let newer =
            r#"{"version":4000,"feed":{"version":"https://jsonfeed.org/version/1.1"},"a":{"version": 4000}}"#;
        assert_eq!(change(json.to_owned()), newer);
    }

    #[test]
    fn a_fault_holds_where_it_was_put() {
        assert!(Where::json().holds("/en/feed.json"));
        assert!(!Where::json().holds("/en/feed.json/"));
        assert!(Where::Prefix("/en/a/".to_owned()).holds("/en/a/index.json"));
        assert!(!Where::Prefix("/en/a/".to_owned()).holds("/en/ab/index.json"));
    }
}
