// What is kept, and how it comes to be: the only part that asks the network and the caches.
//
// Every kept answer is written anew from its bytes, so that no redirect and no header of a stranger stays on it, with
// its digest. A cache that fails is a cache that has nothing: the page is then read from the network, as without it.

const PREFIX = `passerelle ${SITE.base} `;
const SHELLS = `${PREFIX}shell `;
const SHELL = `${SHELLS}${SITE.version}`;
const READ = `${PREFIX}read`;
const FRAME = keyOf(`${SITE.base}offline.html`);
const ELDERS = `${SITE.base}elders`;
const DIGEST = "x-passerelle-digest";

/** How long a reader waits while there is something to show, in milliseconds. */
const PATIENCE = 3_000;
/** How long the network is given when nobody waits. */
const BEHIND = 30_000;
/** The same, where many files come at one time: on a slow network each waits for the others. */
const TOGETHER = 120_000;
/** How long the feed that lists a post is not asked for again when another post of it is opened. */
const A_WHILE = 60_000;
/** How many pages, posts and pictures stay that were only read. */
const MOST_READ = 500;

/** What the index knows of posts: the digest, and the feed that says so; `null` until it is wanted, and when a feed came. */
let revisions = null;
/** The keys of what of the index is newer than what is kept, for which there was no room. */
const unstored = new Set();
/** Feeds of which all that is kept has been looked at since the worker started. */
const looked = new Set();
/** When each feed was last asked for because a post of it was opened: milliseconds since the worker started. */
const listed = new Map();
/** What is being filled in again, while it is. */
let refilling = null;

async function attempt(action) {
  try {
    return await action();
  } catch {
    return undefined;
  }
}

async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** An answer with all its bytes, or `undefined` when they do not come within `time` milliseconds. */
async function whole(asked, time) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), time);
  try {
    return await taken(await asked(controller.signal));
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function taken(response) {
  // A redirect has no bytes to be read, and WebKit does not follow one that was.
  const bytes = response.type === "opaqueredirect" ? new ArrayBuffer(0) : await response.arrayBuffer();
  const { status, type, redirected, headers } = response;
  const facts = {
    status,
    type,
    redirected,
    mime: headers.get("content-type") ?? "",
    length: headers.get("content-length"),
    isEncoded: headers.has("content-encoding"),
  };
  return { response, bytes, facts, digest: await digestOf(bytes) };
}

function ask(url, options) {
  return (signal) => fetch(url, { credentials: "same-origin", ...options, signal });
}

/** An answer of the same bytes, under our own headers alone. */
function written({ bytes, facts, digest }) {
  const headers = { "content-type": facts.mime, [DIGEST]: digest, [BYTES]: String(bytes.byteLength) };
  return new Response(bytes, { headers });
}

function textOf({ bytes }) {
  return new TextDecoder().decode(bytes);
}

/**
 * Puts the answer that `make` makes into a cache, and looks whether it is there. In WebKit, an entry that was written while its
 * cache was deleted is found by nobody and cannot be written over: what is put there is lost, and nobody is told, until it is
 * deleted. Throws when the answer cannot be kept.
 */
async function put(cache, key, make) {
  await cache.put(key, make());
  if (await cache.match(key)) return;
  await cache.delete(key);
  await cache.put(key, make());
  if (!(await cache.match(key))) throw new TypeError(`${key} is not kept`);
}

async function shellCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(SHELLS));
}

/** A file of the shell: of this version, else of another that is still at hand, since names carry a hash. */
async function shellFile(key) {
  return attempt(async () => {
    const own = await (await caches.open(SHELL)).match(key);
    if (own || key === FRAME) return own;
    for (const name of await shellCaches()) {
      const other = await (await caches.open(name)).match(key);
      if (other) return other;
    }
    return undefined;
  });
}

/** Fetches a file of the shell, and keeps it when its digest is that of the build. */
async function bringShellFile(path, digest) {
  const key = keyOf(path);
  // What the browser's own cache has may be wrong; then the server is asked past it.
  for (const cache of [path.startsWith(`${SITE.base}assets/`) ? "default" : "no-cache", "reload"]) {
    const answer = await whole(ask(path, { cache }), TOGETHER);
    // The digest says more than the address that it came from: hosts send /offline.html to /offline.
    const isRight =
      answer?.digest === digest &&
      isTypeOf(path, answer.facts.mime) &&
      isWhole({ ...answer.facts, redirected: false }, answer.bytes.byteLength);
    if (isRight) {
      return put(await caches.open(SHELL), key, () => written(answer));
    }
  }
  throw new TypeError(`${path} is not as it was built`);
}

