//! What is done to a tree after the policy: headings, links, images, tables and prepared fragments of this post.

use std::collections::BTreeMap;

use super::{
    Remark, RemarkKind, address,
    address::Target,
    html::{
        attribute::Name,
        element::Element,
        signs,
        tree::{Data, Id, Tree},
    },
    page::{Special, Specials},
    prepared,
    slug::lower_case,
    words::Words,
};
use crate::post::{Body, OwnImage, OwnLink, PreparedKind};

/// Finishes the tree of a body.
pub fn finish(tree: &mut Tree, specials: &Specials, body: &Body, remarks: &mut Vec<Remark>) {
    let mut finisher = Finisher {
        specials,
        body,
        words: Words::of(&body.language),
        links: index(&mut body.links.iter().map(|link| link.href.clone())),
        images: index(&mut body.images.iter().map(|image| image.src.clone())),
        headings: Vec::new(),
        ids: BTreeMap::new(),
        prepared: index(
            &mut body
                .prepared
                .iter()
                .map(|fragment| key(&fragment.kind, &fragment.source)),
        ),
        first_image: true,
        remarks,
    };
    let ids: Vec<Id> = super::elements(tree).collect();
    for id in ids {
        finisher.element(tree, id);
    }
}

struct Finisher<'a> {
    specials: &'a Specials,
    body: &'a Body,
    words: Option<&'static Words>,
    links: BTreeMap<String, usize>,
    images: BTreeMap<String, usize>,
    /// The headings that are open, as the author has them.
    headings: Vec<Element>,
    /// The ids that are taken, and how often another was made of each.
    ids: BTreeMap<String, usize>,
    first_image: bool,
    prepared: BTreeMap<String, usize>,
    remarks: &'a mut Vec<Remark>,
}

impl<'a> Finisher<'a> {
    fn element(&mut self, tree: &mut Tree, id: Id) {
        let Some(element) = tree.element(id) else { return };
        match element {
            Element::A => self.link(tree, id),
            Element::Img => self.image(tree, id),
            Element::Table => self.table(tree, id),
            Element::Pre => tree.set(id, Name::Tabindex, "0"),
            _ if element.is_heading() => self.heading(tree, id, element),
            _ => {}
        }
        self.unique_id(tree, id);
        if let Some(special) = self.specials.get(id) {
            self.special(tree, id, special);
        }
    }

    /// The title of a post is its h1; what is below it begins at h2, and no level is skipped.
    fn heading(&mut self, tree: &mut Tree, id: Id, element: Element) {
        const LEVELS: [Element; 6] = [
            Element::H1,
            Element::H2,
            Element::H3,
            Element::H4,
            Element::H5,
            Element::H6,
        ];
        while self
            .headings
            .last()
            .is_some_and(|open| *open as u8 >= element as u8)
        {
            self.headings.pop();
        }
        let below = LEVELS.get(self.headings.len() + 1);
        self.headings.push(element);
        tree.rename(id, below.copied().unwrap_or(Element::H6));
    }

    /// Of two elements with an id the second loses it: the first is where links lead. A heading gets another.
    fn unique_id(&mut self, tree: &mut Tree, id: Id) {
        let Some(own) = tree.attribute(id, Name::Id).map(str::to_owned) else {
            return;
        };
        let Some(mut count) = self.ids.get(&own).copied() else {
            self.ids.insert(own, 0);
            return;
        };
        if !tree.element(id).is_some_and(Element::is_heading) {
            tree.take(id, Name::Id);
            return;
        }
        let numbered = loop {
            count += 1;
            let numbered = format!("{own}-{count}");
            if !self.ids.contains_key(&numbered) {
                break numbered;
            }
        };
        self.ids.insert(own, count);
        self.ids.insert(numbered.clone(), 0);
        tree.set(id, Name::Id, numbered);
    }

