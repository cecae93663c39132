// What keeping a post takes, and what of it is there. Nothing here asks anybody.

/** The keys of what a post is made of: its own pictures, then its JSON, which comes last so that it stands for the whole. */
function partsOf({ item, body }, key, { base }) {
  const urls = [item.image, ...(body.images ?? []).map(({ url }) => url)];
  const own = urls.filter((url) => typeof url === "string" && url.startsWith(base) && !url.startsWith("//"));
  return [...new Set(own.map((url) => keyOf(pathOf(url)))), key];
}

/** The keys of the JSON of a post in all its languages. */
function twinsOf({ item }) {
  return [item, ...(item._passerelle.translations ?? [])].map(({ url }) => dataKeyOf(keyOf(pathOf(url))));
}

/** Of `documents` (`[key, document]`), those of which all parts are among `keys`. */
function wholePosts(documents, keys, site) {
  const there = new Set(keys);
  return documents.filter(([key, document]) => partsOf(document, key, site).every((part) => there.has(part)));
}

/** What of `keys` goes when the posts `gone` go: all that no other of `documents` needs. */
function leftOver(documents, keys, gone, site) {
  const staying = documents.filter(([key]) => !gone.includes(key));
  const needed = new Set(staying.flatMap(([key, document]) => partsOf(document, key, site)));
  return keys.filter((key) => !needed.has(key));
}
