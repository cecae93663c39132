//! One line of an author's: a title or a description, which may have emphasis in it.

use content::render::inline_html;
use leptos::prelude::*;

/// The line as safe inline HTML where it has `html`, else as `text`. What was fetched is not trusted: `html` goes
/// through the policy again.
#[component]
pub fn Inline(
    /// The line as plain text.
    text: String,
    /// The line as inline HTML, where it has more than text.
    html: Option<String>,
) -> impl IntoView {
    match html {
        Some(html) => {
            let html = inline_html(&html);
            view! { <span inner_html=move || html.clone()></span> }.into_any()
        }
        None => text.into_any(),
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{draw, site};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn emphasis_is_kept_and_what_could_run_is_not() {
        let html = "A <em>small</em> bridge<img src=x onerror=alert(1)><a href=\"javascript:alert(1)\">.</a>";
        let drawn = draw(site(), "en", move || {
            view! { <p><Inline text="A small bridge".to_owned() html=Some(html.to_owned()) /></p> }
        })
        .await;
        assert_eq!(drawn.text("p em"), "small");
        assert!(drawn.all("img, a, [onerror]").is_empty());
    }

    #[wasm_bindgen_test]
    async fn plain_text_is_shown_as_it_is() {
        let text = "<b>not bold</b> & *not emphasis*";
        let drawn = draw(site(), "en", move || {
            view! { <p><Inline text=text.to_owned() html=None /></p> }
        })
        .await;
        assert_eq!(drawn.text("p"), text);
    }
}
