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

/** Whether a feed has posts that it had not, or in another version; `site.json` has none. */
function hasNew(before, after) {
  const known = revisionsIn([before]);
  return [...revisionsIn([after])].some(([key, revision]) => known.get(key) !== revision);
}
