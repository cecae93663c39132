//! Pictures that do not come: their text stands in their place, whatever the browser would show.
//!
//! Most blogs keep pictures on another host, so a reader on a bad network has the post and not them. WebKit then shows
//! an empty box without the text; the others show it in a box as large as the picture.

use js_sys::Reflect;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlImageElement};

/// Looks after the pictures of posts for as long as the page lives, those too that failed before the reader ran.
pub fn start() {
    failed_before().iter().for_each(show_text);
    let listener = Closure::<dyn Fn(Event)>::new(|event: Event| {
        if let Some(picture) = event.target().and_then(|target| target.dyn_into().ok()) {
            show_text(&picture);
        }
    });
    // What a picture reports does not bubble: it is heard on its way down.
    let heard =
        window().add_event_listener_with_callback_and_bool("error", listener.as_ref().unchecked_ref(), true);
    if heard.is_ok() {
        listener.forget();
    }
}

/// The pictures of the page that were asked for and did not come.
fn failed_before() -> Vec<Element> {
    let pictures = document().images();
    (0..pictures.length())
        .filter_map(|n| pictures.item(n)?.dyn_into::<HtmlImageElement>().ok())
        .filter(|picture| {
            picture.complete() && picture.natural_width() == 0 && !picture.current_src().is_empty()
        })
        .map(Element::from)
        .collect()
}

/// Puts the text of a post's picture in its place. A picture without text only decorates, and is left as it is.
fn show_text(picture: &Element) {
    let is_of_post = picture
        .closest(".post-figure img, .post-body img")
        .is_ok_and(|found| found.is_some());
    let is_told = picture.has_attribute("hidden");
    let Some(text) = picture
        .get_attribute("alt")
        .filter(|text| is_of_post && !is_told && !text.is_empty())
    else {
        return;
    };
    let Ok(place) = document().create_element("span") else {
        return;
    };
    place.set_class_name("picture-text");
    place.set_text_content(Some(&text));
    keep_height(&place, picture.get_bounding_client_rect().height());
    if picture.insert_adjacent_element("afterend", &place).is_ok() {
        // There is no reason to refuse it: the attribute's name is valid.
        let _ = picture.set_attribute("hidden", "");
    }
}

/// Gives `place` the height of what it stands for, so that nothing below it moves. By its style object: the policy lets no
/// `style` attribute through.
fn keep_height(place: &Element, height: f64) {
    let pixels = [&(height as i32).to_string(), "px"].concat();
    if let Ok(style) = Reflect::get(place, &"style".into()) {
        // Refused only where an element has no style: nothing is lost.
        let _ = Reflect::set(&style, &"minBlockSize".into(), &pixels.into());
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use js_sys::Promise;
    use leptos::prelude::*;
    use wasm_bindgen_futures::JsFuture;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::testing::{Drawn, draw, site};

    /// What is drawn once its one picture has failed.
    async fn without_picture(view: AnyView) -> Drawn {
        start();
        let drawn = draw(site(), "en", move || view).await;
        let picture = drawn.one("img");
        let failed = Promise::new(&mut |resolve, _| {
            picture
                .add_event_listener_with_callback("error", &resolve)
                .unwrap();
            picture.set_attribute("src", "data:image/png,").unwrap();
        });
        JsFuture::from(failed).await.unwrap();
        drawn
    }

    #[wasm_bindgen_test]
    async fn a_picture_that_does_not_come_leaves_its_text() {
        let post = view! { <div class="post-body"><p><img alt="A bridge." /></p></div> };
        let drawn = without_picture(post.into_any()).await;
        assert_eq!(drawn.text(".picture-text"), "A bridge.");
        assert!(drawn.one("img").has_attribute("hidden"));
    }

    #[wasm_bindgen_test]
    async fn a_picture_that_failed_before_the_reader_ran_leaves_its_text() {
        let post = view! { <div class="post-body"><p><img alt="A bridge." /></p></div> };
        let drawn = draw(site(), "en", move || post).await;
        let picture = drawn.one("img");
        let failed = Promise::new(&mut |resolve, _| {
            picture
                .add_event_listener_with_callback("error", &resolve)
                .unwrap();
            picture.set_attribute("src", "data:image/png,").unwrap();
        });
        JsFuture::from(failed).await.unwrap();
        start();
        assert_eq!(drawn.text(".picture-text"), "A bridge.");
    }

    #[wasm_bindgen_test]
    async fn the_text_is_as_high_as_the_picture_was() {
        let post = view! {
            <div class="post-body" style="line-height: 1"><img alt="A bridge." style="display: block; height: 90px" /></div>
        };
        let drawn = without_picture(post.into_any()).await;
        let style = drawn.attribute(".picture-text", "style");
        assert_eq!(style.as_deref(), Some("min-block-size: 90px;"));
    }

    #[wasm_bindgen_test]
    async fn a_picture_that_only_decorates_leaves_nothing() {
        let post = view! { <div class="post-body"><img alt="" /></div> };
        let drawn = without_picture(post.into_any()).await;
        assert!(drawn.all(".picture-text").is_empty());
    }

    #[wasm_bindgen_test]
    async fn a_picture_in_the_list_keeps_its_frame() {
        let card = view! { <div class="card-image"><img alt="A bridge." /></div> };
        let drawn = without_picture(card.into_any()).await;
        assert!(!drawn.one("img").has_attribute("hidden"));
    }
}
