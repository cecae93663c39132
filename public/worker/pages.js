// Pages made without the network, of the one page that every version of the shell brings along: `offline.html`.
//
// It says that a page is not saved. Its frame (style sheet, scripts, policy) is that of the worker's own version, so a
// page that was kept under an older one is poured into it and never asks for files that are gone.

const APP = '<div id="app">';
const PRERENDERED = '<div id="prerendered">';

/** The frame alone: the app draws the page that the URL names. */
function bare(frame) {
  const [from, to] = [frame.indexOf(PRERENDERED), frame.lastIndexOf(APP)];
  return from < 0 || to < from ? frame : frame.slice(0, from) + frame.slice(to);
}

/** The language, title and content of a kept page in the frame; `null` when the page is not built as ours are. */
function pour(frame, page) {
  const content = (html) => {
    const [from, to] = [html.indexOf(PRERENDERED), html.lastIndexOf(APP)];
    return from < 0 || to < from ? null : html.slice(from, to);
  };
  const parts = [/<html[^>]*>/, /<title>[^<]*<\/title>/].map((part) => [part, part.exec(page)?.[0]]);
  const [inside, own] = [content(page), content(frame)];
  if (inside === null || own === null || parts.some(([, text]) => text === undefined)) return null;
  return parts.reduce((html, [part, text]) => html.replace(part, () => text), frame.replace(own, () => inside));
}

/** The page that says that a page is not saved, with the posts that are: `{ url, title, language }`. */
function unsaved(frame, posts) {
  return frame.replace(
    /<!--passerelle:kept ([^ ]+)-->([^]*?)<!--\/passerelle:kept-->/g,
    (_, language, heading) => {
      const own = posts.filter((post) => post.language === language);
      const items = own.map((post) => `<li><a href="${escaped(post.url)}">${escaped(post.title)}</a></li>`);
      return items.length > 0 ? `${heading}<ul>${items.join("")}</ul>` : "";
    },
  );
}

/** The same in a few words, where even the frame is gone. */
function bareUnsaved({ offline }) {
  const parts = offline.map(
    ({ language, heading, text }) =>
      `<section lang="${escaped(language)}"><h1>${escaped(heading)}</h1><p>${escaped(text)}</p></section>`,
  );
  const title = escaped(offline.map(({ heading }) => heading).join(" / "));
  return (
    `<!doctype html><html lang="${escaped(offline[0]?.language ?? "en")}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width"><title>${title}</title></head>` +
    `<body><main>${parts.join("")}</main></body></html>`
  );
}

function escaped(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
