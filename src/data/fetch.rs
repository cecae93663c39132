//! One JSON document by its URL, checked before it is believed.

use content::{
    index::{FORMAT_VERSION, Feed},
    post::PostDocument,
    site::Site,
};
use gloo_net::http;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::RequestInit;

use super::{
    DataError, Signal,
    json::{self, Read, Wrong},
};

/// What the site's JSON files have in common: they carry the version of their format.
pub(super) trait Document: Read {
    /// The object that holds it, by the names that lead there from the root.
    const VERSIONED: &'static [&'static str];
}

impl Document for Site {
    const VERSIONED: &'static [&'static str] = &[];
}

impl Document for PostDocument {
    const VERSIONED: &'static [&'static str] = &[];
}

impl Document for Feed {
    /// A feed's own `version` is JSON Feed's.
    const VERSIONED: &'static [&'static str] = &["_passerelle"];
}

/// How soon an answer is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Priority {
    /// A reader waits for it.
    Now,
    /// A reader may come to want it: it goes behind what is wanted now, in browsers that can tell the two apart.
    Ahead,
}

/// The document at `url`.
pub(super) async fn document<D: Document>(
    url: &str,
    signal: &Signal,
    priority: Priority,
) -> Result<D, DataError> {
    read(&text(url, signal, priority).await?)
}

/// The post at `url`. Many hosts answer a path that they do not know with a page and status 200: where a post should
/// be, that means that there is none.
pub(super) async fn post(url: &str, signal: &Signal, priority: Priority) -> Result<PostDocument, DataError> {
    let text = text(url, signal, priority).await?;
    if is_html(&text) {
        Err(DataError::Missing)
    } else {
        read(&text)
    }
}

/// Whether the server has a page at `url`, whatever it is made of.
pub(super) async fn has_page(url: &str, signal: &Signal) -> bool {
    let asked = http::RequestBuilder::new(url)
        .method(http::Method::HEAD)
        .abort_signal(signal.as_ref())
        .send();
    let is_html = |kind: String| kind.starts_with("text/html");
    asked
        .await
        .is_ok_and(|answer| answer.ok() && answer.headers().get("content-type").is_some_and(is_html))
}

async fn text(url: &str, signal: &Signal, priority: Priority) -> Result<String, DataError> {
    // A fetch that is refused without a status has met no server: a network failure, whatever the browser calls it.
    let offline = |_| DataError::Offline;
    let request = request(url, signal, priority).map_err(|_| DataError::Offline)?;
    let response = http::Request::from(request).send().await.map_err(offline)?;
    match response.status() {
        200..=299 => response.text().await.map_err(offline),
        404 | 410 => Err(DataError::Missing),
        status => Err(DataError::Server(status)),
    }
}

fn request(url: &str, signal: &Signal, priority: Priority) -> Result<web_sys::Request, JsValue> {
    let options = RequestInit::new();
    options.set_signal(signal.as_ref());
    if priority == Priority::Ahead {
        // web-sys does not know it yet.
        Reflect::set(&options, &"priority".into(), &"low".into())?;
    }
    let request = web_sys::Request::new_with_str_and_init(url, &options)?;
    request.headers().set("Accept", "application/json")?;
    Ok(request)
}

fn is_html(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<')
}

fn read<D: Document>(text: &str) -> Result<D, DataError> {
    let broken = |Wrong(message)| DataError::Broken(message);
    let document = json::parse(text).map_err(broken)?;
    // The version first: what a newer one changed must not be taken for damage.
    if version_of(&document, D::VERSIONED).is_some_and(|version| version > f64::from(FORMAT_VERSION)) {
        return Err(DataError::NewerVersion);
    }
    json::from_value(document).map_err(broken)
}

