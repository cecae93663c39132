//! The date of a post.

use content::index::Item;
use leptos::prelude::*;

use crate::browser::date;

/// Draws the author's calendar day as the post's language writes it.
#[component]
pub fn PostDate(
    /// The entry of the post in the index.
    item: Item,
) -> impl IntoView {
    let day = item.day().to_owned();
    view! {
        <time class="meta-item" datetime=day>
            {date::day(&item.date_published, &item.language)}
        </time>
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{draw, item, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_date_is_for_people_and_for_machines() {
        let drawn = draw(site(), "fr", || view! { <PostDate item=item("fr", &[]) /> }).await;
        assert_eq!(drawn.text("time"), "3 juillet 2018");
        assert_eq!(drawn.attribute("time", "datetime").as_deref(), Some("2018-07-03"));
    }
}
