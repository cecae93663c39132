//! The site that is read, by context.

use std::sync::Arc;

use content::site::Site;
use leptos::prelude::*;

/// Gives what is drawn below the site.
pub fn provide_site(site: Arc<Site>) {
    provide_context(site);
}

/// The site that the component stands in.
///
/// # Panics
/// Outside [`provide_site`]: a mistake in the code, not in the data.
pub fn use_site() -> Arc<Site> {
    expect_context()
}
