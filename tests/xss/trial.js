// Opens pages one after the other in frames of this one, hovers over, focuses and clicks every node of the article,
// and tells what ran and what is in the page that may not be there.
//
// A frame, so that a page that goes elsewhere is seen to, and does not take this script with it. Each frame is of
// this page's own origin.

const [jobs, allowed, done] = arguments;

/// How long something that a page began may take to run. Most run at once; this is for pictures that fail to load and
/// for animations. The control tells whether it is long enough.
const PATIENCE = 200;
/// The same where the reader stays and goes on to the next post: what takes longer is seen at one of those.
const BETWEEN = 20;
/// How long a page may take to load before it is looked at as it is: some entries name servers that never answer.
const LOADING = 3000;

const now = () => performance.now();
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

async function until(condition, patience) {
    const end = now() + patience;
    while (now() < end) {
        if (condition()) return true;
        await pause(4);
    }
    return condition();
}

// ---------------------------------------------------------------------------------------------------------------------
// What ran

/// Whether something ran, or took over the name that running would set.
function hasRun(frame) {
    try {
        return frame.contentWindow.__xss !== undefined;
    } catch {
        return false;
    }
}

/// Whether the page went elsewhere: nothing of it can be seen any more.
function hasLeft(frame) {
    try {
        return frame.loads > 1 || frame.contentDocument === null;
    } catch {
        return true;
    }
}

const isOver = frame => hasRun(frame) || hasLeft(frame);

// ---------------------------------------------------------------------------------------------------------------------
// What a person does

function fire(element, kind, name, options = {}) {
    const view = element.ownerDocument.defaultView;
    if (view === null) return;
    element.dispatchEvent(new view[kind](name, { bubbles: true, cancelable: true, composed: true, view, ...options }));
}

function hover(element) {
    for (const name of ["over", "enter", "move"]) {
        fire(element, "PointerEvent", `pointer${name}`);
        fire(element, "MouseEvent", `mouse${name}`);
    }
}

function leave(element) {
    for (const name of ["out", "leave"]) {
        fire(element, "PointerEvent", `pointer${name}`);
        fire(element, "MouseEvent", `mouse${name}`);
    }
}

/// Where the element is not focused by itself (a frame without the system's focus), it is told so.
function focus(element) {
    element.focus?.({ preventScroll: true });
    fire(element, "FocusEvent", "focus");
    fire(element, "FocusEvent", "focusin");
    fire(element, "KeyboardEvent", "keydown", { key: "a" });
    fire(element, "KeyboardEvent", "keyup", { key: "a" });
    if (element.matches("input, textarea, select")) {
        fire(element, "InputEvent", "input");
        fire(element, "Event", "change");
    }
    fire(element, "ClipboardEvent", "copy");
}

function blur(element) {
    element.blur?.();
    fire(element, "FocusEvent", "blur");
    fire(element, "FocusEvent", "focusout");
}

function click(element) {
    fire(element, "PointerEvent", "pointerdown");
    fire(element, "MouseEvent", "mousedown");
    fire(element, "PointerEvent", "pointerup");
    fire(element, "MouseEvent", "mouseup");
    // Not `element.click()`, which a form can replace by a control of that name.
    fire(element, "MouseEvent", "click", { detail: 1 });
    fire(element, "MouseEvent", "dblclick", { detail: 2 });
}

function useEverything(view) {
    for (const element of view.document.querySelectorAll("main *")) {
        for (const act of [hover, focus, click, blur, leave]) {
            if (element.isConnected) act(element);
        }
    }
}

/// Links and forms that lead to another page are not followed. Those that run are.
function stayHere(view) {
    const leads = address => {
        try {
            return new view.URL(address, view.document.baseURI).protocol !== "javascript:";
        } catch {
            return true;
        }
    };
    const XLINK = "http://www.w3.org/1999/xlink";
    view.addEventListener("click", event => {
        const link = event.target.closest?.("a, area, [href]");
        if (!link || view.opening) return;
        const addresses = [link.href?.animVal, link.getAttribute("href"), link.getAttributeNS(XLINK, "href")];
        if (addresses.filter(address => typeof address === "string").every(leads)) event.preventDefault();
    }, true);
    view.addEventListener("submit", event => {
        const control = event.submitter?.getAttribute("formaction");
        if (leads(control ?? event.target.getAttribute("action") ?? "")) event.preventDefault();
    }, true);
    view.open = () => null;
    view.alert = view.confirm = view.prompt = view.print = () => null;
}

// ---------------------------------------------------------------------------------------------------------------------
// What may not be there

const MATHML = "http://www.w3.org/1998/Math/MathML";
const HTML = "http://www.w3.org/1999/xhtml";
const ADDRESSES = ["action", "cite", "data", "formaction", "href", "ping", "poster", "src", "xlink:href"];

// A form's controls can stand in for its properties, not for those of its prototype.
const prototype = (name) => Object.getOwnPropertyDescriptor(Element.prototype, name).get;
const outerHTML = prototype("outerHTML");
const attributes = prototype("attributes");
const told = element => outerHTML.call(element).slice(0, 200);

/// The attributes that an element of the article may have, or nothing when it may not be there.
function attributesOf(element) {
    const lists = { [HTML]: allowed.elements, [MATHML]: allowed.math };
    const list = lists[element.namespaceURI] ?? {};
    return Object.hasOwn(list, element.localName) ? list[element.localName] : undefined;
}

