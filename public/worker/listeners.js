// What the worker listens to: each request is told by its kind, and each kind has one way.

function page(html, status = 200) {
  return new Response(html, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

/** The page at `key` without the network, when what it is made of is kept. */
async function keptPage(key) {
  const frame = await (await shellFile(FRAME))?.text();
  if (frame === undefined) return undefined;
  const html = await (await read(key))?.text();
  const poured = html === undefined ? null : pour(frame, html);
  if (poured !== null) return page(poured);
  return (await read(indexKeyOf(key, SITE) ?? dataKeyOf(key))) && page(bare(frame));
}

/** The page that says that a page is not saved: not found here, so not 200. */
async function unsavedPage() {
  await reached(false);
  const frame = await (await shellFile(FRAME))?.text();
  if (frame === undefined) return page(bareUnsaved(SITE), 503);
  return page(unsaved(frame, (await attempt(keptPosts)) ?? []), 503);
}

/**
 * What comes first: the network's answer, when `isGood` says so, or after `PATIENCE` what is kept. The network's goes
 * on behind, and is kept with `store` when it comes.
 */
async function raced(event, asked, kept, isGood, store) {
  const answer = whole(asked, BEHIND);
  const stored = answer.then(async (came) => came && attempt(() => store(came)));
  event.waitUntil(stored);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([answer, late]);
  if (!first) {
    await reached(false);
    return kept;
  }
  if (!(await isGood(first))) return kept;
  await reached(true);
  return first.facts.status === 200 ? written(first) : again(first);
}

/** An answer that is not kept, given on as it came: a redirect, or that there is no such page. */
function again({ response, bytes, facts }) {
  if (facts.type === "opaqueredirect") return response;
  return new Response(bytes, { status: facts.status, headers: { "content-type": facts.mime } });
}

/** The network's answer as it comes, kept with `store` when it has all come. */
async function streamed(event, store) {
  let response;
  try {
    response = await fetch(event.request);
  } catch (error) {
    // A reader who went elsewhere meanwhile says nothing of the network.
    if (!event.request.signal.aborted) await reached(false);
    throw error;
  }
  event.waitUntil(reached(true));
  if (response.status === 200 && response.type === "basic") {
    const copy = response.clone();
    event.waitUntil(attempt(async () => store(await taken(copy))));
  }
  return response;
}

const isGone = ({ facts }) => facts.status === 404 || facts.status === 410;

/** Whether a redirect stays within the site; a login or a captive portal stands elsewhere. */
async function staysHere(url) {
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await attempt(() => fetch(url, { credentials: "same-origin", mode: "same-origin", signal }));
  return answer !== undefined && new URL(answer.url).pathname.startsWith(SITE.base);
}

const WAYS = {
  async shell({ event, key, path }) {
    const kept = await shellFile(key);
    if (kept) return kept;
    if (path in SITE.files) {
      event.waitUntil(attempt(() => bringShellFile(path, SITE.files[path])));
    }
    return fetch(event.request);
  },

  async page({ event, key }) {
    const { url, cache } = event.request;
    event.waitUntil(refill());
    event.waitUntil(attempt(forgetElders));
    const store = (answer) => keepPage(key, answer);
    const kept = await keptPage(key);
    if (!kept) return (await attempt(() => streamed(event, store))) ?? unsavedPage();
    const isGood = (answer) =>
      answer.facts.type === "opaqueredirect" ? staysHere(url) : isGone(answer) || isPage(answer);
    return raced(event, ask(url, { cache, redirect: "manual" }), kept, isGood, store);
  },

  async index({ event, key }) {
    const kept = await read(key);
    if (kept && unstored.has(key)) {
      const isGood = (answer) => isDocument(answer, key, "index");
      return raced(event, ask(event.request.url, { cache: "no-cache" }), kept, isGood, (answer) => keepIndex(key, answer));
    }
    if (kept) {
      event.waitUntil(refresh(key));
      // The posts that are opened next need not wait for it.
      event.waitUntil(revisionOf(key));
      return kept;
    }
    return streamed(event, (answer) => isDocument(answer, key, "index") && keepIndex(key, answer));
  },

  async post({ event, key }) {
    const store = (answer) => keepPost(key, answer);
    const [kept, revision] = await Promise.all([read(key), revisionOf(key)]);
    if (!kept) return streamed(event, store);
    if (revision !== undefined && isRevision(kept.headers.get(DIGEST), revision)) {
      event.waitUntil(refreshListing(key));
      return kept;
    }
    const isGood = (answer) => isGone(answer) || isDocument(answer, key, "post");
    return raced(event, ask(event.request.url, { cache: "no-cache" }), kept, isGood, store);
  },

  async picture({ event, key }) {
    const kept = await read(key);
    if (!kept) return streamed(event, (answer) => keepPicture(key, answer));
    // At once, as the index: a page that had to wait for its text must not wait for its pictures, too.
    event.waitUntil(bringPicture(event.request.url));
    return kept;
  },
};

/**
 * Remembers which pages were open when this version took over: until the last is closed, older files stay. Nothing more is
 * done here: browsers hold back what pages ask for until a worker has taken over.
 */
async function takeOver() {
  const elders = (await shellCaches()).filter((name) => name !== SHELL);
  const windows = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const open = windows.filter(({ url }) => new URL(url).pathname.startsWith(SITE.base));
  if (elders.length > 0) {
    const known = JSON.stringify({ elders, clients: open.map((client) => client.id) });
    await put(await caches.open(SHELL), ELDERS, () => new Response(known));
    await forgetElders();
  }
  await self.clients.claim();
}

/** Keeps the page at `url`, which came before the worker did, with those of its `pictures` that were shown. */
async function keepOpen({ url, pictures }) {
  const key = keyOf(pathOf(url));
  const answer = await whole(ask(url, {}), BEHIND);
  if (!answer) return;
  await attempt(() => keepPage(key, answer));
  const isOwn = (picture) => picture.startsWith(self.location.origin + SITE.base);
  if (await read(key)) await Promise.all(pictures.filter(isOwn).map(bringPicture));
}

async function forgetElders() {
  // A version that is on its way takes what an older one has, and may be that older one again.
  if (self.registration.installing || self.registration.waiting) return;
  const cache = await caches.open(SHELL);
  const known = await cache.match(ELDERS);
  if (!known) return;
  const { elders, clients } = await known.json();
  const open = await Promise.all(clients.map((id) => self.clients.get(id)));
  if (open.some((client) => client !== undefined)) return;
  await Promise.all(elders.map((name) => caches.delete(name)));
  await cache.delete(ELDERS);
}

self.addEventListener("install", (event) => {
  event.waitUntil(fillShell().then(seed));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("message", (event) => {
  // The reader has chosen the new version.
  if (event.data?.type === "take over") self.skipWaiting();
  // What is being read while the worker comes is read: it is kept, too.
  if (event.data?.type === "keep what is open") event.waitUntil(attempt(() => keepOpen(event.data)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname: path } = new URL(request.url);
  const kind = kindOf(
    {
      method: request.method,
      isOwn: origin === self.location.origin,
      hasRange: request.headers.has("range"),
      isNavigation: request.mode === "navigate",
      destination: request.destination,
      path,
    },
    SITE,
  );
  if (kind !== "other") event.respondWith(WAYS[kind]({ event, key: keyOf(path), path }));
});