fn version_of(document: &JsValue, path: &[&str]) -> Option<f64> {
    let step = |object: JsValue, name: &&str| Reflect::get(&object, &(*name).into()).ok();
    let versioned = path.iter().try_fold(document.clone(), step)?;
    step(versioned, &"version")?.as_f64()
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::{
        data::Request,
        testing::{post as a_post, site},
    };
    use js_sys::encode_uri_component;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn served(text: &str) -> String {
        format!("data:application/json,{}", encode_uri_component(text))
    }

    async fn ask<D: Document>(url: &str) -> Result<D, DataError> {
        let (_request, signal) = Request::new();
        document(url, &signal, Priority::Now).await
    }

    #[wasm_bindgen_test]
    fn a_document_of_this_version_is_read() {
        let text = serde_json::to_string(&site()).unwrap();
        assert_eq!(read::<Site>(&text), Ok(site()));
    }

    #[wasm_bindgen_test]
    fn a_newer_document_is_told_from_a_damaged_one() {
        for newer in [r#"{"version": 2}"#, r#"{"version": 99, "languages": "all"}"#] {
            assert_eq!(read::<Site>(newer), Err(DataError::NewerVersion), "{newer}");
        }
        let feed = r#"{"version": "https://jsonfeed.org/version/2", "_passerelle": {"version": 2}}"#;
        assert_eq!(read::<Feed>(feed), Err(DataError::NewerVersion));
    }

    #[wasm_bindgen_test]
    fn what_is_not_the_document_is_broken() {
        for damaged in [
            "",
            "{",
            "null",
            r#"{"version": 1}"#,
            "<!doctype html>",
            "\u{feff}{}",
        ] {
            assert!(
                matches!(read::<Site>(damaged), Err(DataError::Broken(_))),
                "{damaged}"
            );
        }
    }

    #[wasm_bindgen_test]
    fn a_page_in_the_place_of_json_is_seen() {
        assert!(is_html("\u{feff}\n <!doctype html>"));
        assert!(!is_html(" {\"version\": 1}"));
    }

    #[wasm_bindgen_test]
    async fn a_document_comes_as_it_was_written() {
        let text = serde_json::to_string(&site()).unwrap();
        assert_eq!(ask::<Site>(&served(&text)).await, Ok(site()));
    }

    #[wasm_bindgen_test]
    async fn what_the_server_does_not_have_is_missing() {
        assert_eq!(
            ask::<Site>("/there/is/nothing/here.json").await,
            Err(DataError::Missing)
        );
    }

    #[wasm_bindgen_test]
    async fn a_page_that_is_no_post_is_told_from_one_that_is_not_there() {
        let (_request, signal) = Request::new();
        assert!(has_page("/", &signal).await);
        assert!(!has_page("/there/is/nothing/here/", &signal).await);
    }

    #[wasm_bindgen_test]
    async fn a_server_that_does_not_answer_is_out_of_reach() {
        // The discard port, which browsers refuse to call.
        assert_eq!(
            ask::<Site>("http://127.0.0.1:9/site.json").await,
            Err(DataError::Offline)
        );
    }

    #[wasm_bindgen_test]
    async fn half_a_document_is_broken() {
        let text = serde_json::to_string(&site()).unwrap();
        let answer = ask::<Site>(&served(&text[..text.len() / 2])).await;
        assert!(matches!(answer, Err(DataError::Broken(_))), "{answer:?}");
    }

    #[wasm_bindgen_test]
    async fn a_page_where_a_post_should_be_means_that_there_is_none() {
        let (_request, signal) = Request::new();
        assert_eq!(
            post(&served("<!doctype html>"), &signal, Priority::Now).await,
            Err(DataError::Missing)
        );
        let text = serde_json::to_string(&a_post("en", &[])).unwrap();
        for priority in [Priority::Now, Priority::Ahead] {
            assert_eq!(
                post(&served(&text), &signal, priority).await,
                Ok(a_post("en", &[]))
            );
        }
        let list = ask::<Feed>(&served("<!doctype html>")).await;
        assert!(matches!(list, Err(DataError::Broken(_))), "{list:?}");
    }
}
