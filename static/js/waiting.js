// Changes of actions and values of KPIs that have not been answered. Each is kept on this device from the moment it is sent until the
// server has answered, and is sent again, in order, until it has: a lost connection, a closed window and a lost answer
// lose nothing. Its key lets the server carry it out once (plans/receipts). Kept per person, so that whoever signs in
// next on this device neither sees nor sends it.
import { newKey } from "./page.js";
import { describe } from "./waiting-words.js";

const CHANGES = /\/(actions\/\d+\/(cell|card|bar|move|duplicate|delete)|objectives\/\d+\/actions\/add|plans\/\d+\/actions\/change|kpis\/\d+\/readings\/(enter|skip))\//;
const HEADER = "Idempotency-Key";
const UNANSWERED = [0, 502, 503, 504];
const FIRST_PAUSE = 2_000; // milliseconds until it is tried again; each time twice as long
const LONGEST_PAUSE = 60_000;
const ABANDONED = 60_000; // another window has been sending it for so long that it has gone
const { person } = document.body.dataset;
const store = `salesplan-waiting-${person}`;
const ours = newKey(); // this window: what another one is sending is its business
let kept = null; // where the browser stores nothing, as long as the page is open
let trouble = ""; // why nothing is sent: "offline" or "signed-out"
let sending = false;
let pause = FIRST_PAUSE;
let timer = null;

/** What is kept for this person, the oldest first. */
export function changes() {
  if (!person) return [];
  try {
    return JSON.parse(localStorage.getItem(store) ?? "[]");
  } catch {
    return kept ?? [];
  }
}

/** Those that are shown: not saved yet, or refused. */
export const waiting = () => changes().filter((change) => change.state !== "sending");
export const obstacle = () => (navigator.onLine ? trouble : "offline");

function save(list) {
  try {
    list.length ? localStorage.setItem(store, JSON.stringify(list)) : localStorage.removeItem(store);
  } catch {
    kept = list;
  }
}

function update(key, values) {
  save(changes().map((change) => (change.key === key ? { ...change, ...values } : change)));
}

function announce(what, change) {
  document.dispatchEvent(new CustomEvent(what, { detail: change }));
  document.dispatchEvent(new CustomEvent("changes-waiting"));
}

// Requests of the page: htmx-setup.js tells of each

/** Before a change is sent it is written down. Where others wait already, or nothing can be sent, it waits with them. */
export function begin(event) {
  const { verb, path, headers, formData, elt } = event.detail;
  if (!person || verb !== "post" || !CHANGES.test(path)) return;
  const key = (headers[HEADER] ??= newKey());
  if (changes().some((change) => change.key === key)) return; // tried again
  const values = [...formData].filter(([name]) => name !== "csrfmiddlewaretoken");
  const change = { key, path, values, at: Date.now(), tries: 1, window: ours, state: "sending", says: "", ...describe(elt, path, values) };
  // What says all that its row holds comes in the place of what was refused of it before.
  const replaced = (other) => change.whole && other.state === "refused" && other.row === change.row;
  const others = changes().filter((other) => !replaced(other));
  const shown = others.length < changes().length;
  save([...others, change]);
  if (shown) document.dispatchEvent(new CustomEvent("changes-waiting"));
  if (!waiting().some((other) => isBefore(other, change)) && navigator.onLine) return;
  event.preventDefault();
  keep({ ...change, tries: 0 }, elt);
}

/** A deed moves, copies or removes rows, or changes several: what she has done before it comes before it, and it before what follows. */
const isBefore = (other, change) => other.state === "waiting" && Boolean(other.row === change.row || other.rows || change.rows);

