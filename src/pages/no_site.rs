//! What is said when the site itself is not reached, so that neither its languages nor its name are known.

use leptos::{either::Either, prelude::*};

use crate::{
    browser::{environment, prerendered},
    components::{notice::Notice, problem::Problem},
    data::DataError,
    i18n::Interface,
};

/// Draws `error` in the language of the page as it came. A page that came with its text keeps it: that is what the
/// reader is here for, and its links work.
#[component]
pub fn NoSite<F>(
    /// What happened.
    error: DataError,
    /// Asks again.
    try_again: F,
) -> impl IntoView
where
    F: Fn() + Copy + Send + Sync + 'static,
{
    if prerendered::is_there() {
        return Some(Either::Left(view! { <Notice error try_again /> }));
    }
    Interface::provide(&environment::page_language()?);
    Some(Either::Right(view! {
        <main class="page" id="main" tabindex="-1">
            <Problem error is_post=false list=None try_again />
        </main>
    }))
}
