//! The posts before and after.

use content::post::Neighbour;
use leptos::prelude::*;

use crate::{i18n::use_interface, routes::link, state::use_site};

/// Draws the ways to the next older and the next newer post; nothing where there is neither.
#[component]
pub fn Neighbours(
    /// The next older post.
    previous: Option<Neighbour>,
    /// The next newer post.
    next: Option<Neighbour>,
) -> impl IntoView {
    let interface = use_interface();
    let words = interface.words;
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="neighbours" aria-label=words.neighbours>
                <ul class="neighbours-list" role="list">
                    {previous.map(|post| view! {
                        <li class="neighbour-previous">
                            <NeighbourLink post label=words.previous_post rel="prev" />
                        </li>
                    })}
                    {next.map(|post| view! {
                        <li class="neighbour-next">
                            <NeighbourLink post label=words.next_post rel="next" />
                        </li>
                    })}
                </ul>
            </nav>
        }
    })
}

#[component]
fn NeighbourLink(
    /// Where it leads.
    post: Neighbour,
    /// Which one it is, in words.
    label: &'static str,
    /// Which one it is, to browsers.
    rel: &'static str,
) -> impl IntoView {
    view! {
        <a class="neighbour" rel=rel href=link(&post.url, &use_site())>
            <span class="neighbour-label" lang=use_interface().lang>{label}</span>
            " "
            <span class="neighbour-title">{post.title}</span>
        </a>
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{draw, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    fn neighbour(title: &str) -> Option<Neighbour> {
        Some(Neighbour {
            url: format!("/blog/{title}/"),
            title: title.to_owned(),
        })
    }

    #[wasm_bindgen_test]
    async fn the_older_and_the_newer_post_are_told_apart() {
        let drawn = draw(site(), "en", || {
            view! { <Neighbours previous=neighbour("older") next=neighbour("newer") /> }
        })
        .await;
        assert_eq!(drawn.text("a[rel=prev]"), "Previous post older");
        assert_eq!(drawn.text("a[rel=next]"), "Next post newer");
        assert_eq!(
            drawn.attribute("nav", "aria-label").as_deref(),
            Some("Other posts")
        );
    }

    #[wasm_bindgen_test]
    async fn the_only_post_has_no_neighbours() {
        assert!(
            draw(site(), "en", || view! { <Neighbours previous=None next=None /> })
                .await
                .is_empty()
        );
    }
}
