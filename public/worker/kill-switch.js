// The kill switch: published as `sw.js` in the worker's place, it takes the worker and all that it kept away from every
// device that asks for it. See docs/offline.md.

self.addEventListener("install", () => {
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const base = new URL(self.registration.scope).pathname;
  const remove = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(`passerelle ${base} `)).map((name) => caches.delete(name)));
    await self.registration.unregister();
  };
  event.waitUntil(remove());
});
