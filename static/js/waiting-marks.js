// Changes that wait, shown where they were made: the cell, card or bar has what she set, and the words "not saved yet".
import { newKey, onContent } from "./page.js";
import { waiting } from "./waiting.js";

const mark = document.getElementById("unsaved-mark").content.firstElementChild;
const before = new Map(); // by key, puts back what stood there before
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
    if (!place) continue;
    if (change.view === "add") addRow(place, change);
    else if (place.matches(".ac")) moveCard(place, change);
    else if (change.view === "cell" && place.querySelector("td[data-f]")) setCell(place, change);
    else if (place.matches("tr:not(:has(td[data-f]))")) noteBar(place, change);
  }
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
    place.querySelector(".unsaved-mark")?.remove();
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
  cell.querySelector(".unsaved-mark")?.remove();
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
  drawAgain();
});
document.addEventListener("change-dropped", drawAgain);

/** Where rows are not changed one by one (live-rows.js) the list is drawn again, when the last of them has gone. */
function drawAgain() {
  if (document.querySelector("table[data-grid], .kb") || waiting().length) return;
  htmx.ajax("GET", location.href, { target: "#action-rows", swap: "outerHTML" });
}

/** The line that adds a row is ready for the next one. */
document.addEventListener("change-kept", ({ detail: { elt, view } }) => {
  if (view !== "add" || !elt?.matches?.("form")) return;
  elt.reset();
  elt.elements.uid.value = newKey();
});

document.addEventListener("changes-waiting", paint);
onContent(paint);