/** Brings what this version of the shell lacks; what an older version has, or a try before this one, is not fetched. */
async function fillShell() {
  const own = await caches.open(SHELL);
  const others = await Promise.all((await shellCaches()).map((name) => caches.open(name)));
  await Promise.all(
    Object.entries(SITE.files).map(async ([path, digest]) => {
      const key = keyOf(path);
      if (await own.match(key)) return;
      for (const other of others) {
        const same = await other.match(key);
        if (same?.headers.get(DIGEST) === digest) return put(own, key, () => same.clone());
      }
      return bringShellFile(path, digest);
    }),
  );
}

/** Fills in what was deleted under the worker. */
async function refill() {
  refilling ??= (async () => {
    await attempt(fillShell);
    await attempt(seed);
    refilling = null;
  })();
  await refilling;
}

/** Brings what is not at hand of the index at `keys`. */
async function bringIndex(keys) {
  await Promise.all(keys.map(async (key) => (await read(key)) ?? refresh(key)));
}

/** The index, so that the list opens offline from the first visit on. That it does not come is no reason to fail. */
async function seed() {
  const keys = [`${SITE.base}site.json`, ...SITE.languages.map((tag) => `${SITE.base}${tag}/feed.json`)];
  await bringIndex(keys.map(keyOf));
}

/** What is kept at `key`, for good or since it was read. */
function read(key) {
  return attempt(async () => {
    const [kept, read] = await Promise.all([KEPT, READ].map(async (name) => (await caches.open(name)).match(key)));
    return kept ?? read;
  });
}

async function readKeys() {
  return (await (await caches.open(READ)).keys()).map((request) => new URL(request.url).pathname);
}

async function forgetRead(gone) {
  const cache = await caches.open(READ);
  await Promise.all(gone.map((key) => cache.delete(key)));
}

/** Makes room of what was read longest ago; `false` when there is none to be made. */
async function forgetHalf() {
  const all = tooMany(await readKeys(), 0);
  const gone = all.slice(0, Math.ceil(all.length / 2));
  await forgetRead(gone);
  return gone.length > 0;
}

/** Keeps an answer at `key` since it was read; when there is no room, what was read longest ago makes some. */
async function keep(key, answer) {
  if (await isKept(key)) return hold(key, answer);
  const store = async () => {
    await put(await caches.open(READ), key, () => written(answer));
    return true;
  };
  let isStored;
  try {
    isStored = await store();
  } catch {
    await forgetHalf();
    isStored = await attempt(store);
  }
  return isStored === true;
}

/** The same for what there may be too much of: what was read longest ago goes. */
async function keepOne(key, answer) {
  await keep(key, answer);
  await forgetRead(tooMany(await readKeys(), MOST_READ));
}

/** The same for a part of the index. Where there is no room for it, it is asked of the network first from now on. */
async function keepIndex(key, answer) {
  if (await attempt(() => keep(key, answer))) unstored.delete(key);
  else unstored.add(key);
  revisions = null;
}

/** Whether an answer is the index or the post that belongs at `key`. */
function isDocument(answer, key, kind) {
  return (
    isWhole(answer.facts, answer.bytes.byteLength) &&
    isTypeOf(key, answer.facts.mime) &&
    documentIn(textOf(answer), key, kind, SITE) !== null
  );
}

/** Asks for the index at `key` again; tells open pages when it is another than before. */
async function refresh(key) {
  const answer = await whole(ask(key, { cache: "no-cache" }), BEHIND);
  const isIndex = answer !== undefined && isDocument(answer, key, "index");
  await reached(isIndex);
  if (!isIndex) return;
  const before = await read(key);
  const isSame = before?.headers.get(DIGEST) === answer.digest;
  if (isSame && looked.has(key)) return;
  looked.add(key);
  const old = await before?.json();
  const now = JSON.parse(textOf(answer));
  if (!isSame) await keepIndex(key, answer);
  if (old === undefined) return;
  if (!isSame) await tell({ type: "index", key, hasNew: hasNew(old, now) });
  // Also when the feed is the same: what could not be renewed before may be now.
  await attempt(() => renew(now));
}

