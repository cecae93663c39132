// Addresses: which page or file a request is about, and what the worker has to do with it. Nothing here asks anybody.

/**
 * What all addresses of one page have in common: decoded, NFC, without `index.html` and final slash, then encoded in
 * one way. The same rule as `content::url::path_key`.
 */
function keyOf(path) {
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // Escapes that are not UTF-8 stay as they are written.
  }
  const trimmed = decoded.normalize("NFC").replace(/\/index\.html$/, "/").replace(/\/+$/, "");
  return trimmed.split("/").map(encodeURIComponent).join("/") || "/";
}

/** The key of the JSON of the post at `key`. The same rule as `content::url::data_path`. */
function dataKeyOf(key) {
  return key.endsWith(".html") ? key.replace(/\.html$/, ".json") : `${key.replace(/\/$/, "")}/index.json`;
}

/** The key of the page whose JSON stands at `key`. */
function pageKeyOf(key) {
  return key.endsWith("/index.json") ? key.slice(0, -"/index.json".length) || "/" : key.replace(/\.json$/, ".html");
}

/**
 * The key of the index that a page is made of, when the page is no post: `site.json` for the home page, a feed for a
 * page of a list and for the page of what is saved. `null` for every other page.
 */
function indexKeyOf(key, { base, languages }) {
  if (`${key}/` === base || key === base) return keyOf(`${base}site.json`);
  const [language, page, number, ...more] = key.slice(base.length).split("/");
  if (!languages.includes(language) || more.length > 0) return null;
  if (page === undefined || (page === "saved" && number === undefined)) return keyOf(`${base}${language}/feed.json`);
  return page === "page" && /^[1-9]\d*$/.test(number ?? "")
    ? keyOf(`${base}${language}/feed${number === "1" ? "" : `-${number}`}.json`)
    : null;
}

/** The path of a URL that may be absolute, without query and fragment. */
function pathOf(url) {
  return url.replace(/^(?:[a-z]+:)?\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
}

/**
 * What a request is for: `shell`, `page`, `index`, `post` or `picture`; `other` is none of the worker's business and
 * goes to the network as if there were no worker.
 */
function kindOf({ method, isOwn, hasRange, isNavigation, destination, path }, { base }) {
  if (method !== "GET" || !isOwn || hasRange || !`${path}/`.startsWith(base)) return "other";
  const name = path.slice(base.length);
  if (name === "sw.js") return "other";
  if (name.startsWith("assets/")) return isNavigation ? "other" : "shell";
  // A name that ends as files do, and not as pages: a feed, a PDF, the site map.
  if (isNavigation) return /\.[a-z][a-z0-9]*$/i.test(path) && !path.endsWith(".html") ? "other" : "page";
  if (name === "site.json" || /(?:^|\/)feed(?:-\d+)?\.json$/.test(name)) return "index";
  if (name.endsWith(".json")) return "post";
  return destination === "image" ? "picture" : "other";
}
