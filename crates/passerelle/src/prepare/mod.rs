//! Code and formulas of a post, rendered once when the site is built.
//!
//! Grammars are megabytes; the browser carries none. The build ships token spans and MathML with the post, and
//! `content::render` puts them where their source stood, after a policy of their own.

mod highlight;
mod math;

use content::{
    post::{Body, Prepared, PreparedKind},
    render::preparable,
};

/// Renders every code block and formula of `body` that there is a grammar for. The others stay plain.
pub fn prepare(body: &Body) -> Vec<Prepared> {
    let mut prepared: Vec<Prepared> = Vec::new();
    for (source, kind) in preparable(body) {
        if prepared
            .iter()
            .any(|known| known.source == source && known.kind == kind)
        {
            continue;
        }
        let html = match &kind {
            PreparedKind::Code(language) => highlight::spans(language, &source),
            PreparedKind::Inline => math::mathml(&source, math::Display::Inline),
            PreparedKind::Display => math::mathml(&source, math::Display::Block),
        };
        prepared.extend(html.map(|html| Prepared { source, kind, html }));
    }
    prepared
}
