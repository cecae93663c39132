//! The shortcodes that blogs use most, as HTML: `figure`, and videos and posts of other sites as links to them.

use super::arguments::Arguments;
use crate::{
    post::Format,
    render::{
        html::serialize::{escape_attribute, escape_text},
        inline_html,
    },
};

/// What a shortcode shows; `None` when it is not known. `alone` is what stands before it on its line, where it stands
/// alone on it.
pub fn html(name: &str, arguments: &Arguments, format: Format, alone: Option<&str>) -> Option<String> {
    match name {
        "figure" | "image" | "img" => figure(arguments, format, alone),
        _ => link(name, arguments, format),
    }
}

/// `<figure>` with image and caption. The caption stays Markdown where the figure stands alone on its line.
fn figure(arguments: &Arguments, format: Format, alone: Option<&str>) -> Option<String> {
    let image = image(arguments)?;
    let caption = caption(arguments);
    let before = match alone {
        Some(before) if format == Format::Markdown => before,
        _ => {
            let caption = caption.map_or(String::new(), |caption| {
                format!("<figcaption>{}</figcaption>", inline_html(&caption))
            });
            return Some(format!("<figure>{image}{caption}</figure>"));
        }
    };
    Some(match caption {
        Some(caption) => format!(
            "<figure>{image}<figcaption>\n{before}\n{before}{caption}\n{before}\n{before}</figcaption></figure>\n{before}"
        ),
        None => format!("<figure>{image}</figure>\n{before}"),
    })
}

/// The same for `{% figure %}…{% endfigure %}`, whose content stands between the two.
pub fn figure_open_and_close(arguments: &Arguments, format: Format) -> (String, String) {
    let gap = if format == Format::Markdown { "\n\n" } else { "" };
    let caption = caption(arguments).map_or(String::new(), |caption| {
        format!("<figcaption>{}</figcaption>", inline_html(&caption))
    });
    (format!("<figure>{gap}"), format!("{gap}{caption}</figure>{gap}"))
}

fn image(arguments: &Arguments) -> Option<String> {
    let source = arguments.get_or(&["src", "url", "image", "image_path", "path", "file"], 0)?;
    let mut html = String::from("<img");
    attribute(&mut html, "src", source);
    attribute(
        &mut html,
        "alt",
        arguments.get(&["alt", "image-alt"]).unwrap_or_default(),
    );
    for name in ["width", "height", "class"] {
        if let Some(value) = arguments.get(&[name]) {
            attribute(&mut html, name, value);
        }
    }
    html.push('>');
    let Some(target) = arguments.get(&["link", "href"]) else {
        return Some(html);
    };
    let mut link = String::from("<a");
    attribute(&mut link, "href", target);
    Some(format!("{link}>{html}</a>"))
}

/// Hugo's title stands before its caption, and its attribution behind it.
fn caption(arguments: &Arguments) -> Option<String> {
    let title = arguments.get(&["title"]).map(|title| format!("**{title}**"));
    let caption = arguments.get(&["caption"]).map(str::to_owned);
    let source = arguments
        .get(&["attr"])
        .map(|attr| match arguments.get(&["attrlink"]) {
            Some(link) => format!("[{attr}]({link})"),
            None => attr.to_owned(),
        });
    let parts: Vec<String> = [title, caption, source].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// What would run in a frame is a link to where it can be seen.
fn link(name: &str, arguments: &Arguments, format: Format) -> Option<String> {
    let id = |place| arguments.get_or(&["id", "video_id", "url"], place);
    let (address, what) = match name {
        "youtube" => (format!("https://www.youtube.com/watch?v={}", id(0)?), "YouTube"),
        "vimeo" => (format!("https://vimeo.com/{}", id(0)?), "Vimeo"),
        "gist" if arguments.positional.len() > 1 => (
            format!(
                "https://gist.github.com/{}/{}",
                id(0)?,
                arguments.positional.get(1)?
            ),
            "GitHub",
        ),
        "gist" => (format!("https://gist.github.com/{}", id(0)?), "GitHub"),
        "tweet" | "x" => {
            let user = arguments.get_or(&["user"], 0)?;
            let post = arguments
                .get(&["id"])
                .or_else(|| arguments.positional.get(1).map(String::as_str));
            match post {
                Some(post) => (format!("https://twitter.com/{user}/status/{post}"), "Twitter"),
                None => (format!("https://twitter.com/i/web/status/{user}"), "Twitter"),
            }
        }
        _ => return None,
    };
    // Some write the whole address.
    let address = match id(0) {
        Some(whole) if whole.starts_with("https://") => whole.to_owned(),
        _ => address,
    };
    let title = arguments.get(&["title", "caption"]);
    if format == Format::Markdown {
        let text = title.map_or_else(|| format!("{what}: {}", literal(&address)), str::to_owned);
        let address: String = address
            .chars()
            .filter(|c| !matches!(c, '<' | '>' | '\n' | '\\'))
            .collect();
        return Some(format!("[{text}](<{address}>)"));
    }
    let mut html = String::from("<a");
    attribute(&mut html, "href", &address);
    html.push('>');
    match title {
        Some(title) => html.push_str(&inline_html(title)),
        None => escape_text(&format!("{what}: {address}"), &mut html),
    }
    Some(html + "</a>")
}

/// Text that Markdown reads as it is.
fn literal(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    // A line break could end the HTML block that this stands in.
    escape_attribute(&value.replace('\n', " "), html);
    html.push('"');
}
