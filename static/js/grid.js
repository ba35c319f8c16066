// The action table as a grid: arrows move, Enter edits, Escape gives up, Tab goes on.
// The cells of the page are bare; the editor of one is fetched when it is opened.
import { openMenu } from "./items.js";
import { onContent, say } from "./page.js";

const DIALOGS = { budget: "allocations/", kpis: "kpis/" };
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const dialog = document.getElementById("action-dialog");
let rested = null; // the HTML of the cell that is being edited, as it was
let merging = []; // rows as an answer has brought them, with only the cells of them that have changed
let focusAfter = null; // where to go when the row has been drawn again: [row id, field]

/** What the bare table gets for the keyboard: a way in, and the menu of each row. */
function dress() {
  const table = document.querySelector("table[data-grid]");
  if (!table) return;
  table.setAttribute("role", "grid");
  const cells = [...table.querySelectorAll("td[data-f]")];
  for (const cell of cells) cell.tabIndex = -1;
  // One stop for Tab: inside, arrows lead everywhere, and Shift with Enter opens the action.
  for (const link of table.querySelectorAll("td[data-f] a")) link.tabIndex = -1;
  const first = document.activeElement.closest?.("td[data-f]") ?? cells[0];
  if (first) first.tabIndex = 0;
  for (const cell of table.querySelectorAll("td[data-f=title]:not(:has(.rowmenu))")) {
    cell.append(document.getElementById("action-tools").content.cloneNode(true));
  }
}

onContent(dress);

const rowUrl = (row) => row.closest("table").dataset.grid.replace("/0/", `/${row.id.replace("action-", "")}/`);
const rowOf = (node) => node.closest('tr[id^="action-"]:not(.addr)');

document.addEventListener("click", (event) => {
  const drop = event.target.closest("[data-drop]");
  if (drop) return document.getElementById(drop.dataset.drop)?.remove();
  if (event.target.closest("[data-quick-cancel]")) return closeQuick(event.target);
  const opener = event.target.closest(".rowmenu");
  if (opener) return offer(opener);
  if (event.target.closest("a, button, input, select, textarea, label")) return;
  if (event.shiftKey || event.ctrlKey || event.metaKey) return; // selects: selection.js
  const cell = event.target.closest("table[data-grid] td[data-f]");
  if (cell) edit(cell);
});

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("table[data-grid] td[data-f]");
  if (!cell) return;
  if (event.target !== cell) return inEditor(event, cell);
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    return act(rowOf(cell), event.key === "ArrowUp" ? "up" : "down", cell.dataset.f);
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return; // copying and pasting: clipboard.js
  if (STEPS[event.key]) {
    event.preventDefault();
    move(cell, ...STEPS[event.key]);
  } else if (event.key === "Enter" && event.shiftKey) {
    rowOf(cell).querySelector("td[data-f=title] a").click();
  } else if (event.key === "Enter" || event.key === "F2") {
    event.preventDefault();
    edit(cell);
  } else if (event.key === "m" && document.body.dataset.keys !== "off") {
    offerMore(rowOf(cell));
  }
});

/** Of a selected row the bar for all that are selected, else its own menu. */
function offerMore(row) {
  const bar = row.matches(".sel") && document.querySelector("#bulk summary");
  const opener = row.querySelector(".rowmenu");
  if (bar) bar.focus();
  else if (opener) offer(opener);
}

function inEditor(event, cell) {
  const form = cell.querySelector("form[data-cell]");
  if (!form) return;
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    restore(cell);
  } else if (event.key === "Enter") {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Tab" && isLastField(event, form)) {
    event.preventDefault();
    const next = neighbour(cell, 0, event.shiftKey ? -1 : 1);
    focusAfter = next ? [rowOf(next).id, next.dataset.f] : null;
    changed(form) ? form.requestSubmit() : restore(cell, next);
  }
}

function isLastField(event, form) {
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")];
  return event.target === (event.shiftKey ? fields[0] : fields.at(-1));
}

function neighbour(cell, down, right) {
  const row = rowOf(cell);
  const rows = [...row.closest("tbody").querySelectorAll('tr[id^="action-"]:not(.addr)')];
  const cells = [...row.querySelectorAll("td[data-f]")];
  return rows[rows.indexOf(row) + down]?.querySelectorAll("td[data-f]")[cells.indexOf(cell) + right];
}

function move(cell, down, right) {
  const next = neighbour(cell, down, right);
  if (next) focusCell(next);
}