/** Asks for the feed that lists a post again, at most once in a while: the post may have been edited. */
async function refreshListing(key) {
  const feed = (await known(key))?.feed;
  if (feed === undefined || performance.now() - (listed.get(feed) ?? -A_WHILE) < A_WHILE) return;
  listed.set(feed, performance.now());
  await refresh(feed);
}

/** The feeds that are kept: `[key, feed]`. */
async function feeds() {
  const cache = await caches.open(READ);
  const keys = (await cache.keys())
    .map((request) => new URL(request.url).pathname)
    .filter((key) => /\/feed(?:-\d+)?\.json$/.test(key));
  return Promise.all(keys.map(async (key) => [key, await (await cache.match(key)).json()]));
}

async function known(key) {
  const of = ([feed, content]) => [...revisionsIn([content])].map(([post, revision]) => [post, { revision, feed }]);
  revisions ??= (await attempt(async () => new Map((await feeds()).flatMap(of)))) ?? new Map();
  return revisions.get(key);
}

async function revisionOf(key) {
  return (await known(key))?.revision;
}

/** The keys of the feeds that list a post. */
async function listings(key) {
  return (await feeds()).filter(([, feed]) => revisionsIn([feed]).has(key)).map(([feed]) => feed);
}

/** Whether a post has the digest that the index knows. When it has not, the index may be the older: it is asked for, once. */
async function isPublished(key, answer) {
  if (!isDocument(answer, key, "post")) return false;
  if (isRevision(answer.digest, await revisionOf(key))) return true;
  await Promise.all((await listings(key)).map(refresh));
  return isRevision(answer.digest, await revisionOf(key));
}

async function keepPost(key, answer) {
  if (!(await isPublished(key, answer))) return false;
  if (await isKept(key)) await renewPost(key, answer);
  else await keepOne(key, answer);
  return true;
}

/** Whether an answer is a whole picture. */
function isPicture({ facts, bytes }) {
  return isWhole(facts, bytes.byteLength) && isTypeOf("", facts.mime);
}

/** Whether the post at `key` is kept, after asking for it where it is not, or not as the index knows it. */
async function bringPost(key) {
  const kept = await read(key);
  const revision = await revisionOf(key);
  if (kept && revision !== undefined && isRevision(kept.headers.get(DIGEST), revision)) return true;
  const answer = await whole(ask(key, { cache: "no-cache" }), BEHIND);
  return (answer !== undefined && (await keepPost(key, answer))) || kept !== undefined;
}

/** Whether an answer is a page of this site. */
function isPage(answer) {
  return (
    isWhole(answer.facts, answer.bytes.byteLength) &&
    isTypeOf("page.html", answer.facts.mime) &&
    pageIn(textOf(answer), SITE) !== null
  );
}

/**
 * Keeps the page of a post, and the post. Hosts answer what they do not know with status 200 and the page for what is
 * not found, which is a page of ours: only where there is a post is its page kept.
 */
async function keepPage(key, answer) {
  const isOfAPost = indexKeyOf(key, SITE) === null && isPage(answer) && pageIn(textOf(answer), SITE) === "page";
  if (isOfAPost && (await bringPost(dataKeyOf(key)))) await keepOne(key, answer);
}

async function keepPicture(key, answer) {
  if (isPicture(answer)) await keepOne(key, answer);
}

/** Asks for a picture, and keeps it. The browser has most of them from the page that they stand in. */
async function bringPicture(url) {
  const answer = await whole(ask(url, {}), BEHIND);
  if (answer) await attempt(() => keepPicture(keyOf(pathOf(url)), answer));
}

/** The posts that can be read, for the page that says that another cannot. */
async function keptPosts() {
  const keys = [...new Set([...(await allKept()).keys, ...(await readKeys())])];
  const posts = keys.filter((key) => kindOf({ method: "GET", isOwn: true, path: key }, SITE) === "post");
  const documents = await Promise.all(posts.map(async (key) => (await read(key)).json()));
  return documents.map(({ item }) => ({ url: pathOf(item.url), title: item.title, language: item.language }));
}
