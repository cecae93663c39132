// What open pages are told: whether the network is there, and that the index has changed.

/** Whether the network came up to the last request; `null` before the first. */
let isReached = null;

async function tell(message) {
  for (const client of await self.clients.matchAll({ type: "window" })) client.postMessage(message);
}

/** The network was reached, or was not. That it is gone is told each time: a page may have come since. */
async function reached(isSo) {
  const before = isReached;
  isReached = isSo;
  if (!isSo || before !== isSo) await attempt(() => tell({ type: "network", isReached: isSo }));
}

/** Whether a feed has posts that it had not; `site.json` has none. */
function hasNew({ items: before = [] }, { items: after = [] }) {
  const known = new Set(before.map((item) => item.url));
  return after.some((item) => !known.has(item.url));
}
