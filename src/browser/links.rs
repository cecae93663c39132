//! Links of the page: which of them the reader follows itself, and what is done with them.

use content::{
    language::Language,
    url::{path_key, strip_base},
};
use leptos::{
    ev,
    prelude::{on_cleanup, window, window_event_listener, window_event_listener_untyped},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent, Url};

/// What tells that a link may be followed soon: a pointer on it, a finger, or the focus.
const SIGNS: [&str; 3] = ["mouseover", "touchstart", "focusin"];

/// Tells `tell` the path of each page of the site that the reader may go to next, until the owner is cleaned up.
pub fn foresee(base_path: String, tell: impl Fn(&str) + Clone + 'static) {
    let listeners = SIGNS.map(|sign| {
        let (base_path, tell) = (base_path.clone(), tell.clone());
        window_event_listener_untyped(sign, move |event| {
            let url = link_at(&event).and_then(|link| destination(&link));
            if let Some(url) = url.filter(|url| is_ours(url, &base_path) && !is_shown(url)) {
                tell(&url.pathname());
            }
        })
    });
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
}

/// Tells `tell` the language of each crossing that is followed, on a page that came as HTML too, until the owner is
/// cleaned up.
pub fn hear_crossings(tell: impl Fn(&Language) + 'static) {
    let listener = window_event_listener(ev::click, move |event| {
        let language = link_at(&event)
            .filter(|link| link.class_list().contains("crossing-link"))
            .and_then(|link| link.hreflang().parse().ok());
        if let Some(language) = language {
            tell(&language);
        }
    });
    on_cleanup(move || listener.remove());
}

/// Where a plain click leads, when that is a page of the site below `base_path`. `None` for any other click.
pub(super) fn followed(event: &MouseEvent, base_path: &str) -> Option<Url> {
    let is_plain = event.button() == 0
        && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key())
        && !event.default_prevented();
    let link = link_at(event).filter(|_| is_plain)?;
    destination(&link).filter(|url| is_ours(url, base_path))
}

/// Whether `url` is the current one, whatever the fragment.
pub(super) fn is_shown(url: &Url) -> bool {
    let location = window().location();
    location
        .pathname()
        .is_ok_and(|path| path_key(&path) == path_key(&url.pathname()))
        && location.search().is_ok_and(|search| search == url.search())
}

/// The link that something happened on.
fn link_at(event: &Event) -> Option<HtmlAnchorElement> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    element.closest("a[href]").ok()??.dyn_into().ok()
}

/// Where a link leads. `None` for one that says that it is not for the reader: `target`, `download`,
/// `rel="external"`.
fn destination(link: &HtmlAnchorElement) -> Option<Url> {
    let is_external = link.rel().split_ascii_whitespace().any(|word| word == "external");
    let elsewhere = !matches!(link.target().as_str(), "" | "_self");
    if is_external || elsewhere || link.has_attribute("download") {
        return None;
    }
    Url::new(&link.href()).ok()
}

/// Whether `url` is a page of this site.
fn is_ours(url: &Url, base_path: &str) -> bool {
    window()
        .location()
        .origin()
        .is_ok_and(|origin| origin == url.origin())
        && strip_base(&url.pathname(), base_path).is_some_and(is_page)
}

/// Whether a path is a page's and not that of another file of the site: a feed, a picture, a document.
fn is_page(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.')
        .is_none_or(|(_, extension)| extension == "html")
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn files_of_the_site_are_left_to_the_browser() {
        for path in [
            "/",
            "/en/",
            "/2018/07/x",
            "/2018/07/v1.2/",
            "/a.html",
            "/en/index.html",
        ] {
            assert!(is_page(path), "{path}");
        }
        for file in ["/en/feed.json", "/a/b.pdf", "/images/c.png"] {
            assert!(!is_page(file), "{file}");
        }
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod pointing {
    use super::*;
    use crate::testing::{draw, language, site};
    use leptos::prelude::*;
    use wasm_bindgen::JsValue;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn only_pages_of_the_site_that_are_not_shown_are_foreseen() {
        let told = StoredValue::new(Vec::<String>::new());
        // Another test may have left the window at any page.
        let here = "/blog/en/here/";
        let history = window().history().unwrap();
        history
            .replace_state_with_url(&JsValue::NULL, "", Some(here))
            .unwrap();
        let drawn = draw(site(), "en", move || {
            foresee("/blog/".to_owned(), move |path: &str| {
                told.update_value(|told| told.push(path.to_owned()));
            });
            view! {
                <a href="/blog/en/foreseen/"><em>"Ours"</em></a>
                <a href="/blog/en/feed.json">"A file"</a>
                <a href="/blog/en/b/" rel="external">"Not for the reader"</a>
                <a href="https://elsewhere.example/blog/en/foreseen/">"Elsewhere"</a>
                <a href=here>"Here"</a>
            }
        })
        .await;
        for sign in SIGNS {
            for element in drawn.all("a, em") {
                let options = web_sys::EventInit::new();
                options.set_bubbles(true);
                let event = Event::new_with_event_init_dict(sign, &options).unwrap();
                element.dispatch_event(&event).unwrap();
            }
        }
        assert_eq!(told.get_value(), ["/blog/en/foreseen/"; 6]);
    }

    #[wasm_bindgen_test]
    async fn the_language_of_a_crossing_is_told_when_it_is_followed() {
        let stay = window_event_listener(ev::click, |event| event.prevent_default());
        let told = StoredValue::new(Vec::<Language>::new());
        let drawn = draw(site(), "en", move || {
            hear_crossings(move |language: &Language| {
                told.update_value(|told| told.push(language.clone()));
            });
            view! {
                <a class="crossing-link" href="/blog/fr/" hreflang="fr">"Français"</a>
                <a class="card" href="/blog/es/" hreflang="es">"Español"</a>
            }
        })
        .await;
        drawn.all("a").into_iter().for_each(|link| {
            link.unchecked_into::<web_sys::HtmlElement>().click();
        });
        stay.remove();
        assert_eq!(told.get_value(), [language("fr")]);
    }
}