/** True when the change has not been answered, and waits to be sent again. */
export function end({ detail: { requestConfig, xhr } }) {
  const key = requestConfig.headers[HEADER];
  const change = changes().find((each) => each.key === key);
  if (!change) return false;
  if (UNANSWERED.includes(xhr.status)) {
    trouble = "offline";
    keep(change, requestConfig.elt);
    return true;
  }
  if (xhr.status === 401) return false; // the page asks her to sign in, and sends it then
  if ([400, 403, 404].includes(xhr.status)) refuse(change, xhr.status, xhr.responseText);
  else drop(change);
  if (xhr.status < 300) followOn(change, xhr.getResponseHeader("X-Version"));
  if (xhr.status === 204 && change.rows) announce("change-saved", change);
  else if (xhr.status === 204) announce("change-kept", { ...change, elt: requestConfig.elt });
  return false;
}

function keep(change, elt) {
  const earlier = changes().find((other) => other.state === "waiting" && !other.tries && other.field && other.row === change.row && other.field === change.field);
  if (earlier) {
    // Nobody has seen the earlier one: it is this one now.
    drop(change);
    const { path, values, what, value } = change;
    update(earlier.key, { path, what, value, values: withVersion(values, versionOf(earlier)) });
  } else update(change.key, { state: "waiting", tries: change.tries });
  announce("change-kept", { ...change, elt });
  again();
}

// Sending what waits

function again() {
  clearTimeout(timer);
  timer = setTimeout(send, pause * (0.75 + Math.random() / 2));
  pause = Math.min(pause * 2, LONGEST_PAUSE);
}

/** In their order, until one is not answered. */
async function send() {
  if (sending || !person || !next()) return;
  sending = true;
  const one = () => sendAll().catch(() => {});
  await (navigator.locks ? navigator.locks.request(store, { ifAvailable: true }, (lock) => lock && one()) : one());
  sending = false;
  if (next()) again();
  else pause = FIRST_PAUSE;
}

async function sendAll() {
  for (let change = next(); change; change = next()) if (!(await sendOne(change))) return;
}

function next() {
  const gone = (change) => change.state === "sending" && change.window !== ours && Date.now() - change.at > ABANDONED;
  return changes().find((change) => change.state === "waiting" || gone(change));
}

async function sendOne(change) {
  update(change.key, { state: "waiting", tries: change.tries + 1 });
  const before = obstacle();
  try {
    if (!token()) await fetch(change.page); // any page brings one
    const answer = await fetch(change.path, {
      method: "POST",
      headers: { "HX-Request": "true", "HX-Current-URL": change.page, "X-CSRFToken": token(), "X-Person": person, [HEADER]: change.key },
      body: new URLSearchParams(change.values),
      signal: AbortSignal.timeout(LONGEST_PAUSE),
    });
    trouble = answer.status === 401 ? "signed-out" : UNANSWERED.includes(answer.status) ? "offline" : "";
    if (trouble) return false;
    if (answer.ok) {
      const html = change.rows || change.whole ? await answer.text() : ""; // its messages offer to take it back
      drop(change);
      followOn(change, answer.headers.get("X-Version"));
      announce("change-saved", { ...change, html });
      document.dispatchEvent(new CustomEvent("ask-news"));
      offerFollowers(answer);
    } else refuse(change, answer.status, await answer.text());
    return true;
  } catch {
    trouble = "offline";
    return false;
  } finally {
    if (before !== obstacle()) announce("obstacle-changed", change);
  }
}

/** What HTMX does with the answer to a deadline that others wait for (followers.js). */
function offerFollowers(answer) {
  const detail = JSON.parse(answer.headers.get("HX-Trigger") ?? "{}")["offer-followers"];
  if (detail) document.dispatchEvent(new CustomEvent("offer-followers", { detail }));
}

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

function drop(change) {
  save(changes().filter((other) => other.key !== change.key));
}

