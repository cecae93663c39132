//! To save the whole blog: its size first, then how far it has come, and a way to stop and to go on.

use leptos::prelude::*;

use crate::{
    browser::{focus, worker},
    i18n::{use_interface, why_not_saved},
    state::{Offline, Told, use_site},
};

/// A button: what it says, in which language where that is another, what it does and with which languages.
type Choice = (String, Option<String>, &'static str, String);

/// Draws the section; nothing where nothing can be saved.
#[component]
pub fn SaveBlog() -> impl IntoView {
    let words = use_interface().words;
    let offline = expect_context::<Offline>();
    let site = use_site();
    // Offered from the first: in one language each, then in all.
    let mut offers: Vec<Choice> = Vec::new();
    let offer = |name: &str, bytes: u64| [name, " (", &(words.size)(bytes), ")"].concat();
    for entry in &site.languages {
        let tag = entry.language.to_string();
        offers.push((
            offer(&entry.name, entry.offline_bytes),
            Some(tag.clone()),
            "keepAll",
            tag,
        ));
    }
    if offers.len() > 1 {
        let tags: Vec<_> = offers.iter().map(|(.., tag)| tag.as_str()).collect();
        let tags = tags.join(" ");
        offers.push((
            offer(words.every_language, site.offline_bytes),
            None,
            "keepAll",
            tags,
        ));
    }
    let choices = move |told: &Told| -> Vec<Choice> {
        let stop = (words.stop.to_owned(), None, "stop", String::new());
        let go_on = (words.go_on.to_owned(), None, "goOn", String::new());
        match (told.is_running, told.wish.is_empty()) {
            (true, _) => vec![stop],
            (false, false) => vec![go_on, stop],
            (false, true) => offers.clone(),
        }
    };
    let button = |(label, lang, act, languages): Choice| {
        let choose = move |_| {
            focus::to_id("save-blog");
            worker::act(act, &languages);
        };
        view! { <button class="button" type="button" lang=lang on:click=choose>{label}</button> }
    };
    move || {
        offline.kept()?;
        let told = offline.told();
        let (done, all) = (told.done, told.all);
        let text = if told.is_running {
            (words.saved_of)(done, all)
        } else if told.wish.is_empty() {
            String::new()
        } else {
            words.unfinished.to_owned()
        };
        // What is read aloud changes four times in all: it does not chatter.
        let quarter = (done * 4).checked_div(all).unwrap_or_default() * all / 4;
        let aloud = if told.is_running {
            (words.saved_of)(quarter, all)
        } else {
            why_not_saved(&told.why, words).to_owned()
        };
        Some(view! {
            <section class="save-blog" aria-labelledby="save-blog">
                <h2 id="save-blog" tabindex="-1">{words.save_blog}</h2>
                {told.is_running.then(|| view! {
                    <progress aria-labelledby="save-blog" max=all value=done></progress>
                })}
                <p aria-hidden=told.is_running.then_some("true")>{text}</p>
                <p class:visually-hidden=told.is_running role="status">{aloud}</p>
                <p class="actions">{choices(&told).into_iter().map(button).collect_view()}</p>
            </section>
        })
    }
}