function strangersInArticle(element) {
    const known = attributesOf(element);
    if (known === undefined) return [`element ${element.localName}: ${told(element)}`];
    return [...attributes.call(element)]
        .filter(({ name, value }) => !known.includes(name)
            || ["id", "name"].includes(name) && !value.startsWith(allowed.prefix))
        .map(({ name }) => `attribute ${name}: ${told(element)}`);
}

/// Anywhere, head included: what could run.
function strangersAnywhere(view, element) {
    const found = [];
    const own = address => new view.URL(address, view.document.baseURI);
    for (const { name, value } of attributes.call(element)) {
        const runs = name.startsWith("on") || name === "srcdoc" || name === "style";
        let scheme = "";
        try {
            scheme = ADDRESSES.includes(name) ? own(value).protocol : "";
        } catch {
            // An address that no browser can read leads nowhere.
        }
        const isPicture = scheme === "data:" && element.localName === "img";
        if (runs || !["", "http:", "https:", "mailto:", "tel:"].includes(scheme) && !isPicture) {
            found.push(`attribute ${name}: ${told(element)}`);
        }
    }
    const src = element.getAttribute("src");
    const isOwnScript = src !== null && own(src).href.startsWith(`${location.origin}/assets/`);
    const isData = /^application\/(ld\+)?json$/.test(element.getAttribute("type"));
    const isRefresh = element.localName === "meta" && element.httpEquiv === "refresh";
    if (element.localName === "script" && !isOwnScript && !isData || isRefresh
        || ["base", "embed", "form", "frame", "iframe", "object"].includes(element.localName)) {
        found.push(`element ${element.localName}: ${told(element)}`);
    }
    return found;
}

function look(view) {
    const everything = [...view.document.querySelectorAll("*")];
    const article = [...view.document.querySelectorAll("main article, main article *")];
    const strangers = [
        ...everything.flatMap(element => strangersAnywhere(view, element)),
        ...article.flatMap(strangersInArticle),
    ];
    return { elements: article.length, strangers: [...new Set(strangers)] };
}

// ---------------------------------------------------------------------------------------------------------------------
// The ways to a page

async function open(url) {
    const frame = document.createElement("iframe");
    frame.loads = 0;
    frame.addEventListener("load", () => frame.loads++);
    frame.width = 700;
    frame.height = 500;
    frame.src = url;
    document.body.append(frame);
    await until(() => frame.loads > 0, LOADING);
    return frame;
}

/// A page as it comes from the server, or one into which a script pours the article.
async function alone(job) {
    const frame = await open(job.url);
    if (job.html !== null) frame.contentDocument.querySelector("article").innerHTML = job.html;
    return frame;
}

/// Whether the reader shows the posts of these days, and nothing is on its way.
function shows(view, job) {
    const main = view.document.querySelector("main");
    const days = [...view.document.querySelectorAll("main article time")].map(time => time.dateTime.slice(0, 10));
    return view.location.pathname === job.url && main?.getAttribute("aria-busy") !== "true"
        && !view.document.getElementById("prerendered") && days.join() === job.days.join();
}

/// A page that the reader shows: reached by a link within it, since the one that is loaded stays as it came. The root is
/// loaded first, which the reader leaves for a list of its own.
async function inTheReader(job, frame) {
    if (frame === undefined) {
        frame = await open("/");
        const { document } = frame.contentWindow;
        const isReady = () => !document.getElementById("prerendered") && document.querySelector("#app h1");
        if (!await until(isReady, 10 * LOADING)) throw new Error("the reader does not start");
        stayHere(frame.contentWindow);
    }
    const view = frame.contentWindow;
    const link = view.document.createElement("a");
    link.href = job.url;
    view.document.body.append(link);
    view.opening = true;
    link.click();
    view.opening = false;
    link.remove();
    const came = await until(() => isOver(frame) || shows(frame.contentWindow, job), 10 * LOADING);
    if (!came) throw new Error(`${job.url} does not come to be shown`);
    return frame;
}

// ---------------------------------------------------------------------------------------------------------------------

const nothing = id => ({ id, ran: null, left: false, elements: 0, strangers: [], failed: null });
const failure = (id, error) => ({ ...nothing(id), failed: String(error) });

async function examine(job, frame, patience) {
    const result = nothing(job.id);
    const judge = async when => {
        await until(() => isOver(frame), patience);
        if (hasRun(frame)) result.ran ??= when;
        result.left = hasLeft(frame);
    };
    await judge("load");
    if (!hasLeft(frame)) Object.assign(result, look(frame.contentWindow));
    if (!isOver(frame)) {
        if (!job.in_reader) stayHere(frame.contentWindow);
        useEverything(frame.contentWindow);
        await judge("interact");
    }
    return result;
}

/// Works on the queue until it is empty. What the reader shows is shown in one frame a lane: it stays loaded.
async function lane(queue, results) {
    let reader;
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
        try {
            const frame = await (job.in_reader ? inTheReader(job, reader) : alone(job));
            const result = await examine(job, frame, job.in_reader ? BETWEEN : PATIENCE);
            results.push(result);
            reader = job.in_reader && !isOver(frame) ? frame : undefined;
            if (reader === undefined) frame.remove();
        } catch (error) {
            results.push(failure(job.id, error));
            reader?.remove();
            reader = undefined;
        }
    }
    if (reader !== undefined) {
        const late = await examine({ id: "something late in the reader", in_reader: true }, reader, PATIENCE);
        results.push(...late.ran || late.left ? [late] : []);
        reader.remove();
    }
}

const results = [];
const queue = [...jobs];
const lanes = Array.from({ length: jobs[0].in_reader ? 3 : 12 }, () => lane(queue, results));
Promise.all(lanes).then(() => done(results), error => done([failure("the trial itself", error)]));
