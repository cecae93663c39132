//! Finding what is on the page as assistive technology does: by role and accessible name.
//!
//! A script in the page offers candidates, elements whose tag or `role` may have the role and whose text has the name.
//! What they really are is then asked of the browser itself, through WebDriver's "get computed role" and "get computed
//! label", so that a name hidden from the accessibility tree is not found, and one that only CSS draws is.

use std::{fmt, sync::Arc};

use anyhow::{Context, Result};
use serde_json::Value;
use thirtyfour::{
    WebDriver, WebElement,
    common::command::{Command, ExtensionCommand},
};

use crate::wait;

/// A role of WAI-ARIA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the role of that name")]
pub enum Role {
    Alert,
    Article,
    Banner,
    Button,
    Contentinfo,
    Heading,
    Image,
    Link,
    List,
    Listitem,
    Main,
    Navigation,
    Region,
    Status,
    Time,
}

impl Role {
    /// The selector of elements that may have it, and the names under which browsers compute it.
    fn known_as(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Role::Alert => ("[role=alert]", &["alert"]),
            Role::Article => ("article, [role=article]", &["article"]),
            Role::Banner => ("header, [role=banner]", &["banner"]),
            Role::Button => ("button, [role=button]", &["button"]),
            Role::Contentinfo => ("footer, [role=contentinfo]", &["contentinfo"]),
            Role::Heading => ("h1, h2, h3, h4, h5, h6, [role=heading]", &["heading"]),
            // ARIA 1.3 renames `img`.
            Role::Image => ("img, [role=img], [role=image]", &["img", "image"]),
            Role::Link => ("a[href], [role=link]", &["link"]),
            Role::List => ("ul, ol, [role=list]", &["list"]),
            Role::Listitem => ("li, [role=listitem]", &["listitem"]),
            Role::Main => ("main, [role=main]", &["main"]),
            Role::Navigation => ("nav, [role=navigation]", &["navigation"]),
            Role::Region => ("section, [role=region]", &["region"]),
            Role::Status => ("[role=status], output", &["status"]),
            Role::Time => ("time", &["time"]),
        }
    }
}

/// Which accessible name is looked for. White space counts as one space, no-break spaces too.
#[derive(Clone, Debug)]
pub enum Name {
    /// This and no other.
    Is(String),
    /// One that has this in it.
    Has(String),
    /// Any, none too.
    Any,
}

impl Name {
    fn matches(&self, name: &str) -> bool {
        match self {
            Name::Is(wanted) => folded(name) == folded(wanted),
            Name::Has(part) => folded(name).contains(&folded(part)),
            Name::Any => true,
        }
    }

    fn needle(&self) -> String {
        match self {
            Name::Is(text) | Name::Has(text) => folded(text),
            Name::Any => String::new(),
        }
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Name::Is(name.to_owned())
    }
}

impl From<&String> for Name {
    fn from(name: &String) -> Self {
        Name::Is(name.clone())
    }
}

impl From<String> for Name {
    fn from(name: String) -> Self {
        Name::Is(name)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Name::Is(name) => write!(f, "named \"{name}\""),
            Name::Has(part) => write!(f, "with \"{part}\" in its name"),
            Name::Any => write!(f, "of any name"),
        }
    }
}

/// White space folded to one space each, as accessible names have it.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The elements of `role` and `name` inside `scope` (the whole page when `None`), in the order of the document, as
/// they are now.
///
/// # Errors
/// When the page changes while it is looked at, or the driver fails.
pub async fn all(
    web: &WebDriver,
    scope: Option<&WebElement>,
    role: Role,
    name: impl Into<Name>,
) -> Result<Vec<WebElement>> {
    let name = name.into();
    let mut found = Vec::new();
    for element in candidates(web, scope, role, &name.needle()).await? {
        if has_role(&element, role).await? && name.matches(&computed_name(&element).await?) {
            found.push(element);
        }
    }
    Ok(found)
}

/// The one element of `role` and `name`: waits until it is there and is the only one.
///
/// # Errors
/// When it does not come, or there are several; with the names of all elements of the role that are there.
pub async fn one(
    web: &WebDriver,
    scope: Option<&WebElement>,
    role: Role,
    name: impl Into<Name>,
) -> Result<WebElement> {
    let name = name.into();
    let found = wait::until(format!("there is one {role:?} {name}"), async || {
        let mut found = all(web, scope, role, name.clone()).await?;
        if found.len() > 1 {
            anyhow::bail!("there are {}", found.len());
        }
        Ok(found.pop())
    })
    .await;
    match found {
        Ok(element) => Ok(element),
        Err(error) => Err(error.context(format!("the page has: {:?}", names(web, scope, role).await?))),
    }
}

/// The accessible name that the browser computes for an element.
///
/// # Errors
/// When the element is gone, or the driver fails.
pub async fn computed_name(element: &WebElement) -> Result<String> {
    computed(element, "computedlabel").await
}

async fn has_role(element: &WebElement, role: Role) -> Result<bool> {
    let computed = computed(element, "computedrole").await?;
    Ok(role.known_as().1.contains(&computed.as_str()))
}

/// The names of all elements of a role, for messages.
async fn names(web: &WebDriver, scope: Option<&WebElement>, role: Role) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for element in candidates(web, scope, role, "").await? {
        names.push(computed_name(&element).await?);
    }
    Ok(names)
}

const CANDIDATES: &str = r#"
    const [scope, selector, needle] = arguments;
    const fold = text => (text ?? "").split(/[\s\u00a0\u202f]+/u).filter(Boolean).join(" ");
    const told = element => [
        element.getAttribute("aria-label"),
        ...(element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean)
            .map(id => document.getElementById(id)?.textContent),
        element.getAttribute("alt"),
        element.getAttribute("title"),
        element.textContent,
    ].map(fold);
    return [...(scope ?? document).querySelectorAll(selector)].filter(element =>
        element.checkVisibility({ visibilityProperty: true })
        && !element.closest("[aria-hidden=true], [inert]")
        && (needle === "" || told(element).some(text => text.includes(needle))));
"#;

async fn candidates(
    web: &WebDriver,
    scope: Option<&WebElement>,
    role: Role,
    needle: &str,
) -> Result<Vec<WebElement>> {
    let scope = scope.map_or(Ok(Value::Null), WebElement::to_json)?;
    let arguments = vec![scope, role.known_as().0.into(), needle.into()];
    Ok(web.execute(CANDIDATES, arguments).await?.elements()?)
}

/// "Get Computed Role" and "Get Computed Label" of WebDriver (W3C, 2nd edition, section 12.4), which the client
/// library does not have.
#[derive(Debug)]
struct Computed {
    element: String,
    what: &'static str,
}

impl ExtensionCommand for Computed {
    fn parameters_json(&self) -> Option<Value> {
        None
    }

    fn method(&self) -> axum::http::Method {
        axum::http::Method::GET
    }

    fn endpoint(&self) -> Arc<str> {
        format!("/element/{}/{}", self.element, self.what).into()
    }
}

async fn computed(element: &WebElement, what: &'static str) -> Result<String> {
    let command = Computed {
        element: element.element_id().to_string(),
        what,
    };
    let answer = element
        .handle()
        .cmd(Command::ExtensionCommand(Box::new(command)))
        .await
        .with_context(|| what.to_owned())?;
    Ok(answer.value::<String>()?)
}
