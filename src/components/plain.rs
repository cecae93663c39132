//! The few kinds of element that what is told and offered beside a page is made of. Each kind of view weighs on what a
//! reader downloads, by several hundred bytes: so there are few, and they are put together from data.

use leptos::prelude::*;

/// What draws itself anew when something that it read has changed; elements of the same kinds stay, and focus on them.
pub fn live(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let draw: Box<dyn Fn() -> AnyView + Send> = Box::new(draw);
    (move || draw()).into_any()
}

/// Several elements in one of class `class`; in language `lang`, where that is not the page's.
pub fn group(class: &'static str, lang: Option<&'static str>, parts: Vec<AnyView>) -> AnyView {
    view! { <div class=class lang=lang>{parts}</div> }.into_any()
}

/// A paragraph; with `role` where it has one.
pub fn paragraph(class: &'static str, role: Option<&'static str>, text: String) -> AnyView {
    view! { <p class=class role=role>{text}</p> }.into_any()
}

/// A button: what it says, what it is called where that says more, which language it is in where that is another.
pub struct Button {
    /// Beside `button`.
    pub class: &'static str,
    /// What it says.
    pub label: String,
    /// What it is called, where that says more.
    pub name: Option<String>,
    /// The language of what it says, where that is not the page's.
    pub lang: Option<String>,
}

impl Button {
    /// A button that says `label`.
    pub fn new(label: impl Into<String>) -> Button {
        Button {
            class: "button",
            label: label.into(),
            name: None,
            lang: None,
        }
    }

    /// The button, which does `act`.
    pub fn doing(self, act: impl Fn() + 'static) -> AnyView {
        let act: Box<dyn Fn()> = Box::new(act);
        view! {
            <button
                class=self.class
                type="button"
                lang=self.lang
                aria-label=self.name
                on:click=move |_| act()
            >
                {self.label}
            </button>
        }
        .into_any()
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use crate::{
        browser::focus,
        testing::{draw, site},
    };
    use leptos::task::tick;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_button_keeps_its_focus_when_what_it_says_changes() {
        let pressed = RwSignal::new(0);
        let drawn = draw(site(), "en", move || {
            live(move || {
                let label = pressed.get().to_string();
                let button = Button::new(label).doing(move || pressed.update(|times| *times += 1));
                group(
                    "",
                    None,
                    vec![button, paragraph("", Some("status"), String::new())],
                )
            })
        })
        .await;
        let button = drawn.one("button");
        focus::to(&button);
        button.click();
        tick().await;
        assert_eq!(drawn.text("button"), "1");
        assert_eq!(document().active_element(), Some(button.into()));
    }
}
