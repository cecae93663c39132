// The page's end of the service worker: what the reader hears of it (`src/browser/worker.rs`), and what it asks of it.
//
// It listens from the start, so that nothing is missed while the reader is on its way. Where there is no worker, only the
// browser's own word that the device is offline is heard.

const HOUR = 3_600_000;
/** How long after a failure the network is tried again, in milliseconds. */
const AGAIN = 10_000;

const state = { isOffline: navigator.onLine === false, hasNewer: false, news: "" };

function change(changes) {
  if (Object.entries(changes).every(([name, value]) => state[name] === value)) return;
  Object.assign(state, changes);
  dispatchEvent(new Event("passerelle"));
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

/** What the worker answers to a message; `undefined` where there is none. */
function ask(message) {
  return new Promise((resolve) => {
    const worker = workers?.controller ?? registration?.active;
    if (!worker) return resolve(undefined);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message, [port2]);
  });
}

/** Tries the network once more; the worker tells what came of it. */
function tryAgain() {
  if (document.hidden) return;
  if (workers?.controller) ask({ type: "try the network" });
  else change({ isOffline: navigator.onLine === false });
}

addEventListener("offline", () => change({ isOffline: true }));
addEventListener("online", tryAgain);
setInterval(() => state.isOffline && navigator.onLine && tryAgain(), AGAIN);

workers?.addEventListener("message", ({ data }) => {
  if (data.type === "network") change({ isOffline: !data.isReached });
  if (data.type !== "index") return;
  dispatchEvent(new Event("passerelle-index"));
  if (data.hasNew) change({ news: data.key });
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

document.addEventListener("visibilitychange", () => document.hidden || look());

/** The reader has chosen the new version, which may have taken over in another tab. */
function useNewer() {
  if (hasChosen) return;
  hasChosen = true;
  if (registration?.waiting) registration.waiting.postMessage({ type: "take over" });
  else location.reload();
}

globalThis.passerelle = {
  isOffline: () => state.isOffline,
  hasNewer: () => state.hasNewer,
  news: () => state.news,
  dismiss: (notice) => change({ [notice]: notice === "news" ? "" : false }),
  look,
  useNewer,
};
