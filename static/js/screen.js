// The overview in a meeting room: it asks every few seconds whether the plan has changed (kpis/dashboard/screen.py), and
// says of when its figures are. F fills the screen, Escape leaves.

const EVERY = 5_000; // milliseconds between two questions
const SLOWEST = 60_000; // between two when the server does not answer
const GONE = [401, 403, 404]; // signed out, or the link has ended: the page itself says so
const page = document.querySelector(".screen");
const at = document.getElementById("screen-at");
const told = document.getElementById("screen-told");
const fill = document.getElementById("screen-fill");
const leave = document.getElementById("screen-leave");
let pause = EVERY;
let timer = null;
let asking = false;
let lost = false;
let stays = false; // she gives the screen back by F, and does not leave

const figures = () => document.getElementById("screen-figures");
const inWords = (words) => words.replace("{time}", new Date(answered).toTimeString().slice(0, 5));
let answered = Date.now();

function askIn(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(ask, milliseconds);
}

async function ask() {
  if (document.hidden || asking) return;
  asking = true;
  try {
    const answer = await fetch(`${page.dataset.news}?since=${figures().dataset.mark}`, {
      headers: heads(),
      signal: AbortSignal.timeout(EVERY * 2),
    });
    if (GONE.includes(answer.status)) return location.reload();
    if (!answer.ok) throw new Error(answer.status);
    const body = answer.status === 200 ? await answer.text() : "";
    pause = EVERY;
    answered = Date.now();
    if (body) take(body);
    else if (lost) told.textContent = "";
    lost = false;
  } catch {
    pause = Math.min(pause * 2, SLOWEST);
    if (!lost) told.textContent = inWords(page.dataset.lost);
    lost = true;
  } finally {
    asking = false;
  }
  show();
  askIn(pause);
}

/** As a request of HTMX: one that is signed out is answered 401, and not with a page. */
function heads() {
  const { person } = document.body.dataset;
  return { "HX-Request": "true", ...(person && { "X-Person": person }) };
}

function show() {
  at.textContent = lost ? "" : inWords(page.dataset.at);
  page.classList.toggle("lost", lost);
}

/** What was opened stays open, and whoever was somewhere in it is not thrown to the top of the page. */
function take(html) {
  const before = figures();
  const after = new DOMParser().parseFromString(html, "text/html").getElementById("screen-figures");
  const within = before.contains(document.activeElement);
  const opened = [...before.querySelectorAll("details[open]")].map(nameOf);
  for (const part of after.querySelectorAll("details")) part.open = opened.includes(nameOf(part));
  for (const plot of before.querySelectorAll(".js-plotly-plot")) window.Plotly.purge(plot);
  before.replaceWith(after);
  htmx.process(after);
  if (within) page.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("content-changed"));
  told.textContent = inWords(page.dataset.changed);
}

function nameOf(part) {
  return part.closest("[data-chart]")?.dataset.chart ?? part.className;
}

// The whole screen

fill.hidden = !document.fullscreenEnabled;
fill.addEventListener("click", () => {
  stays = Boolean(document.fullscreenElement);
  stays ? document.exitFullscreen() : document.documentElement.requestFullscreen();
});

document.addEventListener("fullscreenchange", () => {
  const full = Boolean(document.fullscreenElement);
  fill.setAttribute("aria-pressed", full);
  if (!full && !stays) leave.click(); // the browser keeps that Escape for itself
  stays = false;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") leave.click();
  if (event.key.toLowerCase() === "f" && document.body.dataset.keys !== "off" && !fill.hidden) fill.click();
});

/** Nobody touches the computer of a meeting room: its screen stays on as long as this page is on it. */
function stayAwake() {
  if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {}); // refused, when the battery is low
}

// After sleep, and when one comes back to this window.
for (const event of ["visibilitychange", "pageshow"]) addEventListener(event, () => (stayAwake(), askIn(0)));
addEventListener("online", () => askIn(0));
document.addEventListener("ask-news", () => askIn(0));

stayAwake();
show();
askIn(EVERY);
