//! A post in the list: title, date, description, picture.

use content::index::Item;
use leptos::prelude::*;

use super::{inline::Inline, post_date::PostDate};
use crate::{routes::link, state::use_site};

/// Draws the entry of a post. The title comes first, so that the list makes sense by its headings; the picture has no
/// text here, since beside the title it would add nothing.
#[component]
pub fn PostCard(
    /// Its entry in the index.
    item: Item,
    /// Whether its picture waits until it comes near.
    is_lazy: bool,
) -> impl IntoView {
    let site = use_site();
    let picture = item.image.as_deref().and_then(|url| link(url, &site));
    let size = item.passerelle.image_size;
    view! {
        <li>
            <article class="card">
                <h2 class="card-title">
                    <a href=link(&item.url, &site)>
                        <Inline text=item.title.clone() html=item.passerelle.title_html.clone() />
                    </a>
                </h2>
                <p class="meta"><PostDate item=item.clone() /></p>
                <p class="card-description">
                    <Inline text=item.content_text html=item.passerelle.description_html />
                </p>
                {picture.map(|src| view! {
                    <div class="card-image">
                        <img
                            loading=is_lazy.then_some("lazy")
                            decoding="async"
                            width=size.map(|(width, _)| width)
                            height=size.map(|(_, height)| height)
                            alt=""
                            src=src
                        />
                    </div>
                })}
            </article>
        </li>
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{Drawn, draw, item, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    async fn card(item: Item) -> Drawn {
        draw(site(), "en", || view! { <PostCard item is_lazy=true /> }).await
    }

    #[wasm_bindgen_test]
    async fn a_card_has_title_date_description_and_picture() {
        let mut item = item("en", &[]);
        item.image = Some("/blog/images/bridge.webp".to_owned());
        item.passerelle.image_size = Some((900, 600));
        let drawn = card(item).await;
        assert_eq!(drawn.text("h2 a"), "A post");
        assert_eq!(
            drawn.attribute("h2 a", "href").as_deref(),
            Some("/blog/en/a-post/")
        );
        assert_eq!(drawn.text("time"), "July 3, 2018");
        assert_eq!(drawn.text(".card-description"), "What it says.");
        for (name, value) in [
            ("alt", ""),
            ("loading", "lazy"),
            ("width", "900"),
            ("height", "600"),
        ] {
            assert_eq!(drawn.attribute("img", name).as_deref(), Some(value), "{name}");
        }
    }

    #[wasm_bindgen_test]
    async fn addresses_that_could_run_are_left_out() {
        let mut item = item("en", &[]);
        item.url = "javascript:alert(1)".to_owned();
        item.image = Some("javascript:alert(1)".to_owned());
        let drawn = card(item).await;
        assert_eq!(drawn.attribute("h2 a", "href"), None);
        assert!(drawn.all("img").is_empty());
    }
}
