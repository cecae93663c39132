//! Posts that have what a scenario needs.

use anyhow::{Context, Result};
use content::{index::Item, post::PostDocument};
use passerelle_tests::sites::Site;

/// The languages of the demo: a page's own, and the one across.
pub const BOTH_WAYS: [(&str, &str); 2] = [("en", "fr"), ("fr", "en")];

/// The newest post in `language` of which `wanted` is true.
pub fn post(site: &Site, language: &str, wanted: impl Fn(&Item) -> bool) -> Result<Item> {
    site.posts(language)?
        .into_iter()
        .find(wanted)
        .with_context(|| format!("no post in {language} has what this scenario needs"))
}

/// The newest post in `language` that has a translation.
pub fn translated(site: &Site, language: &str) -> Result<Item> {
    post(site, language, |item| !item.passerelle.translations.is_empty())
}

/// The newest post in `language` that has none.
pub fn untranslated(site: &Site, language: &str) -> Result<Item> {
    post(site, language, |item| item.passerelle.translations.is_empty())
}

/// The newest post in `language` whose document is as `wanted`.
pub fn document(site: &Site, language: &str, wanted: impl Fn(&PostDocument) -> bool) -> Result<PostDocument> {
    for item in site.posts(language)? {
        let document = site.post(&item.url)?;
        if wanted(&document) {
            return Ok(document);
        }
    }
    anyhow::bail!("no post in {language} has what this scenario needs")
}

/// The language across from `language`.
pub fn other(language: &str) -> &'static str {
    if language == "en" { "fr" } else { "en" }
}
