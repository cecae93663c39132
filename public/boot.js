// Starts the reader once the page is painted, under a policy that lets no page hold an inline script.
//
// The page can be read as it came, so the reader delays nothing of it: it is fetched when all else is there, or when a
// link is about to be followed. Whoever asked their browser to save data gets it in the second case alone. When anything
// here fails, the page stays as it is, with links that work; the browser itself says in the console what it was.

// What the reader's own templates and a rendered post are made of. A post has gone through the sanitising policy of
// `content::render` before it comes here: this is a second net, in browsers that know Trusted Types, and it holds by
// itself, since nothing on these two lists runs, loads a frame or sends a form.
const ELEMENTS = new Set(
  ("a abbr article aside b blockquote br button caption cite code col colgroup dd del details dfn div dl dt em " +
    "figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd li main mark nav ol p picture pre q " +
    "rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr " +
    "math annotation menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms none " +
    "mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics").split(" "),
);
const ATTRIBUTES = new Set(
  ("abbr accent accentunder align alt alttext checked cite class colspan columnalign columnspan columnspacing datetime " +
    "decoding depth dir disabled display displaystyle encoding fence form headers height href hreflang id lang " +
    "largeop linethickness loading lspace mathvariant maxsize minsize movablelimits name notation open rel reversed role " +
    "rowspacing rowspan rspace scope scriptlevel separator sizes span src srcset start stretchy symmetric tabindex title type " +
    "value voffset width xmlns").split(" "),
);
const URLS = new Set(["cite", "href", "src"]);
const SAFE_URL = /^(?:https?:|mailto:|tel:|data:image\/(?:png|gif|jpeg|webp|avif);|[^:]*$|[^:]*[/?#])/i;

function isAllowed({ name, value }) {
  if (!ATTRIBUTES.has(name) && !name.startsWith("aria-")) return false;
  // Browsers ignore these characters inside a scheme, so a check must too.
  return !URLS.has(name) || SAFE_URL.test(value.replace(/[\u0000-\u0020]/g, ""));
}

function clean(html, inert) {
  const template = document.createElement("template");
  // The content of a template belongs to no page: it loads nothing and runs nothing while it is looked at.
  template.innerHTML = inert.createHTML(html);
  for (const element of template.content.querySelectorAll("*")) {
    if (!ELEMENTS.has(element.localName)) {
      element.remove();
      continue;
    }
    for (const attribute of [...element.attributes]) {
      if (!isAllowed(attribute)) element.removeAttribute(attribute.name);
    }
  }
  return template.innerHTML;
}

let trusted = { createScriptURL: (url) => url };
if (globalThis.trustedTypes) {
  const inert = trustedTypes.createPolicy("app", { createHTML: (html) => html, createScriptURL: (url) => url });
  trusted = inert;
  trustedTypes.createPolicy("default", { createHTML: (html) => clean(html, inert) });
}

// What tells that a link is about to be followed.
const SIGNS = ["pointerdown", "touchstart", "focusin"];

function intent() {
  return new Promise((resolve) => {
    const heard = (event) => {
      if (!event.target.closest?.("a[href]")) return;
      SIGNS.forEach((sign) => removeEventListener(sign, heard, true));
      resolve();
    };
    SIGNS.forEach((sign) => addEventListener(sign, heard, { capture: true, passive: true }));
  });
}

async function painted() {
  if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  // A task after a frame: the frame is on the screen by then.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

// `import()` takes no integrity, but it takes what was preloaded with it.
function preload({ url, integrity }) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = url;
    link.integrity = integrity;
    link.onload = resolve;
    link.onerror = reject;
    document.head.append(link);
    if (!link.relList.supports("modulepreload")) resolve();
  });
}

async function fetched({ url, integrity }) {
  // What the browser itself has kept may be damaged; then the server is asked past it.
  const response = await fetch(url, { integrity }).catch(() => fetch(url, { integrity, cache: "reload" }));
  if (!response.ok) throw new Error(`status ${response.status}`);
  // Only a module that says that it is one is compiled while it comes; wasm-bindgen would complain of any other.
  return response.headers.get("content-type") === "application/wasm" ? response : response.arrayBuffer();
}

/** Whether a file is gone from the server: a version that was replaced. Some hosts answer with a page instead. */
async function isGone({ url }) {
  const { ok, headers } = await fetch(url, { method: "HEAD", cache: "no-store" });
  return !ok || headers.get("content-type")?.startsWith("text/html") === true;
}

// Told once for each version, and where that can be remembered: a page that comes again just as old must not be loaded
// again for ever.
async function offerNewer(files) {
  const notice = document.getElementById("newer")?.content.cloneNode(true);
  if (!notice || sessionStorage.getItem("passerelle newer") === files[0].url) return;
  if (!(await Promise.all(files.map(isGone))).includes(true)) return;
  sessionStorage.setItem("passerelle newer", files[0].url);
  notice.querySelector("button").onclick = () => location.reload();
  document.body.append(notice);
}

// Trunk writes the names, which carry a hash, and `cargo xtask dist` the hashes.
const { script, wasm } = JSON.parse(document.getElementById("reader").textContent);
const savesData = navigator.connection?.saveData === true;
// A page that was opened without the network may be empty but for the app.
const canWait = document.getElementById("prerendered") !== null;
await (savesData && canWait ? intent() : Promise.race([painted(), intent()]));
try {
  const [module] = await Promise.all([fetched(wasm), preload(script)]);
  const { default: start } = await import(script.url);
  await start({ module_or_path: module });
} catch {
  // The page stays as it came.
  offerNewer([script, wasm]).catch(() => {});
}

// The service worker comes last: it never delays what is read. A browser that has none, or refuses (a private window),
// reads online as usual.
async function keepOffline() {
  const base = document.documentElement.dataset.base ?? "/";
  const url = trusted.createScriptURL(`${base}sw.js`);
  const workers = navigator.serviceWorker;
  const { controller } = workers;
  await workers.register(url, { scope: base, updateViaCache: "none" });
  if (controller) return;
  // This page came before the worker did, and was read: so it is to be kept.
  const { active } = await workers.ready;
  const pictures = [...document.images].filter((image) => image.naturalWidth > 0).map((image) => image.currentSrc);
  active.postMessage({ type: "keep what is open", url: location.pathname, pictures });
}
keepOffline().catch(() => {});
