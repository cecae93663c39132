//! To save the whole blog: its size first, then how far it has come, and a way to stop and to go on.

use content::{site::Site, words::Words};
use leptos::prelude::*;

use super::plain::{Button, group, paragraph};
use crate::{
    browser::{focus, worker},
    i18n::why_not_saved,
    state::Offline,
};

/// The heading, which also names the progress.
const HEADING: &str = "save-blog";

/// Draws the section as it is now.
pub fn save_blog(offline: Offline, site: &Site, words: &'static Words) -> AnyView {
    let (done, all) = (offline.number("done"), offline.number("all"));
    let is_running = offline.is("isRunning");
    let is_unfinished = !is_running && !offline.text("wish").is_empty();
    let said = |done: u64| (words.saved_of)(done as u32, all as u32);
    let stop = || choice(Button::new(words.stop), "stop", String::new());
    let (progress, text, aloud, choices) = if is_running {
        // What is read aloud changes four times in all: it does not chatter.
        let quarter = (done * 4).checked_div(all).unwrap_or_default() * all / 4;
        let progress = view! { <progress aria-labelledby=HEADING max=all value=done></progress> };
        (progress.into_any(), said(done), said(quarter), vec![stop()])
    } else {
        let why = why_not_saved(&offline.text("halted"), words).to_owned();
        let (text, choices) = if is_unfinished {
            let go_on = choice(Button::new(words.go_on), "goOn", String::new());
            (words.unfinished.to_owned(), vec![go_on, stop()])
        } else {
            (String::new(), offers(site, words))
        };
        (().into_any(), text, why, choices)
    };
    let aloud_class = if is_running { "visually-hidden" } else { "" };
    let heading = view! { <h2 id=HEADING tabindex="-1">{words.save_blog}</h2> };
    let parts = vec![
        heading.into_any(),
        progress,
        paragraph("", None, text),
        paragraph(aloud_class, Some("status"), aloud),
        group("actions", None, choices),
    ];
    group("save-blog", None, parts)
}

/// In one language each, then in all.
fn offers(site: &Site, words: &Words) -> Vec<AnyView> {
    let offer = |name: &str, bytes: u64| Button::new([name, " (", &(words.size)(bytes), ")"].concat());
    let mut all = String::new();
    let mut offers = Vec::new();
    for entry in &site.languages {
        let tag = entry.language.to_string();
        let mut button = offer(&entry.name, entry.offline_bytes);
        button.lang = Some(tag.clone());
        all.push_str(&tag);
        all.push(' ');
        offers.push(choice(button, "keepAll", tag));
    }
    if offers.len() > 1 {
        let button = offer(words.every_language, site.offline_bytes);
        offers.push(choice(button, "keepAll", all.trim_end().to_owned()));
    }
    offers
}

/// A button that does `act` in `languages`. It may go with what it does: focus goes to the heading.
fn choice(button: Button, act: &'static str, languages: String) -> AnyView {
    button.doing(move || {
        focus::to_id(HEADING);
        worker::act(act, &languages);
    })
}
