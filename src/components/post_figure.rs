//! The main picture of a post.

use content::index::Item;
use leptos::prelude::*;

use crate::{routes::link, state::use_site};

/// Draws the picture with its text, at once: it is the first thing seen. A post without one has nothing here.
#[component]
pub fn PostFigure(
    /// The entry of the post in the index.
    item: Item,
) -> impl IntoView {
    let src = link(item.image.as_deref()?, &use_site())?;
    let size = item.passerelle.image_size;
    Some(view! {
        <figure class="post-figure">
            <img
                decoding="async"
                width=size.map(|(width, _)| width)
                height=size.map(|(_, height)| height)
                alt=item.passerelle.image_text
                src=src
            />
        </figure>
    })
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{draw, item, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn the_main_picture_has_its_text() {
        let mut item = item("en", &[]);
        item.image = Some("https://notes.example/blog/images/bridge.webp".to_owned());
        item.passerelle.image_text = "A wooden footbridge".to_owned();
        let drawn = draw(site(), "en", || view! { <PostFigure item /> }).await;
        assert_eq!(
            drawn.attribute("img", "alt").as_deref(),
            Some("A wooden footbridge")
        );
        assert_eq!(
            drawn.attribute("img", "src").as_deref(),
            Some("/blog/images/bridge.webp")
        );
        assert_eq!(drawn.attribute("img", "loading"), None);
    }

    #[wasm_bindgen_test]
    async fn a_post_without_picture_has_no_figure() {
        let drawn = draw(site(), "en", || view! { <PostFigure item=item("en", &[]) /> }).await;
        assert!(drawn.is_empty());
    }
}
