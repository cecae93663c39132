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
