// The page's end of the service worker: what the reader hears of it (`src/browser/worker.rs`), and what it asks of it.
//
// It comes in one file with the reader's script, in front of it, so that it listens before the reader starts. Where there is
// no worker, only the browser's own word that the device is offline is heard.

const HOUR = 3_600_000;
/** How long after a failure the network is tried again, in milliseconds. */
const AGAIN = 10_000;

/**
 * Posts that are fetched at one time while the whole blog is kept: so many small files are on their way while the first of
 * them is waited for, on a slow network far from the server.
 */
const AT_ONCE = 24;

/** How long an answer of the worker may take; a browser may end a worker in the middle of its work. */
const LONGEST = 300_000;

/** All that the reader is told, by name. */
const state = {
  isOffline: navigator.onLine === false,
  hasNewer: false,
  /** The path of the feed that has posts that it had not, or in another version. */
  news: "",
  /** The entries of the posts that are kept, as JSON; empty while that is not known. */
  kept: "",
  /** What is kept takes so many bytes, of so many that the browser gives, where it says so. */
  bytes: 0,
  quota: 0,
  /** Whether the browser may delete it when space is short. */
  isAtRisk: false,
  /** The paths of the posts that are being kept, and of the last that could not be, and why: `network`, `missing`, `wrong`, `full`. */
  busy: "",
  failed: "",
  why: "",
  /** The languages in which the whole blog is wanted and not there yet, how far it has come, and why it came no further. */
  wish: "",
  isRunning: false,
  halted: "",
  done: 0,
  all: 0,
};

function change(changes) {
  if (Object.entries(changes).every(([name, value]) => state[name] === value)) return;
  const isBack = state.isOffline && changes.isOffline === false;
  Object.assign(state, changes);
  dispatchEvent(new Event("passerelle"));
  if (isBack && state.wish && state.halted === "network") goOn();
}

/** The browser's workers; some browsers throw where storage is refused. */
function found() {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}

const workers = found();
let registration;
let isControlled = Boolean(workers?.controller);
let hasChosen = false;
let looked = performance.now();
/** Which attempt to keep the whole blog is the one that counts. */
let run = 0;

/** What the worker answers to a message; `undefined` where there is none. */
function ask(message) {
  return new Promise((resolve) => {
    const worker = workers?.controller ?? registration?.active;
    if (!worker) return resolve(undefined);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message, [port2]);
    setTimeout(resolve, LONGEST);
  });
}

/** Tries the network once more. */
async function tryAgain() {
  if (document.hidden) return;
  const isReached = (await ask({ type: "try the network" })) ?? true;
  change({ isOffline: !isReached || navigator.onLine === false });
}

addEventListener("offline", () => change({ isOffline: true }));
addEventListener("online", tryAgain);
setInterval(() => state.isOffline && navigator.onLine && tryAgain(), AGAIN);

workers?.addEventListener("message", ({ data }) => {
  if (data.type === "network") change({ isOffline: !data.isReached });
  if (data.type !== "index") return;
  dispatchEvent(new Event("passerelle-index"));
  // Of whatever page of it: the reader knows the index of a language by its first.
  if (data.hasNew) change({ news: data.key.replace(/-\d+\.json$/, ".json") });
});

// A version that takes over is news only where another was in charge. Only the tab that chose it loads itself again.
workers?.addEventListener("controllerchange", () => {
  if (hasChosen) location.reload();
  else if (isControlled) change({ hasNewer: true });
  isControlled = true;
});

function tellOfNewer() {
  if (registration.waiting && workers.controller) change({ hasNewer: true });
}

workers?.ready.then((ready) => {
  registration = ready;
  readKept();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", tellOfNewer);
  });
  tellOfNewer();
});

/** Looks for a new version, at most once an hour; browsers do so themselves at each page that they load. */
function look() {
  if (!registration || performance.now() - looked < HOUR) return;
  looked = performance.now();
  registration.update().catch(() => {});
}

/** The reader is on another page, or back at this one. */
function arrive() {
  look();
  readKept();
}

document.addEventListener("visibilitychange", () => document.hidden || arrive());

/** The reader has chosen the new version, which may have taken over in another tab. */
function useNewer() {
  if (hasChosen) return;
  hasChosen = true;
  if (registration?.waiting) registration.waiting.postMessage({ type: "take over" });
  else location.reload();
}

