// What the reader asked to keep, in a cache of its own: nothing is taken from it to make room, for what was read or for
// anything else. What is kept is read from the cache each time, so that nothing is claimed that is not there.

const KEPT = `${PREFIX}kept`;
/** Where it is written down that the whole blog is wanted, in which languages, until it is there. */
const WISH = `${SITE.base}wish`;
const BYTES = "x-passerelle-bytes";

/** How often all of it was removed: what was on its way then is not kept. */
let removals = 0;

async function isKept(key) {
  return Boolean(await attempt(async () => (await caches.open(KEPT)).match(key)));
}

/** The keys of what is kept, how many bytes it is, and the documents of the posts among it: `[key, document]`. */
async function allKept() {
  const cache = await caches.open(KEPT);
  const keys = (await cache.keys()).map((request) => new URL(request.url).pathname).filter((key) => key !== WISH);
  let bytes = 0;
  const documents = await Promise.all(
    keys.map(async (key) => {
      const answer = await cache.match(key);
      bytes += Number(answer?.headers.get(BYTES) ?? 0);
      return key.endsWith(".json") && [key, await answer.json()];
    }),
  );
  return { cache, keys, bytes, documents: documents.filter(Boolean) };
}

/** Puts an answer where it stays. What was only read makes room; `false` when that was not enough. */
async function hold(key, answer) {
  const cache = await caches.open(KEPT);
  for (;;) {
    try {
      await put(cache, key, () => written(answer));
      await (await caches.open(READ)).delete(key);
      return true;
    } catch {
      if (!(await forgetHalf())) return false;
    }
  }
}

/**
 * The `answer` at `key` that is right: at hand, or fetched. Else `why` there is none: no answer came from the `network`, the
 * site says that it is `missing`, or what came is `wrong`.
 */
async function right(key, isRight, isFresh) {
  const at = await read(key);
  if (at && (await isFresh(at))) return { answer: await taken(at) };
  const answer = await whole(ask(key, { cache: "no-cache" }), TOGETHER);
  await reached(answer !== undefined);
  if (answer === undefined) return { why: "network" };
  if (await isRight(answer)) return { answer };
  return { why: isGone(answer) ? "missing" : "wrong" };
}

/** The post at `key`, as the index knows it. */
function rightPost(key) {
  return right(
    key,
    (answer) => isPublished(key, answer),
    async (at) => {
      const revision = await revisionOf(key);
      return revision !== undefined && isRevision(at.headers.get(DIGEST), revision);
    },
  );
}

/** Keeps the post at `key`, which is `post` where that is known, with its pictures. Why not, when it cannot be: also `full`. */
async function keepPostWhole(key, post) {
  const before = removals;
  const found = post === undefined ? await rightPost(key) : { answer: post };
  if (found.why) return found.why;
  for (const part of partsOf(JSON.parse(textOf(found.answer)), key, SITE)) {
    if (part !== key && (await isKept(part))) continue;
    const { answer, why } = part === key ? found : await right(part, isPicture, () => true);
    if (why) return why;
    if (before !== removals) break;
    if (!(await hold(part, answer))) return "full";
  }
  return "";
}

/** Keeps a post in all its languages. */
async function keepInAllLanguages(key) {
  const { answer, why } = await rightPost(key);
  if (why) return why;
  for (const twin of twinsOf(JSON.parse(textOf(answer)))) {
    const problem = await keepPostWhole(twin);
    if (problem) return problem;
  }
  return "";
}

/** Brings what is kept to what the index says now. */
async function renew({ items = [] }) {
  const cache = await caches.open(KEPT);
  const held = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  for (const [key, revision] of revisionsIn([{ items }])) {
    if (!held.has(key)) continue;
    const at = await cache.match(key);
    if (at && !isRevision(at.headers.get(DIGEST), revision)) await renewPost(key);
  }
}

/** Keeps the post at `key` anew, which is `post` where that is known; pictures that only the older version had go. */
async function renewPost(key, post) {
  const at = await (await caches.open(KEPT)).match(key);
  if (at && at.headers.get(DIGEST) === post?.digest) return;
  const older = at ? partsOf(await at.json(), key, SITE) : [];
  await keepPostWhole(key, post);
  const { cache, documents } = await allKept();
  await Promise.all(leftOver(documents, older, [], SITE).map((part) => cache.delete(part)));
}

