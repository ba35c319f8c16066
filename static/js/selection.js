// Rows of the action table that are selected, and the bar that changes all of them (plans/actions/bulk_views.py).
import { isTyping, newKey, onContent, say } from "./page.js";

const bar = document.getElementById("bulk");
const box = document.getElementById("action-box").content;
const selected = new Set(); // ids of rows
let anchor = null; // the row a range begins at
let before = new Set(); // what was selected when the range began
let shift = false; // held while a label was clicked: not every browser tells its box

const grid = () => document.querySelector("table[data-grid]");
const rows = () => [...(grid()?.querySelectorAll("tr:has(> td[data-f])") ?? [])];
const rowOf = (node) => node.closest?.("table[data-grid] tr:has(> td[data-f])");

onContent(() => {
  if (!grid()) return show();
  grid().setAttribute("aria-multiselectable", "true");
  for (const cell of grid().querySelectorAll("td[data-f=title]:not(:has(.pick)):not(.edit)")) {
    cell.prepend(newBox(cell.querySelector("a").textContent));
  }
  const head = grid().querySelector("th.h-title:not(:has(.pick))");
  head?.prepend(newBox(bar.dataset.all));
  show();
});

function newBox(name) {
  const label = box.cloneNode(true).firstElementChild;
  const input = label.firstElementChild;
  input.ariaLabel = name === bar.dataset.all ? name : input.ariaLabel.replace("{name}", () => name);
  return label;
}

/** What is drawn follows what is selected; rows that are no longer shown are not selected either. */
function show() {
  const shown = rows();
  const ids = new Set(shown.map((row) => row.id));
  for (const id of selected) if (!ids.has(id)) selected.delete(id);
  for (const row of shown) mark(row);
  const all = grid()?.querySelector("th .pick input");
  if (all) {
    all.checked = selected.size > 0 && selected.size === shown.length;
    all.indeterminate = selected.size > 0 && !all.checked;
  }
  offer();
}

function mark(row) {
  const on = selected.has(row.id);
  row.classList.toggle("sel", on);
  row.setAttribute("aria-selected", on);
  const input = row.querySelector(".pick input");
  if (!input) return; // its title is being edited
  input.checked = on;
  input.toggleAttribute("checked", on); // for when the cell is put back as it was
}

/** The bar is fetched with the first row that is selected. */
function offer() {
  bar.hidden = !selected.size;
  if (!selected.size) return document.getElementById("bulk-says")?.replaceChildren();
  if (!bar.firstChild) {
    bar.append(document.createElement("span"));
    htmx.ajax("GET", bar.dataset.url, { source: bar, target: bar, swap: "innerHTML" });
  }
  const count = document.getElementById("bulk-count");
  if (!count) return;
  count.textContent = inWords();
  bar.querySelector("[name=ids]").value = [...selected].map((id) => id.replace("action-", "")).join();
  bar.querySelector("[name=uid]").value ||= newKey();
}

const inWords = () => bar.dataset.count.replace("{count}", selected.size);

function choose(change) {
  change();
  show();
  say(inWords());
}

function toggle(row, on = !selected.has(row.id)) {
  on ? selected.add(row.id) : selected.delete(row.id);
  begin(row);
}

function begin(row) {
  anchor = row.id;
  before = new Set(selected);
}

/** From the anchor to `row`, beside what was selected before; back again lets go what it passes. */
function extend(row) {
  const shown = rows();
  const from = shown.findIndex((each) => each.id === anchor);
  const to = shown.indexOf(row);
  if (from < 0) return toggle(row, true);
  selected.clear();
  for (const id of before) selected.add(id);
  for (const each of shown.slice(Math.min(from, to), Math.max(from, to) + 1)) selected.add(each.id);
}

function clear() {
  const inBar = bar.contains(document.activeElement);
  choose(() => {
    selected.clear();
    anchor = null;
  });
  if (inBar) grid()?.querySelector('td[tabindex="0"]')?.focus();
}

document.addEventListener("mousedown", (event) => {
  if (event.shiftKey && rowOf(event.target) && !isTyping(event.target)) event.preventDefault(); // selects no text
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-clear]")) return clear();
  const pick = event.target.closest("table[data-grid] .pick");
  if (pick) return pickWith(event, pick);
  const row = rowOf(event.target);
  if (!row || event.target.closest("a, button, input, select, textarea, label")) return;
  if (event.shiftKey) choose(() => extend(row));
  else if (event.ctrlKey || event.metaKey) choose(() => toggle(row));
});

function pickWith(event, pick) {
  const input = pick.querySelector("input");
  if (event.target !== input) {
    shift = event.shiftKey;
    return;
  }
  const row = rowOf(pick);
  const ranged = event.shiftKey || shift;
  shift = false;
  if (!row) return choose(() => rows().forEach((each) => toggle(each, input.checked)));
  choose(() => (ranged ? extend(row) : toggle(row)));
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented && event.key === "Escape") return;
  const cell = event.target.closest?.("table[data-grid] td[data-f]");
  const row = event.target === cell ? rowOf(cell) : null;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "Escape" && selected.size && !isTyping(event.target) && !document.querySelector("dialog[open]")) {
    clear();
  } else if (row && event.key === " " && plain) {
    event.preventDefault();
    choose(() => (event.shiftKey ? extend(row) : toggle(row)));
  } else if (row && event.shiftKey && plain && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    reach(row, event.key === "ArrowUp" ? -1 : 1);
  } else if (event.key === "a" && (event.ctrlKey || event.metaKey) && (row || inSelection(event.target))) {
    event.preventDefault();
    choose(() => rows().forEach((each) => toggle(each, true)));
  }
});

const inSelection = (node) => selected.size > 0 && !isTyping(node);

/** The focus has moved on with the arrow already (grid.js). */
function reach(row, step) {
  const shown = rows();
  const next = shown[shown.indexOf(row) + step];
  if (!next) return;
  choose(() => {
    if (!selected.has(row.id) || anchor === null) toggle(row, true);
    extend(next);
  });
}

// After a change the bar is ready for the next one, and focus goes on where it was.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) goOn(event.detail.elt);
  else if (event.detail.elt === bar) bar.replaceChildren(); // it is fetched with the next row
});
document.addEventListener("change-kept", (event) => goOn(event.detail.elt));

function goOn(elt) {
  const form = elt?.closest?.("#bulk form");
  if (!form) return;
  bar.querySelector("[name=uid]").value = newKey();
  const menu = form.closest("details.menu");
  if (menu) menu.open = false;
  form.reset();
  if (bar.hidden) grid()?.querySelector('td[tabindex="0"]')?.focus();
  else (menu?.querySelector("summary") ?? form.querySelector("button")).focus();
}
