// What others change appears by itself: every few seconds the page asks what has changed since its clock
// (plans/actions/live_views.py), puts it in its place (live-rows.js) and says so in one line.

const EVERY = 5_000; // milliseconds between two questions
const SLOWEST = 60_000; // between two when the server does not answer
const SHOWN = 10_000; // how long the line stays
const PLACES = ["page", "filters"]; // of the address: where one is, not what one sees
const KINDS = { changed: "changed", gone: "gone", placed: "added" }; // the words for what became of a change
const line = document.getElementById("live");
const [told, show] = line.children;
const waiting = new Set(); // ids of what is there to see, and has no place on the page
let pause = EVERY;
let timer = null;
let fading = null;
let many = false;
let placing = null; // live-rows.js: not before there is a change
let words = {}; // in her language; they come with the news

const list = () => document.getElementById("action-rows");

function askIn(milliseconds) {
  clearTimeout(timer);
  // Not all who opened the page at nine ask in the same instant.
  timer = setTimeout(ask, milliseconds * (0.9 + Math.random() / 5));
}

async function ask() {
  const rows = list();
  if (document.hidden || !rows) return;
  try {
    const answer = await fetch(address(rows), { headers: heads(), signal: AbortSignal.timeout(EVERY * 2) });
    if ([401, 403, 404].includes(answer.status)) return say(line.dataset.out, true);
    if (!answer.ok) throw new Error(answer.status);
    if (answer.status === 200) await take(await answer.json(), rows);
    placing?.putBack(words);
    pause = EVERY;
  } catch {
    pause = Math.min(pause * 2, SLOWEST);
  }
  askIn(pause);
}

function address(rows) {
  const query = new URLSearchParams(location.search);
  for (const name of PLACES) query.delete(name);
  query.set("since", rows.dataset.clock);
  return `${rows.dataset.live}?${query}`;
}

/** As a request of HTMX: one that is signed out is answered 401, and not with a page. */
function heads() {
  return { "HX-Request": "true", "X-Person": document.body.dataset.person };
}

async function take({ clock, many: tooMany, notes, sums, columns, amount, words: inHerLanguage }, rows) {
  placing ??= await import("./live-rows.js");
  if (!rows.isConnected) return; // drawn again meanwhile, with a clock of its own
  words = inHerLanguage;
  const before = Date.parse(rows.dataset.clock);
  rows.dataset.clock = clock;
  many ||= tooMany;
  const seen = notes.map((note) => [note, placing.put(note, words)]);
  // What is told twice, to be sure, is counted once.
  for (const [{ id }] of seen.filter(([{ at }, result]) => result === "unplaced" && Date.parse(at) > before)) waiting.add(id);
  placing.recount({ sums, columns, amount });
  document.dispatchEvent(new CustomEvent("content-changed"));
  tell(seen.filter(([note, result]) => KINDS[result] && !note.mine).map(([note, result]) => ({ ...note, kind: KINDS[result] })));
}

function tell(notes) {
  const open = many || waiting.size > 0;
  const parts = [];
  if (notes.length === 1) parts.push(inWords(notes[0].kind, { who: notes[0].who, title: notes[0].title }));
  if (notes.length > 1) {
    const who = [...new Set(notes.map((note) => note.who || words.somebody))].join(", ");
    parts.push(inWords("several", { who, count: notes.length }));
  }
  if (many) parts.push(words.many);
  else if (waiting.size) parts.push(inWords("unshown", { count: waiting.size }));
  if (parts.length) say(parts.join(" · "), open);
  show.hidden = !open;
}

function inWords(kind, values) {
  const filled = { ...values, who: values.who || words.somebody };
  return words[kind].replace(/\{(\w+)\}/g, (_all, name) => filled[name]);
}

function say(text, stays) {
  told.textContent = text;
  clearTimeout(fading);
  if (!stays) fading = setTimeout(() => (told.textContent = ""), SHOWN);
}

show.addEventListener("click", async () => {
  await htmx.ajax("GET", location.href, { target: "#action-rows", swap: "outerHTML" });
  document.querySelector("#action-rows a, #action-rows td[tabindex='0']")?.focus({ preventScroll: true });
});

// Whatever draws the list again shows all there is; and one may ask for it at once (waiting.js has sent something).
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id !== "action-rows" && detail.target?.id !== "action-table") return;
  waiting.clear();
  many = false;
  told.textContent = "";
  show.hidden = true;
});
document.addEventListener("ask-news", () => askIn(0));
document.addEventListener("visibilitychange", () => askIn(0));
window.addEventListener("online", () => askIn(0));
// What waits for an editor to be closed.
for (const event of ["keyup", "click", "focusout"]) {
  document.addEventListener(event, () => setTimeout(() => placing?.putBack(words) && document.dispatchEvent(new CustomEvent("content-changed"))));
}

askIn(EVERY);
