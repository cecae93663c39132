// What is fit to be kept. A captive portal, a login, an error page, half a file: each comes with status 200 somewhere.

/** More than any document of a blog; what is larger is none. */
const MOST_BYTES = 20_000_000;

/**
 * Whether an answer is a complete 200 of our own origin: not a part, not opaque, not what stands at another address.
 * `length` is what the server told, `null` when it told nothing; behind a content encoding it counts other bytes.
 */
function isWhole({ status, type, redirected, length, isEncoded }, size) {
  return (
    status === 200 &&
    type === "basic" &&
    !redirected &&
    size > 0 &&
    size <= MOST_BYTES &&
    (isEncoded || length === null || Number(length) === size)
  );
}

/** Whether a media type is one that a file of this name has. */
function isTypeOf(path, mime) {
  const type = mime.split(";")[0].trim().toLowerCase();
  const expected = {
    css: /^text\/css$/,
    html: /^text\/html$/,
    js: /^(?:text|application)\/(?:x-)?javascript$/,
    json: /^application\/(?:[a-z.-]+\+)?json$/,
    wasm: /^application\/(?:wasm|octet-stream)$/,
  }[path.split(".").pop()];
  return expected ? expected.test(type) : type.startsWith("image/");
}

/** `page` when HTML is a whole page of this site, `redirect` when it leads on to one, else `null`. */
function pageIn(html, { base }) {
  if (!/<\/html>\s*$/.test(html)) return null;
  if (html.includes(`http-equiv="refresh" content="0; url=${base}`)) return "redirect";
  return /<html[^>]*>/.exec(html)?.[0].includes(` data-base="${base}"`) ? "page" : null;
}

/**
 * The document that the text of `key` is, or `null` when it is damaged, of another place, or of a format that is newer
 * than this worker.
 */
function documentIn(text, key, kind, { base, format }) {
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof document !== "object" || document === null) return null;
  const isKnown = (version) => Number.isInteger(version) && version <= format;
  if (kind === "post") {
    const isThisPost = typeof document.item?.url === "string" && keyOf(pathOf(document.item.url)) === pageKeyOf(key);
    return isKnown(document.version) && isThisPost ? document : null;
  }
  if (key.endsWith("/site.json")) {
    const isSite = Array.isArray(document.languages) && document.base_path === base;
    return isKnown(document.version) && isSite ? document : null;
  }
  return isKnown(document._passerelle?.version) && Array.isArray(document.items) ? document : null;
}

/** The digest of each post's JSON, by its key, as the feeds know it. */
function revisionsIn(feeds) {
  const known = feeds
    .flatMap((feed) => feed.items)
    .filter((item) => typeof item?.url === "string" && typeof item._passerelle?.revision === "string");
  return new Map(known.map((item) => [dataKeyOf(keyOf(pathOf(item.url))), item._passerelle.revision]));
}

/** Whether bytes of this digest are those that the index knows. Where it knows nothing, nothing is wrong. */
function isRevision(digest, revision) {
  return revision === undefined || (revision.length > 0 && digest.startsWith(revision));
}

/** What of `keys`, oldest first, goes so that `most` stay. What posts are found by is not counted, and never goes. */
function tooMany(keys, most) {
  const kept = keys.filter((key) => !/\/(?:site|feed(?:-\d+)?)\.json$/.test(key));
  return kept.slice(0, Math.max(0, kept.length - most));
}