/** Reads from the worker what is kept. The browser's own numbers come when they come; some browsers have none. */
async function readKept() {
  const answer = await ask({ type: "kept" });
  if (!answer) return;
  const { posts, bytes, wish } = answer;
  // What runs knows its wish, which may be newer than this answer.
  change({ kept: JSON.stringify(posts), bytes, wish: state.isRunning ? state.wish : wish.join(" ") });
  if (posts.length === 0) return;
  navigator.storage?.estimate?.().then(({ quota = 0 }) => change({ quota }), () => {});
  navigator.storage?.persisted?.().then((isPersisted) => change({ isAtRisk: !isPersisted }), () => {});
}

/** Asks the browser not to delete what is kept. Nobody waits for the answer: in Firefox it may never come. */
function askToStay() {
  navigator.storage?.persist?.().then(readKept, () => {});
}

/** What is asked to be kept is kept one after the other. */
let queue = Promise.resolve();

function keep(path) {
  const waiting = state.busy.split(" ").filter(Boolean);
  if (waiting.includes(path)) return;
  change({ busy: [...waiting, path].join(" "), failed: "", why: "" });
  askToStay();
  queue = queue.then(async () => {
    const why = (await ask({ type: "keep", path })) ?? "network";
    await readKept();
    const busy = state.busy.split(" ").filter((other) => other !== path).join(" ");
    change(why ? { busy, failed: path, why } : { busy });
  });
}

async function forget(path) {
  await ask({ type: "forget", paths: [path] });
  await readKept();
}

async function forgetAll() {
  halt("");
  await ask({ type: "forget all" });
  await readKept();
}

/** Keeps the whole blog in `languages`. */
async function keepAll(languages) {
  askToStay();
  await goOn(languages);
}

/**
 * Goes on with what is wanted, which is written down until it is there: a few posts at a time, until all are there, there is
 * no network or no room, or the reader stops it.
 */
async function goOn(languages) {
  if (state.isRunning) return;
  const own = ++run;
  const wish = languages || state.wish;
  change({ isRunning: true, wish, halted: "", done: 0, all: 0 });
  await ask({ type: "wish", languages: wish.split(" ") });
  const lacking = await ask({ type: "lacking", languages: wish.split(" ") });
  if (run !== own) return;
  if (!lacking) return halt("network");
  const { all, keys } = lacking;
  let isWhole = true;
  change({ all, done: all - keys.length });
  const line = async () => {
    while (keys.length > 0 && run === own) {
      const why = (await ask({ type: "keep one", key: keys.shift() })) ?? "network";
      if (run !== own) return;
      // What the site itself lacks is passed over. What came and was not right is passed by, and wanted still.
      if (why === "wrong") isWhole = false;
      else if (why && why !== "missing") halt(why);
      else change({ done: state.done + 1 });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  if (run === own && isWhole) return stop();
  if (run === own) halt("wrong");
  await readKept();
}

/** Ends what runs; what has `halted` it. */
function halt(halted) {
  run += 1;
  change({ isRunning: false, halted });
}

/** Ends what runs for good: nothing is wanted any more. */
async function stop() {
  halt("");
  change({ wish: "" });
  await ask({ type: "wish", languages: [] });
  await readKept();
}

const keyOf = (path) => decodeURI(path).normalize("NFC").replace(/\/(?:index\.html)?$/, "");

/** Marks the posts of a list that open without the network with `word`; without a word, no post is marked. */
async function mark(word) {
  const pages = word ? (await ask({ type: "kept" }))?.pages.map(decodeURIComponent) : undefined;
  for (const card of document.querySelectorAll(".card")) {
    card.querySelector(".card-kept")?.remove();
    const link = card.querySelector("a[href]");
    if (!pages?.includes(keyOf(link.pathname))) continue;
    const said = document.createElement("span");
    said.className = "meta-item card-kept";
    said.textContent = word;
    card.querySelector(".meta").append(" ", said);
  }
}

const ACTS = {
  arrive,
  useNewer,
  keep,
  forget,
  forgetAll,
  keepAll,
  goOn,
  stop,
  mark,
  dismiss: (notice) => change({ [notice]: notice === "news" ? "" : false }),
};

globalThis.passerelle = {
  number: (name) => Number(state[name]),
  text: (name) => state[name],
  act: (name, argument) => void ACTS[name](argument),
};