/** What the server does not take is shown with its reason, and stays until she has decided. */
function refuse(change, status, html) {
  const where = { 409: ".confl span, .clash p", 422: "[role=alert]" }[status];
  const page = where && new DOMParser().parseFromString(/^\s*<tr/.test(html) ? `<table>${html}</table>` : html, "text/html");
  if (change.whole && page) return ask(change, status, page);
  const says = page ? [...page.querySelectorAll(where)].map((each) => each.textContent.trim()).join(" ") : "";
  const theirs = status === 409 ? page.querySelector("[name=version]")?.value : "";
  update(change.key, { state: "refused", status, says, theirs });
  announce("change-refused", change);
}

/** The question about a value, with the answers that can be given to it: each is a button of the line's form. */
function ask(change, status, page) {
  const choices = [...page.querySelectorAll(".ends button[name]"), ...page.querySelectorAll(".ci-q:has([name=reason]) .ends button")].map(choiceOf);
  for (const rest of page.querySelectorAll(".ends, .ci-why :not(label)")) rest.remove();
  const says = [...page.querySelectorAll("[role=alert]")].map((each) => each.textContent.replace(/\s+/g, " ").trim()).join(" ");
  update(change.key, { state: "refused", status, says, choices });
  announce("change-refused", change);
}

/** What is sent along with it; a correction `asks` for a reason, in words of its own. */
function choiceOf(button) {
  const reason = button.closest(".ci-q").querySelector("[name=reason]");
  const given = button.name ? [button] : [...button.parentElement.querySelectorAll("[name]")];
  return { text: button.textContent.trim(), asks: reason?.labels[0].textContent.trim() ?? "", given: given.map(({ name, value }) => [name, value]) };
}

const versionOf = (change) => change.values.find(([name]) => name === "version")?.[1];
const withVersion = (values, version) => values.map(([name, value]) => [name, name === "version" ? String(version ?? "") : value]);

/** What she has changed in the same row since was changed on top of this; what others have done in between she has not seen. */
function followOn(change, version) {
  if (!version || Number(version) !== Number(versionOf(change)) + 1) return;
  for (const later of changes()) {
    if (later.row === change.row && versionOf(later) === versionOf(change)) update(later.key, { values: withVersion(later.values, version) });
  }
}

// What she decides

export function insist(key) {
  const change = changes().find((each) => each.key === key);
  update(key, { key: newKey(), state: "waiting", tries: 0, says: "", values: withVersion(change.values, change.theirs) });
  announce("change-kept", change);
  sendNow();
}

/** One of the answers to what was asked when it was refused. */
export function choose(key, place, reason = "") {
  const change = changes().find((each) => each.key === key);
  const { given, asks } = change.choices[place];
  const values = [...change.values, ...given, ...(asks ? [["reason", reason]] : [])];
  update(key, { key: newKey(), state: "waiting", tries: 0, says: "", choices: [], values });
  announce("change-kept", change);
  sendNow();
}

export function discard(key) {
  const change = changes().find((each) => each.key === key);
  if (!change) return;
  drop(change);
  announce("change-dropped", change);
}

export function sendNow() {
  pause = FIRST_PAUSE;
  clearTimeout(timer);
  send();
}

/** Copies of pages that were kept to be opened without a connection (worker.js) are for whom they were made. */
async function forgetOthersCopies() {
  for (const name of await caches.keys()) if (name.startsWith("salesplan-") && !name.startsWith(`salesplan-${person}-`)) await caches.delete(name);
}
if ("caches" in window) forgetOthersCopies().catch(() => {});

// What is being sent when the page is left may have arrived or not: it is sent again.
window.addEventListener("pagehide", () => {
  for (const change of changes()) if (change.state === "sending" && change.window === ours) update(change.key, { state: "waiting" });
});
window.addEventListener("online", sendNow);
window.addEventListener("offline", () => document.dispatchEvent(new CustomEvent("changes-waiting")));
window.addEventListener("storage", (event) => event.key === store && document.dispatchEvent(new CustomEvent("changes-waiting")));
document.addEventListener("visibilitychange", () => !document.hidden && sendNow());
sendNow();
