//! The body of a post: its Markdown, rendered here as the build renders it.

use content::{post::Body, render::render};
use leptos::prelude::*;

/// Renders and draws `body`. Nothing of a post reaches the page but through the policy of [`render`].
#[component]
pub fn PostBody(
    /// The body as the build left it: its source, and what the build found out.
    body: Body,
) -> impl IntoView {
    let html = render(&body).html;
    view! { <div class="post-body" inner_html=move || html.clone()></div> }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{draw, post, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_body_is_rendered_in_the_browser_and_nothing_of_it_runs() {
        let mut body = post("en", &[]).body;
        body.source =
            "One *paragraph*.\n\n<img src=\"x\" onerror=\"alert(1)\"><script>alert(1)</script>".to_owned();
        let drawn = draw(site(), "en", || view! { <PostBody body /> }).await;
        assert_eq!(drawn.text("p em"), "paragraph");
        assert!(drawn.all("script, [onerror]").is_empty());
    }
}
