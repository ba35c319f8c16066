// The timeline: a bar is dragged, or moved with the arrow keys; an end of it moves one date. Enter saves, Escape gives up.
import { say } from "./page.js";

const DAY = 24 * 60 * 60 * 1000;
const WEEK = 7;
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
const PARTS = ["whole", "start", "end"];
const CLICK = 3; // pixels a hand may tremble

let moved = null; // the bar that stands where it is not saved, by how many days the whole and each end was moved

const table = () => document.querySelector("[data-timeline]");
const dayOf = (text) => (text ? Date.parse(`${text}T00:00:00Z`) / DAY : null);
const textOf = (day) => (day === null ? "" : new Date(day * DAY).toISOString().slice(0, 10));
const wording = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long", timeZone: "UTC", year: "numeric" });
const inWords = (day) => wording.format(new Date(day * DAY));

function take(bar) {
  if (moved?.bar === bar) return;
  const [start, end] = [dayOf(bar.dataset.first), dayOf(bar.dataset.last)];
  moved = { bar, part: "whole", by: { whole: 0, start: 0, end: 0 }, start, end, from: { start, end }, html: bar.innerHTML };
}

/** Move what is taken to so many days from where it was; an end never passes the other. */
function put(days) {
  const { part, from, by } = moved;
  const length = from.end - from.start + by.end - by.start;
  const room = by[part] + { whole: 0, start: length, end: -length }[part];
  by[part] = part === "start" ? Math.min(days, room) : part === "end" ? Math.max(days, room) : days;
  if (from.start !== null) moved.start = from.start + by.whole + by.start;
  if (from.end !== null) moved.end = from.end + by.whole + by.end;
  draw();
}

function draw() {
  const { bar, start, end } = moved;
  const [first, last] = [start ?? end, end ?? start];
  const zero = dayOf(table().dataset.first);
  const share = (day) => `${((day - zero) / Number(table().dataset.days)) * 100}%`;
  bar.classList.add("moving");
  bar.querySelector("[data-start]")?.setAttribute("x", share(first));
  bar.querySelector("[data-end]")?.setAttribute("x", share(last + 1));
  const middle = bar.querySelector("[data-middle]");
  middle?.setAttribute("x", share(first));
  middle?.setAttribute("width", share(zero + last - first + 1));
  bar.querySelector("[data-late]")?.remove();
  const label = bar.querySelector("[data-label]");
  label.parentElement.setAttribute("x", share(label.getAttribute("text-anchor") === "start" ? last + 1 : first));
  label.textContent = words();
  bar.setAttribute("aria-valuenow", last - zero);
  bar.setAttribute("aria-valuetext", words());
}

function words() {
  const { start, end } = moved;
  if (start === null || end === null) return inWords(start ?? end);
  return table().dataset.says.replace("{start}", () => inWords(start)).replace("{end}", () => inWords(end));
}

const isChanged = () => moved.start !== moved.from.start || moved.end !== moved.from.end;

function giveUp() {
  const { bar, html } = moved;
  bar.innerHTML = html;
  bar.classList.remove("moving");
  moved = null;
  return bar;
}

async function save() {
  if (!isChanged()) return giveUp();
  const { bar, start, end } = moved;
  const values = { starts_on: textOf(start), deadline: textOf(end), version: bar.dataset.version };
  const focused = document.activeElement === bar;
  const said = words();
  moved = null;
  const url = table().dataset.timeline.replace("/0/", `/${bar.dataset.bar}/`);
  await htmx.ajax("POST", url, { source: bar, target: bar.closest("tr"), swap: "outerHTML", values });
  if (focused) document.getElementById(bar.id)?.focus();
  say(said);
}

document.addEventListener("keydown", (event) => {
  const bar = event.target.closest?.("[data-bar]");
  if (!bar || event.ctrlKey || event.metaKey || event.altKey) return;
  if (STEPS[event.key]) {
    event.preventDefault();
    take(bar);
    put(moved.by[moved.part] + STEPS[event.key] * (event.shiftKey ? WEEK : 1));
    say(words());
  } else if (event.key === " ") {
    event.preventDefault();
    changePart(bar);
  } else if (event.key === "Enter" && moved) {
    event.preventDefault();
    save();
  } else if (event.key === "Escape" && moved) {
    event.preventDefault();
    giveUp();
    say(table().dataset.kept);
  }
});

/** Space goes from the whole bar to its start and to its deadline; what was moved so far stays. */
function changePart(bar) {
  if (!bar.querySelector("[data-middle]")) return;
  take(bar);
  moved.part = PARTS[(PARTS.indexOf(moved.part) + 1) % PARTS.length];
  say(table().dataset[moved.part]);
}

document.addEventListener("focusout", (event) => {
  if (moved && event.target === moved.bar && !moved.drag) save();
});

document.addEventListener("pointerdown", (event) => {
  const bar = event.target.closest?.("[data-bar]");
  if (!bar || event.button) return;
  const part = event.target.closest("[data-end]") ? "end" : bar.querySelector("[data-middle]") && event.target.closest("[data-start]") ? "start" : "whole";
  take(bar);
  moved.part = part;
  moved.drag = { x: event.clientX, days: moved.by[part], perDay: bar.ownerSVGElement.getBoundingClientRect().width / Number(table().dataset.days) };
  bar.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!moved?.drag) return;
  const way = event.clientX - moved.drag.x;
  if (Math.abs(way) > CLICK) put(moved.drag.days + Math.round(way / moved.drag.perDay));
});

document.addEventListener("pointerup", () => {
  if (!moved?.drag) return;
  delete moved.drag;
  save();
});

document.addEventListener("pointercancel", () => {
  if (moved?.drag) giveUp();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-theirs]")) event.target.closest(".clash").remove();
});