/** Removes posts, and the pictures that were theirs alone. */
async function forgetPosts(gone) {
  const { cache, documents } = await allKept();
  const parts = documents.filter(([key]) => gone.includes(key)).flatMap(([key, document]) => partsOf(document, key, SITE));
  await Promise.all(leftOver(documents, parts, gone, SITE).map((part) => cache.delete(part)));
}

/**
 * All posts of a language, by its feeds, from the first page to the last, each asked for again: a post may have gone from one
 * to the next. `site.json` and the first tell how many there are, so that the others are asked for at one time, and not each
 * when the one before has come. Without the network they are as they were.
 */
async function wholeIndex(language) {
  const about = keyOf(`${SITE.base}site.json`);
  let key = keyOf(`${SITE.base}${language.toLowerCase()}/feed.json`);
  await Promise.all([about, key].map(refresh));
  const [site, first] = await Promise.all([about, key].map(async (at) => (await read(at))?.json()));
  const posts = site?.languages.find((entry) => entry.language === language)?.posts;
  const pages = Math.ceil(posts / first?.items.length) || 1;
  await Promise.all(Array.from({ length: pages - 1 }, (_, n) => refresh(key.replace(".json", `-${n + 2}.json`))));
  const all = [];
  while (key !== undefined) {
    await bringIndex([key]);
    const feed = await (await read(key))?.json();
    if (feed === undefined) return undefined;
    all.push(...feed.items);
    key = feed.next_url === undefined ? undefined : keyOf(pathOf(feed.next_url));
  }
  return all;
}

const ANSWERS = {
  /** Whether the network is there, now. */
  async "try the network"() {
    await refresh(keyOf(`${SITE.base}site.json`));
    return isReached;
  },

  /** What is kept: the entries of its posts, and how much it is; the pages that open without the network. */
  async kept() {
    const { cache, keys, bytes, documents } = await allKept();
    return {
      posts: wholePosts(documents, keys, SITE).map(([, { item }]) => item),
      bytes,
      pages: [...keys, ...(await readKeys())].filter((key) => key.endsWith(".json")).map(pageKeyOf),
      wish: (await (await cache.match(WISH))?.json()) ?? [],
    };
  },

  async keep({ path }) {
    return keepInAllLanguages(dataKeyOf(keyOf(path)));
  },

  async "keep one"({ key }) {
    return keepPostWhole(key);
  },

  async forget({ paths }) {
    const { documents } = await allKept();
    const asked = new Set(paths.map((path) => dataKeyOf(keyOf(path))));
    const own = documents.filter(([key]) => asked.has(key));
    await forgetPosts(own.flatMap(([, document]) => twinsOf(document)));
  },

  async "forget all"() {
    removals += 1;
    await caches.delete(KEPT);
    // The first page of each index belongs to the shell; the others came to know the whole blog.
    await forgetRead((await readKeys()).filter((key) => /\/feed-\d+\.json$/.test(key)));
  },

  /** The posts of some languages that are not kept yet, and how many there are; `undefined` when the index is not whole. */
  async lacking({ languages }) {
    const items = await Promise.all(languages.map(wholeIndex));
    if (items.includes(undefined)) return undefined;
    const keys = items.flat().map((item) => dataKeyOf(keyOf(pathOf(item.url))));
    const { keys: held, documents } = await allKept();
    const there = new Set(wholePosts(documents, held, SITE).map(([key]) => key));
    return { all: keys.length, keys: keys.filter((key) => !there.has(key)) };
  },

  async wish({ languages }) {
    const cache = await caches.open(KEPT);
    if (languages.length > 0) await put(cache, WISH, () => new Response(JSON.stringify(languages)));
    else await cache.delete(WISH);
  },
};

self.addEventListener("message", (event) => {
  const [port] = event.ports;
  const answer = ANSWERS[event.data?.type];
  if (!port || !answer) return;
  event.waitUntil(attempt(() => answer(event.data)).then((value) => port.postMessage(value)));
});