    fn link(&mut self, tree: &mut Tree, id: Id) {
        if let Some(name) = tree.take(id, Name::Named)
            && tree.attribute(id, Name::Id).is_none()
        {
            tree.set(id, Name::Id, name);
        }
        let Some(href) = tree.attribute(id, Name::Href).map(str::to_owned) else {
            return;
        };
        if let Some(own) = self
            .links
            .get(href.as_str())
            .and_then(|number| self.body.links.get(*number))
        {
            return self.own_link(tree, id, own);
        }
        match address::read(&href) {
            Some((address, target)) => set_address(tree, id, address, target),
            None => {
                tree.take(id, Name::Href);
                self.refused(tree, id, || {
                    format!(
                        "the destination \"{href}\" of a link was taken out; a link begins with https, http, mailto or tel, or is relative"
                    )
                });
            }
        }
    }

    /// A link to another post; where that is in another language, it says so.
    fn own_link(&mut self, tree: &mut Tree, id: Id, own: &OwnLink) {
        // The JSON of a post is fetched: what the build resolved is checked like any other address.
        let Some((address, target)) = address::read(&own.url) else {
            return drop(tree.take(id, Name::Href));
        };
        set_address(tree, id, address, target);
        let Some(language) = own
            .language
            .as_ref()
            .filter(|language| **language != self.body.language)
        else {
            return;
        };
        tree.set(id, Name::Hreflang, language.as_str().to_owned());
        let name = language.endonym();
        if lower_case(&tree.text_of(id)).contains(&lower_case(name)) {
            return;
        }
        let attributes = vec![
            (Name::Class, "link-language".into()),
            (Name::Lang, language.as_str().to_owned().into()),
        ];
        let hint = tree.create(Data::Element(Element::Span, attributes), None);
        tree.append_text(id, " ", 0);
        tree.append(id, hint);
        let name = format!("({name})");
        tree.append_text(hint, &name, signs::of(&name));
    }

    fn image(&mut self, tree: &mut Tree, id: Id) {
        let source = tree.attribute(id, Name::Src).map(str::to_owned);
        let own = source.as_deref().and_then(|source| self.own_image(source));
        if let Some(source) = source {
            match self.image_address(&source) {
                Some(address) => tree.set(id, Name::Src, address),
                None => {
                    tree.take(id, Name::Src);
                    self.refused(tree, id, || {
                        format!("the address \"{source}\" of an image was taken out")
                    });
                }
            }
        }
        if let Some(srcset) = tree.take(id, Name::Srcset) {
            let srcset = address::srcset(&srcset, |source| self.image_address(source));
            if !srcset.is_empty() {
                tree.set(id, Name::Srcset, srcset);
            }
        }
        self.size(tree, id, own);
        if tree.attribute(id, Name::Alt).is_none() {
            // Without it a screen reader reads out the name of the file.
            tree.set(id, Name::Alt, "");
        }
        if !std::mem::take(&mut self.first_image) {
            tree.set(id, Name::Loading, "lazy");
            tree.set(id, Name::Decoding, "async");
        }
    }

