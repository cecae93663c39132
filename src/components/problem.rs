//! What happened, in plain words, and the ways on.

use leptos::prelude::*;

use crate::{
    browser::environment,
    data::DataError,
    i18n::{Remedy, say, use_interface},
};

/// Draws a problem under its heading. `list` is the way to the posts, where it is known.
#[component]
pub fn Problem<F>(
    /// What happened.
    error: DataError,
    /// Whether the URL has the shape of a post.
    is_post: bool,
    /// The way to the posts, where it is known.
    list: Option<String>,
    /// Asks again.
    try_again: F,
) -> impl IntoView
where
    F: Fn() + Send + 'static,
{
    let interface = use_interface();
    let words = interface.words;
    let said = say(&error, is_post, words);
    let remedy = match said.remedy {
        Remedy::TryAgain => Some((words.try_again, Box::new(try_again) as Box<dyn Fn() + Send>)),
        Remedy::Reload => Some((
            words.reload,
            Box::new(environment::reload) as Box<dyn Fn() + Send>,
        )),
        Remedy::None => None,
    };
    let list_class = if remedy.is_some() {
        "button"
    } else {
        "button button-primary"
    };
    view! {
        <div class="problem" lang=interface.lang>
            <h1 class="page-title" tabindex="-1">{said.title}</h1>
            <p>{said.help}</p>
            {detail(&error).map(|text| view! { <p class="problem-detail" lang="en">{text}</p> })}
            <p class="actions">
                {remedy.map(|(name, act)| view! {
                    <button class="button button-primary" type="button" on:click=move |_| act()>{name}</button>
                    " "
                })}
                {list.map(|url| view! { <a class=list_class href=url>{words.all_posts}</a> })}
            </p>
        </div>
    }
}

/// For the person who helps the reader: what the JSON reader met.
fn detail(error: &DataError) -> Option<String> {
    match error {
        DataError::Broken(what) => Some(what.clone()),
        _ => None,
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::testing::{Drawn, draw, site};
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };
    use wasm_bindgen_test::wasm_bindgen_test;

    async fn problem(tag: &str, error: DataError, tries: &Arc<AtomicU32>) -> Drawn {
        let tries = Arc::clone(tries);
        let list = Some("/blog/list/".to_owned());
        draw(site(), tag, move || {
            let try_again = move || {
                tries.fetch_add(1, Ordering::Relaxed);
            };
            view! { <Problem error is_post=true list try_again /> }
        })
        .await
    }

    #[wasm_bindgen_test]
    async fn each_problem_is_told_as_what_it_is_in_the_pages_language() {
        for (error, english, french) in [
            (DataError::Offline, "You are offline", "Vous êtes hors ligne"),
            (
                DataError::Missing,
                "There is no such post",
                "Ce billet n’existe pas",
            ),
            (
                DataError::Server(503),
                "The server is not answering as it should",
                "Le serveur ne répond pas comme il le devrait",
            ),
            (
                DataError::Broken("EOF".to_owned()),
                "This page arrived damaged",
                "Cette page est arrivée endommagée",
            ),
            (
                DataError::NewerVersion,
                "This site has been updated",
                "Ce site a été mis à jour",
            ),
        ] {
            for (tag, heading) in [("en", english), ("fr", french)] {
                let drawn = problem(tag, error.clone(), &Arc::default()).await;
                assert_eq!(drawn.text("h1"), heading);
                assert_eq!(drawn.attribute("a", "href").as_deref(), Some("/blog/list/"));
            }
        }
    }

    #[wasm_bindgen_test]
    async fn what_may_pass_can_be_tried_again() {
        let tries = Arc::default();
        for error in [
            DataError::Offline,
            DataError::Server(500),
            DataError::Broken(String::new()),
        ] {
            problem("en", error, &tries).await.one("button").click();
        }
        assert_eq!(tries.load(Ordering::Relaxed), 3);
    }

    #[wasm_bindgen_test]
    async fn what_is_not_there_is_not_tried_again() {
        assert!(
            problem("en", DataError::Missing, &Arc::default())
                .await
                .all("button")
                .is_empty()
        );
    }

    #[wasm_bindgen_test]
    async fn a_status_is_told() {
        let drawn = problem("fr", DataError::Server(503), &Arc::default()).await;
        assert!(drawn.text("h1 + p").contains("503"));
    }
}
