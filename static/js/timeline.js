// The timeline: a bar is dragged, or moved with the arrow keys; an end of it moves one date. Enter saves, Escape gives up.
import { onContent, say } from "./page.js";

const DAY = 24 * 60 * 60 * 1000;
const WEEK = 7;
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
const PARTS = ["whole", "start", "end"];
const FAR = 36_500; // days: a century before and after the left edge
const CLICK = 3; // pixels a hand may tremble

let moved = null; // the bar that stands where it is not saved, by how many days the whole and each end was moved

const table = () => document.querySelector("[data-timeline]");
const dayOf = (text) => (text ? Date.parse(`${text}T00:00:00Z`) / DAY : null);
const textOf = (day) => (day === null ? "" : new Date(day * DAY).toISOString().slice(0, 10));
const { lang } = document.documentElement;
// In English too the day comes first, as everywhere in Salesplan.
const wording = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { day: "numeric", month: "long", timeZone: "UTC", year: "numeric" });
const inWords = (day) => wording.format(new Date(day * DAY));

/** What a bar gets for those who may move it: a place for the keyboard, and ends to drag. */
function dress(bar) {
  const drawing = bar.ownerSVGElement;
  const name = bar.closest("tr").querySelector("th a").textContent;
  const says = { "aria-label": name, "aria-valuetext": drawing.ariaLabel, "aria-valuemin": -FAR, "aria-valuemax": FAR, "aria-describedby": "tl-help" };
  set(bar, { role: "slider", tabindex: 0, "aria-valuenow": numberOf(dayOf(bar.dataset.last) ?? dayOf(bar.dataset.first)), ...says });
  drawing.removeAttribute("role");
  drawing.removeAttribute("aria-label");
  if (!bar.querySelector(".tl-lb")) bar.append(draw("text", { class: "tl-lb" }));
  if (!bar.querySelector("rect.tl-b")) {
    bar.querySelector(".tl-pt").append(draw("circle", { class: "tl-grab", r: 13 }));
    return;
  }
  for (const [end, x] of [["start", -9], ["end", -5]]) {
    const handle = draw("svg", { "data-end": end });
    handle.append(draw("rect", { class: "tl-end", x, y: 5, width: 14, height: 24 }));
    bar.append(handle);
  }
  place(bar, dayOf(bar.dataset.first), dayOf(bar.dataset.last));
}

function draw(name, attributes) {
  return set(document.createElementNS("http://www.w3.org/2000/svg", name), attributes);
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** So many days after the left edge. */
const numberOf = (day) => day - dayOf(table().dataset.first);
const share = (days) => `${(days / Number(table().dataset.days)) * 100}%`;

function place(bar, first, last) {
  const [begins, ends] = [share(numberOf(first)), share(numberOf(last) + 1)];
  bar.querySelector(".tl-pt")?.setAttribute("x", begins);
  bar.querySelector("[data-end=start]")?.setAttribute("x", begins);
  bar.querySelector("[data-end=end]")?.setAttribute("x", ends);
  return [begins, ends];
}

function take(bar) {
  if (moved?.bar === bar) return;
  const [start, end] = [dayOf(bar.dataset.first), dayOf(bar.dataset.last)];
  moved = { bar, part: "whole", by: { whole: 0, start: 0, end: 0 }, start, end, from: { start, end }, html: bar.innerHTML, says: bar.getAttribute("aria-valuetext") };
}

/** Move what is taken to so many days from where it was; an end never passes the other. */
function put(days) {
  const { part, from, by } = moved;
  const length = from.end - from.start + by.end - by.start;
  const room = by[part] + { whole: 0, start: length, end: -length }[part];
  by[part] = part === "start" ? Math.min(days, room) : part === "end" ? Math.max(days, room) : days;
  if (from.start !== null) moved.start = from.start + by.whole + by.start;
  if (from.end !== null) moved.end = from.end + by.whole + by.end;
  redraw();
}

function redraw() {
  const { bar, start, end } = moved;
  const [first, last] = [start ?? end, end ?? start];
  const [begins, ends] = place(bar, first, last);
  bar.classList.add("moving");
  const middle = bar.querySelector("rect.tl-b");
  if (middle) set(middle, { x: begins, width: share(last - first + 1) });
  bar.querySelector("line")?.remove();
  const label = bar.querySelector(".tl-lb");
  label.setAttribute("x", label.classList.contains("before") ? begins : ends);
  label.textContent = words();
  set(bar, { "aria-valuenow": numberOf(last), "aria-valuetext": words() });
}

function words() {
  const { start, end } = moved;
  if (start === null || end === null) return inWords(start ?? end);
  return table().dataset.says.replace("{start}", () => inWords(start)).replace("{end}", () => inWords(end));
}

const isChanged = () => moved.start !== moved.from.start || moved.end !== moved.from.end;

function giveUp() {
  restore(moved);
  moved = null;
}

function restore({ bar, html, says, from }) {
  bar.innerHTML = html;
  set(bar, { "aria-valuetext": says, "aria-valuenow": numberOf(from.end ?? from.start) });
  bar.classList.remove("moving");
}

async function save() {
  if (!isChanged()) return giveUp();
  const tried = moved;
  const { bar, start, end } = tried;
  const values = { starts_on: textOf(start), deadline: textOf(end), version: bar.dataset.version };
  const row = bar.closest("tr");
  const focused = document.activeElement === bar;
  const said = words();
  moved = null;
  const url = table().dataset.timeline.replace("/0/", `/${row.id.replace("action-", "")}/`);
  try {
    await htmx.ajax("POST", url, { source: bar, target: row, swap: "outerHTML", values });
  } catch {
    // no connection: the move waits, and the bar stays where it was moved to (waiting-marks.js)
  } finally {
    if (row.querySelector(".unsaved-mark")) Object.assign(bar.dataset, { first: values.starts_on, last: values.deadline });
    else if (bar.isConnected) restore(tried); // it was not saved; the header says so, and can try again
    else say(said);
  }
  if (focused) document.getElementById(row.id)?.querySelector(".tl-bar")?.focus();
}

document.addEventListener("keydown", (event) => {
  const bar = event.target.closest?.("[data-timeline] .tl-bar");
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
  if (!bar.querySelector("[data-end]")) return;
  take(bar);
  moved.part = PARTS[(PARTS.indexOf(moved.part) + 1) % PARTS.length];
  say(table().getAttribute(`data-says-${moved.part}`));
}

document.addEventListener("focusout", (event) => {
  if (moved && event.target === moved.bar && !moved.drag) save();
});

document.addEventListener("pointerdown", (event) => {
  const bar = event.target.closest?.("[data-timeline] .tl-bar");
  if (!bar || event.button) return;
  const part = event.target.closest("[data-end]")?.dataset.end ?? "whole";
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

onContent(() => {
  for (const bar of document.querySelectorAll("[data-timeline] .tl-bar:not([role])")) dress(bar);
});