    fn own_image(&self, source: &str) -> Option<&'a OwnImage> {
        self.images
            .get(source)
            .and_then(|number| self.body.images.get(*number))
    }

    fn image_address(&self, source: &str) -> Option<String> {
        let source = self.own_image(source).map_or(source, |own| own.url.as_str());
        let (address, target) = address::read(source)?;
        matches!(target, Target::Relative | Target::Web).then_some(address)
    }

    /// Width and height of the file, so that nothing moves when it comes; of the author's own the width wins.
    fn size(&self, tree: &mut Tree, id: Id, own: Option<&OwnImage>) {
        let Some((width, height)) = own.and_then(|own| own.size).filter(|(width, _)| *width > 0) else {
            return;
        };
        let wanted = tree
            .attribute(id, Name::Width)
            .and_then(|width| width.parse::<u32>().ok())
            .filter(|w| *w > 0);
        let shown = wanted.unwrap_or(width);
        let scaled = (u64::from(height) * u64::from(shown)).div_ceil(u64::from(width));
        tree.set(id, Name::Width, shown.to_string());
        tree.set(id, Name::Height, scaled.to_string());
    }

    /// A table scrolls in its own box, which the keyboard reaches.
    fn table(&mut self, tree: &mut Tree, id: Id) {
        let mut attributes = vec![(Name::Class, "scroll".into()), (Name::Tabindex, "0".into())];
        let caption = tree
            .node(id)
            .first
            .filter(|first| tree.element(*first) == Some(Element::Caption));
        let label = caption
            .map(|caption| tree.text_of(caption).trim().to_owned())
            .filter(|text| !text.is_empty());
        if let Some(label) = label.or_else(|| self.words.map(|words| words.table.to_owned())) {
            attributes.push((Name::Role, "region".into()));
            attributes.push((Name::AriaLabel, label.into()));
        }
        let wrapper = tree.create(Data::Element(Element::Div, attributes), None);
        tree.wrap(id, wrapper);
    }

    fn special(&mut self, tree: &mut Tree, id: Id, special: &Special) {
        match special {
            Special::Reference => {}
            Special::Footnotes => {
                tree.set(id, Name::Role, "doc-endnotes");
                self.label(tree, id, |words| words.footnotes);
            }
            Special::BackLink => {
                tree.set(id, Name::Role, "doc-backlink");
                self.label(tree, id, |words| words.back);
            }
            Special::Task(done) => {
                tree.set(id, Name::Role, "img");
                self.label(tree, id, |words| if *done { words.done } else { words.to_do });
            }
            Special::Code(language) => self.prepared(tree, id, &PreparedKind::Code(language.clone())),
            Special::Math { display: true } => self.prepared(tree, id, &PreparedKind::Display),
            Special::Math { display: false } => self.prepared(tree, id, &PreparedKind::Inline),
        }
    }

    fn label(&self, tree: &mut Tree, id: Id, word: impl Fn(&Words) -> &'static str) {
        if let Some(words) = self.words {
            tree.set(id, Name::AriaLabel, word(words));
        }
    }

    /// Puts what the build rendered in the place of the source, if it passes its policy.
    fn prepared(&self, tree: &mut Tree, id: Id, kind: &PreparedKind) {
        let source = tree.text_of(id);
        let fragment = self
            .prepared
            .get(&key(kind, &source))
            .and_then(|number| self.body.prepared.get(*number));
        let Some(html) = fragment.and_then(prepared::safe) else {
            return;
        };
        match kind {
            PreparedKind::Inline | PreparedKind::Display => tree.replace(id, Data::Safe(html)),
            PreparedKind::Code(_) => {
                let Some(first) = tree.node(id).first else { return };
                tree.replace(first, Data::Safe(html));
            }
        }
    }

    /// Tells of an address that was taken out.
    fn refused(&mut self, tree: &Tree, id: Id, message: impl FnOnce() -> String) {
        let offset = tree.node(id).at.unwrap_or_default();
        super::remark(self.remarks, offset, RemarkKind::Dropped, message);
    }
}

/// The number of each key; of two that are the same, of the last.
fn index(keys: &mut dyn Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut index = BTreeMap::new();
    for (number, key) in keys.enumerate() {
        index.insert(key, number);
    }
    index
}

/// What a prepared fragment is found by: its kind, its language and its source.
fn key(kind: &PreparedKind, source: &str) -> String {
    let (kind, language) = match kind {
        PreparedKind::Code(language) => ("code", language.as_str()),
        PreparedKind::Inline => ("inline", ""),
        PreparedKind::Display => ("display", ""),
    };
    [kind, language, source].join("\0")
}

/// Where a link leads, as it is written.
fn set_address(tree: &mut Tree, id: Id, address: String, target: Target) {
    match target {
        Target::Fragment if address.len() > 1 => {
            tree.set(id, Name::Href, format!("#{}", address::fragment_id(&address)));
        }
        Target::Web => {
            tree.set(id, Name::Href, address);
            tree.set(id, Name::Rel, "noopener noreferrer");
        }
        _ => tree.set(id, Name::Href, address),
    }
}
