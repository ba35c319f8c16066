// Cells of the action table go to spreadsheets and come from there (plans/paste): Ctrl or Cmd with C and V.
import { focusCell, restore } from "./grid.js";
import { askToSignIn } from "./htmx-setup.js";
import { isTyping, newKey, say } from "./page.js";

const CELL = "table[data-grid] td[data-f]";
const MOST_ROWS = 1000;
const MOST_LETTERS = 200_000;
const dialog = Object.assign(document.createElement("dialog"), { id: "paste-dialog", className: "dlg pst-dlg" });
dialog.setAttribute("aria-labelledby", "paste-title");
document.body.append(dialog);
let chosen = null; // where to go back to: [row id, field]

const rowOf = (node) => node.closest("tr");
const idOf = (row) => row.id.replace("action-", "");
const rows = () => [...document.querySelectorAll("table[data-grid] tr:has(> td[data-f])")];
const picked = () => rows().filter((row) => row.classList.contains("sel"));

// Pasting

document.addEventListener("paste", (event) => {
  const cell = document.activeElement.closest(CELL);
  if (!cell || document.querySelector("dialog[open]")) return;
  const text = event.clipboardData.getData("text/plain");
  const inEditor = document.activeElement !== cell;
  if (!text || (inEditor && !isBlock(text))) return; // a word goes into the editor that is open
  event.preventDefault();
  if (inEditor) restore(cell);
  offer(cell, text, coveredCells(event.clipboardData.getData("text/html")));
});

function isBlock(text) {
  return /[\t\r\n]/.test(text.replace(/\r?\n$/, ""));
}

function offer(cell, text, covered) {
  const row = rowOf(cell);
  const fills = picked().includes(row) && picked().length > 1 && !/[\r\n]/.test(text.trimEnd());
  const targets = fills ? picked() : rows().slice(rows().indexOf(row));
  chosen = [row.id, cell.dataset.f];
  const values = {
    look: 1,
    text: text.slice(0, MOST_LETTERS + 1), // one more than is taken: the server says what is too much
    cell: cell.dataset.f,
    ids: targets.slice(0, MOST_ROWS + 1).map(idOf).join(),
    covered,
    uid: newKey(),
    ...(fills && { fill: 1 }),
  };
  const url = document.querySelector("a[data-paste]").href;
  htmx.ajax("POST", url, { source: dialog, target: dialog, swap: "innerHTML", values });
}

/** Of a table that has merged cells, the places they cover, "row.column" each: tabbed text does not tell them. */
function coveredCells(html) {
  const tables = new DOMParser().parseFromString(html.replace(/\sstyle=("[^"]*"|'[^']*')/g, ""), "text/html").querySelectorAll("table");
  if (tables.length !== 1) return "";
  const covered = new Set();
  [...tables[0].rows].forEach((row, top) => {
    let left = 0;
    for (const cell of row.cells) {
      while (covered.has(`${top}.${left}`)) left += 1;
      for (let down = 0; down < Math.min(cell.rowSpan, MOST_ROWS); down += 1) {
        for (let right = 0; right < Math.min(cell.colSpan, 100); right += 1) {
          if (down || right) covered.add(`${top + down}.${left + right}`);
        }
      }
      left += cell.colSpan;
    }
  });
  return [...covered].join();
}

dialog.addEventListener("htmx:afterSettle", () => {
  if (!dialog.open && dialog.querySelector("#paste-title")) dialog.showModal();
});

document.addEventListener("cells-pasted", () => dialog.close());

dialog.addEventListener("close", () => {
  dialog.replaceChildren();
  const [id, field] = chosen;
  const cell = document.getElementById(id)?.querySelector(`td[data-f="${field}"]`);
  if (cell) focusCell(cell);
});

// Copying

document.addEventListener("copy", (event) => {
  const cell = document.activeElement.closest(CELL);
  if (isTyping(document.activeElement) || !getSelection().isCollapsed || document.querySelector("dialog[open]")) return;
  const whole = picked();
  if (!whole.length && !cell) return;
  event.preventDefault();
  const query = new URLSearchParams({ ids: (whole.length ? whole : [rowOf(cell)]).map(idOf).join() });
  if (!whole.length) query.set("cell", cell.dataset.f);
  const url = new URL("../copy/", document.querySelector("a[data-paste]").href.split("?")[0]);
  copy(`${url}?${query}`, whole.length ? whole : [cell]);
});

async function copy(url, copied) {
  const found = fetch(url).then(async (response) => {
    if (response.status === 401) askToSignIn(() => copy(url, copied));
    if (!response.ok) throw new Error(response.status);
    return response.json();
  });
  await put(found);
  for (const node of document.querySelectorAll(".copied")) node.classList.remove("copied");
  for (const node of copied) node.classList.add("copied");
  say((await found).said);
}

/** The browser must be told at once that something will be copied: what, it may learn later. */
async function put(found) {
  if (navigator.clipboard?.write) {
    const kind = (type) => found.then((content) => new Blob([content[type]], { type }));
    return navigator.clipboard.write([
      new ClipboardItem({ "text/plain": kind("text/plain"), "text/html": kind("text/html") }),
    ]);
  }
  const content = await found; // pages without https have no clipboard but that of the event
  const fill = (event) => {
    for (const type of ["text/plain", "text/html"]) event.clipboardData.setData(type, content[type]);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("copy", fill, { once: true, capture: true });
  document.execCommand("copy");
}