export function focusCell(cell) {
  for (const other of cell.closest("table").querySelectorAll('td[tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

async function edit(cell) {
  const open = document.querySelector("table[data-grid] form[data-cell]");
  if (open) {
    if (open.closest("td") === cell) return;
    if (changed(open)) return open.requestSubmit();
    restore(open.closest("td"));
  }
  const row = rowOf(cell);
  if (row.matches(".gone")) return; // deleted by somebody else: live.js
  const url = rowUrl(row);
  const field = cell.dataset.f;
  if (DIALOGS[field]) return openDialog(row, url + DIALOGS[field]);
  rested = cell.innerHTML;
  cell.classList.add("edit");
  await htmx.ajax("GET", `${url}cell/?cell=${field}`, { target: cell, swap: "innerHTML" }).catch(() => {});
  if (!cell.querySelector("form")) return cell.classList.remove("edit"); // no connection
  const first = cell.querySelector("input:not([type=hidden]), select, textarea");
  first?.focus();
  first?.select?.();
}

function changed(form) {
  return [...form.elements].some((field) =>
    field.tagName === "SELECT"
      ? [...field.options].some((option) => option.selected !== option.defaultSelected)
      : field.type !== "hidden" && field.value !== field.defaultValue,
  );
}

export function restore(cell, focus = cell) {
  cell.classList.remove("edit");
  cell.innerHTML = rested;
  focusAfter = null;
  if (focus) focusCell(focus);
}

// A choice from a list is a decision: it is saved at once. So is text when one leaves the cell.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-cell]");
  if (form && event.target.tagName === "SELECT" && !form.querySelector("select[multiple]")) form.requestSubmit();
});

document.addEventListener("focusout", (event) => {
  const form = event.target.closest?.("form[data-cell]");
  if (!form || form.contains(event.relatedTarget) || !event.relatedTarget) return;
  const cell = form.closest("td");
  if (form.querySelector("[role=alert]")) return;
  changed(form) ? form.requestSubmit() : restore(cell, null);
});

// The editor asks for its cell; a saved change answers with the cells it changed, or with the whole row.
document.addEventListener("htmx:beforeSwap", (event) => {
  const form = event.detail.requestConfig?.elt?.closest?.("form[data-cell], form[data-resolves]");
  if (!form) return;
  const row = rowOf(event.detail.target);
  if (event.detail.xhr.status !== 200 || !row) return;
  focusAfter ??= [row.id, form.closest("td")?.dataset.f];
  const parts = partsOf(event.detail.serverResponse);
  if (parts.length) {
    event.detail.swapOverride = "none"; // what comes out of band is still put in its place
    merging = parts;
  } else {
    event.detail.target = row;
    event.detail.swapOverride = "outerHTML";
  }
});

/** An answer may be only the cells that have changed, not the whole row; and those of rows that wait for it. */
function partsOf(html) {
  return [...new DOMParser().parseFromString(`<table>${html}</table>`, "text/html").querySelectorAll("tr[data-part]")];
}

/** A row on another page of the table is not here, and what is being edited in another row stays open. */
function mergeCells(part, number) {
  const row = document.querySelector(`table[data-grid] #${part.id}`);
  for (const cell of part.querySelectorAll("td[data-f]")) {
    const old = row?.querySelector(`td[data-f="${cell.dataset.f}"]`);
    if (old && (number === 0 || !old.classList.contains("edit"))) old.replaceWith(document.adoptNode(cell));
  }
}

document.addEventListener("htmx:afterSettle", (event) => {
  const resolved = event.detail.requestConfig?.elt?.dataset?.resolves;
  if (resolved && event.detail.xhr.status === 200) document.getElementById(resolved)?.remove();
  if (merging.length) {
    merging.forEach(mergeCells);
    merging = [];
    dress();
  }
  if (!focusAfter) return;
  const [id, field] = focusAfter;
  focusAfter = null;
  const cell = document.getElementById(id)?.querySelector(`td[data-f="${field}"]`);
  if (cell) focusCell(cell);
});

// A change that has to wait closes its editor; the cell shows it, and says that it is not saved (waiting-marks.js).
document.addEventListener("change-kept", ({ detail: { elt } }) => {
  document.getElementById(elt?.dataset?.resolves)?.remove();
  if (focusAfter && elt?.id === focusAfter[0]) {
    focusCell(elt.querySelector(`td[data-f="${focusAfter[1]}"]`)); // what is done to its row waits
    focusAfter = null;
  }
  const cell = elt?.closest?.("form[data-cell]")?.closest("td");
  if (!cell) return;
  const [id, field] = focusAfter ?? [rowOf(cell).id, cell.dataset.f];
  const here = cell.contains(document.activeElement) || document.activeElement === document.body;
  restore(cell, here ? document.getElementById(id)?.querySelector(`td[data-f="${field}"]`) : null);
});

// What does not fit a cell opens beside the table; when it is closed, the row is fetched again.
function openDialog(row, url) {
  dialog.dataset.row = row.id;
  htmx.ajax("GET", url, { target: "#action-dialog-body", swap: "innerHTML" }).then(() => dialog.showModal());
}

for (const saved of ["action-budget-changed", "action-kpis-changed"]) {
  document.addEventListener(saved, () => dialog?.close());
}

dialog?.addEventListener("close", () => {
  const row = document.getElementById(dialog.dataset.row);
  document.getElementById("action-dialog-body").replaceChildren();
  if (!row) return;
  focusAfter = [row.id, "kpis"];
  htmx.ajax("GET", `${rowUrl(row)}row/`, { target: row, swap: "outerHTML" });
});

function offer(opener) {
  const row = rowOf(opener);
  openMenu(opener, "open history duplicate up down delete", (deed) => {
    if (deed === "open") location.href = rowUrl(row);
    else if (deed === "history") location.href = `${rowUrl(row)}#history`;
    else act(row, deed);
  });
}

function act(row, deed, field = "title") {
  focusAfter = [row.id, field];
  const title = row.querySelector("a").textContent;
  const move = deed === "up" || deed === "down";
  const values = move ? { direction: deed } : {};
  return htmx
    .ajax("POST", rowUrl(row) + (move ? "move/" : `${deed}/`), { source: row, target: "#action-table", swap: "outerHTML", values })
    .then(() => say(title))
    .catch(() => {}); // no connection: it waits
}

// A line for a new action gives way to its form, and comes back when the form is closed.
const addLines = {}; // the HTML of each, by its id

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  if (target.matches("tr.addr:has([data-add-action])")) addLines[target.id] = target.outerHTML;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest?.("form[data-quick]")) closeQuick(event.target);
});

function closeQuick(node) {
  const { id } = node.closest("tr");
  htmx.swap(`#${id}`, addLines[id], { swapStyle: "outerHTML" });
  document.querySelector(`#${id} a`).focus();
}
