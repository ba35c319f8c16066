// Small helpers the other modules share.

/** Call `draw` now, and whenever HTMX or others' changes (live.js) have put something in; it skips what it has done before. */
export function onContent(draw) {
  draw();
  for (const event of ["htmx:afterSettle", "content-changed"]) document.addEventListener(event, () => draw());
}

/** Tell people who listen to the page rather than look at it. */
export function say(text) {
  const region = document.getElementById("say");
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}

/** Load a script of ours once, only on pages that need it. */
export function loadScript(url) {
  loaded[url] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = resolve;
    script.onerror = () => {
      delete loaded[url]; // so that it can be tried again
      reject(new Error(url));
    };
    document.head.append(script);
  });
  return loaded[url];
}
const loaded = {};

/** The address of a file in static/vendor, as the server names it (with its hash). */
export function vendor(name) {
  return document.body.dataset[name];
}

export function isTyping(element) {
  return Boolean(element?.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable=true]"));
}

/** A UUID for what must be carried out once. Not crypto.randomUUID: a company's own server without https has none. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
