//! The page that stands where another could not: what happened, and the way on.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    components::problem::Problem,
    routes::list_url,
    state::{Visit, Visits, use_site},
};

/// Draws why `visit` has nothing to show. A visit that has draws nothing here.
#[component]
pub fn ProblemPage(
    /// The visit that found nothing.
    visit: Arc<Visit>,
) -> impl IntoView {
    let visits = expect_context::<Visits>();
    let error = visit.result.as_ref().err()?.clone();
    let list = use_site()
        .language(&visit.language)
        .map(|entry| list_url(entry, 1));
    Some(view! {
        <Problem error is_post=visit.route.is_post() list try_again=move || visits.try_again() />
    })
}
