//! What keeping posts on a device takes, so that a reader is told before they do.

use std::collections::BTreeMap;

use content::{language::Language, site::Site};
use rayon::prelude::*;

use super::{WriteError, documents::Made, json};
use crate::library::Library;

/// What the digest of a post adds to its entry in the index.
const REVISION: u64 = 32;

/// Writes into every post what it takes, and what each of its twins takes besides; and into `site` what all of them do.
///
/// The JSON is weighed before these numbers are in it: they are a few bytes of it.
///
/// # Errors
/// When a document is no JSON.
pub fn tell(made: &mut [Made], library: &Library, site: &mut Site) -> Result<(), WriteError> {
    let length = |made: &Made| Ok(json("a post", &made.document)?.len() as u64);
    let texts: Vec<u64> = made.par_iter().map(length).collect::<Result<_, WriteError>>()?;
    let entry = |made: &Made| Ok(json("the index", &made.document.item)?.len() as u64 + REVISION);
    let entries: Vec<u64> = made.par_iter().map(entry).collect::<Result<_, WriteError>>()?;
    let pictures: Vec<BTreeMap<usize, u64>> = made.iter().map(|made| made.pictures.clone()).collect();
    for (place, (made, entry)) in made.iter_mut().zip(&library.posts).enumerate() {
        let mut seen = BTreeMap::new();
        let mut added = |place: usize| texts[place] + add(&mut seen, &pictures[place]);
        let extension = &mut made.document.item.passerelle;
        extension.offline_bytes = added(place);
        for (twin, &place) in extension.translations.iter_mut().zip(&entry.translations) {
            twin.offline_bytes = added(place);
        }
    }
    let all = |is_of: &dyn Fn(&Language) -> bool| -> u64 {
        let mut seen = BTreeMap::new();
        let posts = library.posts.iter().enumerate();
        posts
            .filter(|(_, entry)| is_of(&entry.post.language))
            .map(|(place, _)| texts[place] + entries[place] + add(&mut seen, &pictures[place]))
            .sum()
    };
    for entry in &mut site.languages {
        entry.offline_bytes = all(&|language| *language == entry.language);
    }
    site.offline_bytes = all(&|_| true);
    Ok(())
}

/// Bytes of the pictures that were not seen before.
fn add(seen: &mut BTreeMap<usize, u64>, pictures: &BTreeMap<usize, u64>) -> u64 {
    let new = pictures
        .iter()
        .filter(|(file, bytes)| seen.insert(**file, **bytes).is_none());
    new.map(|(_, bytes)| bytes).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::{lists, sample, urls::Urls};

    #[test]
    fn a_picture_that_twins_share_counts_once() {
        let library = sample::library();
        let mut site = lists::site(&library, Urls::new(&library.config));
        let mut made: Vec<Made> = (0..library.posts.len())
            .map(|place| sample::made(&library, place))
            .collect();
        let texts: Vec<u64> = made
            .iter()
            .map(|made| json("", &made.document).unwrap().len() as u64)
            .collect();
        made[0].pictures = [(0, 5000), (1, 70)].into();
        made[2].pictures = [(0, 5000)].into();
        tell(&mut made, &library, &mut site).unwrap();
        let told = |place: usize| {
            let extension: &content::index::ItemExtension = &made[place].document.item.passerelle;
            let twins = extension.translations.iter().map(|twin| twin.offline_bytes);
            (extension.offline_bytes, twins.collect::<Vec<_>>())
        };
        assert_eq!(told(0), (texts[0] + 5070, vec![texts[2]]));
        assert_eq!(told(2), (texts[2] + 5000, vec![texts[0] + 70]));
        assert_eq!(told(1), (texts[1], vec![]));
        let [english, french] = [0, 1].map(|place| site.languages[place].offline_bytes);
        assert_eq!(english + french - site.offline_bytes, 5000);
    }
}
