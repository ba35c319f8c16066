// Changes that wait, shown where they were made: the cell, card or bar has what she set, and the words "not saved yet".
import { newKey, onContent } from "./page.js";
import { waiting } from "./waiting.js";

const mark = document.getElementById("unsaved-mark").content.firstElementChild;
const before = new Map(); // by key, puts back what stood there before
const WHILE_EDITING = 1_000; // milliseconds; nothing is drawn again under an editor
let moved = false; // rows have come, gone or changed places
const saved = new Set(); // keys: what was set is what is there, until the news bring it

function paint() {
  const changes = waiting();
  const keys = new Set(changes.map((change) => change.key));
  for (const key of before.keys()) if (!keys.has(key)) lift(key);
  for (const change of changes) {
    const marked = document.querySelector(`[data-waiting="${change.key}"]`);
    if (marked?.dataset.as === says(change)) continue;
    if (marked) lift(change.key); // she has changed it once more
    const place = document.getElementById(change.row);
    if (!place || change.rows) continue;
    if (change.view === "add") addRow(place, change);
    else if (place.matches(".ac")) moveCard(place, change);
    else if (change.view === "cell" && place.querySelector("td[data-f]")) setCell(place, change);
    else if (place.matches("tr:not(:has(td[data-f]))")) noteBar(place, change);
  }
  paintDeeds(changes);
}

/** What is done to whole rows stands beside their titles; a row may have several. */
function paintDeeds(changes) {
  const deeds = changes.filter((change) => change.rows);
  for (const sign of document.querySelectorAll("[data-deed-of]")) {
    if (!deeds.some((change) => sign.dataset.deedOf === change.key && sign.dataset.as === says(change))) sign.remove();
  }
  for (const change of deeds) for (const row of change.rows) noteDeed(document.getElementById(row), change);
}

function noteDeed(row, change) {
  const place = row?.querySelector("td[data-f=title]:not(.edit)") ?? row?.querySelector(":scope > th") ?? row;
  if (!place || place.matches(".edit, tr") || place.querySelector(`[data-deed-of="${change.key}"]`)) return;
  const sign = newMark(change);
  sign.append(` ${[change.what, change.value].filter(Boolean).join(": ")}`);
  Object.assign(sign.dataset, { deedOf: change.key, as: says(change) });
  const menu = place.querySelector(".rowmenu");
  menu ? menu.before(sign) : place.append(sign);
}

const says = (change) => `${change.state} ${change.value}`;

/** From now on `place` shows the change; `back` puts there what it showed before. */
function hold(place, change, back) {
  Object.assign(place.dataset, { waiting: change.key, as: says(change) });
  before.set(change.key, back);
}

function lift(key) {
  const place = document.querySelector(`[data-waiting="${key}"]`);
  if (place) {
    delete place.dataset.waiting;
    delete place.dataset.as;
    place.querySelector(".unsaved-mark:not([data-deed-of])")?.remove();
    if (!saved.has(key)) before.get(key)();
    if (place.matches(".unsaved-row")) place.remove();
  }
  before.delete(key);
  saved.delete(key);
}

function newMark(change) {
  const sign = mark.cloneNode(true);
  sign.classList.toggle("refused", change.state === "refused");
  return sign;
}

function setCell(row, change) {
  const cell = row.querySelector(`td[data-f="${change.field}"]`);
  if (!cell || cell.matches(".edit")) return;
  const html = cell.innerHTML;
  // An earlier change of the cell may wait as well: what stood there before it is what it goes back to.
  const back = before.get(cell.dataset.waiting) ?? (() => (cell.innerHTML = html));
  cell.querySelector(".unsaved-mark:not([data-deed-of])")?.remove();
  const link = cell.querySelector("a.plain");
  if (link) {
    link.textContent = change.value;
    link.classList.add("unsaved");
    link.after(" ", newMark(change));
  } else cell.replaceChildren(inItalics(change.value || "–"), " ", newMark(change));
  hold(cell, change, back);
}

const inItalics = (text) => Object.assign(document.createElement("span"), { className: "unsaved", textContent: text });

function moveCard(card, change) {
  const [, target] = change.values.find(([name]) => name === "value");
  const [here, home] = [card.dataset.in, card.parentElement];
  card.querySelector(".clash")?.remove(); // she has decided
  card.append(newMark(change));
  const column = document.querySelector(`[data-column="${CSS.escape(target)}"] .kb-l`);
  hold(card, change, () => {
    card.dataset.in = here;
    home.prepend(card);
  });
  if (!column) return;
  card.dataset.in = target;
  if (home !== column) column.prepend(card);
}

function noteBar(row, change) {
  const sign = newMark(change);
  sign.append(` ${change.value}`);
  row.querySelector("th").append(sign);
  hold(row, change, () => {});
}

function addRow(line, change) {
  const row = Object.assign(document.createElement("tr"), { className: "unsaved-row" });
  const cell = Object.assign(document.createElement("td"), { colSpan: line.cells[0].colSpan });
  cell.append(inItalics(change.title), " ", newMark(change));
  row.append(cell);
  hold(row, change, () => {});
  line.before(row);
}

document.addEventListener("change-saved", ({ detail }) => {
  saved.add(detail.key);
  moved ||= Boolean(detail.rows);
  if (detail.html) showMessages(detail.html);
  drawAgain();
});
document.addEventListener("change-dropped", drawAgain);

/** Where rows are not changed one by one (live-rows.js) the list is drawn again, when the last of them has gone. */
async function drawAgain() {
  const oneByOne = document.querySelector("table[data-grid], .kb") && !moved;
  if (!document.getElementById("action-rows") || oneByOne || waiting().some((change) => moved ? change.state === "waiting" : true)) return;
  if (document.querySelector("form[data-cell], form[data-quick]")) return setTimeout(drawAgain, WHILE_EDITING);
  moved = false;
  const cell = document.activeElement.closest?.("td[data-f]");
  const place = cell && `#${cell.closest("tr").id} td[data-f="${cell.dataset.f}"]`;
  await htmx.ajax("GET", location.href, { target: "#action-rows", swap: "outerHTML" }).catch(() => (moved = true));
  if (place && document.activeElement === document.body) document.querySelector(place)?.focus();
}

/** What the answer says of the deed, with the way to take it back. */
function showMessages(html) {
  const messages = new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-toast]");
  const toasts = document.getElementById("toasts");
  for (const message of messages) toasts.append(document.adoptNode(message));
  htmx.process(toasts);
  document.dispatchEvent(new CustomEvent("content-changed"));
}

/** The line that adds a row is ready for the next one. */
document.addEventListener("change-kept", ({ detail: { elt, view } }) => {
  if (view !== "add" || !elt?.matches?.("form")) return;
  elt.reset();
  elt.elements.uid.value = newKey();
});

document.addEventListener("changes-waiting", paint);
onContent(paint);
