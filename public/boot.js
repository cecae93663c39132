// Starts the reader, under a policy that lets no page hold an inline script.
//
// Trunk puts the two files to start in <head> as preloads; their names carry a hash. When anything here fails, the
// page that came as HTML stays as it is, with links that work.

// What the reader's own templates and a rendered post are made of. A post has gone through the sanitising policy of
// `content::render` before it comes here: this is a second net, in browsers that know Trusted Types, and it holds by
// itself, since nothing on these two lists runs, loads a frame or sends a form.
const ELEMENTS = new Set(
  ("a abbr article aside b blockquote br button caption cite code col colgroup dd del details dfn div dl dt em " +
    "figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd li main mark nav ol p picture pre q " +
    "rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr " +
    "math annotation menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms " +
    "mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics").split(" "),
);
const ATTRIBUTES = new Set(
  ("abbr accent accentunder align alt checked cite class colspan columnalign columnspan columnspacing datetime " +
    "decoding dir disabled display displaystyle encoding fence form headers height href hreflang id lang " +
    "largeop linethickness loading lspace mathvariant maxsize minsize movablelimits name open rel reversed role " +
    "rowspacing rowspan rspace scope scriptlevel separator src start stretchy symmetric tabindex title type value " +
    "voffset width").split(" "),
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

if (globalThis.trustedTypes) {
  const inert = trustedTypes.createPolicy("app", { createHTML: (html) => html });
  trustedTypes.createPolicy("default", { createHTML: (html) => clean(html, inert) });
}

const script = document.querySelector('link[rel="modulepreload"]');
const wasm = document.querySelector('link[rel="preload"][type="application/wasm"]');
const { default: start } = await import(script.href);
await start({ module_or_path: wasm.href });
